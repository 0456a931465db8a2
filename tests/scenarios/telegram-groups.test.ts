import { expect, onTestFinished, test } from "vitest";
import { holdAlone } from "../../prisma/hold.ts";
import { freeWebhook, hastyTelegram } from "../adapters/telegram/open.ts";
import { eventually } from "../support/eventually.ts";
import { type FakeTelegram, type FakeTelegramOptions, startFakeTelegram } from "../support/fake-telegram/index.ts";
import { ownDatabase, running, runningOn } from "../support/scenario.ts";

async function open(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const telegram = await startFakeTelegram(options);
  onTestFinished(() => telegram.close());
  return telegram;
}

test("a group that becomes a supergroup keeps its buy: orders add up, though messages are counted anew", async () => {
  const telegram = await open();
  const group = telegram.group("Green Court", { type: "group", bot: "administrator" });
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  const mei = group.user("Mei");
  await running([hastyTelegram(telegram)]);
  await ada.says("/open apples $3/kg, pears $4/kg");
  await ada.presses(await ada.hears(/This is what I read/), "Open");
  const post = await group.hears(/🟢 Open/);
  const orders = [await lin.says("+2 apples"), await mei.says("+1 apples"), await lin.says("+1 pears")];
  await telegram.until(() => orders.every(({ marks }) => marks.length > 0));

  await group.becomesSupergroup();
  const again = await group.hears(/🟢 Open/);
  const later: (typeof orders)[number][] = [];
  // As many messages as to meet every number of the old group's.
  for (let number = 1; number <= orders.at(-1)!.id; number++) later.push(await mei.says("+1 pears"));
  await telegram.until(() => later.every(({ marks }) => marks.length > 0));

  await eventually(
    "the new post shows what was said in both",
    () => /apples.*→ 3 kg/i.test(again.text) && new RegExp(`pears.*→ ${later.length + 1} kg`, "i").test(again.text),
  );
  expect(again.chat.id).not.toBe(post.chat.id);
  expect(group.botMessages().filter(({ text }) => text.includes("🟢"))).toHaveLength(1);
});

test("updates that a webhook brings twice are one order", async () => {
  const telegram = await open();
  const group = telegram.group("Green Court", { bot: "administrator" });
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  const webhook = await freeWebhook();
  await running([hastyTelegram(telegram, { webhook })]);
  await ada.says("/open apples $3/kg");
  await ada.presses(await ada.hears(/This is what I read/), "Open");
  const post = await group.hears(/🟢 Open/);
  const order = await lin.says("+2 apples");
  await order.confirmed;
  const update = { update_id: 999_999_999, message: order.toJson() as never };

  const again = [await telegram.world.webhooks.send(update), await telegram.world.webhooks.send(update)];
  const last = await lin.says("+1 apples");
  await telegram.until(() => last.marks.length > 0);

  expect(again).toEqual([200, 200]);
  await eventually("three kilograms in all", () => /apples.*→ 3 kg/i.test(post.text));
});

test("of two processes one asks for updates; the other takes over when it is gone", async () => {
  const telegram = await open();
  const group = telegram.group("Green Court", { bot: "administrator" });
  const ada = group.user("Ada", { status: "creator" });
  const database = await ownDatabase();
  const adapter = () => hastyTelegram(telegram, { hold: (signal) => holdAlone(database, "telegram:7", signal) });
  const first = adapter();
  await runningOn(database, [first]);
  await telegram.until(() => telegram.world.updates.isPolled);
  await runningOn(database, [adapter()]);
  await ada.says("/help");
  await ada.hears(/\/open/);
  expect(telegram.callsTo("getUpdates").map(({ status }) => status)).not.toContain(409);

  await first.stop();
  await ada.says("/open apples $3/kg");

  await ada.hears(/This is what I read/);
  expect(telegram.callsTo("getUpdates").map(({ status }) => status)).not.toContain(409);
});

test("a buy stays in the topic in which it was opened; when that is closed it goes on in the general one, and its leader is told", async () => {
  const telegram = await open();
  const group = telegram.group("Green Court", { bot: "administrator" });
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  const topic = group.topic("Fruit");
  await running([hastyTelegram(telegram)]);

  await ada.says("/open apples $3/kg", { topic });
  const preview = await ada.hears(/This is what I read/);
  await ada.presses(preview, "Open");
  const post = await group.hears(/🟢 Open/);
  const order = await lin.says("+2 apples", { topic });
  await telegram.until(() => order.marks.length > 0);
  group.closesTopic(topic);
  await ada.says("/close", { topic });

  const list = await group.hears(/final list/);
  await ada.hears(/topic in which apples was opened is closed or gone/i);
  expect([preview.topic, post.topic, list.topic]).toEqual([topic, topic, undefined]);
  expect(list.text).toMatch(/Lin: apples 2 kg/i);
});

