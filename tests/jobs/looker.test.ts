import { pino } from "pino";
import { expect, test } from "vitest";
import { Looker } from "../../jobs/looker.ts";

const silent = pino({ level: "silent" });

/** A look that ends when the test says so. */
function heldLook() {
  const ends: (() => void)[] = [];
  const look = () => new Promise<void>((resolve) => ends.push(resolve));
  return { look, count: () => ends.length, end: () => ends.at(-1)?.() };
}

/** Long enough for every promise that is not held to go on. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("alarms during a look are one look after it", async () => {
  const { look, count, end } = heldLook();
  const looker = new Looker(look, silent);

  for (let alarm = 0; alarm < 100; alarm++) looker.wake();
  await turn();
  expect(count()).toBe(1);

  end();
  await turn();
  expect(count()).toBe(2);

  end();
  await turn();
  expect(count()).toBe(2);
  looker.wake();
  expect(count()).toBe(3);
});

test("a look that fails is told, and the next alarm looks again", async () => {
  const told: string[] = [];
  let looks = 0;
  const looker = new Looker(
    async () => {
      looks += 1;
      throw new Error("the database is away");
    },
    pino({ level: "error" }, { write: (line) => told.push(line) }),
  );

  looker.wake();
  await turn();
  looker.wake();
  await turn();

  expect(looks).toBe(2);
  expect(told).toHaveLength(2);
  expect(told[0]).toContain("the database is away");
});

test("stopping waits for the look under way and begins none", async () => {
  const { look, count, end } = heldLook();
  const looker = new Looker(look, silent);
  looker.wake();
  looker.wake();

  let stopped = false;
  const stopping = looker.stop().then(() => {
    stopped = true;
  });
  await turn();
  expect(stopped).toBe(false);

  end();
  await stopping;
  looker.wake();
  await turn();
  expect(count()).toBe(1);
});
