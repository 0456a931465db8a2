import type { ChatRef, Sender } from "../../../bot/ports.ts";
import type {
  Asked,
  Buy,
  ChangeTx,
  Claimed,
  ClosingTx,
  Community,
  CommunityDefaults,
  Due,
  DueTimer,
  Known,
  LedgerTx,
  Line,
  LivePost,
  Member,
  Met,
  OrderKey,
  PastWindow,
  Person,
  Place,
  Plan,
  ShownBuy,
  Store,
  Sums,
  Taken,
  Taking,
  Timer,
} from "../../../bot/store.ts";
import type { Entry } from "../../../core/accounts.ts";
import type { PastBuy } from "../../../core/review.ts";
import { entriesOf, findBuy, MemoryChangeTx } from "./change-tx.ts";
import { type BuyRow, type IdentityRow, keyOf, type MemoryDatabase, type TimerRow } from "./database.ts";
import { MemoryLedgerTx, sumsOf, toBuy, toLine } from "./ledger-tx.ts";
import {
  adoptPost,
  claimOutgoing,
  claimTogether,
  finishOutgoing,
  loseOutgoing,
  moveChat,
  postsShown,
  stalePosts,
} from "./outgoing.ts";
import { groupsOf, namesOf, placeOf } from "./places.ts";

export { MemoryDatabase } from "./database.ts";

/** For how long after their closing buys, and after their writing drafts, are still offered to commands. */
const RECENT_MS = 2 * 24 * 60 * 60 * 1000;

/** What a community has that nobody has set: as the schema's defaults. */
const SETTINGS = { quiet: { from: 22 * 60, until: 8 * 60 }, lastCallMinutes: 30, remindPayment: true } as const;

const ORDERED: ReadonlySet<string> = new Set(["open", "closed", "purchased", "arrived", "settled"]);

/** The store in memory: the simplest that keeps the contract. Several may share a database. */
export class MemoryStore implements Store {
  readonly #db: MemoryDatabase;

  constructor(db: MemoryDatabase) {
    this.#db = db;
  }

  async meetChat(platform: string, chat: ChatRef, defaults: CommunityDefaults): Promise<Place> {
    return this.#db.transaction(() => this.#meetChat(platform, chat, defaults));
  }

  async moveChat(platform: string, from: string, to: string): Promise<boolean> {
    return this.#db.transaction(async () => moveChat(this.#db, { platform, from, to }));
  }

  async meetPerson(place: Place, sender: Sender): Promise<Person> {
    return this.#db.transaction(() => this.#meetPerson(place, sender));
  }

  async meetAll(met: readonly Met[], defaults: CommunityDefaults): Promise<readonly Known[]> {
    return this.#db.transaction(() =>
      met.map(({ platform, chat, sender }) => {
        const place = this.#meetChat(platform, chat, defaults);
        return { place, person: sender && this.#meetPerson(place, sender) };
      }),
    );
  }

  #meetChat(platform: string, { id: externalId, kind, title = "" }: ChatRef, defaults: CommunityDefaults): Place {
    const known = this.#db.addresses.get(keyOf(platform, externalId));
    if (!known) {
      const [community, chat] = [this.#db.clock.newId(), this.#db.clock.newId()];
      const name = title || externalId;
      this.#db.communities.put({ id: community, name, ...defaults, ...SETTINGS, lastBuyNo: 0 });
      this.#db.chats.put({ id: chat, community, platform, kind });
      this.#db.addresses.put({ platform, externalId, chat, current: true });
      return placeOf(this.#db, chat)!;
    }
    const past = known.current ? {} : ({ past: true } as const);
    return { ...placeOf(this.#db, known.chat)!, externalChat: externalId, ...past };
  }

  #meetPerson({ community: { id: community }, platform }: Place, { id: externalId, name }: Sender): Person {
    const key = keyOf(community, platform, externalId);
    const { person }: IdentityRow = this.#db.identities.get(key) ?? {
      ...{ community, platform, externalId, person: this.#db.clock.newId() },
    };
    const before = this.#db.people.get(person);
    if (!before) this.#db.identities.put({ community, platform, externalId, person });
    if (before?.name !== name) this.#db.people.put({ ...before, community, person, name });
    return {
      id: person,
      name,
      externalId,
      role: before?.role ?? "resident",
      ...(before?.language && { language: before.language }),
    };
  }

  async record<T>(work: (tx: LedgerTx) => Promise<T>): Promise<T> {
    return this.#db.transaction(async () => {
      const tx = new MemoryLedgerTx(this.#db);
      const result = await work(tx);
      await tx.last;
      return result;
    });
  }

  async change<T>(work: (tx: ChangeTx) => Promise<T>): Promise<T> {
    return this.#db.transaction(() => work(new MemoryChangeTx(this.#db)));
  }

  async look<T>(work: (tx: ChangeTx) => Promise<T>): Promise<T> {
    return this.change(work);
  }

  async buysAfter(last: Pick<Buy, "community" | "id"> | undefined, most: number): Promise<readonly Buy[]> {
    const key = (buy: Pick<Buy, "community" | "id">) => `${buy.community} ${buy.id}`;
    return this.#db.transaction(() =>
      this.#db.buys
        .all()
        .filter((row) => row.openedAt && (!last || key(row) > key(last)))
        .sort((one, other) => (key(one) < key(other) ? -1 : 1))
        .slice(0, most)
        .map(toBuy),
    );
  }

