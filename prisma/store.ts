import type { Pool } from "pg";
import type { ChatRef, Clock, Sender } from "../bot/ports.ts";
import type {
  Asked,
  Buy,
  ChangeTx,
  Claimed,
  CommunityDefaults,
  Due,
  Known,
  LedgerTx,
  Line,
  LivePost,
  Member,
  Met,
  OrderKey,
  Person,
  Place,
  Plan,
  ShownBuy,
  Store,
  Sums,
  Taken,
  Timer,
} from "../bot/store.ts";
import type { Entry } from "../core/accounts.ts";
import type { PastBuy } from "../core/review.ts";
import { findBuy, WHOLE_BUY, wholeBuy } from "./buys.ts";
import { PrismaChangeTx } from "./change-tx.ts";
import { createClient, type TransactionClient } from "./client.ts";
import { entriesOf, SqlClosingTx } from "./closing-tx.ts";
import { lookForDue } from "./due.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import { type BuyCache, lineOf, MovedChat, type Sql, SqlLedgerTx, StaleBuys, sqlFrom, sqlOn } from "./ledger-tx.ts";
import { moveChat } from "./move-chat.ts";
import { adoptPost, claimOutgoing, claimTogether, finishOutgoing, loseOutgoing } from "./outgoing.ts";
import { pastBuys } from "./past-buys.ts";
import {
  groupsWith,
  type MetChat,
  type MetPerson,
  meetChats,
  meetPeople,
  namesOf,
  placeOfButton,
  placeOfLast,
  toPlace,
  WITH_CHAT,
} from "./people.ts";
import { ordersOf, unseenPickups } from "./pickups.ts";
import { plansOf } from "./plans.ts";
import { postGone, postsShown, shownBuys, stalePosts, sumsIn } from "./posts.ts";
import { Remembered } from "./remember.ts";
import { dueTimers, takeTimers } from "./timers.ts";

/** For how long after their closing buys, and after their writing drafts, are still offered to commands. */
const RECENT_MS = 2 * 24 * 60 * 60 * 1000;

/** Chats and people are met with every message; another process may change their settings or roles meanwhile. */
const MET = { forMs: 5_000, most: 20_000 };

/** How long a command's transaction may take. */
const CHANGE_MS = 15_000;

/** All that is asked on the hot path is asked by key: see `SqlLedgerTx`. */
const BEGIN = "BEGIN; SET LOCAL enable_seqscan TO off";

/** The store on PostgreSQL. Closing it leaves the pool to whoever made it. */
export class PrismaStore implements Store {
  readonly #pool: Pool;
  readonly #prisma: PrismaClient;
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #buys: BuyCache = { buys: new Map(), pastIds: new Map(), here: new Map() };
  readonly #places: Remembered<Place>;
  readonly #people: Remembered<Person>;

  constructor(pool: Pool, clock: Clock) {
    this.#places = new Remembered(MET, clock);
    this.#people = new Remembered(MET, clock);
    this.#pool = pool;
    this.#prisma = createClient(pool);
    this.#sql = sqlFrom(pool);
    this.#clock = clock;
  }

  /** Asked anew each time: where a command is carried out must be known for certain. */
  async meetChat(platform: string, chat: ChatRef, defaults: CommunityDefaults): Promise<Place> {
    return (await this.#askForChats(new Map([["", { platform, chat }]]), defaults)).get("")!;
  }

  #askForChats(met: ReadonlyMap<string, MetChat>, defaults: CommunityDefaults): Promise<ReadonlyMap<string, Place>> {
    return meetChats({ prisma: this.#prisma, sql: this.#sql, clock: this.#clock }, met, defaults);
  }

  async moveChat(platform: string, from: string, to: string): Promise<boolean> {
    const moved = await this.#prisma.$transaction((tx) => moveChat(tx, { platform, from, to }));
    this.#places.forget();
    return moved;
  }

  async meetPerson(place: Place, sender: Sender): Promise<Person> {
    const key = personKey(place, sender);
    return (await this.#meetPeople(new Map([[key, { place, sender }]]))).get(key)!;
  }

  async meetAll(met: readonly Met[], defaults: CommunityDefaults): Promise<readonly Known[]> {
    const places = await this.#places.getAll(new Map(met.map((each) => [chatKey(each), each])), (missing) =>
      this.#askForChats(missing, defaults),
    );
    const here = met.map(({ sender, ...chat }) => ({ place: places.get(chatKey(chat))!, sender }));
    const people = await this.#meetPeople(
      new Map(here.flatMap(({ place, sender }) => (sender ? [[personKey(place, sender), { place, sender }]] : []))),
    ).catch((fault: unknown) => {
      this.#places.forget(); // one of them may be gone, and its id another's: then the next try finds that
      throw fault;
    });
    return here.map(({ place, sender }) => ({ place, person: sender && people.get(personKey(place, sender)) }));
  }

  #meetPeople(met: ReadonlyMap<string, MetPerson>): Promise<ReadonlyMap<string, Person>> {
    return this.#people.getAll(met, (missing) => meetPeople(this.#pool, this.#clock, missing));
  }

