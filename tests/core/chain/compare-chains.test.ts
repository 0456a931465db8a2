import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Chain } from "../../../core/chain/chain.ts";
import { compareChains } from "../../../core/chain/compare-chains.ts";
import { mergeChains } from "../../../core/chain/merge-chains.ts";
import { chainOf, changesOf } from "./support.ts";

interface Row {
  readonly earlier?: readonly string[];
  readonly kept: string;
  readonly message: string;
  readonly own?: string;
  readonly changes: readonly string[];
  readonly why: string;
}

function run(rows: readonly Row[]) {
  for (const { earlier = [], kept, message, own, changes, why } of rows) {
    test(`${kept} → ${message}${own ? ` by ${own}` : ""}: ${changes.join(", ") || "nothing"} (${why})`, () => {
      const found = changesOf(chainOf(message), chainOf(kept), earlier.map(chainOf), own);

      expect(found.sort()).toEqual([...changes].sort());
    });
  }
}

describe("a chain continued", () => {
  run([
    { kept: "1 桂姨 2", message: "1 桂姨 2 / 2 阿文 1", changes: ["added 阿文 1"], why: "the usual thing" },
    {
      kept: "1 桂姨 2",
      message: "1 桂姨 2 / 2 阿文 1 / 3 菁菁 1",
      changes: ["added 阿文 1", "added 菁菁 1"],
      why: "somebody adds two neighbours",
    },
    { kept: "1 桂姨 2", message: "1 桂姨 2", changes: [], why: "posted once more" },
    { kept: "", message: "1 桂姨 2", changes: ["added 桂姨 2"], why: "nobody was there yet" },
    { kept: "1 桂姨 2", message: "", changes: [], why: "an empty copy takes nobody out" },
    {
      kept: "1 桂姨 2 / 3 阿文 1",
      message: "1 桂姨 2 / 2 阿文 1",
      changes: [],
      why: "a new printed number is no change",
    },
    {
      kept: "1 桂姨 2",
      message: "1 阿文 1 / 2 桂姨 2",
      changes: ["added 阿文 1"],
      why: "somebody wrote themselves on top",
    },
    { kept: "1 Ｋｅｎ 2", message: "1 ken 2", changes: [], why: "width and case are no other name" },
    { kept: "1 🌸小花 2", message: "1 🌸小花 2", changes: [], why: "emoji are names too" },
    { kept: "1 阿文", message: "1 阿文", changes: [], why: "an entry that cannot be read stays what it is" },
    { kept: "1 阿文", message: "1 阿文 2", changes: ["edited 阿文 2"], why: "now it says how many" },
  ]);
});

describe("a chain forked", () => {
  run([
    {
      kept: "1 桂姨 2 / 2 阿文 1 / 3 菁菁 1",
      message: "1 桂姨 2 / 2 阿文 1 / 3 殷老师 2",
      changes: ["added 殷老师 2"],
      why: "both printed 3; neither overwrites the other",
    },
    {
      kept: "1 桂姨 2 / 2 菁菁 1",
      message: "1 桂姨 2 / 2 殷老师 1",
      changes: ["added 殷老师 1"],
      why: "one each is no renaming: nobody below had seen 菁菁",
    },
    { kept: "1 菁菁 1", message: "1 殷老师 1", changes: ["added 殷老师 1"], why: "two people begin the chain at once" },
    {
      kept: "1 A 1 / 2 B 1 / 2 C 1",
      message: "1 A 1 / 2 C 1 / 3 D 1",
      changes: ["added D 1"],
      why: "D continued the branch of C, who had not seen B",
    },
    {
      kept: "1 A 1 / 2 B 1 / 2 C 1 / 3 D 1",
      message: "1 A 1 / 2 C 1 / 3 D 1 / 4 E 1",
      changes: ["added E 1"],
      why: "3 is too low for the fourth place: D had seen B or C, not both",
    },
    {
      kept: "1 A 1 / 2 B 1 / 2 C 1 / 4 D 1",
      message: "1 A 1 / 2 C 1 / 3 D 1",
      changes: ["removed B"],
      why: "the fourth had seen all three",
    },
    {
      kept: "1 A 1 / 2 B 1 / 2 C 1",
      message: "1 A 1 / 2 C 3",
      changes: ["edited C 3"],
      why: "entries of one number do not witness for each other",
    },
    {
      earlier: ["1 A 1", "1 A 1 / 2 B 1", "1 A 1 / 2 C 1"],
      kept: "1 A 1 / 2 B 1 / 2 C 1",
      message: "1 A 1 / 2 C 1 / 3 D 2",
      changes: ["added D 2"],
      why: "the first message of C did not hold B",
    },
    {
      earlier: ["1 A 1", "1 A 1 / 2 B 1", "1 A 1 / 2 C 1", "1 A 1 / 2 B 1 / 3 D 1"],
      kept: "1 A 1 / 2 B 1 / 2 C 1 / 3 D 1",
      message: "1 A 1 / 2 C 1 / 3 D 1",
      changes: ["removed B"],
      why: "the first message of D held B",
    },
    {
      earlier: ["1 A 1", "1 A 1 / 2 B 1", "1 A 1 / 2 C 1", "1 A 1 / 2 B 1 / 3 D 1"],
      kept: "1 A 1 / 2 B 1 / 2 C 1 / 3 D 1",
      message: "1 A 1 / 2 B 1 / 3 D 1 / 4 E 1",
      changes: ["added E 1"],
      why: "the branch of B and D never held C",
    },
  ]);
});

