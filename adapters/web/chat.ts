import type { AnsweredEvent, ChatMessage, PageLanguage } from "./page/wire.ts";

/** A line of the chat's journal: what somebody did, or how a message stands now. */
export type Entry = VisitorEntry | KeptEntry;

/** What the bot must hear of. `seq` rises from one to the next. */
export type VisitorEntry =
  | { readonly type: "joined"; readonly seq: number; readonly at: string }
  | {
      readonly type: "said" | "edited";
      readonly seq: number;
      readonly message: ChatMessage;
      readonly language: PageLanguage;
      /** The text that it replies to, as it was then. */
      readonly quoted?: string;
    }
  | { readonly type: "recalled"; readonly seq: number; readonly message: ChatMessage }
  | { readonly type: "pressed"; readonly seq: number; readonly press: Press; readonly language: PageLanguage };

/** Somebody has pressed a button. */
export interface Press {
  readonly id: string;
  readonly person: string;
  readonly message: string;
  readonly data: string;
  readonly at: string;
}

/** A line of the file in which the chat is kept. */
export type KeptEntry =
  /** The next number to give away. */
  | { readonly type: "numbers"; readonly next: number }
  /** A message of the bot, or any other as it stands now. */
  | { readonly type: "shown"; readonly message: ChatMessage }
  | { readonly type: "pinned"; readonly message: string }
  /** The bot has stored everything up to this one. */
  | { readonly type: "delivered"; readonly seq: number }
  | { readonly type: "answered"; readonly answer: AnsweredEvent };

/** The chat as its journal tells it. */
export interface Chat {
  readonly messages: Map<string, ChatMessage>;
  /** Key of a visitor's message → its id. */
  readonly keys: Map<string, string>;
  /** Presses that wait for their answer, by id. */
  readonly presses: Map<string, Press>;
  undelivered: readonly VisitorEntry[];
  pinned: string | undefined;
  next: number;
}

/** A chat in which nothing has happened. */
export const emptyChat = (): Chat => ({
  messages: new Map(),
  keys: new Map(),
  presses: new Map(),
  undelivered: [],
  pinned: undefined,
  next: 1,
});

/** Takes one more entry into the chat. */
export function applyEntry(chat: Chat, entry: Entry): void {
  if ("message" in entry && typeof entry.message !== "string") keepMessage(chat, entry.message);
  if ("seq" in entry) chat.next = Math.max(chat.next, entry.seq + 1);
  switch (entry.type) {
    case "joined":
    case "said":
    case "edited":
    case "recalled":
      chat.undelivered = [...chat.undelivered, entry];
      return;
    case "pressed":
      chat.undelivered = [...chat.undelivered, entry];
      chat.presses.set(entry.press.id, entry.press);
      return;
    case "answered":
      chat.presses.delete(entry.answer.press);
      return;
    case "delivered":
      chat.undelivered = chat.undelivered.filter(({ seq }) => seq > entry.seq);
      return;
    case "pinned":
      chat.pinned = entry.message;
      return;
    case "numbers":
      chat.next = Math.max(chat.next, entry.next);
      return;
    case "shown":
      return;
    default:
      throw new Error(`an entry of no known type: ${JSON.stringify(entry satisfies never)}`);
  }
}

function keepMessage(chat: Chat, message: ChatMessage): void {
  chat.messages.set(message.id, message);
  if (message.key !== undefined) chat.keys.set(message.key, message.id);
  chat.next = Math.max(chat.next, Number(message.id) + 1);
}

/** Messages in the order of the chat; of a long one the last `most`, and the pinned one. */
export function latestMessages(chat: Chat, most: number): ChatMessage[] {
  const all = [...chat.messages.values()].sort((one, other) => Number(one.id) - Number(other.id));
  return all.filter(({ id }, index) => index >= all.length - most || id === chat.pinned);
}

/** Messages that survive when a long journal is written anew, and how long it may become before that. */
const KEPT = { messages: 500, entries: 20_000 };

/** A shorter journal that tells the same chat, without its oldest messages. A short one stays as it is. */
export function shortenEntries(entries: readonly Entry[], most = KEPT): readonly Entry[] {
  if (entries.length <= most.entries) return entries;

  const chat = emptyChat();
  for (const entry of entries) applyEntry(chat, entry);
  return [
    { type: "numbers", next: chat.next },
    ...chat.undelivered, // first: they hold messages as they were
    ...latestMessages(chat, most.messages).map((message): Entry => ({ type: "shown", message })),
    ...(chat.pinned === undefined ? [] : [{ type: "pinned", message: chat.pinned } as const]),
  ];
}
