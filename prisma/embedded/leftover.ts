import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PlusoneError } from "../../bot/fault.ts";

/** What postmaster.pid says about the server of a cluster. */
export interface PidFile {
  readonly pid: number;
  readonly isReady: boolean;
}

/** Reads the file that PostgreSQL keeps while it runs, and leaves behind when it is killed. */
export function readPidFile(cluster: string): PidFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  // Line 1 is the pid, line 8 the state, padded with blanks. It is written line by line, so it may be short.
  const pid = Number.parseInt(lines[0] ?? "", 10);
  return pid > 0 ? { pid, isReady: lines[7]?.trim() === "ready" } : undefined;
}

/**
 * Ends the server that a former Plusone left behind. Its leash is ending it already, unless that was killed too. The
 * folder must be held, so the server cannot be anybody else's.
 *
 * @param patienceMs  how long it may take to write everything down
 */
export async function endLeftover(cluster: string, patienceMs = 60_000): Promise<void> {
  const pid = readPidFile(cluster)?.pid;
  if (!pid || !isServerOf(cluster, pid)) return;

  process.kill(pid, "SIGINT"); // "fast": lets nobody finish, writes everything down
  for (const until = Date.now() + patienceMs; isServerOf(cluster, pid); ) {
    if (Date.now() > until) {
      throw new PlusoneError({
        code: "still-ending",
        message: `The PostgreSQL of a former start (process ${pid}) does not end.`,
        advice: `Wait and start again, or end it with: kill -QUIT ${pid}`,
      });
    }
    await delay(20);
  }
}

/**
 * A pid that stands in a pid file left over and belongs to something else by now. PostgreSQL would take that for a running
 * server; it ignores the pid when it is told that it is a grandparent's of its own (PG_GRANDPARENT_PID, made for pg_ctl).
 */
export function stalePid(cluster: string): number | undefined {
  const pid = readPidFile(cluster)?.pid;
  return pid && !isServerOf(cluster, pid) ? pid : undefined;
}

/** Whether the process is a PostgreSQL server on these very files. */
function isServerOf(cluster: string, pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform === "linux") return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    if (process.platform === "win32") return /postgres/i.test(print("tasklist", "/fi", `PID eq ${pid}`, "/nh"));
    return print("ps", "-o", "command=", "-p", String(pid)).includes(cluster);
  } catch (error) {
    // Gone (or going: a zombie has no folder), or of another user, who could not run a server on files of ours.
    if (["ESRCH", "EPERM", "ENOENT", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    if (typeof (error as { status?: unknown }).status === "number") return false; // ps finds no such process
    throw error;
  }
}

function print(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8" });
}
