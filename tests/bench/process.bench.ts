import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, test } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { withClient } from "../support/shared-database.ts";
import { settle } from "./ledger/neighbourhood.ts";
import { type BenchServer, startServer } from "./ledger/server.ts";
import { report } from "./measure.ts";

const IDLE_S = Number(process.env["BENCH_IDLE_SECONDS"] ?? 30);
const OPEN_BUYS = 10_000;
const ACTIVE_BUYS = 200;
/** One in ten seconds in each active buy, for a minute. */
const ORDERS = 6 * ACTIVE_BUYS;

/** As `npm start` starts it. */
const NODE_OPTIONS = ["--max-semi-space-size=32"];

let server: BenchServer;
let folder: string;
beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), "plusone-bench-"));
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(process.platform !== "linux")("a process that has nothing to do", async () => {
  const url = await server.database("idle");
  const child = spawn(process.execPath, [...NODE_OPTIONS, join(packageRoot, "dist/bot/cli.js"), "start"], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ DATABASE_URL: url, PLUSONE_DATA: folder, PLUSONE_PORT: "18473", PLUSONE_LOG: "warn" },
    },
    stdio: "ignore",
  });
  await wait(10_000); // it has started, and what a start does is over
  const [cpu, queries] = [cpuSeconds(child.pid!), await queriesOf(url)];
  await wait(IDLE_S * 1000);
  const [usedCpu, asked] = [cpuSeconds(child.pid!) - cpu, (await queriesOf(url)) - queries];
  child.kill("SIGTERM");
  await once(child, "exit");

  report(`A process that has nothing to do, with the playground, over ${IDLE_S} s`, [
    `${((usedCpu / IDLE_S) * 100).toFixed(2)} % of a core (bar: 1), ${(asked / IDLE_S).toFixed(2)} transactions of PostgreSQL a second (bar: 2)`,
  ]);
});

test("memory", async () => {
  const url = await server.database("memory");
  await settle(url, { chats: OPEN_BUYS, items: 5, people: 20 });
  const bare = await memoryOf("bare", url);
  const full = await memoryOf("full", url);
  const more = (one: number, other: number) => `${one.toFixed(0)} MB, + ${(one - other).toFixed(0)} MB`;

  report(`Memory, ${OPEN_BUYS} open buys, ${ACTIVE_BUYS} of them active`, [
    `the same libraries, loaded by bare Node: ${bare.resident.toFixed(0)} MB`,
    `Plusone after ${ORDERS} orders, one in ten seconds in each of these: ${more(full.resident, bare.resident)} (bar: + 150); at most ${more(full.most, bare.most)}`,
  ]);
});

/** A program that loads what Telegram, the playground and the database need, and, where told to, runs on it. */
const program = `
const [how, databaseUrl, folder] = process.argv.slice(1);
const load = (path) => import(${JSON.stringify(`file://${packageRoot}/dist/`)} + path);
const [{ start }, { readConfig }, { createLog }] = await Promise.all([load("bot/main.js"), load("bot/config.js"), load("bot/log.js")]);
await Promise.all(["adapters/telegram/index.js", "adapters/web/index.js", "prisma/store.js", "prisma/pool.js",
  "prisma/migrate.js", "jobs/postgres.js", "jobs/handlers/index.js", "bot/on-message.js", "bot/later.js",
  "bot/gather.js", "bot/answers.js"].map(load));
if (how === "full") {
  let deliver;
  const nothing = async () => undefined;
  const { capabilities } = await load("adapters/telegram/limits.js");
  const chat = { platform: "bench", capabilities, start: async (to) => { deliver = to; }, stop: nothing,
    post: async () => ({ id: "post" }), edit: nothing, react: nothing, whisper: nothing, answerPress: nothing,
    pin: nothing, isAdministrator: async () => false };
  await start(readConfig({ DATABASE_URL: databaseUrl, PLUSONE_DATA: folder }), { log: createLog({ level: "error" }), adapters: [chat] });
  const order = (n) => ({ type: "text", platform: "bench", id: "m" + n, position: n, text: "+2 apples", sentAt: new Date(),
    chat: { id: "g" + (1 + n % ${ACTIVE_BUYS}), kind: "group" }, sender: { id: "u" + (1 + Math.floor(n / 200) % 20), name: "Neighbour " + (1 + Math.floor(n / 200) % 20) } });
  for (let n = 0; n < ${ORDERS}; n += ${ACTIVE_BUYS / 10}) {
    const said = Array.from({ length: ${ACTIVE_BUYS / 10} }, (_, i) => deliver([order(n + i)]));
    await Promise.all([new Promise((resume) => setTimeout(resume, 1_000)), ...said]);
  }
}
globalThis.gc();
console.log(process.memoryUsage.rss() / 2 ** 20, process.resourceUsage().maxRSS / 1024);
process.exit(0);
`;

/** MB of such a process, at the end and at most. */
async function memoryOf(how: "bare" | "full", url: string): Promise<{ resident: number; most: number }> {
  const args = [...NODE_OPTIONS, "--expose-gc", "--input-type=module", "-e", program, how, url, folder];
  const child = spawn(process.execPath, args, { cwd: packageRoot, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  await once(child, "exit");
  const [resident = Number.NaN, most = Number.NaN] = said.trim().split(" ").map(Number);
  return { resident, most };
}

/** @source proc(5): user and system time, in hundredths of a second */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Transactions so far, as PostgreSQL counts them: with nothing to do, each is one query. */
async function queriesOf(url: string): Promise<number> {
  return withClient(url.replace(/\/[^/]*$/, "/postgres"), async (client) => {
    const { rows } = await client.query<{ count: number }>(
      "SELECT (xact_commit + xact_rollback)::int AS count FROM pg_stat_database WHERE datname = $1",
      [new URL(url).pathname.slice(1)],
    );
    return rows[0]!.count;
  });
}
