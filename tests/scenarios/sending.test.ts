import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type FakeCall, FakeChat, type FakeFailure } from "../support/fake-chat.ts";
import { running, scenario } from "../support/scenario.ts";

test("a list whose arrival is in doubt is not sent twice; the leader hears of it, and has it sent again", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg");
  await ada.says("+2 apples");
  chat.fails = once("post", /final list/, { outcome: "unknown" });

  await lin.says("/close");
  const told = await lin.hears(/could not tell whether the final list of Apples arrived/);
  await ada.presses(told, /again/);
  await ada.hears(/Only a leader/);
  expect(chat.posts.filter(({ text }) => /final list\n/.test(text))).toEqual([]);
  await lin.presses(told, /again/);

  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/Ada: Apples 2 kg/);
});

test("a post whose answer was lost is known by the first press of its buttons, and lives on", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  chat.fails = once("post", /🟢/, { outcome: "unknown", arrived: true });

  const post = await lin.opens("Apples $5/kg, pears $6/kg");
  await lin.hears(/could not tell whether the post of Apples/);
  await ada.presses(post, /\+1 Apples/);

  await ada.hears(/Apples 1 kg/);
  await eventually("the post shows the order", () => /Apples.*→ 1 kg/.test(post.text));
  expect(chat.posts.filter(({ text }) => /🟢/.test(text))).toHaveLength(1);
});

test("a chat that lets us in no more: the leader hears what could not be delivered", async () => {
  const chat = await scenario({ PLUSONE_LANGUAGE: "zh-hans" });
  const lin = chat.person("Lin", { leader: true });
  await lin.opens("苹果 5元/斤");
  chat.fails = once("post", /最终名单/, { outcome: "blocked" });

  await lin.says("/close");

  await lin.hears(/苹果 的最终名单无法送达/);
});

test("what was surely not sent is sent once the platform takes it, and what follows waits for it", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  chat.fails = once("post", /🟢/, { outcome: "not-sent", retryAfterMs: 300 });
  await lin.opens("Apples $5/kg");
  chat.fails = once("post", /final list/, { outcome: "moved" });

  await lin.says("/close");

  await chat.posted(/final list/);
  expect(chat.posts.filter(({ text }) => /final list/.test(text))).toHaveLength(1);
});

test("edits, marks and whispers that fail lose no order", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const post = await lin.opens("Apples $5/kg");
  const outcomes = ["unknown", "not-sent"] as const;
  let count = 0;
  chat.fails = ({ name }) => (name === "post" ? undefined : { outcome: outcomes[count++ % 2]!, retryAfterMs: 50 });

  await ada.says("+2 apples");
  await ada.says("what is an apple?");
  await ada.says("/my");
  await eventually("some of it has failed", () => count >= 4);
  chat.fails = () => undefined;
  await ada.says("one more apple");

  await eventually("the post shows both orders", () => /Apples.*→ 3 kg/.test(post.text));
});

test("a platform that hangs holds up no closing of another", async () => {
  const [slow, quick] = [new FakeChat({ platform: "slow" }), new FakeChat({ platform: "quick" })];
  await running([slow, quick]);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const post = slow.post.bind(slow);
  slow.post = async (...call) => {
    await held;
    return post(...call);
  };
  const leaders = [slow, quick].map((chat) => chat.person("Lin", { leader: true }));
  await leaders[0]!.says("/open Apples $5/kg");
  await leaders[0]!.presses(await leaders[0]!.hears(/\n/), /Open/);

  await leaders[1]!.opens("Pears $6/kg");
  await leaders[1]!.says("/close");
  await quick.posted(/final list/);

  release();
  await slow.posted(/🟢/);
});

test("lists longer than a message go out in parts, in order; a post is as much as fits", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const items = Array.from({ length: 60 }, (_, index) => `Item ${"abcdefgh".repeat(8)}${index + 1} $${index + 1}`);
  const people = Array.from({ length: 60 }, (_, index) => chat.person(`Neighbour ${"x".repeat(90)}${index}`));
  await lin.says(`/open ${items.join("\n")}`);
  await lin.presses(await lin.hears(/Shall I open it/), /Open/);
  const post = await chat.posted(/🟢/);

  await chat.deliver(...people.map((person, index) => person.saying(`#${(index % 60) + 1} +1`)));
  await lin.says("/tally");
  await lin.hears(/59/);
  await lin.says("/close");
  await chat.posted(/Total:/);

  const parts = chat.posts.filter(({ text }) => !text.includes("🟢") && !text.includes("🔒"));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts[0]!.text).toMatch(/final list/);
  const lengths = chat.shown.flatMap(({ by, texts }) => (by ? [] : texts.map((text) => text.length)));
  expect(Math.max(...lengths)).toBeLessThanOrEqual(4096);
  await eventually("the post says that it is closed", () => /🔒/.test(post.text));
});

/** Fails the first call of this name whose text fits. */
function once(name: FakeCall["name"], pattern: RegExp, failure: FakeFailure) {
  let isDone = false;
  return (call: FakeCall): FakeFailure | undefined => {
    if (isDone || call.name !== name || !pattern.test(call.text)) return undefined;
    isDone = true;
    return failure;
  };
}
