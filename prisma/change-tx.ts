import type { Clock } from "../bot/ports.ts";
import { isEnough } from "../bot/rights.ts";
import type {
  Allotment,
  AllotmentKind,
  Arrived,
  Asked,
  Buy,
  BuyChange,
  ChangeTx,
  CommunityChange,
  HandedPart,
  Language,
  Logged,
  LogWindow,
  Member,
  NewBuy,
  NewPayment,
  NewPlan,
  NewRevision,
  Offer,
  Payment,
  Payments,
  Person,
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
} from "../bot/store.ts";
import { isCoupled } from "../core/buy/coupled.ts";
import type { ItemTerms } from "../core/buy/terms.ts";
import type { PayWay } from "../core/pay/ways.ts";
import { sum } from "../core/sum.ts";
import { findBuy, WHOLE_BUY, wholeBuy } from "./buys.ts";
import type { TransactionClient } from "./client.ts";
import { SqlClosingTx } from "./closing-tx.ts";
import { forget, messagesOf } from "./forget.ts";
import type { Prisma } from "./generated/client.ts";
import { columns, type Sql } from "./ledger-tx.ts";
import { isTended, logOf } from "./log.ts";
import { replacePosts, resend } from "./outgoing.ts";
import {
  addPayment,
  dropPayWays,
  findPayment,
  paymentsOf,
  payWaysOf,
  revokePayment,
  revokePayments,
  setPayWay,
} from "./payments.ts";
import { groupsOf, joinCommunity, linkOf, rolesOf } from "./people.ts";
import {
  addHandover,
  collectedOf,
  giveCodes,
  markPickups,
  pickupsOf,
  revokeHandovers,
  revokeLastHandover,
} from "./pickups.ts";
import { createPlan, findPlan, movePlans, updatePlan } from "./plans.ts";
import { addProblem, decideProblem, findProblem, problemsOf, updateProblem } from "./problems.ts";
import { commissionColumns, draftColumns, itemColumns, pickupColumns } from "./rows.ts";
import {
  addArrivals,
  addRevision,
  allot,
  allotmentsOf,
  arrivedOf,
  dropLastArrivals,
  dropRevision,
  forgetAllotments,
  offersOf,
  purchaseOf,
  putOffers,
  setPurchaseState,
} from "./supply.ts";

/** How much of each thing that somebody said is looked at for its language. */
const SPEECH = 200;

/** Commands and timers: off the hot path, in Prisma's terms; raw SQL only where a row must be locked or won. */
export class PrismaChangeTx extends SqlClosingTx implements ChangeTx {
  readonly #prisma: TransactionClient;
  readonly #clock: Clock;

  constructor(prisma: TransactionClient, sql: Sql, clock: Clock, ledger: ChangeTx["ledger"]) {
    super(sql, clock, ledger);
    this.#prisma = prisma;
    this.#clock = clock;
  }

  async claim(communityId: string, key: string): Promise<boolean> {
    const { count } = await this.#prisma.action.createMany({ data: [{ communityId, key }], skipDuplicates: true });
    return count === 1;
  }

