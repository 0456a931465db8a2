import type { Clock } from "../bot/ports.ts";
import type {
  Asked,
  AuditEntry,
  Buy,
  BuyChange,
  ChangeTx,
  NewBuy,
  NewOutgoing,
  Place,
  PostKind,
  Timer,
} from "../bot/store.ts";
import type { Entry } from "../core/accounts.ts";
import type { ItemTerms } from "../core/buy/terms.ts";
import type { TransactionClient } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { addOutgoing, resend } from "./outgoing.ts";
import { namesOf, toPlace } from "./people.ts";
import { type BuyRow, draftColumns, type ItemRow, itemColumns, toBuy, toItem } from "./rows.ts";

/** Commands and timers: off the hot path, in Prisma's terms; raw SQL only where a row must be locked or won. */
export class PrismaChangeTx implements ChangeTx {
  readonly ledger: ChangeTx["ledger"];
  readonly #prisma: TransactionClient;
  readonly #clock: Clock;

  constructor(prisma: TransactionClient, clock: Clock, ledger: ChangeTx["ledger"]) {
    this.#prisma = prisma;
    this.#clock = clock;
    this.ledger = ledger;
  }

  async claim(communityId: string, key: string): Promise<boolean> {
    const { count } = await this.#prisma.action.createMany({ data: [{ communityId, key }], skipDuplicates: true });
    return count === 1;
  }

  async claimTimer(timer: Timer): Promise<boolean> {
    const taken = await this.#prisma.$executeRaw`
      UPDATE timer SET state = 'done', "doneAt" = now()
       WHERE "communityId" = ${timer.community}::uuid AND id = ${timer.id}::uuid
         AND state = 'pending' AND "dueAt" = ${timer.dueAt} AND "dueAt" <= clock_timestamp()`;
    return taken === 1;
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
        coupled: draft.terms.items.some((item) => item.stock !== undefined),
        ...draftColumns(draft),
        community: { connect: { id: communityId } },
        items: { create: draft.terms.items.map((item, index) => itemColumns(item, index + 1)) },
        chats: { create: { chatId: draft.place.chat } },
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

  async updateBuy(buy: Buy, change: BuyChange): Promise<void> {
    await this.#prisma.buy.update({
      where: { communityId_id: { communityId: buy.community, id: buy.id } },
      data: { ...change, version: { increment: 1 } },
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
    if (item.stock !== undefined) {
      await this.#prisma.buy.update({
        where: { communityId_id: { communityId: buy.community, id: buy.id } },
        data: { coupled: true },
      });
    }
  }

  entriesOf(communityId: string, buyId: string): Promise<readonly Entry[]> {
    return entriesOf(this.#prisma, communityId, buyId);
  }

  async addEntries(buy: Buy, entries: readonly Entry[]): Promise<void> {
    await this.#prisma.entry.createMany({
      data: entries.map(({ person = null, item = null, kind, amount, reason, author, at }) => ({
        ...{ communityId: buy.community, id: this.#clock.newId(), buyId: buy.id, personId: person, itemNo: item },
        ...{ kind, amount: BigInt(amount), reason, authorId: author, at },
      })),
    });
  }

  async ask(communityId: string, chatId: string, personId: string, asked: Asked): Promise<void> {
    const { id, kind, data, askedAt, expiresAt } = asked;
    const columns = { kind, data: { id, data } as Prisma.InputJsonObject, askedAt, expiresAt };
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

  async setTimer(buy: Buy, kind: string, dueAt: Date): Promise<void> {
    const moved = await this.#prisma.timer.updateMany({
      where: { communityId: buy.community, buyId: buy.id, kind, state: "pending" },
      data: { dueAt },
    });
    if (moved.count > 0) return;
    await this.#prisma.timer.create({
      data: { communityId: buy.community, id: this.#clock.newId(), buyId: buy.id, kind, dueAt },
    });
  }

  async cancelTimers(buy: Buy): Promise<void> {
    await this.#prisma.timer.updateMany({
      where: { communityId: buy.community, buyId: buy.id, state: "pending" },
      data: { state: "cancelled" },
    });
  }

  async now(): Promise<Date> {
    const [row] = await this.#prisma.$queryRaw<[{ at: Date }]>`SELECT clock_timestamp() AS at`;
    return row.at;
  }

  namesOf(communityId: string, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return namesOf(this.#prisma, communityId, people);
  }

  async placesOf(buy: Buy): Promise<readonly Place[]> {
    const rows = await this.#prisma.address.findMany({
      where: { communityId: buy.community, chatId: { in: [...buy.chats] }, current: true },
      include: { chat: { include: { community: true } } },
      orderBy: { chatId: "asc" },
    });
    return rows.map(toPlace);
  }

  addOutgoing(message: NewOutgoing): Promise<void> {
    return addOutgoing(this.#prisma, message);
  }

  resend(community: string, outgoing: string): Promise<boolean> {
    return resend(this.#prisma, community, outgoing);
  }

  async addPost(buy: Buy, chatId: string, messageId: string, kind: PostKind): Promise<void> {
    await this.#prisma.post.createMany({
      data: [{ communityId: buy.community, buyId: buy.id, chatId, messageId, kind }],
      skipDuplicates: true,
    });
  }

  async grantRole(communityId: string, personId: string, name: "owner" | "leader" | "helper", by: string | undefined) {
    await this.#prisma.role.upsert({
      where: { communityId_personId: { communityId, personId } },
      create: { communityId, personId, name, grantedBy: by ?? null },
      update: { name, grantedBy: by ?? null },
    });
  }

  async audit(entry: AuditEntry): Promise<void> {
    await this.#prisma.audit.create({
      data: {
        communityId: entry.community,
        id: this.#clock.newId(),
        actorId: entry.actor ?? null,
        verb: entry.verb,
        buyId: entry.buy ?? null,
        source: entry.source ?? null,
        ...(entry.before && { before: entry.before as Prisma.InputJsonObject }),
        ...(entry.after && { after: entry.after as Prisma.InputJsonObject }),
      },
    });
  }
}

export async function entriesOf(
  prisma: TransactionClient,
  communityId: string,
  buyId: string,
): Promise<readonly Entry[]> {
  const rows = await prisma.entry.findMany({ where: { communityId, buyId }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  return rows.map((row) => ({
    ...{ kind: row.kind, amount: Number(row.amount), reason: row.reason, author: row.authorId, at: row.at },
    ...(row.personId !== null && { person: row.personId }),
    ...(row.itemNo !== null && { item: row.itemNo }),
  }));
}

/** A buy with its items and chats. */
export async function findBuy(prisma: TransactionClient, communityId: string, id: string): Promise<Buy | undefined> {
  const row = await prisma.buy.findUnique({ where: { communityId_id: { communityId, id } }, include: WHOLE_BUY });
  return row ? wholeBuy(row) : undefined;
}

/** What a buy is read with. */
export const WHOLE_BUY = {
  items: { include: { tiers: true }, orderBy: { no: "asc" } },
  chats: true,
} as const satisfies Prisma.BuyInclude;

/** A buy read with `WHOLE_BUY`, in our terms. */
export function wholeBuy(row: BuyRow & { items: ItemRow[]; chats: { chatId: string }[] }): Buy {
  return toBuy(
    row,
    row.items.map(toItem),
    row.chats.map((chat) => chat.chatId),
  );
}
