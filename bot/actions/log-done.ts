import type { AuditVerb } from "../audit.ts";
import { type Doer, sourceOf } from "../parts.ts";
import type { Buy, ChangeTx } from "../store.ts";

/** Writes down who did what with a buy, and the message or press that it came from. */
export async function logDone(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  verb: AuditVerb,
  after: Readonly<Record<string, unknown>>,
  before?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { id: actor } = doer.person;
  const entry = { community: buy.community, actor, verb, buy: buy.id, source: sourceOf(doer), after };
  await tx.audit({ ...entry, ...(before && { before }) });
}
