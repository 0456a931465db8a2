/** A chat as recorded: everything that was said, put together from its events. */
export interface Transcript {
  /** In the order in which they were said. */
  readonly messages: readonly Message[];
  /** The name that each person bore last. */
  readonly names: ReadonlyMap<string, string>;
  /** When the last event happened: there the clock stops. */
  readonly endsAt: Date | undefined;
}

/** A message with all that became of it. */
export interface Message {
  readonly chat: string;
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly at: Date;
  /** Its place in the transcript: decides between messages of the same instant. */
  readonly position: number;
  /** The first text and each edit, oldest first. */
  readonly versions: readonly { readonly text: string; readonly at: Date }[];
  readonly recalledAt?: Date;
  readonly replyTo?: string;
  readonly leader: boolean;
  readonly speaker?: Speaker;
}

/**
 * Who speaks where it is no person: a bot; a channel, linked to the chat or used as a name; or the chat itself, in whose
 * name its leaders give commands. None of them orders.
 */
export type Speaker = "bot" | "channel" | "chat";

/** One event of a transcript. @source message language, 3 */
export type Event =
  | {
      readonly type: "message";
      readonly at: Date;
      readonly chat: string;
      readonly id: string;
      readonly from: string;
      readonly name: string;
      readonly text: string;
      readonly replyTo?: string;
      readonly leader: boolean;
      readonly speaker?: Speaker;
    }
  | { readonly type: "edit"; readonly at: Date; readonly chat: string; readonly id: string; readonly text: string }
  | { readonly type: "recall"; readonly at: Date; readonly chat: string; readonly id: string };

/** Puts events together. Their order decides only between events of the same instant; doubles change nothing. */
export function toTranscript(given: readonly Event[]): Transcript {
  const events = given
    .map((event, position) => ({ event, position }))
    .sort((one, other) => one.event.at.getTime() - other.event.at.getTime() || one.position - other.position);
  const messages = new Map<string, Message>();
  const names = new Map<string, string>();
  for (const { event, position } of events) {
    if (event.type !== "message" || messages.has(keyOf(event))) continue;
    names.set(event.from, event.name);
    messages.set(keyOf(event), {
      chat: event.chat,
      id: event.id,
      person: event.from,
      name: event.name,
      at: event.at,
      position,
      versions: [{ text: event.text, at: event.at }],
      ...(event.replyTo !== undefined && { replyTo: event.replyTo }),
      leader: event.leader,
      ...(event.speaker && { speaker: event.speaker }),
    });
  }
  for (const { event } of events) {
    const message = messages.get(keyOf(event));
    if (!message || event.type === "message") continue;
    if (event.type === "edit") {
      const at = event.at < message.at ? message.at : event.at;
      messages.set(keyOf(event), { ...message, versions: [...message.versions, { text: event.text, at }] });
    } else if (!message.recalledAt) {
      messages.set(keyOf(event), { ...message, recalledAt: event.at });
    }
  }
  return { messages: [...messages.values()], names, endsAt: events.at(-1)?.event.at };
}

function keyOf({ chat, id }: { readonly chat: string; readonly id: string }): string {
  return `${chat}\n${id}`;
}

/**
 * Reads one line of a transcript.
 *
 * @returns what is wrong with it, in words, where it is no event
 */
export function parseEvent(line: string): Event | string {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (fault) {
    return fault instanceof Error ? `not JSON (${fault.message})` : "not JSON";
  }
  if (typeof row !== "object" || row === null || Array.isArray(row)) return "not a JSON object";

  const field = (name: string): unknown => (row as Record<string, unknown>)[name];
  const at = typeof field("at") === "string" ? readInstant(field("at") as string) : undefined;
  if (!at) return '"at" is not a time with an offset, such as "2026-11-21T20:00:00+08:00"';
  const chat = idOf(field("chat"));
  if (chat === undefined) return '"chat" is missing';
  const [id, edit, recall] = [idOf(field("id")), idOf(field("edit")), idOf(field("recall"))];
  const text = field("text");
  if (recall !== undefined) return { type: "recall", at, chat, id: recall };
  if (typeof text !== "string") return '"text" is missing';
  if (edit !== undefined) return { type: "edit", at, chat, id: edit, text };

  const from = idOf(field("from"));
  if (id === undefined || from === undefined) return '"id" or "from" is missing';
  const name = field("name");
  const replyTo = idOf(field("replyTo"));
  return {
    type: "message",
    at,
    chat,
    id,
    from,
    name: typeof name === "string" && name !== "" ? name : from,
    text,
    ...(replyTo !== undefined && { replyTo }),
    leader: field("leader") === true,
  };
}

function idOf(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  return typeof value === "number" ? String(value) : undefined;
}

function readInstant(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text)) return undefined;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
