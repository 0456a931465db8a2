import { type Doer, type Parts, whisper } from "../parts.ts";
import { quoted, say, wordsOf } from "../replies/replies.ts";
import type { Member } from "../store.ts";
import { alike, choiceButtons } from "./choices.ts";

/**
 * Who of the community is meant: whoever has the name, else whoever wrote the message that is replied to. Where it
 * cannot be told, the doer hears so.
 */
export async function personNamed(parts: Parts, doer: Doer, name: string): Promise<Member | undefined> {
  const { place, repliedTo, about } = doer;
  if (name === "" && repliedTo && !repliedTo.anonymous) return parts.store.meetPerson(place, repliedTo);
  const words = wordsOf(doer.language).named;
  const wanted = name.replace(/^@/, "").toLowerCase();
  const members = await parts.store.membersOf(place.community.id);
  const chosen = members.find(({ id }) => id === about?.person);
  if (chosen) return chosen;
  const exact = members.filter((each) => each.name.toLowerCase() === wanted);
  const within = wanted === "" ? [] : members.filter((each) => each.name.toLowerCase().includes(wanted));
  const found = exact.length > 0 ? exact : within;
  if (found.length === 1) return found[0];
  const names = found.slice(0, 10).map((each) => each.name);
  const sentence = wanted === "" ? words.nobody : found.length > 1 ? words.several : words.unknown;
  const rest = (doer.called?.rest ?? "").replace(name, "").trim();
  const others = members.filter(({ id }) => id !== doer.person.id);
  const choices = (found.length > 0 ? found : alike(wanted, others)).map((each) => {
    return { label: each.name, rest: [rest, { person: each.id, name: each.name }] };
  });
  const text = say(sentence, { name: quoted(name), names: names.join(wordsOf(doer.language).comma) });
  const example = choices[0] && [doer.called?.word, rest, choices[0].label].filter(Boolean).join(" ");
  whisper(parts, doer, {
    text: example ? `${text}\n${say(wordsOf(doer.language).namedLike, { example })}` : text,
    ...choiceButtons(doer, choices),
  });
  return undefined;
}
