import type { Link, LinkEvents, Looking } from "./link.ts";
import type { Pace } from "./queues.ts";

/** What holds the queue: one of the two databases that BullMQ works on. */
export interface Backend {
  readonly name: "postgresql" | "redis";
  /**
   * Makes a link. Asks first, because a BullMQ queue that is built while PostgreSQL is down stays dead for ever.
   *
   * @param events  what the link tells about itself, from now until it is closed
   * @throws PlusoneError when the other side answers and refuses; any other error when it does not answer
   */
  open(events: LinkEvents): Promise<Link>;
  /** Asks and changes nothing. @throws as `open` does */
  ping(): Promise<void>;
  /** Opens the queue to be looked at. @throws as `open` does */
  look(): Promise<Looking>;
}

/** The backend that the settings name; its libraries are loaded when it is first used, as no command but `start` is. */
export function chooseBackend(
  where: { redisUrl?: string | undefined; databaseUrl?: string | undefined },
  pace: Pace,
): Backend {
  const { redisUrl, databaseUrl } = where;
  if (redisUrl) {
    return {
      name: "redis",
      open: async (events) => (await import("./redis.ts")).openRedis(redisUrl, events, pace),
      ping: async () => (await import("./redis.ts")).pingRedis(redisUrl, pace),
      look: async () => (await import("./redis.ts")).lookAtRedis(redisUrl, pace),
    };
  }
  if (databaseUrl) {
    return {
      name: "postgresql",
      open: async (events) => (await import("./postgres.ts")).openPostgres(databaseUrl, events, pace),
      ping: async () => (await import("./postgres.ts")).pingPostgres(databaseUrl, pace),
      look: async () => (await import("./postgres.ts")).lookAtPostgres(databaseUrl, pace),
    };
  }
  throw new Error("an alarm needs redisUrl or databaseUrl");
}
