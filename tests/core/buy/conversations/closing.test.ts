import { describe, expect, test } from "vitest";
import { replay } from "./script.ts";

test("the closing second counts; after it whatever would have mattered is late, reducing and questions included", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 1. 苹果 5元/斤 / 2. 梨 4元/斤 / 今晚8点截单
    10:01 Ann | 苹果2斤
    20:00:00 Ben | 梨1斤
    20:00:01 Cy | 梨1斤
    20:00:02 Ann | 苹果少一斤
    20:00:03 Di | 来2个
    20:00:04 Ann | 苹果2斤
    20:00:05 Ann | 谢谢
    20:00:06 Eve | 取消
    20:00:07 Eve | 还能加吗
  `);

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["苹果 2", "梨 1"],
        orders: ["Ann: #1 2 = 10.00", "Ben: #2 1 = 4.00"],
        late: ["4", "5", "6"],
      },
    ],
  });
});

test("the clock stops at the last event: a closing beyond it has not come, whatever the minimum", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 苹果 5元/斤，满30斤成团，今晚8点截单
    10:01 Ann | +2
    19:59:59 Ben | 好吃吗
  `);

  expect(outcome).toEqual({ buys: [{ status: "open", items: ["苹果 2"], orders: ["Ann: #1 2 = 10.00"] }] });
});

test("/close ends a buy at its own time, from leaders only", async () => {
  const outcome = await replay(
    `
    10:00 Nat* | /open Eggs $4 per tray
    10:01 Ann | +2
    10:02 Ann | /close
    10:03 Ben | 1 tray please
    10:04 Nat* | /close
    10:05 Cy | +1
    10:06 edit 2 | +5
    10:07 Nat* | /open Figs $2 per box
    10:08 Cy | +1
  `,
    "--zone",
    "Asia/Singapore",
  );

  expect(outcome).toEqual({
    buys: [
      { status: "closed", items: ["Eggs 3"], orders: ["Ann: #1 2 = 8.00", "Ben: #1 1 = 4.00"], late: ["6"] },
      { status: "open", items: ["Figs 1"], orders: ["Cy: #1 1 = 2.00"] },
    ],
  });
});

test("/cancel calls a buy off; its orders stay as they stood", async () => {
  const outcome = await replay(`
    10:00 Nat* | 开团 车厘子 60元/箱
    10:01 Ann | +2
    10:02 Ben | /cancel
    10:03 Nat* | /cancel
    10:04 edit 2 | +5
    10:05 Ben | 可惜了
  `);

  expect(outcome).toEqual({ buys: [{ status: "cancelled", items: ["车厘子 2"], orders: ["Ann: #1 2 = 120.00"] }] });
});

test("commands of people who may not give them do nothing, and /my and /tally change nothing", async () => {
  const outcome = await replay(`
    10:00 Ann | /open 梨 3元/斤
    10:01 Nat* | 開團 苹果 5元/斤
    10:02 Ann | +2
    10:03 Ann | 截團
    10:04 Ann | /my
    10:05 Ann | /tally
    10:06 Ann | +1
    10:07 Nat* | 截團
    10:08 Ann | +1
  `);

  expect(outcome).toEqual({
    buys: [{ status: "closed", items: ["苹果 3"], orders: ["Ann: #1 3 = 15.00"], late: ["9"] }],
  });
});

describe("a minimum", () => {
  const rows = [
    { minimum: "满5份成团", said: ["+2", "+2"], status: "failed", why: "one short" },
    { minimum: "满5份成团", said: ["+2", "+3"], status: "closed", why: "just reached" },
    { minimum: "2人成团", said: ["+2", "+3"], status: "closed", why: "two people" },
    {
      minimum: "3人成团",
      said: ["+2", "帮王姐带3份"],
      status: "failed",
      why: "who is ordered for counts with the orderer",
    },
    { minimum: "满100元起送", said: ["+2", "+2"], status: "failed", why: "80 is less than 100" },
    { minimum: "满100元起送", said: ["+2", "+3"], status: "closed", why: "100 is enough" },
  ];
  for (const { minimum, said, status, why } of rows) {
    test(`${minimum} with ${said.join(" and ")}: ${status} (${why})`, async () => {
      const outcome = await replay(`
        10:00 Nat* | /open 年糕 20元/份，${minimum}，今晚8点截单
        10:01 Ann | ${said[0]}
        10:02 Ben | ${said[1]}
        10:03 Ben | /tally
        20:10 Nat* | 好
      `);

      expect(outcome.buys[0]?.status).toBe(status);
    });
  }

  test("counts for /close too", async () => {
    const outcome = await replay(`
      10:00 Nat* | /open 年糕 20元/份，满5份成团，今晚8点截单
      10:01 Ann | +2
      10:02 Nat* | /close
    `);

    expect(outcome.buys[0]?.status).toBe("failed");
  });
});
