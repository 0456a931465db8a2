import type { TextIn } from "../../../bot/ports.ts";
import { withClient } from "../../support/shared-database.ts";

/** How many chats, each a community of its own with one open buy, and how many items and people in each. */
export interface Neighbourhood {
  readonly chats: number;
  readonly items: number;
  /** In each chat. */
  readonly people: number;
}

/** People in all chats together, as many for each figure. */
export const PEOPLE = 25_600;

const FRUIT = [
  ...["apples", "pears", "plums", "grapes", "mangoes", "peaches", "lemons", "limes", "oranges", "kiwis"],
  ...["bananas", "melons", "cherries", "figs", "dates", "guavas", "papayas", "lychees", "apricots", "pomelos"],
];

/** Statements of former buys where nothing is said about them: tables that have never held a row are planned for otherwise. */
const A_LITTLE = 20_000;

/** As many items as there are of any kind. */
export const MANY_ITEMS = FRUIT.length;

/** Makes chats, people and open buys, as if they had been there for long. */
export async function settle(url: string, { chats, items, people }: Neighbourhood): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('TRUNCATE community, address, statement, statement_edit, recall, line, tally, "order" CASCADE');
    const run = (sql: string, ...values: unknown[]) => client.query(sql, values);
    await run(
      `INSERT INTO community (id, name, zone, language, currency, "lastBuyNo")
       SELECT ${uuid("c")}, 'Court ' || c, 'Asia/Shanghai', 'en', 'USD', 1 FROM generate_series(1, $1::int) c`,
      chats,
    );
    await run(
      `INSERT INTO chat ("communityId", id, platform, kind, title)
       SELECT ${uuid("c")}, ${uuid("c")}, 'bench', 'group', 'Court ' || c FROM generate_series(1, $1::int) c`,
      chats,
    );
    await run(
      `INSERT INTO address (platform, "externalId", "communityId", "chatId")
       SELECT 'bench', 'g' || c, ${uuid("c")}, ${uuid("c")} FROM generate_series(1, $1::int) c`,
      chats,
    );
    await run(
      `INSERT INTO person ("communityId", id, name)
       SELECT ${uuid("c")}, ${uuid("p")}, 'Neighbour ' || p
         FROM generate_series(1, $1::int) c, generate_series(1, $2::int) p`,
      chats,
      people,
    );
    await run(
      `INSERT INTO identity ("communityId", platform, "externalId", "personId", name)
       SELECT ${uuid("c")}, 'bench', 'u' || p, ${uuid("p")}, 'Neighbour ' || p
         FROM generate_series(1, $1::int) c, generate_series(1, $2::int) p`,
      chats,
      people,
    );
    await run(
      `INSERT INTO buy ("communityId", id, no, status, title, text, currency, language, "leaderId", "draftedAt", "openedAt")
       SELECT ${uuid("c")}, ${uuid("c")}, 1, 'open', 'Fruit', '', 'USD', 'en', ${uuid("1")}, now() - interval '1 day',
              now() - interval '1 day'
         FROM generate_series(1, $1::int) c`,
      chats,
    );
    await run(
      `INSERT INTO buy_chat ("communityId", "buyId", "chatId")
       SELECT ${uuid("c")}, ${uuid("c")}, ${uuid("c")} FROM generate_series(1, $1::int) c`,
      chats,
    );
    await run(
      `INSERT INTO post ("communityId", "buyId", "chatId", "messageId", kind, shown, "shownAt")
       SELECT ${uuid("c")}, ${uuid("c")}, ${uuid("c")}, 'post', 'live', 'open:1:', now() + interval '1 minute' FROM generate_series(1, $1::int) c`,
      chats,
    );
    await run(
      `INSERT INTO item ("communityId", "buyId", no, name, unit, aliases, options, price)
       SELECT ${uuid("c")}, ${uuid("c")}, i, ($2::text[])[i], 'kg', '{}', '{}', 500
         FROM generate_series(1, $1::int) c, generate_series(1, $3::int) i`,
      chats,
      FRUIT,
      items,
    );
    await run(
      `INSERT INTO tally ("communityId", "buyId", "itemNo")
       SELECT ${uuid("c")}, ${uuid("c")}, i FROM generate_series(1, $1::int) c, generate_series(0, $2::int) i`,
      chats,
      items,
    );
    await client.query("VACUUM ANALYZE");
  });
  await fillHistory(url, A_LITTLE);
}

/**
 * Fills the tables with what was said in former buys of the same chats, a hundred statements to a buy.
 *
 * @returns what there is now, in words
 */
export async function fillHistory(url: string, statements: number): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ chats: number }>("SELECT count(*)::int AS chats FROM chat");
    const chats = rows[0]!.chats;
    const former =
      "SELECT n, 1 + n % $2::int AS c, (1000000 + n / 100)::int AS b, (1 + n % 100)::int AS p FROM generate_series(1, $1::int) n";
    await client.query(
      `INSERT INTO statement ("communityId", "buyId", "chatId", "messageId", position, "personId", name, "saidAt", text)
       SELECT ${uuid("c")}, ${uuid("b")}, ${uuid("c")}, 'old' || n, n, ${uuid("p")}, 'Neighbour ' || p,
              now() - interval '30 days', '+2 apples' FROM (${former}) f ON CONFLICT DO NOTHING`,
      [statements, chats],
    );
    await client.query(
      `INSERT INTO line ("communityId", "buyId", "personId", "itemNo", quantity)
       SELECT ${uuid("c")}, ${uuid("b")}, ${uuid("p")}, 1, 2000 FROM (${former}) f WHERE n % 5 < 3 ON CONFLICT DO NOTHING`,
      [statements, chats],
    );
    await client.query("VACUUM ANALYZE statement, line");
    await client.query("CHECKPOINT");
    const { rows: found } = await client.query<{ words: string }>(
      `SELECT (SELECT count(*) FROM statement) || ' statements and ' || (SELECT count(*) FROM line) || ' lines, ' ||
              pg_size_pretty(pg_database_size(current_database())) AS words`,
    );
    return found[0]!.words;
  });
}

/** Forgets every order of the open buys; chats, people and buys stay, and so do former buys. */
export async function clearOrders(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (const table of ["statement", "line"]) {
      await client.query(
        `DELETE FROM ${table} t USING buy b WHERE b."communityId" = t."communityId" AND b.id = t."buyId"`,
      );
    }
    await client.query("UPDATE tally SET booked = 0, waitlisted = 0, people = 0");
    await client.query("VACUUM ANALYZE tally, statement, line");
    await client.query("CHECKPOINT"); // so that no round pays for the one before it
  });
}

/** Orders of random people for random items in random chats, each a message of its own. */
export function orders({ chats, items, people }: Neighbourhood): () => TextIn {
  let count = 0;
  return () => {
    const chat = 1 + Math.floor(Math.random() * chats);
    const person = 1 + Math.floor(Math.random() * people);
    const item = FRUIT[Math.floor(Math.random() * items)];
    count += 1;
    return {
      type: "text",
      platform: "bench",
      chat: { id: `g${chat}`, kind: "group", title: `Court ${chat}` },
      id: `m${count}`,
      position: count,
      sender: { id: `u${person}`, name: `Neighbour ${person}` },
      text: `+2 ${item}`,
      sentAt: new Date(),
    };
  };
}

/** SQL of the id that stands for a number, by the expression that has it. */
export function uuid(expression: string): string {
  return `lpad(to_hex(${expression}), 32, '0')::uuid`;
}

/** The same in JavaScript. */
export function uuidOf(number: number): string {
  const hex = number.toString(16).padStart(32, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
