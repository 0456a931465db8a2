import type { Io } from "../cli.ts";
import { readConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { createConsole } from "../main/outside.ts";
import { start } from "../main.ts";
import { systemClock } from "../system-clock.ts";
import { untilSignal } from "./until-signal.ts";

/** `plusone chat`: a group chat in the terminal, on the full stack. Ends with its input. */
export async function run(_argv: readonly string[], { stdin, stdout }: Io): Promise<number> {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel === "info" ? "warn" : config.logLevel, pretty: true, to: 2 });
  const signal = untilSignal();
  const console = createConsole({
    stdin,
    stdout,
    clock: systemClock,
    log,
    folder: config.dataFolder,
    prompts: stdin.isTTY,
  });
  const running = await start(config, { log, adapters: [console] });
  await Promise.race([signal, console.ended]);
  await running.stop();
  return 0;
}