  async buysOf({ chat }: Place): Promise<readonly Buy[]> {
    return this.#db.transaction(() => {
      const since = this.#db.in(-RECENT_MS);
      return this.#newestFirst(chat)
        .filter(
          ({ status, draftedAt, closedAt }) =>
            status === "open" || (status === "draft" && draftedAt > since) || (closedAt && closedAt > since),
        )
        .map(toBuy);
    });
  }

  #newestFirst(chat: string) {
    return this.#db.buys.where("chat", chat).sort((one, other) => other.no - one.no);
  }

  async buyOfPost({ chat }: Place, message: string): Promise<string | undefined> {
    return this.#db.transaction(() => this.#db.posts.where("message", keyOf(chat, message))[0]?.buy);
  }

  async findBuy(community: string, buy: string): Promise<Buy | undefined> {
    return this.#db.transaction(() => findBuy(this.#db, community, buy));
  }

  async lastBuy(place: Place): Promise<Buy | undefined> {
    return (await this.lastBuys(place, 1))[0];
  }

  async lastBuys({ chat }: Place, most: number, no?: number): Promise<readonly Buy[]> {
    return this.#db.transaction(() =>
      this.#newestFirst(chat)
        .filter((row) => row.openedAt && (no === undefined || row.no === no))
        .slice(0, most)
        .map(toBuy),
    );
  }

  async pastBuys(community: string, which: PastWindow): Promise<readonly PastBuy[]> {
    return this.#db.transaction(() =>
      this.#db.buys
        .all()
        .filter((row) => row.community === community && PAST.has(row.status))
        .sort((one, other) => other.no - one.no)
        .filter(({ id }, index) => ("buy" in which ? id === which.buy : index < which.most))
        .map((row) => this.#pastBuy(row)),
    );
  }

  #pastBuy({ id, status, terms, closedAt }: BuyRow): PastBuy {
    const lines = this.#db.lines.where("buy", id).filter((line) => line.quantity > 0);
    const ends = [terms.endedAt, terms.closesAt, closedAt].flatMap((at) => at?.getTime() ?? []);
    return {
      isHeld: status !== "failed",
      people: [...new Set(lines.map(({ person }) => person))],
      items: terms.items.map(({ name, unit }, index) => {
        const own = lines.filter(({ item }) => item === index + 1);
        return {
          ...{ name, ...(unit !== undefined && { unit }) },
          booked: own.reduce((sum, line) => sum + line.quantity, 0),
          people: new Set(own.map(({ person }) => person)).size,
        };
      }),
      late: this.#db.statements.where("buy", id).filter(({ saidAt }) => saidAt.getTime() > Math.min(...ends)).length,
      short: this.#db.allotments.where("buy", id).filter(({ kind }) => kind === "short").length,
      missed: this.#db.orders.where("buy", id).filter(({ noShowAt }) => noShowAt).length,
    };
  }

  async plansOf({ chat }: Place): Promise<readonly Plan[]> {
    return this.#db.transaction(() =>
      this.#db.plans
        .all()
        .filter(({ buy, endedAt }) => !endedAt && this.#db.buys.get(buy)?.chats.includes(chat))
        .sort((one, other) => (one.nextAt?.getTime() ?? Infinity) - (other.nextAt?.getTime() ?? Infinity)),
    );
  }

  async linesOf(_community: string, buy: string): Promise<readonly Line[]> {
    return this.#db.transaction(() => this.#db.lines.where("buy", buy).map(toLine));
  }

  async entriesOf(_community: string, buy: string): Promise<readonly Entry[]> {
    return this.#db.transaction(() => entriesOf(this.#db, buy));
  }

  async askedOf(_community: string, chat: string, person: string): Promise<Asked | undefined> {
    return this.#db.transaction(() => {
      const row = this.#db.dialogues.get(keyOf(chat, person));
      if (!row) return undefined;
      const { id, kind, data, askedAt, expiresAt, onPage } = row;
      return { id, kind, data, askedAt, expiresAt, ...(onPage && { onPage }) };
    });
  }

  async sumsOf(_community: string, buy: string): Promise<Sums> {
    return this.#db.transaction(() => sumsOf(this.#db, buy));
  }

  async namesOf(_community: string, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#db.transaction(() => namesOf(this.#db, people));
  }

  async placeOfLast(platform: string, externalId: string): Promise<Place | undefined> {
    return this.#db.transaction(() => {
      const known = this.#db.identities
        .all()
        .filter((row) => row.platform === platform && row.externalId === externalId);
      const buys = known.flatMap(({ community, person }) =>
        this.#db.buys.all().filter((buy) => {
          const isTheirs =
            buy.leader === person || this.#db.statements.where("buy", buy.id).some((each) => each.person === person);
          return buy.community === community && buy.openedAt && isTheirs;
        }),
      );
      buys.sort((one, other) => +other.openedAt! - +one.openedAt!);
      const places = buys.flatMap(({ chats }) => [...chats].sort().flatMap((chat) => placeOf(this.#db, chat) ?? []));
      return places.find((place) => place.platform === platform);
    });
  }

  async groupsWith(platform: string, externalId: string): Promise<readonly Place[]> {
    return this.#db.transaction(() =>
      this.#db.identities
        .all()
        .filter((row) => row.platform === platform && row.externalId === externalId)
        .map(({ community }) => community)
        .sort()
        .flatMap((community) => groupsOf(this.#db, community).find((place) => place.platform === platform) ?? []),
    );
  }

  async unseenPickups(platform: string, externalId: string): Promise<readonly OrderKey[]> {
    return this.#db.transaction(() =>
      this.#db.identities
        .all()
        .filter((row) => row.platform === platform && row.externalId === externalId)
        .flatMap(({ community, person }) =>
          this.#db.orders
            .all()
            .filter((order) => order.person === person && order.noticedAt && !order.seenAt)
            .filter(({ buy }) => ["closed", "purchased", "arrived"].includes(this.#db.buys.get(buy)!.status))
            .map(({ buy }) => ({ community, buy, person })),
        ),
    );
  }

  async ordersOf(platform: string, externalId: string): Promise<readonly OrderKey[]> {
    return this.#db.transaction(() =>
      this.#db.identities
        .all()
        .filter((row) => row.platform === platform && row.externalId === externalId)
        .flatMap(({ community, person }) =>
          this.#db.buys
            .all()
            .filter((buy) => buy.community === community && ORDERED.has(buy.status))
            .filter(({ id }) => this.#db.lines.where("buy", id).some((line) => line.person === person))
            .map(({ id, openedAt }) => ({ key: { community, buy: id, person }, openedAt })),
        )
        .sort((one, other) => +other.openedAt! - +one.openedAt!)
        .map(({ key }) => key),
    );
  }

  async membersOf(community: string): Promise<readonly Member[]> {
    return this.#db.transaction(() => {
      const ids = new Set(this.#db.identities.where("community", community).map(({ person }) => person));
      return [...ids].map((id) => {
        const { name, role } = this.#db.people.get(id)!;
        return { id, name, role: role ?? "resident" };
      });
    });
  }

  async addNamed(community: string, people: ReadonlyMap<string, string>): Promise<void> {
    this.#db.transaction(() => {
      for (const [id, name] of people) {
        if (!this.#db.people.get(id)) this.#db.people.put({ community, person: id, name });
      }
    });
  }

  async leadersOf({ community, platform }: Place): Promise<readonly string[]> {
    return this.#db.transaction(() =>
      this.#db.identities
        .where("community", community.id)
        .filter((row) => row.platform === platform && LEADS.has(this.#db.people.get(row.person)?.role))
        .map(({ externalId }) => externalId),
    );
  }

  async placeOf(_community: string, chat: string): Promise<Place | undefined> {
    return this.#db.transaction(() => placeOf(this.#db, chat));
  }

  async placeOfButton(platform: string, sender: string, about: string): Promise<Place | undefined> {
    return this.#db.transaction(() => {
      const planned = this.#db.plans.get(about)?.buy ?? this.#db.problems.get(about)?.buy;
      const asked = this.#db.dialogues.all().find(({ id }) => id === about);
      const chats = [
        ...(this.#db.buys.get(about)?.chats ?? []),
        ...(planned === undefined ? [] : (this.#db.buys.get(planned)?.chats ?? [])),
        ...(asked ? [asked.chat] : []),
        about,
        ...this.#db.outgoing
          .all()
          .filter(({ id }) => id === about)
          .map(({ chat }) => chat),
      ];
      return chats
        .map((chat) => placeOf(this.#db, chat))
        .find(
          (place) =>
            place?.platform === platform &&
            this.#db.identities.get(keyOf(place.community.id, platform, sender)) !== undefined,
        );
    });
  }

  async isSent({ id }: Buy, kind: string): Promise<boolean> {
    return this.#db.transaction(() => {
      const rows = this.#db.outgoing.where("buy", id).filter((row) => row.kind === kind);
      return rows.length > 0 && rows.every(({ state }) => state === "sent");
    });
  }

  async due(platforms: readonly string[]): Promise<Due> {
    return this.#db.transaction(() => {
      const now = this.#db.now().getTime();
      let next = Number.POSITIVE_INFINITY;
      /** Whether it is due; what is not may be the next. */
      const isDue = (at: Date) => {
        if (at.getTime() > now) next = Math.min(next, at.getTime());
        return at.getTime() <= now;
      };
      const due = { closings: false, timers: false, outgoing: false, lost: false };
      for (const { dueAt, kind } of this.#db.timers.each("state", "pending")) {
        if (isDue(dueAt)) due[kind === "close" ? "closings" : "timers"] = true;
      }
      for (const { dueAt, platform } of this.#db.outgoing.each("state", "pending")) {
        if (platforms.includes(platform) && isDue(dueAt)) due.outgoing = true;
      }
      for (const { leaseUntil } of this.#db.outgoing.each("state", "sending")) {
        if (isDue(leaseUntil!) && leaseUntil!.getTime() < now) due.lost = true;
      }
      return { ...due, ...(next < Number.POSITIVE_INFINITY && { nextInMs: next - now }) };
    });
  }

  async claimOutgoing(platforms: readonly string[], most: number, leaseMs: number): Promise<readonly Claimed[]> {
    return this.#db.transaction(() => claimOutgoing(this.#db, platforms, most, leaseMs));
  }

  async claimTogether(first: Claimed, most: number, leaseMs: number): Promise<readonly Claimed[]> {
    return this.#db.transaction(() => claimTogether(this.#db, first, most, leaseMs));
  }

  async finishOutgoing(...[claim, end, follows]: Parameters<Store["finishOutgoing"]>): Promise<void> {
    await this.change(async (tx) => {
      if (finishOutgoing(this.#db, claim, end)) await follows?.(tx);
    });
  }

  async loseOutgoing(follows: Parameters<Store["loseOutgoing"]>[0]): Promise<void> {
    await this.change(async (tx) => {
      const lost = loseOutgoing(this.#db);
      if (lost.length > 0) await follows(tx, lost);
    });
  }

  async dueTimers(which: "closings" | "others", most: number): Promise<readonly Timer[]> {
    return this.#db.transaction(() => this.#dueTimers(which, most));
  }

  #dueTimers(which: "closings" | "others", most: number): readonly Timer[] {
    const now = this.#db.now();
    return this.#db.timers
      .where("state", "pending")
      .filter(({ dueAt, kind }) => dueAt <= now && (kind === "close") === (which === "closings"))
      .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
      .slice(0, most)
      .map(toTimer);
  }

  async takeClosings(which: Taking, work: (tx: ClosingTx, due: readonly DueTimer[]) => Promise<void>): Promise<Taken> {
    return this.#take("closings", which, work);
  }

  async takeTimers(which: Taking, work: (tx: ChangeTx, due: readonly DueTimer[]) => Promise<void>): Promise<Taken> {
    return this.#take("others", which, work);
  }

  #take(
    kind: "closings" | "others",
    which: Taking,
    work: (tx: ChangeTx, due: readonly DueTimer[]) => Promise<void>,
  ): Promise<Taken> {
    return this.#db.transaction(async () => {
      const due = "one" in which ? [which.one] : this.#dueTimers(kind, which.most);
      const taken = due.flatMap(({ id }): DueTimer[] => {
        const row = this.#db.timers.get(id);
        if (row?.state !== "pending" || row.dueAt > this.#db.now()) return [];
        this.#db.timers.put({ ...row, state: "done" });
        const buy = row.buy === null ? undefined : this.#db.buys.get(row.buy);
        return [{ timer: toTimer(row), buy: buy && toBuy(buy), community: this.#community(row.community) }];
      });
      if (taken.length > 0) await work(new MemoryChangeTx(this.#db), taken);
      return { taken, busy: [] };
    });
  }

  #community(id: string): Community {
    const { lastBuyNo: _, ...community } = this.#db.communities.get(id)!;
    return community;
  }

  async unparkTimers(kinds: readonly string[]): Promise<void> {
    return this.#db.transaction(() => {
      for (const row of this.#db.timers.where("state", "parked")) {
        if (kinds.includes(row.kind)) this.#db.timers.put({ ...row, state: "pending", attempts: 0 });
      }
    });
  }

  async failTimer({ id, dueAt }: Timer, _error: string, retryInMs: number): Promise<void> {
    return this.#db.transaction(() => {
      const row = this.#db.timers.get(id);
      if (row?.state !== "pending" || row.dueAt.getTime() !== dueAt.getTime()) return;
      this.#db.timers.put({ ...row, attempts: row.attempts + 1, dueAt: this.#db.in(retryInMs) });
    });
  }

  async stalePosts(
    platforms: readonly string[],
    buys?: readonly Pick<Buy, "community" | "id">[],
  ): Promise<readonly LivePost[]> {
    return this.#db.transaction(() => stalePosts(this.#db, platforms, buys));
  }

  async postsShown(posts: readonly { readonly post: LivePost; readonly shown: string }[]): Promise<void> {
    return this.#db.transaction(() => postsShown(this.#db, posts));
  }

  async shownBuys(buys: readonly Pick<Buy, "community" | "id">[]): Promise<ReadonlyMap<string, ShownBuy>> {
    return this.#db.transaction(
      () =>
        new Map(
          buys.flatMap(({ community, id }) => {
            const buy = findBuy(this.#db, community, id);
            const { zone } = this.#community(community);
            if (!buy) return [];
            const languages = new Map(buy.chats.map((chat) => [chat, placeOf(this.#db, chat)!.community.language]));
            return [[id, { buy, zone, languages, sums: sumsOf(this.#db, id) }] as const];
          }),
        ),
    );
  }

  async postGone({ buy, chat, message }: LivePost): Promise<void> {
    return this.#db.transaction(() => this.#db.posts.delete(keyOf(buy, chat, message)));
  }

  async adoptPost(place: Place, buy: string, message: string): Promise<void> {
    return this.#db.transaction(() => adoptPost(this.#db, place, buy, message));
  }

  async park(...[place, event, error, follows]: Parameters<Store["park"]>): Promise<void> {
    if (!place) throw new Error("An event of an unknown chat cannot be parked.");
    await this.change(async (tx) => {
      this.#db.parked.put({ id: this.#db.clock.newId(), community: place.community.id, event, error });
      await follows?.(tx);
    });
  }

  async now(): Promise<Date> {
    return this.#db.transaction(() => this.#db.now());
  }

  async close(): Promise<void> {}
}

const PAST: ReadonlySet<string> = new Set(["closed", "failed", "purchased", "arrived", "settled"]);

const LEADS: ReadonlySet<string | undefined> = new Set(["owner", "leader"]);

function toTimer({ state: _, ...timer }: TimerRow): Timer {
  return timer;
}
