import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { packageRoot } from "../../../bot/package-root.ts";
import type { TextIn } from "../../../bot/ports.ts";
import { built } from "../../support/database.ts";
import { type FakeGroup, type FakeTelegram, startFakeTelegram } from "../../support/fake-telegram/index.ts";

/** Where a process is to stand still, waiting to be killed. */
type Point = "before the commit" | "after the commit" | "nowhere";

/** A process with the adapter, whose database is a file. It says "there" when it stands where it was to. */
const program = `
import { appendFileSync, openSync, fsyncSync } from "node:fs";
import { pino } from "pino";
import { createTelegram } from ${JSON.stringify(new URL(`file://${packageRoot}/dist/adapters/telegram/index.js`).href)};
const [apiRoot, token, database, point] = process.argv.slice(1);
const standStill = () => { console.log("there"); return new Promise(() => setInterval(() => {}, 1000)); };
const adapter = createTelegram({ apiRoot, token, log: pino({ level: "silent" }) });
const file = openSync(database, "a");
await adapter.start(async (incoming) => {
  if (point === "before the commit") await standStill();
  for (const event of incoming) appendFileSync(file, JSON.stringify(event) + "\\n");
  fsyncSync(file);
  if (point === "after the commit") await standStill();
});
process.once("SIGTERM", () => adapter.stop().then(() => process.exit(0)));
`;

let telegram: FakeTelegram;
let group: FakeGroup;
let folder: string;
let processes: ChildProcess[];

beforeAll(built);
beforeEach(async () => {
  telegram = await startFakeTelegram();
  group = telegram.group("Green Court");
  folder = await mkdtemp(join(tmpdir(), "plusone-telegram-"));
  processes = [];
});
afterEach(async () => {
  for (const child of processes) await end(child, "SIGKILL");
  await telegram.close();
  await rm(folder, { recursive: true });
});

describe("a process that is killed", () => {
  const rows = [
    { point: "before the commit", stored: 0, why: "nothing was stored, so all of it comes again" },
    {
      point: "after the commit",
      stored: 2,
      why: "it was stored and not confirmed, so it comes again, with the same ids",
    },
  ] as const;
  for (const { point, stored, why } of rows) {
    test(`${point}: no message is lost (${why})`, async () => {
      const lin = group.user("Lin");
      await lin.says("+2 apples");
      await lin.says("+1 pears");

      const first = await run(point);
      await once(createInterface(first.stdout!), "line");
      const before = await storedMessages();
      await end(first, "SIGKILL");
      expect(before).toHaveLength(stored);
      expect(telegram.world.updates.pending).toHaveLength(2);

      const second = await run("nowhere");
      await telegram.confirmed();
      expect(await end(second, "SIGTERM")).toBe(0);

      const after = await storedMessages();
      expect(after.slice(stored).map(({ text }) => text)).toEqual(["+2 apples", "+1 pears"]);
      expect(after.slice(0, stored)).toEqual(before);
      expect(after.slice(stored, 2 * stored)).toEqual(before);
    });
  }

  test("and one that is asked to end: what it had stored does not come again", async () => {
    const first = await run("nowhere");
    const said = await group.user("Lin").says("+2 apples");
    await said.confirmed;
    expect(await end(first, "SIGTERM")).toBe(0);

    const second = await run("nowhere");
    await telegram.until(() => telegram.world.updates.isPolled);
    await end(second, "SIGTERM");

    expect(await storedMessages()).toHaveLength(1);
  });
});

async function run(point: Point): Promise<ChildProcess> {
  const args = ["--input-type=module", "-e", program, telegram.apiRoot, telegram.token, join(folder, "stored"), point];
  const child = spawn(process.execPath, args, { cwd: packageRoot, stdio: ["ignore", "pipe", "inherit"] });
  processes.push(child);
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, "exit");
  child.kill(signal);
  return (await exited)[0] as number | null;
}

async function storedMessages(): Promise<readonly TextIn[]> {
  const text = await readFile(join(folder, "stored"), "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TextIn);
}
