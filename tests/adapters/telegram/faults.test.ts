import { HttpError } from "grammy";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toSendFault } from "../../../adapters/telegram/faults.ts";
import type { Adapter, SendFault } from "../../../bot/ports.ts";
import {
  ApiFault,
  answers,
  badRequest,
  connectionCut,
  type FakeGroup,
  type FakeTelegram,
  forbidden,
  gatewayPage,
  type Injected,
  replyLost,
  serverError,
  startFakeTelegram,
  tooManyRequests,
} from "../../support/fake-telegram/index.ts";
import { openTelegram } from "./open.ts";

let telegram: FakeTelegram;
let group: FakeGroup;
let adapter: Adapter;

beforeEach(async () => {
  telegram = await startFakeTelegram();
  group = telegram.group("Green Court", { type: "group", bot: "administrator" });
  adapter = openTelegram(telegram).adapter; // not started: sending needs no polling
});
afterEach(async () => {
  await adapter.stop();
  await telegram.close();
});

const secret = "Closed: 12 kg for Lin";
const failed = (call: Promise<unknown>): Promise<SendFault> =>
  call.then(
    () => expect.unreachable("the call should have failed"),
    (fault: unknown) => fault as SendFault,
  );

describe("a call that fails says whether it may be repeated", () => {
  const rows: { fault: Injected; outcome: string; retryAfterMs?: number; why: string }[] = [
    { fault: tooManyRequests(3), outcome: "not-sent", retryAfterMs: 3_000, why: "turned away, with the time to wait" },
    {
      fault: answers(new ApiFault(429, "Too Many Requests: retry after 7")),
      outcome: "not-sent",
      retryAfterMs: 7_000,
      why: "the time stands in the words alone",
    },
    { fault: serverError(500), outcome: "unknown", why: "who fails may have done it first" },
    { fault: serverError(502), outcome: "unknown", why: "so may who stands behind a gateway" },
    { fault: gatewayPage, outcome: "unknown", why: "a page instead of an answer says nothing" },
    { fault: replyLost, outcome: "unknown", why: "done, and the answer lost" },
    { fault: connectionCut, outcome: "unknown", why: "not done, which looks the same from here" },
    { fault: answers(forbidden("bot was blocked by the user")), outcome: "blocked", why: "the person does not let us" },
    {
      fault: answers(forbidden("bot was kicked from the supergroup chat")),
      outcome: "blocked",
      why: "the group does not let us",
    },
    {
      fault: answers(badRequest("not enough rights to send text messages to the chat")),
      outcome: "blocked",
      why: "the group lets only some write",
    },
    { fault: answers(badRequest("CHAT_WRITE_FORBIDDEN")), outcome: "blocked", why: "the same in Telegram's own words" },
    { fault: answers(badRequest("TOPIC_CLOSED")), outcome: "blocked", why: "nobody writes there any more" },
    { fault: answers(badRequest("chat not found")), outcome: "gone", why: "there is no such chat" },
    { fault: answers(badRequest("PEER_ID_INVALID")), outcome: "gone", why: "the same in Telegram's own words" },
    { fault: answers(badRequest("BUTTON_DATA_INVALID")), outcome: "refused", why: "it would never be taken" },
    { fault: answers(new ApiFault(413, "Request Entity Too Large")), outcome: "refused", why: "nor would this" },
    {
      fault: answers(new ApiFault(401, "Unauthorized")),
      outcome: "not-sent",
      retryAfterMs: 60_000,
      why: "a token that was revoked; a new one may come",
    },
  ];
  for (const { fault, outcome, retryAfterMs, why } of rows) {
    const shown = fault.type === "answer" ? `${fault.fault.status} ${fault.fault.message}` : fault.type;

    test(`${shown}: ${outcome} (${why})`, async () => {
      telegram.failNext("sendMessage", fault);

      const thrown = await failed(adapter.post(group.id, { text: secret }));

      expect(thrown).toMatchObject({ name: "SendFault", outcome, retryAfterMs });
      const everything = JSON.stringify([thrown.message, thrown.stack, thrown.cause, Object.values(thrown)]);
      expect(everything).not.toContain(telegram.token);
      expect(everything).not.toContain(secret);
    });
  }

  test("nobody listens: not-sent, and no address with the token in it", async () => {
    await telegram.goesDown();

    const thrown = await failed(adapter.post(group.id, { text: secret }));

    expect(thrown).toMatchObject({ outcome: "not-sent", message: "sendMessage: no answer (ECONNREFUSED)" });
  });

  test("a group that became a supergroup: moved, with its new id", async () => {
    const old = group.id;
    await group.becomesSupergroup();

    const thrown = await failed(adapter.post(old, { text: "Closed" }));

    expect(thrown).toMatchObject({ outcome: "moved", movedTo: group.id });
  });

  test("a fault of our own is not taken for Telegram's", () => {
    const bug = new TypeError("undefined is not a function");

    expect(toSendFault("sendMessage", bug)).toBe(bug);
  });
});

