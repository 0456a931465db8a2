import type { Client } from "pg";
import { expect } from "vitest";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import type { FakeGroup, FakeTelegram } from "../support/fake-telegram/index.ts";
import { startApp } from "./app.ts";
import type { Campaign } from "./campaign.ts";

/** How long a buy may take that Plusone is killed under again and again. */
const PATIENCE_MS = 600_000;

/** A buy in a group of its own, and how much of its apples people should have in the end. */
interface Played {
  readonly group: FakeGroup;
  readonly expected: Map<string, number>;
}

/** How a buy ends that its leader does not close: what its announcement says of it, and what brings it about in the end. */
export interface End {
  readonly announced: string;
  /** Some order by a button, too, for which Telegram gives no date. */
  readonly presses?: true;
  readonly come: (group: FakeGroup) => Promise<void>;
}

/** Groups in which a buy is opened, ordered from and closed, whatever happens to Plusone meanwhile. */
export class Traffic {
  readonly played: Played[] = [];
  readonly #telegram: FakeTelegram;
  readonly #campaign: Campaign;
  readonly #underWay: Promise<void>[] = [];
  #orders = 0;

  constructor(telegram: FakeTelegram, campaign: Campaign) {
    this.#telegram = telegram;
    this.#campaign = campaign;
  }

  /** Begins a buy with so many orders. Its leader closes it, if it has no other end. */
  flow(orders: number, end?: End): this {
    const playing = this.#play(orders, end);
    playing.catch(() => undefined); // `ended` tells
    this.#underWay.push(playing);
    return this;
  }

