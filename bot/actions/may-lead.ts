import { type Doer, type Parts, whisper } from "../parts.ts";
import { SendFault } from "../ports.ts";
import { say, wordsOf } from "../replies/replies.ts";

/**
 * Whether somebody may go on with what only leaders may; whoever may not hears so.
 *
 * @param command  as they wrote it
 */
export async function checkLead(parts: Parts, doer: Doer, command: string): Promise<boolean> {
  const words = wordsOf(doer.language);
  try {
    if (await mayLead(parts, doer)) return true;
    whisper(parts, doer, { text: say(words.leadersOnly, { command }) });
  } catch (fault) {
    if (!(fault instanceof SendFault)) throw fault;
    parts.log.warn({ chat: doer.place.chat, outcome: fault.outcome }, "the platform did not say who runs a chat");
    whisper(parts, doer, { text: words.leadersUnknown });
  }
  return false;
}

/**
 * Whether somebody may use leaders' commands. Roles are our own data; who runs the chat on its platform becomes a
 * leader by the first use.
 *
 * @throws SendFault when the platform does not say
 */
async function mayLead(parts: Parts, doer: Doer): Promise<boolean> {
  const { role, id, externalId } = doer.person;
  if (doer.anonymous || role === "leader" || role === "owner") return true;

  const adapter = parts.adapters.get(doer.place.platform);
  if (!adapter?.capabilities.adminList) return false;
  if (!(await adapter.isAdministrator(doer.place.externalChat, externalId))) return false;
  await parts.store.change((tx) => tx.grantRole(doer.place.community.id, id, "leader", undefined));
  return true;
}

/** The same without a word to anybody; no where the platform does not say. */
export async function isLeading(parts: Parts, doer: Doer): Promise<boolean> {
  try {
    return await mayLead(parts, doer);
  } catch (fault) {
    if (!(fault instanceof SendFault)) throw fault;
    return false;
  }
}
