import type { Io } from "../cli.ts";
import { readConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { type Running, start } from "../main.ts";
import { untilSignal } from "./until-signal.ts";

/** `plusone start`: runs until it is told to stop, then drains and exits 0. */
export async function run(argv: readonly string[], { stderr }: Io): Promise<number> {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel, pretty: argv.includes("--pretty") });
  const signal = untilSignal();
  const running = await start(config, { log });
  log.info({ platforms: running.platforms, notReady: running.notReady() }, "Plusone runs");
  stderr.write(toldAtStart(running));

  log.info({ signal: await signal }, "stopping");
  await running.stop();
  log.info("stopped");
  return 0;
}

/** What stands in the terminal once all is started: also what runs and cannot be used yet. */
export function toldAtStart({
  playground,
  platforms,
  notReady,
}: Pick<Running, "playground" | "platforms" | "notReady">) {
  const lines = playground
    ? [`Plusone runs. Open ${playground} and play.`, "Ctrl-C ends it."]
    : [`Plusone runs: ${platforms.join(", ")}. Ctrl-C ends it.`];
  const missing = notReady();
  const waiting = `Not logged in yet: ${missing.join(", ")}. Nothing is heard or said there until that is done.`;
  return `\n${[...lines, ...(missing.length > 0 ? [waiting] : [])].map((line) => `  ${line}\n`).join("")}\n`;
}
