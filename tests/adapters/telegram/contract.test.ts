import { describe } from "vitest";
import type { TelegramOptions } from "../../../adapters/telegram/index.ts";
import {
  answers,
  type FakeMessage,
  type FakeUser,
  forbidden,
  replyLost,
  serverError,
  startFakeTelegram,
  tooManyRequests,
} from "../../support/fake-telegram/index.ts";
import { adapterContract, type Person, type Platform } from "../contract.ts";
import { freeWebhook, openTelegram } from "./open.ts";

const contract = {
  platform: "telegram",
  capabilities: { edit: true, react: true, buttons: true, pin: true, recall: false, ephemeral: true, direct: true },
  faults: ["unreachable", "busy", "reply-lost", "broken", "forbidden"],
} as const;

describe("by polling", () => adapterContract({ ...contract, open: () => openPlatform() }));
describe("by a webhook", () =>
  adapterContract({ ...contract, open: async () => openPlatform({ webhook: await freeWebhook() }) }));

async function openPlatform(options: Partial<TelegramOptions> = {}): Promise<Platform> {
  const telegram = await startFakeTelegram();
  const group = telegram.group("Green Court", { bot: "administrator" });
  const users = { lin: group.user("Lin"), mei: group.user("Mei") };
  const { adapter } = openTelegram(telegram, options);

  const userOf = (who: Person): FakeUser => (who.id === users.lin.id ? users.lin : users.mei);
  const find = (id: string): FakeMessage => group.chat.find(Number(id))!;
  const toShown = (message: FakeMessage) => ({
    id: String(message.id),
    text: message.text,
    buttons: message.labels,
  });
  const confirmation = async (done: Promise<{ confirmed: Promise<void> }>) => (await done).confirmed;

  return {
    adapter,
    group: { id: group.id },
    people: { lin: { id: users.lin.id, name: "Lin" }, mei: { id: users.mei.id, name: "Mei" } },
    says: (who, text, replyTo) => ({
      confirmed: confirmation(userOf(who).says(text, replyTo ? { replyTo: find(replyTo) } : {})),
    }),
    edits: (who, message, text) => ({ confirmed: confirmation(userOf(who).edits(find(message), text)) }),
    presses: (who, message, label) => ({ confirmed: confirmation(userOf(who).presses(find(message), label)) }),
    shown: async () => group.botMessages().map(toShown),
    shownOnlyTo: async (who) =>
      userOf(who)
        .privateWords()
        .map(({ text }) => text),
    marksOn: async (message) => find(message).marks,
    pinned: async () => group.chat.pinned && String(group.chat.pinned.id),
    answerTo: async (press) => telegram.world.presses.get(press)?.answer,
    settle: async () => {
      // Two round trips: whatever was asked for before them has been heard.
      await fetch(`${telegram.apiRoot}/bot${telegram.token}/getMe`);
      await fetch(`${telegram.apiRoot}/bot${telegram.token}/getMe`);
    },
    faults: {
      unreachable: () => telegram.goesDown(),
      busy: async () => telegram.failNext("sendMessage", tooManyRequests(3)),
      "reply-lost": async () => telegram.failNext("sendMessage", replyLost),
      broken: async () => telegram.failNext("sendMessage", serverError()),
      forbidden: async () => telegram.failNext("sendMessage", answers(forbidden("bot was blocked by the user"))),
    },
    close: () => telegram.close(),
  };
}
