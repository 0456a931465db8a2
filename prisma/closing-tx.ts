import type { Clock } from "../bot/ports.ts";
import type { AuditEntry, Buy, ChangeTx, ClosingTx, NewOutgoing, NewTimer, PersonKey, Place } from "../bot/store.ts";
import type { Entry } from "../core/accounts.ts";
import type { Money } from "../core/money.ts";
import { columns, grouped, type Sql } from "./ledger-tx.ts";
import { addOutgoing } from "./outgoing.ts";
import { balancesOf, lockBalances } from "./payments.ts";
import { placesOf } from "./people.ts";

/** What closings change: many buys at once, as multi-row SQL, one statement a call. Commands use it too. */
export class SqlClosingTx implements ClosingTx {
  readonly ledger: ChangeTx["ledger"];
  readonly #sql: Sql;
  readonly #clock: Clock;

  constructor(sql: Sql, clock: Clock, ledger: ChangeTx["ledger"]) {
    this.#sql = sql;
    this.#clock = clock;
    this.ledger = ledger;
  }

  async now(): Promise<Date> {
    const [row] = (await this.#sql("now", "SELECT clock_timestamp() AS at", [])) as [{ at: Date }];
    return row.at;
  }

  async closeBuys(closings: Parameters<ChangeTx["closeBuys"]>[0]): Promise<void> {
    const rows = closings.map(({ buy: { community, id }, status, closedAt, cause }) => {
      return { community, id, status, closedAt: closedAt.toISOString(), cause };
    });
    await this.#sql(
      "close-buys",
      `WITH closed AS (
         UPDATE buy SET status = c.status::"BuyStatus", "closedAt" = c.at, version = version + 1
           FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[]) AS c(community, id, status, at, cause)
          WHERE buy."communityId" = c.community AND buy.id = c.id
         RETURNING c.*)
       INSERT INTO audit ("communityId", id, verb, "buyId", source)
       SELECT community, gen_random_uuid(), 'buy-' || status, id, cause FROM closed`,
      columns(rows, { community: "id", id: "id", status: "plain", closedAt: "plain", cause: "text" }),
    );
  }

