import pino from "pino";
import { createCatalogs } from "../../bot/catalogs.ts";
import type { Store } from "../../bot/store.ts";
import { keyOf } from "../support/memory-store/database.ts";
import { MemoryDatabase, MemoryStore } from "../support/memory-store/index.ts";
import { BuyPlay } from "./buy-play.ts";
import { Chance } from "./chance.ts";
import { PLATFORM, Platform } from "./chat.ts";
import { check, type Figures } from "./check.ts";
import { Faults } from "./faults.ts";
import { nextToFind } from "./next-to-find.ts";
import { Process } from "./process.ts";
import { VirtualTime } from "./virtual-time.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Nine in the morning in Singapore: nothing falls into quiet hours. */
const START = Date.parse("2026-11-28T09:00:00+08:00");

/** Chats in a world; each has a buy a day. */
const CHATS = 8;

/** Catalogs are the same in all worlds. */
const readerOf = createCatalogs();

/** How a world is not as usual. */
export interface Ways {
  readonly log?: pino.Logger;
  /** Puts another store in the place of the right one: what it does wrong must be found. */
  readonly spoil?: (store: Store) => Store;
}

/** A few chats, one after the other of their buys, and Plusone, which dies and comes again. Follows from its seed alone. */
export class World {
  readonly chance: Chance;
  readonly faults: Faults;
  readonly time: VirtualTime;
  readonly database: MemoryDatabase;
  readonly platform: Platform;
  readonly people = Array.from({ length: 9 }, (_, index) => `u${index + 1}`);
  readonly plays: BuyPlay[] = [];
  readonly log: pino.Logger;
  readonly #spoil: (store: Store) => Store;
  #processes: Process[] = [];
  #deaths = 0;
  #count = 0;

  constructor(seed: number, buys: number, { log = pino({ level: "silent" }), spoil = (store) => store }: Ways = {}) {
    this.log = log;
    this.#spoil = spoil;
    this.chance = new Chance(seed);
    this.faults = new Faults(this.chance);
    this.time = new VirtualTime(START, () => next());
    this.database = new MemoryDatabase({ now: () => new Date(this.time.now), newId: () => this.chance.id() });
    const next = nextToFind(this.database);
    this.platform = new Platform(this.time, this.chance, this.faults, () => this.#processes);
    const many = this.chance.perMille(300) ? 2 : 1;
    for (let count = 0; count < many; count++) this.in(0, () => this.#begin());
    for (let no = 0; no < buys; no++) {
      const at = START + Math.floor(no / CHATS) * DAY + this.chance.between(0, 90 * 60_000);
      const former = this.chance.perMille(150) ? this.plays[no - CHATS] : undefined;
      this.plays.push(new BuyPlay(this, `g${(no % CHATS) + 1}`, at, former));
    }
  }

  get now(): number {
    return this.time.now;
  }

  in(ms: number, act: () => void): void {
    this.time.in(ms, act);
  }

  at(instant: number, act: () => void): void {
    this.time.in(instant - this.now, act);
  }

  nextId(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Plusone's id of a chat, once it has met it. */
  chatId(externalId: string): string | undefined {
    return this.database.addresses.get(keyOf(PLATFORM, externalId))?.chat;
  }

  /** Plays it to its end, and compares. */
  async play(): Promise<Figures> {
    await this.time.run(Math.max(...this.plays.map(({ closesAt }) => closesAt)) + 10 * DAY);
    return check(this, this.#deaths);
  }

  #begin(): void {
    const { time, chance, faults, database, log } = this;
    const process = new Process(
      {
        ...{
          time,
          chance,
          faults,
          clock: database.clock,
          store: this.#spoil(new MemoryStore(database)),
          log,
          readerOf,
        },
        adapter: this.platform.adapterOf((who) => who === "leader"),
      },
      () => {
        this.#deaths += 1;
        this.#processes = this.#processes.filter((each) => each !== process);
        this.in(this.chance.between(50, 20_000), () => this.#begin());
      },
    );
    this.#processes.push(process);
  }
}
