import { type Doer, type Parts, whisper } from "../parts.ts";
import { SendFault } from "../ports.ts";
import { say, wordsOf } from "../replies/replies.ts";
import { isEnough, type Who } from "../rights.ts";
import type { Person } from "../store.ts";

/**
 * Whether somebody may go on with what not everybody may; whoever may not hears so.
 *
 * @param command  as they wrote it
 */
export async function checkMay(parts: Parts, doer: Doer, who: Who, command: string): Promise<boolean> {
  const words = wordsOf(doer.language);
  try {
    if (isEnough(await roleOf(parts, doer, who), who)) return true;
    whisper(parts, doer, { text: say(who === "helper" ? words.helpersOnly : words.leadersOnly, { command }) });
  } catch (fault) {
    if (!(fault instanceof SendFault)) throw fault;
    parts.log.warn({ chat: doer.place.chat, outcome: fault.outcome }, "the platform did not say who runs a chat");
    whisper(parts, doer, { text: words.leadersUnknown });
  }
  return false;
}

/** The same without a word to anybody; no where the platform does not say. */
export async function isAllowed(parts: Parts, doer: Doer, who: Who): Promise<boolean> {
  try {
    return isEnough(await roleOf(parts, doer, who), who);
  } catch (fault) {
    if (!(fault instanceof SendFault)) throw fault;
    return false;
  }
}

/** Whether somebody may lead here; who may not is told. */
export const checkLead = (parts: Parts, doer: Doer, command: string) => checkMay(parts, doer, "leader", command);

/** The same, and nobody is told. */
export const isLeading = (parts: Parts, doer: Doer) => isAllowed(parts, doer, "leader");

/**
 * Roles are our own data. Who runs the chat on its platform becomes a leader by the first use, unless they were told
 * otherwise.
 *
 * @param who  for whom it is: the platform is asked only where that matters
 * @throws SendFault when the platform does not say
 */
async function roleOf(parts: Parts, doer: Doer, who: Who): Promise<Person["role"]> {
  const { role, id, externalId } = doer.person;
  if (doer.anonymous) return "leader";
  if (isEnough(role, who)) return role;

  const adapter = parts.adapters.get(doer.place.platform);
  if (!adapter?.capabilities.adminList) return role;
  if (!(await adapter.isAdministrator(doer.place.externalChat, externalId))) return role;
  return parts.store.change((tx) => tx.meetAdministrator(doer.place.community.id, id));
}
