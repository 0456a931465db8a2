import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { scenario } from "../support/scenario.ts";

test("the preview tells the closing in the zone of the community", async () => {
  const chat = await scenario({ PLUSONE_ZONE: "America/New_York" });
  const lin = chat.person("Lin", { leader: true });

  await lin.says("/open Apples $5/kg, order by 9pm tomorrow");

  await lin.hears(/Closes: .*21:00/);
});

test("only leaders open a draft, and it opens once however often it is pressed", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const announcement = lin.saying("/open Apples $5/kg");
  await chat.deliver(announcement);
  const preview = await lin.hears(/\n/);

  await ada.presses(preview, /Open/);
  await ada.hears(/Only a leader/);
  const press = lin.pressing(preview, /Open/);
  await chat.deliver(press, press, lin.pressing(preview, /Open/));
  await chat.posted(/🟢/);
  await lin.hears(/nothing left to confirm/);
  await chat.deliver(announcement);
  await lin.says("/tally");
  await lin.hears(/Nobody has ordered/);

  expect(chat.posts).toHaveLength(1);
});

test("a draft whose closing time has passed is not opened", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const announcement = lin.saying("/open Apples $5/kg, closes in 10 seconds", { at: new Date(Date.now() - 60_000) });
  await chat.deliver(announcement);

  await lin.presses(await lin.hears(/\n/), /Open/);

  await lin.hears(/closing time has passed/);
  await lin.says("/tally");
  await lin.hears(/Nothing is open/);
});

test("an ok opens only what was shown just before; later it is talk", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000);
  await chat.deliver(lin.saying("/open Apples $5/kg", { at: yesterday }));
  await lin.hears(/Apples/);

  await lin.says("ok");
  await lin.says("/tally");
  await lin.hears(/Nothing is open/);
  const pears = lin.saying("/open Pears $6/kg");
  await chat.deliver(lin.saying("ok", { at: new Date(+pears.sentAt - 5_000) }), pears);
  await lin.hears(/Pears/);
  await lin.says("no");
  await lin.hears(/Dropped/);
  await lin.says("/open Plums $7/kg");
  await lin.hears(/Plums/);
  await lin.says("ok");

  const post = await chat.posted(/🟢/);
  expect(post.text).toMatch(/Plums/);
});

test("an anonymous administrator leads, and cannot order", async () => {
  const chat = await scenario();
  const admins = { id: "the-chat", name: "Garden Court", anonymous: true } as const;
  const voice = chat.person("Garden Court", { id: "the-chat" });
  const ada = chat.person("Ada");
  await chat.deliver({ ...voice.saying("/open Apples $5/kg"), sender: admins });
  await chat.deliver({ ...voice.pressing(await voice.hears(/\n/), /Open/), sender: admins });
  const post = await chat.posted(/🟢/);

  await chat.deliver({ ...voice.saying("who is coming today?"), sender: admins });
  await chat.deliver({ ...voice.saying("+2 apples"), sender: admins });
  await voice.hears(/can't order/);
  await chat.deliver({ ...voice.pressing(post, /\+1/), sender: admins });
  await voice.hears(/can't order/);
  await ada.says("+3 apples");
  await chat.deliver({ ...voice.saying("/close"), sender: admins });

  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/Apples 3 kg/);
});

test("who writes to the bot alone hears how it is done, and makes no community", async () => {
  const chat = await scenario();
  const ada = chat.person("Ada");
  const alone = { id: ada.id, kind: "direct" } as const;
  const said = { ...ada.saying("/my"), chat: alone };

  await chat.deliver(said, { ...said, type: "edit", editedAt: new Date() });
  await chat.deliver({ type: "recall", platform: "fake", chat: alone, id: said.id, recalledAt: new Date() });

  await ada.hears(/To order|Neighbours/);
});

test("hostile names and texts stay what they are: words", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const mallory = chat.person("Mal\u202elory\n1. Lin: Apples 99 kg = $0\0 {title} <b>@all</b>");
  const post = await lin.opens("Apples $5/kg");

  await mallory.says("+2 apples\u0000\ud800 {name} note: <script>");
  await chat.deliver({ ...mallory.pressing(post, /\+1/), data: `more:${"0".repeat(8)}-not-a-buy:1` });
  await chat.deliver({ ...mallory.pressing(post, /\+1/), data: "open:' OR 1=1 --" });
  await mallory.says("x".repeat(5_000));
  await mallory.hears(/longer than I read/);
  await lin.says("/close");

  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/^1\. Mal lory 1\. Lin: Apples 99 kg = \$0 \{title\} <b>@all<\/b>: Apples 2 kg/m);
  await eventually("the list is one", () => chat.posts.filter(({ text }) => /final list/.test(text)).length === 1);
});