describe("an entry taken out", () => {
  run([
    {
      kept: "1 桂姨 2 / 2 阿文 1 / 3 小贾 4",
      message: "1 桂姨 2 / 2 小贾 4",
      changes: ["removed 阿文"],
      why: "小贾 came after 阿文 and had seen them",
    },
    {
      kept: "1 桂姨 2 / 2 阿文 1 / 3 小贾 4",
      message: "1 桂姨 2 / 2 阿文 1",
      changes: [],
      why: "an older copy: nobody here had seen 小贾",
    },
    {
      kept: "1 桂姨 2 / 2 阿文 1 / 3 小贾 4",
      message: "1 桂姨 2 / 2 阿文 1",
      own: "小贾",
      changes: ["removed 小贾"],
      why: "owners have seen their own entry",
    },
    {
      kept: "1 桂姨 2 / 2 阿文 1 / 3 小贾 4",
      message: "1 小贾 4",
      changes: ["removed 桂姨", "removed 阿文"],
      why: "the last one had seen both",
    },
    {
      kept: "1 桂姨 2 / 2 阿文 1 / 3 小贾 4 / 4 菁菁 1",
      message: "1 桂姨 2 / 2 小贾 4 / 3 殷老师 1",
      changes: ["removed 阿文", "added 殷老师 1"],
      why: "one is gone, one was not seen, one is new",
    },
    {
      kept: "1 桂姨 2 / 2 阿文 1",
      message: "1 桂姨 2 / 3 小贾 4",
      changes: ["added 小贾 4"],
      why: "a new entry did not see what its own message lacks",
    },
    {
      earlier: ["1 A 1", "1 A 1 / 2 B 1", "1 A 1 / 2 B 1 / 3 C 1", "1 A 1 / 2 C 1"],
      kept: "1 A 1 / 2 C 1",
      message: "1 A 1 / 2 B 1 / 3 C 1 / 4 D 1",
      changes: ["added D 1"],
      why: "an old copy does not bring B back",
    },
    {
      earlier: ["1 A 1", "1 A 1 / 2 B 1", "1 A 1 / 2 B 1 / 3 C 1", "1 A 1 / 2 C 1"],
      kept: "1 A 1 / 2 C 1",
      message: "1 A 1 / 2 C 1 / 3 B 1",
      changes: ["added B 1"],
      why: "B is there again, below somebody whom B had never been below",
    },
    {
      earlier: ["1 A 1", "1 A 1 / 2 B 1", "1 A 1"],
      kept: "1 A 1",
      message: "1 A 1 / 2 B 3",
      changes: ["added B 3"],
      why: "B comes back with another order",
    },
    {
      earlier: ["1 A 1", "1 A 1 / 2 B 1", "1 A 1"],
      kept: "1 A 1",
      message: "1 A 1 / 2 B 1",
      own: "B",
      changes: ["added B 1"],
      why: "owners may go back to an earlier text",
    },
  ]);
});

