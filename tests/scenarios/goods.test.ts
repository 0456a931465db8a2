import { expect, test } from "vitest";
import { FakeChat } from "../support/fake-chat.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";
import { bringForward } from "../support/timers.ts";

test("到货、称重、候补、分批取货、售后：一个晚上，分毫不差", async () => {
  const url = await ownDatabase();
  const chat = new FakeChat();
  await runningOn(url, [chat], { PLUSONE_LANGUAGE: "zh-hans" });
  const lin = chat.person("林团长", { leader: true });
  const [wang, ming, li] = [chat.person("王姐 3栋501"), chat.person("阿明"), chat.person("小李")];
  await lin.says("/settings quiet off");
  await lin.hears(/已改/);
  await lin.opens("三文鱼 50元/斤\n鸡蛋 20元/盒，共3盒\n逾期未取的转给候补");
  await chat.posted(/保留：逾期未取的转给候补/);
  await wang.says("三文鱼2斤，鸡蛋2盒");
  await ming.says("三文鱼1斤，鸡蛋1盒");
  await li.says("鸡蛋1盒");
  await li.hears(/候补/);
  await lin.says("/close");
  await chat.posted(/最终名单/);

  await lin.says("/arrive 三文鱼 王姐 1120克、阿明 0.9");
  await lin.presses(
    await lin.hears(/王姐 3栋501：三文鱼：订2斤，实重2.24斤，\+¥12[\s\S]*阿明：三文鱼：订1斤，实重0.9斤，−¥5/),
    /记下/,
  );
  await wang.hears(/⚖️ [\s\S]*实重2.24斤，\+¥12/);
  await lin.says("/arrive 鸡蛋 4/3");
  await lin.presses(await lin.hears(/多1盒/), /记下/);
  await lin.presses(await lin.hears(/小李：鸡蛋 1盒，¥20/), /问一下/);
  await li.presses(await li.hears(/🎁 小李[\s\S]*鸡蛋 1盒，¥20/), /^要$/);
  await li.hears(/已给您记上/);
  await lin.hears(/小李 要了/);

  await lin.says("/pack");
  await lin.hears(/✓ 三文鱼：3.14斤\/3.14斤\n✓ 鸡蛋：4盒\/4盒/);
  await lin.says("/pickup 302门口");
  await lin.presses(await lin.hears(/将通知3人/), /发送/);
  const notice = await wang.hears(/三文鱼 2.24斤\n• 鸡蛋 2盒\n还要付：¥152\n302门口\n保留：/);
  await ming.hears(/还要付：¥65/);
  await li.hears(/鸡蛋 1盒\n还要付：¥20/);
  await wang.says("收到，马上来", { replyTo: notice });
  await li.says("收到");
  await li.hears(/到时见/);
  expect(await bringForward(url, "chase-pickup")).toBe(1);
  await ming.hears(/取货通知看到了吗/);
  await lin.hears(/还没回应[\s\S]*已再问一次：阿明$/);

  await lin.says("/picked 王姐 鸡蛋1");
  await lin.hears(/◐ 王姐 3栋501 取走了鸡蛋 1盒[\s\S]*• 三文鱼 2.24斤\n• 鸡蛋 1盒/);
  await lin.says("/pickup 名单");
  const list = await lin.hears(/3人里0人已取[\s\S]*◐ 王姐/);
  await lin.presses(list, /王姐/);
  await lin.hears(/✅ 王姐 3栋501 已取/);

  await ming.says("鸡蛋碎了1盒", { replyTo: notice });
  await ming.hears(/已记下/);
  await lin.presses(await lin.hears(/🛠 #1 阿明 反映鸡蛋 1盒/), /退¥20/);
  await ming.hears(/退给您¥20/);
  await lin.says("/settle");
  const settled = await lin.hears(/商品：¥/);
  // 150 + 60 of salmon and eggs as ordered, +12 −5 by weight, +20 from the waiting list, −20 back.
  expect(settled.text).toMatch(/应付合计：¥217/);
});
