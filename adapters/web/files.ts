import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Files that the bot has given, in a folder of their own, each under a key that nobody guesses. */
export interface Files {
  put(key: string, data: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** Removes all others. */
  keepOnly(keys: ReadonlySet<string>): Promise<void>;
}

/** Files kept in a folder, under their keys. */
export function filesIn(folder: string): Files {
  return {
    async put(key, data) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, key), data, { mode: 0o600 });
    },
    get: (key) => orNothing(readFile(join(folder, key))),
    async keepOnly(keys) {
      const others = ((await orNothing(readdir(folder))) ?? []).filter((key) => !keys.has(key));
      await Promise.all(others.map((key) => rm(join(folder, key))));
    },
  };
}

async function orNothing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return undefined;
    throw fault;
  }
}
