import type { Logger } from "pino";
import { Answers } from "../../bot/answers.ts";
import type { ReaderOf } from "../../bot/catalogs.ts";
import { Gather } from "../../bot/gather.ts";
import { Later } from "../../bot/later.ts";
import { handleBatch, isWords } from "../../bot/on-message.ts";
import { Pacing } from "../../bot/pacing.ts";
import { park } from "../../bot/park.ts";
import type { Parts } from "../../bot/parts.ts";
import type { Adapter, Alarm, Clock, Deliver } from "../../bot/ports.ts";
import type { CommunityDefaults, Store } from "../../bot/store.ts";
import { handlers } from "../../jobs/handlers/index.ts";
import { isOutage, isTimeout } from "../../prisma/outage.ts";
import type { Chance } from "./chance.ts";
import { type Ears, PLATFORM } from "./chat.ts";
import type { Faults } from "./faults.ts";
import type { VirtualTime } from "./virtual-time.ts";

const DEFAULTS: CommunityDefaults = { zone: "Asia/Singapore", language: "en", currency: "SGD" };

/** What a process is made of beside itself. */
export interface Surroundings {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly store: Store;
  readonly adapter: Adapter;
  readonly readerOf: ReaderOf;
  readonly log: Logger;
}

/** Plusone as `bot/main/build.ts` builds it, on a store and chats that fail, until it is killed. */
export class Process implements Ears {
  readonly #around: Surroundings;
  readonly #onDeath: () => void;
  readonly deliver: Deliver;
  isAlive = true;

  constructor(around: Surroundings, onDeath: () => void) {
    this.#around = around;
    this.#onDeath = onDeath;
    const { clock, store, adapter, log, readerOf } = around;
    const adapters = new Map([[PLATFORM, this.#chats(adapter)]]);
    const pacing = new Pacing(adapters, clock);
    const parts: Parts = {
      store: this.#store(store),
      ...{ adapters, clock, log, readerOf, defaults: DEFAULTS },
      alarm: this.#alarm(),
      ...{ pacing, answers: new Answers(adapters, pacing, log), repostMs: 5 * 60_000 },
      wake: (buy) => later.wake(buy),
    };
    const later = new Later(() => parts, handlers);
    const gather = new Gather({
      handle: (batch, stored) => handleBatch(parts, batch, stored),
      ...{ isWords, isOutage, isTimeout, log },
      park: (event, fault) => park(parts, event, fault),
      resends: () => true,
    });
    this.deliver = gather.deliver;
    this.#look = () => later.look();
    this.as(() => later.start());
  }

  readonly #look: () => Promise<void>;

  as(run: () => void): void {
    this.#around.time.as(this, run);
  }

  /** Nothing that it has begun goes on. */
  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#around.time.forget(this);
    this.#onDeath();
  }

  /** What the dead wait for never comes. */
  #never<T>(): Promise<T> {
    return new Promise<T>(() => undefined);
  }

  /** The store as it is reached over a network: slow, away, or with the answer to a commit lost. */
  #store(store: Store): Store {
    const { faults, time, chance } = this.#around;
    const call = async (method: (...args: unknown[]) => Promise<unknown>, args: unknown[]): Promise<unknown> => {
      if (!this.isAlive) return this.#never();
      if (faults.strikes("slow store")) await time.pause(chance.between(1, 200));
      if (faults.strikes("store away")) throw away();
      if (faults.strikes("killed before a commit")) this.kill();
      if (!this.isAlive) return this.#never();
      const result = await method.apply(store, args);
      if (faults.strikes("killed after a commit")) this.kill();
      if (!this.isAlive) return this.#never();
      if (faults.strikes("commit lost")) throw away();
      return result;
    };
    const methods = new Map<string | symbol, (...args: unknown[]) => Promise<unknown>>();
    return new Proxy(store, {
      get: (_, name) => {
        const known = methods.get(name);
        if (known) return known;
        const method = Reflect.get(store, name) as (...args: unknown[]) => Promise<unknown>;
        const called = (...args: unknown[]) => call(method, args);
        methods.set(name, called);
        return called;
      },
    });
  }

  #chats(adapter: Adapter): Adapter {
    const sending = async <T>(send: () => Promise<T>): Promise<T> => {
      if (this.isAlive && this.#around.faults.strikes("killed before a send")) this.kill();
      if (!this.isAlive) return this.#never();
      const result = await send();
      if (this.isAlive && this.#around.faults.strikes("killed after a send")) this.kill();
      return this.isAlive ? result : this.#never();
    };
    return {
      ...adapter,
      post: (...args) => sending(() => adapter.post(...args)),
      whisper: (...args) => sending(() => adapter.whisper(...args)),
      edit: (...args) => sending(() => adapter.edit(...args)),
    };
  }

  /** An alarm that rings early, twice, or never. */
  #alarm(): Alarm {
    const { faults, time, chance } = this.#around;
    return {
      start: async () => undefined,
      stop: async () => undefined,
      health: async () => ({ ok: true, backend: "simulated" }),
      ringAt: (at) => {
        if (faults.strikes("never rings")) return;
        const earlyMs = faults.strikes("rings early") ? chance.between(0, 60_000) : 0;
        const ring = () => void this.#look();
        const inMs = at.getTime() - time.now - earlyMs;
        this.as(() => {
          time.in(inMs, ring);
          if (faults.strikes("rings twice")) time.in(inMs, ring);
        });
      },
    };
  }
}

function away(): Error {
  return Object.assign(new Error("the database is away"), { code: "08006" });
}
