import type { ChatRef, Incoming, Sender, TextIn } from "../../bot/ports.ts";
import type { VisitorEntry } from "./chat.ts";
import type { ChatMessage, PageLanguage, Person } from "./page/wire.ts";

/** The playground's one chat. */
export const CHAT: ChatRef = { id: "playground", kind: "group", title: "Plusone playground" };

/** What a visitor did, in the bot's terms. The same entry gives the same event however often it is delivered. */
export function toIncoming(entry: VisitorEntry, people: readonly Person[]): Incoming {
  const from = { platform: "web", chat: CHAT } as const;
  switch (entry.type) {
    case "joined": {
      const leader = people.find((person) => person.leader);
      return {
        ...from,
        type: "membership",
        id: String(entry.seq),
        change: "added",
        at: new Date(entry.at),
        ...(leader && { sender: { id: leader.id, name: leader.name } }),
      };
    }
    case "said":
      return {
        ...from,
        type: "text",
        ...said(entry.message, sender(people, entry.message.from, entry.language), entry.quoted),
      };
    case "edited": {
      const { message, language, quoted } = entry;
      const editedAt = new Date(message.editedAt ?? message.at);
      return { ...from, type: "edit", ...said(message, sender(people, message.from, language), quoted), editedAt };
    }
    case "recalled":
      return {
        ...from,
        type: "recall",
        id: entry.message.id,
        recalledAt: new Date(entry.message.recalledAt ?? entry.message.at),
      };
    case "pressed": {
      const { id, person, message, data, at } = entry.press;
      return {
        ...from,
        type: "button",
        id,
        sender: sender(people, person, entry.language),
        message,
        data,
        pressedAt: new Date(at),
      };
    }
    default:
      throw new Error(`an entry of no known type: ${JSON.stringify(entry satisfies never)}`);
  }
}

function said(
  message: ChatMessage,
  from: Sender,
  quoted: string | undefined,
): Omit<TextIn, "type" | "platform" | "chat"> {
  const { id, text, at, replyTo } = message;
  return {
    id,
    position: Number(id),
    sender: from,
    text,
    ...(replyTo !== undefined && { replyTo: { id: replyTo, ...(quoted !== undefined && { text: quoted }) } }),
    sentAt: new Date(at),
  };
}

/** Somebody who has left the table since is known by their id. */
function sender(people: readonly Person[], id: string, language: PageLanguage): Sender {
  return { id, name: people.find((person) => person.id === id)?.name ?? id, language };
}
