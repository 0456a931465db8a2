import { type Doer, type Parts, whisper } from "../parts.ts";
import type { TextIn } from "../ports.ts";
import { wordsOf } from "../replies/replies.ts";

/** Who speaks for a whole chat cannot order: they hear so where their words would be an order, or one may be lost unseen. */
export async function refuseAnonymous(parts: Parts, doer: Doer, { text, replyTo }: TextIn): Promise<void> {
  const buys = await parts.store.buysOf(doer.place);
  const isOrder = buys.some(
    (buy) => buy.status === "open" && parts.readerOf(buy).read(text, { reply: replyTo !== undefined }).kind === "order",
  );
  if (isOrder) whisper(parts, doer, { text: wordsOf(doer.language).nobodyOrders });
}
