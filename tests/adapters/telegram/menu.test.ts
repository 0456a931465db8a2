import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter } from "../../../bot/ports.ts";
import { eventually } from "../../support/eventually.ts";
import { type FakeTelegram, serverError, startFakeTelegram } from "../../support/fake-telegram/index.ts";
import { openTelegram } from "./open.ts";

let telegram: FakeTelegram;
let adapter: Adapter;

beforeEach(async () => {
  telegram = await startFakeTelegram();
  adapter = openTelegram(telegram).adapter;
});
afterEach(async () => {
  await adapter.stop();
  await telegram.close();
});

type Menu = readonly { command: string; description: string; is_ephemeral?: boolean }[];
const menuOf = (scope: object, language = "") =>
  telegram.world.commands.get(`${JSON.stringify(scope)} ${language}`.trim()) as Menu | undefined;
const names = (menu: Menu | undefined) => menu?.map(({ command }) => command);

describe("the menu of commands", () => {
  test("shows residents theirs, administrators all, and each in the language of their app", async () => {
    await adapter.start(async () => undefined);
    await telegram.until(() => telegram.world.commands.size === 6);

    const residents = menuOf({ type: "all_group_chats" });
    expect(names(residents)).toEqual(expect.arrayContaining(["my", "tally", "help"]));
    expect(names(residents)).not.toEqual(expect.arrayContaining(["open"]));
    expect(names(menuOf({ type: "all_chat_administrators" }))).toEqual(
      expect.arrayContaining(["open", "close", "my", "settings"]),
    );
    expect(names(menuOf({ type: "all_private_chats" }, "zh"))).toEqual(["settings", "help", "start"]);
    expect(menuOf({ type: "all_group_chats" }, "zh")?.find(({ command }) => command === "my")).toMatchObject({
      description: expect.stringContaining("看自己的订单"),
      is_ephemeral: true,
    });
  });

  test("is set with the next update where Telegram failed at the start", async () => {
    const group = telegram.group("Green Court");
    const opened = openTelegram(telegram);
    adapter = opened.adapter;
    telegram.failNext("setMyCommands", serverError());
    await adapter.start(async () => undefined);
    await eventually("it is told", () => opened.lines.some((line) => line.includes("could not be set yet")));

    await group.user("Lin").says("hello");

    await telegram.until(() => telegram.world.commands.size === 6);
  });

  test("of a chat that writes traditional characters is in those, until it writes others", async () => {
    const group = telegram.group("Green Court");
    const chat = { type: "chat", chat_id: Number(group.id) };
    const leaders = { type: "chat_administrators", chat_id: Number(group.id) };

    await adapter.showMenu?.(group.id, "zh-hant");
    expect(menuOf(chat, "zh")?.find(({ command }) => command === "my")?.description).toContain("看自己的訂單");
    expect(names(menuOf(leaders, "zh"))).toEqual(expect.arrayContaining(["open"]));

    await adapter.showMenu?.(group.id, "en");
    expect(menuOf(chat, "zh")).toBeUndefined();
    expect(menuOf(leaders, "zh")).toBeUndefined();
  });
});
