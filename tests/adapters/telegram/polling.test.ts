import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter, Incoming } from "../../../bot/ports.ts";
import {
  ApiFault,
  answers,
  connectionCut,
  type FakeGroup,
  type FakeTelegram,
  type FakeUser,
  gatewayPage,
  type Injected,
  serverError,
  startFakeTelegram,
  tooManyRequests,
} from "../../support/fake-telegram/index.ts";
import { openTelegram, quickPace } from "./open.ts";

let telegram: FakeTelegram;
let group: FakeGroup;
let lin: FakeUser;
let adapter: Adapter;
let logged: () => Record<string, unknown>[];
let texts: string[];
let batches: number[];

const hear = async (incoming: readonly Incoming[]) => {
  batches.push(incoming.length);
  for (const event of incoming) texts.push("text" in event ? event.text : event.type);
};

beforeEach(async () => {
  telegram = await startFakeTelegram();
  group = telegram.group("Green Court");
  lin = group.user("Lin");
  texts = [];
  batches = [];
  ({ adapter, logged } = openTelegram(telegram));
});
afterEach(async () => {
  await adapter.stop();
  await telegram.close();
});

const warnings = () => logged().filter(({ level }) => Number(level) >= 40);

describe("reading", () => {
  test("what was said while nobody read comes first, in order and together", async () => {
    for (const text of ["one", "two", "three"]) await lin.says(text);

    await adapter.start(hear);
    await telegram.confirmed();

    expect(texts).toEqual(["one", "two", "three"]);
    expect(batches).toEqual([3]);
  });

  test("more than fits into one answer comes in several, none lost", async () => {
    for (let number = 1; number <= 250; number++) await lin.says(`+${number}`);

    await adapter.start(hear);
    await telegram.confirmed();

    expect(texts).toEqual(Array.from({ length: 250 }, (_, at) => `+${at + 1}`));
    expect(batches).toEqual([100, 100, 50]);
  });

  test("what says nothing to us is confirmed too", async () => {
    await adapter.start(hear);

    await group.otherBotSays("hello");
    await group.channelPosts("news");
    await telegram.confirmed();

    expect(texts).toEqual([]);
  });

  test("asks for what is needed: first for what waits already, then in one held call for what comes", async () => {
    await adapter.start(hear);
    await telegram.until(() => telegram.world.updates.isPolled);

    const asked = { offset: 0, limit: 100, allowed_updates: expect.arrayContaining(["my_chat_member"]) };
    expect(telegram.callsTo("getUpdates")).toMatchObject([
      { args: { ...asked, timeout: 0 } },
      { args: { ...asked, timeout: 5 } },
    ]);
  });

  test("an update of no known shape does not hold up those behind it", async () => {
    await adapter.start(hear);
    await telegram.world.updates.push("message", { message: { message_id: 5, date: 1 } as never });
    await (await lin.says("+2 apples")).confirmed;

    expect(texts).toEqual(["+2 apples"]);
    expect(warnings()).toMatchObject([{ level: 50, msg: "an update could not be read and was left out" }]);
  });

  test("takes reading back from a webhook", async () => {
    telegram.world.webhook = "https://old.example/hook";
    await lin.says("+2 apples");

    await adapter.start(hear);
    await telegram.confirmed();

    expect(texts).toEqual(["+2 apples"]);
  });

  test("says that privacy mode keeps plain messages from it", async () => {
    telegram.world.bot.can_read_all_group_messages = false;

    await adapter.start(hear);
    await lin.says("+2 apples");
    await (await lin.says("/tally")).confirmed;

    expect(texts).toEqual(["/tally"]);
    expect(warnings()).toMatchObject([{ msg: expect.stringContaining("privacy mode") }]);
  });
});

describe("confirming", () => {
  test("a batch that could not be stored comes again, whole and in order", async () => {
    await lin.says("one");
    await lin.says("two");
    let failures = 2;

    await adapter.start(async (incoming) => {
      if (failures-- > 0) throw new Error(`no room for ${JSON.stringify(incoming)}`);
      await hear(incoming);
    });
    await telegram.confirmed();

    expect(texts).toEqual(["one", "two"]);
    const [first, second] = telegram.world.updates.handedOut;
    expect(telegram.world.updates.handedOut).toEqual([first, second, first, second, first, second]);
    expect(JSON.stringify(logged())).not.toContain("no room for");
  });

  test("nothing is asked for while a batch is being stored", async () => {
    let store = () => {};
    const stored = new Promise<void>((resolve) => {
      store = resolve;
    });
    await adapter.start(async (incoming) => {
      await stored;
      await hear(incoming);
    });
    await lin.says("one");
    await telegram.until(() => telegram.world.updates.handedOut.length === 1);

    await lin.says("two");
    await adapter.post(group.id, { text: "a round trip later" });

    expect(telegram.world.updates.pending).toHaveLength(2);
    expect(telegram.world.updates.isPolled).toBe(false);
    store();
    await telegram.confirmed();
    expect(texts).toEqual(["one", "two"]);
  });

  test("stopping confirms what was stored last, and leaves what is not stored", async () => {
    await adapter.start(async (incoming) => {
      await hear(incoming);
      void adapter.stop();
    });

    await (await lin.says("one")).confirmed;
    await lin.says("two");
    await adapter.stop();

    expect(texts).toEqual(["one"]);
    expect(telegram.world.updates.pending).toHaveLength(1);
  });

  test("stopping does not wait for a poll to run out", async () => {
    ({ adapter } = openTelegram(telegram, { pace: { ...quickPace, pollTimeoutS: 600 } }));
    await adapter.start(hear);
    await telegram.until(() => telegram.world.updates.isPolled);

    await adapter.stop();

    await telegram.until(() => !telegram.world.updates.isPolled);
  });

  test("stopping while Telegram is away ends all the same", async () => {
    let away = () => {};
    const wentAway = new Promise<void>((resolve) => {
      away = resolve;
    });
    await adapter.start(async (incoming) => {
      await hear(incoming);
      await telegram.goesDown();
      away();
    });
    await lin.says("one");

    await wentAway;
    await adapter.stop();

    expect(texts).toEqual(["one"]);
    expect(telegram.world.updates.pending).toHaveLength(1); // it comes again, and is known
  });
});

