import { describe, expect, test } from "vitest";
import { type Candidate, chooseBuy } from "../../../core/buy/choose-buy.ts";
import { isCoupled, isCoupling } from "../../../core/buy/coupled.ts";
import { mayConcern } from "../../../core/buy/may-concern.ts";
import { ONE } from "../../../core/quantity.ts";
import { buy, item, plainReader } from "./plain-reader.ts";

const readers = {
  fruit: plainReader([item("a"), item("b", { options: ["大", "小"] })]),
  bread: plainReader([item("c"), item("b")]),
};

function candidate(name: keyof typeof readers, more: { reply?: boolean; leader?: boolean } = {}): Candidate<string> {
  return { buy: name, reader: readers[name], reply: false, leader: false, ...more };
}

describe("the buy that a message is about", () => {
  const both = [candidate("fruit"), candidate("bread")];
  const rows: { among: Candidate<string>[]; text: string; choice: unknown; why: string }[] = [
    { among: both, text: "a+1", choice: { buy: "fruit" }, why: "the only one with that item" },
    { among: both, text: "c+1", choice: { buy: "bread" }, why: "the only one with that item" },
    {
      among: both,
      text: "b+1",
      choice: { buy: undefined, reason: "item", among: ["fruit", "bread"] },
      why: "both have it: ask",
    },
    {
      among: [candidate("fruit"), candidate("bread", { reply: true })],
      text: "b+1",
      choice: { buy: "bread" },
      why: "it replies to that one",
    },
    {
      among: both,
      text: "cancel",
      choice: { buy: undefined, reason: "item", among: ["fruit", "bread"] },
      why: "what they have may change with what arrives later: ask",
    },
    {
      among: [candidate("fruit", { leader: true }), candidate("bread", { leader: true })],
      text: "b最多+1",
      choice: undefined,
      why: "a leader says so of either: no order, so nothing to ask",
    },
    {
      among: [candidate("fruit", { leader: true }), candidate("bread")],
      text: "b最多+1",
      choice: { buy: "bread" },
      why: "a leader of the other buy orders here like anybody",
    },
    { among: both, text: "hello", choice: undefined, why: "chatter" },
    { among: [], text: "a+1", choice: undefined, why: "no buy is open" },
    { among: [candidate("fruit")], text: "?", choice: { buy: "fruit" }, why: "a question of the only one" },
    {
      among: both,
      text: "?",
      choice: { buy: undefined, reason: "item", among: ["fruit", "bread"] },
      why: "a question of either",
    },
    { among: both, text: "# \n1. ann a1", choice: { buy: "fruit" }, why: "a chain that can be read there" },
    { among: both, text: "大", choice: { buy: "fruit" }, why: "an option that it alone has, but nobody is asked for" },
  ];
  for (const { among, text, choice, why } of rows) {
    test(`of ${among.length} for “${text}”: ${why}`, () => {
      expect(chooseBuy(among, text)).toEqual(choice);
    });
  }
});

describe("a message must be kept", () => {
  const rows = [
    { text: "a+1", keep: true, why: "an order" },
    { text: "cancel", keep: true, why: "they may have something, said earlier and delivered later" },
    { text: "?", keep: true, why: "a question to ask" },
    { text: "#\n1. ann a1", keep: true, why: "a chain" },
    { text: "大", keep: true, why: "the answer to “which one?”" },
    { text: "hello", keep: false, why: "chatter" },
    { text: "", keep: false, why: "nothing" },
  ];
  for (const { text, keep, why } of rows) {
    test(`or not, “${text}”: ${why}`, () => {
      expect(mayConcern(text, readers.fruit)).toBe(keep);
    });
  }
});

describe("people are coupled", () => {
  test("by an item whose stock is limited", () => {
    expect(isCoupled(buy([item("a"), item("b", { stock: ONE })]))).toBe(true);
    expect(isCoupled(buy([item("a", { perPerson: ONE })]))).toBe(false);
  });

  const rows = [
    { text: "#接龙\n苹果\n1. 小林 2斤", couples: true, why: "a chain" },
    { text: "水果\n1. 小林 2斤\n2. 小王 1斤", couples: true, why: "a chain without its marker" },
    { text: "#Group Note\nEggs\n1. Sam 2", couples: true, why: "a chain in English" },
    { text: "苹果2斤\n梨1斤", couples: false, why: "an order of two lines" },
    { text: "+1", couples: false, why: "an order" },
  ];
  for (const { text, couples, why } of rows) {
    test(`${couples ? "" : "not "}by ${JSON.stringify(text)}: ${why}`, () => {
      expect(isCoupling(text)).toBe(couples);
    });
  }
});
