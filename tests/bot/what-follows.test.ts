import { expect, test } from "vitest";
import { FakeChat, type FakePerson } from "../support/fake-chat.ts";
import { type MemoryTown, memoryTown } from "../support/memory-town.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test("what was ahead of a settled buy is ahead again when the settlement is taken back, which is told each time", async () => {
  const { court, lin, town } = await village();
  await lin.opens("Apples $5/kg, closes in 1 hour\nPickup in 5 days 18:00-20:00 at the gate");
  await court.person("Ada").says("+2 apples");
  await pass(town, HOUR + 60_000);
  await court.posted(/final list/);

  await settle(lin);
  await court.posted(/📒/);
  await lin.says("/undo");
  await lin.says("ok");
  await court.posted(/once more/);
  await pass(town, 5 * DAY);
  await court.posted(/can soon be collected/);
  await settle(lin);
  await town.later(0);

  await expect.poll(() => posts(court, /📒/)).toBe(2);
});

test("people are asked once how a buy was, however often it is settled", async () => {
  const { court, lin, town } = await village();
  await lin.opens("Apples $5/kg, closes in 1 hour");
  await court.person("Ada").says("+2 apples");
  await pass(town, 5 * DAY);
  await court.posted(/How was/);

  await settle(lin);
  await pass(town, DAY);

  expect(posts(court, /How was/)).toBe(1);
});

test("after days in which nothing ran, reminders do not come on each other's heels, and not of what is over", async () => {
  const { court, lin, town } = await village();
  await lin.opens("Apples $5/kg, closes in 1 hour\nPickup in 2 days 18:00-20:00 at the gate");
  const ada = court.person("Ada");
  await ada.says("+2 apples");
  await pass(town, HOUR + 60_000);
  await court.posted(/final list/);

  await town.later(8 * DAY);
  for (let looks = 0; looks < 8; looks++) await town.later(1_000);
  const owed = () => court.shown.filter(({ only, text }) => only === ada && /\$10/.test(text)).length;
  await expect.poll(owed).toBe(1);
  await pass(town, 3 * DAY);

  expect(owed()).toBe(3);
  expect(posts(court, /collected|Pickup of/)).toBe(0);
});

test("a planned opening whose closing has passed by the time it runs is left out", async () => {
  const { court, lin, town } = await village();
  await lin.opens("Apples $5/kg, closes in 2 hours");
  await pass(town, 2 * HOUR + 60_000);
  await court.posted(/Nobody has ordered/);
  await lin.says("/every daily 12:00");
  await lin.hears(/12:00/);
  const opened = posts(court, /🟢/);

  await town.later(noonAhead() + 5 * HOUR);
  for (let looks = 0; looks < 4; looks++) await town.later(1_000);

  await lin.hears(/left out/);
  expect(posts(court, /🟢/)).toBe(opened);
});

test("who waits is asked again when it has become dearer, as who has ordered", async () => {
  const { court, lin } = await village();
  await lin.opens("Apples $5/kg, only 3 kg");
  const [ada, ben] = [court.person("Ada"), court.person("Ben")];
  await ada.says("3 apples");
  await ben.says("2 apples");

  await lin.says("/item apples $6");
  await lin.presses(await lin.hears(/\$6/), /change|yes|ok/i);

  for (const person of [ada, ben]) await person.hears(/\$6/);
});

test("a buy that is called off again after all is told to be called off again", async () => {
  const { court, lin } = await village();
  await lin.opens("Apples $5/kg");
  const callOff = async () => {
    await lin.says("/cancel");
    await lin.presses(await lin.hears(/Apples/), /Call|Cancel|off/i);
  };

  await callOff();
  await court.posted(/called off|cancelled/i);
  await lin.says("/undo");
  await lin.hears(/Your last step/);
  await lin.says("ok");
  await lin.hears(/Taken back/);
  await callOff();

  await expect.poll(() => posts(court, /is (called off|cancelled)/i)).toBe(2);
});

async function village() {
  const court = new FakeChat({ platform: "telegram" });
  const town = await memoryTown([court]);
  const lin = court.person("Lin", { leader: true });
  await lin.says("/settings quiet off");
  await lin.hears(/quiet/i);
  return { court, lin, town };
}

/** So much time goes by, with Plusone there. */
async function pass(town: MemoryTown, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 2 * HOUR) await town.later(Math.min(left, 2 * HOUR));
}

async function settle(lin: FakePerson): Promise<void> {
  await lin.says("/settle");
  await lin.hears(/Settle/);
  await lin.says("ok");
}

/** How often something was posted that fits. */
function posts(court: FakeChat, pattern: RegExp): number {
  return court.shown.filter(
    ({ by, only, texts }) => by === undefined && only === undefined && texts.some((text) => pattern.test(text)),
  ).length;
}

/** How long until it is noon in Singapore. */
function noonAhead(): number {
  return (4 * HOUR - (Date.now() % DAY) + DAY) % DAY;
}
