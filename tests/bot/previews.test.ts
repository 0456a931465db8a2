import { describe, expect, test } from "vitest";
import { FakeChat } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { memoryTown } from "../support/memory-town.ts";

async function openBuy(announcement: string, language: "en" | "zh-hans" = "en") {
  const chat = new FakeChat();
  await memoryTown([chat], { language });
  const lin = chat.person("Lin", { leader: true });
  const post = await lin.opens(announcement);
  return { chat, lin, post };
}

describe("a closing that would come after the pickup has begun", () => {
  const announcement = "Apples $5\nOrder by tomorrow 18:00\nPickup: in 2 days 18:00-20:00";

  test("is asked about, and can be moved alone", async () => {
    const { lin, post } = await openBuy(announcement);

    await lin.says("/extend 3 days");
    const asked = await lin.hears(/would then close at .*18:00, when its pickup has begun \(.*18:00 to .*20:00\)/);
    await lin.says("/tally");
    expect((await lin.hears(/🟢/)).text).toContain(/🟢.*/.exec(post.text)![0]);
    await lin.presses(asked, /^Move the closing$/);

    const done = await lin.hears(/Apples now closes at/);
    expect(done.text).not.toMatch(/Pickup/);
  });

  test("takes the pickup with it, at the same hours of the next day on which it can be; and back", async () => {
    const { lin } = await openBuy(announcement);

    await lin.says("/extend 3 days");
    const asked = await lin.hears(/would then close/);
    expect(asked.buttons[0]?.words).toBe("/extend 3 days pickup");
    await lin.presses(asked, /Move the pickup too: .*18:00 to .*20:00/);
    const moved = await lin.hears(/Apples now closes at .*18:00\.\nPickup: .*18:00 to .*20:00/);
    await lin.presses(moved, /Undo/);
    await lin.presses(await lin.hears(/moved the closing/), /Take it back/);
    await lin.hears(/Taken back/);

    // As before, it closes before its pickup.
    await lin.says("/extend 1 hour");
    await lin.hears(/Apples now closes at .*19:00\./);
    await lin.says("/extend 3 days");
    await lin.hears(/when its pickup has begun/);
  });

  test("is not asked about where that is written", async () => {
    const { lin } = await openBuy(announcement);

    await lin.says("/extend 3 days and pickup");

    await lin.hears(/Apples now closes at .*\nPickup: /);
  });

  test("is asked about in Chinese, too", async () => {
    const { lin } = await openBuy("苹果5元/斤\n明天18:00截单\n后天18:00-20:00取货", "zh-hans");

    await lin.says("/延长 3天");
    const asked = await lin.hears(/取货已经开始/);
    expect(asked.buttons[0]?.words).toBe("/延长 3天 取货");
    await lin.says("/延长 3天 取货");

    await lin.hears(/改为.*截单。\n取货：/);
  });
});

describe("what goes to many, or moves money, is shown first", () => {
  test("/reopen, with what follows from it", async () => {
    const { chat, lin, person } = await closedBuy("Apples $5", { Ada: "+2" });

    await lin.says("/reopen 2 hours");
    const asked = await lin.hears(/takes orders again until[\s\S]*Everybody in the chat hears it/);
    await lin.presses(asked, /Leave/);
    await lin.hears(/Left as it is/);
    expect(chat.posts.filter(({ text }) => /takes orders again/.test(text))).toEqual([]);

    await lin.says("/reopen");
    await lin.presses(await lin.hears(/takes orders again, until the leader closes it/), /Take orders again/);
    await chat.posted(/takes orders again/);
    await person("Ada").says("make it 3");
    await chat.posted(/→ ×3/);
  });

  test("a refund for a problem that is named by its number", async () => {
    const { lin, person } = await closedBuy("Apples $5", { Ada: "+2" });
    const ada = person("Ada");
    await ada.says("/issue apples, 1 was bad");
    await lin.hears(/#1 Ada/);

    await lin.says("/issue 1 refund sorry");
    const asked = await lin.hears(/#1 Ada[\s\S]*Shall I\?/);
    expect(ada.heard(/goes back to you/)).toBe(0);
    await lin.presses(asked, /Refund \$5/);

    const done = await lin.hears(/Refunded: \$5/);
    await ada.hears(/\$5 goes back to you[\s\S]*sorry/);
    await lin.presses(done, /Undo/);
    await lin.presses(await lin.hears(/refunded \$5, Ada[\s\S]*open again/), /Take it back/);
    await ada.hears(/is taken back[\s\S]*\$5 do not go back to you/);
  });

  test("/cancel, and it can be taken back at once", async () => {
    const { chat, lin } = await openBuy("Apples $5");
    await chat.person("Ada").says("+2");

    await lin.says("/cancel");
    const asked = await lin.hears(/I would call off Apples[\s\S]*1 person has ordered[\s\S]*\/undo takes it back/);
    expect(chat.posts.filter(({ text }) => /is cancelled/.test(text))).toEqual([]);
    await lin.presses(asked, /Call it off/);
    await chat.posted(/Apples is cancelled/);
    await lin.presses(await lin.hears(/Apples is cancelled/), /Undo/);
    await lin.presses(await lin.hears(/called the buy off/), /Take it back/);

    await chat.posted(/Apples takes orders again/);
  });
});

describe("a leader is answered in their own language, whatever the names are that they write", () => {
  test("in English, though a neighbour's name is Chinese", async () => {
    const { lin } = await closedBuy("Apples $5", { 王姐: "+2" });

    await lin.says("/paid 王姐");

    await lin.hears(/王姐 is marked as paid/);
  });

  test("in Chinese, as they announced it, though the chat's language was never set", async () => {
    const { lin } = await closedBuy("苹果5元", { Ada: "+2" });

    await lin.says("/paid Ada");
    await lin.hears(/Ada 在“苹果”已标记付款/);
    await lin.says("/list");
    await lin.hears(/合计/);
  });

  test("in Chinese as their chat's last buy, if they only help", async () => {
    const { chat, lin } = await closedBuy("苹果5元", { Ada: "+2" });
    const mei = chat.person("Mei");
    await mei.says("你好");
    await lin.says("/leader helper Mei");
    await lin.hears(/Mei：帮手/);

    await mei.says("/picked Ada");

    await mei.hears(/Ada 已取/);
  });

  test("as they set it, before all", async () => {
    const { lin } = await closedBuy("苹果5元", { 王姐: "+2" });
    await lin.says("/settings me en");
    await lin.hears(/Changed/);

    await lin.says("/paid 王姐");

    await lin.hears(/王姐 is marked as paid/);
  });
});
