import { closeSync, fstatSync, openSync, readSync, renameSync, statSync, truncateSync, writeFileSync } from "node:fs";

const limitBytes = 5_000_000;
const keptBytes = 500_000;

/** Opens PostgreSQL's log for appending; a long one is first put aside as `.old`, in place of the one before. */
export function openLog(path: string): { readonly file: number; readonly start: number } {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > limitBytes) renameSync(path, `${path}.old`);
  const file = openSync(path, "a", 0o600);
  return { file, start: fstatSync(file).size };
}

/** Shortens the log of a running server, which goes on writing at its end: the last part is kept in `.old`. */
export function boundLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limitBytes) return;
  writeFileSync(`${path}.old`, readFrom(path, size - keptBytes), { mode: 0o600 });
  truncateSync(path);
}

/** What the log says from a place on, half a megabyte at most. */
export function readFrom(path: string, start: number): string {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(keptBytes);
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, keptBytes, start));
  } finally {
    closeSync(file);
  }
}