  async createBuy(draft: NewBuy): Promise<Buy> {
    const communityId = draft.place.community.id;
    const { lastBuyNo } = await this.#prisma.community.update({
      where: { id: communityId },
      data: { lastBuyNo: { increment: 1 } },
    });
    const id = this.#clock.newId();
    await this.#prisma.buy.create({
      data: {
        id,
        no: lastBuyNo,
        coupled: isCoupled(draft.terms),
        ...draftColumns(draft),
        community: { connect: { id: communityId } },
        items: { create: draft.terms.items.map((item, index) => itemColumns(item, index + 1)) },
        chats: { create: { chatId: draft.place.chat, topic: draft.place.topic ?? null } },
        ...(draft.againOf !== undefined && { againOf: draft.againOf }),
      },
    });
    await this.#prisma.tally.createMany({
      data: [0, ...draft.terms.items.map((_, index) => index + 1)].map((itemNo) => ({
        communityId,
        buyId: id,
        itemNo,
      })),
    });
    const buy = await findBuy(this.#prisma, communityId, id);
    if (!buy) throw new Error("A buy was created and is not there.");
    return buy;
  }

  findBuy(communityId: string, id: string): Promise<Buy | undefined> {
    return findBuy(this.#prisma, communityId, id);
  }

  async lockBuy(communityId: string, id: string): Promise<Buy | undefined> {
    await this.#prisma.$queryRaw`
      SELECT 1 FROM buy WHERE "communityId" = ${communityId}::uuid AND id = ${id}::uuid FOR UPDATE`;
    return findBuy(this.#prisma, communityId, id);
  }

  async updateBuy(buy: Buy, { pickup, leader, commission, ...change }: BuyChange): Promise<void> {
    await this.#renew(buy, {
      ...change,
      ...(pickup && pickupColumns(pickup)),
      ...(leader !== undefined && { leaderId: leader }),
      ...(commission !== undefined && commissionColumns(commission)),
    });
  }

  async updateItem(buy: Buy, no: number, item: ItemTerms): Promise<void> {
    const key = { communityId: buy.community, buyId: buy.id };
    const { tiers, ...columns } = itemColumns(item, no);
    await this.#prisma.tier.deleteMany({ where: { ...key, itemNo: no } });
    await this.#prisma.item.update({
      where: { communityId_buyId_no: { ...key, no } },
      data: { ...columns, tiers },
    });
    await this.#renew(buy, isCoupled({ items: [item] }) ? { coupled: true } : {});
  }

  /** Another version of a buy: whoever remembers the former one reads it again. */
  async #renew(buy: Buy, data: Prisma.BuyUpdateInput): Promise<void> {
    await this.#prisma.buy.update({
      where: { communityId_id: { communityId: buy.community, id: buy.id } },
      data: { ...data, version: { increment: 1 } },
    });
  }

  async ask(communityId: string, chatId: string, personId: string, asked: Asked): Promise<void> {
    const { id, kind, data, onPage, askedAt, expiresAt } = asked;
    const question = { id, data, ...(onPage && { onPage }) } as Prisma.InputJsonObject;
    const columns = { kind, data: question, askedAt, expiresAt };
    const key = { communityId, chatId, personId };
    await this.#prisma.dialogue.upsert({
      where: { communityId_chatId_personId: key },
      create: { ...key, ...columns },
      update: columns,
    });
  }

  async takeAsked(communityId: string, chatId: string, personId: string, asked: Asked): Promise<boolean> {
    const taken = await this.#prisma.dialogue.deleteMany({
      where: { communityId, chatId, personId, data: { path: ["id"], equals: asked.id } },
    });
    return taken.count === 1;
  }

  async park(timers: readonly Timer[], error: string): Promise<void> {
    if (timers.length === 0) return;
    await this.#prisma.$executeRawUnsafe(
      `UPDATE timer SET state = 'parked', "doneAt" = NULL, error = $3
        WHERE ("communityId", id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      ...columns(timers, { community: "id", id: "id" }),
      error,
    );
  }

  async timersOf(buy: Buy): Promise<readonly Timer[]> {
    const rows = await this.#prisma.timer.findMany({
      where: { communityId: buy.community, buyId: buy.id, state: "pending" },
      orderBy: [{ dueAt: "asc" }, { id: "asc" }],
    });
    return rows.map(({ communityId: community, buyId, id, kind, ref, dueAt, attempts }) => {
      return { community, id, kind, ref, buy: buyId, dueAt, attempts };
    });
  }

  async cancelTimers(buy: Buy, kinds?: readonly string[]): Promise<void> {
    await this.#prisma.timer.updateMany({
      where: {
        communityId: buy.community,
        buyId: buy.id,
        state: "pending",
        kind: kinds ? { in: [...kinds] } : { not: "open-planned" },
      },
      data: { state: "cancelled" },
    });
  }

  async speakersOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, Speaker>> {
    const rows = await this.#prisma.$queryRawUnsafe<
      { buy: string; person: string; chat: string; said: string | null; language: string | null }[]
    >(
      `SELECT s."buyId" AS buy, s."personId" AS person, (array_agg(s."chatId" ORDER BY s."saidAt" DESC))[1] AS chat,
              string_agg(left(s.text, ${SPEECH}), E'\\n' ORDER BY s."saidAt") AS said, min(p.language) AS language
         FROM statement s JOIN person p ON p."communityId" = s."communityId" AND p.id = s."personId"
        WHERE (s."communityId", s."buyId") IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
        GROUP BY s."buyId", s."personId"`,
      ...columns(buys, { community: "id", id: "id" }),
    );
    return new Map(
      rows.map(({ buy, person, chat, said, language }) => [
        `${buy}:${person}`,
        { chat, said: said ?? "", ...(language !== null && { language: language as Language }) },
      ]),
    );
  }

  paymentsOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, Payments>> {
    return paymentsOf(this.#prisma, buys);
  }

  addPayment(buy: Buy, payment: NewPayment): Promise<void> {
    return addPayment(this.#prisma, buy, payment);
  }

  findPayment(community: string, payment: string): Promise<Payment | undefined> {
    return findPayment(this.#prisma, community, payment);
  }

  payWaysOf(community: string, person: string): Promise<readonly PayWay[]> {
    return payWaysOf(this.#prisma, community, person);
  }

  async setPayWay(community: string, person: string, way: PayWay): Promise<void> {
    await setPayWay(this.#prisma, community, person, way, await this.now());
  }

  dropPayWays(community: string, person: string, kind?: PayWay["kind"]): Promise<number> {
    return dropPayWays(this.#prisma, community, person, kind);
  }

  async revokePayment(buy: Buy, payment: string): Promise<boolean> {
    return revokePayment(this.#prisma, buy, payment, await this.now());
  }

  async revokePayments(buy: Buy, person: string, kinds: readonly ("claim" | "mark")[]): Promise<number> {
    return revokePayments(this.#prisma, buy, person, kinds, await this.now());
  }

  pickupsOf(buy: Buy): Promise<ReadonlyMap<string, Pickup>> {
    return pickupsOf(this.#prisma, buy);
  }

  markPickups(buy: Buy, people: readonly string[], change: PickupChange): Promise<void> {
    return markPickups(this.#prisma, buy, people, change);
  }

  giveCodes(buy: Buy, codes: ReadonlyMap<string, string>): Promise<void> {
    return giveCodes(this.#prisma, buy, codes);
  }

  addHandover(buy: Buy, person: string, by: string, part?: HandedPart): Promise<void> {
    return addHandover(this.#prisma, buy, this.#clock.newId(), person, by, part);
  }

  revokeLastHandover(buy: Buy, person: string): Promise<number> {
    return revokeLastHandover(this.#prisma, buy, person);
  }

  async revokeHandovers(buy: Buy, person: string): Promise<number> {
    return revokeHandovers(this.#prisma, buy, person, await this.now());
  }

  collectedOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    return collectedOf(this.#prisma, buys);
  }

  purchaseOf(buy: Buy): Promise<Purchase | undefined> {
    return purchaseOf(this.#prisma, buy);
  }

  addRevision(buy: Buy, revision: NewRevision): Promise<void> {
    return addRevision(this.#prisma, buy, revision);
  }

  dropRevision(buy: Buy, order: string, no: number): Promise<void> {
    return dropRevision(this.#prisma, buy, order, no);
  }

  setPurchaseState(...[buy, order, change]: Parameters<ChangeTx["setPurchaseState"]>): Promise<void> {
    return setPurchaseState(this.#prisma, buy, order, change);
  }

  arrivedOf(buy: Buy): Promise<readonly Arrived[]> {
    return arrivedOf(this.#prisma, buy);
  }

  dropLastArrivals(buy: Buy): Promise<void> {
    return dropLastArrivals(this.#prisma, buy);
  }

  async addArrivals(buy: Buy, arrived: readonly Arrived[], by: string): Promise<void> {
    await addArrivals(this.#prisma, this.#clock, buy, arrived, by, await this.now());
  }

  allotmentsOf(buy: Buy): Promise<readonly Allotment[]> {
    return allotmentsOf(this.#prisma, buy);
  }

  allot(buy: Buy, allotments: readonly Allotment[], by: string): Promise<void> {
    return allot(this.#prisma, buy, allotments, by);
  }

  forgetAllotments(buy: Buy, kind: AllotmentKind): Promise<void> {
    return forgetAllotments(this.#prisma, buy, kind);
  }

  offersOf(buy: Buy): Promise<readonly Offer[]> {
    return offersOf(this.#prisma, buy);
  }

  putOffers(buy: Buy, offers: readonly Offer[]): Promise<void> {
    return putOffers(this.#prisma, buy, offers);
  }

  async rate(buy: Buy, { person: personId, ...said }: Rating): Promise<void> {
    const key = { communityId: buy.community, buyId: buy.id, personId };
    await this.#prisma.rating.upsert({
      where: { communityId_buyId_personId: key },
      create: { ...key, ...said },
      update: said,
    });
  }

  async ratingsOf(buy: Buy): Promise<readonly Rating[]> {
    const rows = await this.#prisma.rating.findMany({
      where: { communityId: buy.community, buyId: buy.id },
      orderBy: [{ at: "asc" }, { personId: "asc" }],
    });
    return rows.map(({ personId, grade, reason }) => ({
      person: personId,
      ...(grade !== null && { grade }),
      ...(reason !== null && { reason }),
    }));
  }

  addProblem(buy: Buy, problem: Problem): Promise<void> {
    return addProblem(this.#prisma, buy, problem);
  }

  findProblem(community: string, problem: string) {
    return findProblem(this.#prisma, community, problem);
  }

  problemsOf(buy: Buy): Promise<readonly Problem[]> {
    return problemsOf(this.#prisma, buy);
  }

  updateProblem(...updated: Parameters<ChangeTx["updateProblem"]>): Promise<void> {
    return updateProblem(this.#prisma, ...updated);
  }

  decideProblem(...decided: Parameters<ChangeTx["decideProblem"]>): Promise<void> {
    return decideProblem(this.#prisma, ...decided);
  }

  async isPurchased(buy: Buy): Promise<boolean> {
    const where = { communityId: buy.community, buyId: buy.id, state: { not: "drafted" } } as const;
    return (await this.#prisma.purchaseOrder.count({ where })) > 0;
  }

  async acceptStatement(buy: Buy, chat: string, message: string, isAccepted: boolean): Promise<boolean> {
    const accepted = await this.#prisma.$executeRaw`
      UPDATE statement SET "acceptedAt" = CASE WHEN ${isAccepted} THEN clock_timestamp() END
       WHERE "communityId" = ${buy.community}::uuid AND "buyId" = ${buy.id}::uuid AND "chatId" = ${chat}::uuid
         AND "messageId" = ${message}`;
    return accepted === 1;
  }

  async setChatLanguage({ community, chat }: Place, language: Language): Promise<void> {
    await this.#prisma.chat.update({
      where: { communityId_id: { communityId: community.id, id: chat } },
      data: { language },
    });
  }

  async setPersonLanguage(platform: string, externalId: string, language: Language | undefined): Promise<void> {
    await this.#prisma.person.updateMany({
      where: { identities: { some: { platform, externalId } } },
      data: { language: language ?? null },
    });
  }

  groupsOf(communityId: string): Promise<readonly Place[]> {
    return groupsOf(this.#prisma, communityId);
  }

  async offerIn(buy: Buy, places: readonly Place[]): Promise<void> {
    await this.#prisma.buyChat.createMany({
      data: places.map(({ chat: chatId }) => ({ communityId: buy.community, buyId: buy.id, chatId })),
      skipDuplicates: true,
    });
    await this.#renew(buy, {});
  }

  linkOf(code: string, at: Date): Promise<Place | undefined> {
    return linkOf(this.#prisma, code, at);
  }

  joinCommunity(place: Place, community: string): Promise<boolean> {
    return joinCommunity(this.#prisma, place, community, this.#clock.newId());
  }

  async setCommunity(id: string, { quiet, ...change }: CommunityChange): Promise<void> {
    await this.#prisma.community.update({
      where: { id },
      data: {
        ...change,
        ...(quiet !== undefined && { quietFrom: quiet?.from ?? null, quietUntil: quiet?.until ?? null }),
      },
    });
  }

  createPlan(plan: NewPlan): Promise<void> {
    return createPlan(this.#prisma, plan);
  }

  findPlan(community: string, plan: string): Promise<Plan | undefined> {
    return findPlan(this.#prisma, community, plan);
  }

  updatePlan(...updated: Parameters<ChangeTx["updatePlan"]>): Promise<void> {
    return updatePlan(this.#prisma, ...updated);
  }

  async lastPosted(buy: Buy, chat: string): Promise<Posted | undefined> {
    const [row] = await this.#prisma.$queryRaw<Posted[]>`
      SELECT string_agg(content->>'text', E'\n' ORDER BY part) AS text, max("createdAt") AS at
        FROM outgoing
       WHERE "communityId" = ${buy.community}::uuid AND "buyId" = ${buy.id}::uuid AND "chatId" = ${chat}::uuid
         AND kind IN ('live-post', 'repost')
       GROUP BY cause
       ORDER BY at DESC
       LIMIT 1`;
    return row;
  }

  resend(community: string, outgoing: string): Promise<boolean> {
    return resend(this.#prisma, community, outgoing);
  }

  replacePosts(place: Place): Promise<void> {
    return replacePosts(this.#prisma, place);
  }

  async addPost(buy: Buy, chatId: string, messageId: string, kind: PostKind): Promise<void> {
    await this.#prisma.post.createMany({
      data: [{ communityId: buy.community, buyId: buy.id, chatId, messageId, kind }],
      skipDuplicates: true,
    });
  }

  async grantRole(communityId: string, personId: string, name: Person["role"], by: string | undefined) {
    await this.#prisma.role.upsert({
      where: { communityId_personId: { communityId, personId } },
      create: { communityId, personId, name, grantedBy: by ?? null },
      update: { name, grantedBy: by ?? null, grantedAt: await this.now() },
    });
  }

  async meetAdministrator(communityId: string, personId: string): Promise<Person["role"]> {
    const known = await this.lockRoles(communityId);
    const name = known.some(({ role }) => isEnough(role, "leader")) ? "leader" : "owner";
    await this.#prisma.role.createMany({ data: [{ communityId, personId, name }], skipDuplicates: true });
    const row = await this.#prisma.role.findUniqueOrThrow({
      where: { communityId_personId: { communityId, personId } },
    });
    return row.name;
  }

  async lockRoles(communityId: string): Promise<readonly Member[]> {
    await this.#prisma.$queryRaw`SELECT 1 FROM community WHERE id = ${communityId}::uuid FOR UPDATE`;
    return this.rolesOf(communityId);
  }

  async runningBuys(communityId: string): Promise<readonly Buy[]> {
    const rows = await this.#prisma.buy.findMany({
      where: { communityId, status: { in: ["open", "closed", "purchased", "arrived"] } },
      include: WHOLE_BUY,
      orderBy: { no: "desc" },
      take: 100,
    });
    return rows.map(wholeBuy);
  }

  async keptOf(communityId: string, person: string) {
    const messages = await messagesOf(this.#prisma, communityId, person);
    const rows = await this.#prisma.buy.findMany({
      where: { communityId, id: { in: [...messages.keys()] } },
      include: WHOLE_BUY,
      orderBy: { no: "asc" },
    });
    return { buys: rows.map(wholeBuy), messages: sum(messages.values()) };
  }

  forget(...forgotten: Parameters<ChangeTx["forget"]>): Promise<void> {
    return forget(this.#prisma, ...forgotten);
  }

  logOf(community: string, which: LogWindow): Promise<readonly Logged[]> {
    return logOf(this.#prisma, community, which);
  }

  isTended(buy: Buy, since: Date): Promise<boolean> {
    return isTended(this.#prisma, buy, since);
  }

  movePlans(community: string, from: string, to: string): Promise<void> {
    return movePlans(this.#prisma, community, from, to);
  }

  rolesOf(communityId: string): Promise<readonly Member[]> {
    return rolesOf(this.#prisma, communityId);
  }
}
