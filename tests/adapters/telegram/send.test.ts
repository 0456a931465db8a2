import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter, TextIn } from "../../../bot/ports.ts";
import {
  answers,
  badRequest,
  type FakeGroup,
  type FakeTelegram,
  type FakeTelegramOptions,
  type FakeUser,
  replyLost,
  startFakeTelegram,
  tooManyRequests,
} from "../../support/fake-telegram/index.ts";
import { scanned } from "../../support/scanned.ts";
import { openTelegram } from "./open.ts";

let telegram: FakeTelegram;
let group: FakeGroup;
let lin: FakeUser;
let adapter: Adapter;
let heard: TextIn[];
let clock: Date;

async function open(options: FakeTelegramOptions = {}): Promise<void> {
  telegram = await startFakeTelegram(options);
  group = telegram.group("Green Court", { bot: "administrator" });
  lin = group.user("Lin");
  clock = new Date("2026-11-22T12:00:00Z");
  adapter = openTelegram(telegram, { now: () => clock }).adapter;
  heard = [];
  await adapter.start(async (incoming) => void heard.push(...(incoming as readonly TextIn[])));
}

beforeEach(() => open());
afterEach(close);

async function close(): Promise<void> {
  await adapter.stop();
  await telegram.close();
}

async function reopen(options: FakeTelegramOptions): Promise<void> {
  await close();
  await open(options);
}

describe("what stands out in a text", () => {
  test("is told by entities that count UTF-16 units, and markup in it stays text", async () => {
    const text = "🍎 *Apples* <b>\nOpen until 20:00!";
    await adapter.post(group.id, {
      text,
      spans: [
        { type: "bold", at: 0, length: 15 },
        { type: "until", at: text.indexOf("20:00"), length: 5, unixS: 1_790_000_000 },
      ],
    });

    const { args } = telegram.callsTo("sendMessage").at(-1)!;
    const sent = "🍎 *Apples* <b>\nOpen until 20:00 · ⏳!";
    expect(args).toMatchObject({ text: sent });
    expect(args).not.toHaveProperty("parse_mode");
    expect(args["entities"]).toEqual([
      { type: "bold", offset: 0, length: 15 },
      { type: "date_time", offset: sent.indexOf("⏳"), length: 1, unix_time: 1_790_000_000, date_time_format: "r" },
    ]);
  });

  test("stays where it is when something before it cannot be sent, and in an edit", async () => {
    const { id } = await adapter.post(group.id, { text: "x" });
    await adapter.edit(group.id, id!, { text: "a\0b Pears", spans: [{ type: "bold", at: 4, length: 5 }] });

    expect(telegram.callsTo("editMessageText").at(-1)?.args).toMatchObject({
      text: "ab Pears",
      entities: [{ type: "bold", offset: 3, length: 5 }],
    });
  });

  test("is left out rather than that a message becomes too long", async () => {
    const text = `20:00${"x".repeat(4_091)}`;
    await adapter.post(group.id, { text, spans: [{ type: "until", at: 0, length: 5, unixS: 1_790_000_000 }] });

    expect(telegram.callsTo("sendMessage").at(-1)?.args["text"]).toBe(text);
  });
});

describe("a post with a picture", () => {
  const short = { text: "Apples", photo: "photo", buttons: [[{ label: "My order", data: "my" }]] };
  const long = { ...short, text: "x".repeat(900) };

  test("stands under it, and is edited there", async () => {
    const { id } = await adapter.post(group.id, short);
    await adapter.edit(group.id, id!, { ...short, text: "Apples: 2" });
    await adapter.edit(group.id, id!, { ...short, text: "Apples: 2" });

    const [post] = group.botMessages();
    expect(group.botMessages()).toHaveLength(1);
    expect(post).toMatchObject({ id: Number(id), text: "Apples: 2", labels: ["My order"] });
    expect(post?.more.photo).toBeDefined();
  });

  test("that grows is as many whole lines as Telegram takes there", async () => {
    const { id } = await adapter.post(group.id, short);
    await adapter.edit(group.id, id!, { ...short, text: `Apples\n${"x".repeat(1_000)}\n${"y".repeat(100)}` });

    expect(group.botMessages()[0]?.text).toBe(`Apples\n${"x".repeat(1_000)}\n…`);
  });

  test("that is long stands below it, and is edited there, also by who has not posted it", async () => {
    const { id } = await adapter.post(group.id, long);
    const [picture, post] = group.botMessages();
    expect(picture).toMatchObject({ text: "", buttons: [] });
    expect(post).toMatchObject({ id: Number(id), text: long.text, labels: ["My order"] });

    const other = openTelegram(telegram).adapter;
    for (const text of ["y".repeat(1_100), "z"]) await other.edit(group.id, id!, { ...long, text });
    await other.stop();

    expect(post?.history).toEqual([long.text, "y".repeat(1_100), "z"]);
    expect(telegram.callsTo("editMessageCaption")).toHaveLength(1);
  });

  test("is tried again without the picture where that has arrived", async () => {
    telegram.failNext("sendMessage", tooManyRequests(1));
    await expect(adapter.post(group.id, long)).rejects.toMatchObject({ outcome: "not-sent" });
    await adapter.post(group.id, long);

    expect(group.botMessages().map(({ text }) => text)).toEqual(["", long.text]);
  });

  test("goes out without it where Telegram has it no more", async () => {
    const { id } = await adapter.post(group.id, { ...short, photo: "gone" });
    await adapter.edit(group.id, id!, { ...short, photo: "gone", text: "Apples: 2" });

    expect(group.botMessages().map(({ text }) => text)).toEqual(["Apples: 2"]);
  });
});

