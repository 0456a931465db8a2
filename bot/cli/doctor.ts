import type { Logger } from "pino";
import type { Io } from "../cli.ts";
import { type Config, readConfig } from "../config.ts";
import { PlusoneError } from "../fault.ts";
import { createLog } from "../log.ts";
import { type Database, openDatabase } from "../main/database.ts";
import { checkTelegram, checkWeChat, createAlarm, publicUrl } from "../main/outside.ts";
import { systemClock } from "../system-clock.ts";

/** More than this between our clock and the database's is said: closings go by the database's. */
const CLOCK_MS = 2_000;

/** A queue that answers within this is well, however busy the machine is. */
const QUEUE_MS = 10_000;

/** Whoever was heard of so lately is logged in. */
const LOGGED_IN_MS = 60_000;

/** The oldest PostgreSQL that takes our SQL. */
const POSTGRES = 14;

/** One thing that was looked at. */
interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly found: string;
  readonly advice?: string;
}

/** `plusone doctor`: looks at everything that Plusone needs, and says what to do about each fault. 1 if there is any. */
export async function run(_argv: readonly string[], { stdout }: Io): Promise<number> {
  const findings: Finding[] = [];
  const note = (finding: Finding) => {
    findings.push(finding);
    stdout.write(`${finding.ok ? "✓" : "✗"} ${finding.what}: ${finding.found}\n`);
    if (finding.advice) stdout.write(`    ${finding.advice}\n`);
  };

  note(checkNode(process.versions.node));
  const config = await look("settings", async () => readConfig(process.env), note);
  if (config) await checkAll(config, note);

  const faults = findings.filter(({ ok }) => !ok).length;
  stdout.write(
    faults === 0 ? "\nAll is well.\n" : `\n${faults} ${faults === 1 ? "thing needs" : "things need"} you.\n`,
  );
  return faults === 0 ? 0 : 1;
}

async function checkAll(config: Config, note: (finding: Finding) => void): Promise<void> {
  const chats = [config.telegram && "Telegram", config.wechat && "WeChat", config.playground && "the playground"];
  note({ what: "settings", ok: true, found: chats.filter(Boolean).join(", ") || "no chat" });
  const log = createLog({ level: "silent" });
  const database = await openForCheck(config, log, note);
  const { telegram, wechat } = config;
  if (database) {
    try {
      await checkDatabase(database, note);
      await look("queue", () => checkQueue(config, database, log), note);
      if (wechat) note({ what: "WeChat login", ok: true, found: await lastHeard(database) });
    } finally {
      await database.close();
    }
  }
  if (telegram) await look("Telegram", () => checkTelegram({ ...telegram, log }), note);
  if (wechat) await look("WeChat", () => checkWeChat(wechat.name), note);
}

/** Until when a Plusone on this database was logged in to WeChat: it writes that down every ten seconds. */
async function lastHeard({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ at: Date; ageMs: number }>(
    `SELECT "heardAt" AS at, extract(epoch FROM clock_timestamp() - "heardAt") * 1000 AS "ageMs"
       FROM presence WHERE platform = 'wechat'`,
  );
  const [row] = rows;
  if (!row) return "never yet: plusone start shows what to scan";
  if (row.ageMs < LOGGED_IN_MS) return "a Plusone is logged in";
  return `last at ${row.at.toISOString()}; no Plusone is logged in now`;
}

/** The database, unless a running Plusone has the built-in one: then that is the finding. */
async function openForCheck(config: Config, log: Logger, note: (finding: Finding) => void) {
  const what = config.databaseUrl ? `database ${publicUrl(config.databaseUrl)}` : `data folder ${config.dataFolder}`;
  try {
    return await openDatabase(config, log);
  } catch (fault) {
    if (!(fault instanceof PlusoneError)) throw fault;
    if (fault.code === "folder-in-use") {
      note({ what, ok: true, found: "a Plusone runs on it; stop it to have its database looked at" });
    } else {
      note({ what, ok: false, found: fault.message, advice: fault.advice });
    }
    return undefined;
  }
}

async function checkDatabase({ pool }: Database, note: (finding: Finding) => void): Promise<void> {
  const before = systemClock.now().getTime();
  const { rows } = await pool.query<{ version: string; at: Date; fsync: string }>(
    `SELECT current_setting('server_version') AS version, clock_timestamp() AS at, current_setting('fsync') AS fsync`,
  );
  const [row] = rows;
  if (!row) throw new Error("The database gave no answer.");
  const after = systemClock.now().getTime();

  const isNew = Number.parseInt(row.version, 10) >= POSTGRES;
  note({
    what: "database",
    ok: isNew,
    found: `PostgreSQL ${row.version}, up to date with the migrations`,
    ...(!isNew && { advice: `Plusone needs PostgreSQL ${POSTGRES} or newer.` }),
  });
  if (row.fsync !== "on") {
    note({ what: "durability", ok: false, found: "fsync is off", advice: "Turn it on: a power cut loses orders." });
  }
  const differenceMs = Math.max(0, before - row.at.getTime(), row.at.getTime() - after);
  const isClose = differenceMs <= CLOCK_MS;
  note({
    what: "clock",
    ok: isClose,
    found: `${differenceMs} ms from the database's`,
    ...(!isClose && { advice: "Set both machines' clocks by NTP: closings go by the database's." }),
  });
}

/** Asks the queue and takes nothing from it: a Plusone may be running on it. */
async function checkQueue(config: Config, { url }: Database, log: Logger): Promise<string> {
  const pace = { answer: QUEUE_MS };
  const alarm = createAlarm({ databaseUrl: url, redisUrl: config.redisUrl, log, clock: systemClock, pace });
  const { ok, backend, detail } = await alarm.health();
  if (ok) return `BullMQ on ${backend}`;
  throw new PlusoneError({
    code: "queue-down",
    message: detail ?? `${backend} does not answer`,
    advice: config.redisUrl ? "Check REDIS_URL and that Redis runs." : "Check the database.",
  });
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { what: "Node", ok, found: version, ...(!ok && { advice: "Install Node 20.19 or newer." }) };
}

/** Notes what a check finds, or its fault. */
async function look<T>(
  what: string,
  check: () => Promise<T>,
  note: (finding: Finding) => void,
): Promise<T | undefined> {
  try {
    const found = await check();
    if (typeof found === "string") note({ what, ok: true, found });
    return found;
  } catch (fault) {
    if (!(fault instanceof PlusoneError)) throw fault;
    note({ what, ok: false, found: fault.message.split("\n").join(" "), advice: fault.advice });
    return undefined;
  }
}