  /**
   * Work goes on with the buys that it finds in memory, and is done again when the database has others. Where a chat has
   * moved since it was met, the whole batch fails, and its next try meets the chat anew.
   */
  async record<T>(work: (tx: LedgerTx) => Promise<T>): Promise<T> {
    try {
      return await this.#record(work, true).catch((fault: unknown) => {
        if (!(fault instanceof StaleBuys)) throw fault;
        return this.#record(work, false);
      });
    } catch (fault) {
      if (fault instanceof MovedChat) this.#places.forget();
      throw fault;
    }
  }

  #record<T>(work: (tx: LedgerTx) => Promise<T>, mayGuess: boolean): Promise<T> {
    return this.#inTransaction(async (sql, last) => {
      const tx = new SqlLedgerTx(sql, this.#buys, last, mayGuess);
      try {
        return await work(tx);
      } finally {
        await tx.checkGuess(); // what failed on other buys than those that it has locked, did not fail
      }
    });
  }

  /** What the work leaves as the last goes out with the end of the transaction: a way there and back less. */
  async #inTransaction<T>(work: (sql: Sql, last: Promise<unknown>[]) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      const begun = client.query(BEGIN);
      begun.catch(() => undefined); // whoever asks for anything is told
      const last: Promise<unknown>[] = [];
      const result = await work(sqlOn(client, begun), last);
      // After a failure COMMIT takes everything back, and the first that failed is told.
      await Promise.all([begun, ...last, client.query("COMMIT")]);
      return result;
    } catch (fault) {
      await client.query("ROLLBACK").catch((failed: Error) => {
        broken = failed;
      });
      throw fault;
    } finally {
      client.release(broken);
    }
  }

  async change<T>(work: (tx: ChangeTx) => Promise<T>): Promise<T> {
    const result = await this.#transaction(work, "ReadCommitted");
    this.#people.forget(); // a role may have changed
    this.#places.forget(); // so may settings
    return result;
  }

  look<T>(work: (tx: ChangeTx) => Promise<T>): Promise<T> {
    return this.#transaction(work, "RepeatableRead");
  }

  async #transaction<T>(
    work: (tx: ChangeTx, ledger: SqlLedgerTx, sql: Sql, prisma: TransactionClient) => Promise<T>,
    isolationLevel: Prisma.TransactionIsolationLevel,
  ): Promise<T> {
    return this.#prisma.$transaction(
      (prisma) => {
        const sql: Sql = (_name, text, values) => prisma.$queryRawUnsafe(text, ...values);
        const ledger = new SqlLedgerTx(sql, this.#buys);
        return work(new PrismaChangeTx(prisma, sql, this.#clock, ledger), ledger, sql, prisma);
      },
      { timeout: CHANGE_MS, maxWait: CHANGE_MS, isolationLevel },
    );
  }

  async buysAfter(last: Pick<Buy, "community" | "id"> | undefined, most: number): Promise<readonly Buy[]> {
    const rows = await this.#prisma.buy.findMany({
      where: {
        openedAt: { not: null },
        ...(last && {
          OR: [{ communityId: { gt: last.community } }, { communityId: last.community, id: { gt: last.id } }],
        }),
      },
      include: WHOLE_BUY,
      orderBy: [{ communityId: "asc" }, { id: "asc" }],
      take: most,
    });
    return rows.map(wholeBuy);
  }

  async buysOf(place: Place): Promise<readonly Buy[]> {
    const since = new Date(this.#clock.now().getTime() - RECENT_MS);
    const rows = await this.#prisma.buy.findMany({
      where: {
        communityId: place.community.id,
        chats: { some: { chatId: place.chat } },
        OR: [{ status: "open" }, { status: "draft", draftedAt: { gt: since } }, { closedAt: { gt: since } }],
      },
      include: WHOLE_BUY,
      orderBy: { no: "desc" },
    });
    return rows.map(wholeBuy);
  }

  async buyOfPost(place: Place, messageId: string): Promise<string | undefined> {
    const row = await this.#prisma.post.findFirst({
      where: { communityId: place.community.id, chatId: place.chat, messageId },
      orderBy: { kind: "asc" },
    });
    return row?.buyId;
  }

  findBuy(community: string, buy: string): Promise<Buy | undefined> {
    return findBuy(this.#prisma, community, buy);
  }

  async lastBuy(place: Place): Promise<Buy | undefined> {
    return (await this.lastBuys(place, 1))[0];
  }

  async lastBuys({ community, chat }: Place, most: number, no?: number): Promise<readonly Buy[]> {
    const rows = await this.#prisma.buy.findMany({
      where: {
        ...{ communityId: community.id, chats: { some: { chatId: chat } }, openedAt: { not: null } },
        ...(no !== undefined && { no }),
      },
      include: WHOLE_BUY,
      orderBy: { no: "desc" },
      take: most,
    });
    return rows.map(wholeBuy);
  }

  pastBuys(...which: Parameters<Store["pastBuys"]>): Promise<readonly PastBuy[]> {
    return pastBuys(this.#prisma, ...which);
  }

  plansOf(place: Place): Promise<readonly Plan[]> {
    return plansOf(this.#prisma, place);
  }

  async linesOf(communityId: string, buyId: string): Promise<readonly Line[]> {
    const rows = await this.#prisma.line.findMany({ where: { communityId, buyId } });
    return rows.map(lineOf);
  }

  async entriesOf(community: string, id: string): Promise<readonly Entry[]> {
    return (await entriesOf(this.#sql, [{ community, id }])).get(id) ?? [];
  }

  async askedOf(communityId: string, chatId: string, personId: string): Promise<Asked | undefined> {
    const row = await this.#prisma.dialogue.findUnique({
      where: { communityId_chatId_personId: { communityId, chatId, personId } },
    });
    if (!row) return undefined;
    const { kind, askedAt, expiresAt } = row;
    const { id, data, onPage } = row.data as unknown as Pick<Asked, "id" | "data" | "onPage">;
    return { id, data, kind, askedAt, expiresAt, ...(onPage && { onPage }) };
  }

  async sumsOf(communityId: string, buyId: string): Promise<Sums> {
    return sumsIn(await this.#prisma.tally.findMany({ where: { communityId, buyId }, orderBy: { itemNo: "asc" } }));
  }

  namesOf(community: string, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return namesOf(this.#prisma, community, people);
  }

  placeOfLast(platform: string, externalId: string): Promise<Place | undefined> {
    return placeOfLast(this.#sql, platform, externalId);
  }

  groupsWith(platform: string, externalId: string): Promise<readonly Place[]> {
    return groupsWith(this.#sql, platform, externalId);
  }

  unseenPickups(platform: string, externalId: string): Promise<readonly OrderKey[]> {
    return unseenPickups(this.#prisma, platform, externalId);
  }

  ordersOf(platform: string, externalId: string): Promise<readonly OrderKey[]> {
    return ordersOf(this.#prisma, platform, externalId);
  }

  async membersOf(communityId: string): Promise<readonly Member[]> {
    const rows = await this.#prisma.person.findMany({
      where: { communityId, identities: { some: {} } },
      select: { id: true, name: true, role: { select: { name: true } } },
    });
    return rows.map(({ id, name, role }) => ({ id, name, role: role?.name ?? "resident" }));
  }

  async addNamed(communityId: string, people: ReadonlyMap<string, string>): Promise<void> {
    const data = [...people].map(([id, name]) => ({ communityId, id, name }));
    await this.#prisma.person.createMany({ data, skipDuplicates: true });
  }

  async leadersOf({ community, platform }: Place): Promise<readonly string[]> {
    const rows = await this.#prisma.identity.findMany({
      where: { communityId: community.id, platform, person: { role: { name: { in: ["owner", "leader"] } } } },
      select: { externalId: true },
    });
    return rows.map(({ externalId }) => externalId);
  }

  async placeOf(communityId: string, chatId: string): Promise<Place | undefined> {
    const row = await this.#prisma.address.findFirst({
      where: { communityId, chatId, current: true },
      include: WITH_CHAT,
    });
    return row ? toPlace(row) : undefined;
  }

  placeOfButton(platform: string, sender: string, about: string): Promise<Place | undefined> {
    return placeOfButton(this.#sql, platform, sender, about);
  }

  async isSent(buy: Buy, kind: string): Promise<boolean> {
    const states = await this.#prisma.outgoing.findMany({
      where: { communityId: buy.community, buyId: buy.id, kind },
      select: { state: true },
    });
    return states.length > 0 && states.every(({ state }) => state === "sent");
  }

  claimOutgoing(platforms: readonly string[], most: number, leaseMs: number): Promise<readonly Claimed[]> {
    return claimOutgoing(this.#prisma, platforms, most, leaseMs);
  }

  claimTogether(first: Claimed, most: number, leaseMs: number): Promise<readonly Claimed[]> {
    return claimTogether(this.#prisma, first, most, leaseMs);
  }

  async finishOutgoing(...[claim, end, follows]: Parameters<Store["finishOutgoing"]>): Promise<void> {
    await this.#transaction(async (tx, _ledger, _sql, prisma) => {
      if (await finishOutgoing(prisma, claim, end)) await follows?.(tx);
    }, "ReadCommitted");
    if (end.state === "pending" && end.movedTo !== undefined) this.#places.forget(); // as where a move is told
  }

  async loseOutgoing(follows: Parameters<Store["loseOutgoing"]>[0]): Promise<void> {
    await this.#transaction(async (tx, _ledger, _sql, prisma) => {
      const lost = await loseOutgoing(prisma);
      if (lost.length > 0) await follows(tx, lost);
    }, "ReadCommitted");
  }

  due(platforms: readonly string[]): Promise<Due> {
    return lookForDue(this.#sql, platforms);
  }

  dueTimers(which: "closings" | "others", most: number): Promise<readonly Timer[]> {
    return dueTimers(this.#sql, which, most);
  }

  takeClosings(...[which, work]: Parameters<Store["takeClosings"]>): Promise<Taken> {
    return this.#inTransaction((sql) => {
      const ledger = new SqlLedgerTx(sql, this.#buys);
      const tx = new SqlClosingTx(sql, this.#clock, ledger);
      return takeTimers(sql, ledger, "closings", which, (due) => work(tx, due));
    });
  }

  takeTimers(...[which, work]: Parameters<Store["takeTimers"]>): Promise<Taken> {
    return this.#transaction(
      (tx, ledger, sql) => takeTimers(sql, ledger, "others", which, (due) => work(tx, due)),
      "ReadCommitted",
    );
  }

  async unparkTimers(kinds: readonly string[]): Promise<void> {
    await this.#prisma.timer.updateMany({
      where: { state: "parked", kind: { in: [...kinds] } },
      data: { state: "pending", attempts: 0 },
    });
  }

  async failTimer(timer: Timer, error: string, retryInMs: number): Promise<void> {
    await this.#prisma.$executeRaw`
      UPDATE timer SET attempts = attempts + 1, error = ${error},
                       "dueAt" = clock_timestamp() + ${retryInMs} * interval '1 millisecond'
       WHERE "communityId" = ${timer.community}::uuid AND id = ${timer.id}::uuid
         AND state = 'pending' AND "dueAt" = ${timer.dueAt}`;
  }

  stalePosts(
    platforms: readonly string[],
    buys?: readonly Pick<Buy, "community" | "id">[],
  ): Promise<readonly LivePost[]> {
    return stalePosts(this.#sql, platforms, buys);
  }

  postsShown(posts: readonly { readonly post: LivePost; readonly shown: string }[]): Promise<void> {
    return postsShown(this.#sql, posts);
  }

  shownBuys(buys: readonly Pick<Buy, "community" | "id">[]): Promise<ReadonlyMap<string, ShownBuy>> {
    return shownBuys(this.#sql, new SqlLedgerTx(this.#sql, this.#buys), buys);
  }

  postGone(post: LivePost): Promise<void> {
    return postGone(this.#prisma, post);
  }

  adoptPost(place: Place, buy: string, message: string): Promise<void> {
    return adoptPost(this.#prisma, place, buy, message);
  }

  async park(...[place, event, error, follows]: Parameters<Store["park"]>): Promise<void> {
    if (!place) throw new Error("An event of an unknown chat cannot be parked.");
    await this.#transaction(async (tx, _ledger, _sql, prisma) => {
      await prisma.parked.create({
        data: {
          communityId: place.community.id,
          id: this.#clock.newId(),
          event: JSON.parse(keepable(JSON.stringify(event))) as Prisma.InputJsonObject,
          error,
        },
      });
      await follows?.(tx);
    }, "ReadCommitted");
  }

  async now(): Promise<Date> {
    const [row] = await this.#prisma.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
    if (!row) throw new Error("The database did not tell the time.");
    return row.at;
  }

  async close(): Promise<void> {
    await this.#prisma.$disconnect();
  }
}

function chatKey({ platform, chat }: Met): string {
  return `${platform}:${chat.id}`;
}

function personKey({ community, platform }: Place, { id, name }: Sender): string {
  return `${community.id}:${platform}:${id}:${name}`;
}

/** JSON without what PostgreSQL's does not take: NUL and halves of characters. */
function keepable(json: string): string {
  return json.replace(/\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, "\\ufffd");
}
