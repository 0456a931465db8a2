import type { Logger } from "pino";
import { readJob } from "./job.ts";
import type { LinkEvents } from "./link.ts";

interface Ears {
  readonly log: Logger;
  /** Any job, of whatever kind: the queue works. */
  hear(): void;
  /** An alarm: something may be due. */
  wake(): void;
  /** A job that nobody here knows. */
  park(): void;
}

/**
 * What happens to a job that comes out of the queue. An alarm only wakes the bot and does not wait for the look: should
 * the process die meanwhile, the rows still say what is due. One that rings early, because the clock of the worker that
 * took it is fast, does no harm for the same reason.
 */
export function takeJobs({ log, hear, wake, park }: Ears): LinkEvents["take"] {
  return ({ id, name, data }) => {
    hear();
    const job = readJob(data);
    switch (job?.kind) {
      case "alarm":
        wake();
        return true;
      case "beat":
        return true;
      case undefined:
        park();
        log.error({ job: id, kind: name }, "parked a job of an unknown kind: another version put it into our queue");
        return false;
      default:
        return job satisfies never;
    }
  };
}
