/** What the playground's server and its page tell each other. Types only: the page loads nothing but its own files. */

/** Somebody in the chat. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Runs the chat. */
  readonly leader: boolean;
}

/** How an order is acknowledged: `Mark` of the bot's ports. */
export type MessageMark = "booked" | "changed" | "waitlisted" | "unclear" | "late";

/** A message as the page shows it. Every change sends it anew, whole. */
export interface ChatMessage {
  /** A decimal number that rises with the chat. */
  readonly id: string;
  /** A person's id, or "bot". */
  readonly from: string;
  /** Empty once taken back. */
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
  /** Chosen by the page, so that sending twice says it once. */
  readonly key?: string;
  /** The one person who sees it. */
  readonly to?: string;
  readonly replyTo?: string;
  /** To be had at `/files/<key>`. */
  readonly file?: { readonly key: string; readonly name: string; readonly isPicture?: true };
  readonly buttons?: readonly (readonly { readonly label: string; readonly data: string }[])[];
  /** A code to scan, as the address of a picture. */
  readonly picture?: string;
  readonly editedAt?: string;
  readonly recalledAt?: string;
  readonly mark?: MessageMark;
}

/** A message with what is true at this moment: `waiting` until the bot has stored it for good. */
export interface ShownMessage extends ChatMessage {
  readonly waiting?: boolean;
}

/** What the server tells the page. */
export type ServerEvent =
  | ChatEvent
  | { readonly type: "message"; readonly message: ShownMessage }
  | { readonly type: "pinned"; readonly message: string }
  | AnsweredEvent;

/** The whole chat: the first event of every connection. */
export interface ChatEvent {
  readonly type: "chat";
  readonly people: readonly Person[];
  readonly messages: readonly ShownMessage[];
  readonly pinned?: string;
  /** Longest text of one message, in UTF-16 units. */
  readonly maxText: number;
}

/** The waiting of a pressed button is over. */
export interface AnsweredEvent {
  readonly type: "answered";
  readonly press: string;
  readonly person: string;
  /** The message that carries the button, and the button's data. */
  readonly message: string;
  readonly data: string;
  readonly text?: string;
}

/** BCP 47: the language that the page speaks, told to the bot as the sender's own. */
export type PageLanguage = "en" | "zh-hans" | "zh-hant";

/** Bodies of `POST /api/…`. */
export interface Requests {
  readonly say: {
    readonly key: string;
    readonly person: string;
    readonly text: string;
    readonly language: PageLanguage;
    readonly replyTo?: string;
  };
  readonly edit: {
    readonly person: string;
    readonly message: string;
    readonly text: string;
    readonly language: PageLanguage;
  };
  readonly recall: { readonly person: string; readonly message: string };
  readonly press: {
    readonly person: string;
    readonly message: string;
    readonly data: string;
    readonly language: PageLanguage;
  };
}

/** What the page asks of the server. */
export type RequestName = keyof Requests;

/** The answer to a request that was taken: the id of the message or press. */
export interface Taken {
  readonly id: string;
}

/** The answer to one that was not. The page has words for each code; `message` is for other readers. */
export interface Refused {
  readonly code: RefusalCode;
  readonly message: string;
}

/** Why a request was not taken. */
export type RefusalCode =
  | "bad-request"
  | "not-found"
  | "not-yours"
  | "taken-back"
  | "empty"
  | "too-long"
  | "too-fast"
  | "too-large"
  | "wrong-origin"
  | "not-kept"
  | "broken";
