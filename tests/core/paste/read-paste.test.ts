import { describe, expect, test } from "vitest";
import { readerOf } from "../../../core/buy/reader.ts";
import { readPaste } from "../../../core/paste/read-paste.ts";

const reader = readerOf([
  { name: "苹果", unit: "斤" },
  { name: "Pears", unit: "kg" },
]);

/** "speaker|text" of each message. */
function read(text: string): string[] | undefined {
  return readPaste(text, reader)?.map(({ speaker, text: said }) => `${speaker ?? ""}|${said}`);
}

describe("who said what in a pasted text", () => {
  const rows: { why: string; text: string; messages: string[] | undefined }[] = [
    {
      why: "WeChat puts the name above the words",
      text: "王姐:\n苹果2\n\n阿罗:\n梨1\n",
      messages: ["王姐|苹果2", "阿罗|梨1"],
    },
    { why: "without empty lines between", text: "王姐:\n苹果2\n阿罗：\n要3\n", messages: ["王姐|苹果2", "阿罗|要3"] },
    {
      why: "its desktop window puts the time beside the name",
      text: "王姐 20:05\n苹果2\n阿罗 2026/11/28 20:06\n不要了\nLin 8:07 PM\n+1",
      messages: ["王姐|苹果2", "阿罗|不要了", "Lin|+1"],
    },
    {
      why: "WhatsApp as exported",
      text: "[28/11/2026, 20:05:11] Lin: 2 kg pears\nand one more for mum\n[28/11/2026, 20:06:00] Ada Wu: +1",
      messages: ["Lin|2 kg pears\nand one more for mum", "Ada Wu|+1"],
    },
    {
      why: "with dashes",
      text: "28/11/2026, 20:05 - Lin: +2\n28/11/2026, 20:06 - Ada: +1",
      messages: ["Lin|+2", "Ada|+1"],
    },
    {
      why: "a leader's own list by flat",
      text: "302: 苹果2\n3栋502：苹果1，pears 2\n王姐： 苹果3",
      messages: ["302|苹果2", "3栋502|苹果1，pears 2", "王姐|苹果3"],
    },
    {
      why: "a chain is one text",
      text: "#接龙\n水果\n取货:\n周五\n\n1. 王姐 苹果2",
      messages: ["|#接龙\n水果\n取货:\n周五\n\n1. 王姐 苹果2"],
    },
    {
      why: "a chain without its marker",
      text: "1. 王姐 苹果2\n2. 阿罗 苹果1",
      messages: ["|1. 王姐 苹果2\n2. 阿罗 苹果1"],
    },
    {
      why: "a numbered chain with colons is a chain",
      text: "1. 王姐：苹果2\n2. 阿罗：苹果1",
      messages: ["|1. 王姐：苹果2\n2. 阿罗：苹果1"],
    },
    {
      why: "chains inside a chat, with headings of their own",
      text: "团长:\n#接龙\n水果\n提货点:\n3号楼\n\n1. 王姐 苹果2\n阿罗:\n+1",
      messages: ["团长|#接龙\n水果\n提货点:\n3号楼\n\n1. 王姐 苹果2", "阿罗|+1"],
    },
    { why: "labels are no names", text: "王姐:\n订单:\n苹果2", messages: ["王姐|订单:\n苹果2"] },
    { why: "goods are no names", text: "苹果: 2\npears: 1", messages: undefined },
    { why: "an order alone does not say whose it is", text: "苹果2斤", messages: undefined },
    { why: "nothing", text: "  \n ", messages: undefined },
  ];
  for (const { why, text, messages } of rows) {
    test(why, () => {
      expect(read(text)).toEqual(messages);
    });
  }
});
