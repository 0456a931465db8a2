import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, test } from "vitest";
import type { Running } from "../../bot/main.ts";
import { packageRoot } from "../../bot/package-root.ts";
import { BenchChat } from "./ledger/chat.ts";
import { saturate } from "./ledger/load.ts";
import { clearOrders, MANY_ITEMS, type Neighbourhood, orders, PEOPLE, settle } from "./ledger/neighbourhood.ts";
import { openObvious } from "./ledger/obvious.ts";
import { CLIENTS, hasPgbench, pgbench } from "./ledger/pgbench.ts";
import { type BenchServer, startServer } from "./ledger/server.ts";
import { report, spread } from "./measure.ts";

/** Messages that wait for their commit at any moment. */
const IN_FLIGHT = 1_024;
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 3);

let server: BenchServer;
let ours: string;
let theirs: string;
beforeAll(async () => {
  server = await startServer();
  ours = await server.database("plusone");
  theirs = await server.database("pgbench");
});
afterAll(() => server?.stop());

const figures: readonly (Neighbourhood & { readonly name: string })[] = [1, 16, 256].flatMap((chats) => [
  { name: `${chats} chats, one item`, chats, items: 1, people: PEOPLE / chats },
  { name: `${chats} chats, ${MANY_ITEMS} items`, chats, items: MANY_ITEMS, people: PEOPLE / chats },
]);

for (const figure of figures) {
  test(`stored orders per second: ${figure.name}`, async () => {
    const isThere = await hasPgbench();
    await Promise.all([settle(ours, figure), settle(theirs, figure)]);
    const { chat, plusone } = await started(ours);
    const rates = {
      plusone: [] as number[],
      transaction: [] as number[],
      statement: [] as number[],
      obvious: [] as number[],
    };
    for (let round = 0; round <= ROUNDS; round++) {
      const isWarm = round > 0;
      const keep = (list: number[], rate: number) => isWarm && list.push(rate);
      const seconds = isWarm ? SECONDS : 1;
      if (isThere) {
        await clearOrders(theirs);
        keep(rates.transaction, await pgbench(theirs, figure, seconds, "transaction"));
        await clearOrders(theirs);
        keep(rates.statement, await pgbench(theirs, figure, seconds, "one-statement"));
      }
      await clearOrders(ours);
      keep(rates.plusone, await saturate(chat.deliver, orders(figure), { inFlight: IN_FLIGHT, seconds }));
      await clearOrders(theirs);
      const obvious = openObvious(theirs, CLIENTS);
      keep(
        rates.obvious,
        await saturate(obvious.deliver as never, orders(figure), { inFlight: CLIENTS, seconds: Math.min(seconds, 2) }),
      );
      await obvious.close();
    }
    await plusone.stop();
    report(figure.name, [
      JSON.stringify(rates),
      ...Object.entries(rates).map(
        ([name, list]) => `${name} ${spread(list)} ratio ${spread(rates.plusone.map((r, i) => r / list[i]!))}`,
      ),
    ]);
  });
}

/** Plusone as it runs, compiled, with a chat of the bench's. */
async function started(url: string): Promise<{ chat: BenchChat; plusone: Running }> {
  const load = (path: string) => import(pathToFileURL(join(packageRoot, "dist", path)).href);
  const { start } = (await load("bot/main.js")) as typeof import("../../bot/main.ts");
  const { readConfig } = (await load("bot/config.js")) as typeof import("../../bot/config.ts");
  const { createLog } = (await load("bot/log.js")) as typeof import("../../bot/log.ts");
  const chat = new BenchChat();
  const folder = mkdtempSync(join(tmpdir(), "plusone-bench-data-"));
  const config = readConfig({ DATABASE_URL: url, PLUSONE_DATA: folder });
  const plusone = await start(config, { log: createLog({ level: "error" }), adapters: [chat] });
  return {
    chat,
    plusone: {
      ...plusone,
      stop: async () => {
        await plusone.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    },
  };
}
