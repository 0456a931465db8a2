import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { community, scenario } from "../support/scenario.ts";
import { comesAgain, nextSecond, timersOf } from "../support/timers.ts";

test("what was said in time and arrives after the list is final is told, never booked nor dropped in silence", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $5/kg");
  const onTheList = ada.saying("+2 apples");
  await chat.deliver(onTheList);
  const held = [
    ben.saying("+3 apples"),
    ada.editing(chat.shown.find(({ id }) => id === onTheList.id)!, "+5 apples"),
    ben.saying("thanks to all, see you at 6"),
  ];
  const taken = ada.saying("+1 apple");
  await chat.deliver(taken);
  const recall = ada.recalling(chat.shown.find(({ id }) => id === taken.id)!);
  await lin.says("/close", { at: nextSecond() });
  const list = await chat.posted(/final list/);

  await chat.deliver(...held, recall);

  await lin.hears(/Ben said this in time[\s\S]*\+3 apples/);
  await lin.hears(/Ada said this in time[\s\S]*\+5 apples/);
  await lin.hears(/Ada took back/);
  await ben.hears(/after the list of Apples was final/);
  await ada.hears(/after the list of Apples was final/);
  expect(list.text).toMatch(/Apples 3 kg/);

  const asksForTally = async () => {
    await lin.says("/tally");
    await lin.hears(/Apples.*→ 3 kg/);
  };
  await asksForTally(); // what is said about the others stands before its answer
  const words = chat.shown.length;
  await chat.deliver(onTheList, taken);
  await asksForTally();
  expect(chat.shown.length - words).toBe(2); // what Lin wrote, and the answer
});

test("chatter after a closing is left alone", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg");
  await lin.says("/close");
  await chat.posted(/final list/);

  const messages = ["thank you!", "2 more days, then it is weekend", "does anybody have a ladder?"];
  const said = [];
  for (const text of messages) said.push(await ada.says(text));
  const late = await ada.says("+1 apple", { at: nextSecond() });

  await ada.hears(/closed at/);
  await eventually("the order is marked", () => late.marks.includes("late"));
  expect(said.flatMap(({ marks }) => marks)).toEqual([]);
  expect(ada.heard(/./)).toBe(1);
});

test("closing twice, and once more by the timer, closes once", async () => {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg, closes in 3 hours");
  await ada.says("+2 apples");

  const close = lin.saying("/close");
  await chat.deliver(close, close, lin.saying("/close"));
  await chat.posted(/final list/);
  expect(await comesAgain(url, "close")).toBe(1);
  await eventually("it has come", async () => (await timersOf(url, "close")).every(({ state }) => state === "done"));
  await lin.says("/close");
  await lin.hears(/closed already/);

  expect(chat.posts.filter(({ text }) => /final list/.test(text) && /Total/.test(text))).toHaveLength(1);
  expect(lin.heard(/is closed/)).toBeGreaterThan(0);
});

test("a cancelled buy is told to all, once, and takes nothing more", async () => {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const post = await lin.opens("Apples $5/kg, closes in 3 hours");
  await ada.says("+2 apples");

  await lin.says("/cancel");
  const yes = lin.pressing(await lin.hears(/would call off Apples[\s\S]*1 person has ordered/), /Call it off/);
  await chat.deliver(yes, yes);
  await chat.posted(/is cancelled/);
  const late = await ada.says("+1 apple", { at: nextSecond() });

  await eventually("the post says so", () => /⚪ Cancelled/.test(post.text) && post.buttons.length === 0);
  expect(await comesAgain(url, "close")).toBe(1);
  await eventually("its closing time has come", async () =>
    (await timersOf(url, "close")).every(({ state }) => state === "done"),
  );
  await lin.says("/tally");
  await eventually("the late order is marked", () => late.marks.includes("late"));
  expect(chat.posts.filter(({ text }) => /is cancelled|final list/.test(text))).toHaveLength(1);
});

test("of two buys, words go to the one they fit, and /close asks which", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const apples = await lin.opens("Apples $5/kg");
  await lin.says("/open Pears $6/kg");
  await lin.presses(await lin.hears(/Pears/), /Open/);
  const pears = await chat.posted(/Pears/);

  await ada.says("+2 apples");
  await ada.presses(pears, /\+1/);
  const doubt = await ada.says("+1");
  await ada.hears(/Apples.*Pears|Pears.*Apples/);
  await lin.says("/close");
  await lin.hears(/Several buys/);
  await lin.says("/close", { replyTo: apples });
  const list = await chat.posted(/final list/);
  const late = await ada.says("one more kg of apples, please", { at: nextSecond() });
  await ada.hears(/Apples closed at/);
  await ada.says("+1", { at: nextSecond() });

  expect(list.text).toMatch(/Ada: Apples 2 kg/);
  await eventually("the doubt is marked", () => doubt.marks.includes("unclear"));
  await eventually("the other goes on", () => /🟢[\s\S]*Pears.*→ 2 kg/.test(pears.text));
  await eventually("the late order is marked", () => late.marks.includes("late"));
});
