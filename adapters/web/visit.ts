import type { Clock } from "../../bot/ports.ts";
import type { Chat, VisitorEntry } from "./chat.ts";
import type { ChatMessage, RefusalCode, RequestName, Requests } from "./page/wire.ts";
import type { Room } from "./room.ts";

/** What became of a request: the id of the message or press, or why not. */
export type Outcome = { readonly id: string } | { readonly refused: RefusalCode };

/** What a visitor may do in the room, by the name of the request. */
export type Visit = { readonly [Name in RequestName]: (request: Requests[Name]) => Promise<Outcome> };

interface Rules {
  readonly maxText: number;
  readonly clock: Pick<Clock, "now">;
}

/** The visitor's side of the room: decides what may be done and keeps it. */
export function visitorOf(room: Room, { maxText, clock }: Rules): Visit {
  const decide = (decision: (chat: Readonly<Chat>) => VisitorEntry | Outcome): Promise<Outcome> =>
    room.change<Outcome>((chat) => {
      const decided = decision(chat);
      if (!("type" in decided)) return { entries: [], result: decided };
      return { entries: [decided], result: { id: idOf(decided) } };
    });

  return {
    say: ({ key, person, text: raw, language, replyTo }) =>
      decide((chat) => {
        const said = chat.keys.get(key);
        if (said !== undefined) return { id: said }; // sent again by a page that lost our answer
        const text = clean(raw);
        const fault = faultOf(text, maxText);
        if (fault) return { refused: fault };
        const quoted = replyTo === undefined ? undefined : seenBy(person, chat.messages.get(replyTo));
        if (replyTo !== undefined && !quoted) return { refused: "not-found" };

        const at = clock.now().toISOString();
        const message = { id: String(chat.next), from: person, text, at, key, ...(quoted && { replyTo: quoted.id }) };
        return { type: "said", seq: chat.next, message, language, ...(quoted && { quoted: quoted.text }) };
      }),

    edit: ({ person, message: id, text: raw, language }) =>
      decide((chat) => {
        const message = ownMessage(chat, person, id);
        if ("refused" in message) return message;
        const text = clean(raw);
        const fault = faultOf(text, maxText);
        if (fault) return { refused: fault };

        const edited = { ...message, text, editedAt: clock.now().toISOString() };
        const quoted = message.replyTo === undefined ? undefined : chat.messages.get(message.replyTo);
        return { type: "edited", seq: chat.next, message: edited, language, ...(quoted && { quoted: quoted.text }) };
      }),

    recall: ({ person, message: id }) =>
      decide((chat) => {
        const message = ownMessage(chat, person, id);
        if ("refused" in message) return message;

        const { mark: _, ...rest } = message;
        return {
          type: "recalled",
          seq: chat.next,
          message: { ...rest, text: "", recalledAt: clock.now().toISOString() },
        };
      }),

    press: ({ person, message: id, data, language }) =>
      decide((chat) => {
        const message = chat.messages.get(id);
        if (!message?.buttons?.flat().some((button) => button.data === data)) return { refused: "not-found" };
        if (message.to !== undefined && message.to !== person) return { refused: "not-yours" };

        const press = { id: String(chat.next), person, message: id, data, at: clock.now().toISOString() };
        return { type: "pressed", seq: chat.next, press, language };
      }),
  };
}

function idOf(entry: VisitorEntry): string {
  if (entry.type === "pressed") return entry.press.id;
  return "message" in entry ? entry.message.id : String(entry.seq);
}

/** A database keeps no NUL, and lines end in one way. */
const clean = (text: string): string => text.replaceAll("\u0000", "").replace(/\r\n?/g, "\n");

function faultOf(text: string, maxText: number): RefusalCode | undefined {
  if (text.trim() === "") return "empty";
  return text.length > maxText ? "too-long" : undefined;
}

/** A private word can be quoted by its person only. */
function seenBy(person: string, message: ChatMessage | undefined): ChatMessage | undefined {
  return message?.to === undefined || message.to === person ? message : undefined;
}

function ownMessage(chat: Readonly<Chat>, person: string, id: string): ChatMessage | { refused: RefusalCode } {
  const message = chat.messages.get(id);
  if (!message) return { refused: "not-found" };
  if (message.from !== person) return { refused: "not-yours" };
  return message.recalledAt === undefined ? message : { refused: "taken-back" };
}
