import { spawn } from "node:child_process";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";

/** How one of PostgreSQL's programs is called: the words of the command, and the options of `spawn`. */
export interface Call {
  readonly words: readonly [string, ...string[]];
  readonly options: { readonly env?: NodeJS.ProcessEnv; readonly uid?: number; readonly gid?: number };
}

/**
 * @param binaries  for the libraries
 * @param account   as whom the program runs
 */
export function call(program: string, args: readonly string[], binaries: Binaries, account: Account): Call {
  const [first = program, ...rest] = [...account.prefix, program, ...args];
  return { words: [first, ...rest], options: { ...cleanEnvironment(binaries.libraryPath), ...account.spawn } };
}

/** A program's end: its code, and everything it printed. */
export interface Outcome {
  readonly code: number | null;
  readonly printed: string;
}

/** Runs a program that ends by itself, giving it `input`. Rejects only when it cannot be started at all. */
export function run({ words: [program, ...args], options }: Call, input: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: "pipe", windowsHide: true });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
    }
    child.stdin.on("error", () => undefined); // it ended before it had read everything; its code tells why
    child.stdin.end(input);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, printed }));
  });
}

/**
 * Nothing of the user's environment reaches PostgreSQL: LANG would choose an encoding, PGDATA and its sisters a cluster.
 * Windows' programs need much of it to start at all, so there it stays.
 */
function cleanEnvironment(libraryPath: string | undefined): { env?: NodeJS.ProcessEnv } {
  if (process.platform === "win32") return {};
  const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return { env: { PATH: path, LC_ALL: "C", TZ: "UTC", ...(libraryPath && { LD_LIBRARY_PATH: libraryPath }) } };
}
