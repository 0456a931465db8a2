import type { Parts } from "../parts.ts";
import { pickupLines } from "../replies/layout.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { ChangeTx, DueTimer } from "../store.ts";
import { handedLines } from "./handed-lines.ts";
import { UNDER_WAY } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { excuse, saidBy } from "./timers.ts";

/**
 * Reminders of the pickup: before it and at its start to all; before its end to those still missing, alone, where it is
 * ticked who has come, else to all. Who has collected is not chased, and where nobody is left nothing is said.
 */
export async function remindPickup(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  const waiting = due.flatMap(({ timer, buy, community }) =>
    buy && UNDER_WAY.includes(buy.status) ? [{ timer, buy, community }] : [],
  );
  const buys = waiting.map(({ buy }) => buy);
  if (buys.length === 0) return;
  const lines = await tx.ledger.linesOfBuys(buys);
  const collected = await tx.collectedOf(buys);
  const places = await tx.placesOf(buys);
  const chats = await tx.chatsOfPeople(buys);
  for (const { timer, buy, community } of waiting) {
    const came = collected.get(buy.id);
    // Only what has come is shared out: before that everybody is to get what they booked.
    const own = buy.status === "arrived" ? await handedLines(tx, buy) : (lines.get(buy.id) ?? []);
    const booked = own.filter(({ quantity }) => quantity > 0).map(({ person }) => person);
    const missing = [...new Set(booked)].filter((person) => !came?.has(person));
    if (missing.length === 0) continue;

    const words = wordsOf(buy.language);
    const here = places.get(buy.id) ?? [];
    const when = pickupLines(buy, community.zone, words);
    const { title } = buy.terms;
    const head = excuse(timer, at, buy, community);
    if (timer.ref !== "end" || !came) {
      const said =
        timer.ref === "before" ? words.pickupSoon : timer.ref === "start" ? words.pickupNow : words.pickupEnds;
      const text = [...head, say(said, { title }), ...when].join("\n");
      await tx.addOutgoing(...saidBy(parts, timer, buy, "pickup-reminder", here, { text }));
      continue;
    }
    const names = await tx.namesOf(missing.map((person) => ({ community: buy.community, person })));
    for (const person of missing) {
      const place = placeOfPerson(here, chats.get(`${buy.id}:${person}`));
      const text = [...head, say(words.pickupMissing, { title, name: names.get(person) ?? "?" }), ...when].join("\n");
      await tx.addOutgoing(...saidBy(parts, timer, buy, "pickup-reminder", place, { text }, person));
    }
  }
}
