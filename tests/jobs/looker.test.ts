import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Looker } from "../../jobs/looker.ts";

const silent = pino({ level: "silent" });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets everything go on that is not held, rests included. */
const aSecond = () => vi.advanceTimersByTimeAsync(1_000);

/** A look that ends when the test says so. */
function heldLook() {
  const ends: (() => void)[] = [];
  const look = () => new Promise<void>((resolve) => ends.push(resolve));
  return { look, count: () => ends.length, end: () => ends.at(-1)?.() };
}

test("alarms during a look are one look after it", async () => {
  const { look, count, end } = heldLook();
  const looker = new Looker(look, silent);

  looker.wake();
  await aSecond();
  for (let alarm = 0; alarm < 100; alarm++) looker.wake();
  await aSecond();
  expect(count()).toBe(1);

  end();
  await aSecond();
  expect(count()).toBe(2);

  end();
  await aSecond();
  expect(count()).toBe(2);
});

test("an alarm that rings after a look is looked after at once", async () => {
  const { look, count, end } = heldLook();
  const looker = new Looker(look, silent);
  looker.wake();
  await aSecond();
  end();
  await aSecond();

  looker.wake();
  await vi.advanceTimersByTimeAsync(0);

  expect(count()).toBe(2);
});

test("a look that asks to be woken at once rests between, 50 a second at most", async () => {
  let looks = 0;
  const looker = new Looker(async () => {
    looks += 1;
    looker.wake();
  }, silent);

  looker.wake();
  await aSecond();
  await looker.stop();

  expect(looks).toBeGreaterThan(40);
  expect(looks).toBeLessThanOrEqual(51);
});

test("a look that fails is told without what it was about, and the next alarm looks again", async () => {
  const told: string[] = [];
  let looks = 0;
  const looker = new Looker(
    async () => {
      looks += 1;
      throw Object.assign(new Error("duplicate key value"), { detail: "Key (name)=(Lin) already exists." });
    },
    pino({ level: "error" }, { write: (line) => told.push(line) }),
  );

  looker.wake();
  await aSecond();
  looker.wake();
  await aSecond();

  expect(looks).toBe(2);
  expect(told).toHaveLength(2);
  expect(told[0]).toContain("duplicate key value");
  expect(told[0]).not.toContain("Lin");
});

test("stopping waits for the look under way and begins none", async () => {
  const { look, count, end } = heldLook();
  const looker = new Looker(look, silent);
  looker.wake();
  await aSecond();
  looker.wake();

  let stopped = false;
  const stopping = looker.stop().then(() => {
    stopped = true;
  });
  await aSecond();
  expect(stopped).toBe(false);

  end();
  await stopping;
  looker.wake();
  await aSecond();
  expect(count()).toBe(1);
});
