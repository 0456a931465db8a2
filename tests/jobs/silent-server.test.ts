import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAlarm } from "../../jobs/alarm.ts";
import { eventually } from "../support/eventually.ts";

const clock = { now: () => new Date(), newId: () => randomUUID() };
const log = pino({ level: "silent" });

/** Takes every connection and never says a word. */
let server: Server;
let callers: Set<Socket>;
beforeEach(async () => {
  callers = new Set();
  server = createServer((socket) => {
    callers.add(socket);
    socket.resume().once("close", () => callers.delete(socket));
    socket.on("error", () => undefined); // how a caller leaves is its own affair
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  for (const caller of callers) caller.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const rows = [
  { backend: "redis", where: (host: string) => ({ redisUrl: `redis://${host}` }) },
  { backend: "postgresql", where: (host: string) => ({ databaseUrl: `postgresql://plusone:secret@${host}/plusone` }) },
];
for (const { backend, where } of rows) {
  test(`a ${backend} that takes connections and never answers holds up neither start, health nor stop`, async () => {
    const { port } = server.address() as AddressInfo;
    const alarm = createAlarm({ ...where(`127.0.0.1:${port}`), log, clock });

    await alarm.start(async () => {});
    expect(await alarm.health()).toMatchObject({ ok: false, backend });

    await alarm.stop();
    await eventually("the last connection is let go", () => callers.size === 0);
  });
}