describe("an entry changed", () => {
  run([
    {
      kept: "1 巧巧 1 / 2 裴叔 2 / 3 小鹿 1",
      message: "1 巧巧 1 / 2 裴叔 4 / 3 小鹿 1",
      changes: ["edited 裴叔 4"],
      why: "another text",
    },
    {
      earlier: ["1 豆苗 2", "1 豆苗 3"],
      kept: "1 豆苗 3",
      message: "1 豆苗 2 / 2 小舟 2",
      changes: ["added 小舟 2"],
      why: "2 was known: 小舟 started from an old copy",
    },
    {
      earlier: ["1 豆苗 2", "1 豆苗 3"],
      kept: "1 豆苗 3",
      message: "1 豆苗 2",
      own: "豆苗",
      changes: ["edited 豆苗 2"],
      why: "the owner goes back",
    },
    {
      earlier: ["1 豆苗 2 / 2 阿达 1"],
      kept: "1 豆苗 3 / 2 阿达 1",
      message: "1 豆苗 3 / 2 阿达 2",
      changes: ["edited 阿达 2"],
      why: "2 is known of 豆苗, not of 阿达",
    },
    {
      kept: "1 阿文 1 / 2 小贾 4",
      message: "1 7-302阿文 1 / 2 小贾 4",
      changes: ["edited 7-302阿文 1"],
      why: "the flat is written before the name",
    },
    {
      kept: "1 3栋王姐 2",
      message: "1 王姐 3",
      changes: ["edited 王姐 3"],
      why: "the flat is left out, the order is another",
    },
    {
      earlier: ["1 阿文 1", "1 7-302阿文 1"],
      kept: "1 7-302阿文 1",
      message: "1 阿文 1 / 2 小贾 2",
      changes: ["added 小贾 2"],
      why: "the old name in an old copy",
    },
    {
      kept: "1 桂姨 2 / 2 阿文 3 / 3 小贾 4",
      message: "1 桂姨 2 / 2 7-302 3 / 3 小贾 4",
      changes: ["edited 7-302 3"],
      why: "same place, same order, and 小贾 had seen it: a new name",
    },
    {
      kept: "1 桂姨 2 / 2 阿文 3 / 3 小贾 4",
      message: "1 桂姨 2 / 2 殷老师 1 / 3 小贾 4",
      changes: ["removed 阿文", "added 殷老师 1"],
      why: "somebody wrote over a line",
    },
  ]);
});

describe("several entries of one name", () => {
  run([
    {
      kept: "1 杏子 6 / 2 小王 1 / 3 杏子 1",
      message: "1 杏子 6 / 2 小王 1 / 3 杏子 2",
      changes: ["edited 杏子 2"],
      why: "the second of them",
    },
    {
      kept: "1 杏子 6 / 2 小王 1 / 3 杏子 1",
      message: "1 小王 1 / 2 杏子 1",
      changes: ["removed 杏子"],
      why: "the one with the same text is still there",
    },
    { kept: "1 杏子 6", message: "1 杏子 6 / 2 杏子 6", changes: ["added 杏子 6"], why: "once more the same" },
    {
      earlier: ["1 杏子 6"],
      kept: "1 杏子 6",
      message: "1 杏子 6 / 2 杏子 6",
      changes: ["added 杏子 6"],
      why: "the text is known of the first, not of the second",
    },
    {
      kept: "1 杏子 1 / 2 杏子 2 / 3 小王 1",
      message: "1 杏子 3 / 2 杏子 4 / 3 小王 1",
      changes: ["edited 杏子 3", "edited 杏子 4"],
      why: "in order",
    },
  ]);
});

describe("entries in another order", () => {
  run([
    { kept: "1 A 1 / 2 B 1 / 3 C 1", message: "1 C 1 / 2 A 1 / 3 B 1", changes: ["moved C"], why: "one explains it" },
    { kept: "1 A 1 / 2 B 1 / 3 C 1", message: "1 B 1 / 2 C 1 / 3 A 1", changes: ["moved A"], why: "the smallest set" },
    {
      kept: "1 A 1 / 2 B 1 / 3 C 1 / 4 D 1",
      message: "1 A 1 / 2 C 1 / 3 D 1",
      changes: ["removed B"],
      why: "closing a gap moves nobody",
    },
    {
      kept: "1 A 1 / 2 B 1 / 3 C 1 / 4 D 1 / 5 E 1",
      message: "1 E 1 / 2 A 1 / 3 B 2 / 4 C 1 / 5 D 1",
      changes: ["moved E", "edited B 2"],
      why: "moved and changed are told apart",
    },
  ]);
});

