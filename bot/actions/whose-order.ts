import { type Doer, type Parts, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, BuyStatus } from "../store.ts";
import { isAllowed } from "./may-lead.ts";
import { endedBuy, pickBuy, pickEnded } from "./pick-buy.ts";

/** Whose order a command is about, and of which buy. */
export interface Whose {
  readonly buy: Buy;
  readonly person: string;
  readonly personName: string;
  /** The doer's own. */
  readonly isOwn: boolean;
}

/**
 * Whose order is meant: alone one's own; for leaders and helpers that of a name or a pickup code, or of whoever is replied to. Where
 * it cannot be told, the doer hears so.
 */
export async function whoseOrder(
  parts: Parts,
  doer: Doer,
  command: string,
  name: string,
  wanted: readonly BuyStatus[],
): Promise<Whose | undefined> {
  const words = wordsOf(doer.language);
  const { place, person, replyTo } = doer;
  const key = replyTo && { community: place.community.id, chat: place.chat, message: replyTo };
  const [replied] = key ? await parts.store.record((tx) => tx.statementsAmong([key])) : [];
  const isOther = name !== "" || (replied !== undefined && replied.person !== person.id);
  if (isOther && !(await isAllowed(parts, doer, "helper"))) {
    whisper(parts, doer, { text: say(words.paidOnlyOwn, { command }) });
    return undefined;
  }
  const buy = replied
    ? await parts.store.findBuy(place.community.id, replied.buy)
    : await (wanted.includes("open") ? pickAny(parts, doer, command, wanted) : pickEnded(parts, doer, command, wanted));
  if (!buy) return undefined;

  const lines = await parts.store.linesOf(buy.community, buy.id);
  const names = await parts.store.namesOf(buy.community, [...new Set(lines.map((line) => line.person))]);
  const byCode = /^\d{4}$/.test(name) ? await ownerOf(parts, buy, name) : undefined;
  const known = byCode ?? (isOther ? (name === "" ? replied?.person : undefined) : person.id);
  const exact = [...names].filter(([id, each]) => (known ? id === known : each.toLowerCase() === name.toLowerCase()));
  const found = exact.length > 0 || known ? exact : [...names].filter(([, each]) => each.includes(name));
  const [[id, personName] = []] = found;
  if (found.length === 1 && id !== undefined && personName !== undefined) {
    return { buy, person: id, personName, isOwn: !isOther };
  }
  const facts = {
    title: buy.terms.title,
    name: name || person.name,
    names: found.map(([, each]) => each).join(words.comma),
  };
  whisper(parts, doer, { text: say(found.length > 1 ? words.paidWho : words.paidNobody, { ...facts, command }) });
  return undefined;
}

async function ownerOf(parts: Parts, buy: Buy, code: string): Promise<string | undefined> {
  const pickups = await parts.store.look((tx) => tx.pickupsOf(buy));
  return [...pickups].find(([, pickup]) => pickup.code === code)?.[0];
}

/** One that has ended, else the one that is open. */
async function pickAny(parts: Parts, doer: Doer, command: string, wanted: readonly BuyStatus[]) {
  const ended = wanted.filter((status) => status !== "open");
  return (await endedBuy(parts, doer, ended)) ?? pickBuy(parts, doer, command, ["open"]);
}
