import { expect, test } from "vitest";
import { closedBuy } from "../support/memory-buy.ts";

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
