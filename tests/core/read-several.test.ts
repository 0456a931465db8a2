import { expect, test } from "vitest";
import { readSeveral } from "../../core/read-several.ts";

const ROWS = [
  { text: "Ada, Ben", read: ["Ada", "Ben"], why: "a comma" },
  { text: "Ada 20, Ben 12.50", read: ["Ada 20", "Ben 12.50"], why: "with amounts" },
  { text: "Ada 12,50", read: undefined, why: "a comma within an amount" },
  { text: "Ada 12,50, Ben 3", read: ["Ada 12,50", "Ben 3"], why: "both" },
  { text: "Ada 20,Ben 12", read: ["Ada 20", "Ben 12"], why: "no blank, a name behind it" },
  { text: "4711,4712", read: ["4711", "4712"], why: "codes" },
  { text: "Ada,302", read: ["Ada", "302"], why: "a name, and a door" },
  { text: "Ada and Ben & Cy", read: ["Ada", "Ben", "Cy"], why: "words between them" },
  { text: "王姐、阿明，302；小李", read: ["王姐", "阿明", "302", "小李"], why: "Chinese commas" },
  { text: "王姐\n阿明\n", read: ["王姐", "阿明"], why: "a list" },
  { text: "和平, 阿明", read: ["和平", "阿明"], why: "和 within a name is none between two" },
  { text: "Andy", read: undefined, why: "one name" },
  { text: "Ada,", read: undefined, why: "one name and a comma" },
  { text: "all", read: "all", why: "everybody" },
  { text: "全部", read: "all", why: "the same" },
  { text: "all 20", read: undefined, why: "no amount is everybody's" },
  { text: "", read: undefined, why: "nobody" },
] as const;

for (const { text, read, why } of ROWS) {
  test(`${JSON.stringify(text)}: ${JSON.stringify(read) ?? "one"} (${why})`, () =>
    expect(readSeveral(text)).toEqual(read));
}
