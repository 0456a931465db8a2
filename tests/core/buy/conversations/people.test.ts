import { expect, test } from "vitest";
import { replay } from "./script.ts";

test("names are those borne last, people of one name stay two, and an order that came to nothing is not listed", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 苹果 5元/斤，今晚8点截单
    10:01 u1:小林 | +2
    10:02 u2:小林 | 苹果3斤
    10:03 u3:阿海 | +1
    10:04 u3:阿海 | 不要了
    10:05 u2:林同学 | 大家好
    20:30 Nat* | 谢谢大家
  `);

  expect(outcome).toEqual({
    buys: [{ status: "closed", items: ["苹果 5"], orders: ["小林: #1 2 = 10.00", "林同学: #1 3 = 15.00"] }],
  });
});

test("whose goods a door cancels: those booked for it, those of whoever lives there, and of nobody else", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 1. 苹果 5元/斤 / 2. 梨 4元/斤 / 今晚8点截单
    10:01 Mei | 苹果2斤
    10:02 Mei | 帮302带苹果3斤
    10:03 Mei | 302的苹果不要了
    10:04 Mei | 401苹果取消
    10:05 Kai 303 | 苹果4斤
    10:06 Kai 303 | 303不要苹果了
    10:07 Nat* | 我要苹果1斤
    10:08 Nat* | 401不要苹果了
    20:30 Nat* | 好
  `);

  expect(outcome.buys[0]?.orders).toEqual(["Mei: #1 2 = 10.00", "Nat: #1 1 = 5.00"]);
});

test("orders for others are listed apart, and words of change find them", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 1. 苹果 5元/斤 / 2. 梨 4元/斤 / 今晚8点截单
    10:01 Mei | 苹果2斤
    10:02 Mei | 帮王姐带3斤梨
    10:03 Mei | 302：苹果1斤
    10:04 Mei | 王姐：梨改成2斤
    10:05 7-203 | 7-203：苹果4斤
    20:30 Nat* | 好
  `);

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["苹果 7", "梨 2"],
        orders: ["Mei: #1 2 = 10.00", "Mei for 王姐: #2 2 = 8.00", "Mei for 302: #1 1 = 5.00", "7-203: #1 4 = 20.00"],
      },
    ],
  });
});

test("edits count at their first time, recalls as never said, doubles and the order of lines for nothing", async () => {
  const outcome = await replay(
    `
    10:00 Nat* | /open Apples $3/kg, closes tonight 8pm
    10:01 Ann | 2 apples
    10:02 Ben | +4
    10:30 edit 3 | +1
    10:31 recall 2
    10:03 Ann | one more
    10:20 edit 4 | another 2 apples please
    10:04 Cy | is it sweet?
    10:05 Cy | +3
    10:06 recall 6
    20:10 edit 3 | +9
    20:11 recall 4
  `,
    "--zone",
    "Asia/Singapore",
  );

  expect(outcome).toEqual({
    buys: [{ status: "closed", items: ["Apples 3"], orders: ["Ben: #1 1 = 3.00", "Ann: #1 2 = 6.00"] }],
  });
});

test("what is unclear stays so until it is edited or taken back", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 1. 苹果 5元/斤 / 2. 苹果汁 8元/瓶 / 今晚8点截单
    10:01 Ann | 来2个
    10:02 Ann | 苹果2斤
    10:03 Ben | 两三斤苹果
    10:04 edit 4 | 3斤苹果
    10:05 Cy | 香蕉2斤
    10:06 recall 5
    10:07 Di | 榴莲1箱
    20:10 edit 6 | 苹果1斤
  `);

  expect(outcome.buys[0]?.orders).toEqual(["Ann: #1 2 = 10.00", "Ben: #1 3 = 15.00"]);
  expect(outcome.unclear).toEqual(["2 item", "6 unknown-item"]);
});

test("a bare number counts in reply to the announcement only; a leader's counts and limits are talk", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 橙子 40元/箱，每人限3箱，今晚8点截单
    10:01 Ann >1 | 2
    10:02 Ben | 2
    10:03 Cy >2 | 1
    10:04 Nat* | 现在11箱了
    10:05 Nat* | 每人最多3箱哦
    10:06 Nat* | 我自己也要1箱
    10:07 Nat* | 还差2箱就满一车
    20:10 Nat* | 截了
  `);

  expect(outcome).toEqual({
    buys: [{ status: "closed", items: ["橙子 3"], orders: ["Ann: #1 2 = 80.00", "Nat: #1 1 = 40.00"] }],
  });
});

test("an item that comes in options is booked without one, and an answer settles it", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 蛋糕 20元/个，口味：原味/抹茶，今晚8点截单
    10:01 Ann | 蛋糕2个
    10:02 Ben | 抹茶蛋糕1个
    10:03 Cy | 蛋糕1个
    10:04 Ann | 抹茶
    20:10 Nat* | 好的
  `);

  expect(outcome.buys[0]?.orders).toEqual(["Ann: #1 2抹茶 = 40.00", "Ben: #1 1抹茶 = 20.00", "Cy: #1 1 = 20.00"]);
});
