import { expect, test } from "vitest";
import { counted } from "../../../core/chain/render-chain.ts";

const chainOf = (...numbers: readonly (number | undefined)[]) => ({
  title: "水果",
  entries: numbers.map((no, at) => ({ ...(no !== undefined && { no }), name: `n${at}`, lines: [], words: `n${at} 1` })),
});

const rows = [
  { numbers: [1, 2, 4], becomes: [1, 2, 4], why: "a gap stays: somebody has taken themselves off" },
  { numbers: [1, 1], becomes: [1, 2], why: "two forks begin at 1" },
  { numbers: [2, 1, 3], becomes: [1, 2, 3], why: "they do not rise" },
  { numbers: [undefined, undefined], becomes: [undefined, undefined], why: "none has a number yet" },
] as const;

for (const { numbers, becomes, why } of rows) {
  test(`numbers ${numbers.join(", ")} of a merged chain: ${why}`, () => {
    expect(counted(chainOf(...numbers) as never).entries.map(({ no }) => no)).toEqual(becomes);
  });
}
