import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { ownDatabase, runningOn, scenario } from "../support/scenario.ts";

test("a leader is asked for what is missing, one question at a time, and sees it before it opens", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });

  await lin.says("/open");
  await lin.hears(/What do you offer/);
  await lin.says("apples, eggs");
  await lin.hears(/price of apples/i);
  await lin.says("$3.50/kg");
  await lin.hears(/price of eggs/i);
  await lin.says("$4");
  await lin.hears(/Until when/);
  await lin.says("in 3 hours");
  const preview = await lin.hears(/what I read[\s\S]*apples \$3\.50\/kg[\s\S]*eggs \$4[\s\S]*Closes: /i);
  await lin.presses(preview, /Open/);

  const post = await chat.posted(/🟢 Open until/);
  expect(post.text).toMatch(/apples \$3\.50\/kg/i);
});

test("answers may come in any order, several at once, and to what was not asked", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });

  await lin.says("/open");
  await lin.hears(/What do you offer/);
  await lin.says("tomorrow 9pm");
  await lin.hears(/What do you offer/);
  await lin.says("pears $4/kg, plums $5/kg");

  await lin.hears(/what I read[\s\S]*pears \$4\/kg[\s\S]*plums \$5\/kg[\s\S]*Closes: .*21:00/i);
});

test("what a leader leaves open stays open, and what they drop is gone", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });

  await lin.says("/open");
  await lin.hears(/What do you offer/);
  await lin.says("vegetable boxes, eggs");
  await lin.presses(await lin.hears(/What is the price of/), /No price/);
  await lin.presses(await lin.hears(/Until when/), /No closing/);
  await lin.presses(await lin.hears(/what I read[\s\S]*No closing time/), /Drop/);
  await lin.hears(/Dropped/);

  await lin.says("/open");
  const question = await lin.hears(/What do you offer/);
  await lin.says("cancel");
  await lin.hears(/Dropped/);
  await lin.presses(question, /Drop/);
  await lin.hears(/nothing left to confirm/);
  await lin.says("apples $3/kg");
  await lin.says("/tally");
  await lin.hears(/Nothing is open/);
});

test("a closing that has passed is asked for again", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000).toISOString().slice(0, 10);

  await lin.says(`/open apples $3/kg, order by ${yesterday} 21:00`);
  await lin.hears(/closing time does not work/);
  await lin.says("tomorrow 9pm");

  await lin.hears(/what I read[\s\S]*Closes: .*21:00/i);
});

test("talk is no answer, and while a buy is open only a reply is: orders stay orders", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.says("/open");
  await lin.hears(/What do you offer/);
  await lin.says("good morning everybody");
  await ada.says("pears $9/kg");
  await lin.says("cancel");
  await lin.hears(/Dropped/);
  expect(lin.heard(/What do you offer/)).toBe(1);

  await lin.opens("apples $3/kg");
  await lin.says("/open");
  const question = await lin.hears(/What do you offer/);
  const order = await lin.says("+2 apples");
  await chat.posted(/→ 2 kg/);
  await eventually("the order is marked", () => order.marks.length > 0);
  expect(order.marks).toEqual(["booked"]);
  await lin.says("plums $5/kg", { replyTo: question });
  await lin.hears(/Until when/);
});

test("another process goes on where one was, as after a restart", async () => {
  const database = await ownDatabase();
  const chat = new FakeChat();
  const lin = chat.person("Lin", { leader: true });
  // Of two processes each gets its turn, and they share nothing but the database.
  await runningOn(database, [chat]);
  await runningOn(database, [chat]);
  await lin.says("/open");
  await lin.hears(/What do you offer/);
  const answer = lin.saying("apples $3/kg");
  await chat.deliver(answer);
  await lin.hears(/Until when/);

  await chat.deliver(answer); // delivered again: the question is said again, and nothing is taken twice
  await lin.hears(/Until when/);
  await lin.says("in 2 hours");

  await lin.hears(/what I read[\s\S]*apples \$3\/kg[\s\S]*Closes/i);
});

test("an anonymous administrator is asked too", async () => {
  const chat = await scenario();
  const admins = { id: "the-chat", name: "Garden Court", anonymous: true } as const;
  const voice = chat.person("Garden Court", { id: "the-chat" });
  await chat.deliver({ ...voice.saying("/open"), sender: admins });
  await voice.hears(/What do you offer/);

  await chat.deliver({ ...voice.saying("apples $3/kg until 9pm tomorrow"), sender: admins });

  await voice.hears(/what I read/);
});
