/** PostgreSQL's error classes that say: not now. @source PostgreSQL manual, appendix A */
const CLASSES_OF_OUTAGE: readonly string[] = [
  "08", // connection exceptions
  "40", // transaction rollback: serialization failure, deadlock
  "53", // insufficient resources: too many connections, disk full
  "57", // operator intervention: shutting down, starting up, statement timeout
  "58", // system errors
];

const CODES_OF_OUTAGE: ReadonlySet<string> = new Set([
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

function isCodeOfOutage(code: string): boolean {
  return CODES_OF_OUTAGE.has(code) || (/^[0-9A-Z]{5}$/.test(code) && CLASSES_OF_OUTAGE.includes(code.slice(0, 2)));
}