  /** Waits until all has been said and confirmed. @returns how many orders there were */
  async ended(): Promise<number> {
    await Promise.all(this.#underWay);
    return this.#orders;
  }

  async #play(orders: number, end: End | undefined): Promise<void> {
    const group = this.#telegram.group(`Group ${this.played.length}`);
    const expected = new Map<string, number>();
    this.played.push({ group, expected });
    const lin = group.user("Lin", { status: "creator" });
    const people = ["Ada", "Ben", "Cho"].map((name) => group.user(name));
    await (await lin.says(`/open Apples $5/kg${end?.announced ?? ""}`)).confirmed;
    await (await lin.says("ok")).confirmed;
    if (end?.presses) {
      const post = await group.hears("🟢");
      const pressed = await people[0]!.presses(post, "+1");
      await pressed.confirmed;
      // Said right after it: whatever the clock of Plusone's machine says, it counts after the press.
      await (await people[0]!.says("make it 3 apples")).confirmed;
      await (await people[0]!.presses(post, "+1")).confirmed;
      expected.set("Ada", 4);
      this.#orders += 3;
    }
    // Said together: whatever Plusone has taken of them when it dies comes again.
    const said = [];
    for (let order = 0; order < orders; order += 1) {
      const person = people[this.#campaign.chance(people.length)]!;
      const count = 1 + this.#campaign.chance(5);
      const message = await person.says(`+${count} apples`);
      said.push(message.confirmed);
      const isChanged = this.#campaign.chance(4) === 0;
      if (isChanged) said.push((await person.edits(message, `+${count + 1} apples`)).confirmed);
      const name = person.person.first_name;
      expected.set(name, (expected.get(name) ?? 0) + count + (isChanged ? 1 : 0));
      this.#orders += 1;
    }
    await Promise.all(said);
    if (end) await end.come(group);
    else await (await lin.says("/close")).confirmed;
  }
}

/** What the database has, beside what was said and what the groups show. */
export async function compareChats(databaseUrl: string, { played }: Traffic): Promise<Record<string, number>> {
  return withClient(databaseUrl, async (client) => {
    await eventually(
      "every buy is closed and every message has gone out, or is in doubt",
      async () => (await unfinished(client)).length === 0,
      PATIENCE_MS,
    ).catch(async (error: Error) => {
      throw new Error(`${error.message}; left are:\n${(await unfinished(client)).join("\n")}`);
    });
    const { rows: buys } = await client.query<{ group: string; early: boolean; messages: Sent[]; orders: Order[] }>(
      `SELECT a."externalId" AS "group", b."closedAt" < coalesce(b."closesAt", b."endedAt") AS early,
              (SELECT coalesce(json_agg(json_build_object('kind', o.kind, 'state', o.state, 'message', o."messageId")), '[]')
                 FROM outgoing o WHERE o."buyId" = b.id AND o."personId" IS NULL) AS messages,
              (SELECT coalesce(json_agg(json_build_object('name', p.name, 'quantity', l.quantity)), '[]')
                 FROM line l JOIN person p ON p."communityId" = l."communityId" AND p.id = l."personId"
                WHERE l."buyId" = b.id) AS orders
         FROM buy b JOIN buy_chat c ON c."communityId" = b."communityId" AND c."buyId" = b.id
         JOIN address a ON a."communityId" = c."communityId" AND a."chatId" = c."chatId"`,
    );
    const figures = { buys: buys.length, lost: 0, doubled: 0, missed: 0, early: 0, "in doubt": 0, "posts behind": 0 };
    // What a process noted when it died is found by the sweep of the next.
    const isKnown = (group: FakeGroup, id: string) =>
      buys.some(
        (buy) =>
          buy.group === group.id && buy.messages.some(({ state, message }) => state === "sent" && message === id),
      );
    const isBehind = ({ group }: Played) =>
      group.botMessages().some(({ id, text }) => text.includes("🟢") && isKnown(group, String(id)));
    await eventually("every post says that its buy is closed", () => !played.some(isBehind), 150_000).catch(() => {
      figures["posts behind"] = played.filter(isBehind).length;
    });
    for (const { group, expected } of played) {
      const [buy, ...others] = buys.filter((each) => each.group === group.id);
      figures.doubled += others.length;
      if (!buy) {
        figures.missed += 1;
        continue;
      }
      if (buy.early) figures.early += 1;
      for (const [name, count] of expected) {
        const has = buy.orders.filter((order) => order.name === name).reduce((sum, { quantity }) => sum + quantity, 0);
        figures.lost += Math.max(0, count - has / 1000);
        figures.doubled += Math.max(0, has / 1000 - count);
      }
      const shown = group.botMessages().map(({ id }) => String(id));
      figures.doubled += Math.max(0, shown.length - buy.messages.length);
      figures.missed += buy.messages.filter(({ kind }) => kind === "final-list").length === 0 ? 1 : 0;
      for (const { state, message } of buy.messages) {
        if (state === "maybe") figures["in doubt"] += 1;
        else if (state !== "sent" || !message || !shown.includes(message)) figures.missed += 1;
      }
    }
    return figures;
  });
}

/** Lets Plusone run undisturbed until all is done that began under fire, and compares. */
export async function finish(traffic: Traffic, settings: Readonly<Record<string, string>>, database: string) {
  const app = startApp(settings);
  await app.ready();
  const orders = await traffic.ended();
  const figures = await compareChats(database, traffic);
  expect(await app.end("SIGTERM")).toBe(0);
  return { orders, ...figures };
}

/** Buys that are open and messages that have not gone out, each in a line, with the timers of the buys. */
async function unfinished(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ row: string }>(
    `SELECT 'buy ' || row_to_json(b) || coalesce(' timers ' || (SELECT json_agg(t) FROM timer t WHERE t."buyId" = b.id), '') AS row
       FROM buy b WHERE b.status <> 'closed'
      UNION ALL
     SELECT 'message ' || row_to_json(o) FROM outgoing o WHERE o.state IN ('pending', 'sending')`,
  );
  return rows.map(({ row }) => row);
}

interface Sent {
  readonly kind: string;
  readonly state: string;
  readonly message: string | null;
}

interface Order {
  readonly name: string;
  readonly quantity: number;
}
