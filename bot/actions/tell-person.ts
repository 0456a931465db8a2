import { type Doer, type Parts, sourceOf } from "../parts.ts";
import type { Content } from "../ports.ts";
import type { ChangeTx } from "../store.ts";

/** Queues a word to one person where somebody did something that concerns them: once for each doing. */
export async function tellPerson(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  person: string,
  kind: "role" | "handover",
  content: Content,
): Promise<void> {
  const { place } = doer;
  const maxText = parts.adapters.get(place.platform)?.capabilities.maxText ?? 4096;
  await tx.addOutgoing({ place, to: person, kind, cause: `${kind}:${sourceOf(doer)}:${person}`, content, maxText });
}
