import { expect, test } from "vitest";
import { compareRows, rowsFrom } from "../../bot/compare-rows.ts";
import type { Buy } from "../../bot/store.ts";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { type MemoryTown, memoryTown } from "../support/memory-town.ts";

const HOUR_MS = 3_600_000;

/** Lin's apples at a chat whose grace no test outlasts, with Ada's order of 2 kg too late for the closing of now. */
async function inTheGrace() {
  const chat = new FakeChat({ graceMs: HOUR_MS });
  const town = await memoryTown([chat]);
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const post = await lin.opens("Apples $5/kg, closes in 1 hour");
  const closedAt = (await buyOf(town, chat)).terms.closesAt!;
  const at = (ms: number) => ({ at: new Date(closedAt.getTime() + ms) });
  await town.later(HOUR_MS + 5_000);
  await ada.says("+2 apples", at(2_000));
  await ada.hears(/not booked/);
  const told = await lin.hears(/Ada wrote after/);
  return { chat, town, lin, ada, post, at, told };
}

async function buyOf(town: MemoryTown, chat: FakeChat): Promise<Buy> {
  const place = await town.store.meetChat(chat.platform, chat.ref, { zone: "", language: "en", currency: "" });
  return (await town.store.lastBuy(place))!;
}

/** What the rows of the buy say, once they are what its statements come to. */
async function booked(town: MemoryTown, chat: FakeChat): Promise<readonly number[]> {
  const buy = await buyOf(town, chat);
  return town.store.look(async (tx) => {
    const rows = await tx.ledger.rowsOf(buy.community, buy.id);
    const statements = await tx.ledger.statementsOfBuy(buy.community, buy.id, buy.closedAt);
    expect(compareRows(buy, rows, rowsFrom(buy, statements))).toEqual([]);
    return rows.lines.map(({ quantity }) => quantity);
  });
}

test("/extend in the grace books what had come too late, and all hear whose that is", async () => {
  const { chat, town, lin, post, at } = await inTheGrace();

  await lin.says("/extend 1 hour", at(4_000));

  await chat.posted(/takes orders again until[\s\S]*counts now: Ada/);
  await eventually("the post shows it", () => /🟢[\s\S]*→ 2 kg/.test(post.text));
  expect(await booked(town, chat)).toEqual([2000]);
});

test("taking back an /extend, in the grace of the closing that it set, does so too", async () => {
  const chat = new FakeChat({ graceMs: HOUR_MS });
  const town = await memoryTown([chat]);
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
  await lin.opens("Apples $5/kg");
  const said = new Date();
  await lin.says("/extend 1 hour", { at: said });
  await lin.hears(/now closes at/);
  const at = (ms: number) => ({ at: new Date(said.getTime() + HOUR_MS + ms) });
  await town.later(HOUR_MS + 5_000);
  await ada.says("+2 apples", at(2_000));
  await ada.hears(/not booked/);

  await lin.says("/undo", at(3_000));
  await lin.hears(/moved the closing/);
  await lin.says("ok", at(4_000));

  await chat.posted(/takes orders again, until the leader closes it[\s\S]*counts now: Ada/);
  expect(await booked(town, chat)).toEqual([2000]);
});

test("a late order that is accepted in the grace is on the final list; taking that back takes it off", async () => {
  const { chat, town, lin, told, at } = await inTheGrace();

  await lin.presses(told, /Accept/);
  await lin.hears(/counts in the final list/);
  expect(await booked(town, chat)).toEqual([2000]);
  await lin.says("/undo", at(20_000));
  await lin.hears(/took a late order/);
  await lin.says("ok", at(21_000));
  await lin.hears(/taken back|undone/i);
  expect(await booked(town, chat)).toEqual([]);
  await lin.presses(told, /Accept/);
  await lin.hears(/counts in the final list/);

  await town.later(HOUR_MS);
  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/Ada: Apples 2 kg/);
  expect(await booked(town, chat)).toEqual([2000]);
});

