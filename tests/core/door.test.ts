import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareDoors, type Door, parseDoor } from "../../core/door.ts";
import { anyText } from "../support/any-text.ts";

describe("doors as people write them", () => {
  const rows: readonly { readonly words: string; readonly door: Door | undefined; readonly why: string }[] = [
    { words: "3栋2单元501", door: { building: "3", entrance: "2", floor: 5, room: "501" }, why: "mainland, in full" },
    { words: "王姐 3号楼502室", door: { building: "3", floor: 5, room: "502" }, why: "with a name in front" },
    { words: "５棟１２０３", door: { building: "5", floor: 12, room: "1203" }, why: "full width, traditional" },
    { words: "B座12楼A室", door: { building: "B", floor: 12, room: "A" }, why: "towers by letters" },
    { words: "13樓B座 譚太", door: { floor: 13, room: "B" }, why: "Hong Kong" },
    { words: "5樓陳太", door: { floor: 5 }, why: "the floor alone" },
    { words: "4樓之2", door: { floor: 4, room: "2" }, why: "Taiwan" },
    { words: "4F-2 王媽媽", door: { floor: 4, room: "2" }, why: "Taiwan, short" },
    { words: "Blk 123 #04-56", door: { building: "123", floor: 4, room: "56" }, why: "Singapore" },
    { words: "May #12-08", door: { floor: 12, room: "8" }, why: "within the block" },
    { words: "Tower 2, Unit 5B", door: { building: "2", floor: 5, room: "5B" }, why: "towers and units" },
    { words: "12A", door: { floor: 12, room: "12A" }, why: "flat with a letter" },
    { words: "302 Lin", door: { floor: 3, room: "302" }, why: "the room alone" },
    { words: "8-2-1101", door: { building: "8", entrance: "2", floor: 11, room: "1101" }, why: "with dashes" },
    { words: "Flat 7", door: { room: "7" }, why: "no floor in it" },
    { words: "Lin", door: undefined, why: "no door" },
    { words: "Lin 2", door: undefined, why: "a second Lin" },
    { words: "13800138000", door: undefined, why: "a telephone" },
    { words: "张三丰", door: undefined, why: "a name with a numeral" },
    { words: "May 9123 4567", door: undefined, why: "a telephone in groups" },
    { words: "$302", door: undefined, why: "money" },
  ];
  for (const { words, door, why } of rows) {
    test(`${words} (${why})`, () => {
      expect(parseDoor(words)).toEqual(door);
    });
  }

  test("never throws, whatever is written", () => {
    fc.assert(fc.property(anyText(), (words) => void parseDoor(words)));
  });
});

test("doors are walked by building, staircase, floor and room; who has none comes last", () => {
  const words = ["no door", "10栋101", "2栋1001", "2栋302", "2栋2单元201", "2栋301", "302", "2栋30A", "B座101"];

  const walked = [...words].sort((one, other) => compareDoors(parseDoor(one), parseDoor(other)));

  expect(walked).toEqual([
    "302",
    "2栋301",
    "2栋302",
    "2栋1001",
    "2栋30A",
    "2栋2单元201",
    "10栋101",
    "B座101",
    "no door",
  ]);
});
