import { createRedisBackend, Queue } from "bullmq";
import { Redis } from "ioredis";
import { PlusoneError } from "../bot/fault.ts";
import { settlesWithin, within } from "./limit.ts";
import { type Link, type LinkEvents, type Looking, openLink } from "./link.ts";
import { KEY_PREFIX, type Pace, queues } from "./queues.ts";

/** BullMQ on Redis, through ioredis. */
export async function openRedis(redisUrl: string, events: LinkEvents, pace: Pace): Promise<Link> {
  const connection = await connect(redisUrl, events.trouble, pace);
  connection.on("end", () => events.trouble(new Error("the connection to Redis has ended")));
  const cut = async () => connection.disconnect();
  return openLink({ factory: createRedisBackend, connection, cut }, events, pace);
}

/** The queue alone, to be looked at. */
export async function lookAtRedis(redisUrl: string, pace: Pace): Promise<Looking> {
  const connection = await connect(redisUrl, () => undefined, pace);
  const queue = new Queue(queues.alarms.name, { connection, prefix: KEY_PREFIX }, createRedisBackend);
  const close = async () => {
    await settlesWithin(pace.close, queue.close());
    connection.disconnect();
  };
  return { queue, close };
}

/** @throws PlusoneError when Redis refuses us or may lose alarms; any other error when it does not answer */
export async function pingRedis(redisUrl: string, pace: Pace): Promise<void> {
  const connection = await connect(redisUrl, () => undefined, pace);
  connection.disconnect();
}

async function connect(redisUrl: string, onError: (error: Error) => void, pace: Pace): Promise<Redis> {
  const connection = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: pace.connect,
    disconnectTimeout: pace.close / 2,
    maxRetriesPerRequest: null, // BullMQ insists
    // A lost connection stays lost, and the watchdog makes a new link: ioredis would keep commands for a Redis that may
    // never come back, and whoever waits for them would wait as long.
    retryStrategy: () => null,
  });
  let lastError: Error | undefined;
  connection.on("error", (error) => {
    lastError = error;
    onError(error);
  });
  try {
    await within(pace.connect, "connecting to Redis", connection.connect()); // its own limit ends with the handshake
    if (lastError) throw lastError; // of a database number that there is not, ioredis makes 0 and an event
    await within(pace.answer, "asking Redis for its settings", checkEviction(connection));
    return connection;
  } catch (error) {
    connection.disconnect();
    throw refusal(lastError ?? error) ?? refusal(error) ?? lastError ?? error;
  }
}

/** A Redis that evicts keys when its memory is full loses alarms without a word. */
async function checkEviction(redis: Redis): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info("memory"))?.[1];
  if (policy === undefined || policy === "noeviction") return;

  throw new PlusoneError({
    code: "redis-evicts",
    message: `Redis throws keys away when its memory is full (maxmemory-policy is ${policy}).`,
    advice: "Run: redis-cli CONFIG SET maxmemory-policy noeviction, and set it in redis.conf as well.",
  });
}

/** Redis has answered and will not have us: trying again helps nobody until a person has changed something. */
function refusal(cause: unknown): PlusoneError | undefined {
  if (!(cause instanceof Error) || !/^(NOAUTH|WRONGPASS|NOPERM)|DB index/.test(cause.message)) return undefined;

  return new PlusoneError({
    code: "queue-login-refused",
    message: "Redis does not let the job queue in.",
    advice: "Check user, password and database number in REDIS_URL.",
    cause,
  });
}
