import { lateRef } from "../../bot/late.ts";
import type { ButtonIn, EditIn, RecallIn, TextIn } from "../../bot/ports.ts";
import type { BuyRow } from "../support/memory-store/database.ts";
import { PLATFORM } from "./chat.ts";
import { OFFERS, type Offer, type Wish, wishFor, wordsOf } from "./wishes.ts";
import type { World } from "./world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The hour at which many buys close. */
const EVENING = 18;

/** A price that a leader lowers an item to, in cents. */
const LOWERED = 400;

/** A message about a buy, with what became of it. */
export interface SaidWish {
  readonly event: TextIn;
  readonly wish: Wish;
  readonly edits: { readonly event: EditIn; readonly wish: Wish }[];
  recall?: RecallIn;
}

/** What a leader does to a buy besides opening it: ends it early, lets it close later or once more, lowers a price. */
type Turn = "ended" | "extended" | "reopened" | "repriced";

/** One buy as people play it: announced or planned, opened, ordered from, perhaps changed by its leader, and paid. */
export class BuyPlay {
  readonly offer: Offer;
  readonly chat: string;
  /** When it was announced; of a planned one, when it opens. */
  readonly announcedAt: number;
  readonly isPlanned: boolean;
  readonly turn: Turn | undefined;
  /** When the leader does that. */
  readonly turnAt: number;
  /** When it closes, as it is kept in the end. */
  readonly closesAt: number;
  /** When it may have been opened, by what the leader said or pressed. */
  readonly openings: number[] = [];
  readonly said: SaidWish[] = [];
  /** Who pressed that they have paid. */
  readonly paid = new Set<string>();
  /** Late messages that the leader accepted, by the digits that name them. */
  readonly accepted = new Set<string>();
  readonly #world: World;
  /** When it closes by what was announced. */
  readonly #firstCloses: number;
  /** What is in the chain by now, by person. */
  readonly #entries = new Map<string, string>();
  #id: string | undefined;

