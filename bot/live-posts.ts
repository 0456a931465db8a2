import { hash } from "node:crypto";
import type { Logger } from "pino";
import { tallyOf } from "../core/tally.ts";
import { languageIn } from "./languages.ts";
import type { Pacing } from "./pacing.ts";
import type { Parts } from "./parts.ts";
import { type Adapter, type Clock, SendFault, type SendOutcome } from "./ports.ts";
import { liveContent } from "./replies/live-content.ts";
import { wordsOf } from "./replies/replies.ts";
import type { Buy, LivePost, ShownBuy, Store } from "./store.ts";

/** Posts that are brought up to date at once: what they show is asked for together. */
const AT_ONCE = 32;

/** All posts are looked at this often: for what other processes changed, and what a fault left behind. */
const SWEEP_MS = 60_000;

type BuyKey = Pick<Buy, "community" | "id">;

/**
 * Keeps each buy's post in step with its tally. A post is state, not event: it is rendered from the newest rows, edited
 * in place, and whatever happened meanwhile is merged into the next edit. Never more often than its platform bears. A
 * chat that hangs holds up no other.
 */
export class LivePosts {
  readonly #store: Store;
  readonly #adapters: ReadonlyMap<string, Adapter>;
  readonly #pacing: Pacing;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #onRoom: () => void;
  /** By chat: when an edit that failed is tried again, and what is under way. */
  readonly #notBefore = new Map<string, number>();
  readonly #underWay = new Map<string, Promise<void>>();
  /** Buys whose posts may show less than is known, by id. */
  readonly #changed = new Map<string, BuyKey>();
  /** Until when they need not be looked at, since a post of theirs may not be edited before, by id. */
  readonly #waits = new Map<string, number>();
  /** What posts show by now and the database does not know yet. */
  #shown: { readonly post: LivePost; readonly shown: string }[] = [];
  #keeping: Promise<void> | undefined;
  #sweptAt = 0;
  #latest = 0;
  #isMore = false;

  /** @param onRoom  posts that found no room to be refreshed may be now */
  constructor(parts: Pick<Parts, "store" | "adapters" | "pacing" | "clock" | "log">, onRoom: () => void) {
    this.#store = parts.store;
    this.#adapters = parts.adapters;
    this.#pacing = parts.pacing;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#onRoom = onRoom;
  }

  /** What the posts of a buy show may have changed. */
  note({ community, id }: BuyKey): void {
    this.#changed.set(id, { community, id });
  }

  /** Whether there may be something to refresh. */
  isWaiting(): boolean {
    return this.#changed.size > 0 || this.#isSweepDue();
  }

