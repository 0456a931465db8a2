import pino from "pino";
import { test } from "vitest";
import { Answers } from "../../bot/answers.ts";
import { Pacing } from "../../bot/pacing.ts";
import { park } from "../../bot/park.ts";
import type { Parts } from "../../bot/parts.ts";
import { systemClock } from "../../bot/system-clock.ts";
import { FakeChat } from "../support/fake-chat.ts";

test("what cannot be handled in private is kept nowhere: who said it hears that nothing came of it", async () => {
  const chat = new FakeChat();
  await chat.start(async () => {});
  const ada = chat.person("Ada");
  const adapters = new Map([[chat.platform, chat]]);
  const log = pino({ level: "silent" });
  const answers = new Answers(adapters, new Pacing(adapters, systemClock), log);
  const parts = { answers, defaults: { zone: "Asia/Shanghai", language: "en", currency: "SGD" } } as Partial<Parts>;

  await park(parts as Parts, { ...ada.saying("已付"), chat: { id: ada.id, kind: "direct" } }, new Error("too odd"));

  await ada.hears(/什么都没记[\s\S]*到群里写/);
});
