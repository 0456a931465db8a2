import { type Doer, type Parts, whisper } from "../parts.ts";
import type { Button } from "../ports.ts";
import { linesText } from "../replies/layout.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Buy } from "../store.ts";
import { comingText } from "./coming.ts";
import { type PickupOrder, pickupOrders } from "./pickup-orders.ts";

/** Most people who are ticked by a button; of more, by a code or a name. */
const MOST_BUTTONS = 12;

/** `/pickup list`: who has been told, has seen it, has come; with a button for each who has not. */
export async function showPickups(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const orders = await parts.store.look((tx) => pickupOrders(tx, buy));
  const came = orders.filter(({ pickup }) => pickup?.isCollected).length;
  const rows = orders.flatMap((order) => {
    const { name, pickup, open, lines } = order;
    const due = open > 0 ? ` ${say(words.stillOpen, { amount: money(open, buy.terms.currency) })}` : "";
    const row = `${signOf(order)} ${name}${pickup?.code ? ` ${pickup.code}` : ""}${due}${comingText(pickup)}`;
    return pickup?.parts ? [row, linesText(buy, lines, words)] : [row];
  });
  const head = say(words.pickupList, { title: buy.terms.title, came, all: orders.length });
  whisper(parts, doer, {
    text: [head, words.pickupSigns, ...rows].join("\n"),
    publicly: words.notPublicly,
    buttons: tickButtons(buy, orders),
  });
}

function tickButtons(buy: Buy, orders: readonly PickupOrder[]): readonly (readonly Button[])[] {
  const waiting = orders.flatMap(({ name, pickup }) =>
    pickup?.code && !pickup.isCollected ? [{ name, code: pickup.code }] : [],
  );
  if (waiting.length > MOST_BUTTONS) return [];
  const buttons = waiting.map(
    ({ name, code }): Button => ({ label: `✅ ${name}`, data: `handed:${buy.id}:${code}`, words: `/picked ${code}` }),
  );
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(2 * row, 2 * row + 2));
}

function signOf({ pickup }: PickupOrder): string {
  if (pickup?.isCollected) return "✅";
  if (pickup?.parts) return "◐";
  if (pickup?.noShowAt) return "🚫";
  if (pickup?.seenAt) return "👀";
  return pickup?.noticedAt ? "📨" : "·";
}
