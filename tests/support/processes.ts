import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** It has ended, and its parent has not asked how. */
  readonly isZombie: boolean;
}

/** Whether the process runs; one that has ended and was not fetched by its parent does not. */
export function isAlive(pid: number | undefined): boolean {
  return processes().some((process) => process.pid === pid && !process.isZombie);
}

export function parentOf(pid: number): number {
  return processes().find((process) => process.pid === pid)!.parent;
}

export function childrenOf(parent: number): number[] {
  return processes().flatMap((process) => (process.parent === parent ? process.pid : []));
}

function processes(): Process[] {
  if (!existsSync("/proc/self/stat")) return fromPs(); // Linux has it always, but small images have no ps
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? fromProc(Number(name)) : []));
}

/** @source proc(5): pid, name in brackets, state, parent */
function fromProc(pid: number): Process[] {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return [{ pid, parent: Number(parent), isZombie: state === "Z" }];
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return []; // ended meanwhile
    throw error;
  }
}

function fromPs(): Process[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" }).trim().split("\n");
  return rows.map((row) => {
    const [pid, parent, state] = row.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), isZombie: state!.startsWith("Z") };
  });
}
