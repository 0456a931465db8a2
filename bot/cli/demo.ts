import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { Io } from "../cli.ts";
import { readConfig } from "../config.ts";
import { PlusoneError } from "../fault.ts";
import { createLog } from "../log.ts";
import { createConsole } from "../main/outside.ts";
import { start } from "../main.ts";
import type { Buy, Store } from "../store.ts";
import { systemClock } from "../system-clock.ts";

/** What is said, in order. Lin leads. */
const SCRIPT: readonly string[] = [
  "lin: /open 红富士苹果 Apples 5元/斤，雪梨 Pears 6元/斤，12秒后截单",
  ":press 开团",
  "wang: 苹果两斤半",
  "alex: +2 apples, 1 pear",
  "chen: 麻煩幫我加三斤雪梨，謝謝",
  "alex: how sweet are they?",
  "alex: make it 3 apples",
  "wang: 雪梨也要一斤",
  "wang: /my",
  "chen: 雪梨不要了",
  "chen: 蘋果1斤",
];

/** What the list must come to: quantities in thousandths, by person and item. */
const EXPECTED: readonly string[] = ["Alex 1 3000", "Alex 2 1000", "王姐 1 2500", "王姐 2 1000", "陳太 1 1000"];

const PAUSE_MS = 400;
const PATIENCE_MS = 40_000;

/** `plusone demo`: a short scripted community through the real stack, in a folder of its own. */
export async function run(_argv: readonly string[], { stdout, stderr }: Io): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "plusone-demo-"));
  const config = { ...readConfig({ PLUSONE_LANGUAGE: "zh-hans", PLUSONE_ZONE: "Asia/Shanghai" }), dataFolder: folder };
  const log = createLog({ level: "warn", pretty: true, to: 2 });
  const stdin = new PassThrough();
  const console = createConsole({ stdin, stdout, clock: systemClock, log, folder: config.dataFolder });
  const running = await start(config, { log, adapters: [console] });
  try {
    for (const line of SCRIPT) {
      stdin.write(`${line}\n`);
      await pause(PAUSE_MS);
    }
    const buy = await untilClosed(running.store);
    const found = await listOf(running.store, buy);
    const isRight = buy.status === "closed" && JSON.stringify(found) === JSON.stringify(EXPECTED);
    stderr.write(isRight ? "\nThe list is what it must be.\n" : `\nThe list is wrong: ${found.join("; ")}\n`);
    return isRight ? 0 : 1;
  } finally {
    stdin.end();
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until the buy has closed by itself and its list has been posted. */
async function untilClosed(store: Store): Promise<Buy> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 100) {
    const place = await store.meetChat("console", { id: "console", kind: "group" }, NO_DEFAULTS);
    const [buy] = await store.buysOf(place);
    if (buy?.closedAt && (await store.isSent(buy, "final-list"))) return buy;
    await pause(100);
  }
  throw new PlusoneError({
    code: "demo-stuck",
    message: "The demo's buy did not close.",
    advice: "Run `plusone doctor` to see what is wrong here.",
  });
}

const NO_DEFAULTS = { zone: "Asia/Shanghai", language: "zh-hans", currency: "CNY" } as const;

async function listOf(store: Store, buy: Buy): Promise<string[]> {
  const lines = await store.linesOf(buy.community, buy.id);
  const names = await store.namesOf(buy.community, [...new Set(lines.map((line) => line.person))]);
  return lines.map((line) => `${names.get(line.person)} ${line.item} ${line.quantity}`).sort();
}
