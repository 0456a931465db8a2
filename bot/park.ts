import { createHash } from "node:crypto";
import { directPlace } from "./actions/see-pickup.ts";
import { clean } from "./clean.ts";
import { languageOf } from "./languages.ts";
import type { Parts } from "./parts.ts";
import type { Incoming } from "./ports.ts";
import { say, wordsOf } from "./replies/replies.ts";
import type { Place } from "./store.ts";
import { queueForLeaders } from "./tell-leaders.ts";

/** Keeps an event that could not be handled, and says so to who sent it and to the leaders. */
export async function park(parts: Parts, event: Incoming, fault: unknown): Promise<void> {
  // In private there is no community to keep it in.
  if (event.chat.kind === "direct") return tellSender(parts, event, directPlace(parts, event), "failedAlone");
  const place = await parts.store.meetChat(event.platform, clean(event).chat, parts.defaults);
  const name = "sender" in event && event.sender ? event.sender.name : "?";
  const matter = {
    ...{ community: place.community.id, chat: place.chat, buy: null },
    // What is wrong with it may be its id.
    cause: createHash("sha256").update(JSON.stringify(event)).digest("base64url"),
  };
  await parts.store.park(place, event, fault instanceof Error ? fault.name : "unknown", (tx) =>
    queueForLeaders(tx.ledger, matter, "parked", (words) => ({ text: say(words.parked, { name }) })),
  );
  parts.wake();
  tellSender(parts, event, place, "failed");
}

function tellSender(parts: Parts, event: Incoming, place: Place, what: "failed" | "failedAlone"): void {
  if (event.type !== "text" && event.type !== "edit" && event.type !== "button") return;
  const { language } = place.community;
  const text = wordsOf(event.type === "button" ? language : languageOf(event.text, language))[what];
  const answered = event.type === "button" ? { press: event.id } : { replyTo: event.id };
  parts.answers.give([{ type: "whisper", place, whisper: { to: event.sender.id, ...answered }, content: { text } }]);
}
