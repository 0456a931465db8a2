import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import type { Buy, ChangeTx } from "../store.ts";

/**
 * Does something to a buy, which is locked meanwhile, once for each press or message; and tells the doer what came of it.
 *
 * @param act  what the doer hears; undefined: nothing
 */
export async function actOnce(
  parts: Parts,
  doer: Doer,
  buyId: string,
  act: (tx: ChangeTx, buy: Buy) => Promise<string | Content | undefined>,
): Promise<void> {
  const { community } = doer.place;
  const said = await parts.store.change(async (tx) => {
    const buy = await tx.lockBuy(community.id, buyId);
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    return act(tx, buy);
  });
  if (said) whisper(parts, doer, said);
}
