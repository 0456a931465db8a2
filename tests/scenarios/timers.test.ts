import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { community, wake } from "../support/scenario.ts";
import { bringForward, bringForwardLater, nextSecond, timersOf } from "../support/timers.ts";

/** A community without quiet hours, so that it does not matter when the tests run. */
async function awake(processes = 1) {
  const { chat, url } = await community({ processes });
  const lin = chat.person("Lin", { leader: true });
  await lin.says("/settings quiet off");
  await lin.hears(/Changed[\s\S]*quiet off/);
  return { chat, url, lin };
}

async function run(url: string, sql: string, values: unknown[] = []): Promise<void> {
  await withClient(url, (client) => client.query(sql, values));
  wake(url);
}

test("the last call says once what is missing to the minimum and to the next price", async () => {
  const { chat, url, lin } = await awake();
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg, from 20 kg $4/kg, minimum 10 kg, closes in 3 hours");
  await ada.says("+2 apples");

  expect(await bringForward(url, "last-call")).toBe(1);
  const call = await chat.posted(/⏰/);

  expect(call.text).toMatch(/Apples closes at/);
  expect(call.text).toMatch(/8 kg more to go/);
  expect(await bringForward(url, "last-call")).toBe(0);
});

test("/extend moves closing and last call together; what cannot be is refused when it is said", async () => {
  const { chat, url, lin } = await awake();
  const ada = chat.person("Ada");
  const post = await lin.opens("Apples $5/kg, closes in 3 hours");
  const [close] = await timersOf(url, "close");
  const [call] = await timersOf(url, "last-call");

  await lin.says("/extend 2 hours");
  await lin.hears(/now closes at/);
  await lin.says("/extend yesterday 9pm");
  await lin.hears(/has passed/);
  await lin.says("/extend when it suits");
  await lin.hears(/write a time/);
  await ada.says("/extend 2 hours");
  await ada.hears(/Only a leader/);

  const [moved, movedCall] = [(await timersOf(url, "close"))[0], (await timersOf(url, "last-call")).at(-1)];
  expect(+moved!.dueAt - +close!.dueAt).toBe(2 * 3_600_000);
  expect(+movedCall!.dueAt - +call!.dueAt).toBe(2 * 3_600_000);
  expect((await timersOf(url, "last-call")).filter(({ state }) => state === "pending")).toHaveLength(1);
  await eventually("the post shows it", () => post.texts.length > 1);
});

test("a closed buy is opened again, with what was said meanwhile; not once its purchase order is sent", async () => {
  const { chat, url, lin } = await awake();
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  const post = await lin.opens("Apples $5/kg");
  await ada.says("+2 apples");
  await lin.says("/close");
  await chat.posted(/final list/);
  await ben.says("+3 apples", { at: nextSecond() });
  await ben.hears(/closed at/);

  await lin.says("/reopen 3 hours");
  await lin.presses(await lin.hears(/takes orders again until[\s\S]*Everybody in the chat/), /Take orders again/);
  const word = await chat.posted(/takes orders again until/);
  await eventually("the post is open", () => /🟢[\s\S]*→ 5 kg/.test(post.text));
  await ada.says("make it 4 apples");
  await lin.says("/close", { at: new Date(Date.now() + 2_000) });
  const list = await chat.posted(/Total: .*35/);

  expect(word.text).toMatch(/counts now: Ben/);
  expect(list.text).toMatch(/Apples 7 kg/);
  expect((await timersOf(url, "supplier")).filter(({ state }) => state === "pending")).toHaveLength(1);

  await run(
    url,
    `INSERT INTO purchase_order ("communityId", id, "buyId", state, "stateBy") SELECT "communityId", gen_random_uuid(), id, 'sent', "leaderId" FROM buy`,
  );
  await lin.says("/reopen");
  await lin.hears(/purchase order/);
});

test("a leader takes a late order onto the list, by button or command; the list is corrected", async () => {
  const { chat, lin } = await awake();
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $5/kg");
  await ada.says("+2 apples");
  await lin.says("/close");
  await chat.posted(/final list/);
  await ben.says("+3 apples", { at: nextSecond() });
  const told = await lin.hears(/Ben wrote after/);

  await lin.presses(told, /Accept/);
  await lin.hears(/Accepted/);
  const list = await chat.posted(/Corrected/);
  expect(list.text).toMatch(/Ada: Apples 2 kg[\s\S]*Ben: Apples 3 kg/);

  await lin.presses(told, /Accept/);
  await lin.hears(/changes nothing/);
  const later = await ada.says("one more kg of apples", { at: nextSecond() });
  await lin.hears(/Ada wrote after/);
  await lin.says("/accept", { replyTo: later });
  const last = await chat.posted(/Corrected[\s\S]*Ada: Apples 3 kg/);
  expect(last.text).toMatch(/Total: .*30/);
  await lin.says("/accept");
  await lin.hears(/as a reply/);
});

