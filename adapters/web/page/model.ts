import type { PageLanguage, Person, RefusalCode, Requests, ServerEvent, ShownMessage } from "./wire.ts";

/** Everything that the page shows is made of this. */
export interface Model {
  language: PageLanguage;
  connection: "connecting" | "live" | "lost";
  /** False until the chat has come for the first time. */
  loaded: boolean;
  people: readonly Person[];
  /** Who speaks: a person's id. */
  speaker: string;
  messages: ReadonlyMap<string, ShownMessage>;
  pinned: string | undefined;
  maxText: number;
  /** Said and not yet known to be kept, oldest first. */
  unsent: readonly Unsent[];
  /** Whether what is being written is new, an answer or a change. */
  writing: Writing;
  /** Pressed buttons that wait, as `message data`. */
  pressing: ReadonlySet<string>;
  /** Person → the last private word that they have seen. */
  seen: ReadonlyMap<string, number>;
}

/** Words that are on their way, or could not be sent. */
export interface Unsent {
  readonly say: Requests["say"];
  readonly at: string;
  /** Why it could not be sent. */
  readonly fault?: FaultCode;
}

/** What the words in the field will be. */
export type Writing =
  | { readonly as: "new" }
  | { readonly as: "reply"; readonly to: string }
  | { readonly as: "edit"; readonly message: string };

/** Why something could not be done. */
export type FaultCode = RefusalCode | "offline";

/** The page before it has heard anything. */
export function emptyModel(language: PageLanguage): Model {
  return {
    language,
    connection: "connecting",
    loaded: false,
    people: [],
    speaker: "",
    messages: new Map(),
    pinned: undefined,
    maxText: 4096,
    unsent: [],
    writing: { as: "new" },
    pressing: new Set(),
    seen: new Map(),
  };
}

/** Takes what the server tells into the model. */
export function applyEvent(model: Model, event: ServerEvent): void {
  switch (event.type) {
    case "chat":
      model.people = event.people;
      model.messages = new Map(event.messages.map((message) => [message.id, message]));
      model.pinned = event.pinned;
      model.maxText = event.maxText;
      model.pressing = new Set();
      if (!event.people.some(({ id }) => id === model.speaker)) model.speaker = event.people[0]?.id ?? "";
      if (!model.loaded) model.seen = new Map(event.people.map(({ id }) => [id, lastPrivate(model, id)]));
      model.loaded = true;
      forgetSent(model, event.messages);
      break;
    case "message":
      model.messages = new Map(model.messages).set(event.message.id, event.message);
      forgetSent(model, [event.message]);
      break;
    case "pinned":
      model.pinned = event.message;
      break;
    case "answered":
      break;
    default:
      throw new Error(`an event of no known type: ${JSON.stringify(event satisfies never)}`);
  }
  see(model);
}

/** From now on this person speaks, and sees what is for them alone. */
export function speakAs(model: Model, person: string): void {
  if (model.writing.as !== "new") model.writing = { as: "new" };
  model.speaker = person;
  see(model);
}

/** Messages that the speaker sees, oldest first. */
export function visibleMessages({ messages, speaker }: Model): ShownMessage[] {
  return [...messages.values()]
    .filter(({ to }) => to === undefined || to === speaker)
    .sort((one, other) => Number(one.id) - Number(other.id));
}

/** Whether a private word waits for somebody who does not speak at the moment. */
export function hasUnseen(model: Model, person: string): boolean {
  return person !== model.speaker && lastPrivate(model, person) > (model.seen.get(person) ?? 0);
}

/** Name of a person by id; the bot's is its own. */
export function nameOf({ people }: Model, id: string): string {
  return id === "bot" ? "Plusone" : (people.find((person) => person.id === id)?.name ?? id);
}

/** The last message of the speaker that can still be changed. */
export function lastOwn(model: Model): ShownMessage | undefined {
  return visibleMessages(model).findLast(({ from, recalledAt }) => from === model.speaker && recalledAt === undefined);
}

function see(model: Model): void {
  model.seen = new Map(model.seen).set(model.speaker, lastPrivate(model, model.speaker));
}

function lastPrivate({ messages }: Model, person: string): number {
  let last = 0;
  for (const { id, to } of messages.values()) if (to === person) last = Math.max(last, Number(id));
  return last;
}

function forgetSent(model: Model, kept: readonly ShownMessage[]): void {
  const keys = new Set(kept.map(({ key }) => key));
  model.unsent = model.unsent.filter(({ say }) => !keys.has(say.key));
}
