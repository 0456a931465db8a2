import type { Parts } from "../parts.ts";
import { say } from "../replies/replies.ts";
import type { Buy, ChangeTx, DueTimer } from "../store.ts";
import { listenersOf } from "./listeners.ts";
import { UNDER_WAY } from "./pick-buy.ts";
import { noticeButtons } from "./pickup-notices.ts";
import { pickupOrders } from "./pickup-orders.ts";
import { excuse, saidBy } from "./timers.ts";

/**
 * Some hours after the notices, once: who has shown nothing is asked again, alone, whether they know; and the leader hears
 * who they are. Who has seen it or has come is left in peace.
 */
export async function chasePickup(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !UNDER_WAY.includes(buy.status)) continue;
    const silent = await silentOf(tx, buy);
    if (silent.length === 0) continue;
    const listener = await listenersOf(tx, [buy]);
    const { title } = buy.terms;
    for (const { person, name, pickup } of silent) {
      const { words, places, told } = listener(buy, person);
      const asked = say(words.pickupUnseen, { name, title, code: pickup?.code ?? "" });
      const text = [...excuse(timer, at, told, community), asked].join("\n");
      const content = { text, buttons: noticeButtons(buy, words) };
      await tx.addOutgoing(...saidBy(parts, timer, buy, "pickup-reminder", places, content, person));
    }
    const { words, places, told } = listener(buy, buy.leader);
    const names = silent.map(({ name }) => name).join(words.comma);
    const text = [...excuse(timer, at, told, community), say(words.pickupSilent, { title, names })].join("\n");
    const publicly = say(words.chase.silent, { title, people: words.persons(silent.length) });
    await tx.addOutgoing(...saidBy(parts, timer, buy, "pickup-silent", places, { text, publicly }, buy.leader));
  }
}

/** Who was told that their goods are there, and has shown nothing since. */
export async function silentOf(tx: ChangeTx, buy: Buy) {
  return (await pickupOrders(tx, buy)).filter(
    ({ pickup }) => pickup?.noticedAt && !pickup.seenAt && !pickup.isCollected && !pickup.parts,
  );
}
