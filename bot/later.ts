import { quietAround } from "../core/time/quiet.ts";
import { finishBuys } from "./actions/close-buy.ts";
import { Lane } from "./lane.ts";
import { LivePosts } from "./live-posts.ts";
import { Outgoing } from "./outgoing.ts";
import { type Parts, readyPlatforms } from "./parts.ts";
import { say } from "./replies/replies.ts";
import type { Buy, ChangeTx, DueTimer, Taken, Taking, Timer } from "./store.ts";
import { queueForLeaders } from "./tell-leaders.ts";

/** How what is due is found and tried. */
const LATER = {
  /** Timers done in one transaction, and how many transactions are under way. More at once live long enough to cost more. */
  batch: 250,
  atOnce: 2,
  /** The process looks by itself this often, whatever the queue does. */
  sweepMs: 5_000,
  /** What commits tell is looked after together, at once and then this often. */
  restMs: 25,
  /** What is due this soon is waited for in the process. */
  momentsMs: 300,
  /** Two looks may tell the same moment this differently. */
  jitterMs: 250,
  /** Pause before a failed timer is tried again; doubled each time. It is tried for ever: a closing is never given up. */
  retryMs: 1_000,
  retryAtMostMs: 5 * 60_000,
  /** Leaders hear of a closing that has failed so often: within a minute, and not of what passes by itself. */
  failures: 5,
} as const;

/** What is done when timers of a kind other than closings are due: in the transaction that claims them, so that it happens once. */
export interface TimerHandler {
  /** It waits for the end of quiet hours. */
  readonly isReminder: boolean;
  /** @param at  now, by the database's clock */
  readonly run: (parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date) => Promise<void>;
}

/**
 * Does what is due: timers, outgoing messages, posts that lag behind. The rows say what; an alarm, a commit of this
 * process or the sweep only says when to look. The three do not wait for each other: a platform that hangs holds up no
 * closing.
 */
export class Later {
  readonly #parts: () => Parts;
  readonly #handlers: ReadonlyMap<string, TimerHandler>;
  readonly #look: Lane;
  readonly #closings: Lane;
  readonly #timers: Lane;
  readonly #outgoing: Outgoing;
  readonly #live: LivePosts;
  readonly #posts: Lane;
  #sweep: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #postsSoon: NodeJS.Timeout | undefined;
  /** The moment that the alarm was last asked for. */
  #ringsAt = 0;
  #stopped = false;
  /** While commits follow each other closely: whether one has come since the last look. */
  #resting: NodeJS.Timeout | undefined;
  #isWoken = false;

