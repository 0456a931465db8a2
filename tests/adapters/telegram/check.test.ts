import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkTelegram } from "../../../adapters/telegram/check.ts";
import { type FakeTelegram, gatewayPage, startFakeTelegram } from "../../support/fake-telegram/index.ts";

let telegram: FakeTelegram;

beforeEach(async () => {
  telegram = await startFakeTelegram();
});
afterEach(() => telegram.close());

const check = (token = telegram.token) =>
  checkTelegram({ token, apiRoot: `${telegram.apiRoot}/`, log: pino({ level: "silent" }) });

test("a token that is known: the bot's name, and what it reads", async () => {
  expect(await check()).toBe("@plusone_test_bot, reads all messages of its groups; asked for updates");
});

test("who gets the updates is told, without asking for any, and no path", async () => {
  const lin = telegram.group("Green Court").user("Lin");
  await lin.says("+2");
  telegram.world.webhook = "https://other.example/secret-path";

  const found = await check();

  expect(found).toMatch(/a webhook at other\.example gets its updates.*stop the program there.*1 updates wait/);
  expect(found).not.toContain("secret-path");
  expect(telegram.callsTo("getUpdates")).toEqual([]);
});

test("the own webhook is told with its last failure", async () => {
  const webhook = { url: "https://ours.example/hook", host: "127.0.0.1", port: 1 };
  telegram.world.webhook = webhook.url;
  telegram.world.webhooks.lastError = { date: 1, message: "Connection refused" };

  const found = await checkTelegram({
    ...{ token: telegram.token, apiRoot: telegram.apiRoot, webhook },
    log: pino({ level: "silent" }),
  });

  expect(found).toMatch(/sends updates to the webhook; it says of the last failure: Connection refused/);
});

test("privacy mode is told", async () => {
  telegram.world.bot.can_read_all_group_messages = false;

  expect(await check()).toContain("only where it is an administrator");
});

test("a token that is not known: what to do", async () => {
  await expect(check("123:unknown")).rejects.toMatchObject({
    code: "telegram-token-refused",
    advice: expect.stringContaining("BotFather"),
  });
});

test("no answer: what to look at, and no token", async () => {
  telegram.failNext("getMe", gatewayPage);
  await expect(check()).rejects.toMatchObject({ message: "Telegram does not answer (unreadable answer)." });

  await telegram.goesDown();
  await expect(check()).rejects.toMatchObject({
    code: "telegram-not-reached",
    message: "Telegram does not answer (ECONNREFUSED).",
    advice: expect.stringContaining("network"),
  });
});
