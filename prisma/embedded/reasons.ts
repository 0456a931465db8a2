import { PlusoneError } from "../../bot/fault.ts";

/** What PostgreSQL's programs print when they give up, what it means, and what a person can do. First match counts. */
const reasons: readonly { code: string; seen: RegExp; message: string; advice: string }[] = [
  {
    code: "port-taken",
    seen: /Address already in use|could not create any TCP\/IP sockets|could not bind/,
    message: "The port for PostgreSQL is taken by another program.",
    advice: "Start again; another port is tried each time.",
  },
  {
    code: "disk-full",
    seen: /No space left on device|Disk quota exceeded/,
    message: "The disk with the data folder is full.",
    advice: "Make room (PostgreSQL wants 200 MB at least) and start again. Nothing that was confirmed is lost.",
  },
  {
    code: "folder-in-use",
    seen: /lock file "[^"]*" already exists/,
    message: "Another PostgreSQL is running on this data folder.",
    advice: "Stop the Plusone that uses it, or give this one a folder of its own with PLUSONE_DATA.",
  },
  {
    code: "still-ending",
    seen: /pre-existing shared memory block/,
    message: "Parts of a former PostgreSQL are still running on this data folder.",
    advice: "Wait a moment and start again; if it stays so, end the processes named postgres of this folder.",
  },
  {
    code: "other-version",
    seen: /database files are incompatible with server|initialized by PostgreSQL version/,
    message: "The data folder was written by another version of PostgreSQL.",
    advice: "Start the Plusone that wrote it, export, and import into a new folder here.",
  },
  {
    code: "library-missing",
    seen: /error while loading shared libraries|Library not loaded|cannot open shared object file/,
    message: "PostgreSQL's libraries cannot be loaded.",
    advice: "Run `npm ci` again, or set DATABASE_URL to a PostgreSQL 14 or newer.",
  },
  {
    code: "memory-short",
    seen: /could not map anonymous shared memory|could not create shared memory|Cannot allocate memory|could not resize shared memory/,
    message: "There is not enough memory for PostgreSQL.",
    advice: "Give the machine 256 MB more, or set DATABASE_URL to a PostgreSQL elsewhere.",
  },
  {
    code: "damaged",
    seen: /could not locate a valid checkpoint record|incorrect checksum in control file|could not find the database system|PANIC:|invalid data in/,
    message: "The database in the data folder is damaged.",
    advice: "Keep a copy of the folder, check the disk, and restore a backup.",
  },
  {
    code: "folder-unwritable",
    seen: /Permission denied|Read-only file system|could not access directory|Operation not permitted|has wrong ownership/,
    message: "PostgreSQL may not use the data folder.",
    advice: "Give the folder to the user that runs Plusone, or set PLUSONE_DATA to one of its own.",
  },
];

/** Says in words why PostgreSQL did not start, from what it printed. */
export function serverFault(printed: string, folder: string): PlusoneError {
  const reason = reasons.find(({ seen }) => seen.test(printed));
  const lastLines = printed.trim().split("\n").slice(-5).join("\n");
  return new PlusoneError({
    code: reason?.code ?? "embedded-failed",
    message: `${reason?.message ?? "PostgreSQL did not start."} (data folder ${folder})`,
    advice: reason?.advice ?? `Read postgres.log in the data folder. It ends with: ${lastLines}`,
    cause: new Error(lastLines || "PostgreSQL ended and printed nothing"),
  });
}

const folderReasons: Readonly<Record<string, { code: string; message: string; advice: string }>> = {
  EACCES: {
    code: "folder-unwritable",
    message: "cannot be written to",
    advice: "Give it to the user that runs Plusone, or set PLUSONE_DATA to a folder of its own.",
  },
  ENOTDIR: { code: "folder-unwritable", message: "is not a folder", advice: "Set PLUSONE_DATA to a folder." },
  EROFS: {
    code: "folder-unwritable",
    message: "is on a disk that cannot be written to",
    advice: "Set PLUSONE_DATA to a folder on another disk.",
  },
  ENOSPC: { code: "disk-full", message: "is on a full disk", advice: "Make room (200 MB at least) and start again." },
};

/** Says in words why a file operation in the data folder failed; what has no words of its own passes as it is. */
export function folderFault(folder: string, error: unknown): unknown {
  const known: Readonly<Record<string, string>> = { EPERM: "EACCES", EEXIST: "ENOTDIR", EDQUOT: "ENOSPC" };
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const reason = folderReasons[known[code] ?? code];
  if (error instanceof PlusoneError || !reason) return error;
  return new PlusoneError({
    code: reason.code,
    message: `The data folder ${folder} ${reason.message}.`,
    advice: reason.advice,
    cause: error,
  });
}
