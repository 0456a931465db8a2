import type { PayWay } from "../../core/pay/ways.ts";
import { codesFor } from "../../core/pickup-codes.ts";
import { type Doer, type Parts, sourceOf } from "../parts.ts";
import { payShort } from "../replies/account-text.ts";
import { linesText, pickupLines } from "../replies/layout.ts";
import { money, say } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, ChangeTx, Notice } from "../store.ts";
import { listenersOf } from "./listeners.ts";
import { type PickupOrder, pickupOrders } from "./pickup-orders.ts";

/**
 * Each gets a code and hears what is theirs, what is due, where and when. By person: the codes.
 *
 * @param said   where and when in the leader's words; empty: as announced
 * @param cause  what it follows from: each is told once of it
 */
export async function sendNotices(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  orders: readonly PickupOrder[],
  said: string,
  cause: string,
): Promise<ReadonlyMap<string, string>> {
  const codes = await giveCodes(parts, tx, buy, orders);
  const listener = await listenersOf(tx, [buy]);
  const ways = await tx.payWaysOf(buy.community, buy.leader);
  const { zone } = doer.place.community;
  const notices = orders.map((order): Notice => {
    const { person } = order;
    const { chat = doer.place.chat, words } = listener(buy, person);
    const where = whereLines(buy, said, zone, words);
    const text = noticeText(buy, { ...order, code: codes.get(person)! }, where, ways, words);
    const content = { text, buttons: noticeButtons(buy, words) };
    return { community: buy.community, buy: buy.id, chat, person, kind: "pickup-notice", cause, content };
  });
  await tx.ledger.addNotices(notices);
  await tx.markPickups(
    buy,
    orders.map(({ person }) => person),
    { noticedAt: await tx.now() },
  );
  return codes;
}

/** Who gets more when the others have been told already hears at once what is theirs altogether, with their code. */
export async function noticeLate(parts: Parts, tx: ChangeTx, doer: Doer, buy: Buy, person: string): Promise<void> {
  const isTold = [...(await tx.pickupsOf(buy)).values()].some(({ noticedAt }) => noticedAt);
  const own = (await pickupOrders(tx, buy)).filter((order) => order.person === person && !order.pickup?.isCollected);
  if (isTold && own.length > 0) await sendNotices(parts, tx, doer, buy, own, "", `pickup:${sourceOf(doer)}`);
}

/** Under a word about somebody's pickup: they have seen it, they have collected it. */
export function noticeButtons({ id }: Buy, words: Words) {
  return [
    [
      { label: words.seenButton, data: `seen:${id}`, words: words.seenWords },
      { label: words.collectedButton, data: `collected:${id}`, words: words.collectedWords },
    ],
  ];
}

/** Where and when, in the leader's words or as announced, and until when goods are kept. */
export function whereLines(buy: Buy, said: string, zone: string, words: Words): readonly string[] {
  if (said === "") return pickupLines(buy, zone, words);
  const { keep } = buy.pickup ?? {};
  return [said, ...(keep ? [say(words.kept, { keep })] : [])];
}

/** Who has a code keeps it. */
async function giveCodes(parts: Parts, tx: ChangeTx, buy: Buy, orders: readonly PickupOrder[]) {
  const known = [...(await tx.pickupsOf(buy))].flatMap(([person, { code }]) => (code ? [[person, code] as const] : []));
  const has = new Map(known);
  const without = orders.map(({ person }) => person).filter((person) => !has.has(person));
  const fresh = codesFor(without, has.values(), () =>
    Number.parseInt(parts.clock.newId().replaceAll("-", "").slice(-8), 16),
  );
  await tx.giveCodes(buy, fresh);
  return new Map([...has, ...fresh]);
}

/** What one person is told when their goods are there. */
export function noticeText(
  buy: Buy,
  { name, lines, open, code }: Pick<PickupOrder, "name" | "lines" | "open"> & { readonly code: string },
  where: readonly string[],
  ways: readonly PayWay[],
  words: Words,
): string {
  return [
    say(words.pickupNotice, { name, title: buy.terms.title }),
    linesText(buy, lines, words),
    ...(open > 0
      ? [
          say(words.pickupDue, { amount: money(open, buy.terms.currency) }),
          ...payShort(ways, buy.terms.currency, words),
        ]
      : []),
    ...where,
    say(words.pickupCode, { code }),
  ].join("\n");
}
