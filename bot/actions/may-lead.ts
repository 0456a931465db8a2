import type { Doer, Parts } from "../parts.ts";

/**
 * Whether somebody may use leaders' commands. Roles are our own data; who runs the chat on its platform becomes a
 * leader by the first use.
 */
export async function mayLead(parts: Parts, doer: Doer): Promise<boolean> {
  const { role, id, externalId } = doer.person;
  if (doer.anonymous || role === "leader" || role === "owner") return true;

  const adapter = parts.adapters.get(doer.place.platform);
  if (!adapter?.capabilities.adminList) return false;
  if (!(await adapter.isAdministrator(doer.place.externalChat, externalId))) return false;
  await parts.store.change((tx) => tx.grantRole(doer.place.community.id, id, "leader", undefined));
  return true;
}
