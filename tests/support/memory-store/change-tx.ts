import { lateCause } from "../../../bot/late.ts";
import { isEnough } from "../../../bot/rights.ts";
import { splitContent } from "../../../bot/split-text.ts";
import type {
  Allotment,
  AllotmentKind,
  Arrived,
  Asked,
  AuditEntry,
  Buy,
  BuyChange,
  ChangeTx,
  CommunityChange,
  ForgottenWords,
  HandedPart,
  Language,
  Logged,
  LogWindow,
  Member,
  NewBuy,
  NewOutgoing,
  NewPayment,
  NewPlan,
  NewRevision,
  NewTimer,
  Offer,
  Payment,
  Payments,
  Person,
  PersonKey,
  Pickup,
  PickupChange,
  Place,
  Plan,
  Posted,
  PostKind,
  Problem,
  Purchase,
  Rating,
  Speaker,
  Timer,
} from "../../../bot/store.ts";
import type { Entry } from "../../../core/accounts.ts";
import { isCoupled } from "../../../core/buy/coupled.ts";
import type { ItemTerms } from "../../../core/buy/terms.ts";
import type { PayWay } from "../../../core/pay/ways.ts";
import { type BuyRow, keyOf, type MemoryDatabase } from "./database.ts";
import { MemoryLedgerTx, toBuy } from "./ledger-tx.ts";
import { addOutgoing, addPost, replacePosts, resend } from "./outgoing.ts";
import { groupsOf, placeOf } from "./places.ts";

/** What commands and timers change. */
export class MemoryChangeTx implements ChangeTx {
  readonly ledger: MemoryLedgerTx;
  readonly #db: MemoryDatabase;
  /** Names this transaction. */
  readonly #doing: string;

  constructor(db: MemoryDatabase) {
    this.#db = db;
    this.#doing = db.clock.newId();
    this.ledger = new MemoryLedgerTx(db);
  }

