import { sum } from "../../core/sum.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Allotment, Asked, Buy, ChangeTx, Notice } from "../store.ts";
import { carryOut, preview } from "./confirm.ts";
import { entryOf } from "./cuts.ts";
import { keyOf, suppliedLines } from "./handed-lines.ts";
import { listenersOf } from "./listeners.ts";
import { nameOf } from "./purchase.ts";
import { isNoticed } from "./shortage.ts";

/** `/short undo`: shows how many get what they ordered again, and pay it. */
export async function proposeUnsharing(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const { refusal, cut } = await parts.store.look(async (tx) => ({
    refusal: await whySharingStays({ tx, doer, buy }),
    cut: (await tx.allotmentsOf(buy)).filter(({ kind }) => kind === "short"),
  }));
  if (refusal) return whisper(parts, doer, { text: refusal });
  const amount = money(sum(cut.map(({ refund }) => refund)), buy.terms.currency);
  const people = words.persons(new Set(cut.map(({ person }) => person)).size);
  const text = say(words.shortUndoPreview, { title: buy.terms.title, people, amount });
  await preview(parts, doer, "unshare", { buy: buy.id }, text, words.undoButton);
}

/** The leader's yes. */
export async function undoSharing(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const words = wordsOf(doer.language);
  const { buy: id } = asked.data as { readonly buy: string };
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const refusal = await whySharingStays({ tx, doer, buy });
    if (refusal) return refusal;
    const cut = await takeBackSharing(tx, doer, buy);
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "sharing-undone", buy: buy.id },
      ...{ source: sourceOf(doer), before: { allotted: cut } },
    });
    return say(words.shortUndone, { people: words.persons(new Set(cut.map(({ person }) => person)).size) });
  });
}

/** Why what was shared out stays so. */
export async function whySharingStays({ tx, doer, buy }: { tx: ChangeTx; doer: Doer; buy: Buy }) {
  const words = wordsOf(doer.language);
  const supplied = await suppliedLines(tx, buy);
  if (!supplied.some(({ allotted }) => allotted.short)) return words.shortNothingDone;
  if (await isNoticed(tx, buy)) return say(words.shortTooLate, { title: buy.terms.title });
  return supplied.some(({ allotted }) => allotted.short && allotted.weighed) ? words.shortWeighed : undefined;
}

/** Everybody gets what they ordered again, and pays it. What had been cut. */
export async function takeBackSharing(tx: ChangeTx, doer: Doer, buy: Buy): Promise<readonly Allotment[]> {
  const cut = (await tx.allotmentsOf(buy)).filter(({ kind }) => kind === "short");
  await tx.forgetAllotments(buy, "short");
  const { takenBack } = wordsOf(buy.language);
  await tx.addEntries(
    buy,
    cut.map((each) => entryOf(buy, doer, { ...each, wanted: 0 }, each.refund, takenBack)),
  );
  await tx.ledger.addNotices(await noticesBack(tx, doer, buy, cut));
  return cut;
}

/** Who had heard that they get less hears that they do not. */
async function noticesBack(tx: ChangeTx, doer: Doer, buy: Buy, cut: readonly Allotment[]): Promise<Notice[]> {
  const people = [...new Set(cut.map(({ person }) => person))];
  const lines = (await suppliedLines(tx, buy)).filter(({ line }) => cut.some((each) => keyOf(each) === keyOf(line)));
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  const listener = await listenersOf(tx, [buy]);
  return people.map((person): Notice => {
    const { chat = doer.place.chat, words } = listener(buy, person);
    const own = lines.filter(({ line }) => line.person === person);
    const text = [
      say(words.shortBack, { name: names.get(person) ?? "?", title: buy.terms.title }),
      ...own.map(({ line, gets }) => {
        const whom = line.for && say(words.forWhom, { name: line.for });
        return `• ${whom}${nameOf(buy, line)} ${quantity(gets, buy.terms.items[line.item - 1]!.unit)}`;
      }),
    ].join("\n");
    const where = { community: buy.community, buy: buy.id, chat, person };
    return { ...where, kind: "short", cause: `short-back:${sourceOf(doer)}`, content: { text } };
  });
}
