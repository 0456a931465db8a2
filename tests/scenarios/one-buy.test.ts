import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { community, scenario } from "../support/scenario.ts";
import { closesIn, nextSecond } from "../support/timers.ts";

test("a buy from its announcement to the final list, in two languages", async () => {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  const wang = chat.person("王姐");
  const alex = chat.person("Alex");
  const chen = chat.person("陳太");

  await lin.says("/open Fuji apples $3.50/kg, pears $4/kg, closes in 3 hours");
  const preview = await lin.hears(/Fuji apples \$3\.50\/kg|Fuji apples .*3\.50\/kg/);
  await lin.presses(preview, /Open/);
  const post = await chat.posted(/Open until/);
  const order = await alex.says("2 kg apples, 1 kg pears");
  const wish = await chen.says("pears +2");
  await wang.says("how sweet are they?");
  await alex.edits(order, "3 kg apples, 1 kg pears");
  await chen.recalls(wish);
  await wang.says("1.5kg pears please");
  await wang.says("/my");

  await wang.hears(/1\.5 kg/);
  await eventually("the order is marked", () => order.marks.includes("booked") && order.marks.includes("changed"));
  await eventually("the post shows the tally", () => /Fuji apples.*→ 3 kg/.test(post.text));
  await closesIn(url, 0);
  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/Fuji apples 3 kg\npears 2\.5 kg/i);
  expect(list.text).toMatch(/Alex: Fuji apples 3 kg, pears 1 kg = .*14\.50/i);
  expect(list.text).not.toMatch(/陳太/);
  expect(list.text).toMatch(/Total: .*20\.50/);
  await eventually("the post says so", () => /🔒 Closed/.test(post.text) && post.buttons.length === 0);
});

test("/close ends a buy at once, and what comes after is late", async () => {
  const chat = await scenario({ PLUSONE_LANGUAGE: "zh-hans" });
  const lin = chat.person("Lin", { leader: true });
  const wang = chat.person("王姐");
  await lin.opens("红富士苹果 5元/斤");

  await wang.says("苹果两斤半");
  await wang.says("/close");
  await wang.hears(/只有团长/);
  await lin.says("/close");
  const list = await chat.posted(/最终名单/);
  const late = await wang.says("苹果+1", { at: nextSecond() });

  expect(list.text).toMatch(/王姐：红富士苹果 2\.5斤 = ¥12\.50/);
  await wang.hears(/截单/);
  await eventually("the late order is marked", () => late.marks.includes("late"));
});

test("a question is asked of the person alone, and a tap completes the order", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const mina = chat.person("Mina");
  await lin.opens("Red wine $10 a bottle, white wine $12 a bottle");

  const doubt = await mina.says("2 wine please");
  const asked = await mina.hears(/Which one/);
  await mina.presses(asked, /White/i);

  await mina.hears(/White wine 2 bottle/i);
  await eventually("the doubt was marked", () => doubt.marks.includes("unclear"));
});

test("buttons and words are one order", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const mina = chat.person("Mina");
  const post = await lin.opens("Red wine $10 a bottle, white wine $12 a bottle");

  await mina.says("2 red wine");
  await mina.presses(post, /\+1 Red/i);
  await mina.hears(/Red wine 3 bottle/i);
  await mina.presses(post, /−1 Red/i);
  await mina.hears(/Red wine 2 bottle/i);
});

test("the minimum decides whether a closed buy goes ahead", async () => {
  const chat = await scenario({ PLUSONE_LANGUAGE: "zh-hant" });
  const lin = chat.person("Lin", { leader: true });
  const chen = chat.person("陳太");
  await lin.opens("大湖草莓 100元/盒，滿10盒成團");

  await chen.says("草莓兩盒");
  await lin.says("/close");

  await chat.posted(/沒有達到成團條件/);
});
