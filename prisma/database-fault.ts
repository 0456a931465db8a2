import { PlusoneError } from "../bot/fault.ts";

/** Codes of Node (network) and PostgreSQL (five signs) for a database that cannot be used, and what to do about each. */
const faults: Readonly<Record<string, { code: string; message: string; advice: string }>> = {
  ECONNREFUSED: unreachable("nobody listens there"),
  ENOTFOUND: unreachable("no machine has that name"),
  EAI_AGAIN: unreachable("its name cannot be looked up now"),
  EHOSTUNREACH: unreachable("there is no way to it"),
  ETIMEDOUT: unreachable("it does not answer"),
  ECONNRESET: unreachable("it hung up"),
  ENOENT: unreachable("there is no such socket"),
  "57P03": unreachable("it is just starting or stopping"),
  "53300": {
    code: "database-full",
    message: "takes no more connections",
    advice: "Raise max_connections there, or run fewer processes.",
  },
  "28P01": refused("refused the password"),
  "28000": refused("refused the user"),
  "3D000": refused("does not have that database"),
};

/**
 * Says in words why the database at a URL cannot be used. What has no words of its own passes as it is.
 *
 * @param url  only the machine, port and name of the database in it are ever shown
 */
export function databaseFault(error: unknown, url: string): unknown {
  const { code, message } = error as { code?: string; message?: string };
  const timedOut = /timeout/i.test(message ?? "") && code === undefined;
  const fault = faults[timedOut ? "ETIMEDOUT" : (code ?? "")];
  if (error instanceof PlusoneError || !fault) return error;
  return new PlusoneError({
    code: fault.code,
    message: `The database at ${publicUrl(url)} ${fault.message}.`,
    advice: fault.advice,
    cause: error,
  });
}

/** A database's URL without user and password, for logs and messages. */
export function publicUrl(url: string): string {
  if (!URL.canParse(url)) return "DATABASE_URL";
  const { host, hostname, pathname, searchParams } = new URL(url);
  return `${hostname ? host : (searchParams.get("host") ?? "a local socket")}${pathname}`;
}

function unreachable(why: string) {
  return {
    code: "database-unreachable",
    message: `cannot be reached: ${why}`,
    advice: "Check that PostgreSQL runs there, and DATABASE_URL.",
  };
}

function refused(what: string) {
  return { code: "database-refused", message: what, advice: "Check user, password and database name in DATABASE_URL." };
}
