import fc from "fast-check";
import { expect, test } from "vitest";
import { attack, attacks } from "./hostile.ts";

test("whatever somebody says under whatever name, the orders of others stay as they are", async () => {
  await fc.assert(
    fc.asyncProperty(attacks, async (said) => {
      expect(await attack(said)).toEqual([]);
    }),
    { seed: 1, numRuns: 20 },
  );
});
