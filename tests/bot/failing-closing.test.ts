import { expect, test, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { memoryTown } from "../support/memory-town.ts";

test("a closing that fails is tried once each time, though many closings are done beside each other", async () => {
  const chat = new FakeChat();
  const town = await memoryTown([chat]);
  const lin = chat.person("Lin", { leader: true });
  await lin.opens("Apples $5/kg, closes in 3 hours");
  const tries: number[] = [];
  const failing = vi.spyOn(town.store, "takeClosings").mockImplementation(async (which) => {
    if ("one" in which) tries.push(which.one.attempts);
    throw new Error("it fails");
  });

  for (const times of [1, 2, 3]) {
    await town.later(4 * 3_600_000);
    await eventually(`it was tried ${times} times`, () => tries.includes(times - 1));
  }

  expect(tries).toEqual([0, 1, 2]);
  failing.mockRestore();
  await town.later(3_600_000);
  await chat.posted(/final list/);
});
