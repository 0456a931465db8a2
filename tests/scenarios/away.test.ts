import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { TextIn } from "../../bot/ports.ts";
import { type Embedded, startEmbedded } from "../../prisma/embedded/index.ts";
import { migrate } from "../../prisma/migrate.ts";
import { botProcess } from "../support/bot-process.ts";
import { copyDataFolder, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { childrenOf } from "../support/processes.ts";
import { ownFolder } from "../support/scenario.ts";
import { NOON, openBuy } from "../support/standing-buy.ts";

const log = pino({ level: "silent" });

test("while PostgreSQL is away, what nobody sends again is in the spool: it survives kill -9, torn or not, and is booked once", async () => {
  const { folder, database } = await ownServer();
  const home = ownFolder();
  const spool = join(home, "spool.jsonl");
  const first = await botProcess(database.url, home, { resends: false });
  await first.deliver([order(1, "Ada")]);

  await database.stop();
  await first.deliver([order(2, "Ben")]); // done: it is on the disk
  await Promise.all([first.deliver([order(3, "Cai")]), first.deliver([order(4, "Dov"), order(1, "Ada")])]);
  first.child.kill("SIGKILL");
  const kept = readFileSync(spool, "utf8").trim().split("\n").length;
  appendFileSync(spool, JSON.stringify(order(5, "Eva")).slice(0, -9)); // the crash came before it was done

  const again = await server(folder);
  const second = await botProcess(again.url, home, { resends: false });
  await eventually("the spool is empty", () => statSync(spool).size === 0);
  await second.deliver([order(6, "Fay")]);
  await second.stop();

  expect(kept).toBe(4);
  expect(await booked(again.url)).toEqual(["Ada 2000", "Ben 2000", "Cai 2000", "Dov 2000", "Fay 2000"]);
});

test("orders for a bot whose PostgreSQL hangs, or is stopped and started again, wait unconfirmed and are booked once", async () => {
  const { folder, database } = await ownServer();
  const impatient = `${database.url}?query_timeout=2000`; // instead of the pool's 12 s, as an operator may
  const bot = await botProcess(impatient, ownFolder());
  await bot.deliver([order(1, "Ada")]);

  const hung = [database.pid, ...childrenOf(database.pid)];
  const goOn = () => {
    for (const pid of hung.splice(0)) process.kill(pid, "SIGCONT");
  };
  onTestFinished(goOn);
  for (const pid of hung) process.kill(pid, "SIGSTOP");
  let isDone = false;
  const delivered = bot.deliver([order(2, "Ben"), order(3, "Cai")]).then(() => {
    isDone = true;
  });
  await eventually("it is told", () => /database not reachable/.test(bot.logged()));
  const wasDone = isDone;
  goOn();
  await delivered;
  await bot.deliver([order(2, "Ben")]);
  expect(wasDone).toBe(false);
  expect(await booked(database.url)).toEqual(["Ada 2000", "Ben 2000", "Cai 2000"]);

  // Under load.
  let confirmed = 0;
  const deliver = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      bot.deliver([order(from + index, `P${from + index}`)]).then(() => {
        confirmed += 1;
      }),
    );

  const before = deliver(101, 300);
  await eventually("some are stored", () => confirmed > 0);
  await database.stop();
  const told = bot.logged().length;
  const meanwhile = deliver(401, 100);
  await eventually("it is told", () => /database not reachable/.test(bot.logged().slice(told)));
  const early = confirmed;
  const again = await server(folder);
  await Promise.all([...before, ...meanwhile]);
  await bot.stop();

  expect(early).toBeLessThanOrEqual(300);
  const all = await booked(again.url);
  expect(all.length).toBe(3 + 400);
  expect(new Set(all.map((row) => row.split(" ")[1]))).toEqual(new Set(["2000"]));
});

/** A PostgreSQL for this test alone, with a buy that is open. */
async function ownServer(): Promise<{ folder: string; database: Embedded }> {
  const folder = ownFolder();
  await copyDataFolder(folder);
  const database = await server(folder);
  await migrate({ url: database.url, log });
  await openBuy(database.url);
  return { folder, database };
}

async function server(folder: string): Promise<Embedded> {
  const database = await startEmbedded({ folder, log });
  onTestFinished(() => database.stop());
  return database;
}

function order(number: number, name: string): TextIn {
  return {
    ...{ type: "text", platform: "fake", chat: { id: "g", kind: "group", title: "Garden Court" } },
    ...{ id: `m${number}`, position: number, sender: { id: name, name }, text: "+2 apples" },
    sentAt: new Date(NOON.getTime() + number * 1000),
  };
}

async function booked(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ row: string }>(
      `SELECT p.name || ' ' || l.quantity AS row FROM line l
         JOIN person p ON p."communityId" = l."communityId" AND p.id = l."personId" ORDER BY 1`,
    );
    return rows.map(({ row }) => row);
  });
}
