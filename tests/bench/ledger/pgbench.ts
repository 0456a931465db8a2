import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Neighbourhood, uuid } from "./neighbourhood.ts";

const run = promisify(execFile);

/** The connections that pgbench has, each always busy. */
export const CLIENTS = 16;

/** Whether there is a pgbench. Debian and Ubuntu: `apt-get install postgresql-contrib`, or postgresql-15 and the like. */
export async function hasPgbench(): Promise<boolean> {
  return run("pgbench", ["--version"]).then(
    () => true,
    () => false,
  );
}

/** The three writes of a message: what was said, what the person has, what there is of the item in all. */
const WRITES = [
  `INSERT INTO statement ("communityId", "buyId", "chatId", "messageId", position, "personId", name, "saidAt", text)
   VALUES (${id("c")}, ${id("c")}, ${id("c")}, (:m::bigint)::text, :m, ${id("p")}, 'Neighbour', now(), '+2 apples')
   ON CONFLICT DO NOTHING`,
  `INSERT INTO line ("communityId", "buyId", "personId", "itemNo", quantity)
   VALUES (${id("c")}, ${id("c")}, ${id("p")}, :i, 2000)
   ON CONFLICT ("communityId", "buyId", "personId", "forWhom", "itemNo", option)
     DO UPDATE SET quantity = line.quantity + excluded.quantity`,
  `UPDATE tally SET booked = booked + 2000, "changedAt" = clock_timestamp()
    WHERE "communityId" = ${id("c")} AND "buyId" = ${id("c")} AND "itemNo" = :i`,
].map((sql) => sql.replace(/\s+/g, " "));

/** One transaction for each message, statement by statement. */
const TRANSACTION = ["BEGIN", ...WRITES, "COMMIT"].map((sql) => `${sql};`).join("\n");

/** The same as one statement of SQL: the fastest that one transaction for each message can be. */
const ONE_STATEMENT = `WITH said AS (${WRITES[0]}), has AS (${WRITES[1]}) ${WRITES[2]};`;

/** How pgbench stores a message. */
export type How = "transaction" | "one-statement";

/** Messages per second of pgbench, one transaction each. */
export async function pgbench(url: string, figure: Neighbourhood, seconds: number, how: How): Promise<number> {
  const { said } = await runPgbench(url, figure, how, ["-T", `${seconds}`]);
  const rate = Number(/tps = ([\d.]+)/.exec(said)?.[1]);
  if (!(rate > 0)) throw new Error(`pgbench told no rate: ${said}`);
  return rate;
}

/** Milliseconds that each message of pgbench takes at a fixed rate, from when it was due. */
export async function pgbenchPaced(
  url: string,
  figure: Neighbourhood,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<readonly number[]> {
  const pace = ["-T", `${seconds}`, "-R", `${Math.floor(perSecond)}`, "-l"];
  return (await runPgbench(url, figure, "transaction", pace)).took;
}

async function runPgbench(url: string, { chats, items, people }: Neighbourhood, how: How, more: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "plusone-pgbench-"));
  try {
    const script = join(folder, "message.sql");
    const draw = `\\set c random(1, ${chats})\n\\set p random(1, ${people})\n\\set i random(1, ${items})\n\\set m random(1, 1000000000000000)\n`;
    writeFileSync(script, draw + (how === "transaction" ? TRANSACTION : ONE_STATEMENT));
    const load = ["-n", "-M", "prepared", "-c", `${CLIENTS}`, "-j", "2", "-f", script, ...more];
    const { stdout, stderr } = await run("pgbench", [...load, url], { cwd: folder });
    const logs = readdirSync(folder).filter((name) => name.startsWith("pgbench_log"));
    // @source PostgreSQL manual, pgbench, "Per-Transaction Logging": the third field, in microseconds, counts from when it was due
    const lines = logs.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"));
    return { said: stdout + stderr, took: lines.map((line) => Number(line.split(" ")[2]) / 1000) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function id(variable: string): string {
  return uuid(`:${variable}::int`);
}
