/**
 * What waits in the queue: never work, only a word to whoever takes it.
 * An alarm says that something may be due at `at` (epoch ms). A beat is the watchdog's question whether jobs put into
 * the queue come out of it; `from` names the process that asks and counts its beats.
 */
export type Job = { readonly kind: "alarm"; readonly at: number } | { readonly kind: "beat"; readonly from: string };

/** A job as BullMQ takes it. Adding one whose id is in the queue already changes nothing. */
export interface QueuedJob {
  readonly name: Job["kind"];
  readonly data: Job;
  readonly opts: { readonly jobId: string; readonly timestamp: number; readonly delay: number };
}

/** The alarm for a moment: the same moment has the same id in every process. */
export function queuedAlarm(at: number, now: number): QueuedJob {
  const opts = { jobId: alarmId(at), timestamp: now, delay: Math.max(0, at - now) };
  return { name: "alarm", data: { kind: "alarm", at }, opts };
}

/** Ids take no colon. @source BullMQ, Job.validateOptions */
export function alarmId(at: number): string {
  return `alarm.${at}`;
}

/**
 * A beat, with an id that no other has: one whose taker lost the queue stays in it, locked, and would keep the next one
 * out.
 */
export function queuedBeat(from: string, now: number): QueuedJob {
  return { name: "beat", data: { kind: "beat", from }, opts: { jobId: `beat.${from}`, timestamp: now, delay: 0 } };
}

/** A job out of the queue, which another version may have filled; undefined if it is of no kind known here. */
export function readJob(data: unknown): Job | undefined {
  if (typeof data !== "object" || data === null || !("kind" in data)) return undefined;

  if (data.kind === "alarm" && "at" in data && typeof data.at === "number") return { kind: "alarm", at: data.at };
  if (data.kind === "beat" && "from" in data && typeof data.from === "string") return { kind: "beat", from: data.from };
  return undefined;
}