  /** @param former  the buy that is planned to come again; without one it is announced */
  constructor(world: World, chat: string, announcedAt: number, former?: BuyPlay) {
    const { chance } = world;
    this.#world = world;
    this.chat = chat;
    this.isPlanned = former !== undefined;
    this.announcedAt = former ? announcedAt - (announcedAt % MINUTE) : announcedAt;
    this.offer = former ? former.lastOffer : chance.pick(OFFERS);
    const days = former ? Math.round((dayOf(announcedAt) - dayOf(former.announcedAt)) / DAY) : 0;
    // Many close at six in the evening, together. A buy that comes again closes at the same second of the clock.
    const hours = chance.perMille(600) ? undefined : chance.between(2, 9);
    this.#firstCloses = former
      ? wholeSecond(former.closesAt) + days * DAY
      : hours === undefined
        ? dayOf(announcedAt) + EVENING * HOUR
        : announcedAt + hours * HOUR;
    const length = this.#firstCloses - this.announcedAt;
    this.turn = this.#turnFor(length, chance.between(1, 100));
    // Long before the last call, so that there is none; a buy that has ended is reopened before anything follows from it.
    this.turnAt =
      this.turn === "reopened"
        ? this.#firstCloses + chance.between(20, 60) * MINUTE
        : this.announcedAt + chance.between(45, Math.max(45, Math.floor(length / MINUTE) - 75)) * MINUTE;
    this.closesAt =
      this.turn === "extended"
        ? this.#firstCloses + HOUR
        : this.turn === "reopened"
          ? this.turnAt + 2 * HOUR
          : this.#firstCloses;
    if (former) {
      world.at(this.announcedAt - 90 * MINUTE, () => this.#leaderSays(`/every ${clockOf(this.announcedAt)}`));
      this.openings.push(this.announcedAt);
    }
    const closing = hours === undefined ? `Closes at ${EVENING}:00` : `Closes in ${hours} hours`;
    world.at(this.announcedAt, () => {
      if (!former) this.#leaderSays(`/open ${this.offer.announcement}\n${closing}`);
      world.in(15 * SECOND, () => this.#open(0));
    });
  }

  #turnFor(length: number, kind: number): Turn | undefined {
    const isLong = length > 3 * HOUR;
    const [first] = this.offer.items;
    if (kind <= 20) return isLong ? "ended" : undefined;
    if (kind <= 32) return isLong ? "extended" : undefined;
    if (kind <= 42) return length <= 6 * HOUR ? "reopened" : undefined;
    if (kind > 54 || !isLong || first?.tier || first?.stock !== undefined || first?.price === LOWERED) return undefined;
    return "repriced";
  }

  /** What was said at or before it counts. */
  get end(): number {
    return this.turn === "ended" ? this.turnAt : this.closesAt;
  }

  /** With the price that it has in the end. */
  get lastOffer(): Offer {
    if (this.turn !== "repriced") return this.offer;
    return {
      ...this.offer,
      items: this.offer.items.map((item, no) => (no === 0 ? { ...item, price: LOWERED } : item)),
    };
  }

  /** As it is kept, once it is. */
  get row(): BuyRow | undefined {
    const { buys } = this.#world.database;
    this.#id ??= buys
      .where("chat", this.#world.chatId(this.chat) ?? "")
      .find(({ draftedAt }) => draftedAt.getTime() === this.announcedAt)?.id;
    return this.#id === undefined ? undefined : buys.get(this.#id);
  }

  /** The leader presses "Open" where they see it, else says ok, until it is open. What is planned opens by itself. */
  #open(tries: number): void {
    const { row, chat } = this;
    const { platform, now } = this.#world;
    if (row?.status === "open") this.#begin();
    if (row?.status === "open" || tries > 80) return; // the check finds a buy that never opened
    const preview = row && platform.shown.findLast(({ buttons }) => buttons.includes(`open:${row.id}`));
    if (row && !this.isPlanned && tries % 4 === 0) {
      if (preview && preview.chat === chat) {
        this.openings.push(now - 2 * SECOND);
        platform.happen(this.#press("leader", preview.id, `open:${row.id}`));
      } else {
        this.openings.push(now);
        this.#leaderSays("ok");
      }
    }
    this.#world.in(20 * SECOND, () => this.#open(tries + 1));
  }

  #begin(): void {
    const { now } = this.#world;
    if (this.isPlanned) this.#leaderSays("/every off");
    this.#order(now, this.turn === "reopened" ? this.#firstCloses : this.end);
    if (this.turn) this.#world.at(Math.max(this.turnAt, now + 1), () => this.#change());
    this.#world.at(this.end + 15 * MINUTE, () => this.#accept());
    this.#world.at(this.end + 26 * HOUR, () => this.#pay());
  }

  #change(): void {
    if (this.turn === "ended") this.#leaderSays("/close");
    if (this.turn === "extended") this.#leaderSays("/extend 1 hour");
    if (this.turn === "repriced") this.#lower(0);
    if (this.turn === "reopened") {
      this.#leaderSays("/reopen 2 hours");
      this.#world.in(20 * SECOND, () => this.#confirmReopening(0));
      this.#order(this.turnAt + MINUTE, this.end);
    }
  }

