import { describe, expect, test } from "vitest";
import { type Row, short } from "./read.ts";

/** What leaders write behind "苹果 5元/斤" or "Apples $5/kg", and what it limits. */
const rows: readonly (readonly [text: string, means: string])[] = [
  ["限量100斤", "stock 100"],
  ["总共100斤 卖完为止", "stock 100"],
  ["每人限购5斤", "each 5"],
  ["一人最多5斤", "each 5"],
  ["每个家庭限5斤", "each 5"],
  ["单人限5斤", "each 5"],
  ["限购5斤/人", "each 5"],
  ["每位邻居最多3斤", "each 3"],
  ["库存：100", "stock 100"],
  ["数量100斤", "stock 100"],
  ["只有100斤", "stock 100"],
  ["100斤封顶", "stock 100"],
  ["100斤售完即止", "stock 100"],
  ["满100斤成团", "minimum 100"],
  ["100斤起团", "minimum 100"],
  ["凑够100斤发货", "minimum 100"],
  ["拼满20人发车", "minimum 20 people"],
  ["20人起拼", "minimum 20 people"],
  ["20户成团", "minimum 20 people"],
  ["够20份就开", "minimum 20"],
  ["最低20份起订", "minimum 20"],
  ["成团门槛：20份", "minimum 20"],
  ["起送金额200元", "minimum 200.00"],
  ["200元起送", "minimum 200.00"],
  ["200块起配送", "minimum 200.00"],
  ["不到20份不发", "minimum 20"],
  ["满20斤 4.5元/斤", "20+ 4.50"],
  ["20斤起4.5元/斤", "20+ 4.50"],
  ["20斤以上每斤4.5", "20+ 4.50"],
  ["超过20斤4.5元", "20+ 4.50"],
  ["达到20斤，每斤4.5元，达到50斤，每斤4元", "20+ 4.50, 50+ 4.00"],
  ["（满20斤4.5元）", "20+ 4.50"],
  ["满20斤降至4.5元/斤", "20+ 4.50"],
  ["买20斤以上4.5元", "20+ 4.50"],
  ["Max 5kg per person", "each 5"],
  ["Limit: 5 kg per household", "each 5"],
  ["Each person can order up to 5kg", "each 5"],
  ["5 kg per family max", "each 5"],
  ["No more than 5 kg each", "each 5"],
  ["One bag per person", "each 1"],
  ["100 kg available", "stock 100"],
  ["Stock: 100 kg", "stock 100"],
  ["First 100 kg only", "stock 100"],
  ["Capped at 100 kg", "stock 100"],
  ["Limited to 100kg", "stock 100"],
  ["Needs 20 people", "minimum 20 people"],
  ["Min 20 orders to proceed", "minimum 20 people"],
  ["Minimum 50kg", "minimum 50"],
  ["Goes ahead with 10 people", "minimum 10 people"],
  ["If we get 50 kg we order", "minimum 50"],
  ["MOQ 50kg", "minimum 50"],
  ["$200 minimum", "minimum 200.00"],
  ["Minimum order $200 in total", "minimum 200.00"],
  ["At least 8 households needed", "minimum 8 people"],
  ["$4.50/kg if we reach 50kg", "50+ 4.50"],
  ["50kg and above $4.50", "50+ 4.50"],
  ["($4.50 for 50+)", "50+ 4.50"],
  ["Over 50 kg: $4.50/kg", "50+ 4.50"],
  ["20+ kg $4.50, 50+ kg $4", "20+ 4.50, 50+ 4.00"],
  ["drops to $4.50 at 50kg", "50+ 4.50"],
  ["from 50 kg $4.50/kg", "50+ 4.50"],
  ["buy 10 get 1 free", "nothing"],
];

describe("a limit, a tier or a threshold", () => {
  for (const [text, means] of rows) {
    test(`${text}: ${means}`, () => {
      const isChinese = /[\u3400-\u9fff]/.test(text);
      const row: Row = {
        text: isChinese ? `苹果 5元/斤，${text}` : `Apples $5/kg. ${text}`,
        zone: isChinese ? "Asia/Shanghai" : "Asia/Singapore",
        why: means,
      };

      const { items, minimum, problems } = short({ ...row, items: [] });

      const limits = (items?.[0] ?? "").split(" | ").slice(2);
      expect([...limits, ...(minimum ? [`minimum ${minimum}`] : [])].join(", ") || "nothing").toBe(means);
      expect(problems).toBeUndefined();
    });
  }
});
