import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { WeChatOptions } from "../../../adapters/wechat/index.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeWeChat } from "./fake-wechat.ts";
import { Opened, storeFor } from "./opened.ts";

/** A room of ours in which a friend of the account and three others have spoken. */
async function room(options: Partial<WeChatOptions> = {}, leaders: readonly string[] = []) {
  const fake = new FakeWeChat();
  const lin = fake.person("lin", "林", { friend: true });
  const others = ["王姐", "阿罗", "小周"].map((name, index) => fake.person(`p${index}`, name));
  const here = fake.room("green@chatroom", "快乐小区", lin, ...others);
  const store = storeFor(randomUUID());
  await store.bind({ room: "", sessionId: here.id, knownId: here.id, name: "快乐小区", leaders });
  const opened = await Opened.start(fake, options, store);
  for (const each of [lin, ...others]) fake.says(each, here, "你好");
  await opened.text(4);
  const [wang, luo, zhou] = others as [(typeof others)[0], (typeof others)[0], (typeof others)[0]];
  return { fake, opened, lin, wang, luo, zhou, room: here };
}

test("a word that only its person may read goes to friends alone; for others nothing is said", async () => {
  const { fake, opened, lin, wang, room: here } = await room();
  const tell = (to: { id: string }) =>
    opened.wechat.whisper({ chat: here.id, to: to.id, alone: true }, { text: "取货码：1234" });

  await tell(lin);

  await expect(tell(wang)).rejects.toMatchObject({ outcome: "blocked" });
  expect(fake.heardIn(lin).map(({ text }) => text)).toEqual(["取货码：1234"]);
  expect(fake.heardIn(here)).toEqual([]);
  await opened.stop();
  await expect(tell(lin)).rejects.toMatchObject({ outcome: "not-sent" }); // who is a friend is not known now
});

test("several people are told in one message that notifies each of them, and whoever has left is named", async () => {
  const { fake, opened, wang, luo, zhou, room: here } = await room();
  fake.forgetMember(here, zhou.id);
  const words = [wang, luo, zhou].map(({ id }, index) => ({ to: id, text: `🧺 取货码：${index}` }));

  await opened.wechat.mention!(here.id, { words, below: "→ 收到" });

  expect(fake.heardIn(here)).toMatchObject([
    {
      text: "@王姐\u2005🧺 取货码：0\n\n@阿罗\u2005🧺 取货码：1\n\n@小周\u2005🧺 取货码：2\n\n→ 收到",
      mentions: [wang.id, luo.id],
    },
  ]);
});

test("once enough was said today the leaders hear so, once, and are still answered; others are not", async () => {
  const { opened, zhou, wang, room: here } = await room({ pace: { daily: 2, reserve: 1 } }, ["p2"]);
  const full = () =>
    opened.events.flatMap((event) => (event.type === "notice" && event.about.what === "full" ? [event.about] : []));
  const tell = (to: string) => opened.wechat.whisper({ chat: here.id, to }, { text: "好" });
  await tell(wang.id);
  expect(full()).toEqual([]);
  await tell(wang.id);

  await eventually("the leaders hear it", () => full().length === 1);
  await expect(tell(wang.id)).rejects.toMatchObject({ outcome: "not-sent" });
  await tell(zhou.id);
  await expect(tell(zhou.id)).rejects.toMatchObject({ outcome: "not-sent" });
  expect(full()).toEqual([{ what: "full", most: 2 }]);
});

test("who leads by another leader's word is answered from the reserve too, alone and with others", async () => {
  const { opened, zhou, wang, room: here } = await room({ pace: { daily: 1, reserve: 2 } });
  const tell = (more: { isLeader?: true }) =>
    opened.wechat.whisper({ chat: here.id, to: zhou.id, ...more }, { text: "好" });
  await tell({});
  await expect(tell({})).rejects.toMatchObject({ outcome: "not-sent" });

  await tell({ isLeader: true });
  const words = [wang, zhou].map(({ id }) => ({ to: id, text: "有人晚了" }));
  await expect(opened.wechat.mention!(here.id, { words })).rejects.toMatchObject({ outcome: "not-sent" });
  await opened.wechat.mention!(here.id, { words, areLeaders: true });

  await expect(tell({ isLeader: true })).rejects.toMatchObject({ outcome: "not-sent" });
});

test("it counts once for the day, and can be quoted", async () => {
  const { fake, opened, wang, luo, room: here } = await room({ pace: { daily: 2 } });
  const words = [wang, luo].map(({ id }) => ({ to: id, text: "🧺 到了" }));

  const { id } = await opened.wechat.mention!(here.id, { words });
  expect(opened.wechat.deferMs!(here.id, "usual")).toBe(0);
  const [said] = fake.heardIn(here);
  fake.says(luo, here, `「Plusone：${said!.text}」\n- - - - - - - - - - - - - - -\nok`);
  expect(await opened.text(5)).toMatchObject({ text: "ok", replyTo: { id, text: said!.text } });
  await opened.wechat.mention!(here.id, { words });

  await expect(opened.wechat.mention!(here.id, { words })).rejects.toMatchObject({ outcome: "not-sent" });
  expect(opened.wechat.deferMs!(here.id, "usual")).toBeGreaterThan(0);
  expect(fake.heardIn(here)).toHaveLength(2);
});
