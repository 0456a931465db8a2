import { describe, expect, test } from "vitest";
import { formatAmount, NO_CURRENCY } from "../../../core/money.ts";
import { read } from "./read.ts";

const rows: readonly { text: string; price: string; zone?: string; why: string }[] = [
  { text: "苹果 6/斤", price: "CNY 6.00/斤", why: "a bare amount before its unit" },
  { text: "花生 5.8元/500g", price: "CNY 5.80/500g", why: "a weight as the unit" },
  { text: "红枣 ¥12/半斤", price: "CNY 12.00/0.5斤", why: "half a unit" },
  { text: "燕窝 12.8/两", price: "CNY 12.80/两", why: "两 as a weight" },
  { text: "鸡腿 3元/两个", price: "CNY 3.00/2个", why: "两 as a number" },
  { text: "橘子 10元/3斤", price: "CNY 10.00/3斤", why: "a bundle behind a slash" },
  { text: "挂面 9.9包邮", price: "CNY 9.90", why: "包邮 is no unit" },
  { text: "烧饼 5块钱一个", price: "CNY 5.00/个", why: "块钱" },
  { text: "包子 十块钱三个", price: "CNY 10.00/3个", why: "numerals on both sides" },
  { text: "土豆 10块钱4斤", price: "CNY 10.00/4斤", why: "4斤 for 10块" },
  { text: "牛肉一斤58", price: "CNY 58.00/斤", why: "no blank anywhere" },
  { text: "面膜 两盒一共50", price: "CNY 50.00/2盒", why: "一共" },
  { text: "月饼 RMB 35/box", price: "CNY 35.00/box", why: "a code before" },
  { text: "月饼 35 RMB per box", price: "CNY 35.00/box", why: "a code behind" },
  { text: "月饼 35rmb一盒", price: "CNY 35.00/盒", why: "a code between" },
  { text: "豆浆：￥２．５／杯", price: "CNY 2.50/杯", why: "full width" },
  { text: "豆浆 每杯2元5角", price: "CNY 2.50/杯", why: "角" },
  { text: "毛巾 25元 3条装", price: "CNY 25.00", why: "3条装 is a size, no bundle" },
  { text: "猪蹄 28.8元一斤左右", price: "CNY 28.80/斤", why: "左右" },
  { text: "Muffin $1/ea", price: "SGD 1.00/pc", zone: "Asia/Singapore", why: "ea" },
  { text: "Muffin $3 ea.", price: "SGD 3.00/pc", zone: "Asia/Singapore", why: "ea with a point" },
  { text: "Muffins 2/$5", price: "USD 5.00/2 pcs", zone: "America/New_York", why: "two for five, as in America" },
  { text: "Muffins $4.5 /dozen", price: "USD 4.50/dozen", zone: "America/New_York", why: "a blank before the slash" },
  { text: "Muffins: 3 for 5 dollars", price: "USD 5.00/3 pcs", zone: "America/New_York", why: "dollars" },
  { text: "Muffins 5 bucks a bag", price: "USD 5.00/bag", zone: "America/New_York", why: "bucks" },
  { text: "Kaffee €3,50/kg", price: "EUR 3.50/kg", zone: "Europe/Berlin", why: "a decimal comma" },
  { text: "Tea S$ 12.00/box", price: "SGD 12.00/box", zone: "Asia/Singapore", why: "a blank behind the sign" },
  { text: "茶葉 NT$ 100 / 盒", price: "TWD 100.00/盒", zone: "Asia/Taipei", why: "blanks around the slash" },
  { text: "茶葉 NT100/盒", price: "TWD 100.00/盒", zone: "Asia/Taipei", why: "NT without $" },
  { text: "叉燒 60蚊斤", price: "HKD 60.00/斤", zone: "Asia/Hong_Kong", why: "nothing between amount and unit" },
  { text: "叉燒 HKD 60/斤", price: "HKD 60.00/斤", zone: "Asia/Hong_Kong", why: "a code" },
  { text: "Plums 99¢ each", price: "USD 0.99/pc", zone: "America/New_York", why: "cents" },
  { text: "Plums two boxes $5", price: "USD 5.00/2 boxes", zone: "America/New_York", why: "a count in words" },
  { text: "Stamps 50p each", price: "GBP 0.50/pc", zone: "Europe/London", why: "pence" },
  { text: "Pears @ 1.99/lb", price: "USD 1.99/lb", zone: "America/New_York", why: "@" },
  { text: "$6 bread", price: "USD 6.00", zone: "America/New_York", why: "the price first" },
  { text: "Bread $6.", price: "USD 6.00", zone: "America/New_York", why: "a point that ends the sentence" },
  { text: "お米 ¥3,500/5kg", price: "JPY 3500/5kg", zone: "Asia/Tokyo", why: "thousands" },
  { text: "Kek 25 ringgit each", price: "MYR 25.00/pc", zone: "Asia/Kuala_Lumpur", why: "ringgit" },
  { text: "Mince $11kg", price: "AUD 11.00/kg", zone: "Australia/Sydney", why: "nothing between amount and unit" },
  { text: "草莓（500g±20g）29.9元/盒", price: "CNY 29.90/盒", why: "a tolerance is no price" },
  { text: "白酒 53度 500ml*6瓶 799元/箱", price: "CNY 799.00/箱", why: "degrees, volumes and counts are no prices" },
  { text: "3M口罩 50只装 45元/盒", price: "CNY 45.00/盒", why: "digits in a name" },
  { text: "烟薯25 三块五一斤", price: "CNY 3.50/斤", why: "a name that ends with a number, before numerals" },
  { text: "7up 可乐 24罐 60元", price: "CNY 60.00/24罐", why: "digits in a name, and a bundle" },
];

describe("a price", () => {
  for (const { text, price, zone = "Asia/Shanghai", why } of rows) {
    test(`${text}: ${price} (${why})`, () => {
      const { items, currency } = read({ text, zone, why });

      const [item] = items;
      expect(items).toHaveLength(1);
      expect(
        `${currency} ${formatAmount(item?.price ?? 0, currency ?? NO_CURRENCY)}${item?.unit ? `/${item.unit}` : ""}`,
      ).toBe(price);
    });
  }

  test("of hundredths of a cent is told, and never rounded", () => {
    const { items, problems } = read({ text: "Plums 99.99¢ each", zone: "America/New_York", why: "" });

    expect(items).toMatchObject([{ name: "Plums" }]);
    expect(items[0]?.price).toBeUndefined();
    expect(problems).toMatchObject([{ field: "price", code: "price-unclear" }]);
  });
});
