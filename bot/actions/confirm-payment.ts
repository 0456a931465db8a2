import type { Money } from "../../core/money.ts";
import { restOf, type Standing } from "../../core/payments.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { standingText } from "../replies/account-text.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { preview } from "./confirm.ts";
import { auditTakenBack, notePayment, payingAgain, standingIn, unpaying, writePayment } from "./note-payment.ts";

/**
 * Somebody is marked as paid on the board: at once where that is all they owe; any other amount is shown first, with what
 * is open or too much then.
 *
 * @param amount  left out: all that is due; less than nothing: given back
 */
export async function markOnBoard(parts: Parts, doer: Doer, buy: Buy, person: string, amount?: Money): Promise<void> {
  const words = wordsOf(doer.language);
  const { standing, name } = await parts.store.look(async (tx) => ({
    standing: await standingIn(tx, buy, person),
    name: (await tx.namesOf([{ community: buy.community, person }])).get(person) ?? "?",
  }));
  const mark = { person, kind: "mark", ...(amount !== undefined && { amount }) } as const;
  if (amount === undefined) return notePayment(parts, doer, buy, mark, name);
  if (amount === standing.unmarked) return notePayment(parts, doer, buy, mark, name, { shown: standing });
  const { title, currency } = buy.terms;
  const sum = (value: Money) => money(Math.abs(value), currency);
  const rest = standing.unmarked - amount;
  const facts = { name, title, amount: sum(amount), due: sum(standing.unmarked), over: sum(standing.over) };
  const text =
    amount < 0
      ? [say(words.pay.backPreview, facts)]
      : [
          say(words.pay.markPreview, facts),
          rest > 0
            ? say(words.pay.markLess, { amount: sum(rest) })
            : say(words.pay.markMore, { amount: sum(standing.over - rest) }),
        ];
  const data = { buy: buy.id, person, amount, standing };
  await preview(parts, doer, "mark", data, text.join("\n"), amount < 0 ? words.pay.markBack : words.noteButton);
}

/** The yes. Where they have paid or owe something else meanwhile, it is not what was shown. */
export async function markShown(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const {
    buy: id,
    person,
    amount,
    standing,
  } = asked.data as {
    readonly buy: string;
    readonly person: string;
    readonly amount: Money;
    readonly standing: Standing;
  };
  const buy = await parts.store.findBuy(doer.place.community.id, id);
  if (!buy) return;
  const names = await parts.store.namesOf(buy.community, [person]);
  const mark = { person, kind: "mark", amount } as const;
  await notePayment(parts, doer, buy, mark, names.get(person) ?? "?", { asked, shown: standing });
}

/** The leader's press under somebody's claim: the money is there. */
export async function confirmClaim(parts: Parts, doer: Doer, claimId: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const said = await parts.store.change(async (tx) => {
    const claim = await tx.findPayment(community.id, claimId);
    const buy = claim && (await tx.lockBuy(community.id, claim.buy));
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const { person, amount } = claim;
    const name = (await tx.namesOf([{ community: community.id, person }])).get(person) ?? "?";
    const before = await standingIn(tx, buy, person);
    if (claim.isRevoked || before.paid >= before.claimed) {
      return [say(words.pay.paidBefore, { name, title: buy.terms.title }), ...standingText(buy, before, words)].join(
        "\n",
      );
    }
    const marked = amount ?? restOf("mark", before);
    await writePayment(parts, tx, doer, buy, { person, kind: "mark", amount: marked });
    const after = await standingIn(tx, buy, person);
    const text = [say(words.paidMarked, { name, title: buy.terms.title }), ...standingText(buy, after, words)];
    return { text: text.join("\n"), ...choiceButtons(doer, [unpaying(doer, buy, person, name)]) };
  });
  if (said) whisper(parts, doer, said);
}

/** A press under a mark: that one is taken back, and nothing else that they have paid or said. */
export async function takeBackMark(parts: Parts, doer: Doer, paymentId: string): Promise<void> {
  const { community } = doer.place;
  const said = await parts.store.change(async (tx) => {
    const payment = await tx.findPayment(community.id, paymentId);
    const buy = payment?.kind === "mark" && (await tx.lockBuy(community.id, payment.buy));
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const { person } = payment;
    const words = wordsOf(doer.language);
    const facts = {
      title: buy.terms.title,
      name: (await tx.namesOf([{ community: community.id, person }])).get(person) ?? "?",
    };
    if (!(await tx.revokePayment(buy, paymentId))) return say(words.unpaidNothing, facts);
    await auditTakenBack(tx, doer, buy, { person, payment: paymentId, revoked: 1 });
    const text = [say(words.unpaid, facts), ...standingText(buy, await standingIn(tx, buy, person), words)].join("\n");
    return { text, ...choiceButtons(doer, [payingAgain(doer, buy, person, facts.name)]) };
  });
  if (said) whisper(parts, doer, said);
}
