import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { FakeWeChat } from "./fake-wechat.ts";
import { Opened, storeFor } from "./opened.ts";

/** A community whose leader has shown the code, with two residents who have spoken. */
async function community() {
  const fake = new FakeWeChat();
  const ada = fake.person("ada1", "团长");
  const wang = fake.person("wang1", "王姐");
  const room = fake.room("green1@chatroom", "快乐小区", ada, wang);
  const store = storeFor(randomUUID());
  const opened = await Opened.start(fake, {}, store);
  fake.says(ada, room, await opened.code());
  await eventually("the room is ours", () => opened.events.find(({ type }) => type === "membership"));
  fake.says(wang, room, "+2 苹果");
  await opened.text(1);
  return { fake, ada, wang, room, store, opened };
}

/** The same people and room at the next login of the web's protocol: every id is new. */
async function afterLogin() {
  const before = await community();
  await before.opened.stop();
  const { fake, store } = before;
  fake.forget(before.room);
  const ada = fake.person("ada2", "团长");
  const wang = fake.person("wang2", "王姐");
  const room = fake.room("green2@chatroom", "快乐小区", ada, wang);
  const opened = await Opened.start(fake, {}, store);
  return { fake, ada, wang, room, store, opened };
}

describe("a room", () => {
  test("is ours once somebody writes the server's code in it, and that person leads", async () => {
    const { opened, ada, wang, room } = await community();

    expect(opened.events[0]).toMatchObject({
      ...{ type: "membership", change: "added", chat: { id: room.id, title: "快乐小区" } },
      sender: { id: ada.id, name: "团长" },
    });
    expect(await opened.wechat.isAdministrator(room.id, ada.id)).toBe(true);
    expect(await opened.wechat.isAdministrator(room.id, wang.id)).toBe(false);
    expect(opened.texts.map(({ text }) => text)).toEqual(["+2 苹果"]);
  });

  test("in which nobody did is none of our business: nothing is read, nothing said", async () => {
    const { opened, fake, ada, room } = await community();
    const family = fake.room("family@chatroom", "家人", ada);

    fake.says(ada, family, "+2 饺子");
    fake.says(ada, family, "PLUS-AAAAAA");
    fake.says(ada, family, "/open 苹果 5元");
    fake.says(ada, room, "早"); // what comes first is read first

    await opened.text(2);
    expect(opened.texts.map(({ text }) => text)).toEqual(["+2 苹果", "早"]);
    expect(fake.heardIn(family)).toEqual([]);
  });

  test("a code counts once, and a wrong one is told", async () => {
    const { opened, fake, wang, ada, room } = await community();
    const code = await opened.code();

    fake.says(wang, room, "PLUS-AAAAAA");
    await opened.hears(room, /不认识这个代码/);
    expect(await opened.wechat.isAdministrator(room.id, wang.id)).toBe(false);
    fake.says(wang, room, code.toLowerCase());
    await eventually("she leads", () => opened.wechat.isAdministrator(room.id, wang.id));
    fake.says(fake.person("eve", "Eve"), room, code);
    await opened.hears(room, /@Eve.*不认识这个代码/s);

    expect(await opened.wechat.isAdministrator(room.id, "eve")).toBe(false);
    expect(await opened.wechat.isAdministrator(room.id, ada.id)).toBe(true);
  });

  test("that has another id after a login is asked who it is, once, and what is said meanwhile waits for the code", async () => {
    const { opened, fake, ada, wang, room } = await afterLogin();
    const stranger = fake.person("luo2", "阿罗");

    fake.says(stranger, room, "+1 梨");
    await opened.hears(room, /请团长发一下服务器上显示的“快乐小区”的代码/);
    expect(opened.texts).toEqual([]);
    fake.says(stranger, room, "+1 枣");
    fake.says(ada, room, await opened.code(/快乐小区/));

    await opened.text(2);
    expect(opened.texts.map(({ chat, sender, text }) => [chat.id, sender.id, text])).toEqual([
      ["green1@chatroom", "luo2", "+1 梨"],
      ["green1@chatroom", "luo2", "+1 枣"],
    ]);
    expect(fake.heardIn(room).filter(({ text }) => text.includes("换了编号"))).toHaveLength(1);
    expect(await opened.wechat.isAdministrator("green1@chatroom", "ada1")).toBe(true);
    expect(fake.said.some(({ from, text }) => from === wang.id && text === "")).toBe(false);
  });

  test("what waits for its room is not lost with the process", async () => {
    const { opened, fake, ada, room, store } = await afterLogin();
    fake.says(fake.person("luo2", "阿罗"), room, "+1 梨");
    await opened.hears(room, /换了编号/);
    await opened.stop();

    const again = await Opened.start(fake, {}, store);
    fake.says(ada, room, await again.code(/快乐小区/));

    expect(await again.text(1)).toMatchObject({ text: "+1 梨", sender: { id: "luo2" }, sentAt: expect.any(Date) });
  });

  test("what has waited through a pause is no repetition: it was never taken", async () => {
    const { opened, fake, ada, room, store } = await afterLogin();
    fake.says(fake.person("luo2", "阿罗"), room, "+1 梨");
    await opened.hears(room, /换了编号/);
    await opened.stop();

    const again = await Opened.start(fake, { now: () => new Date(Date.now() + 3_600_000) }, store);
    fake.says(ada, room, await again.code(/快乐小区/));

    expect(await again.text(1)).toMatchObject({ text: "+1 梨" });
    expect(again.events.some((event) => event.type === "notice" && event.about.what === "away")).toBe(true);
  });

  test("what waits for more than a week is forgotten", async () => {
    const { opened, fake, ada, room, store } = await afterLogin();
    fake.says(fake.person("luo2", "阿罗"), room, "+1 梨");
    await opened.hears(room, /换了编号/);
    await opened.stop();

    const again = await Opened.start(fake, { now: () => new Date(Date.now() + 8 * 24 * 3_600_000) }, store);
    fake.says(ada, room, await again.code(/快乐小区/));
    await again.hears(room, /认出来了/);
    await again.stop();

    expect(again.texts).toEqual([]);
    expect((await store.load()).held).toEqual([]);
  });

  test("of the same name in somebody else's hands stays apart, whatever was said there", async () => {
    const { opened, fake, ada, room } = await afterLogin();
    const other = fake.room("other2@chatroom", "快乐小区", fake.person("eve2", "Eve"));

    fake.says(fake.person("fay2", "Fay"), other, "+9 苹果");
    fake.says(fake.person("luo2", "阿罗"), room, "+1 梨");
    await opened.hears(room, /换了编号/);
    fake.says(ada, room, await opened.code(/快乐小区/));
    fake.says(ada, room, "早");

    await opened.text(2);
    expect(opened.texts.map(({ text }) => text)).toEqual(["+1 梨", "早"]);
  });

  test("is posted to under its new id, and not before it is found", async () => {
    const { opened, fake, ada, room } = await afterLogin();
    const list = { text: "最终名单" };

    expect(opened.wechat.deferMs?.("green1@chatroom", "now")).toBeGreaterThan(0);
    await expect(opened.wechat.post("green1@chatroom", list)).rejects.toMatchObject({ outcome: "not-sent" });
    fake.says(ada, room, "大家好");
    await opened.hears(room, /换了编号/);
    fake.says(ada, room, await opened.code(/快乐小区/));
    await opened.hears(room, /认出来了/);

    await opened.wechat.post("green1@chatroom", list);
    expect(fake.heardIn(room).at(-1)?.text).toBe("最终名单");
    expect(opened.wechat.deferMs?.("green1@chatroom", "now")).toBe(0);
  });
});

