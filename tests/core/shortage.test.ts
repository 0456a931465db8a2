import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALLOT_RULES, type AllotRule, allot, allotByHand } from "../../core/shortage.ts";

describe("what came short is shared out", () => {
  const rows: readonly {
    readonly came: number;
    readonly wanted: readonly number[];
    readonly rule: AllotRule;
    readonly given: readonly number[];
    readonly why: string;
  }[] = [
    { came: 5, wanted: [2, 2, 2], rule: "first-come", given: [2, 2, 1], why: "the last gets what is left" },
    {
      came: 5,
      wanted: [2, 2, 2],
      rule: "proportional",
      given: [2, 2, 1],
      why: "equal parts, the odd ones to the first",
    },
    { came: 5, wanted: [4, 1, 3], rule: "smallest-first", given: [1, 1, 3], why: "small orders are filled first" },
    { came: 6, wanted: [4, 1, 3], rule: "first-come", given: [4, 1, 1], why: "in the order of asking" },
    { came: 4, wanted: [6, 1, 1], rule: "proportional", given: [3, 1, 0], why: "of equal remainders the first come" },
    {
      came: 9,
      wanted: [4, 1, 3],
      rule: "proportional",
      given: [4, 1, 3],
      why: "enough for all: everybody gets theirs",
    },
    { came: 0, wanted: [4, 1], rule: "first-come", given: [0, 0], why: "nothing came" },
    { came: 2.5, wanted: [1.5, 1.5], rule: "first-come", given: [1.5, 1], why: "halves where halves were ordered" },
    { came: 2.5, wanted: [2, 1], rule: "first-come", given: [2, 0], why: "no half of what is ordered whole" },
    { came: 5, wanted: [], rule: "proportional", given: [], why: "nobody wants it" },
  ];
  for (const { came, wanted, rule, given, why } of rows) {
    test(`${came} for ${wanted.join(", ") || "nobody"}, ${rule}: ${given.join(", ") || "–"} (${why})`, () => {
      const demands = wanted.map((each, index) => ({ wanted: each * 1000, since: index }));

      expect(allot(came * 1000, demands, rule)).toEqual(given.map((each) => each * 1000));
    });
  }

  const anyDemand = fc.record({
    wanted: fc.oneof(
      fc.integer({ min: 1, max: 40 }).map((n) => n * 1000),
      fc.integer({ min: 1, max: 80 }).map((n) => n * 500),
    ),
    since: fc.nat(1000),
  });

  test("nobody gets more than they want, and nothing wanted is left lying by a whole step", () => {
    fc.assert(
      fc.property(
        fc.nat(400_000),
        fc.array(anyDemand, { maxLength: 20 }),
        fc.constantFrom(...ALLOT_RULES),
        (came, demands, rule) => {
          const given = allot(came, demands, rule);
          const sum = given.reduce((all, each) => all + each, 0);
          const wanted = demands.reduce((all, each) => all + each.wanted, 0);

          expect(given.every((each, index) => each >= 0 && each <= demands[index]!.wanted)).toBe(true);
          expect(sum).toBeLessThanOrEqual(came);
          expect(Math.min(came, wanted) - sum).toBeLessThan(1000);
        },
      ),
    );
  });

  test("by shares nobody is a step or more away from their exact part", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.array(anyDemand, { minLength: 1, maxLength: 20 }),
        (units, demands) => {
          const came = units * 1000;
          const wanted = demands.reduce((all, each) => all + each.wanted, 0);
          const given = allot(came, demands, "proportional");

          for (const [index, each] of given.entries()) {
            const exact = (Math.min(came, wanted) * demands[index]!.wanted) / wanted;
            expect(Math.abs(each - exact)).toBeLessThan(1000);
          }
        },
      ),
    );
  });

  const byHand = [
    { came: 5, wanted: [2, 2, 2], said: { 0: 1 }, given: [1, 2, 2], why: "who is named gets that, the others theirs" },
    { came: 4, wanted: [2, 2, 2], said: { 0: 1 }, given: [1, 2, 1], why: "the rest lasts for who came first" },
    { came: 5, wanted: [2, 2, 2], said: { 1: 0, 2: 1 }, given: [2, 0, 1], why: "more than is wanted stays" },
    { came: 2, wanted: [2, 2], said: { 1: 2 }, given: [0, 2], why: "all of it may go to one" },
    { came: 3, wanted: [2, 2], said: {}, given: [2, 1], why: "nobody is named: as they came" },
  ];
  for (const { came, wanted, said, given, why } of byHand) {
    test(`${came} for ${wanted.join(", ")} by hand ${JSON.stringify(said)}: ${given.join(", ")} (${why})`, () => {
      const demands = wanted.map((each, index) => ({ wanted: each * 1000, since: index }));
      const named = new Map(Object.entries(said).map(([index, each]) => [Number(index), each * 1000]));

      expect(allotByHand(came * 1000, demands, named)).toEqual(given.map((each) => each * 1000));
    });
  }

  test("by hand no more goes out than came in, and who is named gets what was said", () => {
    fc.assert(
      fc.property(
        fc.array(anyDemand, { minLength: 1, maxLength: 20 }),
        fc.nat(100),
        fc.nat(100),
        (demands, who, part) => {
          const came = Math.floor((demands.reduce((all, { wanted }) => all + wanted, 0) * part) / 100);
          const named = who % demands.length;
          const quantity = Math.min(came, demands[named]!.wanted);
          const given = allotByHand(came, demands, new Map([[named, quantity]]));

          expect(given[named]).toBe(quantity);
          expect(given.every((each, index) => each >= 0 && each <= demands[index]!.wanted)).toBe(true);
          expect(given.reduce((all, each) => all + each, 0)).toBeLessThanOrEqual(came);
        },
      ),
    );
  });
});
