import { randomInt } from "node:crypto";
import { isFree } from "../../prisma/embedded/port.ts";

/** A port of 127.0.0.1 on which nobody listens; below those that systems hand out, so that nobody gets it meanwhile. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000);
    if (await isFree(port)) return port;
  }
}
