import { type FileHandle, open, readFile, rename, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { PlusoneError } from "../../bot/fault.ts";

/** A file of JSON lines that only grows. What was appended is on the disk before anybody hears of it. */
export interface Journal<Entry> {
  /** What the file held when it was opened. */
  readonly entries: readonly Entry[];
  /** Writes and flushes one entry; the next only after it. Rejects when it could not be kept. */
  append(entry: Entry): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the journal or begins it. A last line that a crash cut off is taken away: nobody was told of it.
 *
 * @param shorten  may leave out what is no longer needed, while nobody writes
 */
export async function openJournal<Entry>(
  file: string,
  shorten: (entries: readonly Entry[]) => readonly Entry[] = (entries) => entries,
): Promise<Journal<Entry>> {
  const bytes = await readWhole(file);
  const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
  const read = whole.toString().split("\n").slice(0, -1).map(parseLine<Entry>(file));
  const entries = shorten(read);
  if (entries.length < read.length) await replaceFile(file, entries.map(toLine).join(""));
  else if (whole.length < bytes.length) await truncate(file, whole.length);

  const handle = await open(file, "a", 0o600);
  await syncFolder(dirname(file));
  return { entries, append: appender(handle, (await handle.stat()).size), close: () => handle.close() };
}

function appender<Entry>(handle: FileHandle, length: number): (entry: Entry) => Promise<void> {
  let kept = length;
  let spoiled = false; // a half-written line would spoil the one after it

  return async (entry) => {
    if (spoiled) await handle.truncate(kept);
    spoiled = true;
    const bytes = Buffer.from(toLine(entry));
    await handle.appendFile(bytes);
    await handle.datasync();
    kept += bytes.length;
    spoiled = false;
  };
}

const toLine = (entry: unknown): string => `${JSON.stringify(entry)}\n`;

function parseLine<Entry>(file: string): (line: string, index: number) => Entry {
  return (line, index) => {
    try {
      return JSON.parse(line) as Entry;
    } catch (cause) {
      throw new PlusoneError({
        code: "playground-unreadable",
        message: `The playground's chat cannot be read: ${file}, line ${index + 1}, is not JSON.`,
        advice: "Move the file away to begin a new chat; orders are kept in the database and stay.",
        cause,
      });
    }
  };
}

async function readWhole(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return Buffer.alloc(0);
    throw fault;
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`;
  const handle = await open(fresh, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

/** A new file's name is as durable as its folder. Windows opens no folders, and needs no flush for this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