describe("when Telegram fails", () => {
  const rows: { fault: Injected; why: string }[] = [
    { fault: serverError(500), why: "its server fails" },
    { fault: gatewayPage, why: "something between answers with a page" },
    { fault: connectionCut, why: "the connection is cut" },
    { fault: tooManyRequests(0), why: "it asks for a pause" },
  ];
  for (const { fault, why } of rows) {
    test(`${why}: reading goes on, and it is said once`, async () => {
      telegram.failNext("getUpdates", fault, 3);
      await lin.says("+2 apples");

      await adapter.start(hear);
      await telegram.confirmed();

      expect(texts).toEqual(["+2 apples"]);
      expect(warnings()).toHaveLength(1);
      expect(logged().filter(({ msg }) => msg === "Telegram can be read again")).toMatchObject([{ failures: 3 }]);
    });
  }

  test("it is away at the start: the start succeeds, and reading begins when it is back", async () => {
    await telegram.goesDown();

    await adapter.start(hear);
    await telegram.comesBack();
    await lin.says("+2 apples");
    await telegram.confirmed();

    expect(texts).toEqual(["+2 apples"]);
    expect(warnings()).toMatchObject([{ reason: "ECONNREFUSED" }]);
  });

  test("it goes away and comes back: nothing is lost", async () => {
    await adapter.start(hear);
    await (await lin.says("one")).confirmed;

    await telegram.goesDown();
    await lin.says("two");
    await telegram.comesBack();
    await telegram.confirmed();

    expect(texts).toEqual(["one", "two"]);
  });

  test("another program reads with the same token: it is explained, once, and tried again", async () => {
    await adapter.start(hear);
    for (let times = 0; times < 3; times++) {
      await telegram.until(() => telegram.world.updates.isPolled);
      telegram.world.updates.interruptPoll();
    }
    await (await lin.says("+2 apples")).confirmed;

    expect(texts).toEqual(["+2 apples"]);
    const said = warnings().filter(({ code }) => code === "telegram-read-by-another");
    expect(said[0]).toMatchObject({
      level: 50,
      reason: expect.stringContaining("Another program is reading this bot's messages"),
      advice: expect.stringContaining("stop the other one"),
    });
  });

  test("two at once: each word is heard, and the one that is asked to leave says why", async () => {
    const other = openTelegram(telegram);
    await adapter.start(hear);
    await telegram.until(() => telegram.world.updates.isPolled);

    await other.adapter.start(hear);
    await telegram.until(() => warnings().length > 0);
    await (await lin.says("+2 apples")).confirmed;
    await other.adapter.stop();

    expect(texts).toContain("+2 apples");
    expect(warnings()[0]).toMatchObject({ code: "telegram-read-by-another" });
  });

  test("the token is revoked while reading: it is explained, and tried again", async () => {
    telegram.failNext("getUpdates", answers(new ApiFault(401, "Unauthorized")), 2);
    await lin.says("+2 apples");

    await adapter.start(hear);
    await telegram.confirmed();

    expect(texts).toEqual(["+2 apples"]);
    expect(warnings()).toMatchObject([
      { level: 50, code: "telegram-token-refused", advice: expect.stringContaining("BotFather") },
    ]);
  });
});

describe("a token that Telegram does not know", () => {
  const rows = [
    { token: "123456789:AAAA-not-the-one-it-knows", why: "well-formed" },
    { token: "nonsense/../x", why: "no token at all" },
  ];
  for (const { token, why } of rows) {
    test(`stops the start with advice, and is nowhere shown (${why})`, async () => {
      const { adapter: wrong, lines } = openTelegram(telegram, { token });

      const fault = await wrong.start(hear).catch((error: unknown) => error as Error & { advice: string });

      expect(fault).toMatchObject({ name: "PlusoneError", code: "telegram-token-refused" });
      expect((fault as { advice: string }).advice).toContain("TELEGRAM_TOKEN");
      expect(`${JSON.stringify(fault)} ${String((fault as Error).stack)} ${lines.join("")}`).not.toContain(token);
      await wrong.stop();
    });
  }
});

test("the token, the texts and the names stand in no line of the log, whatever happens", async () => {
  await adapter.start(hear);
  await (await lin.says("+2 secret apples")).confirmed;
  for (const fault of [serverError(), connectionCut, gatewayPage, answers(new ApiFault(409, "Conflict"))]) {
    await telegram.until(() => telegram.world.updates.isPolled);
    telegram.failNext("getUpdates", fault);
    await lin.says("+1 secret");
  }
  await telegram.confirmed();
  await telegram.goesDown();
  await telegram.comesBack();
  await telegram.until(() => telegram.world.updates.isPolled);

  const everything = JSON.stringify(logged());
  expect(everything).toContain("Telegram cannot be read");
  for (const word of [telegram.token, telegram.token.split(":")[1]!, "secret", "Lin", "Green Court"]) {
    expect(everything).not.toContain(word);
  }
});
