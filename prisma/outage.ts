/** PostgreSQL's error classes that say: not now. @source PostgreSQL manual, appendix A */
const CLASSES_OF_OUTAGE: readonly string[] = [
  "08", // connection exceptions
  "40", // transaction rollback: serialization failure, deadlock
  "53", // insufficient resources: too many connections, disk full
  "57", // operator intervention: shutting down, starting up, statement timeout
  "58", // system errors
];

/** The server, or Prisma for it, gave up on what was asked, and answers all the same. */
const CODES_OF_TIMEOUT: ReadonlySet<string> = new Set(["57014", "P2028"]);

/** What Prisma says with the second of these where the work was not even begun, for want of a connection. */
const NOT_BEGUN = /unable to start a transaction/i;

const CODES_OF_OUTAGE: ReadonlySet<string> = new Set([
  "55P03", // a lock is not to be had in time: somebody else is slow
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
]);

/** What Prisma's adapter calls them, inside the errors of raw queries. @source @prisma/driver-adapter-utils, MappedError */
const KINDS_OF_OUTAGE: ReadonlySet<string> = new Set([
  "ConnectionClosed",
  "DatabaseNotReachable",
  "SocketTimeout",
  "TooManyConnections",
  "TransactionWriteConflict",
]);

/** What `pg` says without a code when a connection is lost or cannot be had. */
const WORDS_OF_OUTAGE =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|cannot use a pool after|server closed the connection/i;

/**
 * Whether a fault says that the database cannot do it now, rather than that it will never do this: then the same is
 * tried again. A commit whose reply was lost counts too; what is stored is stored under its key, so again does no harm.
 */
export function isOutage(fault: unknown): boolean {
  if (typeof fault !== "object" || fault === null) return false;
  const { code, syscall, kind, message, cause, meta } = fault as Partial<Record<string, unknown>>;
  if (code === "ENOENT" && syscall === "connect") return true; // the socket's file, while the server is away
  if (typeof code === "string" && isCodeOfOutage(code)) return true;
  if (typeof kind === "string" && KINDS_OF_OUTAGE.has(kind)) return true;
  if (typeof message === "string" && WORDS_OF_OUTAGE.test(message)) return true;
  return isOutage(cause) || isOutage((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError);
}

/** Whether what was asked took too long for a database that is there: of all outages the one that it may cause itself. */
export function isTimeout(fault: unknown): boolean {
  if (typeof fault !== "object" || fault === null) return false;
  const { code, message, cause, meta } = fault as Partial<Record<string, unknown>>;
  if (typeof code === "string" && CODES_OF_TIMEOUT.has(code)) return !NOT_BEGUN.test(String(message));
  return isTimeout(cause) || isTimeout((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError);
}

function isCodeOfOutage(code: string): boolean {
  return CODES_OF_OUTAGE.has(code) || (/^[0-9A-Z]{5}$/.test(code) && CLASSES_OF_OUTAGE.includes(code.slice(0, 2)));
}
