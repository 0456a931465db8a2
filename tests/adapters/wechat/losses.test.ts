import { expect, test } from "vitest";
import { MOST_HELD } from "../../../adapters/wechat/held.ts";
import type { NoticeIn } from "../../../bot/ports.ts";
import { eventually } from "../../support/eventually.ts";
import { community } from "./opened.ts";

/** A room of ours in which 王姐 has spoken. */
async function spoken(options?: Parameters<typeof community>[0]) {
  const all = await community(options);
  const { fake, wang, room, opened } = all;
  fake.says(wang, room, "你好");
  await opened.text(1);
  return { ...all, told: (): readonly NoticeIn[] => opened.events.filter((event) => event.type === "notice") };
}

/** What no puppet should bring, and one may. */
const ODD = { not: "text" } as unknown as string;

test("what cannot be read is told to the leaders, once until something can be read again", async () => {
  const { fake, wang, luo, room, opened, told } = await spoken();

  fake.says(wang, room, ODD);
  fake.says(luo, room, ODD);
  fake.says(luo, room, "苹果+1");
  await opened.text(2);
  fake.says(wang, room, ODD);

  await eventually("both gaps are told", () => told().length === 2);
  expect(told().map(({ about, chat }) => [about.what, "name" in about && about.name, chat.id])).toEqual([
    ["unread", "王姐", room.id],
    ["unread", "王姐", room.id],
  ]);
  expect(opened.texts.map(({ text }) => text)).toEqual(["你好", "苹果+1"]);
});

test("more messages than can wait for an answer are told once, from when on they are lost", async () => {
  const { fake, wang, room, opened, told } = await spoken();
  const at = new Date("2026-11-28T20:01:07+08:00");
  fake.says(wang, room, "苹果+1", { at });
  await opened.text(2);

  for (let no = 0; no < MOST_HELD + 2; no++) fake.says(wang, room, "苹果+1", { at });
  await eventually("it is told", () => told().length > 0);
  fake.says(wang, room, "不是");
  await opened.hears(room, /只算一次/);
  fake.says(wang, room, "苹果+2");
  await opened.text(3);

  expect(told().map(({ about }) => about)).toEqual([{ what: "too-many", most: MOST_HELD, since: at }]);
});

test("a question that is never answered keeps no message: it is taken, with the name that was known", async () => {
  const { fake, wang, room, opened, told } = await spoken({ askMs: 50 });
  fake.hangs.add("roomMemberRawPayload");
  wang.payload.name = "王大姐";
  fake.puppet!.emit("room-topic", {
    ...{ changerId: wang.id, oldTopic: "快乐小区", newTopic: "快乐小区", roomId: room.id, timestamp: Date.now() },
  });

  fake.says(wang, room, "苹果+2");

  expect(await opened.text(2)).toMatchObject({ text: "苹果+2", sender: { id: "wang", name: "王姐" } });
  expect(told()).toEqual([]);
});

test("a login in which the rooms are never told is given up for another", async () => {
  const { fake, wang, room, opened } = await spoken({
    ...{ askMs: 50, watch: { retryMs: 20, settleMs: 10, dingMs: 100, silentMs: 60_000 } },
  });
  fake.hangs.add("roomList");
  fake.puppet!.emit("error", new Error("14 UNAVAILABLE: Connection dropped") as never);
  await eventually("there were logins without rooms", () => fake.logins >= 3);
  fake.hangs.clear();

  await eventually("it says something in the room", async () => {
    await opened.wechat.post(room.id, { text: "好" }).catch(() => undefined);
    return fake.heardIn(room).length > 0;
  });
  fake.says(wang, room, "苹果+2");
  await opened.text(2);
});

const HASTY = { watch: { findMs: 20 } };

test("a puppet that begins anew by itself loses nothing that is said meanwhile", async () => {
  const { fake, wang, room, opened, told } = await spoken(HASTY);
  await fake.puppet!.logout();
  fake.says(wang, room, "苹果+2");
  fake.puppet!.logIn();

  expect(await opened.text(2)).toMatchObject({ text: "苹果+2", sender: { id: "wang", name: "王姐" } });
  expect(told()).toEqual([]);
});

test("a message that the puppet announces and never tells is told to the leaders", async () => {
  const { fake, wang, room, opened, told } = await spoken(HASTY);

  fake.repeats("of nobody");
  fake.repeats("of nobody else");

  await eventually("it is told", () => told().length > 0);
  expect(told()).toMatchObject([{ chat: { id: room.id }, about: { what: "unread", name: "?" } }]);
  fake.says(wang, room, "苹果+2");
  await opened.text(2);
});
