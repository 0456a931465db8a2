import pino from "pino";
import type { Answer } from "../../bot/answers.ts";
import { createCatalogs } from "../../bot/catalogs.ts";
import { handleBatch } from "../../bot/on-message.ts";
import { Pacing } from "../../bot/pacing.ts";
import type { Parts } from "../../bot/parts.ts";
import type { Adapter, TextIn } from "../../bot/ports.ts";
import type { CommunityDefaults, Store } from "../../bot/store.ts";
import type { BuyRow } from "../support/memory-store/database.ts";
import { MemoryDatabase, MemoryStore } from "../support/memory-store/index.ts";
import { nameOf } from "./buy-play.ts";
import { Chance } from "./chance.ts";
import { PLATFORM, Platform } from "./chat.ts";
import { checkLines } from "./check.ts";
import { Faults } from "./faults.ts";
import { expect, type Said } from "./model.ts";
import { VirtualTime } from "./virtual-time.ts";
import { OFFERS } from "./wishes.ts";

export const OFFER = OFFERS[0]!;
const NOON = Date.parse("2026-11-28T12:00:00+08:00");
export const HOUR = 3_600_000;
export const DEFAULTS: CommunityDefaults = { zone: "Asia/Singapore", language: "en", currency: "SGD" };
export const CHAT = { id: "g1", kind: "group" } as const;
const readerOf = createCatalogs();
const log = pino({ level: "silent" });

/** Memory that processes share, with a chat in it: what is done there happens at once, in a time that stands still. */
export class Shared {
  now = NOON;
  readonly database = new MemoryDatabase({ now: () => new Date(this.now), newId: () => this.#chance.id() });
  readonly store = new MemoryStore(this.database);
  /** What was answered. */
  readonly answers: Answer[] = [];
  readonly #chance = new Chance(1);
  #count = 0;

  /** The parts of a process. */
  parts(store: Store = this.store, adapter: Adapter = this.#chat): Parts {
    const { clock } = this.database;
    const adapters = new Map([[PLATFORM, adapter]]);
    return {
      ...{ store, adapters, clock, log, readerOf, defaults: DEFAULTS, repostMs: 0 },
      ...{ pacing: new Pacing(adapters, clock), wake: () => undefined },
      answers: { give: async (answers) => void this.answers.push(...answers), drain: async () => undefined },
      alarm: undefined as never, // nobody is woken here
    };
  }

  get #chat(): Adapter {
    const [time, chance] = [new VirtualTime(NOON, () => Number.POSITIVE_INFINITY), new Chance(1)];
    return new Platform(time, chance, new Faults(chance), () => []).adapterOf((who) => who === "leader");
  }

  says(person: string, text: string, name = nameOf(person)): TextIn {
    this.#count += 1;
    return {
      ...{ type: "text", platform: PLATFORM, chat: CHAT, id: String(this.#count), position: this.#count },
      ...{ sender: { id: person, name }, text, sentAt: new Date(this.now) },
    };
  }

  /** A buy is open that closes in two hours. */
  async opened(): Promise<void> {
    for (const text of [`/open ${OFFER.announcement}\nCloses in 2 hours`, "ok"])
      await handleBatch(this.parts(), [this.says("leader", text)], () => undefined);
    this.now += HOUR;
  }

  get buy(): BuyRow {
    return this.database.buys.all()[0]!;
  }

  /** Lines and tallies beside what they must be. */
  compare(said: readonly Said[], status: string): readonly string[] {
    const people = new Map(this.database.identities.all().map(({ person, externalId }) => [person, externalId]));
    return checkLines(this, this.buy, people, { ...expect(OFFER, said), status });
  }
}