describe("a network that fails says whether anything can have been sent", () => {
  const rows = [
    { code: "ECONNREFUSED", reason: "connect ECONNREFUSED 127.0.0.1:1", outcome: "not-sent", why: "nobody listens" },
    { code: "ENOTFOUND", reason: "getaddrinfo ENOTFOUND", outcome: "not-sent", why: "no such name" },
    { code: "EAI_AGAIN", reason: "getaddrinfo EAI_AGAIN", outcome: "not-sent", why: "no name server answers" },
    { code: "ENETUNREACH", reason: "connect ENETUNREACH", outcome: "not-sent", why: "no way there" },
    { code: "ETIMEDOUT", reason: "connect ETIMEDOUT", outcome: "not-sent", why: "no connection came about" },
    { code: "ETIMEDOUT", reason: "", outcome: "not-sent", why: "nor on any of several addresses" },
    { code: "CERT_HAS_EXPIRED", reason: "certificate has expired", outcome: "not-sent", why: "not trusted" },
    { code: "ETIMEDOUT", reason: "read ETIMEDOUT", outcome: "unknown", why: "the answer did not come" },
    { code: "ECONNRESET", reason: "socket hang up", outcome: "unknown", why: "cut, nobody knows when" },
    { code: "EPIPE", reason: "write EPIPE", outcome: "unknown", why: "cut while it was sent" },
  ];
  for (const { code, reason, outcome, why } of rows) {
    test(`${reason || code}: ${outcome} (${why})`, () => {
      const words = `request to https://api.telegram.org/bot123:secret/sendMessage failed, reason: ${reason}`;
      const error = new HttpError("Network request failed!", Object.assign(new Error(words), { code }));

      const fault = toSendFault("sendMessage", error);

      expect(fault).toMatchObject({ outcome, message: `sendMessage: no answer (${code})` });
      expect((fault as SendFault).cause).toBeUndefined();
    });
  }

  test("a call that took too long: unknown (it may be done yet)", () => {
    const error = new HttpError("Network request failed!", new Error("Request to 'x' timed out after 20 seconds"));

    expect(toSendFault("x", error)).toMatchObject({ outcome: "unknown", message: "x: no answer (time-out)" });
  });
});

describe("what is not there any more is gone", () => {
  const rows: { does: string; call: (adapter: Adapter, chat: string) => Promise<unknown> }[] = [
    { does: "editing a message", call: (bot, chat) => bot.edit(chat, "999", { text: "2 kg" }) },
    { does: "marking a message", call: (bot, chat) => bot.react(chat, "999", "booked") },
    { does: "pinning a message", call: (bot, chat) => bot.pin(chat, "999") },
    { does: "answering a press", call: (bot) => bot.answerPress("999") },
    { does: "editing what one person alone saw", call: (bot, chat) => bot.edit(chat, "only-1-2", { text: "2 kg" }) },
    { does: "posting to a chat of another platform", call: (bot) => bot.post("room@chatroom", { text: "2 kg" }) },
  ];
  for (const { does, call } of rows) {
    test(does, async () => {
      expect(await failed(call(adapter, group.id))).toMatchObject({ outcome: "gone" });
    });
  }
});

test("pinning without the right to is blocked, not gone", async () => {
  const quiet = telegram.group("Quiet", { bot: "member" });
  const { id } = await adapter.post(quiet.id, { text: "Apples" });

  expect(await failed(adapter.pin(quiet.id, id!))).toMatchObject({ outcome: "blocked" });
});

test("a message that was changed by another process to what we want is no fault", async () => {
  const { id } = await adapter.post(group.id, { text: "2 kg", buttons: [[{ label: "+1", data: "+1" }]] });
  telegram.failNext("editMessageText", replyLost);
  const content = { text: "3 kg", buttons: [[{ label: "+1", data: "+1" }]] };
  expect(await failed(adapter.edit(group.id, id!, content))).toMatchObject({ outcome: "unknown" });

  await adapter.edit(group.id, id!, content);

  expect((await group.hears("3 kg")).history).toEqual(["2 kg", "3 kg"]);
});