  async claim(community: string, key: string): Promise<boolean> {
    if (this.#db.actions.get(keyOf(community, key))) return false;
    this.#db.actions.put({ community, key });
    return true;
  }

  async createBuy({ place, leader, language, terms, pickup, photo, commission, draftedAt }: NewBuy): Promise<Buy> {
    const community = this.#db.communities.get(place.community.id)!;
    const no = community.lastBuyNo + 1;
    this.#db.communities.put({ ...community, lastBuyNo: no });
    const { title, currency, closesAt, minimum } = terms;
    const row: BuyRow = {
      ...{ community: community.id, id: this.#db.clock.newId(), no, status: "draft", language, leader, draftedAt },
      topics: place.topic === undefined ? {} : { [place.chat]: place.topic },
      ...{ chats: [place.chat], coupled: terms.items.some(({ stock }) => stock !== undefined), version: 1 },
      terms: {
        ...{ title, currency, items: terms.items.map(toItem), openedAt: draftedAt },
        ...(closesAt && { closesAt }),
        ...(minimum && { minimum }),
      },
      ...(pickup && Object.values(pickup).some((each) => each !== undefined) && { pickup }),
      ...(photo !== undefined && { photo }),
      ...(commission && { commission }),
    };
    this.#db.buys.put(row);
    for (let item = 0; item <= terms.items.length; item++) {
      const none = { booked: 0, waitlisted: 0, people: 0, changedAt: this.#db.now() };
      this.#db.tallies.put({ buy: row.id, item, ...none });
    }
    return toBuy(row);
  }

  async findBuy(community: string, id: string): Promise<Buy | undefined> {
    return findBuy(this.#db, community, id);
  }

  async lockBuy(community: string, id: string): Promise<Buy | undefined> {
    return findBuy(this.#db, community, id);
  }

  async updateBuy({ id }: Buy, change: BuyChange): Promise<void> {
    const row = this.#db.buys.get(id)!;
    const openedAt = change.openedAt ?? row.openedAt;
    const closesAt = change.closesAt === undefined ? row.terms.closesAt : change.closesAt;
    const endedAt = change.endedAt === undefined ? row.terms.endedAt : change.endedAt;
    const closedAt = change.closedAt === undefined ? row.closedAt : change.closedAt;
    const commission = change.commission === undefined ? row.commission : change.commission;
    const { closedAt: _, commission: ____, terms, ...rest } = row;
    const { closesAt: __, endedAt: ___, ...kept } = terms;
    const { from, until, ...words } = row.pickup ?? {};
    const isOtherWindow = change.pickup?.from !== undefined || change.pickup?.until !== undefined;
    const window = { ...(from && { from }), ...(until && { until }) };
    const pickup = { ...words, ...(!isOtherWindow && window), ...change.pickup };
    this.#db.buys.put({
      ...{
        ...rest,
        ...(Object.keys(pickup).length > 0 && { pickup }),
        openedAt,
        status: change.status ?? row.status,
        version: row.version + 1,
      },
      leader: change.leader ?? row.leader,
      terms: {
        ...{ ...kept, openedAt: openedAt ?? row.draftedAt },
        ...(closesAt && { closesAt }),
        ...(endedAt && { endedAt }),
      },
      ...(closedAt && { closedAt }),
      ...(commission && { commission }),
    });
  }

  async updateItem({ id }: Buy, no: number, item: ItemTerms): Promise<void> {
    const row = this.#db.buys.get(id)!;
    const items = row.terms.items.with(no - 1, toItem(item));
    const coupled = row.coupled || isCoupled({ items: [item] });
    this.#db.buys.put({ ...row, terms: { ...row.terms, items }, coupled, version: row.version + 1 });
  }

  async entriesOf(buys: readonly Pick<Buy, "id">[]): Promise<ReadonlyMap<string, readonly Entry[]>> {
    return new Map(buys.flatMap(({ id }) => nonEmpty(id, entriesOf(this.#db, id))));
  }

  async addEntries({ id: buy }: Buy, entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.#db.entries.put({ ...entry, buy, id: this.#db.clock.newId() });
  }

  async ask(_community: string, chat: string, person: string, asked: Asked): Promise<void> {
    // What is kept is JSON.
    this.#db.dialogues.put({ ...asked, data: JSON.parse(JSON.stringify(asked.data)) as unknown, chat, person });
  }

  async takeAsked(_community: string, chat: string, person: string, asked: Asked): Promise<boolean> {
    const key = keyOf(chat, person);
    if (this.#db.dialogues.get(key)?.id !== asked.id) return false;
    this.#db.dialogues.delete(key);
    return true;
  }

  async closeBuys(closings: Parameters<ChangeTx["closeBuys"]>[0]): Promise<void> {
    for (const { buy, status, closedAt, cause: source } of closings) {
      await this.updateBuy(buy, { status, closedAt });
      await this.audit({ community: buy.community, actor: undefined, verb: `buy-${status}`, buy: buy.id, source });
    }
  }

  async setTimers(timers: readonly NewTimer[]): Promise<void> {
    for (const { buy, kind, ref = "", dueAt } of timers) {
      const pending = this.#db.timers
        .where("buy", buy.id)
        .find((row) => row.state === "pending" && row.kind === kind && row.ref === ref);
      const row = pending ?? { community: buy.community, id: this.#db.clock.newId(), kind, ref, buy: buy.id };
      this.#db.timers.put({ ...row, dueAt, attempts: 0, state: "pending" });
    }
  }

  async postpone(timers: Parameters<ChangeTx["postpone"]>[0]): Promise<void> {
    for (const { timer, dueAt } of timers) {
      this.#db.timers.put({ ...this.#db.timers.get(timer.id)!, state: "pending", dueAt });
    }
  }

  async park(timers: readonly Timer[]): Promise<void> {
    for (const { id } of timers) this.#db.timers.put({ ...this.#db.timers.get(id)!, state: "parked" });
  }

  async now(): Promise<Date> {
    return this.#db.now();
  }

  namesOf(people: readonly PersonKey[]): Promise<ReadonlyMap<string, string>> {
    return this.ledger.namesOf(people);
  }

  async placesOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, readonly Place[]>> {
    return new Map(
      buys.flatMap(({ id, chats }) =>
        nonEmpty(
          id,
          chats.flatMap((chat) => {
            const place = placeOf(this.#db, chat);
            const topic = this.#db.buys.get(id)?.topics[chat];
            return place ? [{ ...place, ...(topic !== undefined && { topic }) }] : [];
          }),
        ),
      ),
    );
  }

  async speakersOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, Speaker>> {
    const speakers = new Map<string, Speaker>();
    for (const { id } of buys) {
      const all = [...this.#db.statements.where("buy", id)].sort((one, other) => +one.saidAt - +other.saidAt);
      for (const { person, chat, text } of all) {
        const before = speakers.get(`${id}:${person}`);
        const language = this.#db.people.get(person)?.language;
        const said = [before?.said, text?.slice(0, 200)].filter(Boolean).join("\n");
        speakers.set(`${id}:${person}`, { chat, said, ...(language && { language }) });
      }
    }
    return speakers;
  }

  async paymentsOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, Payments>> {
    const found = new Map<string, Payments>();
    const add = (buy: string, person: string, change: (before: Payments) => Payments) => {
      const key = `${buy}:${person}`;
      found.set(key, change(found.get(key) ?? { words: [], entries: 0 }));
    };
    for (const { id } of buys) {
      for (const { person, kind, amount, for: whom, isRevoked } of this.#db.payments.where("buy", id)) {
        const word = { kind, ...(amount !== undefined && { amount }), ...(whom !== undefined && { for: whom }) };
        if (!isRevoked) add(id, person, ({ words, entries }) => ({ words: [...words, word], entries }));
      }
      for (const { person, amount } of this.#db.entries.where("buy", id)) {
        if (person) add(id, person, ({ words, entries }) => ({ words, entries: entries + amount }));
      }
    }
    return found;
  }

  async addPayment({ id: buy }: Buy, { by: _, ...payment }: NewPayment): Promise<void> {
    this.#db.payments.put({ ...payment, buy, isRevoked: false });
  }

  async findPayment(_community: string, id: string): Promise<Payment | undefined> {
    const row = this.#db.payments.get(id);
    if (!row) return undefined;
    const { id: _, evidence: __, ...payment } = row;
    return payment;
  }

  async balancesOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, number>> {
    const balances = new Map<string, number>();
    for (const { buy, person, amount } of this.#db.entries.where("kind", "carried")) {
      const from = this.#db.buys.get(buy)!;
      if (from.status === "cancelled" || from.status === "failed") continue;
      for (const { community, id, leader } of buys) {
        const key = `${id}:${person}`;
        const isTheirs = from.community === community && from.leader === leader;
        if (isTheirs) balances.set(key, (balances.get(key) ?? 0) + amount);
      }
    }
    return new Map([...balances].filter(([, amount]) => amount > 0));
  }

  lockBalances(buys: readonly Buy[]): Promise<ReadonlyMap<string, number>> {
    return this.balancesOf(buys);
  }

  async payWaysOf(_community: string, person: string): Promise<readonly PayWay[]> {
    return this.#db.payWays.where("person", person).map(({ way }) => way);
  }

  async setPayWay(community: string, person: string, way: PayWay): Promise<void> {
    await this.dropPayWays(community, person, way.kind);
    this.#db.payWays.put({ person, way });
  }

  async dropPayWays(_community: string, person: string, kind?: PayWay["kind"]): Promise<number> {
    const rows = this.#db.payWays.where("person", person).filter(({ way }) => !kind || way.kind === kind);
    for (const row of rows) this.#db.payWays.drop(row);
    return rows.length;
  }

  async revokePayment({ id }: Buy, payment: string): Promise<boolean> {
    const row = this.#db.payments.get(payment);
    if (row?.buy !== id || row.isRevoked) return false;
    this.#db.payments.put({ ...row, isRevoked: true });
    return true;
  }

  async revokePayments({ id }: Buy, person: string, kinds: readonly ("claim" | "mark")[]): Promise<number> {
    const rows = this.#db.payments
      .where("buy", id)
      .filter((row) => row.person === person && kinds.includes(row.kind) && !row.isRevoked);
    for (const row of rows) this.#db.payments.put({ ...row, isRevoked: true });
    return rows.length;
  }

  async pickupsOf({ id }: Buy): Promise<ReadonlyMap<string, Pickup>> {
    const collected = this.#collectedOf(id);
    const parts = new Map<string, HandedPart[]>();
    for (const { person, part, isRevoked } of this.#db.handovers.where("buy", id)) {
      if (part && !isRevoked && !collected.has(person)) parts.set(person, [...(parts.get(person) ?? []), part]);
    }
    const known = (person: string): Pickup => {
      const own = parts.get(person);
      return { isCollected: collected.has(person), ...(own && { parts: own }) };
    };
    const people = new Map([...collected, ...parts.keys()].map((person) => [person, known(person)]));
    for (const { buy: _, person, ...order } of this.#db.orders.where("buy", id)) {
      people.set(person, { ...order, ...known(person) });
    }
    return people;
  }

  async markPickups({ id: buy }: Buy, people: readonly string[], { noShowAt, ...change }: PickupChange): Promise<void> {
    for (const person of people) {
      const { noShowAt: before, ...order } = this.#db.orders.get(keyOf(buy, person)) ?? { buy, person };
      const missed = noShowAt === undefined ? before : noShowAt;
      this.#db.orders.put({ ...order, ...change, ...(missed && { noShowAt: missed }) });
    }
  }

  async giveCodes({ id: buy }: Buy, codes: ReadonlyMap<string, string>): Promise<void> {
    for (const [person, code] of codes) {
      this.#db.orders.put({ ...{ buy, person, code }, ...this.#db.orders.get(keyOf(buy, person)) });
    }
  }

  async addHandover({ id: buy }: Buy, person: string, _by: string, part?: HandedPart): Promise<void> {
    this.#db.handovers.put({
      id: this.#db.clock.newId(),
      buy,
      person,
      isRevoked: false,
      doing: this.#doing,
      ...(part && { part }),
    });
  }

  async revokeLastHandover({ id }: Buy, person: string): Promise<number> {
    const rows = this.#db.handovers.where("buy", id).filter((row) => row.person === person && !row.isRevoked);
    const together = rows.filter(({ doing }) => doing === rows.at(-1)?.doing);
    for (const row of together) this.#db.handovers.put({ ...row, isRevoked: true });
    return together.length;
  }

  async revokeHandovers({ id }: Buy, person: string): Promise<number> {
    const rows = this.#db.handovers.where("buy", id).filter((row) => row.person === person && !row.isRevoked);
    for (const row of rows) this.#db.handovers.put({ ...row, isRevoked: true });
    return rows.length;
  }

  async collectedOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    return new Map(
      buys.flatMap(({ id }) => {
        const people = this.#collectedOf(id);
        return people.size > 0 ? [[id, people]] : [];
      }),
    );
  }

  #collectedOf(buy: string): ReadonlySet<string> {
    const rows = this.#db.handovers.where("buy", buy).filter(({ part, isRevoked }) => !part && !isRevoked);
    return new Set(rows.map(({ person }) => person));
  }

  async isPurchased({ id }: Buy): Promise<boolean> {
    return (this.#db.purchases.get(id)?.state ?? "drafted") !== "drafted";
  }

  async purchaseOf({ id }: Buy): Promise<Purchase | undefined> {
    const row = this.#db.purchases.get(id);
    if (!row) return undefined;
    const { buy: _, ...purchase } = row;
    return purchase;
  }

  async addRevision({ id: buy }: Buy, { order, no, at, lines }: NewRevision): Promise<void> {
    const kept = lines.map(({ item, option, quantity }) => ({ item, option, quantity }));
    const before = this.#db.purchases.get(buy)?.revisions ?? [];
    const revisions = [...before, { no, sentAt: at, lines: kept }];
    this.#db.purchases.put({ buy, id: order, state: "sent", stateAt: at, revisions });
  }

  async dropRevision({ id }: Buy, _order: string, no: number): Promise<void> {
    const row = this.#db.purchases.get(id);
    if (row) this.#db.purchases.put({ ...row, revisions: row.revisions.filter((each) => each.no !== no) });
  }

  async setPurchaseState(...[{ id }, , { state, at }]: Parameters<ChangeTx["setPurchaseState"]>): Promise<void> {
    this.#db.purchases.put({ ...this.#db.purchases.get(id)!, state, stateAt: at });
  }

  async arrivedOf({ id }: Buy): Promise<readonly Arrived[]> {
    const last = new Map<string, Arrived>();
    for (const { buy: _, count: __, ...arrived } of this.#db.arrivals.where("buy", id)) {
      last.set(`${arrived.item}:${arrived.option}`, arrived);
    }
    return [...last.values()];
  }

  async addArrivals({ id: buy }: Buy, arrived: readonly Arrived[]): Promise<void> {
    for (const each of arrived) this.#db.arrivals.put({ ...each, buy, count: this.#doing });
  }

  async dropLastArrivals({ id }: Buy): Promise<void> {
    const rows = this.#db.arrivals.where("buy", id);
    const last = rows.at(-1)?.count;
    for (const row of rows) if (row.count === last) this.#db.arrivals.drop(row);
  }

  async allotmentsOf({ id }: Buy): Promise<readonly Allotment[]> {
    return this.#db.allotments.where("buy", id).map(({ buy: _, ...allotment }) => allotment);
  }

  async allot({ id: buy }: Buy, allotments: readonly Allotment[]): Promise<void> {
    for (const each of allotments) this.#db.allotments.put({ ...each, buy });
  }

  async forgetAllotments({ id }: Buy, kind: AllotmentKind): Promise<void> {
    for (const row of this.#db.allotments.where("buy", id)) {
      if (row.kind === kind) this.#db.allotments.drop(row);
    }
  }

  async offersOf({ id }: Buy): Promise<readonly Offer[]> {
    return this.#db.offers.where("buy", id).map(({ buy: _, ...offer }) => offer);
  }

  async putOffers({ id: buy }: Buy, offers: readonly Offer[]): Promise<void> {
    for (const each of offers) this.#db.offers.put({ ...each, buy });
  }

  async rate({ id: buy }: Buy, rating: Rating): Promise<void> {
    const before = this.#db.ratings.get(keyOf(buy, rating.person));
    this.#db.ratings.put({ ...before, ...rating, buy });
  }

  async ratingsOf({ id }: Buy): Promise<readonly Rating[]> {
    return this.#db.ratings.where("buy", id).map(({ buy: _, ...rating }) => rating);
  }

  async addProblem({ id: buy }: Buy, problem: Problem): Promise<void> {
    this.#db.problems.put({ ...problem, buy });
  }

  async findProblem(_community: string, problem: string): Promise<(Problem & { readonly buy: string }) | undefined> {
    return this.#db.problems.get(problem);
  }

  async problemsOf({ id }: Buy): Promise<readonly Problem[]> {
    return this.#db.problems.where("buy", id).map(({ buy: _, ...problem }) => problem);
  }

  async updateProblem(...[, problem, change]: Parameters<ChangeTx["updateProblem"]>): Promise<void> {
    const row = this.#db.problems.get(problem);
    if (row) this.#db.problems.put({ ...row, ...change });
  }

  async decideProblem(...[, problem, { state, reason }]: Parameters<ChangeTx["decideProblem"]>): Promise<void> {
    const known = this.#db.problems.get(problem);
    if (!known) return;
    const { reason: _, ...row } = known;
    this.#db.problems.put({ ...row, state, ...(reason !== "" && { reason }) });
  }

  async acceptStatement({ id }: Buy, chat: string, message: string, isAccepted: boolean): Promise<boolean> {
    const row = this.#db.statements.get(keyOf(id, chat, message));
    if (!row) return false;
    const { acceptedAt: _, ...late } = row;
    this.#db.statements.put({ ...late, ...(isAccepted && { acceptedAt: this.#db.now() }) });
    return true;
  }

  async setChatLanguage({ chat }: Place, language: Language): Promise<void> {
    this.#db.chats.put({ ...this.#db.chats.get(chat)!, language });
  }

  async setPersonLanguage(platform: string, externalId: string, language: Language | undefined): Promise<void> {
    for (const identity of this.#db.identities.all()) {
      if (identity.platform !== platform || identity.externalId !== externalId) continue;
      const { language: _, ...person } = this.#db.people.get(identity.person)!;
      this.#db.people.put({ ...person, ...(language && { language }) });
    }
  }

  async groupsOf(community: string): Promise<readonly Place[]> {
    return groupsOf(this.#db, community);
  }

  async offerIn({ id }: Buy, places: readonly Place[]): Promise<void> {
    const row = this.#db.buys.get(id)!;
    const chats = [...new Set([...row.chats, ...places.map(({ chat }) => chat)])];
    this.#db.buys.put({ ...row, chats, version: row.version + 1 });
  }

  async linkOf(code: string, at: Date): Promise<Place | undefined> {
    const asked = this.#db.dialogues
      .all()
      .find(
        ({ kind, data, expiresAt }) => kind === "link" && expiresAt > at && (data as { code: string }).code === code,
      );
    return asked && placeOf(this.#db, asked.chat);
  }

  async joinCommunity({ community: { id: before }, chat }: Place, community: string): Promise<boolean> {
    const own = this.#db.buys.all().filter(({ chats }) => chats.includes(chat));
    const isOwn = (buy: string | null | undefined) => own.some(({ id }) => id === buy);
    const isBusy =
      own.some(({ status }) => ["open", "closed", "purchased", "arrived"].includes(status)) ||
      this.#db.plans.all().some(({ buy, endedAt }) => !endedAt && isOwn(buy)) ||
      this.#db.timers.all().some(({ buy, state }) => state === "pending" && isOwn(buy)) ||
      this.#db.outgoing.all().some((row) => row.chat === chat && (row.state === "pending" || row.state === "sending"));
    const addresses = this.#db.addresses.where("chat", chat);
    if (isBusy || addresses.length === 0) return false;
    for (const row of this.#db.chats.all()) {
      if (row.language || (row.community !== before && row.community !== community)) continue;
      this.#db.chats.put({ ...row, language: this.#db.communities.get(row.community)!.language });
    }
    const row = this.#db.chats.get(chat)!;
    const id = this.#db.clock.newId();
    this.#db.chats.put({ ...row, left: true });
    this.#db.chats.put({ ...row, id, community });
    for (const address of addresses) this.#db.addresses.put({ ...address, chat: id });
    return true;
  }

  async setCommunity(id: string, { quiet, ...change }: CommunityChange): Promise<void> {
    const { quiet: before, ...row } = this.#db.communities.get(id)!;
    const hours = quiet === undefined ? before : quiet;
    this.#db.communities.put({ ...row, ...change, ...(hours && { quiet: hours }) });
  }

  async createPlan(plan: NewPlan): Promise<void> {
    this.#db.plans.put({ ...plan, endedAt: undefined });
  }

  async findPlan(_community: string, id: string): Promise<Plan | undefined> {
    return this.#db.plans.get(id);
  }

  async updatePlan({ id }: Plan, change: Parameters<ChangeTx["updatePlan"]>[1]): Promise<void> {
    this.#db.plans.put({ ...this.#db.plans.get(id)!, ...change });
  }

  async timersOf({ id }: Buy): Promise<readonly Timer[]> {
    const rows = this.#db.timers.where("buy", id).filter(({ state }) => state === "pending");
    return rows.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime() || (one.id < other.id ? -1 : 1));
  }

  async cancelTimers({ id }: Buy, kinds?: readonly string[]): Promise<void> {
    for (const row of this.#db.timers.where("buy", id)) {
      if (row.state !== "pending" || !(kinds ? kinds.includes(row.kind) : row.kind !== "open-planned")) continue;
      this.#db.timers.put({ ...row, state: "cancelled" });
    }
  }

  async addOutgoing(...messages: readonly NewOutgoing[]): Promise<void> {
    for (const { place, to, content, maxText, buy, kind, cause } of messages) {
      for (const [index, part] of splitContent(content, maxText).entries()) {
        addOutgoing(this.#db, {
          ...{ community: place.community.id, chat: place.chat, person: to, buy, kind, cause },
          ...{ content: part, part: index + 1 },
        });
      }
    }
  }

  async lastPosted({ id }: Buy, chat: string): Promise<Posted | undefined> {
    const rows = this.#db.outgoing
      .where("buy", id)
      .filter((row) => row.chat === chat && (row.kind === "live-post" || row.kind === "repost"))
      .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
    const parts = rows.filter(({ cause }) => cause === rows[0]!.cause).sort((one, other) => one.part - other.part);
    return rows[0] && { text: parts.map(({ content }) => content.text).join("\n"), at: rows[0].createdAt };
  }

  async resend(_community: string, outgoing: string): Promise<boolean> {
    return resend(this.#db, outgoing);
  }

  async replacePosts(place: Place): Promise<void> {
    replacePosts(this.#db, place);
  }

  async addPost({ id: buy }: Buy, chat: string, message: string, kind: PostKind): Promise<void> {
    addPost(this.#db, { buy, chat, message, kind });
  }

  async grantRole(_community: string, person: string, role: Person["role"]): Promise<void> {
    this.#db.people.put({ ...this.#db.people.get(person)!, role });
  }

  async meetAdministrator(community: string, person: string): Promise<Person["role"]> {
    const row = this.#db.people.get(person)!;
    if (row.role) return row.role;
    const isOwned = (await this.rolesOf(community)).some(({ role }) => isEnough(role, "leader"));
    const role = isOwned ? "leader" : "owner";
    this.#db.people.put({ ...row, role });
    return role;
  }

  lockRoles(community: string): Promise<readonly Member[]> {
    return this.rolesOf(community);
  }

  async runningBuys(community: string): Promise<readonly Buy[]> {
    const running = new Set(["open", "closed", "purchased", "arrived"]);
    return this.#db.buys
      .all()
      .filter((row) => row.community === community && running.has(row.status))
      .sort((one, other) => other.no - one.no)
      .map(toBuy);
  }

  async keptOf(community: string, person: string) {
    const said = this.#db.statements.all().filter((row) => row.community === community && row.person === person);
    const buys = [...new Set(said.map(({ buy }) => buy))].flatMap((id) => findBuy(this.#db, community, id) ?? []);
    return { buys: buys.toSorted((one, other) => one.no - other.no), messages: said.length };
  }

  async forget(community: string, person: string, name: string, words: readonly ForgottenWords[]): Promise<void> {
    for (const { buy, chat, message, text } of words) {
      const row = this.#db.statements.get(keyOf(buy, chat, message))!;
      this.#db.statements.put({ ...row, name, text: row.text === undefined ? undefined : (text ?? row.text) });
      for (const edit of this.#db.edits.where("statement", keyOf(buy, chat, message)))
        this.#db.edits.put({ ...edit, text: text ?? edit.text });
    }
    for (const { reason: _, ...rating } of this.#db.ratings.all()) {
      if (rating.person === person) this.#db.ratings.put(rating);
    }
    for (const { comes: _, ...order } of this.#db.orders.all()) {
      if (order.person === person) this.#db.orders.put(order);
    }
    for (const { photo: _, ...problem } of this.#db.problems.all()) {
      if (problem.person === person) this.#db.problems.put({ ...problem, text: "–" });
    }
    const quoting = words.map((each) => lateCause(each.buy, each.chat, each.message));
    for (const row of this.#db.outgoing.all()) {
      const isQuoting = quoting.some((cause) => row.cause.startsWith(cause));
      if (row.person === person || isQuoting) this.#db.outgoing.put({ ...row, content: { text: "–" } });
    }
    await this.dropPayWays(community, person);
    for (const { evidence: _, ...payment } of this.#db.payments.all()) {
      if (payment.person === person) this.#db.payments.put(payment);
    }
    for (const row of this.#db.dialogues.all()) if (row.person === person) this.#db.dialogues.drop(row);
    for (const row of this.#db.payWays.where("person", person)) this.#db.payWays.drop(row);
    for (const row of this.#db.identities.where("person", person)) this.#db.identities.drop(row);
    this.#db.people.put({ community, person, name });
  }

  async logOf(community: string, { most, skip = 0, ...which }: LogWindow): Promise<readonly Logged[]> {
    return this.#db.audits
      .all()
      .filter((row) => row.community === community)
      .filter((row) =>
        "buy" in which ? (row.buy ?? null) === which.buy : row.actor === which.actor && row.at >= which.since,
      )
      .reverse()
      .slice(skip, skip + most);
  }

  async isTended({ id }: Buy, since: Date): Promise<boolean> {
    return this.#db.audits.where("buy", id).some(({ actor, at }) => {
      const role = actor !== undefined && this.#db.people.get(actor)?.role;
      return at > since && role && role !== "resident";
    });
  }

  async movePlans(community: string, from: string, to: string): Promise<void> {
    for (const plan of this.#db.plans.all()) {
      if (plan.community === community && plan.author === from && !plan.endedAt) {
        this.#db.plans.put({ ...plan, author: to });
      }
    }
  }

  async rolesOf(community: string): Promise<readonly Member[]> {
    return this.#db.people
      .all()
      .flatMap(({ person: id, name, role, ...row }) =>
        row.community === community && role && role !== "resident" ? [{ id, name, role }] : [],
      )
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async audit(...entries: readonly AuditEntry[]): Promise<void> {
    for (const entry of entries) this.#db.audits.put({ ...entry, id: this.#db.clock.newId(), at: this.#db.now() });
  }
}

/** A buy of a community. */
export function findBuy(db: MemoryDatabase, community: string, id: string): Buy | undefined {
  const row = db.buys.get(id);
  return row?.community === community ? toBuy(row) : undefined;
}

/** Changes of what people have to pay, in the order in which they were made. */
export function entriesOf(db: MemoryDatabase, buy: string): readonly Entry[] {
  return db.entries
    .where("buy", buy)
    .sort((one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1))
    .map(({ id: _, buy: __, ...entry }) => entry);
}

function nonEmpty<T>(key: string, value: T | undefined): [string, T][] {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [[key, value]];
}

/** As it is read again: without what is not said, tiers rising. */
function toItem({ name, aliases, options, tiers, unit, price, cost, boxSize, stock, perPerson }: ItemTerms): ItemTerms {
  return {
    ...{ name, aliases, options, tiers: [...tiers].sort((one, other) => one.from - other.from) },
    ...(unit !== undefined && { unit }),
    ...(price !== undefined && { price }),
    ...(cost !== undefined && { cost }),
    ...(boxSize !== undefined && { boxSize }),
    ...(stock !== undefined && { stock }),
    ...(perPerson !== undefined && { perPerson }),
  };
}
