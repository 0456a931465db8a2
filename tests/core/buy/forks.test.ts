import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldBuy } from "../../../core/buy/fold.ts";
import { toChain } from "../../../core/buy/kept-chain.ts";
import { readerOf } from "../../../core/buy/reader.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";
import { renderChain } from "../../../core/chain/render-chain.ts";
import { repostAt } from "../../../core/chain/repost.ts";
import { chance, growChain, nameOf, print, type Row } from "./grow-chain.ts";

const terms: BuyTerms = {
  title: "水果",
  currency: "CNY",
  items: [
    { name: "苹果", unit: "斤", aliases: [], options: [], tiers: [] },
    { name: "梨", unit: "斤", aliases: [], options: [], tiers: [] },
  ],
  openedAt: new Date("2026-11-21T08:00:00+08:00"),
};
const START = Date.parse("2026-11-21T20:00:00+08:00");

function statement(position: number, person: number, text: string): Statement {
  const at = new Date(START + position * 1000);
  const who = { person: `p${person}`, name: nameOf(person) };
  return { chat: "c", id: `m${position}`, position, ...who, saidAt: at, versions: [{ text, at }] };
}

/** "p7 苹果2": what each has. */
function ordersOf(statements: readonly Statement[]): string[] {
  const { orders } = foldBuy(terms, readerOf(terms.items), statements);
  return orders
    .flatMap(({ person, for: whom, lines }) =>
      lines.map(({ item, quantity }) => {
        return `${person}${whom ? ` for ${whom}` : ""} ${terms.items[item - 1]!.name}${quantity / 1000}`;
      }),
    )
    .sort();
}

describe("a chain that many continue at once", () => {
  for (const seed of [7, 2026, 31_337]) {
    test(`150 people, twenty of whom continue an old copy, end in the exact list (seed ${seed})`, () => {
      const { posts, expected } = growChain(150, 20, seed);
      const statements = posts.map(({ person, text }, position) => statement(position, person, text));
      const roll = chance(seed + 1);
      const shuffled = statements.map((each) => ({ each, at: roll(1e9) })).sort((one, other) => one.at - other.at);

      const orders = ordersOf(shuffled.map(({ each }) => each));

      expect(orders).toEqual(expected);
    });
  }

  test("whoever adds a line to the same version, in whatever order they post, nobody is lost and nobody is doubled", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 }),
        fc.shuffledSubarray([8, 9, 10, 11, 12, 13, 14, 15], { minLength: 2 }),
        fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 9 }), isPear: fc.boolean() }), {
          minLength: 16,
          maxLength: 16,
        }),
        (inBase, newcomers, wishes) => {
          const rowOf = (person: number): Row => {
            const { quantity, isPear } = wishes[person]!;
            return { person, item: isPear ? "梨" : "苹果", quantity };
          };
          const base = Array.from({ length: inBase }, (_, person) => rowOf(person));
          const grown = base.map(({ person }, at) => ({ person, text: print(base.slice(0, at + 1)) }));
          const forks = newcomers.map((person) => ({ person, text: print([...base, rowOf(person)]) }));

          const orders = ordersOf([...grown, ...forks].map(({ person, text }, at) => statement(at, person, text)));

          const all = [...base, ...newcomers.map(rowOf)];
          expect(orders).toEqual(all.map(({ person, item, quantity }) => `p${person} ${item}${quantity}`).sort());
        },
      ),
    );
  });

  test("going on with the merged chain after a fork loses nobody either", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([3, 4, 5, 6, 7], { minLength: 2 }),
        fc.integer({ min: 1, max: 9 }),
        (forks, more) => {
          const base: Row[] = [0, 1, 2].map((person) => ({ person, item: "苹果", quantity: 1 }));
          const posts = [
            ...base.map(({ person }, at) => ({ person, text: print(base.slice(0, at + 1)) })),
            ...forks.map((person) => ({ person, text: print([...base, { person, item: "梨", quantity: 2 }]) })),
          ];
          const said = posts.map(({ person, text }, at) => statement(at, person, text));
          const merged = renderChain(toChain(foldBuy(terms, readerOf(terms.items), said).chains.get("c")!));
          const next = statement(said.length, 9, `${merged}\n${posts.length + 1}. ${nameOf(9)} 苹果${more}`);

          const orders = ordersOf([...said, next]);

          expect(orders).toHaveLength(posts.length + 1);
          expect(orders).toContain(`p9 苹果${more}`);
        },
      ),
    );
  });
});

describe("when the merged chain is posted anew", () => {
  const five = 5 * 60_000;
  const at = (minute: number) => new Date(START + minute * 60_000);
  const entries = (...words: string[]) =>
    words.map((line) => ({ no: 1, name: line.split(" ")[0]!, lines: [], words: line }));
  const [both, one, changed] = [entries("王 2", "李 1"), entries("王 2"), entries("王 3", "李 1")];
  const rows = [
    { why: "the newest chain shows all", kept: both, shown: both, due: undefined },
    { why: "only order differs", kept: both, shown: [...both].reverse(), due: undefined },
    { why: "it lacks a line: at once", kept: both, shown: one, due: at(0) },
    { why: "but not before its time", kept: both, shown: one, posted: at(8), due: at(13) },
    { why: "it has another's line otherwise: at once", kept: both, shown: changed, due: at(0) },
    { why: "it still has a line that was taken out: when it is quiet", kept: one, shown: both, due: at(11) },
    { why: "and not before its time", kept: one, shown: both, posted: at(9), due: at(14) },
    { why: "no chain, nothing changed", kept: [], shown: [], due: undefined },
    { why: "no chain, another tally: when it is quiet", kept: [], shown: [], isStale: true, due: at(11) },
  ];
  for (const { why, kept, shown, posted, isStale = false, due } of rows) {
    test(why, () => {
      const dueAt = repostAt({ kept, shown, isStale, postedAt: posted, saidAt: at(10) }, five);

      // What is due at once is due long ago.
      expect(dueAt && Math.max(dueAt.getTime(), at(0).getTime())).toBe(due?.getTime());
    });
  }
});
