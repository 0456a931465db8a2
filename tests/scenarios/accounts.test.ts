import { expect, test } from "vitest";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { community, scenario } from "../support/scenario.ts";

test("a lower price holds for orders already made; a higher one is asked again, and can be cancelled with a tap", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  const post = await lin.opens("Apples $5/kg, pears $6/kg");
  await ada.says("2 kg apples, 1 kg pears");
  await ben.says("1 kg apples");
  await ada.says("for mum: 1 kg pears");

  await ben.says("/item apples price 1");
  await ben.hears(/Only a leader/);
  await lin.says("/item apples price 4.50");
  const less = await lin.hears(/Apples: \$4\.50 instead of \$5/);
  expect(less.text).toMatch(/2 orders have it\.\nLess to pay for 2 people: \$1\.50 in all/);
  await lin.presses(less, /Change/);
  await lin.hears(/^Done/);
  await eventually("the post shows it", () => /Apples \$4\.50/.test(post.text));
  await ada.says("/my");
  await ada.hears(/To pay: \$21$/m);

  await lin.says("/item #2 7/kg");
  await lin.hears(/More to pay for 1 person: \$2 in all/);
  await lin.says("ok");
  const question = await ada.hears(/Ada, the price of pears in .* has gone up from \$6 to \$7/i);
  expect(ben.heard(/gone up/)).toBe(0);
  await ada.presses(question, /Cancel/);
  await ada.hears(/Apples 2 kg\nTo pay: \$9$/m);

  await lin.presses(less, /Change/);
  await lin.hears(/too old/);
});

test("more stock books those who wait, and they hear so; a new name leaves orders as they are", async () => {
  const chat = await scenario({ PLUSONE_LANGUAGE: "zh-hans" });
  const lin = chat.person("Lin", { leader: true });
  const [wang, li] = [chat.person("王姐"), chat.person("小李")];
  await lin.opens("鸡蛋 5元/盒，共2盒");
  await wang.says("鸡蛋2盒");
  await li.says("鸡蛋2盒");

  await lin.says("/商品 鸡蛋 库存 3");
  const preview = await lin.hears(/总量 2盒 改为 3盒/);
  expect(preview.text).toMatch(/1人从候补转正/);
  await lin.presses(preview, /^改/);
  await li.hears(/好消息，小李[\s\S]*鸡蛋 1盒 ?（另有1盒候补）/);

  await lin.says("/item 改名 土鸡蛋");
  await lin.presses(await lin.hears(/鸡蛋 改名为 土鸡蛋/), /^改/);
  await wang.says("鸡蛋-1");
  await li.hears(/好消息，小李[\s\S]*土鸡蛋 2盒/);
  await lin.says("/item 库存 1");
  await lin.presses(await lin.hears(/1人转为候补/), /^改/);
  await li.hears(/抱歉，小李/);
});

