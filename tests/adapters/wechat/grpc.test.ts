import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { openPuppet } from "../../../adapters/wechat/puppet.ts";
import type { NoticeIn } from "../../../bot/ports.ts";
import { eventually } from "../../support/eventually.ts";
import { Gateway, TOKEN } from "./gateway.ts";
import { Opened, ownFolder, storeFor } from "./opened.ts";

/** A login is given up soon, so that a test need not wait. */
const watch = { dingMs: 200, silentMs: 3_000, settleMs: 50, retryMs: 50, mostRetryMs: 200 };

async function connected(gateway: Gateway, more: { token?: string; store?: ReturnType<typeof storeFor> } = {}) {
  const folder = ownFolder();
  const { fake, endpoint, tls } = gateway;
  const open = () => openPuppet({ name: "wechaty-puppet-service", token: more.token ?? TOKEN, endpoint, tls }, folder);
  const opened = await Opened.start(
    fake,
    { open, folder, watch, presenceMs: 50 },
    more.store ?? storeFor(randomUUID()),
  );
  return { opened, folder };
}

async function community(tls = true) {
  const gateway = await Gateway.start(tls);
  const { fake } = gateway;
  const ada = fake.person("ada", "团长");
  const wang = fake.person("wang", "王姐");
  const room = fake.room("green@chatroom", "快乐小区", ada, wang);
  const store = storeFor(randomUUID());
  await store.bind({ room: "", sessionId: room.id, knownId: room.id, name: "快乐小区", leaders: [] });
  return { gateway, fake, ada, wang, room, store, ...(await connected(gateway, { store })) };
}

for (const tls of [true, false]) {
  test(`through a gateway ${tls ? "with" : "without"} TLS people are heard and answered`, async () => {
    const { opened, fake, wang, room } = await community(tls);
    fake.nicknames.set(`${room.id}:${wang.id}`, "3栋王姐");

    const id = fake.says(wang, room, "+2 苹果 🍎\n谢谢");
    expect(await opened.text(1)).toMatchObject({
      ...{ id, text: "+2 苹果 🍎\n谢谢", chat: { id: room.id, title: "快乐小区" } },
      sender: { id: wang.id, name: "3栋王姐" },
    });
    const { id: posted } = await opened.wechat.post(room.id, { text: "苹果 2" });
    await opened.wechat.whisper({ chat: room.id, to: wang.id }, { text: "您订了 2" });
    const data = Buffer.from("PK".repeat(50_000));
    await opened.wechat.giveDocument!({ chat: wang.id, to: wang.id }, { name: "名单.xlsx", data });

    expect(fake.heardIn(room)).toMatchObject([
      { id: posted, text: "苹果 2" },
      { text: "@3栋王姐\u2005您订了 2", mentions: [wang.id] },
    ]);
    expect(fake.files).toEqual([{ to: wang.id, name: "名单.xlsx", data }]);
  });
}

describe("a gateway", () => {
  test("that is started again is connected to again, and the leaders hear of a pause", async () => {
    let now = new Date();
    const gateway = await Gateway.start(true);
    const { fake } = gateway;
    const wang = fake.person("wang", "王姐");
    const room = fake.room("green@chatroom", "快乐小区", wang);
    const store = storeFor(randomUUID());
    await store.bind({ room: "", sessionId: room.id, knownId: room.id, name: "快乐小区", leaders: [] });
    const folder = ownFolder();
    const open = () =>
      openPuppet({ name: "wechaty-puppet-service", token: TOKEN, endpoint: gateway.endpoint, tls: true }, folder);
    const opened = await Opened.start(fake, { open, folder, watch, now: () => now }, store);
    fake.says(wang, room, "+2 苹果");
    await opened.text(1);
    const from = now;

    await gateway.stop();
    await eventually("the account is away", () => !opened.wechat.isReady);
    now = new Date(now.getTime() + 9 * 60_000);
    await gateway.start();
    await eventually("the account is back", () => opened.wechat.isReady);
    fake.says(wang, room, "+1 梨");

    await opened.text(2);
    const notices = opened.events.filter((event): event is NoticeIn => event.type === "notice");
    expect(notices).toMatchObject([{ chat: { id: room.id }, about: { what: "away", awayFrom: from, awayUntil: now } }]);
  });

  test("that accepts another token only is told to the operator, without the token, and the rest goes on", async () => {
    const gateway = await Gateway.start(true);
    const lines: string[] = [];
    const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
    const folder = ownFolder();
    const token = "insecure_wrong";

    const opened = await Opened.start(gateway.fake, {
      open: () => openPuppet({ name: "wechaty-puppet-service", token, endpoint: gateway.endpoint, tls: true }, folder),
      ...{ folder, watch, log },
    });

    expect(opened.wechat.isReady).toBe(false);
    await expect(opened.wechat.post("green@chatroom", { text: "hello" })).rejects.toMatchObject({
      outcome: "not-sent",
    });
    await eventually("the log says so", () => lines.some((line) => line.includes("does not accept the token")));
    expect(lines.join("")).not.toContain(token);
  });

  test("that brings a message twice, a recall late, and an old topic, brings nothing twice and nothing wrong", async () => {
    const { opened, fake, wang, room } = await community();

    const id = fake.says(wang, room, "+2 苹果");
    fake.repeats(id);
    await opened.text(1);
    room.topic("快乐小区团购").by(wang);
    await eventually("the topic is known", () => {
      fake.says(wang, room, "嗯");
      return opened.texts.at(-1)?.chat.title === "快乐小区团购";
    });
    fake.says(wang, room, "+1 梨");
    await eventually("it is heard", () => opened.texts.some(({ text }) => text === "+1 梨"));
    fake.recalls(wang, room, id);
    fake.recalls(wang, room, "of-last-week");

    await eventually("both recalls arrive", () => opened.events.filter(({ type }) => type === "recall")[1]);
    const orders = opened.texts.filter(({ text }) => text !== "嗯");
    expect(orders.map(({ text, chat }) => [text, chat.title])).toEqual([
      ["+2 苹果", "快乐小区"],
      ["+1 梨", "快乐小区团购"],
    ]);
    expect(opened.events.flatMap((event) => (event.type === "recall" ? [event.id] : []))).toEqual([id, "of-last-week"]);
  });

  test("leaves nothing outside of our folder, where nobody else can look", async () => {
    const { opened, fake, wang, room, folder } = await community();
    fake.says(wang, room, "+2 苹果");
    await opened.text(1);

    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, "login.memory-card.json")).mode & 0o777).toBe(0o600);
    const caches = readdirSync(join(folder, "caches"));
    expect(caches).toHaveLength(1); // of this login
    expect(readdirSync(join(folder, "caches", caches[0]!))).not.toEqual([]);
    expect(existsSync(join(process.env["HOME"] ?? "/", ".wechaty", "wechaty-puppet-service", TOKEN))).toBe(false);
  });
});