test("payment reminders go to each who owes alone, stop when it is paid, and end after three", async () => {
  const { chat, url, lin } = await awake();
  const [ada, ben, eve] = [chat.person("Ada"), chat.person("Ben"), chat.person("Eve")];
  await lin.opens("Apples $5/kg");
  for (const person of [ada, ben, eve]) await person.says("+2 apples");
  await lin.says("/close");
  await chat.posted(/final list/);
  await lin.says("/paid Eve");
  await lin.hears(/Eve is marked as paid/);
  await ben.says("/paid Ada");
  await ben.hears(/Only a leader/);
  await ben.says("已付 了吗大家");
  await lin.opens("Pears $6/kg");

  expect(await bringForwardLater(url, "remind-payment", "1")).toBe(1);
  const word = await ada.hears(/Ada.*10.* still to be paid/);
  await ben.hears(/still to be paid/);
  await ada.presses(word, /I have paid/);
  await ada.hears(/noted that you paid/);

  await eventually("the second is set", async () => (await bringForward(url, "remind-payment", "2")) === 1);
  await ben.hears(/still to be paid/);
  await eventually("the third is set", async () => (await bringForward(url, "remind-payment", "3")) === 1);
  const open = await lin.hears(/Not marked as paid/);
  await eventually("Ben hears the third", () => ben.heard(/still to be paid/) >= 3);

  expect(open.text).toMatch(/Ada: .*10 \(says it is paid\)\nBen: .*10$|Ben: .*10\nAda: .*10 \(says it is paid\)$/);
  expect(ada.heard(/still to be paid/)).toBe(1);
  expect(ben.heard(/still to be paid/)).toBe(3);
  expect(eve.heard(/still to be paid/)).toBe(0);
  expect((await timersOf(url, "remind-payment")).filter(({ state }) => state === "pending")).toEqual([]);
  await lin.says("/unpaid Eve");
  await lin.hears(/Taken back: Eve/);
});

test("reminders of the pickup: to all before it and at its start, later to those alone who have not come", async () => {
  const { chat, url, lin } = await awake();
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $5/kg, closes in 1 hour, pickup in 3 days 4-6pm at gate 2");
  const pickup = [new Date(Date.now() + 3 * 86_400_000), new Date(Date.now() + 3 * 86_400_000 + 7_200_000)];
  await run(url, `UPDATE buy SET "pickupFrom" = $1, "pickupUntil" = $2, "pickupPlace" = 'gate 2'`, pickup);
  await ada.says("+2 apples");
  await ben.says("+1 apple");
  await lin.says("/close");
  await chat.posted(/final list/);

  await eventually("they are set", async () => (await timersOf(url, "remind-pickup")).length === 3);
  await bringForward(url, "remind-pickup", "before");
  await chat.posted(/can soon be collected[\s\S]*gate 2/);
  await bringForward(url, "remind-pickup", "start");
  await chat.posted(/can be collected now/);
  await run(
    url,
    `INSERT INTO handover ("communityId", id, "buyId", "personId", "authorId")
     SELECT DISTINCT l."communityId", $1::uuid, l."buyId", l."personId", l."personId"
       FROM line l JOIN person p ON p.id = l."personId" WHERE p.name = 'Ada'`,
    [randomUUID()],
  );
  await bringForward(url, "remind-pickup", "end");
  await ben.hears(/Ben, your order of Apples still waits/);

  expect(ada.heard(/still waits/)).toBe(0);
  expect(chat.posts.filter(({ text }) => /🧺/.test(text))).toHaveLength(2);
});

test("quiet hours move reminders to their end, and never a closing", async () => {
  const { chat, url, lin } = await awake();
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg, closes in 3 hours");
  await ada.says("+2 apples");
  const [from, until] = [
    new Date(Date.now() + 8 * 3_600_000 - 3_600_000),
    new Date(Date.now() + 8 * 3_600_000 + 7_200_000),
  ];
  const clock = (at: Date) => at.toISOString().slice(11, 16);
  await lin.says(`/settings quiet ${clock(from)}-${clock(until)}`);
  await lin.hears(/Changed/);

  await bringForward(url, "last-call");
  await eventually("it was moved", async () => +(await timersOf(url, "last-call"))[0]!.dueAt > Date.now() + 3_600_000);
  await lin.says("/close");
  await chat.posted(/final list/);

  expect(chat.posts.some(({ text }) => /⏰/.test(text))).toBe(false);
});

