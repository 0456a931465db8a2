import { type Capabilities, type Content, SendFault } from "../../bot/ports.ts";

/** What WeChat can do through a puppet. */
export const capabilities: Capabilities = {
  edit: false,
  react: false,
  buttons: false,
  pin: false,
  ephemeral: false,
  direct: true, // to friends of the account alone; others are answered in the room
  recall: true,
  resends: false,
  adminList: true, // ours: who has typed the server's code
  files: true, // to friends of the account; a puppet that sends none says so
  // WeChat takes more; nobody reads more in a chat.
  maxText: 1_800,
  editEveryMs: 0,
  // Puppets tell of a message some seconds after it was said.
  graceMs: 30_000,
};

/** How long a puppet may take to answer what it is asked: a gateway may never do so. */
export const ASK_MS = 15_000;

/** How long it may take to send something. */
export const SEND_MS = 40_000;

/** How the account behaves. What WeChat bears is not published: bulk and speed are what people report before a ban. */
export interface Pace {
  /** Before each message: the shortest pause, what chance adds to it at most, and what each character of it adds. */
  readonly leastMs: number;
  readonly chanceMs: number;
  readonly letterMs: number;
  /** What a long text adds at most: with all that may be before it, a message must be said before its sender's lease ends. */
  readonly mostTypingMs: number;
  /** How long orders are gathered before they are acknowledged together. */
  readonly gatherMs: number;
  /** How long a post may wait for its turn here; beyond that it is handed back, to be tried later. */
  readonly mostWaitMs: number;
  /** Messages in one room in one day; the final list and what ends a buy come on top. */
  readonly daily: number;
  /** As many more are kept for answers to leaders: a room in which they hear nothing is lost to them. */
  readonly reserve: number;
  /** Nothing is said unasked between these minutes after midnight, but the closings. */
  readonly nightFrom: number;
  readonly nightUntil: number;
}

/** The pace outside of tests. */
export const usualPace: Pace = {
  leastMs: 1_200,
  chanceMs: 2_800,
  letterMs: 15,
  mostTypingMs: 12_000,
  gatherMs: 20_000,
  mostWaitMs: 20_000,
  daily: 120,
  reserve: 30,
  nightFrom: 23 * 60,
  nightUntil: 7 * 60 + 30,
};

/** @throws SendFault for what is not sent */
export function checkContent({ text }: Content): void {
  if (text.trim() === "") throw new SendFault("refused", "A message needs words.");
  if (text.length > capabilities.maxText) {
    throw new SendFault("refused", `A message takes ${capabilities.maxText} characters, this one has ${text.length}.`);
  }
}
