import { type Doer, type Parts, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Member } from "../store.ts";

/**
 * Who of the community is meant: whoever has the name, else whoever wrote the message that is replied to. Where it
 * cannot be told, the doer hears so.
 */
export async function personNamed(parts: Parts, doer: Doer, name: string): Promise<Member | undefined> {
  const { place, repliedTo } = doer;
  if (name === "" && repliedTo && !repliedTo.anonymous) return parts.store.meetPerson(place, repliedTo);
  const words = wordsOf(doer.language).named;
  const wanted = name.replace(/^@/, "").toLowerCase();
  const members = wanted === "" ? [] : await parts.store.membersOf(place.community.id);
  const exact = members.filter((each) => each.name.toLowerCase() === wanted);
  const found = exact.length > 0 ? exact : members.filter((each) => each.name.toLowerCase().includes(wanted));
  if (found.length === 1) return found[0];
  const names = found.slice(0, 10).map((each) => each.name);
  const sentence = wanted === "" ? words.nobody : found.length > 1 ? words.several : words.unknown;
  whisper(parts, doer, { text: say(sentence, { name, names: names.join(wordsOf(doer.language).comma) }) });
  return undefined;
}