describe("a person", () => {
  /** The room is found again; nobody in it has spoken but the leader. */
  async function found() {
    const all = await afterLogin();
    all.fake.says(all.ada, all.room, "早");
    await all.opened.hears(all.room, /换了编号/);
    all.fake.says(all.ada, all.room, await all.opened.code(/快乐小区/));
    await all.opened.hears(all.room, /认出来了/);
    await all.opened.text(1);
    return all;
  }

  test("who bears the name of somebody from before is asked, and a yes makes them the same", async () => {
    const { opened, fake, wang, room } = await found();

    fake.says(wang, room, "苹果要3");
    expect(await opened.hears(room, /您是之前在这里订过的王姐吗/)).toContain("“苹果要3”我先存着");
    fake.says(wang, room, "再来2梨");
    fake.says(wang, room, "是");

    await opened.text(3);
    expect(opened.texts.slice(1).map(({ sender, text }) => [sender, text])).toEqual([
      [{ id: "wang1", name: "王姐" }, "苹果要3"],
      [{ id: "wang1", name: "王姐" }, "再来2梨"],
    ]);
    fake.says(wang, room, "+1 枣");
    expect((await opened.text(4)).sender.id).toBe("wang1");
  });

  test("who writes to the account alone is who they are in the room, and is answered alone", async () => {
    const { opened, fake, wang, room } = await found();
    fake.says(wang, room, "苹果要3");
    await opened.hears(room, /您是之前/);
    fake.says(wang, room, "是");
    await opened.text(2);

    fake.says(wang, fake.self, "已付");

    const alone = await opened.text(3);
    expect(alone).toMatchObject({ chat: { id: "wang2", kind: "direct" }, sender: { id: "wang1" }, text: "已付" });
    await opened.wechat.whisper({ chat: alone.chat.id, to: alone.sender.id }, { text: "记下了" });
    expect(fake.heardIn(wang)).toMatchObject([{ text: "记下了" }]);
  });

  test("who writes to the account alone, and is somebody else in each of two rooms, is asked to write there", async () => {
    const { opened, fake, ada, wang, room } = await found();
    fake.says(wang, room, "苹果要3");
    await opened.hears(room, /您是之前/);
    fake.says(wang, room, "是");
    await opened.text(2);
    const second = fake.room("blue1@chatroom", "蓝天", ada, wang);
    fake.says(ada, second, await opened.code());
    fake.says(wang, second, "+1 苹果");
    await opened.text(3);

    fake.says(wang, fake.self, "已付");

    await opened.hears(wang, /请到要说的那个群里/);
    expect(opened.texts.map(({ text }) => text)).not.toContain("已付");
  });

  test("who says no is somebody new", async () => {
    const { opened, fake, wang, room } = await found();

    fake.says(wang, room, "苹果要3");
    await opened.hears(room, /您是之前/);
    fake.says(wang, room, "不是");

    expect(await opened.text(2)).toMatchObject({ text: "苹果要3", sender: { id: "wang2" } });
  });

  test("who bears a leader's name shows the code: a yes is not enough", async () => {
    const { opened, fake, room } = await found();
    const boss = fake.person("boss3", "团长");
    fake.forgetMember(room, "ada2");

    fake.says(boss, room, "/close");
    await opened.hears(room, /如果您是这里的团长团长，请发一下服务器上显示的代码/);
    fake.says(boss, room, "是");
    const asked = () => fake.heardIn(room).filter(({ text }) => text.includes("如果您是这里的团长团长"));
    await eventually("they are asked again", () => asked().length === 2);
    expect(opened.texts.map(({ text }) => text)).toEqual(["早"]);
    fake.says(boss, room, await opened.code());

    expect(await opened.text(2)).toMatchObject({ text: "/close", sender: { id: "ada1" } });
  });

  test("of a name that somebody else in the room bears is simply another person", async () => {
    const { opened, fake, room } = await community();
    const double = fake.person("wang9", "王姐");
    room.payload.memberIdList.push(double.id);

    fake.says(double, room, "+3 苹果");

    expect(await opened.text(2)).toMatchObject({ text: "+3 苹果", sender: { id: "wang9", name: "王姐" } });
  });

  test("keeps who they are under another name in the room", async () => {
    const { opened, fake, wang, room } = await community();

    fake.nicknames.set(`${room.id}:${wang.id}`, "3栋王姐");
    room.add(fake.person("new1", "新来")).by(wang); // which makes the puppet look at the members anew
    fake.says(wang, room, "+1 苹果");

    expect((await opened.text(2)).sender).toEqual({ id: "wang1", name: "3栋王姐" });
  });

  test("who does not answer is told to the leaders, with what they said, once", async () => {
    let now = new Date("2026-11-28T12:00:00+08:00");
    const before = await afterLogin();
    await before.opened.stop();
    const { fake, ada, wang, room, store } = before;
    const opened = await Opened.start(fake, { now: () => now, presenceMs: 20 }, store);
    fake.says(ada, room, "早");
    await opened.hears(room, /换了编号/);
    fake.says(ada, room, await opened.code(/快乐小区/));
    await opened.hears(room, /认出来了/);
    fake.says(wang, room, "苹果要3");
    await opened.hears(room, /您是之前/);

    const told = () =>
      opened.events.flatMap((event) => (event.type === "notice" && event.about.what === "held" ? [event] : []));
    now = new Date(now.getTime() + 11 * 60_000);
    await eventually("the leaders are told", () => told().length === 1);
    fake.says(wang, room, "梨要2");
    await eventually("it waits too", async () => (await store.load()).held.length === 2);
    now = new Date(now.getTime() + 11 * 60_000);
    await eventually("they are told of that", () => told().length > 1);

    const chat = { id: "green1@chatroom" };
    expect(told()).toMatchObject([
      { chat, about: { name: "王姐", text: "苹果要3" } },
      { chat, about: { name: "王姐", text: "梨要2" } },
    ]);
  });
});
