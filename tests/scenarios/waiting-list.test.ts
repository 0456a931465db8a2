import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { scenario } from "../support/scenario.ts";

test("who waits hears once, exactly, what came free for them: in parts, as it is given back", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Eggs $5 a box, only 5 boxes");
  await ada.says("+4 eggs");
  await ben.says("+3 eggs");
  await ben.hears(/waiting list/);
  await ben.says("/my why");
  await ben.hears(/“\+3 eggs”\n.*→ Eggs: 0 box → 3 box\n.*→ Eggs: 1 box of it is booked, 2 box waits/);

  const back = ada.saying("-1 eggs");
  await chat.deliver(back, back);
  const some = await ben.hears(/Good news, Ben/);
  await chat.deliver(back);
  await ada.says("cancel eggs");
  const rest = await ben.hears(/Good news, Ben/);
  await ben.says("/my");
  await ben.hears(/Eggs 3 box/);
  await ben.says("/my why");
  await ben.hears(/“\+3 eggs”\n.*→ Eggs: 0 box → 3 box$/);

  expect(some.text).toMatch(/Eggs 2 box \(\+ 1 box waiting\)/);
  expect(rest.text).toMatch(/Eggs 3 box/);
  expect(ben.heard(/Good news/)).toBe(2);
  expect(ada.heard(/Good news/)).toBe(0);
});

test("who was told that it is theirs hears when it is not any more", async () => {
  const chat = await scenario({ PLUSONE_LANGUAGE: "zh-hans" });
  const lin = chat.person("Lin", { leader: true });
  const [wang, li] = [chat.person("王姐"), chat.person("小李")];
  await lin.opens("鸡蛋 5元/盒，共2盒");
  await wang.says("鸡蛋2盒");
  await li.says("鸡蛋两盒");
  const less = await wang.says("鸡蛋-1");
  await li.hears(/好消息，小李[\s\S]*鸡蛋 1盒 ?（另有1盒候补）/);

  await wang.recalls(less);

  await li.hears(/抱歉，小李[\s\S]*鸡蛋 0盒 ?（另有2盒候补）/);
  expect(wang.heard(/好消息/)).toBe(0);
});

test("a notice whose arrival is in doubt is not sent twice; the leader hears of it", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Eggs $5 a box, only 1 box");
  await ada.says("+1 egg");
  await ben.says("+1 egg");
  let lost = 0;
  chat.fails = ({ name, text }) =>
    name === "whisper" && /Good news/.test(text) && lost++ === 0 ? { outcome: "unknown", arrived: true } : undefined;

  await ada.says("cancel eggs");

  const told = await lin.hears(/could not tell whether the word about the waiting list of Eggs arrived/);
  expect(ben.heard(/Good news/)).toBe(1);
  await lin.presses(told, /again/);
  await eventually("it was sent again", () => ben.heard(/Good news/) === 2);
});
