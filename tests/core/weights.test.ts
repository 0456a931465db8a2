import { expect, test } from "vitest";
import { isFar } from "../../core/weights.ts";

test("a weight of more than twice or less than half of what was ordered is looked at again", () => {
  const weights = [1240, 2000, 2001, 500, 499, 0];

  expect(weights.filter((each) => isFar(1000, each))).toEqual([2001, 499, 0]);
});