describe("a code to scan", () => {
  const content = { text: "To pay: S$25.50", qr: "00020101021126" };

  test("goes to one person alone, with its text under it", async () => {
    await adapter.whisper({ chat: group.id, to: lin.id }, content);

    expect(await lin.hears(content.text)).toMatchObject({ onlyFor: lin.person });
    const [sent] = telegram.callsTo("sendPhoto");
    expect(scanned((sent!.args["photo"] as { data: Buffer }).data)).toBe(content.qr);
    expect(telegram.callsTo("sendMessage")).toEqual([]);
  });

  test("goes below a text that has no room under it", async () => {
    const long = { ...content, text: "x".repeat(1_100) };
    await adapter.whisper({ chat: group.id, to: lin.id }, long);

    expect(await lin.hears(long.text)).toMatchObject({ onlyFor: lin.person });
    expect(telegram.callsTo("sendPhoto")).toMatchObject([
      { args: { ephemeral_message_parameters: { receiver_user_id: lin.person.id } } },
    ]);
  });

  test("that Telegram has no more leaves the text alone", async () => {
    await adapter.whisper({ chat: group.id, to: lin.id }, { text: "Scan it", photo: "gone" });

    expect(await lin.hears("Scan it")).toMatchObject({ onlyFor: lin.person });
  });
});

describe("a document", () => {
  const toLin = () => ({ chat: group.id, to: lin.id });

  test("reaches one person under its name, byte by byte, in their private chat", async () => {
    await lin.writes("/start");
    const data = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);

    await adapter.giveDocument!(toLin(), { name: "名单 ;1.xlsx", data, caption: "The list" });

    const sent = telegram.callsTo("sendDocument")[0]?.args["document"] as { name: string; data: Buffer };
    expect(sent.name).toBe("名单_1.xlsx");
    expect(sent.data.equals(data)).toBe(true);
    expect(await lin.hears("The list")).toMatchObject({ chat: lin.direct });
    expect(group.botMessages()).toEqual([]);
  });

  test("that is a picture is shown as one", async () => {
    await lin.writes("/start");
    const data = Uint8Array.of(137, 80, 78, 71);

    await adapter.giveDocument!(toLin(), { name: "tally.png", data, caption: "Tally", isPicture: true });

    expect(telegram.callsTo("sendPhoto")[0]?.args["photo"]).toMatchObject({
      name: "tally.png",
      data: Buffer.from(data),
    });
    expect(await lin.hears("Tally")).toMatchObject({ chat: lin.direct });
  });

  test("never goes to the group where they have not written to the bot", async () => {
    const given = adapter.giveDocument!(toLin(), { name: "list.csv", data: Uint8Array.of(1) });

    await expect(given).rejects.toMatchObject({ outcome: "blocked" });
    expect(group.botMessages()).toEqual([]);
  });

  test("that is too large, or has too much to say, never leaves", async () => {
    const refused = { outcome: "refused" };
    const [name, data] = ["list.csv", Uint8Array.of(1)];
    const large = { name, data: new Uint8Array(50_000_001) };
    await expect(adapter.giveDocument!(toLin(), large)).rejects.toMatchObject(refused);
    const talkative = { name, data, caption: "x".repeat(1_025) };
    await expect(adapter.giveDocument!(toLin(), talkative)).rejects.toMatchObject(refused);

    expect(telegram.callsTo("sendDocument")).toEqual([]);
  });
});

