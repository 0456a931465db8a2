import { expect, test } from "vitest";
import { replay } from "./script.ts";

test("a chain grows by forks and stale copies, and nobody is lost", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 大樱桃 35元/盒，今晚8点截单
    10:01 豆苗 | #接龙 / 大樱桃 35元/盒 /  / 1. 豆苗 2盒
    10:02 老徐 | #接龙 / 大樱桃 35元/盒 /  / 1. 豆苗 2盒 / 2. 老徐 1盒
    10:03 文文 | #接龙 / 大樱桃 35元/盒 /  / 1. 豆苗 2盒 / 2. 文文 1盒
    10:04 阿达 | #接龙 / 大樱桃 35元/盒 /  / 1. 豆苗 2盒 / 2. 老徐 1盒 / 3. 阿达 +1
    10:05 豆苗 | #接龙 / 大樱桃 35元/盒 /  / 1. 豆苗 5盒 / 2. 文文 1盒
    10:06 小舟 | #接龙 / 大樱桃 35元/盒 /  / 1. 豆苗 2盒 / 2. 老徐 1盒 / 3. 阿达 +1 / 4. 小舟 两盒
    10:07 老徐 | 再加一盒
    10:08 文文 | 不要了
    20:10 Nat* | 截了
  `);

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["大樱桃 10"],
        orders: ["豆苗: #1 5 = 175.00", "老徐: #1 2 = 70.00", "阿达: #1 1 = 35.00", "小舟: #1 2 = 70.00"],
      },
    ],
  });
});

test("other people's lines are not changed or taken out; one's own and those of neighbours are added", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 1. 苹果 5元/斤 / 2. 梨 4元/斤 / 今晚8点截单
    10:01 Ann | #接龙 / 水果 /  / 1. Ann 苹果2斤
    10:02 Ben | #接龙 / 水果 /  / 1. Ann 苹果9斤 / 2. Ben 梨1斤
    10:03 Cy | #接龙 / 水果 /  / 1. Ann 苹果9斤 / 2. Ben 梨1斤 / 3. Cy 梨2斤 / 4. 王姐 苹果1斤
    10:04 Di | #接龙 / 水果 /  / 1. Ann 苹果2斤 / 2. Cy 梨2斤 / 3. 王姐 苹果1斤 / 4. Di 梨1斤
    10:05 Ben | #接龙 / 水果 /  / 1. Ann 苹果2斤 / 2. Ben 梨1斤 / 3. Cy 梨2斤 / 4. 王姐 苹果1斤 / 5. Di 梨1斤 / 6. 李叔 苹果2斤
    10:06 Nat* | #接龙 / 水果 /  / 1. Ann 苹果1斤 / 2. Ben 梨1斤 / 3. Cy 梨2斤 / 4. 王姐 苹果1斤 / 5. Di 梨1斤 / 6. 李叔 苹果2斤
    20:10 Nat* | 截了
  `);

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["苹果 4", "梨 4"],
        orders: [
          "Ann: #1 1 = 5.00",
          "Ben: #2 1 = 4.00",
          "Cy: #2 2 = 8.00",
          "Cy for 王姐: #1 1 = 5.00",
          "Di: #2 1 = 4.00",
          "Ben for 李叔: #1 2 = 10.00",
        ],
      },
    ],
    unclear: ["3 not-yours", "5 not-yours"],
  });
});

test("what is struck out, recalled or edited in a chain follows; after the closing it is late", async () => {
  const outcome = await replay(`
    10:00 Nat* | /open 柚子 12元/个，今晚8点截单
    10:01 桂姨 | #接龙 / 柚子 / 1. 桂姨 2个
    10:02 阿文 | #接龙 / 柚子 / 1. 桂姨 2个 / 2. 阿文 1个
    10:03 菁菁 | #接龙 / 柚子 / 1. 桂姨 2个 / 2. 阿文 1个 / 3. 菁菁 1个
    10:04 edit 4 | #接龙 / 柚子 / 1. 桂姨 2个 / 2. 阿文 1个 / 3. 菁菁 4个
    10:05 小贾 | #接龙 / 柚子 / 1. 桂姨 2个 / 2. 阿文 1个 / 3. 菁菁 1个 / 4. 小贾 3个
    10:06 桂姨 | #接龙 / 柚子 / 1. 桂姨 取消 / 2. 阿文 1个 / 3. 菁菁 4个 / 4. 小贾 3个
    10:07 recall 3
    20:01 Nat* | #接龙 / 柚子 / 1. 菁菁 4个 / 2. 小贾 3个
    20:02 阿文 | #接龙 / 柚子 / 1. 菁菁 4个 / 2. 小贾 3个 / 3. 阿文 2个
  `);

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["柚子 7"],
        orders: ["菁菁: #1 4 = 48.00", "小贾: #1 3 = 36.00"],
        late: ["8"],
      },
    ],
  });
});

test("a chain line beyond the limit is refused, one beyond the stock waits", async () => {
  const outcome = await replay(
    `
    10:00 Nat* | /open Granola $11/bag, only 4 bags, max 2 per person, closes tonight 8pm
    10:01 Sam | #Group Note / Granola /  / 1. Sam 2 bags
    10:02 Ann | #Group Note / Granola /  / 1. Sam 2 bags / 2. Ann 3 bags
    10:03 Ben | #Group Note / Granola /  / 1. Sam 2 bags / 2. Ann 3 bags / 3. Ben 1 bag
    10:04 Ann | #Group Note / Granola /  / 1. Sam 2 bags / 2. Ann 2 bags / 3. Ben 1 bag
    10:05 Sam | one less
    20:10 Nat* | done
  `,
    "--zone",
    "Asia/Singapore",
  );

  expect(outcome).toEqual({
    buys: [
      {
        status: "closed",
        items: ["Granola 4"],
        orders: ["Sam: #1 1 = 11.00", "Ben: #1 1 = 11.00", "Ann: #1 2 = 22.00"],
      },
    ],
    unclear: ["3 limit"],
  });
});
