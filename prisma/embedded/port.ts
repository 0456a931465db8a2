import { createHash } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that Linux (32768), macOS and Windows (49152) hand out to anybody who asks for any. */
const lowest = 20_000;
const highest = 32_000;

/**
 * Ports to try for a folder's server: always the same ones in the same order, so that the address stays as it is from
 * start to start while nobody else takes it, and two folders on a machine seldom meet.
 */
export function* portsFor(folder: string): Generator<number> {
  const start = createHash("sha256").update(folder).digest().readUInt32BE();
  for (let step = 0; step < 100; step++) yield lowest + ((start + step * 7) % (highest - lowest));
}

/** Whether nobody listens there now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
