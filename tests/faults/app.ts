import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { eventually } from "../support/eventually.ts";

/** Plusone in a process of its own. */
export interface App {
  readonly process: ChildProcess;
  /** Everything that it printed and logged. */
  printed(): string;
  /** Waits until it runs. */
  ready(): Promise<void>;
  /** Sends a signal and waits for the end; the code that it ended with, none where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  isOver(): boolean;
  over(): Promise<void>;
}

/** Starts `app.mjs`; whatever is left of it ends with the test. */
export function startApp(settings: Readonly<Record<string, string>>): App {
  const child = spawn(process.execPath, [join(packageRoot, "tests/faults/app.mjs")], {
    cwd: packageRoot,
    env: { ...process.env, PLUSONE_ZONE: "Asia/Shanghai", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = once(child, "exit");
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    process: child,
    printed: () => output,
    isOver,
    ready: async () => {
      await eventually("Plusone runs, or has ended", () => output.includes('"Plusone runs"') || isOver(), 60_000);
    },
    end: async (signal) => {
      if (!isOver()) child.kill(signal);
      const [code] = await exited;
      return code as number | null;
    },
    over: async () => {
      await exited;
    },
  };
}