  constructor(parts: () => Parts, handlers: ReadonlyMap<string, TimerHandler>) {
    const { log } = parts();
    this.#parts = parts;
    this.#handlers = handlers;
    this.#look = new Lane(() => this.#lookAround(), log);
    this.#closings = new Lane(() => this.#runTimers("closings"), log);
    this.#timers = new Lane(() => this.#runTimers("others"), log);
    this.#outgoing = new Outgoing(parts(), ({ community, buy }) =>
      this.wake(buy === null ? undefined : { community, id: buy }),
    );
    this.#posts = new Lane(() => this.#refreshPosts(), log);
    this.#live = new LivePosts(parts(), this.#posts.wake);
  }

  /** Looks now and from now on. */
  start(): void {
    const { store, log } = this.#parts();
    store.unparkTimers([...this.#handlers.keys()]).catch((fault: unknown) => {
      log.warn({ err: fault }, "timers that an older version parked could not be taken up");
    });
    this.#sweep = setInterval(() => this.wake(), LATER.sweepMs);
    this.wake();
  }

  /** Something may be due, and the posts of a buy may show less than is known. Never blocks. */
  wake(buy?: Pick<Buy, "community" | "id">): void {
    if (buy) this.#live.note(buy);
    this.#isWoken = true;
    if (!this.#resting) this.#lookAndRest();
  }

  #lookAndRest(): void {
    this.#resting = undefined;
    if (!this.#isWoken || this.#stopped) return;
    this.#isWoken = false;
    this.#look.wake();
    this.#resting = setTimeout(() => this.#lookAndRest(), LATER.restMs);
  }

  /** Looks once. */
  async look(): Promise<void> {
    this.#look.wake();
    await this.#look.idle();
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#sweep);
    await this.#look.stop();
    await Promise.all([this.#closings.stop(), this.#timers.stop(), this.#outgoing.stop(), this.#posts.stop()]);
    await this.#live.drain();
    clearTimeout(this.#soon);
    clearTimeout(this.#postsSoon);
    clearTimeout(this.#resting);
  }

  /** One question to the database, however much or little there is to do. */
  async #lookAround(): Promise<void> {
    const { store, alarm, clock } = this.#parts();
    const due = await store.due(readyPlatforms(this.#parts()));
    if (due.closings) this.#closings.wake();
    if (due.timers) this.#timers.wake();
    // Closings first: what they have to say is sent when they are all done.
    if ((due.outgoing || due.lost) && !due.closings) this.#outgoing.wake(due.lost);
    if (this.#live.isWaiting()) this.#posts.wake();

    clearTimeout(this.#soon);
    if (due.nextInMs === undefined) return;
    if (due.nextInMs <= LATER.momentsMs) {
      this.#soon = setTimeout(() => this.wake(), Math.ceil(due.nextInMs));
      return;
    }
    // The database's clock decides; the alarm is set by ours, which may say another time.
    const at = clock.now().getTime() + due.nextInMs;
    if (Math.abs(at - this.#ringsAt) <= LATER.jitterMs) return;
    this.#ringsAt = at;
    alarm.ringAt(new Date(at));
  }

  /** Everything due, many timers to a transaction: ten thousand closings cost little more than one. */
  async #runTimers(kind: "closings" | "others"): Promise<void> {
    const { store, log } = this.#parts();
    const faults: unknown[] = [];
    const next = async () => {
      while (!this.#stopped && faults.length === 0 && (await this.#runBatch(kind)) === LATER.batch);
    };
    const lanes = Array.from({ length: kind === "closings" ? LATER.atOnce : 1 }, next);
    await Promise.all(lanes.map((lane) => lane.catch((fault: unknown) => void faults.push(fault))));
    if (faults.length > 0) {
      // One that fails must not hold up the others. By one alone, or each of them would try it.
      log.warn({ err: faults[0] }, "timers are done one by one, since one of them fails or the database is away");
      const timers = await store.dueTimers(kind, LATER.batch);
      for (const timer of timers) if (!this.#stopped) await this.#runAlone(kind, timer);
    }
    this.#posts.wake();
    this.wake();
  }

  /** How many timers it found. */
  async #runBatch(kind: "closings" | "others"): Promise<number> {
    const { taken, busy } = await this.#take(kind, { most: LATER.batch });
    for (const timer of busy) await this.#runAlone(kind, timer);
    return taken.length + busy.length;
  }

  async #runAlone(kind: "closings" | "others", timer: Timer): Promise<void> {
    const { store, log } = this.#parts();
    try {
      await this.#take(kind, { one: timer });
    } catch (fault) {
      const pause = Math.min(LATER.retryMs * 2 ** timer.attempts, LATER.retryAtMostMs);
      log.error({ ...factsOf(timer), err: fault, attempts: timer.attempts + 1, pause }, "a timer failed");
      await store.failTimer(timer, fault instanceof Error ? fault.name : "unknown", pause);
      if (kind === "closings" && timer.attempts + 1 >= LATER.failures) {
        await this.#tellFailing(timer).catch((failed: unknown) => {
          log.error(
            { ...factsOf(timer), err: failed },
            "leaders could not be told of it; they will be at the next failure",
          );
        });
      }
    }
  }

  /** Leaders hear once, and durably, of a closing that fails again and again; it is tried for ever all the same. */
  async #tellFailing({ community, buy: id, id: cause }: Timer): Promise<void> {
    await this.#parts().store.change(async (tx) => {
      const buy = id === null ? undefined : await tx.findBuy(community, id);
      const chat = buy?.chats[0];
      if (!chat) return;
      const { title } = buy.terms;
      await queueForLeaders(tx.ledger, { community, chat, buy: buy.id, cause }, "failing", (words) => ({
        text: say(words.closingFails, { title }),
      }));
    });
  }

  async #take(kind: "closings" | "others", which: Taking): Promise<Taken> {
    const { store } = this.#parts();
    let putOff: ReadonlySet<Timer> = new Set();
    const taken =
      kind === "others"
        ? await store.takeTimers(which, (tx, due) => this.#handle(tx, due))
        : await store.takeClosings(which, async (tx, due) => {
            putOff = await finishBuys(this.#parts(), tx, due);
          });
    for (const each of taken.taken) if (!putOff.has(each.timer)) this.#done(each);
    if (putOff.size > 0)
      this.#parts().log.info({ closings: putOff.size }, "closings wait for what was said before them");
    return taken;
  }

  /** What was claimed: each kind by its handler; reminders wait for the end of quiet hours. */
  async #handle(tx: ChangeTx, due: readonly DueTimer[]): Promise<void> {
    const at = await tx.now();
    const byKind = new Map<string, DueTimer[]>();
    const quiet: { timer: Timer; dueAt: Date }[] = [];
    for (const each of due) {
      const { timer, community } = each;
      const hours = this.#handlers.get(timer.kind)?.isReminder && quietAround(at, community.quiet, community.zone);
      if (hours) quiet.push({ timer, dueAt: hours.until });
      else byKind.set(timer.kind, [...(byKind.get(timer.kind) ?? []), each]);
    }
    await tx.postpone(quiet);
    for (const [kind, timers] of byKind) {
      const handler = this.#handlers.get(kind);
      if (handler) await handler.run(this.#parts(), tx, timers, at);
      else await parkUnknown(tx, timers);
    }
  }

  #done({ timer, buy }: DueTimer): void {
    const parts = this.#parts();
    if (buy && timer.kind === "close") this.#live.note(buy); // no other kind changes what the post shows
    const lateMs = parts.clock.now().getTime() - timer.dueAt.getTime();
    if (timer.kind === "close" || this.#handlers.has(timer.kind)) {
      parts.log.info({ ...factsOf(timer), lateMs }, "done in time");
      return;
    }
    parts.log.error(factsOf(timer), "parked a timer of an unknown kind: another version set it");
  }

  /** A post that waits for its chat needs no row and no alarm. */
  async #refreshPosts(): Promise<void> {
    const at = await this.#live.refresh();
    clearTimeout(this.#postsSoon);
    if (!at || this.#stopped) return;
    this.#postsSoon = setTimeout(this.#posts.wake, Math.max(1, at.getTime() - this.#parts().clock.now().getTime()));
  }
}

/** Another version set them: leaders hear that something of theirs is not done. */
async function parkUnknown(tx: ChangeTx, due: readonly DueTimer[]): Promise<void> {
  await tx.park(
    due.map(({ timer }) => timer),
    "unknown kind",
  );
  for (const { timer, buy } of due) {
    const chat = buy?.chats[0];
    if (!chat) continue;
    const matter = { community: buy.community, chat, buy: buy.id, cause: timer.id };
    await queueForLeaders(tx.ledger, matter, "parked", (words) => ({
      text: say(words.parkedTimer, { title: buy.terms.title, kind: timer.kind }),
    }));
  }
}

function factsOf({ community, buy, id, kind }: Timer) {
  return { community, buy, timer: id, kind };
}
