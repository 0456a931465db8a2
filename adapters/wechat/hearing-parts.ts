import type { Logger } from "pino";
import type { Incoming } from "../../bot/ports.ts";
import type { Language } from "../../bot/store.ts";
import type { Codes } from "./codes.ts";
import type { HeldMessages } from "./held.ts";
import type { Known } from "./known.ts";
import type { Mentioned } from "./outbox.ts";
import type { Recent } from "./recent.ts";

/** What hearing works with. */
export interface HearingParts {
  readonly known: Known;
  readonly held: HeldMessages;
  readonly codes: Codes;
  readonly recent: Recent;
  /** To the bot. */
  deliver(...events: readonly Incoming[]): void;
  /** Into a room by its id of this login; to somebody by name. Lost where it cannot be said. */
  tell(session: string, text: string, mention?: Mentioned): void;
  /** Who is in a room now, by the ids of this login; undefined where the puppet does not say. */
  membersOf(session: string): Promise<ReadonlySet<string> | undefined>;
  /** Other codes count now. */
  codesChanged(): void;
  /** What is answered in where the words do not show a language. */
  readonly language: Language;
  readonly log: Logger;
  now(): Date;
}