  async setTimers(timers: readonly NewTimer[]): Promise<void> {
    if (timers.length === 0) return;
    const rows = timers.map(({ buy, kind, ref = "", dueAt }) => ({
      community: buy.community,
      id: this.#clock.newId(),
      buy: buy.id,
      kind,
      ref,
      dueAt: dueAt.toISOString(),
    }));
    await this.#sql(
      "set-timers",
      `WITH wanted AS (SELECT w.*, found.id AS pending
                         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
                                AS w(community, id, buy, kind, ref, due)
                         LEFT JOIN LATERAL
                              (SELECT t.id FROM timer t WHERE t."communityId" = w.community AND t."buyId" = w.buy
                                  AND t.kind = w.kind AND t.ref = w.ref AND t.state = 'pending' OFFSET 0) AS found ON true),
            moved AS (UPDATE timer t SET "dueAt" = w.due, attempts = 0, error = NULL FROM wanted w
                       WHERE t."communityId" = w.community AND t.id = w.pending AND t.state = 'pending' RETURNING w.id)
       INSERT INTO timer ("communityId", id, "buyId", kind, ref, "dueAt")
       SELECT w.community, w.id, w.buy, w.kind, w.ref, w.due FROM wanted w WHERE w.id NOT IN (SELECT id FROM moved)`,
      columns(rows, { community: "id", id: "id", buy: "id", kind: "text", ref: "text", dueAt: "plain" }),
    );
  }

  async postpone(timers: Parameters<ChangeTx["postpone"]>[0]): Promise<void> {
    if (timers.length === 0) return;
    const rows = timers.map(({ timer, dueAt }) => ({ ...timer, dueAt: dueAt.toISOString() }));
    await this.#sql(
      "postpone",
      `UPDATE timer SET state = 'pending', "doneAt" = NULL, "dueAt" = w.due
         FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS w(community, id, due)
        WHERE timer."communityId" = w.community AND timer.id = w.id`,
      columns(rows, { community: "id", id: "id", dueAt: "plain" }),
    );
  }

  namesOf(people: readonly PersonKey[]): Promise<ReadonlyMap<string, string>> {
    return this.ledger.namesOf(people);
  }

  placesOf(...which: Parameters<ClosingTx["placesOf"]>): Promise<ReadonlyMap<string, readonly Place[]>> {
    return placesOf(this.#sql, ...which);
  }

  entriesOf(buys: readonly Pick<Buy, "community" | "id">[]): Promise<ReadonlyMap<string, readonly Entry[]>> {
    return entriesOf(this.#sql, buys);
  }

  async addEntries(buy: Buy, entries: readonly Entry[]): Promise<void> {
    const rows = entries.map(({ person = null, item = null, kind, amount, reason, problem = null, author, at }) => ({
      ...{ community: buy.community, id: this.#clock.newId(), buy: buy.id, person, item, kind, amount, reason, author },
      problem,
      at: at.toISOString(),
    }));
    await this.#sql(
      "add-entries",
      `INSERT INTO entry ("communityId", id, "buyId", "personId", "itemNo", kind, amount, reason, "problemId", "authorId", at)
       SELECT e.community, e.id, e.buy, e.person, e.item, e.kind::"EntryKind", e.amount, e.reason, e.problem, e.author, e.at
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::bigint[], $8::text[],
                     $9::uuid[], $10::uuid[], $11::timestamptz[])
           AS e(community, id, buy, person, item, kind, amount, reason, problem, author, at)`,
      columns(rows, {
        ...{ community: "id", id: "id", buy: "id", person: "text", item: "text", kind: "plain", amount: "plain" },
        ...{ reason: "text", problem: "text", author: "id", at: "plain" },
      }),
    );
  }

  balancesOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, Money>> {
    return balancesOf(this.#sql, buys);
  }

  lockBalances(buys: readonly Buy[]): Promise<ReadonlyMap<string, Money>> {
    return lockBalances(this.#sql, buys);
  }

  addOutgoing(...messages: readonly NewOutgoing[]): Promise<void> {
    return addOutgoing(this.#sql, messages);
  }

  async audit(...entries: readonly AuditEntry[]): Promise<void> {
    const rows = entries.map((entry) => ({
      ...entry,
      id: this.#clock.newId(),
      before: entry.before ? JSON.stringify(entry.before) : null,
      after: entry.after ? JSON.stringify(entry.after) : null,
      actor: entry.actor ?? null,
      buy: entry.buy ?? null,
      source: entry.source ?? null,
    }));
    await this.#sql(
      "audit",
      `INSERT INTO audit ("communityId", id, "actorId", verb, "buyId", source, before, after)
       SELECT a.community, a.id, a.actor, a.verb, a.buy, a.source, a.before::jsonb, a.after::jsonb
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[])
           AS a(community, id, actor, verb, buy, source, before, after)`,
      columns(rows, {
        ...{ community: "id", id: "id", actor: "text", verb: "text", buy: "text", source: "text" },
        ...{ before: "text", after: "text" },
      }),
    );
  }
}

interface EntryRow {
  readonly buy: string;
  readonly person: string | null;
  readonly item: number | null;
  readonly kind: Entry["kind"];
  readonly amount: string;
  readonly reason: string;
  readonly problem: string | null;
  readonly author: string;
  readonly at: Date;
}

/** By buy: its entries, in the order in which they were made. */
export async function entriesOf(
  sql: Sql,
  buys: readonly Pick<Buy, "community" | "id">[],
): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const rows = (await sql(
    "entries-of",
    `SELECT e."buyId" AS buy, e."personId" AS person, e."itemNo" AS item, e.kind::text AS kind, e.amount::text AS amount,
            e.reason, e."problemId" AS problem, e."authorId" AS author, e.at
       FROM entry e WHERE (e."communityId", e."buyId") IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
      ORDER BY e.at, e.id`,
    columns(buys, { community: "id", id: "id" }),
  )) as EntryRow[];
  return grouped(
    rows,
    (row) => row.buy,
    ({ person, item, kind, amount, reason, problem, author, at }) => ({
      ...{ kind, amount: Number(amount), reason, author, at },
      ...(person !== null && { person }),
      ...(item !== null && { item }),
      ...(problem !== null && { problem }),
    }),
  );
}
