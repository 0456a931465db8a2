import type { Incoming, TextIn } from "./ports.ts";

/** Most of a name that is kept: what people put beyond that is decoration. In UTF-16 units. */
const MOST_NAME = 120;

/**
 * What no database takes, and no reader needs: NUL and halves of characters. Names lose their line ends too, since they
 * stand in lines of ours.
 */
export function clean(event: Incoming): Incoming {
  const chat = { ...event.chat, ...(event.chat.title !== undefined && { title: cleanName(event.chat.title) }) };
  switch (event.type) {
    case "text":
    case "edit":
      return {
        ...event,
        chat,
        text: cleanText(event.text),
        sender: cleanSender(event.sender),
        ...(event.replyTo && { replyTo: cleanReply(event.replyTo) }),
      };
    case "button":
      return { ...event, chat, sender: cleanSender(event.sender), data: cleanText(event.data) };
    case "reacted":
      return { ...event, chat, sender: cleanSender(event.sender) };
    case "membership":
      return { ...event, chat, ...(event.sender && { sender: cleanSender(event.sender) }) };
    case "moved":
    case "recall":
      return { ...event, chat };
    case "notice": {
      const { about } = event;
      const named = "name" in about ? { ...about, name: cleanName(about.name) || "?" } : about;
      return { ...event, chat, about: "text" in named ? { ...named, text: cleanText(named.text) } : named };
    }
    default:
      return event satisfies never;
  }
}

function cleanReply(reply: NonNullable<TextIn["replyTo"]>) {
  const { text, sender } = reply;
  return {
    ...reply,
    ...(text !== undefined && { text: cleanText(text) }),
    ...(sender && { sender: cleanSender(sender) }),
  };
}

function cleanSender<S extends { readonly name: string }>(sender: S): S {
  return { ...sender, name: cleanName(sender.name) || "?" };
}

function cleanName(name: string): string {
  return cleanText(name.slice(0, MOST_NAME))
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .trim();
}

/** A text without what no database takes. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Cs}/gu, "\ufffd");
}