describe("a word to one person that everybody sees", () => {
  beforeEach(() => reopen({ ephemeral: false }));

  test("mentions them by entity, since many have no username", async () => {
    await adapter.whisper({ chat: group.id, to: lin.id }, { text: "first: no such way here" });
    await adapter.whisper({ chat: group.id, to: lin.id }, { text: "Lin, yours is here" });

    const { args } = telegram.callsTo("sendMessage").at(-1)!;
    expect(args["text"]).toBe("👉 Lin, yours is here");
    expect(args["entities"]).toMatchObject([
      { type: "text_mention", offset: 0, length: 2, user: { id: Number(lin.id) } },
    ]);
  });

  test("is not said where only they may read it; several such words are one message that mentions each", async () => {
    await adapter.whisper({ chat: group.id, to: lin.id }, { text: "first: no such way here" });
    const before = group.botMessages().length;
    const alone = adapter.whisper({ chat: group.id, to: lin.id, alone: true }, { text: "Your code: 1234" });
    await expect(alone).rejects.toMatchObject({ outcome: "blocked" });
    expect(group.botMessages()).toHaveLength(before);
    const ada = group.user("Ada");
    const words = [
      { to: lin.id, text: "Lin, code 1234" },
      { to: ada.id, text: "Ada, code 5678" },
      { to: "", text: "Somebody" },
    ];

    const { id } = await adapter.mention!(group.id, { words, buttons: [[{ label: "Got it", data: "seen:1" }]] });

    expect(id).toBe(String(group.botMessages().at(-1)!.id));
    const { args } = telegram.callsTo("sendMessage").at(-1)!;
    const text = String(args["text"]);
    expect(text).toBe("👉 Lin, code 1234\n\n👉 Ada, code 5678\n\nSomebody");
    const mentions = args["entities"] as { offset: number; length: number; user: { id: number } }[];
    expect(mentions.map(({ offset, length, user }) => [text.slice(offset, offset + length), user.id])).toEqual([
      ["👉", Number(lin.id)],
      ["👉", Number(ada.id)],
    ]);
    expect(args["reply_markup"]).toEqual({ inline_keyboard: [[{ text: "Got it", callback_data: "seen:1" }]] });
  });

  test("is told by its id, so that it can be taken away", async () => {
    const shown: string[] = [];
    const onShown = (message: string) => void shown.push(message);
    const question = await lin.says("/my");
    const replyTo = String(question.id);
    await adapter.whisper({ chat: group.id, to: lin.id, replyTo, onShown }, { text: "one" });
    await adapter.whisper({ chat: group.id, to: lin.id, replyTo, onShown }, { text: "two" });
    expect(group.botMessages().map(({ id }) => String(id))).toEqual(shown);

    for (const message of shown) await adapter.remove?.(group.id, message);

    expect(group.botMessages()).toEqual([]);
  });
});

