import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { memoryTown } from "../support/memory-town.ts";

test("a purchase order shows who noted what of it and when; that it comes later is told to everybody at a yes", async () => {
  const { chat, lin } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples" });
  await lin.says("/po sent");
  await lin.hears(/revision 1 is with the supplier/);
  await lin.says("/po confirmed by phone");
  await lin.hears(/^Noted\.$/);
  await lin.says("/po 4 until friday");
  const asked = await lin.hears(/Shall the chat hear it\?[\s\S]*Apples comes later than planned: until friday\./i);
  expect(chat.posts.some(({ text }) => /comes later/.test(text))).toBe(false);
  await lin.presses(asked, /Tell everybody/);
  await chat.posted(/⏳ Apples comes later than planned: until friday\./i);

  await lin.says("/po");
  const order = await lin.hears(/The supplier will come later \(revision 1/);
  const rows = order.text.split("\n").filter((row) => row.startsWith("• "));
  expect(rows.map((row) => row.replace(/^• .*? Lin/, "Lin"))).toEqual([
    "Lin: with the supplier",
    "Lin: confirmed: by phone",
    "Lin: later: until friday",
  ]);
  expect(rows[0]).toMatch(/^• \w{3} \d{1,2} \w{3}, \d{2}:\d{2}/);
  await lin.says("/po 12");
  await lin.hears(/“12” is nothing I can note/);
});

test("goods that come on a later day than their pickup begins are not said to be there, and the leader hears so", async () => {
  const chat = new FakeChat();
  const town = await memoryTown([chat]);
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
  const closed = async (announcement: string, order: string) => {
    const post = await lin.opens(`${announcement}\nPickup: in 2 days 18:00-20:00`);
    await ada.says(order);
    await lin.says("/close", { replyTo: post });
    await eventually("it is closed", () =>
      chat.posts.some(({ text }) => text.includes("final list") && text.includes(announcement.slice(0, 5))),
    );
    await lin.says("/po sent", { replyTo: post });
    await lin.hears(/revision 1 is with/);
    return post;
  };
  const apples = await closed("Apples $5/kg", "2 kg apples");
  const pears = await closed("Pears $5/kg", "2 kg pears");

  await lin.says("/po late in 5 days", { replyTo: apples });
  await lin.hears(/Noted\.\nThe pickup would begin before that \(.*18:00 to .*20:00\)/);
  await lin.says("/po late by two hours", { replyTo: pears });
  await lin.hears(/^Noted\.$/);
  const [buy] = await town.store.buysAfter(undefined, 1);
  await town.later(buy!.pickup!.from!.getTime() - Date.now() + 1_000);

  await chat.posted(/Pears can be collected now/i);
  expect(chat.posts.filter(({ text }) => /Apples can .*collected/i.test(text))).toEqual([]);
});
