import { askedNow } from "./actions/confirm.ts";
import { isLeading } from "./actions/may-lead.ts";
import { answeredDraft } from "./actions/open-buy.ts";
import { answerStep } from "./actions/open-steps.ts";
import { answerDraft } from "./answer-draft.ts";
import { commandOf } from "./command-of.ts";
import type { CommandId } from "./commands.ts";
import { aloneOf, doerOf, inOwnLanguage } from "./doer.ts";
import { command } from "./on-command.ts";
import { type Doer, type Parts, whisper } from "./parts.ts";
import type { TextIn } from "./ports.ts";
import { say, wordsOf } from "./replies/replies.ts";
import { isEnough } from "./rights.ts";

/** What leaders begin in private as well: announcements and chains are written, or pasted, at one's desk. */
const LED_ALONE: ReadonlySet<CommandId> = new Set(["open", "again", "import"]);

/**
 * What a leader begins in private is of the group that they lead; of several, they name one. So is their answer to what
 * was asked last.
 *
 * @returns  whether it was that
 */
export async function leadDirectly(parts: Parts, event: TextIn): Promise<boolean> {
  const called = commandOf(event.text);
  if (called && !LED_ALONE.has(called.command.id)) return false;
  const led = await ledBy(parts, event);
  if (led.length === 0) return false;
  if (!called) return answerLeading(parts, led, event);

  const { word, rest } = called;
  const named = led.filter(({ place }) => restAfter(place.community.name, rest) !== undefined);
  const [doer, ...others] = named.length > 0 ? named : called.command.id === "import" ? await open(parts, led) : led;
  if (doer && others.length === 0) {
    const own = restAfter(doer.place.community.name, rest) ?? rest;
    await command(parts, doer, { ...called, rest: own }, event);
    return true;
  }
  const words = wordsOf(led[0]!.language);
  const names = led.map(({ place }) => place.community.name);
  const example = `${word} ${names[0]} …`;
  whisper(parts, led[0]!, { text: say(words.whichGroup, { groups: names.join(words.comma), example }) });
  return true;
}

/** Somebody alone, for each community that they lead. */
export async function ledBy(parts: Parts, event: TextIn): Promise<readonly Doer[]> {
  const led: Doer[] = [];
  for (const place of await parts.store.groupsWith(event.platform, event.sender.id)) {
    const person = await parts.store.meetPerson(place, event.sender);
    if (!(await isLeading(parts, doerOf(event, place, person)))) continue;
    const role = isEnough(person.role, "leader") ? person.role : "leader";
    led.push(await inOwnLanguage(parts, aloneOf(event, place, { ...person, role }), event));
  }
  return led;
}

/** Those in whose groups something is open; all where that is so nowhere. */
async function open(parts: Parts, led: readonly Doer[]): Promise<readonly Doer[]> {
  const there: Doer[] = [];
  for (const doer of led) {
    if ((await parts.store.buysOf(doer.place)).some(({ status }) => status === "open")) there.push(doer);
  }
  return there.length > 0 ? there : led;
}

/** What stands behind a group's name; undefined where that does not stand before it. */
function restAfter(name: string, rest: string): string | undefined {
  if (name === "" || !rest.toLowerCase().startsWith(name.toLowerCase())) return undefined;
  const behind = rest.slice(name.length);
  return /^(?:$|[\s:：])/.test(behind) ? behind.replace(/^[\s:：]+/, "") : undefined;
}

/** Answers what a leader was asked last, in whichever of their groups. */
export async function answerLeading(parts: Parts, led: readonly Doer[], event: TextIn): Promise<boolean> {
  const waiting: { readonly doer: Doer; readonly at: Date }[] = [];
  for (const doer of led) {
    const asked = await askedNow(parts, doer);
    const draft = await answeredDraft(parts, doer);
    for (const at of [asked?.askedAt, draft?.terms.openedAt]) if (at) waiting.push({ doer, at });
  }
  const last = waiting.sort((one, other) => +other.at - +one.at)[0];
  if (!last) return false;
  return (await answerStep(parts, last.doer, event)) || answerDraft(parts, last.doer, event.text);
}
