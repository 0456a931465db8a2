import { describe, expect, test } from "vitest";
import { interpret, prepareCatalog } from "../../../core/interpret/interpret.ts";
import { goods, say } from "./support.ts";

describe("an option is also called by the words around it", () => {
  const socks = "纯棉袜/双(黑|白|灰)";
  const shirts = "班服T恤/件(S|M|L|XL)";
  const uniforms = "校服/件(110|120|130)";
  const ice = "雪糕/个(芒果|海盐|玫瑰味)";
  const rows = [
    { item: socks, text: "灰色5双", means: "1=5[灰]", why: "黑 is also 黑色" },
    { item: socks, text: "黑色+2", means: "1+2[黑]", why: "with +" },
    { item: shirts, text: "M码2件", means: "1=2[M]", why: "a size with 码" },
    { item: shirts, text: "XL+1 L+1", means: "1+1[XL] 1+1[L]", why: "the L is the next size, no litre" },
    { item: shirts, text: "S也来一件", means: "1=1[S]", why: "a letter before 也" },
    { item: uniforms, text: "120 2件", means: "1=2[120]", why: "a size that is a number" },
    { item: uniforms, text: "130码1件", means: "1=1[130]", why: "the same with 码" },
    { item: ice, text: "芒果味2个", means: "1=2[芒果]", why: "芒果 is also 芒果味" },
    { item: ice, text: "玫瑰1个", means: "1=1[玫瑰味]", why: "and the other way round" },
    {
      item: "珍珠奶茶/杯(大|中)",
      text: "大杯珍珠奶茶2杯",
      means: "1=2[大]",
      why: "大 of what is sold by the cup is also 大杯",
    },
    { item: "珍珠奶茶/杯(大|中)", text: "奶茶 大杯 x2", means: "1=2[大]", why: "the same behind the name" },
    { item: "珍珠奶茶/杯(大|中)", text: "两杯大杯的奶茶", means: "1=2[大]", why: "the same with 的" },
  ];
  for (const { item, text, means, why } of rows) {
    test(`${text}: ${why}`, () => {
      expect(say(interpret(text, { catalog: prepareCatalog(goods(item)) }))).toBe(means);
    });
  }

  test("but not where an item is called so", () => {
    const catalog = prepareCatalog(goods("雪糕/个(芒果|海盐)", "芒果味饮料/瓶"));

    expect(say(interpret("芒果味饮料2瓶", { catalog }))).toBe("2=2");
  });
});
