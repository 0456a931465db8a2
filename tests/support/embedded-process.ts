import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { packageRoot } from "../../bot/package-root.ts";
import { built } from "./database.ts";

/** A process of its own that runs the embedded PostgreSQL on a folder, to be killed in ways that a test would not survive. */
export interface EmbeddedProcess {
  readonly child: ChildProcess;
  /** What it said first: that it runs, or the fault in words. */
  readonly said: Said;
  /** Its next line. */
  next(): Promise<Record<string, unknown>>;
  /** Everything it logged. */
  logged(): string;
  /** Sends it a signal, if one is named, and waits for its end; the code it ended with. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Both cases in one, so that a failing test shows the fault's words. */
export interface Said {
  readonly url?: string;
  readonly pid?: number;
  readonly code?: string;
  readonly message?: string;
  readonly advice?: string;
}

interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  /** As a user without root's rights, also when the tests run as root. */
  readonly ordinaryUser?: boolean;
  /** Where PostgreSQL's packages lie, if elsewhere: the folder `native`. */
  readonly native?: string;
}

const program = `
import { startEmbedded } from ${url("prisma/embedded/index.js")};
import { pino } from "pino";
import pg from "pg";
const [folder, native] = process.argv.slice(1);
const say = (words) => console.log(JSON.stringify(words));
const binaries = native ? { postgres: native + "/bin/postgres", initdb: native + "/bin/initdb" } : undefined;
try {
  const database = await startEmbedded({ folder, log: pino(pino.destination({ fd: 2, sync: true })), ...(binaries && { binaries }) });
  process.once("SIGINT", async () => {
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query("SELECT 1 AS one");
    await client.end();
    say({ drained: rows });
    await database.stop();
    process.exit(0);
  });
  setInterval(() => undefined, 60_000);
  say({ url: database.url, pid: database.pid });
} catch (fault) {
  say({ code: fault.code ?? fault.name, message: fault.message, advice: fault.advice });
  process.exitCode = 1;
}
`;

/** Starts such a process and waits until it runs, or says why not. */
export async function embeddedProcess(folder: string, circumstances: Circumstances = {}): Promise<EmbeddedProcess> {
  const started = await beginEmbeddedProcess(folder, circumstances);
  return { ...started, said: await started.next() };
}

/** Starts such a process and waits for nothing. */
export async function beginEmbeddedProcess(folder: string, { env, ordinaryUser, native = "" }: Circumstances = {}) {
  await built();
  const [command = "", ...args] = [...(ordinaryUser && isRoot ? asNobody : []), process.execPath];
  const child = spawn(command, [...args, "--input-type=module", "-e", program, folder, native], {
    cwd: packageRoot,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // a process group of its own, as in a terminal
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const exited = once(child, "exit");
  return {
    child,
    logged: () => log,
    next: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process said no more, and logged: ${log}`);
      return JSON.parse(value) as Record<string, unknown>;
    },
    end: async (signal?: NodeJS.Signals) => {
      if (signal && child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = await exited;
      return code as number | null;
    },
  };
}

/** Whether the tests have root's rights. */
export const isRoot = process.getuid?.() === 0;

/** The user nobody, who may read everything (or else could not read a clone below a folder of root's) and write nothing. */
const asNobody = [
  ...["setpriv", `--reuid=${idOf("-u")}`, `--regid=${idOf("-g")}`, "--clear-groups"],
  ...["--securebits=+no_setuid_fixup", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--"],
];

/** Number of the user nobody, `-u`, or of its group, `-g`. */
export function idOf(which: "-u" | "-g"): number {
  return Number(execFileSync("id", [which, "nobody"], { encoding: "utf8" }));
}

function url(path: string): string {
  return JSON.stringify(new URL(`file://${join(packageRoot, "dist", path)}`).href);
}
