/**
 * Every queue with its limits. One is enough: a job here is only an alarm, the work is rows in the database, and one
 * look at the rows finds whatever is due.
 */
export const queues = {
  alarms: {
    name: "plusone-alarms",
    /** Jobs taken at once: each only wakes the bot and is done at once, and a second lane asks the queue twice as often. */
    concurrency: 1,
    /** After this long without a sign of its taker, a job taken is given to another. */
    lockDurationMs: 10_000,
    /** A worker that dies with a job is no fault of the job; BullMQ's default of 1 loses it at the second death. */
    maxStalledCount: 100,
    /** An alarm does not fail. One that would is worth no second try: the sweep looks anyway. */
    attempts: 1,
    /** Longest wait for a job before asking again; a beat ends it earlier. */
    blockMs: 30_000,
    /** Wait after a fault before the worker asks again; long ones would outlive a stop. */
    retryAfterMs: 1_000,
    /** BullMQ notes what happens to each job in a stream that nobody here reads. */
    eventsKept: 100,
  },
} as const;

/** Where BullMQ keeps its tables. @source BullMQ, DEFAULT_SCHEMA: a pool of one's own can only use this one. */
export const SCHEMA = "bullmq";

/** First part of every key in Redis. The braces keep all of them in one slot of a Redis Cluster. */
export const KEY_PREFIX = "{plusone}";

/** How often and how patiently the queue is watched. In milliseconds. */
export interface Pace {
  /**
   * Between two beats. A beat costs about eight queries on PostgreSQL, so that ten seconds are 0.8 queries a second;
   * a worker that fell silent is rebuilt within beat, patience and one attempt: less than 15 s.
   */
  readonly beatEvery: number;
  /** How long a beat may take to come back. */
  readonly patience: number;
  /** Between two looks for jobs whose taker has died. */
  readonly stalledInterval: number;
  /** Least time between two checks, whatever trouble is reported in between. */
  readonly leastPause: number;
  /** How long adding or asking may take. */
  readonly answer: number;
  /** How long a connection may take to be made. */
  readonly connect: number;
  /** Wait before the second attempt to rebuild; doubles up to `longestRetry`. */
  readonly firstRetry: number;
  readonly longestRetry: number;
  /** How long a queue may take to close before its connections are cut. */
  readonly close: number;
}

/** The pace outside of tests. */
export const pace: Pace = {
  beatEvery: 10_000,
  patience: 2_000,
  stalledInterval: 5_000,
  leastPause: 250,
  answer: 1_000,
  connect: 1_500,
  firstRetry: 250,
  longestRetry: 3_000,
  close: 800,
};
