import { isSoldOut } from "../../core/buy/sold-out.ts";
import { tallyOf } from "../../core/tally.ts";
import type { Parts } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { ChangeTx, DueTimer } from "../store.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { saidBy } from "./timers.ts";

/**
 * Everything is booked: the leader is asked, once, whether to close. Until then who comes waits, since orders are often
 * given back before a closing.
 */
export async function askToClose(parts: Parts, tx: ChangeTx, due: readonly DueTimer[]): Promise<void> {
  for (const { timer, buy } of due) {
    if (buy?.status !== "open" || buy.terms.endedAt) continue;
    const lines = (await tx.ledger.linesOfBuys([buy])).get(buy.id) ?? [];
    const booked = tallyOf(buy.terms, lines).items.map((item) => item.booked);
    if (!isSoldOut(buy.terms, booked)) continue;

    const words = wordsOf(buy.language);
    const content = {
      text: say(words.soldOut, { title: buy.terms.title }),
      buttons: [[{ label: words.closeButton, data: `close:${buy.id}`, words: "/close" }]],
    };
    const places = placeOfPerson((await tx.placesOf([buy])).get(buy.id) ?? [], undefined);
    await tx.addOutgoing(...saidBy(parts, timer, buy, "sold-out", places, content, buy.leader));
  }
}
