import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe } from "vitest";
import { freePort } from "./free-port.ts";

/** What some tests need beyond npm. */
export type Need = "redis" | "chromium" | "libreoffice";

interface Wanted {
  /** Names of the program, and places beside PATH. */
  readonly programs: readonly string[];
  /** Debian's package. */
  readonly aptPackage: string;
  /** How a person gets it elsewhere. */
  readonly advice: string;
}

const needs: Readonly<Record<Need, Wanted>> = {
  redis: {
    programs: ["redis-server"],
    aptPackage: "redis-server",
    advice: "`apt-get install redis-server` or `brew install redis`",
  },
  chromium: {
    programs: [
      "chromium",
      "chromium-browser",
      "google-chrome-stable",
      "google-chrome",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      ...playwrightChromiums(),
    ],
    aptPackage: "chromium",
    advice: "`apt-get install chromium`, `npx playwright-core install chromium`, or Google Chrome",
  },
  libreoffice: {
    programs: ["soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"],
    aptPackage: "libreoffice-calc-nogui",
    advice: "`apt-get install libreoffice-calc-nogui`, or LibreOffice from its makers",
  },
};

/** Installing may take minutes. */
const installMs = 600_000;

/**
 * A suite that needs something beyond npm. Where that is missing and cannot be installed, the suite fails, unless it was
 * left out by name: `PLUSONE_TESTS_WITHOUT=redis,chromium npm test` counts it as skipped.
 */
export function describeWith(need: Need, title: string, body: () => void): void {
  if (isLeftOut(need)) {
    describe.skip(`${title} (left out by PLUSONE_TESTS_WITHOUT=${need})`, body);
    return;
  }
  describe(title, () => {
    beforeAll(() => find(need), installMs);
    body();
  });
}

/** Whether the caller of the tests left out what needs this. */
function isLeftOut(need: Need): boolean {
  return (process.env["PLUSONE_TESTS_WITHOUT"] ?? "").split(/[\s,]+/).includes(need);
}

/** Path of redis-server, installed if need be and possible. */
function needRedis(): Promise<string> {
  return find("redis");
}

/** Path of Chromium or Chrome, installed if need be and possible. */
export function needChromium(): Promise<string> {
  return find("chromium");
}

/** Path of LibreOffice, installed if need be and possible. */
export function needLibreOffice(): Promise<string> {
  return find("libreoffice");
}

/** A Redis of a test's own: 127.0.0.1, a port of its own, nothing on disk unless asked for. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Ends it with SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port and folder. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/** @param options  as in redis.conf, `{ "maxmemory-policy": "allkeys-lru", maxmemory: "4mb" }` */
export async function startRedis(options: Readonly<Record<string, string>> = {}): Promise<TestRedis> {
  const program = await needRedis();
  const folder = await mkdtemp(join(tmpdir(), "plusone-redis-"));
  const settings = { save: "", appendonly: "no", "maxmemory-policy": "noeviction", bind: "127.0.0.1", ...options };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);

  const port = await freePort();
  const start = () => begin(program, ["--port", String(port), "--dir", folder, ...flags]);
  let redis = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: () => end(redis, "SIGKILL"),
    restart: async () => {
      redis = await start();
    },
    stop: async () => {
      await end(redis, "SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function begin(program: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      if (printed.includes("Ready to accept connections")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}: ${printed}`)));
    child.once("error", reject);
  });
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}

const found = new Map<Need, Promise<string>>();

function find(need: Need): Promise<string> {
  const search = found.get(need) ?? findOrInstall(need);
  found.set(need, search);
  return search;
}

async function findOrInstall(need: Need): Promise<string> {
  const present = await locate(need);
  if (present) return present;

  const failure = await install(needs[need].aptPackage);
  const installed = await locate(need);
  if (installed) return installed;
  throw new Error(
    `${need} is missing (${failure ?? "installed, but it does not run"}). ` +
      `Get it with ${needs[need].advice}, or leave its tests out: PLUSONE_TESTS_WITHOUT=${need}`,
  );
}

/** The first program that is there and runs: Ubuntu's chromium-browser only says that it would like to be a snap. */
async function locate(need: Need): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const paths = needs[need].programs.flatMap((name) =>
    name.includes("/") ? [name] : folders.map((folder) => join(folder, name)),
  );
  for (const path of paths) {
    if (isProgram(path) && (await succeeds(path, ["--version"]))) return path;
  }
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if ("code" in (error as Error)) return false; // not there, or not ours to run
    throw error;
  }
}

/** Where `npx playwright install chromium` puts it. */
function playwrightChromiums(): string[] {
  const cache = join(homedir(), ".cache", "ms-playwright");
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => name.startsWith("chromium-"))
    .map((name) => join(cache, name, "chrome-linux", "chrome"));
}

/**
 * Installs with apt-get where that may be done: as root, or with a sudo that asks for nothing. Two test files, or two
 * runs, never do it at once.
 *
 * @returns why it was not installed
 */
async function install(aptPackage: string): Promise<string | undefined> {
  if (!(await succeeds("apt-get", ["--version"]))) return "there is no apt-get here";
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !(await succeeds("sudo", ["-n", "true"])))
    return "installing it needs root or a sudo without password";

  // RUNLEVEL=1 keeps the package from starting a service. Lists of packages may be missing (containers) or too old.
  const apt = `env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -o DPkg::Lock::Timeout=300`;
  const get = `${apt} install -y --no-install-recommends ${aptPackage}`;
  const script = `ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 && ${get} || { ${apt} update && ${get}; }`;
  const lock = join(tmpdir(), `plusone-apt-${process.getuid?.()}.lock`);
  const words = [...(isRoot ? [] : ["sudo", "-n"]), "flock", lock, "sh", "-c", script];
  return attempt(words[0] as string, words.slice(1));
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return (await attempt(program, args)) === undefined;
}

/** Runs a program to its end. @returns the last line of what it had to say when it failed */
async function attempt(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    await promisify(execFile)(program, args, { timeout: installMs, maxBuffer: 64_000_000 });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return stderr?.trim().split("\n").at(-1) || message.split("\n")[0];
  }
}
