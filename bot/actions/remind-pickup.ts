import type { Parts } from "../parts.ts";
import { pickupLines } from "../replies/layout.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, DueTimer } from "../store.ts";
import { comesAfter } from "./coming.ts";
import { handedLines } from "./handed-lines.ts";
import { listenersOf } from "./listeners.ts";
import { UNDER_WAY } from "./pick-buy.ts";
import { isLateForPickup } from "./purchase.ts";
import { excuse, isPickupPast, saidBy, saidInEach } from "./timers.ts";

/**
 * Reminders of the pickup: before it and at its start to all; before its end to those still missing, alone, where it is
 * ticked who has come, else to all. Who has collected, or has said that they come later, is not chased; where nobody is
 * left, or the leader has noted that goods come later than that, nothing is said.
 */
export async function remindPickup(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  const waiting = due.flatMap(({ timer, buy, community }) =>
    buy && UNDER_WAY.includes(buy.status) && !isPickupPast(buy, timer, at) ? [{ timer, buy, community }] : [],
  );
  const buys = waiting.map(({ buy }) => buy);
  if (buys.length === 0) return;
  const lines = await tx.ledger.linesOfBuys(buys);
  const collected = await tx.collectedOf(buys);
  const places = await tx.placesOf(buys);
  const listener = await listenersOf(tx, buys);
  for (const { timer, buy, community } of waiting) {
    if (await isLateForPickup(tx, buy, community.zone)) continue;
    const came = collected.get(buy.id);
    // Only what has come is shared out: before that everybody is to get what they booked.
    const own = buy.status === "arrived" ? await handedLines(tx, buy) : (lines.get(buy.id) ?? []);
    const booked = own.filter(({ quantity }) => quantity > 0).map(({ person }) => person);
    const pickups = timer.ref === "end" && came ? await tx.pickupsOf(buy) : undefined;
    const missing = [...new Set(booked)].filter(
      (person) => !came?.has(person) && !comesAfter(pickups?.get(person), at),
    );
    if (missing.length === 0) continue;

    const { title } = buy.terms;
    const textFor = (told: Buy, said: string) => {
      const when = pickupLines(told, community.zone, wordsOf(told.language));
      return [...excuse(timer, at, told, community), said, ...when].join("\n");
    };
    if (timer.ref !== "end" || !came) {
      const which = timer.ref === "before" ? "pickupSoon" : timer.ref === "start" ? "pickupNow" : "pickupEnds";
      const contentFor = (told: Buy) => ({ text: textFor(told, say(wordsOf(told.language)[which], { title })) });
      await tx.addOutgoing(...saidInEach(parts, timer, buy, "pickup-reminder", places.get(buy.id) ?? [], contentFor));
      continue;
    }
    const names = await tx.namesOf(missing.map((person) => ({ community: buy.community, person })));
    for (const person of missing) {
      const { words, told, places: own } = listener(buy, person);
      const text = textFor(told, say(words.pickupMissing, { title, name: names.get(person) ?? "?" }));
      await tx.addOutgoing(...saidBy(parts, timer, buy, "pickup-reminder", own, { text }, person));
    }
  }
}
