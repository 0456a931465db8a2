import { randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { openPuppet } from "../../../adapters/wechat/puppet.ts";
import { holdAlone } from "../../../prisma/hold.ts";
import { eventually } from "../../support/eventually.ts";
import { ownDatabase } from "../../support/scenario.ts";
import { FakeWeChat } from "./fake-wechat.ts";
import { Opened, ownFolder, storeFor } from "./opened.ts";

/** Silence that a busy machine does not bring about by itself. */
const watch = { dingMs: 100, silentMs: 2_000, settleMs: 10, loginMs: 60_000, retryMs: 20, mostRetryMs: 100 };
const LIST = { text: "最终名单" };

/** A room that is ours already. */
async function known(fake: FakeWeChat, id = "green@chatroom") {
  const wang = fake.person("wang", "王姐");
  const room = fake.room(id, "快乐小区", wang);
  const store = storeFor(randomUUID());
  await store.bind({ room: "", sessionId: room.id, knownId: room.id, name: "快乐小区", leaders: [] });
  return { wang, room, store };
}

describe("logging in", () => {
  test("by a QR code is left to the operator: in the terminal and on a page that nobody can guess", async () => {
    const fake = new FakeWeChat();
    fake.logsInAtOnce = false;
    const lines: string[] = [];
    const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });

    const { wechat, shown } = await Opened.start(fake, { log });

    expect(wechat.isReady).toBe(false);
    await eventually("the code is in the terminal", () => shown.find((text) => text.includes("Scan this")));
    expect(shown.join("")).toContain(wechat.page);
    const page = await fetch(wechat.page!);
    expect(await page.text()).toMatch(/<img alt="QR code" src="data:image\/png;base64,/);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await fetch(new URL("/", wechat.page))).status).toBe(404);
    expect((await fetch(`${wechat.page}0`)).status).toBe(404);
    expect(lines.join("")).not.toMatch(/login\.weixin|PLUS-/);
    await expect(wechat.post("green@chatroom", LIST)).rejects.toMatchObject({ outcome: "not-sent" });

    fake.puppet?.logIn();

    await eventually("it is logged in", () => wechat.isReady);
    expect(await fetch(wechat.page!).then((response) => response.text())).toMatch(/Logged in\./);
  });

  test("a page shows what people call a room as text, whatever that is", async () => {
    const fake = new FakeWeChat();
    const store = storeFor(randomUUID());
    const name = `<script>alert("1")</script>`;
    await store.bind({ room: "", sessionId: "old@chatroom", knownId: "old@chatroom", name, leaders: [] });

    const { wechat } = await Opened.start(fake, {}, store);

    const page = await fetch(wechat.page!).then((response) => response.text());
    expect(page).toContain("&#60;script&#62;");
    expect(page).not.toContain("<script");
  });

  test("the file with which the account logs in again is ours alone before anything is in it", async () => {
    const folder = ownFolder();
    await Opened.start(new FakeWeChat(), { folder });

    const file = join(folder, "login.memory-card.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({});
  });

  test("with a package that is not installed says in one line what to do", async () => {
    const opening = openPuppet({ name: "wechaty-puppet-of-nobody" }, ownFolder());

    await expect(opening).rejects.toMatchObject({
      code: "wechat-not-installed",
      advice: expect.stringMatching(/^Run: npm install wechaty-puppet-of-nobody\./),
    });
  });

  test("that cannot even begin does so in the foreground: Plusone does not start", async () => {
    const open = () => openPuppet({ name: "wechaty-puppet-of-nobody" }, ownFolder());

    await expect(Opened.start(new FakeWeChat(), { open })).rejects.toMatchObject({ code: "wechat-not-installed" });
  });
});

describe("a login that has died", () => {
  test("gives no more signs of life, and is replaced", async () => {
    const fake = new FakeWeChat();
    const { wang, room, store } = await known(fake);
    const opened = await Opened.start(fake, { watch }, store);
    const first = fake.puppet!;

    first.isDeaf = true;

    await eventually("there is another login", () => fake.logins === 2 && opened.wechat.isReady);
    expect(fake.puppet).not.toBe(first);
    fake.says(wang, room, "+2 苹果");
    await opened.text(1);
  });

  test("says so by an error, of many of which one new login comes", async () => {
    const fake = new FakeWeChat();
    const opened = await Opened.start(fake, { watch: { ...watch, silentMs: 60_000 } });

    for (let errors = 0; errors < 20; errors++) {
      fake.puppet?.emit("error", { data: "14 UNAVAILABLE: Connection dropped", gerror: "14 UNAVAILABLE" });
    }

    await eventually("there is another login", () => fake.logins === 2 && opened.wechat.isReady);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(fake.logins).toBe(2);
  });

  test("loses nothing of what had arrived before it", async () => {
    const fake = new FakeWeChat();
    const { wang, room, store } = await known(fake);
    const opened = await Opened.start(fake, { watch }, store);
    fake.says(wang, room, "+1 枣");
    await opened.text(1);

    fake.says(wang, room, "+2 苹果");
    fake.says(wang, room, "+1 梨");
    void fake.puppet!.logout("kicked");

    await opened.text(3);
    expect(opened.texts.map(({ text, sender }) => [text, sender.name])).toEqual([
      ["+1 枣", "王姐"],
      ["+2 苹果", "王姐"],
      ["+1 梨", "王姐"],
    ]);
  });

  test("that cannot even begin anew is tried until it can", async () => {
    const fake = new FakeWeChat();
    let tries = 0;
    const open = async () => {
      tries++;
      if (tries === 2 || tries === 3) throw new Error("no such gateway");
      return fake.asPuppet();
    };
    const opened = await Opened.start(fake, { watch, open });

    fake.puppet!.isDeaf = true;

    await eventually("there is another login", () => tries >= 4 && opened.wechat.isReady);
  });

  test("an error that means nothing changes nothing", async () => {
    const fake = new FakeWeChat();
    const { wang, room, store } = await known(fake);
    const opened = await Opened.start(fake, { watch: { ...watch, silentMs: 60_000 } }, store);

    fake.puppet?.emit("error", { data: "no payload found for id x@chatroom", gerror: "no payload found" });
    fake.says(wang, room, "+2 苹果");

    await opened.text(1);
    expect(fake.logins).toBe(1);
  });
});

test("one process has the account; when it ends, or loses its database, the next takes over with all that is known", async () => {
  const fake = new FakeWeChat();
  const { wang, room, store } = await known(fake);
  const database = await ownDatabase();
  const hold = (signal: AbortSignal) => holdAlone(database, "wechat", signal);
  const first = await Opened.start(fake, { hold }, store);
  const second = await Opened.start(fake, { hold }, store);
  expect([first.wechat.isReady, second.wechat.isReady, fake.logins]).toEqual([true, false, 1]);
  fake.says(wang, room, "+2 苹果");
  await first.text(1);

  await first.stop();

  await eventually("the second has it", () => second.wechat.isReady);
  fake.says(wang, room, "+1 梨");
  expect(await second.text(1)).toMatchObject({ text: "+1 梨", sender: { id: "wang" } });
  expect(first.texts).toHaveLength(1);
});
