import { languageOf } from "../languages.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import type { Incoming, MembershipIn } from "../ports.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { CommunityDefaults, Language, Place } from "../store.ts";
import { showMenu } from "./settings.ts";

/**
 * Says hello in a chat that the bot was added to, once for ever; when it is added again or its rights change, only
 * whether it can read everything now. Posts that could not be kept up to date meanwhile are posted anew.
 */
export async function greet(parts: Parts, place: Place, event: MembershipIn): Promise<void> {
  const adapter = parts.adapters.get(place.platform);
  const { id, language, zone, currency } = place.community;
  const words = wordsOf(language);
  const cause = `greeting:${place.platform}:${event.id}`;
  const hearing = event.blind ? words.greetingBlind : words.hearsAll;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(id, cause))) return;
    const isFirst = event.change === "added" && (await tx.claim(id, `greeting:${place.chat}`));
    if (event.change === "added" && !isFirst) await tx.replacePosts(place);
    const links = adapter?.links ? [say(words.greetingLink, { link: adapter.links.direct })] : [];
    const hello = [words.greeting, say(words.guessed, { zone, currency }), ...links, ...(event.blind ? [hearing] : [])];
    await tx.addOutgoing({
      place,
      kind: "greeting",
      cause,
      content: { text: isFirst ? hello.join("\n") : hearing },
      maxText: adapter?.capabilities.maxText ?? Number.POSITIVE_INFINITY,
    });
  });
  parts.wake();
  if (language === "zh-hant") await showMenu(parts, place, language); // others have it without being asked
}

/** In private: from now on the bot may write to them there. */
export function welcome(parts: Parts, doer: Doer): void {
  const words = wordsOf(doer.language);
  const links = parts.adapters.get(doer.place.platform)?.links;
  const text = [words.welcome, ...(links ? [say(words.welcomeLink, { link: links.group })] : [])].join("\n");
  whisper(parts, doer, { text });
}

/** A new group is written to in the language of its name, of the settings, or of who brought the bot there. */
export function defaultsFor(event: Incoming, defaults: CommunityDefaults): CommunityDefaults {
  if (event.type !== "membership") return defaults;
  const set = defaults.language === "en" ? undefined : defaults.language; // "en" may only be what nobody has set
  const usual = set ?? languageOfTag(event.sender?.language) ?? defaults.language;
  const han = event.chat.title?.replace(/[^\p{Script=Han}]/gu, "") ?? ""; // names in latin letters tell nothing
  return { ...defaults, language: languageOf(han, usual) };
}

function languageOfTag(tag: string | undefined): Language | undefined {
  if (!tag) return undefined;
  if (/^zh\b.*\b(hant|tw|hk|mo)\b/i.test(tag)) return "zh-hant";
  if (/^zh\b/i.test(tag)) return "zh-hans";
  return /^en\b/i.test(tag) ? "en" : undefined;
}
