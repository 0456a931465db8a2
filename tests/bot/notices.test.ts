import { describe, expect, test } from "vitest";
import type { NoticeIn } from "../../bot/ports.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { memoryTown } from "../support/memory-town.ts";

const since = new Date("2026-11-28T20:01:00+08:00");

describe("what only the adapter knows is told to the leaders, once, and which group it is about", () => {
  const rows: readonly { about: NoticeIn["about"]; heard: RegExp }[] = [
    {
      about: { what: "away", awayFrom: since, awayUntil: new Date(since.getTime() + 8 * 60_000) },
      heard: /nothing in Garden Court between .*20:01.* and .*20:09/,
    },
    { about: { what: "held", name: "Ada", text: "{group} +2" }, heard: /Ada wrote “\{group\} \+2” in Garden Court/ },
    { about: { what: "too-many", most: 500, since }, heard: /500 messages in Garden Court wait.*20:01/ },
    { about: { what: "unread", name: "Ada", since }, heard: /Ada wrote in Garden Court at .*20:01/ },
    { about: { what: "full", most: 120 }, heard: /120 things in Garden Court/ },
  ];
  test.each(rows)("$about.what", async ({ about, heard }) => {
    const chat = new FakeChat();
    const town = await memoryTown([chat]);
    const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
    await lin.opens("Apples $5/kg");
    await ada.says("+1");
    const notice = { type: "notice", platform: "fake", chat: chat.ref, id: "notice-1", at: since, about } as const;

    await chat.deliver(notice);
    await lin.hears(heard);
    await chat.deliver(notice);
    await town.later(0);

    expect([lin.heard(heard), ada.heard(heard)]).toEqual([1, 0]);
  });
});
