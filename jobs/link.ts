import { type BackendFactory, type IQueueBackend, Queue, UnrecoverableError, Worker } from "bullmq";
import type { QueuedJob } from "./job.ts";
import { settlesWithin, within } from "./limit.ts";
import { KEY_PREFIX, type Pace, queues } from "./queues.ts";

/** A queue and its worker on connections that work. Once one of them has failed it is closed and another is made. */
export interface Link {
  add(jobs: readonly QueuedJob[]): Promise<void>;
  /** Whether a job of this id is in the queue. */
  holds(id: string): Promise<boolean>;
  /** Takes a job out of the queue, unless somebody is at it. */
  remove(id: string): Promise<void>;
  /** Gives jobs whose taker died to another. */
  recoverStalled(): Promise<void>;
  /** Closes within about a second, whether or not the other side answers. */
  close(): Promise<void>;
}

/** A queue without a worker, on a connection of its own. */
export interface Looking {
  readonly queue: Queue;
  close(): Promise<void>;
}

/** What a link tells. */
export interface LinkEvents {
  /** A job has come out of the queue. Whether it is of a known kind; if not, it is parked among the failed. */
  take(job: { readonly id: string; readonly name: string; readonly data: unknown }): boolean;
  /** Something went wrong on a connection; BullMQ may or may not get over it. */
  trouble(error: Error): void;
}

interface Connections<B extends IQueueBackend, C> {
  readonly factory: BackendFactory<B, C>;
  readonly connection: C;
  /** Ends every connection, whatever is under way on them. */
  cut(): Promise<void>;
}

/** Builds queue and worker on connections that have just answered. */
export async function openLink<B extends IQueueBackend, C>(
  { factory, connection, cut }: Connections<B, C>,
  events: LinkEvents,
  pace: Pace,
): Promise<Link> {
  const limits = queues.alarms;
  const common = { connection, prefix: KEY_PREFIX };
  const queue = new Queue(limits.name, { ...common, streams: { events: { maxLen: limits.eventsKept } } }, factory);
  queue.on("error", events.trouble);
  const worker = new Worker(
    limits.name,
    async ({ id = "", name, data }) => {
      // However many attempts it was given: what is unknown now is unknown at the next attempt too.
      if (!events.take({ id, name, data })) throw new UnrecoverableError(`Plusone knows no job of this kind: ${name}`);
    },
    {
      ...common,
      concurrency: limits.concurrency,
      lockDuration: limits.lockDurationMs,
      stalledInterval: pace.stalledInterval,
      maxStalledCount: limits.maxStalledCount,
      drainDelay: limits.blockMs / 1000,
      runRetryDelay: limits.retryAfterMs,
      // The watchdog looks for stalled jobs: BullMQ's own timer would outlive a stop by five seconds after a fault.
      skipStalledCheck: true,
    },
    factory,
  );
  worker.on("error", events.trouble);

  let closing: Promise<void> | undefined;
  function close(): Promise<void> {
    closing ??= settlesWithin(pace.close, Promise.all([worker.close(), queue.close()])).then(cut);
    return closing;
  }

  try {
    await within(pace.connect, "building the queue", Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]));
  } catch (error) {
    await close();
    throw error;
  }

  return {
    async add(jobs) {
      const common = { attempts: limits.attempts, removeOnComplete: true, removeOnFail: true };
      await queue.addBulk(jobs.map(({ name, data, opts }) => ({ name, data, opts: { ...common, ...opts } })));
    },
    async holds(id) {
      return (await queue.getJob(id)) !== undefined;
    },
    async remove(id) {
      await queue.remove(id);
    },
    async recoverStalled() {
      await worker.getBackend().moveStalledJobsToWait();
    },
    close,
  };
}
