import type { Parts } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { ChangeTx, DueTimer } from "../store.ts";
import { UNDER_WAY } from "./pick-buy.ts";
import { noticeButtons } from "./pickup.ts";
import { pickupOrders } from "./pickup-orders.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { excuse, saidBy } from "./timers.ts";

/**
 * Some hours after the notices, once: who has shown nothing is asked again, alone, whether they know; and the leader hears
 * who they are. Who has seen it or has come is left in peace.
 */
export async function chasePickup(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !UNDER_WAY.includes(buy.status)) continue;
    const silent = (await pickupOrders(tx, buy)).filter(
      ({ pickup }) => pickup?.noticedAt && !pickup.seenAt && !pickup.isCollected && !pickup.parts,
    );
    if (silent.length === 0) continue;
    const words = wordsOf(buy.language);
    const head = excuse(timer, at, buy, community);
    const here = (await tx.placesOf([buy])).get(buy.id) ?? [];
    const chats = await tx.chatsOfPeople([buy]);
    const { title } = buy.terms;
    for (const { person, name, pickup } of silent) {
      const text = [...head, say(words.pickupUnseen, { name, title, code: pickup?.code ?? "" })].join("\n");
      const content = { text, buttons: noticeButtons(buy, words) };
      const place = placeOfPerson(here, chats.get(`${buy.id}:${person}`));
      await tx.addOutgoing(...saidBy(parts, timer, buy, "pickup-reminder", place, content, person));
    }
    const names = silent.map(({ name }) => name).join(words.comma);
    const text = [...head, say(words.pickupSilent, { title, names })].join("\n");
    const place = placeOfPerson(here, chats.get(`${buy.id}:${buy.leader}`));
    await tx.addOutgoing(...saidBy(parts, timer, buy, "pickup-silent", place, { text }, buy.leader));
  }
}
