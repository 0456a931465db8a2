import type {
  Buy,
  LeaderAt,
  LedgerTx,
  Line,
  LineChanges,
  MessageKey,
  NewEdit,
  NewRecall,
  NewStatement,
  Notice,
  OrderKey,
  PersonKey,
  Rows,
  Sums,
} from "../../../bot/store.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import { type BuyRow, keyOf, type LineRow, type MemoryDatabase, type StatementRow } from "./database.ts";
import { addOutgoing } from "./outgoing.ts";
import { namesOf, placeOf } from "./places.ts";

/** How long after its closing a buy is still looked at. */
const LATE_MS = 2 * 24 * 60 * 60 * 1000;

type BuyKey = Pick<Buy, "community" | "id">;

/** What is said. Nothing needs a lock, since transactions come one after the other. */
export class MemoryLedgerTx implements LedgerTx {
  readonly #db: MemoryDatabase;
  /** What the transaction ends with. */
  last: Promise<unknown> | undefined;

  constructor(db: MemoryDatabase) {
    this.#db = db;
  }

  endWith(writes: Promise<unknown>): void {
    this.last = writes;
  }

  async lockBuys(chats: Parameters<LedgerTx["lockBuys"]>[0]): Promise<readonly Buy[]> {
    const since = this.#db.in(-LATE_MS);
    const here = new Set(chats.flatMap(({ chat }) => this.#db.buys.where("chat", chat))); // one may be in several of them
    return [...here].filter(({ status, closedAt }) => status === "open" || (closedAt && closedAt > since)).map(toBuy);
  }

  async postsAmong(messages: readonly MessageKey[]) {
    return messages.flatMap((key) =>
      this.#db.posts.where("message", keyOf(key.chat, key.message)).map(({ buy }) => ({ ...messageOf(key), buy })),
    );
  }

  async statementsAmong(messages: readonly MessageKey[]) {
    return messages.flatMap((key) =>
      this.#db.statements
        .where("message", keyOf(key.chat, key.message))
        .map(({ buy, person }) => ({ ...messageOf(key), buy, person })),
    );
  }

  async addStatements(statements: readonly NewStatement[]) {
    // Where a message and an edit of it come together, the one that knows the first text wins.
    const known = [...statements].sort((a, b) => Number(a.text !== undefined) - Number(b.text !== undefined));
    const rows = [...new Map(known.map((row) => [keyOf(row.buy, row.chat, row.message), row]))];
    return rows.map(([key, row]) => {
      const before = this.#db.statements.get(key);
      const now = this.#receivedAt(row);
      const textAt = before?.textAt ?? (row.text === undefined ? undefined : now);
      const after: StatementRow = before
        ? { ...before, text: before.text ?? row.text, textAt }
        : { ...row, receivedAt: now, textAt };
      this.#db.statements.put(after);
      return { ...messageOf(row), buy: row.buy, receivedAt: textAt ?? after.receivedAt };
    });
  }

  async addEdits(edits: readonly NewEdit[]) {
    const inOrder = [...edits].sort((one, other) => one.order - other.order);
    const rows = new Map(inOrder.map((row) => [keyOf(row.buy, row.chat, row.message, row.at.getTime()), row]));
    return [...rows].flatMap(([key, row]) => {
      const before = this.#db.edits.get(key);
      if (before && before.order > row.order) return [];
      this.#db.edits.put(
        before ? { ...before, text: row.text, order: row.order } : { ...row, receivedAt: this.#receivedAt(row) },
      );
      return before ? [] : [{ ...messageOf(row), buy: row.buy }];
    });
  }

  async addRecalls(recalls: readonly NewRecall[]) {
    return recalls.flatMap((recall) => {
      if (this.#db.recalls.get(keyOf(recall.chat, recall.message))) return [];
      this.#db.recalls.put({ ...recall, receivedAt: this.#receivedAt(recall) });
      return [messageOf(recall)];
    });
  }

  #receivedAt({ closedAt }: { readonly closedAt?: Date | undefined }): Date {
    const now = this.#db.now();
    return closedAt && closedAt > now ? closedAt : now;
  }

  async lockOrders(): Promise<void> {}

  async statementsOf(orders: readonly OrderKey[]) {
    return orders.flatMap(({ buy, person }) =>
      this.#db.statements.where("order", keyOf(buy, person)).map((row) => this.#toStatement(row)),
    );
  }

  async statementsOfBuy(_community: string, buy: string, knownBefore?: Date): Promise<readonly Statement[]> {
    const rows = this.#db.statements.where("buy", buy);
    if (!knownBefore) return rows.map((row) => this.#toStatement(row));
    return rows
      .filter(({ receivedAt, acceptedAt }) => receivedAt < knownBefore || acceptedAt)
      .map((row) =>
        this.#toStatement(row, (at) => at < knownBefore || (row.acceptedAt !== undefined && at <= row.acceptedAt)),
      );
  }

  async linesOf(orders: readonly OrderKey[]) {
    return orders.flatMap(({ buy, person }) => this.#db.lines.where("order", keyOf(buy, person)));
  }

  async linesOfBuy(_community: string, buy: string): Promise<readonly Line[]> {
    return this.#db.lines.where("buy", buy).map(toLine);
  }

  async statementsOfBuys(buys: readonly BuyKey[]) {
    return this.#ofEach(buys, ({ community, id }) => this.statementsOfBuy(community, id));
  }

  async linesOfBuys(buys: readonly BuyKey[]) {
    return this.#ofEach(buys, ({ community, id }) => this.linesOfBuy(community, id));
  }

  async #ofEach<T>(buys: readonly BuyKey[], of: (buy: BuyKey) => Promise<readonly T[]>) {
    const found = new Map<string, readonly T[]>();
    for (const buy of buys) {
      const rows = await of(buy);
      if (rows.length > 0) found.set(buy.id, rows);
    }
    return found;
  }

  async saveLines({ saved, dropped, tallies }: LineChanges): Promise<void> {
    const { lines, tallies: sums } = this.#db;
    for (const line of dropped) lines.delete(lineKey(line));
    for (const { buy, ...line } of saved) lines.put({ buy, ...toLine(line) });
    for (const { buy, item, booked, waitlisted, people } of tallies) {
      const sum = sums.get(keyOf(buy, item));
      if (!sum) throw new Error("An item has no tally: they are made with the buy.");
      sums.put({
        ...{ buy, item, booked: sum.booked + booked, waitlisted: sum.waitlisted + waitlisted },
        ...{ people: sum.people + people, changedAt: this.#db.now() },
      });
    }
  }

  async noteSoldOut(community: string, buy: string): Promise<void> {
    if (this.#db.timers.where("buy", buy).some(({ kind }) => kind === "sold-out")) return;
    this.#db.timers.put({
      ...{ community, id: this.#db.clock.newId(), buy, kind: "sold-out", ref: "" },
      ...{ dueAt: this.#db.now(), attempts: 0, state: "pending" },
    });
  }

  async setCoupled(_community: string, buy: string): Promise<void> {
    const row = this.#db.buys.get(buy);
    if (row && !row.coupled) this.#db.buys.put({ ...row, coupled: true });
  }

  async addNotices(notices: readonly Notice[]): Promise<void> {
    for (const { cause, person, ...notice } of notices) {
      addOutgoing(this.#db, { ...notice, buy: notice.buy ?? undefined, person, cause: `${cause}:${person}`, part: 1 });
    }
  }

  async namesOf(people: readonly PersonKey[]): Promise<ReadonlyMap<string, string>> {
    return namesOf(
      this.#db,
      people.map(({ person }) => person),
    );
  }

  async leadersAt(community: string, chat: string, buy: string | null): Promise<readonly LeaderAt[]> {
    const offered = buy === null ? [] : (this.#db.buys.get(buy)?.chats ?? []);
    const groups = this.#db.chats.all().filter((each) => each.community === community && each.kind === "group");
    const told = this.#db.identities.where("community", community).flatMap(({ person, platform }): LeaderAt[] => {
      const { role, language } = this.#db.people.get(person)!;
      const there = groups.filter((each) => each.platform === platform);
      const at = there.find(({ id }) => id === chat) ?? there.find(({ id }) => offered.includes(id)) ?? there[0];
      if (!at || (role !== "leader" && role !== "owner")) return [];
      return [{ person, platform, chat: at.id, language: language ?? placeOf(this.#db, at.id)!.community.language }];
    });
    return [...new Map(told.map((each) => [keyOf(each.person, each.platform), each])).values()];
  }

  async rowsOf(community: string, buy: string): Promise<Rows> {
    return {
      lines: await this.linesOfBuy(community, buy),
      sums: sumsOf(this.#db, buy),
      people: [...new Set(this.#db.statements.where("buy", buy).map(({ person }) => person))],
    };
  }

  async replaceRows({ id: buy }: Buy, { lines, sums }: Rows): Promise<void> {
    for (const line of this.#db.lines.where("buy", buy)) this.#db.lines.delete(lineKey(line));
    for (const line of lines) this.#db.lines.put({ ...toLine(line), buy });
    for (const { item } of this.#db.tallies.where("buy", buy)) this.#db.tallies.delete(keyOf(buy, item));
    const whole = { item: 0, quantity: 0, waitlisted: 0, people: sums.people };
    for (const { quantity: booked, ...sum } of [whole, ...sums.items.map((each) => ({ ...each, people: 0 }))]) {
      this.#db.tallies.put({ ...sum, buy, booked, changedAt: this.#db.now() });
    }
  }

  /** @param isKnown  whether what was stored at an instant counts */
  #toStatement(row: StatementRow, isKnown: (at: Date) => boolean = () => true): Statement & { readonly buy: string } {
    const { buy, chat, message, position, person, name, saidAt, textAt } = row;
    const text = textAt && (row.acceptedAt || isKnown(textAt)) ? row.text : undefined;
    const edits = this.#db.edits
      .where("statement", keyOf(buy, chat, message))
      .filter(({ receivedAt }) => isKnown(receivedAt))
      .map(({ at, text: changed }) => ({ at, text: changed }))
      .sort((one, other) => one.at.getTime() - other.at.getTime());
    const recall = this.#db.recalls.get(keyOf(chat, message));
    return {
      ...{ buy, chat, id: message, position, person, name, saidAt },
      versions: text === undefined ? edits : [{ at: saidAt, text }, ...edits],
      ...(recall && isKnown(recall.receivedAt) && { recalledAt: recall.at }),
      ...(row.reply && { reply: true }),
      ...(row.leader && { leader: true }),
      ...(row.acceptedAt && { accepted: true }),
    };
  }
}

/** What all have together. */
export function sumsOf(db: MemoryDatabase, buy: string): Sums {
  const sums = db.tallies.where("buy", buy).sort((one, other) => one.item - other.item);
  return {
    items: sums
      .filter(({ item }) => item > 0)
      .map(({ item, booked, waitlisted }) => ({ item, quantity: booked, waitlisted })),
    people: sums.find(({ item }) => item === 0)?.people ?? 0,
  };
}

/** A row without what only the database knows. */
export function toBuy({ draftedAt: _, openedAt: __, topics: ___, ...buy }: BuyRow): Buy {
  return buy;
}

/** A row as the port has it. */
export function toLine({ person, for: whom, item, option, quantity, waitlisted, note }: Line): Line {
  return { person, for: whom, item, option, quantity, waitlisted, ...(note !== undefined && { note }) };
}

function lineKey(line: Line & Pick<LineRow, "buy">): string {
  return keyOf(line.buy, line.person, line.for, line.item, line.option);
}

function messageOf({ community, chat, message }: MessageKey): MessageKey {
  return { community, chat, message };
}
