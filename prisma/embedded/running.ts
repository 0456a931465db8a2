import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { plusone } from "./cluster.ts";

/**
 * Where the built-in PostgreSQL of a data folder answers, which another Plusone runs; undefined where it does not run.
 * With the password in it: for clients, never for a log.
 */
export function urlOfRunning(folder: string): string | undefined {
  const [pidFile, passwordFile] = [join(folder, "postgres", "postmaster.pid"), join(folder, "postgres-password")];
  if (!existsSync(pidFile) || !existsSync(passwordFile)) return undefined;
  const port = readFileSync(pidFile, "utf8").split("\n")[3]?.trim(); // its fourth line, @source PostgreSQL, pidfile.h
  if (!port || !/^\d{1,5}$/.test(port)) return undefined;
  return `postgresql://${plusone}:${readFileSync(passwordFile, "utf8").trim()}@127.0.0.1:${port}/${plusone}`;
}