test("a late order need not be accepted once its buy takes orders again", async () => {
  const { chat, town, lin, told, at } = await inTheGrace();
  await lin.says("/extend 1 hour", at(4_000));
  await chat.posted(/counts now: Ada/);

  await lin.presses(told, /Accept/);

  await lin.hears(/counts without being accepted/);
  expect(await booked(town, chat)).toEqual([2000]);
});

test("/reopen in the grace after /close opens that buy again, and no other that closed before it", async () => {
  const chat = new FakeChat({ graceMs: HOUR_MS });
  const town = await memoryTown([chat]);
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
  await lin.opens("Pears $5/kg");
  await lin.says("/close");
  await town.later(HOUR_MS);
  await chat.posted(/final list/);
  await lin.opens("Apples $5/kg");
  await ada.says("+2 apples");
  await lin.says("/close");
  await lin.hears(/Apples/);
  const late = await ada.says("+1 apples", { at: new Date(Date.now() + 3_000) });
  await lin.hears(/Ada wrote after/);

  await lin.says("/accept", { replyTo: late });
  await lin.hears(/counts in the final list/);
  await lin.says("/reopen");
  await lin.presses(await lin.hears(/takes orders again/), /Take orders again/);

  await chat.posted(/Apples takes orders again/);
  expect(await booked(town, chat)).toEqual([3000]);
});

test("the grace is that of the slowest chat in which the buy stands, whoever ends it or moves its closing", async () => {
  const quick = new FakeChat({ platform: "telegram", graceMs: HOUR_MS });
  const slow = new FakeChat({ platform: "wechat", id: "g2", graceMs: 3 * HOUR_MS });
  const town = await memoryTown([quick, slow]);
  const [lin, mei] = [quick.person("Lin", { leader: true }), slow.person("Mei", { leader: true, id: "m1" })];
  await lin.says("/link");
  const code = /[0-9a-f]{10}/.exec((await lin.hears(/[0-9a-f]{10}/)).text)![0];
  await mei.says(`/link ${code}`);
  await mei.says("ok");
  await mei.hears(/belongs to/);
  await lin.opens("Apples $5/kg");
  await slow.posted(/🟢/);

  await lin.says("/close");
  await lin.hears(/Apples/);
  await town.later(2 * HOUR_MS);
  expect((await buyOf(town, quick)).status).toBe("open");
  await lin.says("/reopen 1 hour", { at: new Date() });
  await lin.presses(await lin.hears(/takes orders again/), /Take orders again/);
  await quick.posted(/takes orders again/);
  await lin.says("/extend 1 hour", { at: new Date() });
  await lin.hears(/now closes at/);
  await town.later(2 * HOUR_MS);
  expect((await buyOf(town, quick)).status).toBe("open");

  await town.later(3 * HOUR_MS);
  await quick.posted(/final list/);
});

test("a late order by a button, whose press has a long id, is accepted like any other", async () => {
  const { chat, town, lin, ada, post, at } = await inTheGrace();
  const press = ada.pressing(post, /\+1/);

  await chat.deliver({ ...press, id: "1234567890123456789", pressedAt: at(3_000).at });
  const told = await lin.hears(/Ada wrote after/);
  await lin.presses(told, /Accept/);

  await lin.hears(/counts in the final list/);
  expect(await booked(town, chat)).toEqual([1000]);
});

test("who is accepted after all others have paid is reminded of what they owe", async () => {
  const DAY_MS = 24 * HOUR_MS;
  const { chat, town, lin, person } = await closedBuy("Apples $5/kg", { Ada: "2 apples" });
  await lin.says("/settings quiet off");
  await lin.says("/paid Ada");
  await lin.hears(/marked as paid/);
  await town.later(DAY_MS + 60_000);
  expect(person("Ada").heard(/Apples.*\$10/)).toBe(0);
  const ben = chat.person("Ben");

  const late = await ben.says("+3 apples", { at: new Date(Date.now() + DAY_MS + 60_000) });
  await lin.hears(/Ben wrote after/);
  await lin.says("/accept", { replyTo: late });
  await chat.posted(/Corrected/);
  await town.later(2 * DAY_MS);

  await ben.hears(/Ben[\s\S]*\$15[\s\S]*/);
});

