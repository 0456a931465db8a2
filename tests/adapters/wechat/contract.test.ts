import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { createWeChat } from "../../../adapters/wechat/index.ts";
import type { Adapter } from "../../../bot/ports.ts";
import { adapterContract, type Platform, type Said } from "../contract.ts";
import { FakeWeChat } from "./fake-wechat.ts";
import { storeFor } from "./opened.ts";
import { alone } from "./whole.ts";

const FAULTS = ["unreachable", "reply-lost", "broken"] as const;

adapterContract({
  platform: "wechat",
  capabilities: { edit: false, react: false, buttons: false, pin: false, recall: true, ephemeral: false, direct: true },
  faults: FAULTS,
  open: () => platformOf(new FakeWeChat()),
});

/** Plays people through a puppet. WeChat is told of nothing: an event is confirmed once it is stored. */
async function platformOf(fake: FakeWeChat): Promise<Platform> {
  const folder = mkdtempSync(join(tmpdir(), "plusone-wechat-"));
  const lin = fake.person("wang", "王姐", { friend: true });
  const mei = fake.person("alex", "Alex");
  const room = fake.room("green@chatroom", "快乐小区", lin, mei);
  const contactOf = (id: string) => (id === lin.id ? lin : mei);
  const stored = new Map<string, () => void>();
  const store = storeFor(randomUUID());
  await store.bind({ room: "", sessionId: room.id, knownId: room.id, name: "快乐小区", leaders: [] });

  const wechat = createWeChat({
    open: async () => fake.asPuppet(),
    hold: alone,
    ...{ folder, store, port: 0, zone: "Asia/Shanghai", language: "zh-hans" },
    show: () => {},
    log: pino({ level: "silent" }),
    pace: { leastMs: 0, chanceMs: 0, letterMs: 0 },
  });
  const adapter: Adapter = {
    ...wechat,
    start: (deliver) =>
      wechat.start(async (events) => {
        await deliver(events);
        for (const { id } of events) stored.get(id)?.();
      }),
  };
  const confirmed = (id: string): Said => ({ confirmed: new Promise((resolve) => stored.set(id, resolve)) });

  return {
    adapter,
    group: room,
    people: { lin: { id: lin.id, name: "王姐" }, mei: { id: mei.id, name: "Alex" } },
    says({ id }, text, replyTo) {
      const quoted = fake.said.find((message) => message.id === replyTo);
      const quote = quoted ? `「Plusone：${quoted.text}」\n- - - - - - - - - - - - - - -\n` : "";
      return confirmed(fake.says(contactOf(id), room, quote + text));
    },
    edits: () => {
      throw new Error("WeChat knows no edits.");
    },
    recalls({ id }, message) {
      const said = confirmed(message);
      fake.recalls(contactOf(id), room, message);
      return said;
    },
    shown: async () => fake.heardIn(room).map(({ id, text }) => ({ id, text, buttons: [] })),
    shownOnlyTo: async ({ id }) => fake.heardIn({ id }).map(({ text }) => text),
    marksOn: async () => [],
    pinned: async () => undefined,
    answerTo: async () => undefined,
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    faults: Object.fromEntries(
      FAULTS.map((fault) => [
        fault,
        async () => {
          fake.failNext = fault;
        },
      ]),
    ),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
