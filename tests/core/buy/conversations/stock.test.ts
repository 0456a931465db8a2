import { expect, test } from "vitest";
import { replay } from "./script.ts";

test("earlier messages have the stock; the queue moves up in parts as some is given back", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 土鸡 80元/只，限6只，今晚8点截单
    10:01 Ann | +4
    10:02 Ben | 3只
    10:03 Cy | +2
    10:04 Ann | 少一只
    10:05 Di | +1
    10:06 Ben | 取消
    20:10 Nat* | 好
  `);

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["土鸡 6"],
        orders: ["Ann: #1 3 = 240.00", "Cy: #1 2 = 160.00", "Di: #1 1 = 80.00"],
      },
    ],
  });
});

test("a message may be booked in part; what an edit asks more waits behind those who came before the edit", async () => {
  const outcome = await replay(
    `
    10:00 Nat* | /open Crabs $20 each, only 5, closes tonight 8pm
    10:01 Ann | +2
    10:02 Ben | +2
    10:03 edit 2 | +4
    10:04 Cy | +1
    20:01 edit 2 | +1
  `,
    "--zone",
    "Asia/Singapore",
  );

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["Crabs 5 (2 wait)"],
        orders: ["Ann: #1 3 (1 wait) = 60.00", "Ben: #1 2 = 40.00", "Cy: #1 0 (1 wait) = 0.00"],
      },
    ],
  });
});

test("a person's limit holds for booked and waiting, for every person ordered for by itself", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 鸡蛋 30元/盘，只有3盘，每人限2盘，今晚8点截单
    10:01 Ann | 3盘
    10:02 Ann | 2盘
    10:03 Ben | 2盘
    10:04 Ben | 再加1盘
    10:05 Ben | 帮妈妈带2盘
    20:10 Nat* | 好
  `);

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["鸡蛋 3 (3 wait)"],
        orders: ["Ann: #1 2 = 60.00", "Ben: #1 1 (1 wait) = 30.00", "Ben for 妈妈: #1 0 (2 wait) = 0.00"],
      },
    ],
    unclear: ["2 limit", "5 limit"],
  });
});

test("a tier goes by what is booked at the end, over all options and people, and holds for everybody", async () => {
  const outcome = await replay(
    `
    10:00 Nat* | /open Firewood $9 per bag, 8+ at $8.25, closes tonight 8pm
    10:01 Ann | 3 bags
    10:02 Ben | 4 bags
    10:03 Ben | 1 bag for my dad
    20:10 Nat* | thanks
  `,
    "--zone",
    "Asia/Singapore",
  );

  expect(outcome.buys[0]?.orders).toEqual(["Ann: #1 3 = 24.75", "Ben: #1 4 = 33.00", "Ben for my dad: #1 1 = 8.25"]);
});

test("what waits reaches no tier and no minimum", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 糕点 10元/盒，满6盒9元，限5盒，今晚8点截单
    10:01 Ann | +4
    10:02 Ben | +3
    20:10 Nat* | 好
  `);

  expect(outcome.buys[0]?.orders).toEqual(["Ann: #1 4 = 40.00", "Ben: #1 1 (2 wait) = 10.00"]);
});

test("amounts are rounded half up, line by line", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 1. 牛腩 46.25元/斤 / 2. 排骨 38.30元/斤 / 今晚8点截单
    10:01 Ann | 牛腩1.1斤，排骨1斤1两
    20:10 Nat* | 好
  `);

  expect(outcome.buys[0]?.orders).toEqual(["Ann: #1 1.1, #2 1.1 = 93.01"]);
});

test("a buy that its leader announces in two chats has one stock for both", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 土鸡 80元/只，限3只，今晚8点截单
    10:00 Ben @g2 | +1
    10:01 Ann | +2
    10:02 Nat* @g2 | 【转发】土鸡 80元/只，限3只，今晚8点截单
    10:03 Ben @g2 | +2
    10:04 Cy @g2 >4 | 1
    10:05 Di @g3 | +5
    20:10 Nat* | 好
  `);

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["土鸡 3 (2 wait)"],
        orders: ["Ann: #1 2 = 160.00", "Ben: #1 1 (1 wait) = 80.00", "Cy: #1 0 (1 wait) = 0.00"],
      },
    ],
  });
});

test("chats with buys of their own keep to them", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 土鸡 80元/只
    10:00 Lea* @g2 | /open 鸭蛋 3元/个
    10:01 Ann | +2
    10:02 Ben @g2 | +5
  `);

  expect(outcome.buys.map(({ orders }) => orders)).toEqual([["Ann: #1 2 = 160.00"], ["Ben: #1 5 = 15.00"]]);
});