test("/order as a reply to one buy's post is for no other buy, open or closed", async () => {
  const chat = new FakeChat({ graceMs: 0 });
  const town = await memoryTown([chat]);
  const lin = chat.person("Lin", { leader: true });
  const pears = await lin.opens("Pears $5/kg");
  await lin.opens("Apples $5/kg");

  await lin.says("/order 302 2 kg apples", { replyTo: pears });
  await lin.hears(/can't be booked in Pears/);
  expect(await booked(town, chat)).toEqual([]);
  await lin.says("/close", { replyTo: pears });
  await chat.posted(/Pears[\s\S]*final list|final list[\s\S]*Pears/);
  await lin.says("/order 302 2 kg apples", { replyTo: pears });
  await lin.hears(/can't be booked in Pears/);
  expect(await booked(town, chat)).toEqual([]);
  await lin.says("/order 302 2 kg apples");
  await lin.hears(/302/);
  expect(await booked(town, chat)).toEqual([2000]);
});

test("what waits for a leader is in the log, and where /accept finds nothing to accept, until it is accepted", async () => {
  const { chat, lin, person } = await closedBuy("Apples $5/kg", { Ada: "2 apples" });
  const ada = person("Ada");
  await ada.says("one more kg of apples", { at: new Date(Date.now() + 2_000) });
  await lin.hears(/Ada wrote after/);

  await lin.says("/log");
  const { text } = await lin.hears(/waits?|decide/);
  const [, ref] = /• Ada: one more kg of apples → \/accept ([0-9a-f]{8})/.exec(text)!;
  await lin.says("/accept");
  await lin.hears(new RegExp(`as a reply[\\s\\S]*Ada: one more kg of apples → /accept ${ref}`));
  await lin.says(`/accept ${ref}`);
  await chat.posted(/Corrected[\s\S]*Ada: Apples 3 kg/);

  await lin.says("/log");
  const after = await lin.hears(/took a late order/);
  expect(after.text).not.toMatch(/decide/);
});

test("a leader whom the word of a late order did not reach is told as soon as they can be, and once", async () => {
  const { chat, town, lin, person } = await closedBuy("Apples $5/kg", { Ada: "2 apples" });
  chat.fails = ({ text }) => (/Ada wrote after/.test(text) ? { outcome: "not-sent" } : undefined);
  const event = person("Ada").saying("one more kg of apples", { at: new Date(Date.now() + 2_000) });
  await chat.deliver(event);
  await person("Ada").hears(/not booked/);
  expect(lin.heard(/Ada wrote after/)).toBe(0);

  chat.fails = () => undefined;
  await chat.deliver(event);
  await town.later(HOUR_MS);

  await lin.hears(/Ada wrote after/);
  await town.later(HOUR_MS);
  expect(lin.heard(/Ada wrote after/)).toBe(1);
});

test("leaders hear once of a closing that fails again and again, and it is done when it can be", async () => {
  const chat = new FakeChat();
  const town = await memoryTown([chat]);
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
  await lin.opens("Apples $5/kg, closes in 1 hour");
  await ada.says("2 apples");
  const { takeClosings } = town.store;
  town.store.takeClosings = () => Promise.reject(new Error("It fails."));

  await town.later(HOUR_MS + 1_000);
  for (let minutes = 0; minutes < 10; minutes++) {
    await eventually("it is tried", async () => (await town.store.dueTimers("closings", 1)).length === 0);
    await town.later(5 * 60_000);
  }
  await lin.hears(/cannot close Apples/);
  town.store.takeClosings = takeClosings.bind(town.store);

  // A try that was under way meanwhile fails, and sets the next one later than this moment.
  await eventually("the list is final", async () => {
    await town.later(60_000);
    return chat.posts.some(({ text }) => /final list[\s\S]*Ada: Apples 2 kg/.test(text));
  });
  expect(lin.heard(/cannot close Apples/)).toBe(1);
});
