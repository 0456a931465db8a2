import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WebhookSettings } from "../../../adapters/telegram/webhook.ts";
import { secretOf } from "../../../adapters/telegram/webhook.ts";
import { Busy } from "../../../bot/gather.ts";
import type { Adapter, Incoming } from "../../../bot/ports.ts";
import {
  answers,
  badRequest,
  connectionCut,
  type FakeGroup,
  type FakeTelegram,
  type FakeUser,
  startFakeTelegram,
} from "../../support/fake-telegram/index.ts";
import { freeWebhook, openTelegram } from "./open.ts";

let telegram: FakeTelegram;
let group: FakeGroup;
let lin: FakeUser;
let webhook: WebhookSettings;
let adapter: Adapter;
let logged: () => Record<string, unknown>[];
let texts: string[];

const hear = async (incoming: readonly Incoming[]) => {
  for (const event of incoming) texts.push("text" in event ? event.text : event.type);
};

beforeEach(async () => {
  telegram = await startFakeTelegram();
  group = telegram.group("Green Court");
  lin = group.user("Lin");
  texts = [];
  webhook = await freeWebhook();
  ({ adapter, logged } = openTelegram(telegram, { webhook }));
});
afterEach(async () => {
  await adapter.stop();
  await telegram.close();
});

/** The status that somebody gets who writes to the webhook. */
function write(body: string, { secret, path = "/telegram", method = "POST" }: Partial<Record<string, string>> = {}) {
  return new Promise<number>((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      ...(secret !== undefined && { "x-telegram-bot-api-secret-token": secret }),
    };
    request({ host: webhook.host, port: webhook.port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .once("error", reject)
      .end(body);
  });
}

const update = JSON.stringify({
  update_id: 5,
  message: { message_id: 1, date: 1, chat: { id: -5, type: "group" }, text: "+2" },
});

describe("Telegram is told", () => {
  test("where to send what, with a secret that is not the token", async () => {
    await adapter.start(hear);

    const [{ args } = expect.unreachable()] = telegram.callsTo("setWebhook");
    expect(args).toMatchObject({ url: webhook.url, allowed_updates: expect.arrayContaining(["my_chat_member"]) });
    expect(args["secret_token"]).toMatch(/^[\w-]{43}$/);
    expect(telegram.token).not.toContain(String(args["secret_token"]));
    expect(telegram.callsTo("getUpdates")).toEqual([]);
  });

  test("later, when it cannot be reached; what was said meanwhile comes then", async () => {
    telegram.failNext("getMe", connectionCut, 2);
    await lin.says("+2 apples");

    await adapter.start(hear);
    await telegram.confirmed();

    expect(texts).toEqual(["+2 apples"]);
  });

  test("an address that it does not take is a fault with advice, and nothing listens there any more", async () => {
    telegram.failNext("setWebhook", answers(badRequest("bad webhook: An HTTPS URL must be provided for webhook")));

    await expect(adapter.start(hear)).rejects.toMatchObject({
      code: "telegram-webhook-refused",
      advice: expect.stringContaining("https://"),
    });

    await expect(write(update)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("a port that is taken is a fault with advice", async () => {
    await adapter.start(hear);
    const second = openTelegram(telegram, { webhook }).adapter;

    await expect(second.start(hear)).rejects.toMatchObject({ code: "webhook-port-taken" });

    await second.stop();
  });
});

describe("an update", () => {
  test("is answered 200 once it is stored, and comes until it is", async () => {
    let failures = 2;
    await adapter.start(async (incoming) => {
      if (failures-- > 0) throw failures ? new Error("no room for +2") : new Busy();
      await hear(incoming);
    });
    await (await lin.says("+2")).confirmed;

    expect(texts).toEqual(["+2"]);
    expect(telegram.world.webhooks.deliveries.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(JSON.stringify(logged())).not.toContain("no room for");
  });

  test("of one chat waits for the one before it, of another does not", async () => {
    const other = telegram.group("Elsewhere").user("Mei");
    let store = () => {};
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    await adapter.start(async (incoming) => {
      if (incoming.some((event) => "text" in event && event.text === "one")) await stored;
      await hear(incoming);
    });
    await lin.says("one");
    const two = await lin.says("two");

    await (await other.says("three")).confirmed;
    expect(texts).toEqual(["three"]);
    store();
    await two.confirmed;

    expect(texts).toEqual(["three", "one", "two"]);
  });

  test("that says nothing to us is taken too", async () => {
    await adapter.start(hear);

    await (await group.otherBotSays("hello")).confirmed;

    expect(texts).toEqual([]);
  });
});

describe("who is not Telegram", () => {
  const secret = () => secretOf(telegram.token);
  const rows: [string, string, () => Partial<Record<string, string>>, number][] = [
    ["without the secret", update, () => ({}), 401],
    ["with a wrong one", update, () => ({ secret: `${secret().slice(0, -1)}!` }), 401],
    ["with a wrong one on another path", update, () => ({ secret: "x", path: "/other" }), 401],
    ["on another path", update, () => ({ secret: secret(), path: "/other" }), 404],
    ["with another method", update, () => ({ secret: secret(), method: "PUT" }), 404],
    ["with what is no JSON", "{", () => ({ secret: secret() }), 400],
    ["with what is no update", '{"message":{}}', () => ({ secret: secret() }), 400],
    ["with more than 256 KB", `{"update_id":1,"x":"${"a".repeat(256 * 1024)}"}`, () => ({ secret: secret() }), 413],
  ];
  test.each(rows)("%s is turned away", async (_why, body, how, status) => {
    await adapter.start(hear);

    expect(await write(body, how())).toBe(status);

    expect(texts).toEqual([]);
  });
});
