import { describe, expect, test } from "vitest";
import { expected, type Row, short } from "./read.ts";

const taipei = { zone: "Asia/Taipei" };
const hongKong = { zone: "Asia/Hong_Kong" };
const singapore = { zone: "Asia/Singapore" };
const kualaLumpur = { zone: "Asia/Kuala_Lumpur" };

/** Posts in traditional script, in Cantonese words, and in two languages at once. */
const rows: readonly Row[] = [
  {
    ...taipei,
    text: "【團購】日本麝香葡萄 一盒NT$450，限量30盒，每人限購2盒，11/25(三) 晚上9點收單",
    items: ["日本麝香葡萄 | 450.00/盒 | stock 30 | each 2"],
    currency: "TWD",
    closes: "11-25 21:00",
    why: "a weekday in brackets behind the date",
  },
  {
    ...taipei,
    text: "下午茶揪團🧋\n珍珠奶茶 55元\n紅茶拿鐵 50元\n多多綠 60元\n滿10杯外送\n下午2點半收單",
    items: ["珍珠奶茶 | 55.00", "紅茶拿鐵 | 50.00", "多多綠 | 60.00"],
    closes: "11-21 14:30",
    minimum: "10",
    why: "元 in Taipei; no unit",
  },
  {
    ...taipei,
    text: "芒果乾 每包120元，10包以上每包110元，週三中午12點前收單，週六早上10點管理室取貨",
    items: ["芒果乾 | 120.00/包 | 10+ 110.00"],
    closes: "11-25 12:00",
    pickup: "11-28 10:00 @ 管理室",
    why: "每包 before the price; 以上 with a price is a tier",
  },
  {
    ...taipei,
    text: "阿嬤粽子 鹹粽45元/顆 鹼粽30元/顆 滿1000元免運 今天晚上12點結單",
    items: ["阿嬤粽子 鹹粽 | 45.00/顆", "鹼粽 | 30.00/顆"],
    closes: "11-22 00:00",
    why: "free shipping is no threshold; tonight's midnight",
  },
  {
    ...taipei,
    text: "開團囉～土雞蛋一箱$300（60顆），剩20箱，要的+1，明天下午5點收單",
    items: ["土雞蛋 | 300.00/箱 | stock 20"],
    currency: "TWD",
    closes: "11-22 17:00",
    why: "$ in Taipei; what is left is the stock",
  },
  {
    ...hongKong,
    text: "急凍牛舌 $128/條，每人限2條，聽晚8點截單，星期二7點至9點平台自取",
    items: ["急凍牛舌 | 128.00/條 | each 2"],
    currency: "HKD",
    closes: "11-22 20:00",
    pickup: "11-24 07:00 - 11-24 09:00 @ 平台",
    why: "聽晚 is tomorrow night; a bare pickup hour is the first between 7 and 23",
  },
  {
    ...hongKong,
    text: "老火湯包 兩包88蚊，今晚11點截",
    items: ["老火湯包 | 88.00/2包"],
    currency: "HKD",
    closes: "11-21 23:00",
    why: "蚊 is the dollar of Hong Kong",
  },
  {
    ...hongKong,
    text: "日本士多啤梨 $98/盒 3盒$270 星期日夜晚9點前落單",
    items: ["日本士多啤梨 | 98.00/盒", "日本士多啤梨 3盒 | 270.00/3盒"],
    closes: "11-22 21:00",
    why: "a price for three is an item of its own",
  },
  {
    ...singapore,
    text: "蒜蓉虾 garlic prawns $16/box，限30盒，周日 9pm 截单，周三 6pm-8pm Blk 12 lobby 自取",
    items: ["蒜蓉虾 garlic prawns | 16.00/box | stock 30"],
    closes: "11-22 21:00",
    pickup: "11-25 18:00 - 11-25 20:00 @ Blk 12 lobby",
    why: "both languages in one line",
  },
  {
    ...singapore,
    text: "Group buy 团购: 猫山王 D197 $22/kg, min 20kg 成团, 明天 8pm 截单",
    items: ["猫山王 D197 | 22.00/kg"],
    closes: "11-22 20:00",
    minimum: "20",
    why: "a threshold in both languages",
  },
  {
    ...singapore,
    text: "早餐 Breakfast\n1. 豆浆 Soy milk $2/杯\n2. 油条 Dough stick $1.50/条\n3. 甜豆花 Tau huay $3/份\n今晚 10pm 截单",
    items: ["豆浆 Soy milk | 2.00/杯", "油条 Dough stick | 1.50/条", "甜豆花 Tau huay | 3.00/份"],
    closes: "11-21 22:00",
    why: "a list in two languages",
  },
  {
    ...kualaLumpur,
    text: "榴莲雪糕 RM12/杯 flavour: 原味/巧克力，order by 今晚 11pm",
    items: ["榴莲雪糕 | 12.00/杯 | 原味, 巧克力"],
    currency: "MYR",
    closes: "11-21 23:00",
    why: "an English label for Chinese options",
  },
  {
    ...kualaLumpur,
    text: "CNY order! 年饼 RM25/bottle, 6 bottles RM138, close 5 Dec 12pm",
    items: ["年饼 | 25.00/bottle", "年饼 6 bottles | 138.00/6 bottles"],
    currency: "MYR",
    closes: "12-05 12:00",
    why: "CNY is Chinese New Year",
  },
  {
    text: "代购 Costco 烤鸡 $4.99/只, 今晚7点截单",
    zone: "America/Los_Angeles",
    now: "2026-11-21T10:00:00-08:00",
    items: ["Costco 烤鸡 | 4.99/只"],
    currency: "USD",
    closes: "11-21 19:00",
    why: "a shop's name is part of the goods here",
  },
  {
    text: "大闸蟹 $60/磅，每户限4只，12/5 晚上8点截单，12/6 下午2点-4点 我家车库取",
    zone: "America/Los_Angeles",
    now: "2026-11-21T10:00:00-08:00",
    items: ["大闸蟹 | 60.00/磅 | each 4"],
    closes: "12-05 20:00",
    pickup: "12-06 14:00 - 12-06 16:00 @ 我家车库",
    why: "磅 as the unit",
  },
  {
    text: "手工月饼 £3/个，10个起送，周五晚9点截",
    zone: "Europe/London",
    now: "2026-11-21T10:00:00+00:00",
    items: ["手工月饼 | 3.00/个"],
    currency: "GBP",
    closes: "11-27 21:00",
    minimum: "10",
    why: "起送 with a count is a threshold",
  },
  {
    ...singapore,
    text: "Group order: Bak kwa 肉干\nSliced $62/kg | Coin $66/kg\nLimit 3kg per household\nDeadline 28/11 11.59pm\nSelf collection 2 Dec, 7pm to 9pm, Blk 88 void deck",
    items: ["Sliced | 62.00/kg", "Coin | 66.00/kg"],
    closes: "11-28 23:59",
    pickup: "12-02 19:00 - 12-02 21:00 @ Blk 88 void deck",
    problems: ["perPerson which-item"],
    why: "a limit per household over two items does not say which",
  },
];

describe("a post in two scripts or languages", () => {
  for (const row of rows) {
    test(`${row.text.replace(/\n/g, " / ")} (${row.why})`, () => {
      expect(short(row)).toEqual(expected(row));
    });
  }
});