const names = fc.uniqueArray(fc.constantFrom(..."甲乙丙丁戊己庚辛壬癸子丑寅卯".split("")), { maxLength: 10 });
const chains = fc.tuple(names, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 10, maxLength: 10 })).map(toChain);

function toChain([people, counts]: [string[], number[]]): Chain {
  return chainOf(people.map((name, index) => `${index + 1} ${name} ${counts[index]}`).join("\n"));
}

describe("laws of comparing and merging", () => {
  test("a chain posted again unchanged changes nothing", () => {
    fc.assert(
      fc.property(chains, fc.array(chains), (chain, earlier) => {
        expect(compareChains(chain, chain, earlier).differences).toEqual([]);
      }),
    );
  });

  test("two forks of one chain give the same people in either order", () => {
    const forks = fc.tuple(names, fc.nat(10), fc.nat(10)).map(([people, start, end]) => {
      const [low, high] = [Math.min(start, end, people.length), Math.min(Math.max(start, end), people.length)];
      const [base, one, other] = [people.slice(0, low), people.slice(low, high), people.slice(high)];
      const print = (list: readonly string[]) =>
        chainOf(list.map((name, index) => `${index + 1} ${name} 1`).join("\n"));
      return { one: print([...base, ...one]), other: print([...base, ...other]) };
    });
    fc.assert(
      fc.property(forks, ({ one, other }) => {
        const people = (chain: Chain) => chain.entries.map(({ name }) => name).sort();

        expect(people(mergeChains(one, other))).toEqual(people(mergeChains(other, one)));
        expect(new Set(people(mergeChains(one, other)))).toEqual(new Set([...people(one), ...people(other)]));
      }),
    );
  });

  test("merging leaves nothing to change, and numbers as they came", () => {
    fc.assert(
      fc.property(chains, chains, (kept, message) => {
        const merged = mergeChains(kept, message);

        const left = compareChains(message, merged).differences.filter(({ type }) => type !== "removed");
        expect(left).toEqual([]);
      }),
    );
  });

  test("people who continue any version add themselves and take out nobody", () => {
    const posts = fc.array(fc.record({ back: fc.nat(4), count: fc.integer({ min: 1, max: 5 }) }), { maxLength: 14 });
    fc.assert(
      fc.property(posts, (run) => {
        const said: Chain[] = [];
        let kept = chainOf("");
        for (const [index, { back, count }] of run.entries()) {
          const base = said.at(-1 - back) ?? said.at(-1) ?? chainOf("");
          const [added] = chainOf(`${(base.entries.at(-1)?.no ?? 0) + 1} 甲${index}号 ${count}`).entries;
          const message = { ...base, entries: [...base.entries, added!] };

          const found = compareChains(message, kept, said);

          expect(found.differences.filter(({ type }) => type !== "moved")).toEqual([
            { type: "added", at: message.entries.length - 1 },
          ]);
          kept = mergeChains(kept, message, found);
          said.push(message);
        }
        expect(kept.entries.map(({ name }) => name).sort()).toEqual(run.map((_, index) => `甲${index}号`).sort());
      }),
      { numRuns: 300 },
    );
  });

  test("a fork is kept with both numbers and in the order of arrival", () => {
    const merged = mergeChains(chainOf("1 桂姨 2 / 2 菁菁 1"), chainOf("1 桂姨 2 / 2 殷老师 1"));

    expect(merged.entries.map(({ no, name }) => `${no} ${name}`)).toEqual(["1 桂姨", "2 菁菁", "2 殷老师"]);
  });

  test("a change that does not count leaves the kept entry in its place", () => {
    const [kept, message] = [chainOf("1 桂姨 2 / 2 阿文 1 / 3 小贾 4"), chainOf("1 桂姨 9 / 2 小贾 4 / 3 朱朱 1")];
    const merged = mergeChains(kept, message, compareChains(message, kept), ({ type }) => type === "added");

    expect(merged.entries.map(({ words }) => words)).toEqual(["桂姨 2个", "阿文 1个", "小贾 4个", "朱朱 1个"]);
  });
});
