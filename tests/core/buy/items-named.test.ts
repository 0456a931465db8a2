import { expect, test } from "vitest";
import { readItemsNamed } from "../../../core/buy/items-named.ts";

const items = ["Apples", "Green apples", "鸡蛋", "土鸡蛋"].map((name) => ({
  name,
  aliases: name === "鸡蛋" ? ["eggs"] : [],
  options: [],
  tiers: [],
}));

const rows: readonly { readonly words: string; readonly named: readonly number[]; readonly why: string }[] = [
  { words: "one apple was rotten", named: [1], why: "one of many" },
  { words: "2 green apples were bad", named: [2], why: "the longer name holds the shorter" },
  { words: "apples and eggs broken", named: [1, 3], why: "two goods" },
  { words: "土雞蛋碎了两个", named: [4], why: "whatever the script" },
  { words: "the bag was torn", named: [], why: "no goods of ours" },
];
for (const { words, named, why } of rows) {
  test(`${words}: ${named.join(", ") || "none"} (${why})`, () => {
    expect(readItemsNamed(items, words)).toEqual(named);
  });
}
