import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { GATHER } from "../../bot/gather.ts";
import { startCuttingProxy } from "../support/cutting-proxy.ts";
import { copyDataFolder } from "../support/database.ts";
import { isRoot } from "../support/embedded-process.ts";
import { eventually } from "../support/eventually.ts";
import { childrenOf, isAlive } from "../support/processes.ts";
import { ownDatabase, ownFolder, runningOn } from "../support/scenario.ts";
import { fault } from "./campaign.ts";
import { Crowd } from "./crowd.ts";
import { compare, openEverywhere, orderOn } from "./orders.ts";

// The pauses between tries and between restarts, which double with each, would be most of what these wait for.
Object.assign(GATHER, { retryAtMostMs: 200 });
fault("PostgreSQL killed with all its processes", ["kills"], async (campaign) => {
  const folder = ownFolder();
  const crowd = await embedded(folder);
  const [kills, statements] = [campaign.many(50), campaign.many(50_000)];
  let killed = 0;

  const ordering = orderOn(crowd, campaign, (acknowledged) => killed < kills || acknowledged < statements);
  for (; killed < kills; killed += 1) {
    await pause(100 + campaign.chance(500));
    const server = await eventually("PostgreSQL runs", () => serverOf(folder), 20_000);
    for (const pid of [...childrenOf(server), server]) strike(pid, "SIGKILL");
    campaign.hit("kills");
    await eventually("another PostgreSQL runs", () => ![undefined, server].includes(serverOf(folder)), 20_000);
  }
  const acknowledged = await ordering;

  return compare(urlOf(folder), acknowledged);
});

fault("PostgreSQL hung", ["stops"], async (campaign) => {
  const folder = ownFolder();
  const crowd = await embedded(folder);
  const stops = campaign.many(20);
  let stopped = 0;

  const ordering = orderOn(crowd, campaign, () => stopped < stops);
  for (; stopped < stops; stopped += 1) {
    await pause(100 + campaign.chance(300));
    const server = serverOf(folder)!;
    const all = [server, ...childrenOf(server)];
    for (const pid of all) strike(pid, "SIGSTOP");
    // Every tenth of them longer than any statement may take.
    await pause(stopped % 10 === 9 ? 14_000 : campaign.chance(2_000));
    for (const pid of all) strike(pid, "SIGCONT");
    campaign.hit("stops");
  }
  const acknowledged = await ordering;

  return compare(urlOf(folder), acknowledged);
});

fault("replies to COMMIT lost", ["replies lost"], async (campaign) => {
  const database = await ownDatabase();
  let isOn = false;
  const proxy = await startCuttingProxy(database, () => isOn && campaign.chance(2) === 0);
  onTestFinished(() => proxy.close());
  const crowd = new Crowd();
  await runningOn(proxy.url, [crowd]);
  await openEverywhere(crowd);
  isOn = true;

  const acknowledged = await orderOn(crowd, campaign, () => proxy.cuts < campaign.many(500), 20);
  isOn = false;
  campaign.hit("replies lost", proxy.cuts);

  return compare(database, acknowledged);
});

fault("disk full", ["fills", "batches that waited for room"], async (campaign) => {
  const folder = ownFolder();
  if (!isRoot) throw new Error("A disk that can be filled needs root (mount -t tmpfs).");
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=400m,mode=0755", "plusone-faults", folder]);
  onTestFinished(() => void execFileSync("umount", ["-l", folder]));
  mkdirSync(join(folder, "data"));
  const data = join(folder, "data", "plusone");
  const crowd = await embedded(data);
  let acknowledged = 0;

  for (let fill = 0; fill < campaign.many(5); fill += 1) {
    const ballast = join(folder, `ballast-${fill}`);
    // dd ends with "no space left"; that is what it is for.
    execFileSync("sh", ["-c", `dd if=/dev/zero of=${ballast} bs=64k 2>/dev/null || true`]);
    campaign.hit("fills");
    let isWaiting = true;
    const ordering = orderOn(crowd, campaign, () => isWaiting).finally(() => {
      isWaiting = false;
    });
    let before = -1;
    await eventually(
      "nothing can be stored any more",
      async () => {
        const size = await countOf(data);
        const isSame = size === undefined || size === before;
        before = size ?? before;
        await pause(1_000);
        return isSame;
      },
      120_000,
    );
    campaign.hit("batches that waited for room");
    rmSync(ballast);
    isWaiting = false;
    acknowledged += await ordering;
  }

  return compare(urlOf(data), acknowledged);
});

/** Plusone with a PostgreSQL of its own in `folder`, and a buy in every chat. */
async function embedded(folder: string): Promise<Crowd> {
  await copyDataFolder(folder);
  const crowd = new Crowd();
  await runningOn(undefined, [crowd], {}, folder);
  await openEverywhere(crowd);
  return crowd;
}

/** Pid of the server that runs on a folder. */
function serverOf(folder: string): number | undefined {
  const [pid = 0] = pidFile(folder);
  return isAlive(Number(pid)) ? Number(pid) : undefined;
}

function urlOf(folder: string): string {
  const password = readFileSync(join(folder, "postgres-password"), "utf8").trim();
  return `postgresql://plusone:${password}@127.0.0.1:${pidFile(folder)[3]}/plusone`;
}

/** @source PostgreSQL: pid, folder, start, port … each on a line */
function pidFile(folder: string): readonly string[] {
  try {
    return readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n");
  } catch {
    return []; // it is just being started again
  }
}

/** Statements in the database; undefined while it does not answer. */
async function countOf(folder: string): Promise<number | undefined> {
  return compare(urlOf(folder), 0).then(
    ({ doubled }) => doubled,
    () => undefined,
  );
}

function strike(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // it has ended meanwhile
  }
}
