import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { startEmbedded } from "../../prisma/embedded/index.ts";
import { built, copyDataFolder } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { ownFolder } from "../support/scenario.ts";
import { closesIn } from "../support/timers.ts";

beforeAll(built);

test("killed between an order and the closing: the order is there, the buy closes; a third is refused, no PostgreSQL is left", async () => {
  const folder = ownFolder();
  await copyDataFolder(folder);
  const first = plusone(folder);
  first.says("lin: /open 红富士苹果 5元/斤，3小时后截单");
  first.says(":press 开团");
  first.says("wang: 苹果两斤半");
  await first.prints(/✓[\s\S]*2\.5斤/);

  first.process.kill("SIGKILL");
  await once(first.process, "exit");
  const database = await startEmbedded({ folder, log: pino({ level: "silent" }) });
  await closesIn(database.url, 0); // its time comes while nothing runs
  await database.stop();
  const second = plusone(folder);
  await second.prints(/最终名单[\s\S]*王姐：红富士苹果 2\.5斤 = ¥12\.50/);
  const server = serverOf(folder);
  const third = plusone(folder);
  const [refused] = await once(third.process, "close"); // with all that it has printed
  second.process.kill("SIGTERM");
  const [code] = await once(second.process, "exit");

  expect([refused, code]).toEqual([1, 0]);
  expect(third.printed()).toMatch(/in use|another/i);
  expect(server).toBeDefined();
  await eventually("no PostgreSQL is left", () => serverOf(folder) === undefined);
});

/** `plusone chat` on a folder, in a process of its own. */
function plusone(folder: string) {
  const child: ChildProcessWithoutNullStreams = spawn(
    process.execPath,
    [join(packageRoot, "dist/bot/cli.js"), "chat"],
    { cwd: folder, env: { ...process.env, PLUSONE_DATA: folder, PLUSONE_LANGUAGE: "zh-hans", DATABASE_URL: "" } },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    process: child,
    says: (line: string) => child.stdin.write(`${line}\n`),
    printed: () => output,
    prints: (pattern: RegExp) =>
      eventually(`it prints ${pattern}`, () => pattern.test(output)).catch((fault: Error) => {
        throw new Error(`${fault.message}; it printed:\n${output}`);
      }),
  };
}

/** Pid of the PostgreSQL that runs on a folder. */
function serverOf(folder: string): number | undefined {
  const file = ["postgres/postmaster.pid", "postgres/data/postmaster.pid"]
    .map((name) => join(folder, name))
    .find(existsSync);
  if (!file) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return existsSync(`/proc/${pid}`) || process.platform !== "linux" ? pid : undefined;
}
