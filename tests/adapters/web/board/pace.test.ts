import pino from "pino";
import { expect, onTestFinished, test } from "vitest";
import { serveBoard } from "../../../../adapters/web/board/index.ts";
import type { Board, Visitor } from "../../../../bot/board/ports.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

test("who asks without end is slowed down, alone, and told when to come again", async () => {
  const clock = new VirtualClock();
  const community = { name: "Garden Court", zone: "Asia/Shanghai" };
  const visitor = { place: { community }, language: "en", who: "leader" } as Visitor;
  const board = { visitor: async () => visitor, buys: async () => [] } as Partial<Board> as Board;
  const log = pino({ level: "silent" });
  const serving = await serveBoard({ board, clock, log, url: "http://127.0.0.1:1", host: "127.0.0.1", port: 0 });
  onTestFinished(() => serving.stop());
  const look = (who: string) =>
    fetch(`http://127.0.0.1:${serving.port}/board`, { headers: { cookie: `plusone-board=${who.repeat(43)}` } });

  const first = await Promise.all(Array.from({ length: 120 }, () => look("a")));
  const next = await look("a");
  const other = await look("b");
  clock.advance(250);
  const later = await look("a");

  expect(first.filter(({ status }) => status !== 200)).toEqual([]);
  expect([next.status, next.headers.get("retry-after"), other.status, later.status]).toEqual([429, "1", 200, 200]);
});
