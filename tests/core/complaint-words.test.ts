import { describe, expect, test } from "vitest";
import { howMuchIsWrong, saysWrong } from "../../core/complaint-words.ts";

describe("a complaint about goods", () => {
  const rows = [
    { words: "苹果坏了2个", is: true, why: "bad ones" },
    { words: "有三個爛掉了", is: true, why: "traditional" },
    { words: "2 of the pears were rotten", is: true, why: "English" },
    { words: "the box was torn and one is missing", is: true, why: "two things at once" },
    { words: "少了一袋", is: true, why: "too little" },
    { words: "收到，谢谢", is: false, why: "thanks" },
    { words: "on my way", is: false, why: "they are coming" },
    { words: "Can I come at 8? I am off to the office", is: false, why: "a question" },
    { words: "shortcut through the garden", is: false, why: "a word that only begins so" },
  ];
  for (const { words, is, why } of rows)
    test(`${JSON.stringify(words)}: ${is} (${why})`, () => expect(saysWrong(words)).toBe(is));
});

describe("how much of a line is complained of", () => {
  const jin = { name: "苹果", unit: "斤" };
  const kg = { name: "Apples", unit: "kg" };
  const box = { name: "Eggs", unit: "box", aliases: ["鸡蛋"] };
  const piece = { name: "bread" };
  const rows = [
    { words: "苹果坏了两斤", item: jin, has: 5, wrong: 2, why: "a Chinese number" },
    { words: "苹果坏了两斤半", item: jin, has: 5, wrong: 2.5, why: "and a half" },
    { words: "苹果烂了半斤", item: jin, has: 5, wrong: 0.5, why: "half of one" },
    { words: "苹果坏了1公斤", item: jin, has: 5, wrong: 2, why: "in another unit of mass" },
    { words: "苹果坏了两个", item: jin, has: 5, wrong: undefined, why: "apples are no 斤" },
    { words: "3栋501的苹果坏了一个", item: jin, has: 5, wrong: undefined, why: "a flat is no quantity" },
    { words: "3栋501的苹果坏了1斤", item: jin, has: 5, wrong: 1, why: "beside the item" },
    { words: "2楼的苹果烂了", item: jin, has: 5, wrong: undefined, why: "a floor" },
    { words: "苹果5斤坏了1斤", item: jin, has: 5, wrong: 1, why: "the whole is no part" },
    { words: "苹果坏了一半", item: jin, has: 5, wrong: 2.5, why: "half of what there is" },
    { words: "5斤苹果全坏了", item: jin, has: 5, wrong: 5, why: "before the item" },
    { words: "苹果只有3斤", item: jin, has: 5, wrong: 2, why: "what was got is not what is missing" },
    { words: "I only got one kg apples", item: kg, has: 3, wrong: 2, why: "the same in English" },
    { words: "2 of my 5 kg apples were bad", item: kg, has: 5, wrong: 2, why: "of how many" },
    { words: "two kg of the apples were bad", item: kg, has: 5, wrong: 2, why: "a number word" },
    { words: "1 was sour", item: kg, has: 1, wrong: 1, why: "without the item's name" },
    { words: "apples: 1 kg rotten, 2 kg bruised", item: kg, has: 5, wrong: undefined, why: "two at once" },
    { words: "7 kg apples rotten", item: kg, has: 5, wrong: undefined, why: "more than there is" },
    { words: "apples were small", item: kg, has: 5, wrong: undefined, why: "nothing of how much" },
    { words: "2 eggs broken", item: box, has: 2, wrong: 2, why: "before the item" },
    { words: "鸡蛋碎了2个", item: box, has: 2, wrong: undefined, why: "two eggs are no two boxes" },
    { words: "鸡蛋碎了一盒", item: box, has: 2, wrong: 1, why: "a box in the other language" },
    { words: "two of the bread were mouldy", item: piece, has: 3, wrong: 2, why: "sold by the piece" },
    { words: "bread 坏了两个", item: piece, has: 3, wrong: 2, why: "a piece is one" },
    { words: "half of the bread was mouldy", item: piece, has: 3, wrong: undefined, why: "no half pieces" },
    { words: "Blk 3 #02-11 bread bad", item: piece, has: 3, wrong: undefined, why: "an address" },
  ];
  for (const { words, item, has, wrong, why } of rows) {
    test(`${JSON.stringify(words)} of ${has}: ${wrong} (${why})`, () => {
      const found = howMuchIsWrong(words, item, has * 1000);

      expect(found && found / 1000).toBe(wrong);
    });
  }
});
