import type { Parts } from "../parts.ts";
import type { MembershipIn } from "../ports.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Place } from "../store.ts";
import { showMenu } from "./settings.ts";

/** Says hello, once, in a chat that the bot was added to. */
export async function greet(parts: Parts, place: Place, event: MembershipIn): Promise<void> {
  const adapter = parts.adapters.get(place.platform);
  const { language, zone, currency } = place.community;
  const words = wordsOf(language);
  await parts.store.change((tx) =>
    tx.addOutgoing({
      place,
      kind: "greeting",
      cause: `greeting:${place.platform}:${event.id}`,
      content: {
        text: [
          words.greeting,
          say(words.guessed, { zone, currency }),
          ...(event.blind ? [words.greetingBlind] : []),
        ].join("\n"),
      },
      maxText: adapter?.capabilities.maxText ?? Number.POSITIVE_INFINITY,
    }),
  );
  parts.wake();
  if (language === "zh-hant") await showMenu(parts, place, language); // others have it without being asked
}
