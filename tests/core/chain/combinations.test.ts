import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CatalogItem } from "../../../core/interpret/context.ts";
import { read } from "./reading.ts";

const meat: CatalogItem[] = [
  { name: "牛腩", unit: "斤" },
  { name: "排骨", unit: "斤" },
  { name: "鸡翅", unit: "斤" },
];
const pomelo: CatalogItem[] = [{ name: "柚子", unit: "个" }];
const pantry: CatalogItem[] = [
  { name: "Granola", unit: "bag" },
  { name: "Peanut butter", unit: "jar" },
];

const names =
  "巧巧|裴叔|Ken仔|🐳阿鲸|18-602 米米|4-205老高|2-1-502|902房|7幢小贾|1404殷老师|10樓D座|904|童童妈|3栋2单元501|3栋502 王姐|A座1203|12A|王五|张三|李四|小二|万姐|七七妈|半夏|双双|一一|老三|kiki|🌸🌸|梁太|阿豪|5号楼阿姨|6-2-301刘|小鹿🦌|豆豆|糖糖|桂姨|4单元|陈 小姐|福来|满满|Fanny-QQ|小安姐|Lumi|👨‍👩‍👧三口之家|阿May|大熊猫|半山|1-1-1".split(
    "|",
  );
const englishNames =
  "Sam|Nurul|Old Mr Chia|Aunty May|Mei Ling|Blk 9 #03-12|#08-123 Siti|Flat 3B|12A|J.R. Lim|Max|Raj K|Tan Ah Kow|Unit 5 Jo|🐝 Bee|Rosa|Ng|Amy88|Mrs O'Neil|Alex (Blk 4)".split(
    "|",
  );

type Order = readonly [words: string, result: string];
const meatOrders: readonly Order[] = [
  ["排骨1", "2:1"],
  ["排骨1斤", "2:1"],
  ["1斤排骨", "2:1"],
  ["排骨 2", "2:2"],
  ["排骨x2", "2:2"],
  ["排骨+2", "2:2"],
  ["两斤排骨", "2:2"],
  ["排骨两斤半", "2:2.5"],
  ["半斤牛腩", "1:0.5"],
  ["牛腩1斤 排骨2斤", "1:1 2:2"],
  ["牛腩1，排骨2", "1:1 2:2"],
  ["牛腩1斤排骨2斤", "1:1 2:2"],
  ["1斤鸡翅1斤排骨", "3:1 2:1"],
  ["鸡翅*3", "3:3"],
  ["鸡翅一斤半（剁开）", "3:1.5"],
  ["牛腩1斤 备注：要2cm小块", "1:1"],
  ["排骨3斤 不要太肥", "2:3"],
  ["牛腩1公斤", "1:2"],
  ["牛腩２斤", "1:2"],
  ["排骨1斤、鸡翅1斤、牛腩1斤", "2:1 3:1 1:1"],
];
const pomeloOrders: readonly Order[] = [
  ["2", "1:2"],
  ["+2", "1:2"],
  ["＋1", "1:1"],
  ["2个", "1:2"],
  ["两个", "1:2"],
  ["x3", "1:3"],
  ["柚子2个", "1:2"],
  ["3个柚子", "1:3"],
  ["十个", "1:10"],
  ["2份", "1:2"],
  ["一个", "1:1"],
  ["2个 要甜的", "1:2"],
];
const pantryOrders: readonly Order[] = [
  ["2 granola", "1:2"],
  ["granola x2", "1:2"],
  ["1 granola 1 peanut butter", "1:1 2:1"],
  ["peanut butter x3", "2:3"],
  ["2 bags granola", "1:2"],
  ["two jars of peanut butter", "2:2"],
  ["granola 2, peanut butter 1", "1:2 2:1"],
  ["+1 granola", "1:1"],
];

const between = [" ", "  ", "：", ": ", "，", "\t", " - "];
const after = ["", "", "", " ✅", " 已付", "（已付）", " 谢谢", " 已转46元"];
const englishAfter = ["", "", "", " ✅", " paid", " (paid)", " thanks!"];
const numbers = [
  (no: number) => `${no}. `,
  (no: number) => `${no}.`,
  (no: number) => `${no}、`,
  (no: number) => `${no}) `,
];

/** Chains of one style, whose entries are put together from parts. */
function chains(people: readonly string[], orders: readonly Order[], ends: readonly string[]) {
  const entry = fc.record({
    name: fc.constantFrom(...people),
    order: fc.constantFrom(...orders),
    sign: fc.constantFrom(...between),
    end: fc.constantFrom(...ends),
  });
  return fc.record({ entries: fc.array(entry, { minLength: 1, maxLength: 8 }), number: fc.constantFrom(...numbers) });
}

describe("a chain put together from names and orders reads as these", () => {
  const worlds = [
    { title: "鲜肉团 周日早上分", items: meat, people: names, orders: meatOrders, ends: after },
    { title: "柚子团", items: pomelo, people: names, orders: pomeloOrders, ends: after },
    { title: "Pantry run", items: pantry, people: englishNames, orders: pantryOrders, ends: englishAfter },
  ];
  for (const { title, items, people, orders, ends } of worlds) {
    test(title, () => {
      fc.assert(
        fc.property(chains(people, orders, ends), ({ entries, number }) => {
          const lines = entries.map(({ name, order, sign, end }, at) => {
            // A digit right behind "1." could be a date: people write a blank there.
            const no = number(at + 1);
            const space = /\.$/.test(no) && /^\d/.test(name) ? " " : "";
            return `${no}${space}${name}${sign}${order[0]}${end}`;
          });

          const found = read(`#接龙\n${title}\n\n${lines.join("\n")}`, items);

          expect(found?.entries).toEqual(entries.map(({ name, order }) => `${name} | ${order[1]}`));
        }),
        { numRuns: 400 },
      );
    });
  }

  test("the name may stand at the end", () => {
    const people = names.filter((name) => !/^[\d一半双]/.test(name));
    fc.assert(
      fc.property(fc.constantFrom(...people), fc.constantFrom(...meatOrders.slice(0, 14)), (name, [words, result]) => {
        expect(read(`#接龙\n1. ${words} ${name}`, meat)?.entries).toEqual([`${name} | ${result}`]);
      }),
    );
  });
});
