import pino from "pino";
import { createCatalogs } from "../../bot/catalogs.ts";
import type { EditIn, Incoming, RecallIn, TextIn } from "../../bot/ports.ts";
import type { Store } from "../../bot/store.ts";
import type { BuyRow } from "../support/memory-store/database.ts";
import { MemoryDatabase, MemoryStore } from "../support/memory-store/index.ts";
import { nameOf } from "./buy-play.ts";
import { Chance } from "./chance.ts";
import { PLATFORM, Platform } from "./chat.ts";
import { Faults } from "./faults.ts";
import { nextToFind } from "./next-to-find.ts";
import { Process } from "./process.ts";
import { VirtualTime } from "./virtual-time.ts";

/** Noon in Singapore: nothing falls into quiet hours. */
const START = Date.parse("2026-11-28T12:00:00+08:00");

const CHAT = { id: "g1", kind: "group" } as const;
const readerOf = createCatalogs();

/** Nothing goes wrong. */
class Calm extends Faults {
  override strikes(): boolean {
    return false;
  }
}

/** One chat, and Plusone, under which nothing dies or fails: for what people do one after the other. */
export class Stage {
  readonly time: VirtualTime;
  readonly database: MemoryDatabase;
  #process!: Process;
  #count = 0;

  /** @param spoil  puts another store in the place of the right one */
  constructor(spoil: (store: Store) => Store = (store) => store) {
    const chance = new Chance(1);
    const faults = new Calm(chance);
    this.time = new VirtualTime(START, () => next());
    this.database = new MemoryDatabase({ now: () => new Date(this.time.now), newId: () => chance.id() });
    const next = nextToFind(this.database);
    const { time, database } = this;
    const platform = new Platform(time, chance, faults, () => []);
    const surroundings = {
      ...{ time, chance, faults, readerOf, clock: database.clock, store: spoil(new MemoryStore(database)) },
      ...{ log: pino({ level: "silent" }), adapter: platform.adapterOf((who) => who === "leader") },
    };
    time.in(0, () => {
      this.#process = new Process(surroundings, () => undefined); // when time runs, so that its timers are virtual
    });
  }

  /** The buy, once there is one. */
  get buy(): BuyRow {
    return this.database.buys.all()[0]!;
  }

  /** Platform's ids of people, by ours. */
  get people(): ReadonlyMap<string, string> {
    return new Map(this.database.identities.all().map(({ person, externalId }) => [person, externalId]));
  }

  /** Somebody says something; half a minute later all has followed from it. */
  async says(person: string, text: string): Promise<TextIn> {
    this.#count += 1;
    const said: TextIn = {
      ...{ type: "text", platform: PLATFORM, chat: CHAT, id: String(this.#count), position: this.#count },
      ...{ sender: { id: person, name: nameOf(person) }, text, sentAt: new Date(this.time.now) },
    };
    await this.#happens(said);
    return said;
  }

  async edits({ type: _, ...said }: TextIn, text: string): Promise<EditIn> {
    const edit: EditIn = { ...said, type: "edit", text, editedAt: new Date(this.time.now) };
    await this.#happens(edit);
    return edit;
  }

  async recalls({ chat, id }: TextIn): Promise<void> {
    const recall: RecallIn = { type: "recall", platform: PLATFORM, chat, id, recalledAt: new Date(this.time.now) };
    await this.#happens(recall);
  }

  async #happens(event: Incoming): Promise<void> {
    let isStored = false;
    this.time.in(0, () =>
      this.#process.as(() => {
        void this.#process.deliver([event]).then(() => {
          isStored = true;
        });
      }),
    );
    await this.time.run(this.time.now + 30_000);
    if (!isStored) throw new Error(`it was never stored: ${JSON.stringify(event)}`);
  }
}
