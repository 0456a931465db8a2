import type { ServerEvent } from "./page/wire.ts";
import type { Room } from "./room.ts";

/** The open streams of server-sent events. */
export interface Live {
  /** A stream that begins with the whole chat; undefined when too many are open. */
  open(): Response | undefined;
  closeAll(): void;
}

/** Streams open at once: every tab holds one. */
const MOST_STREAMS = 50;

/** Bytes that may wait for a slow reader. After that it is cut off, and begins anew with the whole chat. */
const MOST_WAITING_BYTES = 4_000_000;

/** Something must come now and then, or a dead connection looks like a quiet chat. */
const HEARTBEAT_MS = 15_000;

/** Server-sent events of the room. They need nothing but HTTP, and browsers reconnect by themselves. */
export function openLive(room: Room): Live {
  const streams = new Set<Stream>();
  return {
    open() {
      if (streams.size >= MOST_STREAMS) return undefined;
      const stream = openStream(room, () => streams.delete(stream));
      streams.add(stream);
      return new Response(stream.body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
    },
    closeAll() {
      for (const stream of [...streams]) stream.close();
    },
  };
}

interface Stream {
  readonly body: ReadableStream<Uint8Array>;
  close(): void;
}

function openStream(room: Room, ended: () => void): Stream {
  const encoder = new TextEncoder();
  let release = (): void => {};
  let close = (): void => {};

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string): void => {
          if ((controller.desiredSize ?? 0) > 0) {
            controller.enqueue(encoder.encode(text));
            return;
          }
          release();
          controller.error(new Error("the reader is too slow"));
        };
        const send = (event: ServerEvent): void => write(`data: ${JSON.stringify(event)}\n\n`);
        const heartbeat = setInterval(() => write(": still here\n\n"), HEARTBEAT_MS);
        const unlisten = room.listen(send);
        release = () => {
          clearInterval(heartbeat);
          unlisten();
          ended();
        };
        close = () => {
          release();
          controller.close();
        };
        write("retry: 1000\n\n");
        send(room.overview());
      },
      cancel: () => release(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING_BYTES }),
  );
  return { body, close: () => close() };
}
