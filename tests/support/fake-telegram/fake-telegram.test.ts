import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApiResponse, Message, Update, User } from "grammy/types";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { undocumented } from "./documented.ts";
import {
  badRequest,
  connectionCut,
  doneInSilence,
  type FakeGroup,
  type FakeTelegram,
  type FakeUser,
  gatewayPage,
  replyLost,
  startFakeTelegram,
  tooManyRequests,
} from "./index.ts";

let telegram: FakeTelegram;
let group: FakeGroup;
let lin: FakeUser;

beforeEach(async () => {
  telegram = await startFakeTelegram({ now: () => new Date("2026-11-22T12:00:00.900Z") });
  group = telegram.group("Green Court");
  lin = group.user("Lin");
});
afterEach(() => telegram.close());

async function call<T = unknown>(method: string, args: object = {}): Promise<ApiResponse<T>> {
  const response = await fetch(`${telegram.apiRoot}/bot${telegram.token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(args),
  });
  return (await response.json()) as ApiResponse<T>;
}

async function updates(args: object = {}): Promise<readonly Update[]> {
  const answer = await call<Update[]>("getUpdates", args);
  return answer.ok ? answer.result : expect.unreachable(answer.description);
}

const words = (found: readonly Update[]) => found.map(({ message }) => message?.text);

describe("updates", () => {
  test("are shaped as the documentation shows, dates in whole seconds", async () => {
    await lin.says("/tally please");

    expect(await updates()).toEqual([
      {
        update_id: expect.any(Number),
        message: {
          message_id: 1,
          from: { id: lin.person.id, is_bot: false, first_name: "Lin", language_code: "en" },
          chat: { id: Number(group.id), type: "supergroup", title: "Green Court" },
          date: 1_795_348_800,
          text: "/tally please",
          entities: [{ type: "bot_command", offset: 0, length: 6 }],
        },
      },
    ]);
  });

  test("come again until a higher offset is asked for", async () => {
    await lin.says("one");
    await lin.says("two");

    const [one, two] = await updates();
    expect(words(await updates())).toEqual(["one", "two"]);
    expect(words(await updates({ offset: two!.update_id }))).toEqual(["two"]);
    expect(words(await updates({ offset: one!.update_id }))).toEqual(["two"]); // the first was dropped for good
    expect(await updates({ offset: two!.update_id + 1 })).toEqual([]);
    expect(two!.update_id).toBe(one!.update_id + 1);
  });

  test("a negative offset asks for the last ones and forgets the others", async () => {
    for (const text of ["one", "two", "three"]) await lin.says(text);

    expect(words(await updates({ offset: -1 }))).toEqual(["three"]);
    expect(words(await updates())).toEqual(["three"]);
  });

  test("come at most as many as asked for", async () => {
    await lin.says("one");
    await lin.says("two");

    expect(words(await updates({ limit: 1 }))).toEqual(["one"]);
  });

  test("are waited for, and come as soon as there are any", async () => {
    const polling = updates({ timeout: 10 });
    await telegram.until(() => telegram.world.updates.isPolled);

    await lin.says("one");

    expect(words(await polling)).toEqual(["one"]);
  });

  test("a poll that finds nothing ends when its time is over", async () => {
    expect(await updates({ timeout: 0.01 })).toEqual([]);
  });

  test("of kinds that are not asked for do not come, and the wish is remembered", async () => {
    await updates({ allowed_updates: ["edited_message"] });

    await lin.edits(await lin.says("+2"), "+3");

    expect(await updates()).toMatchObject([{ edited_message: { text: "+3", edit_date: 1_795_348_800 } }]);
  });

  test("of members come only when asked for by name", async () => {
    group.changesBot(lin, "administrator");
    group.changes(lin, "administrator", lin);
    expect(await updates()).toMatchObject([{ my_chat_member: { new_chat_member: { status: "administrator" } } }]);

    await updates({ allowed_updates: ["chat_member"] });
    group.changes(lin, "member", lin);

    expect((await updates()).at(-1)).toMatchObject({ chat_member: { old_chat_member: { status: "administrator" } } });
  });

  test("of reactions come to administrators, and only when asked for by name", async () => {
    const order = await lin.says("+2");
    await updates({ allowed_updates: ["message_reaction"] });
    await lin.reacts(order, "👍");
    group.changesBot(lin, "administrator");
    await lin.reacts(order, "🎉");
    await lin.reacts(order);

    const chat = { id: Number(group.id), type: "supergroup", title: "Green Court" };
    const emoji = (sign: string) => ({ type: "emoji", emoji: sign });
    const said = { chat, message_id: order.id, user: lin.person, date: 1_795_348_800 };
    expect((await updates()).map(({ message_reaction }) => message_reaction).filter(Boolean)).toEqual([
      { ...said, old_reaction: [emoji("👍")], new_reaction: [emoji("🎉")] },
      { ...said, old_reaction: [emoji("🎉")], new_reaction: [] },
    ]);
  });

  test("a new poll ends the one that is held", async () => {
    const first = call("getUpdates", { timeout: 10 });
    await telegram.until(() => telegram.world.updates.isPolled);

    await updates();

    expect(await first).toEqual({
      ok: false,
      error_code: 409,
      description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    });
  });

  test("cannot be polled while there is a webhook", async () => {
    await call("setWebhook", { url: "https://plusone.example/hook" });
    expect(await call("getUpdates")).toMatchObject({
      error_code: 409,
      description: expect.stringContaining("can't use getUpdates method while webhook is active"),
    });

    await call("deleteWebhook");

    expect(await updates()).toEqual([]);
  });

  test("say in topics what Telegram says there", async () => {
    const fruit = group.topic("Fruit");
    await lin.says("+2", { topic: fruit });

    expect(await updates()).toMatchObject([
      {
        message: {
          message_thread_id: fruit,
          is_topic_message: true,
          chat: { is_forum: true },
          reply_to_message: { message_id: fruit, forum_topic_created: { name: "Fruit" } },
        },
      },
    ]);
  });

  test("tell of a group that became a supergroup in both chats", async () => {
    const old = telegram.group("Old Yard", { type: "group" });
    const oldId = Number(old.id);
    await old.becomesSupergroup();

    expect(await updates()).toMatchObject([
      { message: { chat: { id: oldId, type: "group" }, migrate_to_chat_id: Number(old.id) } },
      { message: { chat: { id: Number(old.id), type: "supergroup" }, migrate_from_chat_id: oldId } },
    ]);
  });

  test("do not come from groups that the bot is not in", async () => {
    const other = telegram.group("Elsewhere", { bot: "left" });
    await other.user("Mei").says("+2");

    expect(await updates()).toEqual([]);
  });
});

describe("all that it sends has the shape that the Bot API documents", () => {
  const all = ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member", "chat_member"];

  test("updates of every kind", async () => {
    await updates({ allowed_updates: all });
    const ada = group.user("Ada", { status: "creator", username: "ada" });
    group.changesBot(ada, "administrator");
    group.changes(lin, "administrator", ada);
    group.changes(lin, "member", ada);
    const order = await lin.says("/open@plusone_test_bot 苹果 @ada", { topic: group.topic("Fruit") });
    await lin.edits(order, "+2");
    await lin.says("+3", { replyTo: order, photo: true, more: { media_group_id: "7" } });
    await ada.says("/close", { anonymous: true });
    await group.channelPosts("News");
    await group.otherBotSays("hello");
    await lin.writes("/start");
    await lin.reacts(order, "👍");
    const more = { reply_markup: { inline_keyboard: [[{ text: "+1", callback_data: "x" }]] } };
    await call("sendMessage", { chat_id: group.id, text: "Apples", ...more });
    await lin.presses(await group.hears("Apples"), "+1");
    await call("sendMessage", {
      ...{ chat_id: group.id, text: "For you" },
      ephemeral_message_parameters: { receiver_user_id: lin.person.id },
    });
    await lin.says("thanks", { replyTo: await lin.hears("For you") });
    lin.blocks();
    group.removesBot(ada);
    await telegram.group("Old Yard", { type: "group" }).becomesSupergroup();

    const found = await updates();

    expect(new Set(found.flatMap((update) => Object.keys(update)))).toEqual(new Set(["update_id", ...all]));
    expect(found).toHaveLength(17);
    expect(found.flatMap((update) => undocumented("Update", update))).toEqual([]);
  });

  test("results", async () => {
    group.user("Ada", { status: "creator" });
    group.user("Bob", { status: "administrator" });
    const chat_id = group.id;
    await call("sendMessage", { chat_id, text: "Plums" });
    const text = { chat_id, text: "Apples", reply_markup: { inline_keyboard: [[{ text: "+1", callback_data: "x" }]] } };
    const results: readonly [string, string, object][] = [
      ["Bot", "getMe", {}],
      ["Message", "sendMessage", text],
      ["Message", "sendMessage", { ...text, ephemeral_message_parameters: { receiver_user_id: lin.person.id } }],
      ["Message", "sendMessage", { ...text, message_thread_id: group.topic("Fruit") }],
      ["Message", "sendPhoto", { chat_id, photo: "photo", caption: "Apples" }],
      ["Message", "editMessageText", { chat_id, message_id: 1, text: "Pears" }],
      ["true", "setMessageReaction", { chat_id, message_id: 1, reaction: [{ type: "emoji", emoji: "👍" }] }],
      ["ChatMember[]", "getChatAdministrators", { chat_id }],
      ["WebhookInfo", "getWebhookInfo", {}],
      ["true", "deleteMessage", { chat_id, message_id: 1 }],
    ];
    for (const [kind, method, args] of results) {
      const answer = await call(method, args);

      expect([method, ...undocumented("Answer", answer)]).toEqual([method]);
      expect([method, ...undocumented(kind, answer.ok && answer.result)]).toEqual([method]);
    }
  });

  test("refusals", async () => {
    telegram.failNext("sendMessage", tooManyRequests(3));
    const old = telegram.group("Old Yard", { type: "group" });
    const chat_id = old.id;
    await old.becomesSupergroup();

    for (const args of [
      { chat_id: group.id, text: "busy" },
      { chat_id, text: "moved" },
      { chat_id: 1, text: "gone" },
    ]) {
      const answer = await call("sendMessage", args);
      expect([args.text, ...undocumented("Refusal", answer)]).toEqual([args.text]);
    }
  });

  test("and what has not is noticed", () => {
    const message = { message_id: 1, date: 1.5, chat: { id: 1, type: "private" }, words: "+2" };

    expect(undocumented("Update", { update_id: 1, message })).toEqual([
      "Update.message has no words",
      "Update.message.date is no number: 1.5",
      "Update.message.chat lacks first_name",
    ]);
  });
});

describe("a webhook", () => {
  /** A bot that answers with these statuses, one after the other, and then with 200. */
  async function bot(...statuses: number[]) {
    const heard: { update: Update; secret: unknown }[] = [];
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      heard.push({ update: JSON.parse(body), secret: request.headers["x-telegram-bot-api-secret-token"] });
      response.writeHead(statuses.shift() ?? 200).end();
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard };
  }

  test("is told one update a request, with the secret, those of a chat in order", async () => {
    const { url, heard } = await bot();
    await call("setWebhook", { url, secret_token: "s3cret_-" });
    await lin.says("one");
    await (await lin.says("two")).confirmed;

    expect(heard.map(({ update }) => update.message?.text)).toEqual(["one", "two"]);
    expect(new Set(heard.map(({ secret }) => secret))).toEqual(new Set(["s3cret_-"]));
  });

  test("is told again what it did not answer with 2xx, and Telegram remembers why", async () => {
    const { url, heard } = await bot(500, 503);
    await call("setWebhook", { url });
    await lin.says("one");
    await (await lin.says("two")).confirmed;

    expect(heard.map(({ update }) => update.message?.text)).toEqual(["one", "one", "one", "two"]);
    expect(await call("getWebhookInfo")).toMatchObject({
      result: { url, pending_update_count: 0, last_error_message: "Wrong response from the webhook: 503" },
    });
  });

  test("is told only what it wants, and nothing after it was taken away", async () => {
    const { url, heard } = await bot();
    await call("setWebhook", { url, allowed_updates: ["edited_message"] });
    const said = await lin.says("one");
    await (await lin.edits(said, "two")).confirmed;
    await call("deleteWebhook");
    await lin.edits(said, "three");

    expect(heard.map(({ update }) => update.edited_message?.text)).toEqual(["two"]);
    expect(await updates()).toMatchObject([{ edited_message: { text: "three" } }]);
  });

  test.each([
    [{ url: "http://plusone.example/hook" }, "HTTPS", "the internet is not trusted"],
    [{ url: "https://plusone.example/hook", secret_token: "a b" }, "secret token", "a header takes no spaces"],
  ])("is refused: %o", async (args, words, _why) => {
    expect(await call("setWebhook", args)).toMatchObject({
      error_code: 400,
      description: expect.stringContaining(words),
    });
  });
});

describe("privacy mode", () => {
  beforeEach(() => {
    telegram.world.bot.can_read_all_group_messages = false;
  });

  test("keeps plain messages from the bot, not commands and answers", async () => {
    await call("sendMessage", { chat_id: group.id, text: "Which apples?" });
    await lin.says("+2 apples");
    await lin.says("/tally");
    await lin.says("/tally@other_bot");
    await lin.says("the red ones", { replyTo: await group.hears("Which") });

    expect(words(await updates())).toEqual(["/tally", "the red ones"]);
  });

  test("keeps nothing from an administrator", async () => {
    group.changesBot(lin, "administrator");
    await lin.says("+2 apples");

    expect(words(await updates())).toContain("+2 apples");
  });
});

describe("calls that cannot be done are answered in Telegram's words", () => {
  const rows: { method: string; args: object; status: number; description: string }[] = [
    { method: "sendMessage", args: { text: "" }, status: 400, description: "Bad Request: message text is empty" },
    {
      method: "sendMessage",
      args: { text: "a".repeat(4097) },
      status: 400,
      description: "Bad Request: message is too long",
    },
    {
      method: "sendMessage",
      args: { text: "?", reply_markup: { inline_keyboard: [[{ text: "+", callback_data: "团".repeat(22) }]] } },
      status: 400,
      description: "Bad Request: BUTTON_DATA_INVALID",
    },
    {
      method: "sendMessage",
      args: { text: "?", reply_parameters: { message_id: 99 } },
      status: 400,
      description: "Bad Request: message to be replied not found",
    },
    {
      method: "sendMessage",
      args: { text: "?", message_thread_id: 99 },
      status: 400,
      description: "Bad Request: message thread not found",
    },
    { method: "sendMessage", args: { chat_id: 1, text: "?" }, status: 400, description: "Bad Request: chat not found" },
    {
      method: "editMessageText",
      args: { message_id: 99, text: "?" },
      status: 400,
      description: "Bad Request: message to edit not found",
    },
    {
      method: "setMessageReaction",
      args: { message_id: 99, reaction: [] },
      status: 400,
      description: "Bad Request: message to react not found",
    },
    {
      method: "pinChatMessage",
      args: { message_id: 99 },
      status: 400,
      description: "Bad Request: message to pin not found",
    },
    {
      method: "answerCallbackQuery",
      args: { callback_query_id: "99" },
      status: 400,
      description: "Bad Request: query is too old and response timeout expired or query ID is invalid",
    },
    { method: "sendPostcard", args: {}, status: 404, description: "Not Found: method not found" },
  ];
  for (const { method, args, status, description } of rows) {
    test(`${method}: ${description}`, async () => {
      expect(await call(method, { chat_id: group.id, ...args })).toEqual({
        ok: false,
        error_code: status,
        description,
      });
    });
  }

  test("a topic that is closed, and one that is gone", async () => {
    const fruit = group.topic("Fruit");
    const write = () => call("sendMessage", { chat_id: group.id, text: "hello", message_thread_id: fruit });

    expect(await write()).toMatchObject({ result: { message_thread_id: fruit, is_topic_message: true } });
    group.closesTopic(fruit);
    expect(await write()).toMatchObject({ error_code: 400, description: "Bad Request: TOPIC_CLOSED" });
    group.deletesTopic(fruit);
    expect(await write()).toMatchObject({ error_code: 400, description: "Bad Request: message thread not found" });
    expect(group.messages()).toEqual([]);
  });

  test("an edit that changes nothing", async () => {
    const sent = await call<Message>("sendMessage", { chat_id: group.id, text: "0 kg" });
    const { message_id } = sent.ok ? sent.result : expect.unreachable(sent.description);

    expect(await call("editMessageText", { chat_id: group.id, message_id, text: "0 kg" })).toMatchObject({
      error_code: 400,
      description: expect.stringContaining("Bad Request: message is not modified"),
    });
  });

  test("a message of somebody else's", async () => {
    const said = await lin.says("+2");

    expect(await call("editMessageText", { chat_id: group.id, message_id: said.id, text: "+3" })).toMatchObject({
      description: "Bad Request: message can't be edited",
    });
  });

  test("a reaction that is none of Telegram's", async () => {
    const said = await lin.says("+2");
    const reaction = [{ type: "emoji", emoji: "🍎" }];

    expect(await call("setMessageReaction", { chat_id: group.id, message_id: said.id, reaction })).toMatchObject({
      description: "Bad Request: REACTION_INVALID",
    });
  });

  test("people who have not started the bot, or have blocked it", async () => {
    const write = () => call("sendMessage", { chat_id: lin.id, text: "hello" });

    expect(await write()).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    });
    await lin.writes("/start");
    expect(await write()).toMatchObject({ ok: true });
    lin.blocks();
    expect(await write()).toMatchObject({ error_code: 403, description: "Forbidden: bot was blocked by the user" });
  });

  test("a group that the bot was thrown out of", async () => {
    group.removesBot(lin);

    expect(await call("sendMessage", { chat_id: group.id, text: "hello" })).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot was kicked from the supergroup chat",
    });
  });

  test("a token that is not known, and one that is none", async () => {
    const ask = async (token: string) => (await fetch(`${telegram.apiRoot}/bot${token}/getMe`)).json();

    expect(await ask("1:another")).toEqual({ ok: false, error_code: 401, description: "Unauthorized" });
    expect(await ask("a/b")).toEqual({ ok: false, error_code: 404, description: "Not Found" });
  });
});

describe("what the bot sends", () => {
  test("comes back with its id, and is there for everybody", async () => {
    const sent = await call<Message>("sendMessage", { chat_id: group.id, text: "Apples" });

    expect(sent).toMatchObject({ ok: true, result: { message_id: 1, text: "Apples", from: { is_bot: true } } });
    expect(group.messages()).toMatchObject([{ id: 1, text: "Apples" }]);
  });

  test("to one person is seen by them alone, under a number of its own", async () => {
    const ephemeral_message_parameters = { receiver_user_id: lin.person.id };
    const sent = await call<Message>("sendMessage", { chat_id: group.id, text: "Hi", ephemeral_message_parameters });

    expect(sent).toMatchObject({
      result: { message_id: 0, ephemeral_message_id: 1, receiver_user: { first_name: "Lin" } },
    });
    expect(group.messages()).toEqual([]);
    expect(lin.privateWords()).toMatchObject([{ text: "Hi" }]);
  });

  test("may be asked for in a query or a form as well", async () => {
    const root = `${telegram.apiRoot}/bot${telegram.token}`;
    await fetch(`${root}/sendMessage?chat_id=${group.id}&text=query`);
    await fetch(`${root}/sendMessage`, {
      method: "POST",
      body: new URLSearchParams({ chat_id: group.id, text: "form" }),
    });

    expect(group.messages().map(({ text }) => text)).toEqual(["query", "form"]);
  });

  test("who runs the group is listed", async () => {
    group.user("Ada", { status: "creator" });

    expect(await call("getChatAdministrators", { chat_id: group.id })).toMatchObject({
      result: [{ status: "creator", user: { first_name: "Ada" } as User, is_anonymous: false }],
    });
  });
});

describe("faults", () => {
  const send = () => call("sendMessage", { chat_id: group.id, text: "Closed" });

  test("come as often as asked for, then all is well again", async () => {
    telegram.failNext("sendMessage", tooManyRequests(3), 2);

    const busy = {
      ok: false,
      error_code: 429,
      description: "Too Many Requests: retry after 3",
      parameters: { retry_after: 3 },
    };
    expect([await send(), await send()]).toEqual([busy, busy]);
    expect(await send()).toMatchObject({ ok: true });
    expect(telegram.callsTo("sendMessage").map(({ status }) => status)).toEqual([429, 429, 200]);
  });

  test("an answer that is lost: done all the same", async () => {
    telegram.failNext("sendMessage", replyLost);

    await expect(send()).rejects.toThrow();

    expect(group.messages()).toHaveLength(1);
  });

  test("a connection that is cut: not done", async () => {
    telegram.failNext("sendMessage", connectionCut);

    await expect(send()).rejects.toThrow();

    expect(group.messages()).toEqual([]);
  });

  test("an answer that never comes: done", async () => {
    telegram.failNext("sendMessage", doneInSilence);
    const patience = new AbortController();
    const url = `${telegram.apiRoot}/bot${telegram.token}/sendMessage?chat_id=${group.id}&text=Closed`;
    const sending = fetch(url, { signal: patience.signal });

    await group.hears("Closed");
    patience.abort();

    await expect(sending).rejects.toThrow("aborted");
  });

  test("a page of some machine between", async () => {
    telegram.failNext("sendMessage", gatewayPage);

    await expect(send()).rejects.toThrow("JSON");
  });

  test("nobody listening, for a while", async () => {
    await telegram.goesDown();
    await expect(send()).rejects.toThrow();

    await telegram.comesBack();

    expect(await send()).toMatchObject({ ok: true });
  });
});

describe("tests that wait in vain are told what there was instead", () => {
  test("a group", async () => {
    await call("sendMessage", { chat_id: group.id, text: "0 kg" });

    await expect(group.hears("2 kg", 1)).rejects.toThrow('In "Green Court":\nPlusone: 0 kg');
  });

  test("a button", async () => {
    const said = await lin.says("hello");

    await expect(lin.presses(said, "Open")).rejects.toThrow('No button "Open" under "hello"; there are: none.');
  });

  test("a fault's words are those of the Bot API", () => {
    expect(badRequest("chat not found").message).toBe("Bad Request: chat not found");
  });
});