describe("a private word", () => {
  const whisper = (more: { replyTo?: string; press?: string } = {}, content: { publicly?: string } = {}) =>
    adapter.whisper({ chat: group.id, to: lin.id, ...more }, { text: "Your order: 2 apples", ...content });

  test("is shown in the group to that person alone", async () => {
    await whisper();

    expect(await lin.hears("Your order")).toMatchObject({ id: 0, chat: group.chat });
    expect(group.botMessages()).toEqual([]);
  });

  test("answers a press as such, by which Telegram knows that it was asked for", async () => {
    const { id } = await adapter.post(group.id, { text: "Apples", buttons: [[{ label: "My order", data: "my" }]] });
    const press = await lin.presses(group.chat.find(Number(id))!, "My order");

    await whisper({ press: press.id });

    expect(telegram.callsTo("sendMessage").at(-1)?.args).toMatchObject({
      ephemeral_message_parameters: { receiver_user_id: lin.person.id, callback_query_id: press.id },
    });
  });

  test("comes with its picture, to that person alone; without it where Telegram has it no more", async () => {
    await adapter.whisper({ chat: group.id, to: lin.id }, { text: "Ada: rotten", photo: "photo" });
    await adapter.whisper({ chat: group.id, to: lin.id }, { text: "Ben: broken", photo: "gone" });

    const [pictured, bare] = group.chat.messages;
    expect([pictured?.text, pictured?.onlyFor, pictured?.more.photo === undefined]).toEqual([
      "Ada: rotten",
      lin.person,
      false,
    ]);
    expect([bare?.text, bare?.onlyFor, bare?.more.photo]).toEqual(["Ben: broken", lin.person, undefined]);
  });

  test("is shown to them alone also when the message that it answers is gone", async () => {
    const question = await lin.says("/my");
    await question.confirmed;
    await lin.deletes(question);

    await whisper({ replyTo: String(question.id) });

    await lin.hears("Your order");
    expect(group.botMessages()).toEqual([]);
  });

  test("answers an answer that we alone saw", async () => {
    await whisper();
    const answer = await lin.says("the red ones", { replyTo: await lin.hears("Your order") });
    await answer.confirmed;
    expect(heard).toMatchObject([{ text: "the red ones" }]);

    await adapter.whisper({ chat: group.id, to: lin.id, replyTo: heard[0]!.id }, { text: "2 red apples" });

    expect((await lin.hears("2 red apples")).replyTo).toBe(answer);
  });

  test("goes to their private chat where the group cannot have it", async () => {
    await lin.writes("/start");
    telegram.failNext("sendMessage", answers(badRequest("CHAT_TYPE_UNSUPPORTED")), 2);

    await whisper();

    expect(await lin.hears("Your order")).toMatchObject({ chat: lin.direct });
    expect(group.botMessages()).toEqual([]);
  });

  test("is a short reply where neither can be, and is not tried in vain each time", async () => {
    telegram.failNext("sendMessage", answers(badRequest("CHAT_TYPE_UNSUPPORTED")), 2);
    const question = await lin.says("/my");
    await whisper({ replyTo: String(question.id) });
    expect(await group.hears("Your order")).toMatchObject({ replyTo: question });
    const before = telegram.calls.filter(({ method }) => method === "sendMessage").length;

    await whisper({ replyTo: String(question.id) });

    expect(telegram.callsTo("sendMessage")).toHaveLength(before + 1);
    expect(group.botMessages()).toHaveLength(2);
  });

  test("says something else where all would read what is for one alone", async () => {
    telegram.failNext("sendMessage", answers(badRequest("CHAT_TYPE_UNSUPPORTED")), 2);

    await whisper({}, { publicly: "Please write to me in private." });

    const [said, ...more] = group.botMessages().map(({ text }) => text);
    expect(more).toEqual([]);
    expect(said).toMatch(/Please write to me in private\./);
    expect(said).not.toMatch(/apples/);
  });

  test("goes to their private chat as soon as they have started the bot", async () => {
    telegram.failNext("sendMessage", answers(badRequest("CHAT_TYPE_UNSUPPORTED")), 2);
    await whisper();
    expect(group.botMessages()).toHaveLength(1);

    await (await lin.writes("/start")).confirmed;
    await whisper();

    await lin.hears("Your order");
    expect(group.botMessages()).toHaveLength(1);
  });

  test("is tried again in the group after an hour", async () => {
    telegram.failNext("sendMessage", answers(badRequest("CHAT_TYPE_UNSUPPORTED")), 2);
    await whisper();

    clock = new Date(clock.getTime() + 61 * 60_000);
    await whisper();

    await lin.hears("Your order");
    expect(group.botMessages()).toHaveLength(1);
  });

  test("whose answer was lost is not said a second time in another way", async () => {
    await lin.writes("/start");
    telegram.failNext("sendMessage", replyLost);

    await expect(whisper()).rejects.toMatchObject({ outcome: "unknown" });

    expect(lin.privateWords()).toHaveLength(1);
    expect(group.botMessages()).toEqual([]);
  });

  test("in a private chat is an ordinary message", async () => {
    await lin.writes("/my");

    await adapter.whisper({ chat: lin.id, to: lin.id }, { text: "Your order: 2 apples" });

    expect(await lin.hears("Your order")).toMatchObject({ chat: lin.direct });
  });

  test("on a server of before 2026 is seen by everybody once, then goes to private chats", async () => {
    await reopen({ ephemeral: false });
    await lin.writes("/start");

    await whisper();
    await whisper();

    expect(group.botMessages()).toHaveLength(1);
    expect(lin.privateWords()).toHaveLength(1);
  });
});

