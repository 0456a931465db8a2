import pino, { type Logger } from "pino";
import pretty from "pino-pretty";
import { PlusoneError } from "./fault.ts";

/** How a log is written. */
export interface LogSettings {
  readonly level: string;
  /** For people rather than machines. */
  readonly pretty?: boolean;
  /** 1: standard output, 2: standard error. */
  readonly to?: 1 | 2;
}

/** One JSON object a line: a static message, ids as fields, never names, texts or tokens. */
export function createLog({ level, pretty: forPeople = false, to = 1 }: LogSettings): Logger {
  const options = { level, base: null, serializers: { err: describeFault } };
  if (!forPeople) return pino(options, pino.destination({ dest: to, sync: true }));
  return pino(options, pretty({ destination: to, sync: true, translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname" }));
}

/**
 * What a fault may say in a log: its kind, its code and where it happened. Messages of databases and platforms quote
 * values, so only our own are kept.
 */
function describeFault(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { type: typeof fault };
  const { code } = fault as { code?: unknown };
  const own = fault instanceof PlusoneError ? { message: fault.message, advice: fault.advice } : {};
  const at = fault.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: fault.name,
    ...(typeof code === "string" && { code }),
    ...own,
    at: at?.slice(0, 6).map((line) => line.trim().replace(/(?:file:\/\/)?\/\S*\/(?=[^/\s]+\/[^/\s]+$)/, "")),
    ...(fault.cause !== undefined && { cause: describeFault(fault.cause) }),
  };
}
