import { chooseBackend } from "./backend.ts";
import type { Looking } from "./link.ts";
import { pace } from "./queues.ts";

/** Bull Board: pages on which the queue can be looked at. */
export interface QueueBoard {
  readonly path: string;
  /** Answers one request below `path`. Rejects while the queue's database does not answer. */
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

interface Opened {
  readonly answer: (request: Request) => Response | Promise<Response>;
  readonly looking: Looking;
}

/**
 * The queue's pages. Nothing is loaded and nobody is connected before the first request; what fails is opened anew with
 * the next one. Nothing can be changed on them: a job is only an alarm.
 *
 * @param path  below which the pages stand, such as "/operator/queues"
 */
export function createQueueBoard({
  path,
  ...where
}: {
  path: string;
  databaseUrl?: string | undefined;
  redisUrl?: string | undefined;
}): QueueBoard {
  let opened: Promise<Opened> | undefined;

  async function drop(which: Promise<Opened>): Promise<void> {
    if (opened === which) opened = undefined;
    const { looking } = await which;
    await looking.close();
  }

  function open(): Promise<Opened> {
    if (opened) return opened;
    const opening = openBoard(path, () => chooseBackend(where, pace).look());
    opened = opening;
    opening.then(
      ({ looking }) => looking.queue.on("error", () => void drop(opening)),
      () => {
        if (opened === opening) opened = undefined;
      },
    );
    return opening;
  }

  return {
    path,
    fetch: async (request) => (await open()).answer(request),
    close: async () => {
      if (opened) await drop(opened).catch(() => undefined); // it was never open
    },
  };
}

async function openBoard(path: string, look: () => Promise<Looking>): Promise<Opened> {
  const [{ createBullBoard }, { BullMQAdapter }, { HonoAdapter }, { serveStatic }, { Hono }, looking] =
    await Promise.all([
      import("@bull-board/api"),
      import("@bull-board/api/bullMQAdapter"),
      import("@bull-board/hono"),
      import("@hono/node-server/serve-static"),
      import("hono"),
      look(),
    ]);
  const server = new HonoAdapter(serveStatic);
  server.setBasePath(path);
  createBullBoard({
    queues: [new BullMQAdapter(looking.queue, { readOnlyMode: true })],
    serverAdapter: server,
    options: { uiConfig: { boardTitle: "Plusone" } },
  });
  const site = new Hono().route(path, server.registerPlugin());
  return { looking, answer: (request) => site.fetch(request) };
}
