import type { Io } from "../cli.ts";
import { readConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { start } from "../main.ts";
import { untilSignal } from "./until-signal.ts";

/** `plusone start`: runs until it is told to stop, then drains and exits 0. */
export async function run(argv: readonly string[], { stderr }: Io): Promise<number> {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel, pretty: argv.includes("--pretty") });
  const signal = untilSignal();
  const running = await start(config, { log });
  log.info({ platforms: running.platforms }, "Plusone runs");
  if (running.playground) stderr.write(`\n  Plusone runs. Open ${running.playground} and play.\n  Ctrl-C ends it.\n\n`);
  else stderr.write(`\n  Plusone runs: ${running.platforms.join(", ")}. Ctrl-C ends it.\n\n`);

  log.info({ signal: await signal }, "stopping");
  await running.stop();
  log.info("stopped");
  return 0;
}
