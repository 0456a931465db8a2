import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import pino from "pino";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createWeChat, type WeChat, type WeChatOptions } from "../../../adapters/wechat/index.ts";
import { loadWechaty } from "../../../adapters/wechat/puppet.ts";
import type { Incoming, LoginStore, TextIn } from "../../../bot/ports.ts";
import { createLoginStore } from "../../../prisma/logins.ts";
import { openPool } from "../../../prisma/pool.ts";
import { freshDatabase, type TestDatabase } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { FakeWeChat } from "./fake-wechat.ts";
import { alone } from "./whole.ts";

const log = pino({ level: process.env["PLUSONE_TEST_LOG"] ?? "silent" });
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  // wechaty too, before the first test's time begins to count.
  [database] = await Promise.all([freshDatabase(), loadWechaty()]);
  pool = openPool(database.url, { log });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** What outlives logins, in a real database: another one for each platform's name. */
export const storeFor = (platform: string): LoginStore => createLoginStore(pool, platform);

/** A folder that is gone after the test. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "plusone-wechat-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An adapter on a fake WeChat, as fast as it can, with what it has told the bot. */
export class Opened {
  readonly events: Incoming[] = [];
  readonly shown: string[] = [];
  readonly fake: FakeWeChat;
  readonly wechat: WeChat;
  readonly store: LoginStore;
  private isStopped = false;

  private constructor(fake: FakeWeChat, store: LoginStore, options: Partial<WeChatOptions>) {
    this.fake = fake;
    this.store = store;
    this.wechat = createWeChat({
      open: async () => fake.asPuppet(),
      folder: ownFolder(),
      hold: alone,
      store,
      show: (text) => this.shown.push(text),
      port: 0,
      zone: "Asia/Shanghai",
      language: "zh-hans",
      log,
      ...options,
      pace: { leastMs: 0, chanceMs: 0, letterMs: 0, gatherMs: 0, nightFrom: 0, nightUntil: 0, ...options.pace },
    });
  }

  static async start(
    fake = new FakeWeChat(),
    options: Partial<WeChatOptions> = {},
    store = storeFor(randomUUID()),
  ): Promise<Opened> {
    const opened = new Opened(fake, store, options);
    onTestFinished(() => opened.stop());
    await opened.wechat.start(async (events) => {
      opened.events.push(...events);
    });
    return opened;
  }

  async stop(): Promise<void> {
    if (this.isStopped) return;
    this.isStopped = true;
    await this.wechat.stop();
  }

  /** What people said, as the bot has it. */
  get texts(): readonly TextIn[] {
    return this.events.filter((event) => event.type === "text");
  }

  /** The n-th text that reached the bot. */
  text(n: number): Promise<TextIn> {
    return eventually(`${n} texts reach the bot`, () => this.texts[n - 1]);
  }

  /** What our account says last in a room or to a person, once it matches. */
  hears(where: { readonly id: string }, words: RegExp): Promise<string> {
    return eventually(
      `somebody hears ${words}`,
      () => this.fake.heardIn(where).find(({ text }) => words.test(text))?.text,
    );
  }

  /** The code that makes a leader, or that of a room, as it was shown last. */
  async code(what: RegExp | string = "to lead a room"): Promise<string> {
    const page = await fetch(this.wechat.page!).then((response) => response.text());
    const rows = [...page.matchAll(/<tr><td>(.*?)<\/td><td><b>(PLUS-\w{6})<\/b>/g)];
    const row = rows.find(([, about]) => (typeof what === "string" ? about === what : what.test(about!)));
    if (!row) throw new Error(`there is no code for ${what}: ${rows.map(([, about]) => about).join(", ")}`);
    return row[2]!;
  }
}

/** A room of ours with two in it, which has been there before this login. */
export async function community(options: Parameters<typeof Opened.start>[1] = {}) {
  const fake = new FakeWeChat();
  const wang = fake.person("wang", "王姐");
  const luo = fake.person("luo", "阿罗");
  const room = fake.room("green@chatroom", "快乐小区", wang, luo);
  const store = storeFor(randomUUID());
  await store.bind({ room: "", sessionId: room.id, knownId: room.id, name: "快乐小区", leaders: [] });
  return { fake, wang, luo, room, store, opened: await Opened.start(fake, options, store) };
}
