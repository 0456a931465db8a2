import { describe, expect, test } from "vitest";
import { parseEvent } from "../../../../bot/cli/replay/transcript.ts";
import { replayRaw } from "./script.ts";

describe("a line of a transcript", () => {
  const message = { at: "2026-11-21T10:00:00+08:00", chat: "g1", id: "1", from: "u1", name: "Ann", text: "+1" };
  const rows: { line: string; wrong: RegExp; why: string }[] = [
    { line: "1", wrong: /JSON object/, why: "a number is no event" },
    { line: "{", wrong: /not JSON/, why: "cut off" },
    {
      line: JSON.stringify({ ...message, at: "2026-11-21T10:00:00" }),
      wrong: /offset/,
      why: "a time without an offset",
    },
    { line: JSON.stringify({ ...message, at: "2026-13-41T10:00:00Z" }), wrong: /"at"/, why: "no such day" },
    { line: JSON.stringify({ ...message, chat: undefined }), wrong: /"chat"/, why: "no chat" },
    { line: JSON.stringify({ ...message, from: undefined }), wrong: /"from"/, why: "nobody said it" },
    { line: JSON.stringify({ ...message, text: 1 }), wrong: /"text"/, why: "no text" },
  ];
  for (const { line, wrong, why } of rows) {
    test(`that is ${why} is left out with a word`, () => {
      expect(parseEvent(line)).toMatch(wrong);
    });
  }

  test("may give ids as numbers", () => {
    expect(parseEvent(JSON.stringify({ ...message, id: 7, chat: -100 }))).toMatchObject({ id: "7", chat: "-100" });
  });
});

test("a chat exported by Telegram Desktop plays like a transcript", async () => {
  const said = (id: number, from: string, date: string, text: unknown, more: object = {}) => ({
    id,
    type: "message",
    date,
    from,
    from_id: `user${from.length}`,
    text,
    ...more,
  });
  const result = {
    name: "3栋邻居",
    type: "private_supergroup",
    id: 1234,
    messages: [
      { id: 1, type: "service", date: "2026-11-21T09:00:00", actor: "Natalie", action: "create_group", text: "" },
      said(2, "Natalie", "2026-11-21T10:00:00", ["/open ", { type: "bold", text: "苹果" }, " 5元/斤，今晚8点截单"]),
      said(3, "Ann", "2026-11-21T10:01:00", "+2", { date_unixtime: "1795226460" }),
      said(4, "Benny", "2026-11-21T10:02:00", "3", { reply_to_message_id: 2 }),
      said(5, "Benny", "2026-11-21T10:03:00", "/close"),
      said(6, "Ann", "2026-11-21T20:00:01", "+1"),
    ],
  };

  const output = JSON.parse(await replayRaw(JSON.stringify(result), "--format", "telegram"));

  expect(output.buys).toMatchObject([
    {
      status: "closed",
      chats: ["1234"],
      orders: [
        { name: "Ann", amount: "10.00" },
        { name: "Benny", amount: "15.00" },
      ],
      late: ["6"],
    },
  ]);
});

test("in an export only people order, to whomever they say it: no bot, no channel, nobody in the chat's own name, who may lead", async () => {
  const said = (id: number, from: string | null, from_id: string, text: unknown, more: object = {}) => ({
    ...{ id, type: "message", date: `2026-11-21T10:00:${10 + id}`, from, from_id, text },
    ...more,
  });
  const buttons = { inline_bot_buttons: [[{ type: "callback", text: "+1", data: "" }]] };
  const result = {
    ...{ name: "Garden Court", type: "private_supergroup", id: 77 },
    messages: [
      said(1, "Garden Court", "channel77", "/open Apples $5/kg"),
      said(2, "Garden Helper", "user9", "Apples: 2 kg apples", buttons),
      said(3, "Ann", "user1", "3", { reply_to_message_id: 2 }),
      said(4, "Fruit News", "channel5", "2 kg apples"),
      said(5, null, "user2", "2 kg apples", { forwarded_from: "Garden Helper", ...buttons }),
      said(6, "Cy", "user3", "4", { reply_to_message_id: 2, reply_to_peer_id: "channel5" }),
      said(7, "Garden Court", "channel77", "2 kg apples"),
      said(8, "Lin", "user4", "@garden_bot 1 kg apples"),
      said(9, "Ann", "user1", "/close"),
      said(10, "Garden Court", "channel77", "/close"),
    ],
  };

  const output = JSON.parse(
    await replayRaw(`\ufeff${JSON.stringify(result)}`, "--format", "telegram", "--leader", "Lin"),
  );

  expect(output.buys).toMatchObject([
    {
      status: "closed",
      orders: [
        { name: "Ann", amount: "15.00" },
        { name: "user2", amount: "10.00" },
        { name: "Lin", amount: "5.00" },
      ],
    },
  ]);
  expect(output.buys[0].orders).toHaveLength(3);
});

test("a file that is no export, a zone or a format that does not exist are refused with advice", async () => {
  await expect(replayRaw("", "--format", "telegram", "no-such-file.json")).rejects.toMatchObject({
    code: "replay-export",
  });
  await expect(replayRaw("[]", "--format", "telegram")).rejects.toMatchObject({ code: "replay-export" });
  await expect(replayRaw("", "--zone", "Mars/Olympus")).rejects.toMatchObject({ code: "replay-arguments" });
  await expect(replayRaw("", "--format", "line")).rejects.toMatchObject({ code: "replay-arguments" });
  await expect(replayRaw("", "--unknown")).rejects.toMatchObject({ code: "replay-arguments" });
});

test("an empty transcript gives no buys", async () => {
  expect(JSON.parse(await replayRaw("\n"))).toEqual({ buys: [], unclear: [], ignored: 0 });
});
