import type { ButtonIn, EditIn, RecallIn, TextIn } from "../../bot/ports.ts";
import type { BuyRow } from "../support/memory-store/database.ts";
import { PLATFORM } from "./chat.ts";
import { OFFERS, type Offer, type Wish, wishFor, wordsOf } from "./wishes.ts";
import type { World } from "./world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A message about a buy, with what became of it. */
export interface SaidWish {
  readonly event: TextIn;
  readonly wish: Wish;
  readonly edits: { readonly event: EditIn; readonly wish: Wish }[];
  recall?: RecallIn;
}

/** One buy as people play it: announced, opened, ordered from, perhaps ended early, and paid. */
export class BuyPlay {
  readonly offer: Offer;
  readonly chat: string;
  readonly announcedAt: number;
  readonly closesAt: number;
  /** When the leader ended it before that. */
  readonly endedAt: number | undefined;
  /** When it may have been opened, by what the leader said or pressed. */
  readonly openings: number[] = [];
  readonly said: SaidWish[] = [];
  /** Who pressed that they have paid. */
  readonly paid = new Set<string>();
  readonly #world: World;
  #id: string | undefined;

  constructor(world: World, chat: string, announcedAt: number) {
    const { chance } = world;
    const hours = chance.between(2, 9);
    this.#world = world;
    this.chat = chat;
    this.announcedAt = announcedAt;
    this.offer = chance.pick(OFFERS);
    this.closesAt = announcedAt + hours * HOUR;
    // Long before the last call, so that there is none.
    const isEndedEarly = hours > 3 && chance.perMille(200);
    this.endedAt = isEndedEarly ? announcedAt + chance.between(45, hours * 60 - 75) * MINUTE : undefined;
    world.at(announcedAt, () => {
      world.platform.happen(this.#text("leader", `/open ${this.offer.announcement}\nCloses in ${hours} hours`));
      world.in(15 * SECOND, () => this.#open(0));
    });
  }

  /** What was said at or before it counts. */
  get end(): number {
    return this.endedAt ?? this.closesAt;
  }

  /** As it is kept, once it is. */
  get row(): BuyRow | undefined {
    const { buys } = this.#world.database;
    this.#id ??= buys
      .where("chat", this.#world.chatId(this.chat) ?? "")
      .find(({ draftedAt }) => draftedAt.getTime() === this.announcedAt)?.id;
    return this.#id === undefined ? undefined : buys.get(this.#id);
  }

  /** The leader presses "Open" where they see it, else says ok, until it is open. */
  #open(tries: number): void {
    const { row, chat } = this;
    const { platform, now } = this.#world;
    if (row?.status === "open") this.#order();
    if (row?.status === "open" || tries > 80) return; // the check finds a buy that never opened
    const preview = row && platform.shown.findLast(({ buttons }) => buttons.includes(`open:${row.id}`));
    if (row && tries % 4 === 0) {
      if (preview && preview.chat === chat) {
        this.openings.push(now - 2 * SECOND);
        platform.happen(this.#press("leader", preview.id, `open:${row.id}`));
      } else {
        this.openings.push(now);
        platform.happen(this.#text("leader", "ok"));
      }
    }
    this.#world.in(20 * SECOND, () => this.#open(tries + 1));
  }

  #order(): void {
    const { chance, now } = this.#world;
    const { end, endedAt } = this;
    const people = chance.shuffled(this.#world.people).slice(0, chance.between(2, 4));
    for (const person of people) {
      for (let count = chance.between(1, 2); count > 0; count--) {
        // Many just before the end, some just after it.
        const at = chance.perMille(300) ? end + chance.between(-10_000, 4_000) : chance.between(now + 1, end);
        if (at > now) this.#world.at(at, () => this.#wish(person));
      }
    }
    if (endedAt !== undefined) {
      this.#world.at(Math.max(endedAt, now + 1), () => this.#world.platform.happen(this.#text("leader", "/close")));
    }
    this.#world.at(end + 26 * HOUR, () => this.#pay());
  }

  #wish(person: string): void {
    const { chance, platform, now } = this.#world;
    const wish = wishFor(this.offer, chance);
    const said: SaidWish = { event: this.#text(person, wordsOf(wish, this.offer)), wish, edits: [] };
    this.said.push(said);
    platform.happen(said.event);
    const later = () => now + chance.between(1, Math.max(1, this.end + 2 * SECOND - now));
    // Of what is scarce, who asked for more by an edit would have to be told from who asked at first.
    const isScarce = this.offer.items.some(({ stock }) => stock !== undefined);
    if (!isScarce && chance.perMille(150)) this.#world.at(later(), () => this.#edit(said));
    if (chance.perMille(80)) this.#world.at(later(), () => this.#recall(said));
  }

  #edit(said: SaidWish): void {
    const { chance, platform, now } = this.#world;
    const wish = wishFor(this.offer, chance);
    const { type: _, ...rest } = said.event;
    const event: EditIn = { ...rest, type: "edit", text: wordsOf(wish, this.offer), editedAt: new Date(now) };
    said.edits.push({ event, wish });
    platform.happen(event);
  }

  #recall(said: SaidWish): void {
    const { platform, now } = this.#world;
    const { chat, id } = said.event;
    said.recall = { type: "recall", platform: PLATFORM, chat, id, recalledAt: new Date(now) };
    platform.happen(said.recall);
  }

  /** Some of those who were reminded press that they have paid. */
  #pay(): void {
    const { chance, platform } = this.#world;
    const data = `paid:${this.row?.id}`;
    for (const { id, to, buttons } of [...platform.shown]) {
      if (!to || !buttons.includes(data) || this.paid.has(to) || chance.perMille(500)) continue;
      this.paid.add(to);
      platform.happen(this.#press(to, id, data));
    }
  }

  #text(person: string, text: string): TextIn {
    const position = this.#world.nextId();
    return {
      ...{ type: "text", platform: PLATFORM, chat: { id: this.chat, kind: "group" }, id: String(position), position },
      ...{ sender: { id: person, name: nameOf(person) }, text, sentAt: new Date(this.#world.now) },
    };
  }

  #press(person: string, message: string, data: string): ButtonIn {
    return {
      ...{ type: "button", platform: PLATFORM, chat: { id: this.chat, kind: "group" }, id: `p${this.#world.nextId()}` },
      ...{ sender: { id: person, name: nameOf(person) }, message, data, pressedAt: new Date(this.#world.now) },
    };
  }
}

export function nameOf(person: string): string {
  return `Person ${person}`;
}
