import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import type { Incoming } from "../../bot/ports.ts";
import { built } from "./database.ts";

/** A Plusone in a process of its own, to be killed or run beside another, with a chat that a test feeds. */
export interface BotProcess {
  readonly child: ChildProcess;
  /** Resolves when the events are stored for good, as a platform would be told. */
  deliver(events: readonly Incoming[]): Promise<void>;
  /** Resolves with what it has logged so far. */
  logged(): string;
  /** Ends it in order. */
  stop(): Promise<void>;
}

const program = `
import { createInterface } from "node:readline";
import { readConfig } from ${url("bot/config.js")};
import { createLog } from ${url("bot/log.js")};
import { start } from ${url("bot/main.js")};
const [databaseUrl, folder, resends] = process.argv.slice(1);
let deliver;
const capabilities = { edit: true, react: true, buttons: true, pin: true, ephemeral: true, direct: false, recall: true,
  resends: resends === "true", adminList: true, files: false, maxText: 4096, editEveryMs: 1000, graceMs: 200 };
const nothing = async () => undefined;
const chat = { platform: "fake", capabilities, start: async (to) => { deliver = to; }, stop: nothing,
  post: async () => ({ id: "post" }), edit: nothing, react: nothing, whisper: nothing, answerPress: nothing, pin: nothing,
  isAdministrator: async () => false };
const settings = { DATABASE_URL: databaseUrl, PLUSONE_DATA: folder, PLUSONE_ZONE: "Asia/Shanghai" };
const plusone = await start(readConfig(settings), { log: createLog({ level: "info" }), adapters: [chat] });
const instants = new Set(["sentAt", "editedAt", "recalledAt", "pressedAt", "at"]);
const say = (words) => process.send(words);
process.on("message", ({ number, events, stop }) => {
  if (stop) return void plusone.stop().then(() => process.exit(0));
  deliver(JSON.parse(events, (key, value) => (instants.has(key) ? new Date(value) : value))).then(
    () => say({ number }),
    (fault) => say({ number, failed: String(fault) }),
  );
});
say({ ready: true });
`;

/** Starts one and waits until it takes events. */
export async function botProcess(databaseUrl: string, folder: string, { resends = true } = {}): Promise<BotProcess> {
  await built();
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, databaseUrl, folder, String(resends)], {
    cwd: packageRoot,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let log = "";
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface(stream).on("line", (line) => {
      log += `${line}\n`;
    });
  }
  const waiting = new Map<number, { done: () => void; failed: (fault: Error) => void }>();
  const exited = once(child, "exit");
  void exited.then(() => {
    for (const { failed } of waiting.values()) failed(new Error(`the process has ended, and logged: ${log}`));
  });
  await Promise.race([
    once(child, "message"),
    exited.then(() => Promise.reject(new Error(`it did not start: ${log}`))),
  ]);
  child.on("message", ({ number, failed }: { number: number; failed?: string }) => {
    const delivery = waiting.get(number);
    waiting.delete(number);
    if (failed === undefined) delivery?.done();
    else delivery?.failed(new Error(failed));
  });
  let count = 0;
  return {
    child,
    logged: () => log,
    deliver: (events) =>
      new Promise((done, failed) => {
        count += 1;
        waiting.set(count, { done, failed });
        child.send({ number: count, events: JSON.stringify(events) });
      }),
    stop: async () => {
      child.send({ stop: true });
      await exited;
    },
  };
}

function url(path: string): string {
  return JSON.stringify(new URL(`file://${join(packageRoot, "dist", path)}`).href);
}
