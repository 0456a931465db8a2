import { randomInt } from "node:crypto";

/** Without those that look alike. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const LENGTH = 6;
/** Wrong codes in an hour, after which none is looked at: a code takes hundreds of millions of tries. */
const MOST_WRONG = 20;
const HOUR_MS = 60 * 60_000;

/** A message that is nothing but a code. */
const CODE = /^\s*plus\s?[-－–—]?\s?([a-z0-9]{6})\s*$/i;

/** What a code proves: that whoever shows it may lead. */
export interface Proof {
  /** And which room of ours this is, by its known id. */
  readonly room?: string;
}

/**
 * What proves that somebody can see the server: one code that makes a leader (and a new room ours), and one for each room
 * that has lost its id. Each counts once, and until the end of the process.
 */
export class Codes {
  private claim = newCode();
  private readonly rooms = new Map<string, string>();
  private readonly now: () => Date;
  private wrong: number[] = [];

  constructor(now: () => Date) {
    this.now = now;
  }

  /** The code that makes a leader, as it is to be written. */
  get toClaim(): string {
    return written(this.claim);
  }

  /** The code of a room that waits to be found, by its known id. */
  toFind(room: string): string {
    const code = this.rooms.get(room) ?? newCode();
    this.rooms.set(room, code);
    return written(code);
  }

  /** What a message proves, once; undefined where it is no code at all. */
  take(text: string): Proof | "unknown" | undefined {
    const code = CODE.exec(text.normalize("NFKC"))?.[1]?.toLowerCase();
    if (code === undefined) return undefined;
    const now = this.now().getTime();
    this.wrong = this.wrong.filter((at) => now - at < HOUR_MS);
    if (this.wrong.length >= MOST_WRONG) return "unknown";
    if (code === this.claim) {
      this.claim = newCode();
      return {};
    }
    const room = [...this.rooms].find(([, each]) => each === code)?.[0];
    if (room === undefined) {
      this.wrong.push(now);
      return "unknown";
    }
    this.rooms.delete(room);
    return { room };
  }
}

const written = (code: string) => `PLUS-${code.toUpperCase()}`;

const newCode = () => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
