import { type Doer, type Parts, whisper } from "../parts.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, ChangeTx } from "../store.ts";
import { silentOf } from "./chase-pickup.ts";
import { carryOut, preview } from "./confirm.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { owingIn } from "./remind-payment.ts";

/** `/pickup remind`: shows who would be asked again, alone, whether they know that their goods are there. */
export async function proposePickupReminder(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language).chase;
  const silent = await parts.store.look((tx) => silentOf(tx, buy));
  const { title } = buy.terms;
  if (silent.length === 0) return whisper(parts, doer, say(words.nobodySilent, { title }));
  const rows = silent.map(({ name }) => `• ${name}`);
  await propose(parts, doer, buy, "chase-pickup", say(words.pickup, { title }), rows);
}

/** `/pay remind`: shows who would be reminded, alone, of what they have not paid; `/pay list`: who that is. */
export async function chasePayments(parts: Parts, doer: Doer, command: string, isReminder: boolean): Promise<void> {
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  const words = wordsOf(doer.language);
  const { title, currency } = buy.terms;
  const owing = await parts.store.look((tx) => owingIn(tx, buy));
  const wanted = isReminder ? owing.filter(({ standing }) => standing.open > 0) : owing;
  if (wanted.length === 0) return whisper(parts, doer, say(words.chase.nobodyOwes, { title }));
  const rows = wanted.map(({ name, standing: { open, unmarked } }) => {
    const row = `• ${name}${words.colon}${money(isReminder ? open : unmarked, currency)}`;
    return !isReminder && open === 0 ? `${row} ${words.saysPaid}` : row;
  });
  if (isReminder) return propose(parts, doer, buy, "remind-payment", say(words.chase.payment, { title }), rows);
  whisper(parts, doer, {
    text: [say(words.paymentsOpen, { title }), ...rows].join("\n"),
    publicly: say(words.chase.owing, { title, people: words.persons(wanted.length) }),
  });
}

/** Their yes: it is said as the reminder that comes by itself is, to whom it is still due then, and not at night. */
export async function chaseShown(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, kind } = asked.data as { readonly buy: string; readonly kind: string };
  await carryOut(parts, doer, asked, id, async (tx: ChangeTx, buy: Buy) => {
    const words = wordsOf(doer.language);
    if (!UNDER_WAY.includes(buy.status)) return say(words.pickupOver, { title: buy.terms.title });
    await tx.setTimers([{ buy, kind, ref: asked.id, dueAt: await tx.now() }]);
    return words.chase.goes;
  });
  parts.wake();
}

async function propose(parts: Parts, doer: Doer, buy: Buy, kind: string, head: string, rows: readonly string[]) {
  const words = wordsOf(doer.language);
  const text = [head, ...rows, words.noWayBack].join("\n");
  const publicly = `${head} ${words.persons(rows.length)}`;
  await preview(parts, doer, "chase", { buy: buy.id, kind }, text, words.sendButton, publicly);
}
