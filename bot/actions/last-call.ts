import { minimumState, tallyOf } from "../../core/tally.ts";
import type { Parts } from "../parts.ts";
import { lastCall } from "../replies/layout.ts";
import { wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, DueTimer } from "../store.ts";
import { excuse, saidInEach } from "./timers.ts";

/** The last call: says once when a buy closes, and what is missing to its minimum and to the next prices. */
export async function callLast(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  const open = due.flatMap(({ timer, buy, community }) => {
    const isOpen = buy?.status === "open" && !buy.terms.endedAt && buy.terms.closesAt && buy.terms.closesAt > at;
    return isOpen ? [{ timer, buy, community }] : [];
  });
  const buys = open.map(({ buy }) => buy);
  if (buys.length === 0) return;
  const lines = await tx.ledger.linesOfBuys(buys);
  const places = await tx.placesOf(buys);
  for (const { timer, buy, community } of open) {
    const own = lines.get(buy.id) ?? [];
    const tally = tallyOf(buy.terms, own);
    const orders = own.map((line) => ({ person: line.person, lines: [line] }));
    const minimum = minimumState(buy.terms.minimum, orders, tally);
    const contentFor = (told: Buy) => {
      const called = lastCall(told, tally, minimum, community.zone, wordsOf(told.language));
      return { text: [...excuse(timer, at, told, community), called].join("\n") };
    };
    await tx.addOutgoing(...saidInEach(parts, timer, buy, "last-call", places.get(buy.id) ?? [], contentFor));
  }
}