describe("a mark in a group that allows only some reactions", () => {
  test("is another one that is allowed, and what is not is asked for once", async () => {
    group.chat.reactions = ["👍", "🔥"];
    const orders = [await lin.says("+2"), await lin.says("+3")];

    for (const { id } of orders) await adapter.react(group.id, String(id), "changed");

    expect(orders.map(({ marks }) => marks)).toEqual([["👍"], ["👍"]]);
    expect(telegram.callsTo("setMessageReaction").map(({ status }) => status)).toEqual([400, 400, 200, 200]);
  });

  test("is none where another would mislead", async () => {
    group.chat.reactions = ["👍"];
    const { id } = await lin.says("+2");

    await expect(adapter.react(group.id, String(id), "unclear")).rejects.toMatchObject({ outcome: "refused" });
  });
});

describe("a post that answers a message", () => {
  test("stands without it when the message is gone", async () => {
    const question = await lin.says("which apples?");
    await lin.deletes(question);
    telegram.failNext("sendMessage", answers(badRequest("message to be replied not found")));

    await adapter.post(group.id, { text: "Fuji" }, { replyTo: String(question.id) });

    expect(await group.hears("Fuji")).toMatchObject({ replyTo: undefined });
  });

  test("stays in its topic", async () => {
    const fruit = group.topic("Fruit");
    const question = await lin.says("which apples?", { topic: fruit });

    await adapter.post(group.id, { text: "Fuji" }, { replyTo: String(question.id) });

    expect(await group.hears("Fuji")).toMatchObject({ topic: fruit, replyTo: question });
  });

  test("stays in its topic also when the message is gone", async () => {
    const fruit = group.topic("Fruit");
    const question = await lin.says("which apples?", { topic: fruit });
    await question.confirmed;
    await lin.deletes(question);

    await adapter.post(group.id, { text: "Fuji" }, { replyTo: String(question.id) });

    expect(await group.hears("Fuji")).toMatchObject({ topic: fruit, replyTo: undefined });
  });
});

describe("what answers nothing", () => {
  const post = { text: "Apples" };

  test("stands in the topic that it belongs to, with a picture or without", async () => {
    const topic = group.topic("Fruit");
    const where = { topic: String(topic) };

    const shown = [
      await adapter.post(group.id, post, where),
      await adapter.post(group.id, { ...post, photo: "photo" }, where),
      await adapter.post(group.id, { text: "x".repeat(900), photo: "photo" }, where),
    ];

    expect(group.botMessages()).toMatchObject([{ topic }, { topic }, { topic }, { topic }]);
    expect(shown.map(({ isTopicGone }) => isTopicGone)).toEqual([undefined, undefined, undefined]);
  });

  const ends = [
    ["closed", (topic: number) => group.closesTopic(topic)],
    ["deleted", (topic: number) => group.deletesTopic(topic)],
  ] as const;
  test.each(ends)("stands in the general topic where its own is %s, and that is told", async (_, end) => {
    const topic = group.topic("Fruit");
    end(topic);

    const shown = await adapter.post(group.id, { ...post, photo: "photo" }, { topic: String(topic) });

    const [said] = group.botMessages();
    expect(said).toMatchObject({ text: "Apples", topic: undefined });
    expect(shown).toEqual({ id: String(said?.id), isTopicGone: true });
  });

  test("is not said twice where the topic's answer is lost", async () => {
    const topic = String(group.topic("Fruit"));
    telegram.failNext("sendMessage", replyLost);

    await expect(adapter.post(group.id, post, { topic })).rejects.toMatchObject({ outcome: "unknown" });

    expect(group.botMessages()).toHaveLength(1);
  });

  test("and is for one person is shown to them in the topic, in the general one where that is gone", async () => {
    const topic = group.topic("Fruit");
    const word = { chat: group.id, to: lin.id, topic: String(topic) };

    await adapter.whisper(word, { text: "Your code: 1234" });
    group.deletesTopic(topic);
    await adapter.whisper(word, { text: "Your code: 5678" });

    expect(await lin.hears("1234")).toMatchObject({ topic, onlyFor: lin.person });
    expect(await lin.hears("5678")).toMatchObject({ topic: undefined, onlyFor: lin.person });
  });
});

