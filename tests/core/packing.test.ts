import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Amount, checkPacking, matrixOf, restOf } from "../../core/packing.ts";

const of = (item: number, quantity: number, option = ""): Amount => ({ item, option, quantity: quantity * 1000 });

const anyAmounts = fc.array(
  fc.record({
    item: fc.integer({ min: 1, max: 3 }),
    option: fc.constantFrom("", "red"),
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 12 },
);
const sum = (lines: readonly { quantity: number }[]) => lines.reduce((all, { quantity }) => all + quantity, 0);

test("what is packed is compared with what came, by item and option", () => {
  const lines = [of(2, 1), of(1, 2), of(2, 1, "red"), of(1, 3)];
  const arrived = [
    { item: 1, option: "", counted: 5000 },
    { item: 2, option: "red", counted: 500 },
  ];

  expect(checkPacking(lines, arrived)).toEqual([
    { item: 1, option: "", packed: 5000, came: 5000 },
    { item: 2, option: "", packed: 1000, came: undefined },
    { item: 2, option: "red", packed: 1000, came: 500 },
  ]);
});

describe("a table of bags and goods", () => {
  test("has a row for each bag and a column for each kind", () => {
    const bags = [
      { name: "Lin", lines: [of(2, 1), of(1, 2)] },
      { name: "Ada", lines: [of(1, 1), of(1, 1), of(3, 1, "red")] },
    ];

    const { columns, rows } = matrixOf(bags);

    expect(columns.map(({ item, option, total }) => `${item}${option} ${total}`)).toEqual([
      "1 4000",
      "2 1000",
      "3red 1000",
    ]);
    expect(rows).toEqual([
      { name: "Lin", cells: [2000, 1000, 0] },
      { name: "Ada", cells: [2000, 0, 1000] },
    ]);
  });

  test("loses nothing: cells, columns and bags come to the same", () => {
    fc.assert(
      fc.property(fc.array(anyAmounts, { maxLength: 6 }), (bags) => {
        const { columns, rows } = matrixOf(bags.map((lines, index) => ({ name: `${index}`, lines })));
        const all = sum(bags.flat());

        expect(columns.reduce((total, column) => total + column.total, 0)).toBe(all);
        expect(rows.flatMap(({ cells }) => cells).reduce((total, cell) => total + cell, 0)).toBe(all);
      }),
    );
  });
});

describe("what is still to be handed out", () => {
  const rows = [
    { lines: [of(1, 2), of(2, 1)], parts: [of(1, 1)], rest: [of(1, 1), of(2, 1)], why: "a part of one item" },
    { lines: [of(1, 2), of(2, 1)], parts: [of(1, 1), of(1, 1)], rest: [of(2, 1)], why: "all of one in two parts" },
    { lines: [of(1, 2), of(1, 2)], parts: [of(1, 3)], rest: [of(1, 1)], why: "over two lines of one item" },
    { lines: [of(1, 2, "red"), of(1, 1)], parts: [of(1, 1)], rest: [of(1, 2, "red")], why: "options apart" },
    { lines: [of(1, 2)], parts: [of(1, 5)], rest: [], why: "never less than nothing" },
    { lines: [of(1, 2)], parts: [], rest: [of(1, 2)], why: "nothing was handed out" },
    {
      lines: [
        { ...of(1, 2), for: "302" },
        { ...of(1, 2), for: "" },
      ],
      parts: [of(1, 2)],
      rest: [{ ...of(1, 2), for: "302" }],
      why: "without a word for whom, it is of whose account it is first",
    },
    {
      lines: [
        { ...of(1, 2), for: "" },
        { ...of(1, 1), for: "302" },
      ],
      parts: [of(1, 1), { ...of(1, 2), for: "302" }],
      rest: [{ ...of(1, 1), for: "" }],
      why: "what was for somebody is taken from nobody else, even if there is less of theirs now",
    },
  ];
  for (const { lines, parts, rest, why } of rows) {
    test(`${why}`, () => expect(restOf(lines, parts)).toEqual(rest));
  }

  test("and what has been are the whole", () => {
    fc.assert(
      fc.property(anyAmounts, fc.nat(100), (lines, share) => {
        const parts = lines.map((line) => ({ ...line, quantity: Math.floor((line.quantity * share) / 101) }));

        expect(sum(restOf(lines, parts)) + sum(parts)).toBe(sum(lines));
      }),
    );
  });
});