test("refunds, delivery and discounts are entries with reason and author; nothing is overwritten, and totals follow", async () => {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben Wu")];
  await lin.opens("Apples $5/kg");
  await ada.says("2 kg apples");
  await ben.says("1 kg apples");

  await lin.says("/delivery 2");
  await lin.hears(/still takes orders/);
  await lin.says("/discount Ben Wu 1 helped with the boxes");
  await lin.presses(await lin.hears(/Ben Wu: −\$1, to pay \$4/), /Change/);
  await ben.hears(/Ben Wu, Apples: Discount −\$1: helped with the boxes\. To pay now: \$4/);
  await lin.says("/close");
  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/Other amounts:\nBen Wu: Discount −\$1: helped with the boxes/);
  expect(list.text).toMatch(/Total: \$14/);

  await lin.says("/delivery 2.01 van");
  const shared = await lin.hears(/Delivery, Apples: van/);
  expect(shared.text).toMatch(/Ada: \+\$1\.01, to pay \$11\.01\nBen Wu: \+\$1, to pay \$5\nTotal: \+\$2\.01/);
  await lin.says("ok");
  await ada.hears(/Delivery \+\$1\.01/);
  await lin.says("/refund Ada 100 all bad");
  await lin.presses(await lin.hears(/⚠️ That is more than Ada has to pay/), /Leave/);
  await lin.hears(/Left as it is/);
  await lin.says("/refund Ada 3 two were bad");
  const refund = await lin.hears(/Refund, Apples: two were bad/);
  const press = lin.pressing(refund, /Change/);
  await chat.deliver(press, press);
  const booked = await lin.hears(/Refund −\$3 for Ada/);
  await lin.says(/write (\/refund .*)$/.exec(booked.text)![1]!);
  await lin.presses(await lin.hears(/Ada: \+\$3, to pay \$11\.01/), /Change/);

  await ada.hears(/Refund −\$3/);
  await ada.hears(/Refund \+\$3/);
  await ada.says("/my");
  const own = await ada.hears(/Your order for Apples/);
  expect(own.text).toMatch(
    /Apples 2 kg\n• Delivery \$1\.01: van .*\n• Refund −\$3: two were bad .*\n• Refund \$3: two were bad/,
  );
  expect(own.text).toMatch(/To pay: \$11\.01$/m);
  await ada.says("/my why");
  const why = await ada.hears(/what was said[\s\S]*→ Apples: 0 kg → 2 kg/);
  expect(why.text).toMatch(/Delivery \$1\.01: van \(.*\), by Lin\n• Refund −\$3: two were bad \(.*\), by Lin\n/);
  await withClient(url, async (client) => {
    const entries = await client.query(
      `SELECT e.kind, e.amount::int, e.reason, p.name AS author FROM entry e JOIN person p ON p.id = e."authorId" ORDER BY e.at, e.amount`,
    );
    expect(entries.rows).toEqual([
      { kind: "discount", amount: -100, reason: "helped with the boxes", author: "Lin" },
      { kind: "delivery", amount: 100, reason: "van", author: "Lin" },
      { kind: "delivery", amount: 101, reason: "van", author: "Lin" },
      { kind: "refund", amount: -300, reason: "two were bad", author: "Lin" },
      { kind: "refund", amount: 300, reason: "two were bad", author: "Lin" },
    ]);
    const audit = await client.query(`SELECT count(*)::int AS count FROM audit WHERE verb = 'entries-booked'`);
    expect(audit.rows).toEqual([{ count: 4 }]);
  });
});

test("every number can be traced to the words behind it: by the person, and by the leader", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg");
  const order = await ada.says("2 kg apples");
  await ada.edits(order, "3 kg apples");
  const wish = await ada.says("one more kg of apples");
  await ada.recalls(wish);

  await ada.says("/my");
  await ada.presses(await ada.hears(/Apples 3 kg/), /Why/);
  const words = await ada.hears(/what was said/);
  await lin.says("/list");
  await lin.hears(/1\. Ada: Apples 3 kg = \$15/);
  await lin.says("/list Ada");
  await lin.hears(/Ada, Apples: what was said/);
  await ada.says("/my why");
  await ada.hears(/what was said/);
  await ada.says("/list");
  await ada.hears(/Only a leader/);

  expect(words.text).toMatch(/“2 kg apples”\n.*changed to “3 kg apples”\n.*→ Apples: 0 kg → 3 kg/);
  expect(words.text).toMatch(/“one more kg of apples”\n.*taken back/);
});

test("a leader books for somebody without the app, changes it by editing, and takes it back", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const post = await lin.opens("苹果 5元/斤, 梨 6元/斤");

  await ada.says("/order 302 苹果2");
  await ada.hears(/Only a leader/);
  const said = lin.saying("/order 302 苹果2");
  await chat.deliver(said, said);
  await lin.hears(/已为302记上：\n• 给302：苹果 2斤/);
  await lin.says("/order Mrs Lee: 梨 1");
  await lin.hears(/Mrs Lee/);
  await eventually("the post shows both", () => /苹果.*→ 2斤[\s\S]*梨.*→ 1斤/.test(post.text));
  const shown = chat.shown.find(({ id }) => id === said.id)!;
  await lin.edits(shown, "/order 302 苹果3");
  await eventually("the post shows three", () => /苹果.*→ 3斤/.test(post.text));
  await lin.recalls(shown);
  await eventually("the post shows none", () => /苹果.*→ 0斤/.test(post.text));

  await lin.says("/order 302");
  await lin.hears(/给谁订|For whom/);
});