describe("what Telegram would not take is refused before it is sent", () => {
  const rows = [
    { content: { text: " \n " }, why: "no text" },
    { content: { text: "a".repeat(4097) }, why: "one character more than a message takes" },
    { content: { text: "?", buttons: [[{ label: "Open", data: "团".repeat(22) }]] }, why: "66 bytes in a button" },
    { content: { text: "?", buttons: [[{ label: "Open", data: "" }]] }, why: "a button that says nothing" },
    { content: { text: "?", buttons: [[{ label: " ", data: "open" }]] }, why: "a button without a label" },
  ];
  for (const { content, why } of rows) {
    test(why, async () => {
      await expect(adapter.post(group.id, content)).rejects.toMatchObject({ outcome: "refused" });

      expect(telegram.callsTo("sendMessage")).toEqual([]);
    });
  }

  test("64 bytes in a button are taken", async () => {
    await adapter.post(group.id, { text: "?", buttons: [[{ label: "Open", data: `${"团".repeat(21)}.` }], []] });

    expect((await group.hears("?")).labels).toEqual(["Open"]);
  });

  test("half an emoji is made whole, for Telegram refuses it", async () => {
    await adapter.post(group.id, { text: "2 🍎".slice(0, 3) });

    await group.hears("2 \uFFFD");
  });
});

describe("the answer to a press", () => {
  async function answered(text?: string) {
    const { id } = await adapter.post(group.id, { text: "Apples", buttons: [[{ label: "+1", data: "+1" }]] });
    const press = await lin.presses(group.chat.find(Number(id))!, "+1");
    await adapter.answerPress(press.id, text);
    return press;
  }

  test("may be without words", async () => {
    expect(await answered()).toMatchObject({ answer: "", alert: false });
  });

  test("is a small notice when it is short", async () => {
    expect(await answered("Booked: 1")).toMatchObject({ answer: "Booked: 1", alert: false });
  });

  test("waits for an OK when there is more to read", async () => {
    expect(await answered("Apples: 1\nPears: 2")).toMatchObject({ alert: true });
  });

  test("is shortened to what can be shown, and no emoji is cut in two", async () => {
    const { answer } = await answered(`${"a".repeat(198)}🍎🍎`);

    expect(answer).toBe(`${"a".repeat(198)}…`);
  });
});

describe("who runs a group", () => {
  const isAdministrator = (who: FakeUser) => adapter.isAdministrator(group.id, who.id);

  test("its owner, its administrators, and who speaks in its name", async () => {
    const ada = group.user("Ada", { status: "creator" });
    const bo = group.user("Bo", { status: "administrator" });

    expect(await isAdministrator(ada)).toBe(true);
    expect(await isAdministrator(bo)).toBe(true);
    expect(await isAdministrator(lin)).toBe(false);
    expect(await adapter.isAdministrator(group.id, group.id)).toBe(true);
  });

  test("who has just been made one is known after half a minute at the latest", async () => {
    expect(await isAdministrator(lin)).toBe(false);
    group.user(lin, { status: "administrator" });

    clock = new Date(clock.getTime() + 31_000);

    expect(await isAdministrator(lin)).toBe(true);
  });

  test("nobody runs a private chat", async () => {
    expect(await adapter.isAdministrator(lin.id, lin.id)).toBe(false);
    expect(telegram.callsTo("getChatAdministrators")).toEqual([]);
  });

  test("is asked once for many questions", async () => {
    const ada = group.user("Ada", { status: "creator" });
    await Promise.all([isAdministrator(ada), isAdministrator(ada)]);
    await isAdministrator(ada);

    expect(telegram.callsTo("getChatAdministrators")).toHaveLength(1);
  });

  test("is known anew when Telegram tells of a change", async () => {
    const ada = group.user("Ada", { status: "creator" });
    const bo = group.user("Bo", { status: "administrator" });
    expect(await isAdministrator(bo)).toBe(true);

    await group.changes(bo, "member", ada).confirmed;

    expect(await isAdministrator(bo)).toBe(false);
  });

  test("a question whose answer was lost is asked again at once", async () => {
    telegram.failNext("getChatAdministrators", replyLost);

    expect(await isAdministrator(group.user("Ada", { status: "creator" }))).toBe(true);
  });

  test("an old list serves while Telegram does not answer", async () => {
    const ada = group.user("Ada", { status: "creator" });
    expect(await isAdministrator(ada)).toBe(true);

    clock = new Date(clock.getTime() + 60 * 60_000);
    telegram.failNext("getChatAdministrators", replyLost, 4);

    expect(await isAdministrator(ada)).toBe(true);
    expect(await isAdministrator(lin)).toBe(false);
  });

  test("without an old list, no answer is no answer", async () => {
    telegram.failNext("getChatAdministrators", replyLost, 2);

    await expect(isAdministrator(lin)).rejects.toMatchObject({ outcome: "unknown" });

    expect(await isAdministrator(lin)).toBe(false);
  });
});
