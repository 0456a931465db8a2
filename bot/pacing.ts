import type { Adapter, Clock, Rate } from "./ports.ts";

/** A chat that something is shown in. */
export interface PacedChat {
  readonly platform: string;
  /** Our id of the chat: it stays when the platform's changes. */
  readonly chat: string;
  readonly isGroup: boolean;
}

/**
 * What is shown: an `answer` is a private word, a `post` a message of its own, an `edit` changes one that is there, a
 * `mark` is no message. Answers go first.
 */
export type Showing = "answer" | "post" | "edit" | "mark";

/** Runs something later. @returns calls it off */
export type RunIn = (ms: number, run: () => void) => () => void;

/** Of each limit, this part is for what is no answer, so that no flood of questions keeps a final list back. */
const SHARE_OF_OTHERS = 1 / 4;

/** So many chats that were told to wait, and it is all of the platform that was called too fast. */
const PAUSED_TOGETHER = 3;

/** How long a post or an edit lets answers go first that are about to be given to its chat. */
const YIELD_MS = 500;

/** What is known of chats that were last written to before this is forgotten. */
const FORGET_AFTER_MS = 60_000;

/** When things were shown, oldest first. */
interface Shown {
  readonly all: number[];
  readonly answers: number[];
}

interface Waiting {
  readonly showing: Showing;
  readonly chat: PacedChat;
  readonly go: (isMyTurn: boolean) => void;
}

/**
 * The one place that knows how fast each chat and each platform may be written to: the limits that the platforms'
 * `rates` name, and the pauses that they ask for. It counts what this process shows; what others show beside it, the
 * platform's own refusals tell.
 */
export class Pacing {
  readonly #adapters: ReadonlyMap<string, Pick<Adapter, "capabilities">>;
  readonly #clock: Pick<Clock, "now">;
  /** By the same clock. */
  readonly runIn: RunIn;
  /** By platform, by chat for messages, by chat for edits. */
  readonly #shown = new Map<string, Shown>();
  /** By chat. */
  readonly #pausedUntil = new Map<string, { readonly platform: string; readonly until: number }>();
  /** By chat: answers that are to be given, one after the other. */
  readonly #expected = new Map<string, number>();
  #waiting: Waiting[] = [];
  /** Before this nobody goes who waits. */
  #nextAt = Number.POSITIVE_INFINITY;
  #callOff = () => {};
  #isStopping = false;
  #latest = 0;
  #sweptAt = 0;

  constructor(
    adapters: ReadonlyMap<string, Pick<Adapter, "capabilities">>,
    clock: Pick<Clock, "now">,
    runIn: RunIn = inProcess,
  ) {
    this.#adapters = adapters;
    this.#clock = clock;
    this.runIn = runIn;
  }

  /** For how long, in milliseconds, something may not be shown yet; 0 where it may be now. */
  waitFor(showing: Showing, chat: PacedChat): number {
    this.#letGo(); // answers first
    const now = this.#now();
    const wait = this.#readyAt(showing, chat) - now;
    if (wait > 0) return wait;
    // The next answer asks when the one before it has arrived; it must not find its place taken.
    const isAnswerNext = !isFirst(showing) && this.#expected.has(keyOf(chat)) && this.#readyAt("answer", chat) <= now;
    return isAnswerNext ? YIELD_MS : 0;
  }

  /** An answer will be given to this chat. @returns it has been, or will not be */
  expectAnswer(chat: PacedChat): () => void {
    const key = keyOf(chat);
    this.#expected.set(key, (this.#expected.get(key) ?? 0) + 1);
    return () => {
      const left = this.#expected.get(key)! - 1;
      if (left > 0) this.#expected.set(key, left);
      else this.#expected.delete(key);
    };
  }

  /** Counts something that is shown now. */
  count(showing: Showing, chat: PacedChat): void {
    const now = this.#now();
    for (const { key } of this.#limits(showing, chat)) {
      const shown = this.#shown.get(key) ?? { all: [], answers: [] };
      shown.all.push(now);
      if (isFirst(showing)) shown.answers.push(now);
      this.#shown.set(key, shown);
    }
    this.#sweep(now);
  }