test("/again drafts the last buy anew, /every opens it by itself, and one can be left out", async () => {
  const { chat, url, lin } = await awake();
  const ada = chat.person("Ada");
  await lin.says("/again");
  await lin.hears(/no former buy/);
  await lin.opens("Apples $5/kg, closes in 3 hours");
  await lin.says("/close");
  await chat.posted(/final list/);

  await lin.says("/again");
  await lin.presses(await lin.hears(/Apples[\s\S]*Shall I open it/), /Open/);
  await eventually("two posts", () => chat.posts.filter(({ text }) => /🟢/.test(text)).length === 1);
  await lin.says("/close");
  await lin.hears(/is closed/);
  await eventually("both are closed", () => chat.posts.filter(({ text }) => /final list/.test(text)).length === 2);

  await lin.says("/every now and then");
  await lin.hears(/Write when/);
  await lin.says("/every fri 18:00");
  const plan = await lin.hears(/opens by itself, next at Fri/);
  const [planned] = await timersOf(url, "open-planned");
  await lin.presses(plan, /Skip/);
  await lin.hears(/opens by itself/);
  const [skipped] = await timersOf(url, "open-planned");
  expect(+skipped!.dueAt - +planned!.dueAt).toBe(7 * 86_400_000);

  await bringForward(url, "open-planned");
  await lin.hears(/has opened as planned/);
  await eventually("it is open", () => chat.posts.some(({ text }) => /🟢/.test(text)));
  // Within the second of a closing words may be of either buy, and are asked about.
  const closedBefore = Date.now();
  await eventually("a second is over", () => Date.now() > closedBefore + 1_000);
  await ada.says("+2 apples");
  await lin.says("/every");
  const shown = await lin.hears(/opens by itself/);
  await lin.presses(shown, /End/);
  await lin.hears(/not open by itself any more/);
  await bringForward(url, "open-planned");
  await lin.says("/close");
  await chat.posted(/final list[\s\S]*Ada: Apples 2 kg/);
});

test("a sold out buy goes on until its leader closes it, who is asked once", async () => {
  const { chat, lin } = await awake();
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $5/kg, limited to 5 kg");
  await ada.says("+5 apples");
  const asked = await lin.hears(/sold out/);
  await ben.says("+2 apples");
  await ben.hears(/waiting list/);

  await lin.presses(asked, /Close now/);
  const list = await chat.posted(/final list/);

  expect(list.text).toMatch(/Ada: Apples 5 kg/);
  expect(lin.heard(/sold out/)).toBe(1);
});

test("/close, the closing time and a full stock together, heard by two processes, are one closing", async () => {
  const { chat, url, lin } = await awake(2);
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg, limited to 5 kg, closes in 2 hours");
  await run(url, `UPDATE buy SET "closesAt" = now() + interval '1 second'`);
  await bringForward(url, "close");
  const events = [lin.saying("/close"), ada.saying("+5 apples"), lin.saying("/close")];

  await Promise.all(events.map((event) => chat.deliver(event)));
  await chat.posted(/final list/);
  await bringForward(url, "close");
  await lin.says("/tally");
  await lin.hears(/Apples/);

  expect(chat.posts.filter(({ text }) => /final list/.test(text))).toHaveLength(1);
  const closings = await withClient(url, (client) =>
    client.query(`SELECT 1 FROM audit WHERE verb IN ('buy-closed', 'buy-failed')`),
  );
  expect(closings.rowCount).toBe(1);
});

test("a timer of a kind that nobody knows is parked and told, and holds up nothing", async () => {
  const { chat, url, lin } = await awake();
  await lin.opens("Apples $5/kg, closes in 3 hours");
  await run(
    url,
    `INSERT INTO timer ("communityId", id, "buyId", kind, "dueAt") SELECT "communityId", gen_random_uuid(), id, 'from-the-future', now() FROM buy`,
  );

  await lin.hears(/from-the-future/);
  await lin.says("/close");
  await chat.posted(/final list/);

  expect((await timersOf(url, "from-the-future"))[0]).toMatchObject({ state: "parked" });
});

test("a closing that comes long after its time is done at once, and says so", async () => {
  const { chat, url, lin } = await awake();
  await lin.opens("Apples $5/kg, closes in 3 hours");
  await chat.person("Ada").says("+2 apples");

  await run(url, `UPDATE timer SET "dueAt" = now() - interval '2 hours' WHERE kind = 'close'`);

  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/comes late/);
});

test("settings are shown, changed by leaders alone, and refused where they are none", async () => {
  const { chat, lin } = await awake();
  const ada = chat.person("Ada");
  await lin.says("/settings");
  await lin.hears(/zone Asia\/Shanghai[\s\S]*currency CNY/);
  await lin.says("/settings zone Mars/Olympus");
  await lin.hears(/could not use this/);
  await lin.says("/settings currency SGD");
  await lin.hears(/currency SGD/);
  await lin.says("/settings lastcall 45");
  await lin.hears(/lastcall 45/);
  await ada.says("/settings lastcall 5");
  await ada.hears(/Only a leader/);
  await lin.says("/设置 语言 中文");
  await lin.hears(/zh-hans/);
});
