import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Cluster } from "./cluster.ts";
import { readPidFile, stalePid } from "./leftover.ts";
import { serverFault } from "./reasons.ts";
import { type Call, call } from "./run.ts";
import { openLog, readFrom } from "./server-log.ts";
import type { Settings } from "./settings.ts";

/** One run of PostgreSQL, from its start to its end. */
export interface Server {
  readonly pid: number;
  /** Settles when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends it in order: sessions are cut, everything is written down. */
  stop(): Promise<void>;
}

/**
 * A shell between us and PostgreSQL, in a session of its own so that Ctrl-C does not reach it. It tells the server's pid
 * and waits for the server, while a second shell reads from a pipe that only we hold: when that closes (we close it, or
 * end in any way, kill -9 included), it sends SIGINT, PostgreSQL's "fast" shutdown. The shells themselves stand fast.
 */
const leash = `
trap '' HUP INT TERM
exec 3<&0
"$@" 3<&- </dev/null >&2 &
server=$!
echo "$server"
(read -r word <&3; kill -INT "$server") >/dev/null 2>&1 &
reader=$!
wait "$server" 2>/dev/null
code=$?
kill -9 "$reader" 2>/dev/null
wait "$reader" 2>/dev/null
exit "$code"
`;

/** Starts PostgreSQL and waits until it takes connections. Throws in words when it ends before that. */
export async function startServer(cluster: Cluster, settings: Settings): Promise<Server> {
  const { file, start } = openLog(cluster.logPath);
  const child = spawnLeashed(serverCall(cluster, settings), file);
  closeSync(file);

  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", () => {
      child.stdin?.destroy(); // when only the leash was killed, its reader still holds on to the server
      resolve();
    });
  });
  let running = true;
  const over = ended.finally(() => {
    running = false;
  });

  const pid = await Promise.race([readPid(child), over.then(() => undefined)]);
  while (running && !isReady(cluster.path, pid)) await delay(10);
  if (!running || !pid) {
    await over;
    throw serverFault(readFrom(cluster.logPath, start), cluster.folder);
  }
  setFree(child);
  return { pid, ended, stop: () => stop(child, pid, ended) };
}

function serverCall({ path, account, binaries }: Cluster, settings: Settings): Call {
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { words, options } = call(binaries.postgres, ["-D", path, ...flags], binaries, account);
  const stale = stalePid(path);
  return stale
    ? { words, options: { ...options, env: { ...options.env, PG_GRANDPARENT_PID: String(stale) } } }
    : { words, options };
}

/** Windows has no such shell; there the server is in our job and ends hard with us, which its next start repairs. */
function spawnLeashed({ words, options }: Call, log: number): ChildProcess {
  if (process.platform === "win32") {
    return spawn(words[0], words.slice(1), { ...options, windowsHide: true, stdio: ["pipe", "pipe", log] });
  }
  const args = ["-c", leash, "plusone-postgres", ...words];
  return spawn("/bin/sh", args, { ...options, detached: true, stdio: ["pipe", "pipe", log] });
}

async function readPid(child: ChildProcess): Promise<number | undefined> {
  if (process.platform === "win32") return child.pid;
  return new Promise((resolve) => {
    child.stdout?.once("data", (text: Buffer) => resolve(Number.parseInt(text.toString(), 10)));
  });
}

function isReady(cluster: string, pid: number | undefined): boolean {
  const file = readPidFile(cluster); // the server's own word, not one that another has left behind
  return file?.isReady === true && file.pid === pid;
}

/** A running server does not keep our process alive: when all else is done, the process ends and the leash with it. */
function setFree(child: ChildProcess): void {
  child.stdout?.destroy();
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref(); // a socket, though typed as a stream
}

async function stop(child: ChildProcess, pid: number, ended: Promise<void>): Promise<void> {
  child.ref();
  if (process.platform === "win32") child.kill();
  else child.stdin?.end();
  const stubborn = setTimeout(() => process.kill(pid, "SIGQUIT"), 30_000); // "immediate": the next start repairs
  await ended;
  clearTimeout(stubborn);
}
