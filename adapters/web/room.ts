import { join } from "node:path";
import type { Clock } from "../../bot/ports.ts";
import { applyEntry, type Chat, type Entry, emptyChat, latestMessages, shortenEntries } from "./chat.ts";
import { type Journal, openJournal } from "./journal.ts";
import type { ChatEvent, ChatMessage, Person, ServerEvent, ShownMessage } from "./page/wire.ts";

/** The playground's chat while it is open: kept in the journal, shown to every page that looks. */
export interface Room {
  /** Read it freely, change it by `change` only. */
  readonly chat: Readonly<Chat>;
  person(id: string): Person | undefined;
  /**
   * Decides and keeps, one caller after another, so that a decision holds for the chat that it is written into.
   * Listeners hear of it once it is on the disk.
   */
  change<Result>(decide: (chat: Readonly<Chat>) => Change<Result>): Promise<Result>;
  /** The whole chat for a page that begins to look. */
  overview(): ChatEvent;
  /** Hears everything that happens from now on. Returns how to stop. */
  listen(listener: (event: ServerEvent) => void): () => void;
  close(): Promise<void>;
}

/** Entries to keep, and what to tell the caller. A decision against it keeps nothing. */
export interface Change<Result> {
  readonly entries: readonly Entry[];
  readonly result: Result;
}

/** Messages that a page is given when it begins to look. */
const OVERVIEW_MESSAGES = 300;

/**
 * Opens the chat that the data folder keeps, or begins one.
 *
 * Ids count from the seconds that have passed since 2026 began: when the folder is deleted and the database is not, the
 * new chat's ids are still none that the database has seen. They stay below 2³¹ until 2094.
 */
export async function openRoom(settings: {
  folder: string;
  people: readonly Person[];
  maxText: number;
  clock: Pick<Clock, "now">;
}): Promise<Room> {
  const journal = await openJournal<Entry>(join(settings.folder, "playground.jsonl"), shortenEntries);
  const chat = emptyChat();
  for (const entry of journal.entries) applyEntry(chat, entry);

  const room = roomOf(journal, chat, settings);
  if (journal.entries.length === 0)
    await room.change(() => ({ entries: beginning(settings.clock.now()), result: undefined }));
  return room;
}

function beginning(now: Date): Entry[] {
  const seq = Math.max(1, Math.floor((now.getTime() - Date.UTC(2026, 0, 1)) / 1000));
  return [{ type: "joined", seq, at: now.toISOString() }];
}

function roomOf(journal: Journal<Entry>, chat: Chat, settings: { people: readonly Person[]; maxText: number }): Room {
  const listeners = new Set<(event: ServerEvent) => void>();
  let last: Promise<unknown> = Promise.resolve();

  async function keep(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      const before = waitingIds(chat);
      await journal.append(entry);
      applyEntry(chat, entry);
      for (const event of eventsOf(entry, chat, before)) for (const listener of listeners) listener(event);
    }
  }

  return {
    chat,
    person: (id) => settings.people.find((person) => person.id === id),
    change(decide) {
      const turn = last.then(async () => {
        const { entries, result } = decide(chat);
        await keep(entries);
        return result;
      });
      last = turn.then(ignore, ignore); // a failure is its caller's; the next in line goes on
      return turn;
    },
    overview() {
      const waiting = waitingIds(chat);
      return {
        type: "chat",
        people: settings.people,
        messages: latestMessages(chat, OVERVIEW_MESSAGES).map((message) => shown(message, waiting)),
        ...(chat.pinned !== undefined && { pinned: chat.pinned }),
        maxText: settings.maxText,
      };
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await last;
      await journal.close();
    },
  };
}

const ignore = (): void => {};

/** Ids of messages that the bot has not stored yet, as far as they go. */
function waitingIds(chat: Chat): Set<string> {
  return new Set(chat.undelivered.flatMap((entry) => ("message" in entry ? [entry.message.id] : [])));
}

const shown = (message: ChatMessage, waiting: Set<string>): ShownMessage =>
  waiting.has(message.id) ? { ...message, waiting: true } : message;

/** What pages are told after an entry. */
function eventsOf(entry: Entry, chat: Chat, waitingBefore: Set<string>): ServerEvent[] {
  const waiting = waitingIds(chat);
  const message = (id: string): ServerEvent[] => {
    const found = chat.messages.get(id);
    return found ? [{ type: "message", message: shown(found, waiting) }] : [];
  };
  switch (entry.type) {
    case "said":
    case "edited":
    case "recalled":
    case "shown":
      return message(entry.message.id);
    case "delivered":
      return [...waitingBefore].filter((id) => !waiting.has(id)).flatMap(message);
    case "pinned":
      return [{ type: "pinned", message: entry.message }];
    case "answered":
      return [entry.answer];
    case "joined":
    case "pressed":
    case "numbers":
      return [];
    default:
      throw new Error(`an entry of no known type: ${JSON.stringify(entry satisfies never)}`);
  }
}
