import type fc from "fast-check";
import pino from "pino";
import { finishBuys } from "../../bot/actions/close-buy.ts";
import { Gather } from "../../bot/gather.ts";
import { handleBatch, isWords } from "../../bot/on-message.ts";
import { Outgoing } from "../../bot/outgoing.ts";
import type { Parts } from "../../bot/parts.ts";
import type { Adapter, Incoming, TextIn } from "../../bot/ports.ts";
import type { LedgerTx, Store } from "../../bot/store.ts";
import { PLATFORM } from "./chat.ts";
import type { Said } from "./model.ts";
import { CHAT, DEFAULTS, HOUR, OFFER, Shared } from "./shared.ts";
import { spoilt } from "./spoilt.ts";
import { type Wish, wordsOf } from "./wishes.ts";

const log = pino({ level: "silent" });

/** Each plays one schedule of what two processes wait for, and gives what is wrong then, in words. */
export type Race = (scheduler: fc.Scheduler, isSpoilt?: boolean) => Promise<readonly string[]>;

/** Two processes that share a store, in which every call takes its turn by the schedule. */
class Two extends Shared {
  readonly turn: () => Promise<void>;

  constructor(scheduler: fc.Scheduler) {
    super();
    this.turn = () => scheduler.schedule(Promise.resolve());
  }

  /** Before and after each call others may have their turn. */
  scheduled(store: Store = this.store): Store {
    return new Proxy(store, {
      get: (_, name) => {
        const method = Reflect.get(store, name) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          await this.turn();
          const result = await method.apply(store, args);
          await this.turn();
          return result;
        };
      },
    });
  }
}

/** Whose turn it is, is chosen when all have come to where they wait for it. */
async function playOut(scheduler: fc.Scheduler, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  over.catch(() => undefined); // told below
  while (!isOver) {
    for (let turns = 0; turns < 3; turns += 1) await new Promise(setImmediate);
    if (scheduler.count() > 0) await scheduler.waitOne();
  }
  await over;
}

const add = (item: number, count: number): Wish => ({ type: "add", item, count });
const meant = ({ sender, sentAt, position }: TextIn, wish: Wish): Said => {
  return { person: sender.id, at: sentAt.getTime(), position, wish };
};

/** What people say, change and take back comes to two processes, some of it to both, and each message by itself. */
export const gathering: Race = async (scheduler, isSpoilt = false) => {
  const two = new Two(scheduler);
  await two.opened();
  const store = isSpoilt ? keepingTwice(two)(two.store) : two.store;
  const gathers = [1, 2].map(() => {
    const parts = two.parts(two.scheduled(store));
    return new Gather({
      handle: (batch, stored) => handleBatch(parts, batch, stored),
      ...{ isWords, isOutage: () => false, isTimeout: () => false, log, resends: () => true },
      park: async (_event, fault) => {
        throw fault;
      },
      limits: { beside: 1 }, // the next batch begins beside the first, however fast that is
    });
  });
  const wishes = ["u1", "u2", "u1", "u2", "u3"].map((who, no) => {
    const wish = add(1 + (no % 2), 1 + no);
    return { event: two.says(who, wordsOf(wish, OFFER, [])), wish };
  });
  const [first, second, third, ...rest] = wishes as [(typeof wishes)[0], (typeof wishes)[0], (typeof wishes)[0]];
  const changed = add(2, 7);
  const { type: _, ...unchanged } = first.event;
  const at = new Date(two.now + 1_000);
  const changes: Incoming[] = [
    { ...unchanged, type: "edit", text: wordsOf(changed, OFFER, []), editedAt: at },
    { type: "recall", platform: PLATFORM, chat: CHAT, id: second.event.id, recalledAt: at },
  ];

  const events = isSpoilt ? wishes.map(({ event }) => event) : [...wishes.map(({ event }) => event), ...changes];
  const twice = events.filter((_event, no) => no % 2 === 0);
  const delivered = [
    ...events.map((event, no) => gathers[no % 2]!.deliver([event])),
    ...twice.map((event) => gathers[1]!.deliver([event])),
  ];
  await playOut(scheduler, Promise.all(delivered));

  const asSaid = wishes.map(({ event, wish }) => meant(event, wish));
  const asChanged = [meant(first.event, changed), ...[third, ...rest].map(({ event, wish }) => meant(event, wish))];
  return two.compare(isSpoilt ? asSaid : asChanged, "open");
};

/** Two processes send what is due in three chats. */
export const claiming: Race = async (scheduler, isSpoilt = false) => {
  const two = new Two(scheduler);
  const posts: string[] = [];
  const causes: string[] = [];
  for (const chat of ["g1", "g2", "g3"]) {
    const place = await two.store.meetChat(PLATFORM, { id: chat, kind: "group" }, DEFAULTS);
    for (const no of [1, 2]) {
      const cause = `${chat}:${no}`;
      causes.push(cause);
      await two.store.change((tx) =>
        tx.addOutgoing({ place, kind: "note", cause, content: { text: cause }, maxText: 4096 }),
      );
      two.now += 1;
    }
  }
  const spoil = isSpoilt ? sendingWhatWasSeen(two) : (store: Store) => store;
  const senders = [1, 2].map(() => {
    const parts = two.parts(two.scheduled(spoil(two.store)));
    const adapter: Adapter = {
      ...parts.adapters.get(PLATFORM)!,
      post: async (_chat, { text }) => {
        await two.turn();
        posts.push(text);
        await two.turn();
        return { id: text };
      },
    };
    return new Outgoing(two.parts(parts.store, adapter), () => undefined);
  });

  for (const sender of senders) sender.wake();
  await playOut(scheduler, Promise.all(senders.map((sender) => sender.idle())));

  const left = two.database.outgoing.all().filter(({ state }) => state !== "sent");
  const order = ["g1", "g2", "g3"].flatMap((chat) => posts.filter((text) => text.startsWith(chat)));
  return [
    ...left.map(({ cause, state }) => `${cause} is left ${state}`),
    ...(order.join() === causes.join() ? [] : [`posted: ${order.join()}`]),
  ];
};