  /** Says ok until it is open again: what was asked may come late. */
  #confirmReopening(tries: number): void {
    if (this.row?.status === "open" || tries > 30) return; // the check finds another closing
    this.#leaderSays("ok");
    this.#world.in(40 * SECOND, () => this.#confirmReopening(tries + 1));
  }

  /** Says the new price, and ok to what that would do, until it is so. */
  #lower(tries: number): void {
    if (this.row?.terms.items[0]?.price === LOWERED || tries > 20) return; // the check finds another price
    this.#leaderSays(`/item ${this.offer.items[0]!.word} price ${LOWERED / 100}`);
    this.#world.in(20 * SECOND, () => this.#leaderSays("ok"));
    this.#world.in(60 * SECOND, () => this.#lower(tries + 1));
  }

  #order(from: number, until: number): void {
    const { chance } = this.#world;
    // Most buys are small.
    const many = chance.perMille(900) ? chance.between(1, 2) : chance.perMille(700) ? 3 : chance.between(4, 9);
    for (const person of chance.shuffled(this.#world.people).slice(0, many)) {
      for (let count = chance.perMille(350) ? 2 : 1; count > 0; count--) {
        // Many just before the end, some just after it. Who goes on with a chain has seen what came before.
        const isNearEnd = !this.offer.isChain && chance.perMille(300);
        const at = isNearEnd ? until + chance.between(-10_000, 4_000) : chance.between(from + 1, until);
        if (at > from && !(this.offer.isChain && at > until - 40 * MINUTE))
          this.#world.at(at, () => this.#wish(person));
      }
    }
  }

  #wish(person: string): void {
    const { chance, platform, now } = this.#world;
    const wish = wishFor(this.offer, chance);
    const said: SaidWish = { event: this.#text(person, this.#words(person, wish)), wish, edits: [] };
    this.said.push(said);
    platform.happen(said.event);
    if (this.offer.isChain) return; // an entry is changed in the next chain
    const later = () => now + chance.between(1, Math.max(1, this.end + 2 * SECOND - now));
    // Of what is scarce, who asked for more by an edit would have to be told from who asked at first.
    const isScarce = this.offer.items.some(({ stock }) => stock !== undefined);
    if (!isScarce && chance.perMille(150)) this.#world.at(later(), () => this.#edit(said));
    if (chance.perMille(80)) this.#world.at(later(), () => this.#recall(said));
  }

  #words(person: string, wish: Wish): string {
    if (wish.type === "chain") {
      const { word } = this.offer.items[wish.item - 1]!;
      this.#entries.set(person, `${nameOf(person)} ${word} ${wish.count}`);
    }
    return wordsOf(wish, this.offer, [...this.#entries.values()]);
  }

  #edit(said: SaidWish): void {
    const { chance, platform, now } = this.#world;
    const wish = wishFor(this.offer, chance);
    const { type: _, ...rest } = said.event;
    const text = this.#words(said.event.sender.id, wish);
    const event: EditIn = { ...rest, type: "edit", text, editedAt: new Date(now) };
    said.edits.push({ event, wish });
    platform.happen(event);
  }

  #recall(said: SaidWish): void {
    const { platform, now } = this.#world;
    const { chat, id } = said.event;
    said.recall = { type: "recall", platform: PLATFORM, chat, id, recalledAt: new Date(now) };
    platform.happen(said.recall);
  }

  /** Some of what came too late, and the leader was told of, is accepted. */
  #accept(): void {
    const { chance, platform, database } = this.#world;
    const prefix = `accept:${this.row?.id}:`;
    for (const { id, chat, to, buttons } of [...platform.shown]) {
      if (chat !== this.chat || to !== "leader") continue;
      const data = buttons.find((each) => each.startsWith(prefix));
      const statements = data === undefined ? [] : database.statements.where("buy", this.row!.id);
      const message = statements.find((each) => data === prefix + lateRef(each.chat, each.message))?.message;
      if (message === undefined || this.accepted.has(message) || chance.perMille(500)) continue;
      this.accepted.add(message);
      platform.happen(this.#press("leader", id, data!));
    }
  }

  /** Most of those who were reminded press that they have paid. */
  #pay(): void {
    const { chance, platform } = this.#world;
    const data = `paid:${this.row?.id}`;
    for (const { id, chat, to, buttons } of [...platform.shown]) {
      if (chat !== this.chat || !to || !buttons.includes(data) || this.paid.has(to) || chance.perMille(200)) continue;
      this.paid.add(to);
      platform.happen(this.#press(to, id, data));
    }
  }

  #leaderSays(text: string): void {
    this.#world.platform.happen(this.#text("leader", text));
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

/** Names as they may stand in a chain. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ leader: "Lin", u1: "Ada", u2: "Ben", u3: "Cho", u4: "Dee", u5: "Eve", u6: "Fay", u7: "Gus", u8: "Hal" },
  u9: "Ivy",
};

export function nameOf(person: string): string {
  return NAMES[person]!;
}

function wholeSecond(at: number): number {
  return at - (at % SECOND);
}

/** Midnight at the beginning of a day in Singapore, which has no summer time. */
function dayOf(at: number): number {
  return at - ((at + 8 * HOUR) % DAY);
}

/** "sat 09:30", in Singapore. */
function clockOf(at: number): string {
  const [, weekday, time] = /^(\w{3}), .* (\d\d:\d\d):\d\d GMT$/.exec(new Date(at + 8 * HOUR).toUTCString())!;
  return `${weekday!.toLowerCase()} ${time}`;
}