test("a group is greeted once, told what to switch on, and told when that is done", async () => {
  const telegram = await open({ bot: { can_read_all_group_messages: false } });
  const group = telegram.group("Green Court", { bot: "left" });
  const ada = group.user("Ada", { status: "creator" });
  await running([hastyTelegram(telegram)]);

  await group.addsBot(ada).confirmed;
  const greeting = await group.hears(/I keep the list/);
  await group.changesBot(ada, "administrator").confirmed;
  await group.hears(/can read all messages here now/);
  await group.removesBot(ada).confirmed;
  await group.addsBot(ada).confirmed;
  await eventually("told again what is missing", () => group.botMessages().length === 3 || undefined);

  expect(greeting.text).toMatch(
    /Commands, replies to my posts and buttons work already[\s\S]*make me an administrator/,
  );
  expect(greeting.text).toContain("https://t.me/plusone_test_bot?start=notices");
  expect(greeting.text.split("\n").length).toBeLessThanOrEqual(10);
  expect(group.botMessages().filter(({ text }) => text.includes("I keep the list"))).toHaveLength(1);
});

test("a bot that is added again posts an open buy anew where its post could not be kept up to date", async () => {
  const telegram = await open();
  const group = telegram.group("Green Court", { bot: "left" });
  const ada = group.user("Ada", { status: "creator" });
  await running([hastyTelegram(telegram)]);
  await group.addsBot(ada, "administrator").confirmed;
  await group.hears(/I keep the list/);
  await ada.says("/open apples $3/kg");
  await ada.presses(await ada.hears(/This is what I read/), "Open");
  const post = await group.hears(/🟢 Open/);

  const order = await ada.says("+2 apples");
  await group.removesBot(ada).confirmed;
  await order.confirmed;
  await telegram.until(() =>
    telegram.calls.some(({ method, status }) => method === "editMessageText" && status === 403),
  );
  await group.addsBot(ada, "administrator").confirmed;

  const again = await group.until(({ text, id }) => text.includes("🟢") && id !== post.id);
  await telegram.until(() => /→ 2 kg/.test(again.text));
});

test("a group is greeted in the language of its name, else of whoever brought the bot", async () => {
  const telegram = await open();
  await running([hastyTelegram(telegram)]);
  const rows = [
    ["阳光花园团购群", "en", /大家好/],
    ["Green Court 陽光花園團購", "en", /指令、回覆|大家好！我在群裡/],
    ["Green Court", "zh-hans", /大家好！我在群里/],
    ["Green Court", "zh-tw", /大家好！我在群裡/],
    ["Green Court", "fr", /Hello/],
  ] as const;

  for (const [title, language_code, words] of rows) {
    const group = telegram.group(title, { bot: "left" });
    group.addsBot(group.user("Ada", { status: "creator", language_code }));
    await group.hears(words);
  }
});

test("who presses Start hears what it is good for, and how to have the bot in a group", async () => {
  const telegram = await open();
  const lin = telegram.group("Green Court").user("Lin");
  await running([hastyTelegram(telegram)]);

  await lin.writes("/start notices");

  const welcome = await lin.hears(/From now on I can write to you here/);
  expect(welcome.text).toContain("https://t.me/plusone_test_bot?startgroup=buys");
});

test("who does not show themselves may lead, and cannot order", async () => {
  const telegram = await open();
  const group = telegram.group("Green Court", { bot: "administrator" });
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  await running([hastyTelegram(telegram)]);
  await ada.says("/open apples $3/kg");
  await ada.presses(await ada.hears(/This is what I read/), "Open");
  const post = await group.hears(/🟢 Open/);

  const nobodys = await ada.says("+5 apples", { anonymous: true });
  await group.channelPosts("+7 apples");
  await group.otherBotSays("+9 apples");
  const order = await lin.says("+2 apples");
  await telegram.until(() => order.marks.length > 0);
  await ada.says("/close", { anonymous: true });

  await group.hears(/final list/);
  expect(nobodys.marks).toEqual([]);
  await group.until(({ fromBot, text, replyTo }) => fromBot && replyTo === nobodys && text.includes("can't order"));
  await telegram.until(() => /apples.*2 kg/i.test(post.text));
});
