import type { Logger } from "pino";
import type { OperatorSettings } from "../../adapters/web/operator.ts";
import type { Serving } from "../../adapters/web/server.ts";
import { createQueueBoard } from "../../jobs/board.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../ports.ts";

/** The operator's pages, where a password is set; what they show is loaded and opened when somebody looks. */
export function openOperator(
  { operatorPassword: password, redisUrl }: Config,
  databaseUrl: string,
  log: Logger,
  clock: Clock,
): { readonly pages: OperatorSettings; close(): Promise<void> } | undefined {
  if (password === undefined) return undefined;
  const queues = createQueueBoard({ path: "/operator/queues", databaseUrl, redisUrl });
  return { pages: { password, queues, clock, log }, close: queues.close };
}

/** The operator's pages on a site of their own, where no playground carries them. */
export async function serveAlone(pages: OperatorSettings, { port }: Config): Promise<Serving> {
  return (await import("../../adapters/web/operator.ts")).serveOperator({ ...pages, port });
}
