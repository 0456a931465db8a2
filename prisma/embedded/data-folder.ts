import { spawnSync } from "node:child_process";
import { closeSync, constants as fs, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { PlusoneError } from "../../bot/fault.ts";
import { folderFault } from "./reasons.ts";

/** A data folder that belongs to this process until `release`, or until the process ends in whatever way. */
export interface HeldFolder {
  release(): void;
}

/**
 * Makes the data folder (0700) if need be and takes it for this process. The lock is the operating system's own, on the
 * file plusone.lock: it ends with the process, so no stale lock can be left; the number in the file is only for people.
 */
export function holdFolder(folder: string): HeldFolder {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = openLock(join(folder, "plusone.lock"));
    if (process.platform === "linux") lockWithFlock(folder, lock);
    ftruncateSync(lock);
    writeSync(lock, `${process.pid}\n`, 0);
    return { release: () => closeSync(lock) };
  } catch (error) {
    throw folderFault(folder, error);
  }
}

/** macOS and Windows lock while they open, with flags that Node passes on; Linux has no such flag. */
const lockWhileOpening: Readonly<Record<string, number>> = {
  darwin: 0x20 | fs.O_NONBLOCK, // O_EXLOCK of open(2)
  win32: 0x10000000, // UV_FS_O_EXLOCK: shared with nobody
};

function openLock(path: string): number {
  try {
    return openSync(path, fs.O_RDWR | fs.O_CREAT | (lockWhileOpening[process.platform] ?? 0), 0o600);
  } catch (error) {
    if (["EAGAIN", "EBUSY", "EWOULDBLOCK"].includes((error as NodeJS.ErrnoException).code ?? "")) throw inUse(path);
    throw error;
  }
}

/** flock(1) locks the open file that it gets as descriptor 3, which is ours: the lock stays when flock has ended. */
function lockWithFlock(folder: string, lock: number): void {
  const { status, error, stderr } = spawnSync("flock", ["-x", "-n", "3"], {
    stdio: ["ignore", "ignore", "pipe", lock],
  });
  if (status === 0) return;

  closeSync(lock);
  if (status === 1) throw inUse(join(folder, "plusone.lock"));
  throw new PlusoneError({
    code: "folder-lock",
    message: `The data folder ${folder} cannot be locked: ${error?.message ?? stderr.toString().trim()}.`,
    advice: "Install util-linux (the command flock), use a folder on a local disk, or set DATABASE_URL.",
    cause: error,
  });
}

function inUse(lockPath: string): PlusoneError {
  const holder = process.platform === "win32" ? "" : readFileSync(lockPath, "utf8").trim();
  return new PlusoneError({
    code: "folder-in-use",
    message: `Another Plusone${holder && ` (process ${holder})`} is using the data folder ${join(lockPath, "..")}.`,
    advice: "Stop it first, or give this one a folder of its own with PLUSONE_DATA.",
  });
}
