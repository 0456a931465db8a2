import { SendFault } from "../../bot/ports.ts";
import { toSendFault } from "./faults.ts";
import type { Pace } from "./limits.ts";

/** Something to be said. */
export interface Saying {
  /** A room, or a person. */
  readonly to: string;
  readonly text: string;
  /** Goes out instead of the text, which is its name then. */
  readonly file?: Uint8Array;
  /** Whom it names with an @. */
  readonly mentions: readonly Mentioned[];
  /** Its text does so already, here and there; else their names are put before it. */
  readonly namesThem?: true;
  /** Goes before all else. */
  readonly first: boolean;
  /** Goes before what only answers somebody, behind what goes first: it is kept elsewhere, and may come again later. */
  readonly kept?: true;
}

/** Somebody who is named with an @. */
export interface Mentioned {
  /** Without one, WeChat notifies nobody of the mention. */
  readonly id?: string;
  readonly name: string;
}

/** What the outbox works with. */
export interface OutboxParts {
  /** @returns the message's id, where the puppet knows one */
  send(
    to: string,
    text: string,
    mentions: readonly string[],
    file: Uint8Array | undefined,
  ): Promise<string | undefined>;
  readonly pace: Pace;
  /** Longest text of what several words to several people are joined to. */
  readonly maxText: number;
  sleep(ms: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

interface Job {
  readonly saying: Saying;
  readonly done: (id: string | undefined) => void;
  readonly failed: (fault: SendFault) => void;
}

/** One mouth for the account: says one thing after the other, as fast as a person would, and what can be said together together. */
export class Outbox {
  private readonly parts: OutboxParts;
  private jobs: Job[] = [];
  private running: Promise<void> = Promise.resolve();
  private isRunning = false;

  constructor(parts: OutboxParts) {
    this.parts = parts;
  }

  /** @throws SendFault */
  say(saying: Saying): Promise<string | undefined> {
    const waitMs = saying.first ? this.waitOf(({ first }) => first) : 0;
    const keptMs = saying.kept ? this.keptMs() : 0;
    if (keptMs > 0 || waitMs > this.parts.pace.mostWaitMs) {
      return Promise.reject(
        new SendFault("not-sent", "WeChat: too much waits to be said", { retryAfterMs: waitMs + keptMs }),
      );
    }
    return new Promise((done, failed) => {
      this.jobs.push({ saying, done, failed });
      if (!this.isRunning) this.running = this.run();
    });
  }

  /** Waits for the message under way; what still waits is not said. */
  async stop(): Promise<void> {
    const left = this.jobs;
    this.jobs = [];
    for (const { failed } of left) failed(new SendFault("not-sent", "WeChat: stopping"));
    await this.running;
  }

  /**
   * For how long something that is kept should not come yet; 0: it may. What goes first may still come before it, so it is
   * let in sooner than that.
   */
  keptMs(): number {
    const waitMs = this.waitOf(({ first, kept }) => first || kept === true);
    return waitMs > this.parts.pace.mostWaitMs / 2 ? waitMs : 0;
  }

  /** How long it takes until all of these that wait are said. */
  private waitOf(isAhead: (saying: Saying) => boolean): number {
    const { leastMs, chanceMs } = this.parts.pace;
    const ahead = this.jobs.filter(({ saying }) => isAhead(saying));
    return ahead.reduce((sum, { saying }) => sum + leastMs + chanceMs / 2 + this.typingMs(saying), 0);
  }

  private typingMs({ text }: Saying): number {
    const { letterMs, mostTypingMs } = this.parts.pace;
    return Math.min(letterMs * text.length, mostTypingMs);
  }

  private async run(): Promise<void> {
    const { pace, sleep, random, send } = this.parts;
    this.isRunning = true;
    for (;;) {
      const { jobs } = this;
      const next = jobs.find(({ saying }) => saying.first) ?? jobs.find(({ saying }) => saying.kept) ?? jobs[0];
      if (!next) break;
      this.jobs = this.jobs.filter((job) => job !== next);
      await sleep(pace.leastMs + pace.chanceMs * random() + this.typingMs(next.saying));
      const together = [next, ...this.takeJoining(next)];
      const text = together.map(({ saying }) => withNames(saying)).join("\n");
      const mentions = together.flatMap(({ saying }) => saying.mentions.flatMap(({ id }) => id ?? []));
      try {
        const id = await send(next.saying.to, text, [...new Set(mentions)], next.saying.file);
        for (const { done } of together) done(id);
      } catch (error) {
        const fault = toSendFault(error);
        for (const { failed } of together) failed(fault);
      }
    }
    this.isRunning = false; // in the same turn as the last look
  }

  /** Words to other people of the same room that wait too. */
  private takeJoining({ saying: { to, first, kept, text, mentions } }: Job): Job[] {
    if (first || kept || mentions.length === 0) return [];
    let length = text.length;
    const joining: Job[] = [];
    for (const job of this.jobs) {
      const { saying } = job;
      if (saying.first || saying.kept || saying.to !== to || saying.mentions.length === 0) continue;
      length += saying.text.length + 20; // and a name
      if (length > this.parts.maxText) break;
      joining.push(job);
    }
    this.jobs = this.jobs.filter((job) => !joining.includes(job));
    return joining;
  }
}

/** As WeChat writes a mention: with a four-per-em space behind it. */
export function named({ name }: Mentioned): string {
  return `@${name}\u2005`;
}

function withNames({ text, mentions, namesThem }: Saying): string {
  return namesThem ? text : mentions.map(named).join("") + text;
}