  /**
   * Begins to bring every post up to date that may be edited now.
   *
   * @returns when to look again, where some must wait
   */
  async refresh(): Promise<Date | undefined> {
    const platforms = [...this.#adapters].filter(([, { capabilities }]) => capabilities.edit).map(([name]) => name);
    const now = this.#now();
    for (const [key, at] of this.#notBefore) if (at <= now) this.#notBefore.delete(key);
    for (const [buy, at] of this.#waits) if (at <= now) this.#waits.delete(buy);

    const isSweep = this.#isSweepDue();
    const ready = [...this.#changed.values()].filter(({ id }) => !this.#waits.has(id));
    const buys = ready.slice(0, AT_ONCE - this.#underWay.size);
    if (buys.length < ready.length) this.#isMore = true;
    if (isSweep || buys.length > 0) {
      const posts = await this.#store.stalePosts(platforms, isSweep ? undefined : buys);
      if (isSweep) this.#sweptAt = now;
      for (const buy of isSweep ? [] : buys) if (this.#changed.get(buy.id) === buy) this.#changed.delete(buy.id);
      await this.#begin(posts.filter((post) => this.#mayBegin(post)));
    }
    const waiting = [...this.#waits].flatMap(([id, at]) => (this.#changed.has(id) ? [at] : []));
    return waiting.length > 0 ? new Date(Math.min(...waiting)) : undefined;
  }

  /** Waits for those under way. */
  async drain(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  /** A clock that was set back must not make posts wait for the time that it has lost. */
  #now(): number {
    const now = this.#clock.now().getTime();
    if (now < this.#latest) {
      this.#notBefore.clear();
      this.#waits.clear();
      this.#sweptAt = 0;
    }
    this.#latest = now;
    return now;
  }

  #isSweepDue(): boolean {
    return this.#now() - this.#sweptAt >= SWEEP_MS;
  }

  /** Whether a post may be edited now; else its buy is noted, to be looked at again when it may. */
  #mayBegin(post: LivePost): boolean {
    const key = keyOf(post);
    const wait = this.#pacing.waitFor("edit", post);
    const at = wait > 0 ? this.#now() + wait : this.#notBefore.get(key);
    if (at === undefined && !this.#underWay.has(key) && this.#underWay.size < AT_ONCE) {
      this.#underWay.set(key, Promise.resolve()); // taken: a chat has one edit at a time
      return true;
    }
    this.note({ community: post.community, id: post.buy });
    if (at !== undefined) this.#waits.set(post.buy, Math.min(at, this.#waits.get(post.buy) ?? at));
    else this.#isMore = true;
    return false;
  }

  async #begin(posts: readonly LivePost[]): Promise<void> {
    if (posts.length === 0) return;
    const known = this.#store.shownBuys(posts.map((post) => ({ community: post.community, id: post.buy })));
    for (const post of posts) this.#underWay.set(keyOf(post), this.#bringUpToDate(post, known));
    await known.catch(() => undefined); // each of them has said so
  }

  async #bringUpToDate(post: LivePost, known: Promise<ReadonlyMap<string, ShownBuy>>): Promise<void> {
    try {
      const about = (await known).get(post.buy);
      if (about) await this.#show(post, about);
    } catch (fault) {
      await this.#failed(post, fault).catch((failed: unknown) =>
        this.#log.warn({ buy: post.buy, err: failed }, "a live post could not be dropped"),
      );
    } finally {
      this.#underWay.delete(keyOf(post));
      if (this.#isMore) {
        this.#isMore = false;
        this.#onRoom();
      }
    }
  }

  async #show(post: LivePost, { buy, zone, languages, sums }: ShownBuy): Promise<void> {
    const adapter = this.#adapters.get(post.platform);
    if (!adapter) return;

    const own = languages.get(post.chat) ?? buy.language;
    const words = wordsOf(languageIn(buy, own, [...languages.values()]));
    const tally = tallyOf(buy.terms, sums.items);
    const content = liveContent(buy, tally, sums.people, zone, words, adapter.capabilities.maxText);
    const shown = digest(buy, content.text);
    if (shown === post.shown) return this.#keep(post, shown);

    // What was said to others while this was read may have used up the platform's room: then a moment later.
    if (!(await this.#pacing.turn("edit", post))) return;
    try {
      await adapter.edit(post.externalChat, post.message, content);
    } finally {
      this.#pacing.edited(post);
    }
    await this.#keep(post, shown);
  }

  /** Remembers what posts show: those of a moment together. */
  #keep(post: LivePost, shown: string): Promise<void> {
    this.#shown.push({ post, shown });
    this.#keeping ??= new Promise(setImmediate).then(() => {
      const posts = this.#shown;
      this.#shown = [];
      this.#keeping = undefined;
      return this.#store.postsShown(posts);
    });
    return this.#keeping;
  }

  /** One post that fails is no reason to leave the others. */
  async #failed(post: LivePost, fault: unknown): Promise<void> {
    const facts = { buy: post.buy, chat: post.chat };
    // An edit is simply repeated, whether the last one arrived or not.
    if (fault instanceof SendFault && fault.retryAfterMs) this.#pacing.pause(post, fault.retryAfterMs);
    else this.#notBefore.set(keyOf(post), this.#now() + RETRY_MS);
    this.note({ community: post.community, id: post.buy });
    this.#isMore = true; // a look now tells when the pause is over
    if (!(fault instanceof SendFault)) {
      this.#log.error({ ...facts, err: fault }, "a live post could not be brought up to date");
      return;
    }
    this.#log.warn({ ...facts, outcome: fault.outcome }, "a live post was not edited");
    if (LOST.has(fault.outcome)) await this.#store.postGone(post);
  }
}

/** Outcomes after which there is no post any more that could be edited. */
const LOST: ReadonlySet<SendOutcome> = new Set(["gone", "blocked", "refused"]);

/** Pause after a failed edit for which the platform names none. */
const RETRY_MS = 5_000;

function keyOf(post: LivePost): string {
  return `${post.platform}:${post.externalChat}`;
}

function digest(buy: Buy, text: string): string {
  return `${buy.status}:${buy.version}:${hash("sha256", text, "base64url").slice(0, 16)}`;
}