/** A buy closes in two processes by its timer, while its leader closes it and people order. */
export const closing: Race = async (scheduler, isSpoilt = false) => {
  const two = new Two(scheduler);
  await two.opened();
  const spoil = isSpoilt ? closingWhatWasSeen(two) : (store: Store) => store;
  const processes = [1, 2].map(() => two.parts(two.scheduled(spoil(two.store))));
  const wishes = ["u1", "u2", "u3", "u1"].map((who, no) => {
    const wish = add(1 + (no % 2), 1 + no);
    return { event: two.says(who, wordsOf(wish, OFFER, [])), wish };
  });
  const end = two.says("leader", "/close");
  two.now = two.buy.terms.closesAt!.getTime() + HOUR;
  let isClosed = false;
  const inTime = new Set<TextIn>();
  const close = (parts: Parts) =>
    parts.store.takeClosings({ most: 10 }, async (tx, due) => {
      two.now += 1; // what is stored from now on comes later
      await finishBuys(parts, tx, due);
      isClosed = true;
      two.now += 1;
    });

  await playOut(
    scheduler,
    Promise.all([
      ...wishes.map(async ({ event }, no) => {
        await handleBatch(processes[no % 2]!, [event], () => undefined);
        if (!isClosed) inTime.add(event);
      }),
      handleBatch(processes[0]!, [end], () => undefined),
      ...processes.map(close),
    ]),
  );
  // Both may have looked before the leader's word put the closing off by its grace: the sweep finds it then.
  two.now += HOUR;
  await close(two.parts());

  const { buy, database } = two;
  const stored = new Map(database.statements.all().map((row) => [row.message, row]));
  const counted = wishes.filter(({ event }) => +stored.get(event.id)!.receivedAt < +buy.closedAt!);
  const lost = wishes.filter(({ event }) => inTime.has(event) && !counted.some((each) => each.event === event));
  const lists = database.outgoing.where("buy", buy.id).filter(({ kind }) => kind === "final-list");
  const closings = database.audits.where("buy", buy.id).filter(({ verb }) => verb === "buy-closed");
  return [
    ...two.compare(
      counted.map(({ event, wish }) => meant(event, wish)),
      "closed",
    ),
    ...lost.map(({ event }) => `${event.text} was acknowledged before the closing and is not on the list`),
    ...(lists.length === 1 && closings.length === 1 ? [] : [`${closings.length} closings, ${lists.length} lists`]),
  ];
};

/** A store without keys: it looks whether it has a message, and keeps it some time later. */
function keepingTwice({ database, turn }: Two): (store: Store) => Store {
  let count = 0;
  return spoilt((store) => ({
    record: async (work) => {
      const known = new Set(database.statements.all().map(({ message }) => message.split("#")[0]));
      await turn();
      return store.record((tx) =>
        work(
          withMethods(tx, {
            addStatements: (rows) =>
              tx.addStatements(
                rows.flatMap((row) =>
                  known.has(row.message) ? [] : { ...row, message: `${row.message}#${String(++count)}` },
                ),
              ),
          }),
        ),
      );
    },
  }));
}

/** A sender that looks what is to be sent, and marks it some time later. */
function sendingWhatWasSeen({ database, turn }: Two): (store: Store) => Store {
  const claimed: Awaited<ReturnType<Store["claimOutgoing"]>>[number][] = [];
  return spoilt((store) => ({
    claimOutgoing: async (...which) => {
      const seen = new Set([...database.outgoing.each("state", "pending")].map(({ id }) => id));
      await turn();
      claimed.push(...(await store.claimOutgoing(...which)));
      return claimed.filter(({ id }) => seen.has(id));
    },
  }));
}

/** A process that looks what is due, and does that some time later, whatever has become of it. */
function closingWhatWasSeen({ turn }: Two): (store: Store) => Store {
  return spoilt((store) => ({
    takeClosings: async (_which, work) => {
      let seen: Parameters<typeof work>[1] = [];
      const look = store.takeClosings({ most: 10 }, async (_tx, due) => {
        seen = due;
        throw new Error("not yet");
      });
      await look.catch(() => undefined);
      await turn();
      const [timer] = await store.dueTimers("closings", 10);
      if (timer) await store.takeClosings({ one: timer }, (tx) => work(tx, seen));
      else if (seen.length > 0) await store.change((tx) => work(tx, seen));
      return { taken: seen, busy: [] };
    },
  }));
}

function withMethods(tx: LedgerTx, methods: Partial<LedgerTx>): LedgerTx {
  return new Proxy(tx, {
    get: (_, name) => {
      const method = Reflect.get(name in methods ? methods : tx, name) as unknown;
      return typeof method === "function" ? method.bind(tx) : method;
    },
  });
}