  /** A chat's edit has ended: the next one keeps its distance from that, so that a slow call does not bring two together. */
  edited({ platform, chat }: PacedChat): void {
    this.#shown.get(keyOfEdits(platform, chat))?.all.splice(-1, 1, this.#now());
  }

  /** Counts it if it may be shown now; else for how long it may not, in milliseconds. */
  take(showing: Showing, chat: PacedChat): number {
    const wait = this.waitFor(showing, chat);
    if (wait === 0) this.count(showing, chat);
    return wait;
  }

  /** Waits until it may be shown, and counts it. False where it never may, since the process stops. */
  turn(showing: Showing, chat: PacedChat): Promise<boolean> {
    if (this.take(showing, chat) === 0) return Promise.resolve(true);
    if (this.#isStopping) return Promise.resolve(false);
    return new Promise((go) => {
      this.#waiting.push({ showing, chat, go });
      const at = this.#readyAt(showing, chat);
      if (at < this.#nextAt) this.#waitUntil(at);
      this.#letGo();
    });
  }

  /** The platform wants this chat to be left alone, in every way. */
  pause(chat: Pick<PacedChat, "platform" | "chat">, ms: number): void {
    const key = keyOf(chat);
    const { platform } = chat;
    const until = this.#now() + ms;
    if (until > (this.#pausedUntil.get(key)?.until ?? 0)) this.#pausedUntil.set(key, { platform, until });
  }

  isPaused({ platform, chat }: Pick<PacedChat, "platform" | "chat">): boolean {
    return this.#endOfPause(platform, chat) > this.#now();
  }

  /** How many posts may be made on a platform now, and in how many milliseconds there will be room where there is none. */
  roomOn(platform: string): { readonly posts: number; readonly inMs: number } {
    this.#letGo();
    const now = this.#now();
    let [posts, at] = [Number.POSITIVE_INFINITY, this.#platformPausedUntil(platform)];
    const shown = this.#shown.get(platform);
    for (const { most, perMs } of this.#adapters.get(platform)?.capabilities.rates?.inAll ?? []) {
      posts = Math.min(posts, most - (shown?.all.filter((each) => each > now - perMs).length ?? 0));
      at = Math.max(at, freeAt(shown?.all, most, perMs));
    }
    return at > now ? { posts: 0, inMs: at - now } : { posts, inMs: 0 };
  }

  /** What may not be shown at once is not shown any more. */
  stop(): void {
    this.#isStopping = true;
    this.#callOff();
    this.#letGo();
    for (const { go } of this.#waiting.splice(0)) go(false);
  }

  /**
   * Lets those go whose turn it is: answers first, else in the order in which they came. It is asked for every post and
   * every answer while hundreds may wait: so they are looked through only when somebody may go, and not beyond that.
   */
  #letGo(): void {
    const now = this.#now();
    if (this.#waiting.length === 0 || now < this.#nextAt) return;
    let next = Number.POSITIVE_INFINITY;
    const stay: Waiting[] = [];
    /** Platforms that nothing may be shown on any more, for answers and for others: until when. */
    const full = new Map<string, number>();
    const inOrder = [...this.#waiting].sort((one, other) => +isFirst(other.showing) - +isFirst(one.showing));
    for (const each of inOrder) {
      const { platform } = each.chat;
      const kind = isFirst(each.showing) ? `${platform}:first` : platform;
      const at = full.get(kind) ?? this.#readyAt(each.showing, each.chat);
      if (at <= now) {
        this.count(each.showing, each.chat);
        each.go(true);
        continue;
      }
      stay.push(each);
      next = Math.min(next, at);
      const all = full.has(kind) ? 0 : this.#readyOn(platform, isFirst(each.showing));
      if (all > now) full.set(kind, all);
    }
    this.#waiting = stay;
    this.#waitUntil(next);
  }

  #waitUntil(at: number): void {
    this.#nextAt = at;
    this.#callOff();
    if (at < Number.POSITIVE_INFINITY) {
      this.#callOff = this.runIn(Math.max(1, at - this.#latest), () => {
        this.#nextAt = 0; // a timer may ring before the clock has come so far: then it is set anew
        this.#letGo();
      });
    }
  }

  #readyAt(showing: Showing, chat: PacedChat): number {
    let at = this.#endOfPause(chat.platform, chat.chat);
    for (const { key, rates } of this.#limits(showing, chat)) {
      at = Math.max(at, this.#freeAt(key, rates, isFirst(showing)));
    }
    return at;
  }

  /** When anything at all may be shown on a platform. */
  #readyOn(platform: string, first: boolean): number {
    const rates = this.#adapters.get(platform)?.capabilities.rates?.inAll ?? [];
    return Math.max(this.#platformPausedUntil(platform), this.#freeAt(platform, rates, first));
  }

  #freeAt(key: string, rates: readonly Rate[], first: boolean): number {
    const shown = this.#shown.get(key);
    let at = 0;
    for (const { most, perMs } of rates) {
      at = Math.max(at, freeAt(shown?.all, most, perMs));
      if (first) at = Math.max(at, freeAt(shown?.answers, mostAnswers(most), perMs));
    }
    return at;
  }

  /** What counts something that is shown, and by which rates. */
  #limits(showing: Showing, { platform, chat, isGroup }: PacedChat): { key: string; rates: readonly Rate[] }[] {
    const capabilities = this.#adapters.get(platform)?.capabilities;
    if (!capabilities) return [];
    const { rates, editEveryMs } = capabilities;
    const limits = rates ? [{ key: platform, rates: rates.inAll }] : [];
    if (showing === "mark") return limits;
    if (rates) limits.push({ key: `${platform}:${chat}`, rates: isGroup ? rates.group : rates.direct });
    if (showing !== "edit") return limits;
    return [
      ...limits,
      { key: keyOfEdits(platform, chat), rates: [{ most: 1, perMs: editEveryMs }, ...(rates?.edits ?? [])] },
    ];
  }

  #endOfPause(platform: string, chat: string): number {
    return Math.max(this.#pausedUntil.get(`${platform}:${chat}`)?.until ?? 0, this.#platformPausedUntil(platform));
  }

  /** While several chats are to be left alone, all of the platform is, until the first of them may be written to again. */
  #platformPausedUntil(platform: string): number {
    if (this.#pausedUntil.size < PAUSED_TOGETHER) return 0;
    const now = this.#now();
    const ends = [...this.#pausedUntil.values()].flatMap((each) =>
      each.platform === platform && each.until > now ? [each.until] : [],
    );
    return ends.length >= PAUSED_TOGETHER ? Math.min(...ends) : 0;
  }

  /** A clock that was set back must not make anybody wait for the time that it has lost. */
  #now(): number {
    const now = this.#clock.now().getTime();
    if (now < this.#latest) {
      this.#shown.clear();
      this.#pausedUntil.clear();
      this.#sweptAt = now;
      this.#nextAt = 0;
    }
    this.#latest = now;
    return now;
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < FORGET_AFTER_MS / 4) return;
    this.#sweptAt = now;
    for (const [key, { all, answers }] of this.#shown) {
      for (const times of [all, answers]) {
        const kept = times.findIndex((at) => at > now - FORGET_AFTER_MS);
        times.splice(0, kept === -1 ? times.length : kept);
      }
      if (all.length === 0) this.#shown.delete(key);
    }
    for (const [key, { until }] of this.#pausedUntil) if (until <= now) this.#pausedUntil.delete(key);
  }
}

/** When there is room for one more. */
function freeAt(times: readonly number[] | undefined, most: number, perMs: number): number {
  const last = times?.[times.length - most];
  return last === undefined ? 0 : last + perMs;
}

function keyOf({ platform, chat }: Pick<PacedChat, "platform" | "chat">): string {
  return `${platform}:${chat}`;
}

function keyOfEdits(platform: string, chat: string): string {
  return `${platform}:${chat}:edits`;
}

function mostAnswers(most: number): number {
  return most - Math.floor(most * SHARE_OF_OTHERS);
}

function isFirst(showing: Showing): boolean {
  return showing === "answer" || showing === "mark";
}

function inProcess(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
