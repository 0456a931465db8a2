import { expect, test } from "vitest";
import { replay } from "./script.ts";

test("with two buys open a message needs an item that fits one, or a reply", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 苹果 5元/斤，今晚8点截单
    10:01 Nat* | /open 土鸡 80元/只，今晚9点截单
    10:02 Ann | 苹果2斤
    10:03 Ben | +1
    10:04 Cy >2 | +1
    10:05 Ann | 再加一斤
    10:06 Cy | 取消
    10:07 Di | 土鸡1只
    10:08 Eve | 香蕉3斤
    10:09 Eve | 大家好
    20:30 Di | 苹果1斤
    20:31 Di | 土鸡再加1只
    21:30 Nat* | 好
  `);

  expect(outcome).toEqual({
    buys: [
      { status: "closed", items: ["苹果 3"], orders: ["Ann: #1 3 = 15.00"], late: ["11"] },
      { status: "closed", items: ["土鸡 3"], orders: ["Cy: #1 1 = 80.00", "Di: #1 2 = 160.00"] },
    ],
    unclear: ["4 item", "7 item", "9 unknown-item"],
  });
});

test("an edit moves a message from one buy to another; one that fits both leaves it with neither", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 苹果 5元/斤，今晚8点截单
    10:01 Nat* | /open 土鸡 80元/只，今晚9点截单
    10:02 Ann | 苹果2斤
    10:03 edit 3 | 土鸡1只
    10:04 Ben | 苹果3斤
    10:05 edit 4 | +1
    10:06 Cy | 苹果4斤
    20:30 edit 5 | 土鸡2只
    21:30 Nat* | 好
  `);

  expect(outcome).toEqual({
    buys: [
      { status: "closed", items: ["苹果 4"], orders: ["Cy: #1 4 = 20.00"] },
      { status: "closed", items: ["土鸡 3"], orders: ["Ann: #1 1 = 80.00", "Cy: #1 2 = 160.00"] },
    ],
    unclear: ["4 item"],
  });
});

test("what a leader says of the counts of two buys is no question", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 苹果 5元/斤
    10:01 Nat* | /open 土鸡 80元/只
    10:02 Nat* | +2，大家
    10:03 Ann | +2，大家
  `);

  expect(outcome).toMatchObject({ unclear: [expect.stringMatching(/^4 /)] });
});

test("an order of a closed buy's item is late for it, also where it reads as nothing in the open one", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 阳光玫瑰 25元/盒，今晚8点截单
    10:01 Nat* | /open 卤鸡爪 30元/斤，今晚9点截单
    10:02 Ann | 玫瑰+2
    20:30 Ann | 玫瑰再加1盒
    20:31 Ann | 玫瑰好甜
    21:10 Nat* | 都截了
  `);

  expect(outcome).toEqual({
    buys: [
      { status: "closed", items: ["阳光玫瑰 2"], orders: ["Ann: #1 2 = 50.00"], late: ["4"] },
      { status: "closed", items: ["卤鸡爪 0"], orders: [] },
    ],
  });
});

test("a second buy after the first is another one; what comes between them is late for the first", async () => {
  const outcome = await replay(
    `
    10:00 Nat* | /open Firewood $9 per bag
    10:01 Ann | 2 bags
    10:02 Nat* | /close
    10:03 Ben | 1 bag
    ---
    10:00 Nat* | /open Kindling $4 per net, closes tonight 8pm
    10:01 Ben | 3 nets
    10:02 Ann >1 | +1
    20:10 Nat* | done
  `,
    "--zone",
    "Asia/Singapore",
  );

  expect(outcome).toEqual({
    buys: [
      { status: "closed", items: ["Firewood 2"], orders: ["Ann: #1 2 = 18.00"], late: ["4", "7"] },
      { status: "closed", items: ["Kindling 3"], orders: ["Ben: #1 3 = 12.00"] },
    ],
  });
});

test("/close with two buys open ends the one that it replies to or names", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 苹果 5元/斤
    10:01 Nat* | /open 土鸡 80元/只
    10:02 Nat* >1 | /close
    10:03 Ann | +1
    10:04 Nat* | /cancel 土鸡
  `);

  expect(outcome).toEqual({
    buys: [
      { status: "closed", items: ["苹果 0"], orders: [] },
      { status: "cancelled", items: ["土鸡 1"], orders: ["Ann: #1 1 = 80.00"] },
    ],
  });
});
