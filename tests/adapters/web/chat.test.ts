import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Playground } from "../../../adapters/web/index.ts";
import type { RequestName, Requests, ServerEvent } from "../../../adapters/web/page/wire.ts";
import type { Incoming } from "../../../bot/ports.ts";
import { built } from "../../support/database.ts";
import { ask, dataFolder, Listening, playgroundIn } from "./opened.ts";

const [lin, wang] = ["p1", "p2"] as const;

const messageOf = (event: ServerEvent) => (event.type === "message" ? event.message : undefined);

describe("the playground's chat", () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let playground: Playground;
  let heard: Incoming[];
  let page: Listening;
  /** Held while the bot cannot store anything. */
  let storing: Promise<void>;

  beforeAll(built);
  beforeEach(async () => {
    folder = await dataFolder();
    playground = playgroundIn(folder.path);
    heard = [];
    storing = Promise.resolve();
    await playground.start(async (events) => {
      await storing;
      heard.push(...events);
    });
    page = await Listening.to(playground);
  });
  afterEach(async () => {
    page.stop();
    await playground.stop();
    await folder.remove();
  });

  async function asked<Name extends RequestName>(name: Name, request: Requests[Name]): Promise<Record<string, string>> {
    return (await (await ask(playground, name, request)).json()) as Record<string, string>;
  }
  const say = (person: string, text: string, more: { key?: string; replyTo?: string } = {}) =>
    asked("say", { key: crypto.randomUUID(), person, text, language: "en", ...more });

  test("begins with the bot being added by the one who runs it", async () => {
    await say(lin, "hello");
    await page.until((event) => (messageOf(event)?.waiting === undefined ? messageOf(event) : undefined));

    expect(heard[0]).toMatchObject({ type: "membership", change: "added", sender: { id: lin, name: "Lin" } });
  });

  test("shows what is said as waiting until the bot has stored it", async () => {
    let letGo = (): void => {};
    storing = new Promise((resolve) => {
      letGo = resolve;
    });

    const { id } = await say(wang, "苹果+2");
    const before = await page.until((event) => messageOf(event));
    letGo();
    const after = await page.until((event) => (messageOf(event)?.waiting ? undefined : messageOf(event)));

    expect(before).toMatchObject({ id, from: wang, text: "苹果+2", waiting: true });
    expect(after).toMatchObject({ id, text: "苹果+2" });
  });

  test("says once what is sent twice with the same key", async () => {
    const key = crypto.randomUUID();

    const [first, second] = [await say(wang, "+2", { key }), await say(wang, "+2", { key })];
    await page.until((event) => (messageOf(event) && !messageOf(event)!.waiting ? true : undefined));

    expect(second).toEqual(first);
    expect(heard.filter(({ type }) => type === "text")).toHaveLength(1);
  });

  test("lets people change and take back their own messages only", async () => {
    const { id: message } = (await say(wang, "+2")) as { id: string };

    expect(await asked("edit", { person: lin, message, text: "+9", language: "en" })).toMatchObject({
      code: "not-yours",
    });
    expect(await asked("recall", { person: lin, message })).toMatchObject({ code: "not-yours" });
    expect(await asked("edit", { person: wang, message, text: "+3", language: "en" })).toEqual({ id: message });
    expect(await asked("recall", { person: wang, message })).toEqual({ id: message });
    expect(await asked("edit", { person: wang, message, text: "+4", language: "en" })).toMatchObject({
      code: "taken-back",
    });
    expect(await asked("recall", { person: wang, message: "1" })).toMatchObject({ code: "not-found" });
  });

  test("shows nothing more of what was taken back", async () => {
    const { id: message } = (await say(wang, "my secret")) as { id: string };

    await asked("recall", { person: wang, message });

    const later = await Listening.to(playground);
    const chat = await later.until((event) => (event.type === "chat" ? event : undefined));
    later.stop();
    expect(JSON.stringify(chat)).not.toContain("my secret");
  });

  test("an edit that overtakes a taking back does not bring the message back", async () => {
    const { id: message } = (await say(wang, "+2")) as { id: string };

    const outcomes = await Promise.all([
      asked("recall", { person: wang, message }),
      asked("edit", { person: wang, message, text: "+3", language: "en" }),
    ]);

    const codes = outcomes.map(({ code }) => code);
    const last = page.events.map(messageOf).findLast((shown) => shown?.id === message);
    expect(codes.includes("taken-back") || last?.recalledAt !== undefined).toBe(true);
  });

  test("a private word's buttons are for its person only", async () => {
    await playground.whisper(
      { chat: "playground", to: wang },
      { text: "Which?", buttons: [[{ label: "Fuji", data: "f" }]] },
    );
    const { id: message } = await page.until((event) => messageOf(event));

    expect(await asked("press", { person: lin, message, data: "f", language: "en" })).toMatchObject({
      code: "not-yours",
    });
    expect(await asked("press", { person: wang, message, data: "g", language: "en" })).toMatchObject({
      code: "not-found",
    });
    expect(await asked("press", { person: wang, message, data: "f", language: "zh-hans" })).toHaveProperty("id");
    expect(await say(lin, "what was that?", { replyTo: message })).toMatchObject({ code: "not-found" });
  });

  test("tells the bot in which language the page is read", async () => {
    await asked("say", { key: "1", person: wang, text: "+1", language: "zh-hant" });
    await page.until((event) => (messageOf(event) && !messageOf(event)!.waiting ? true : undefined));

    expect(heard.at(-1)).toMatchObject({ sender: { id: wang, language: "zh-hant" } });
  });

  test("numbers that a database could not keep are taken out, and lines end in one way", async () => {
    await say(wang, "a\u0000b\r\nc");

    expect(await page.until((event) => messageOf(event)?.text)).toBe("ab\nc");
  });

  test("the leader runs the chat, the residents do not", async () => {
    expect(await playground.isAdministrator("playground", lin)).toBe(true);
    expect(await playground.isAdministrator("playground", wang)).toBe(false);
    expect(await playground.isAdministrator("elsewhere", lin)).toBe(false);
  });

  test("what cannot be sent says why", async () => {
    const { id } = (await say(wang, "+2")) as { id: string };
    await asked("recall", { person: wang, message: id });
    const long = [[{ label: "x", data: "二十二字乘以三大于六十四二十二字乘以三大于六十四" }]];

    await expect(playground.post("elsewhere", { text: "x" })).rejects.toMatchObject({ outcome: "gone" });
    await expect(playground.post("playground", { text: " " })).rejects.toMatchObject({ outcome: "refused" });
    await expect(playground.post("playground", { text: "x", buttons: long })).rejects.toMatchObject({
      outcome: "refused",
    });
    await expect(playground.react("playground", id, "booked")).rejects.toMatchObject({ outcome: "gone" });
    await expect(playground.edit("playground", id, { text: "x" })).rejects.toMatchObject({ outcome: "refused" });
    await expect(playground.answerPress("17")).rejects.toMatchObject({ outcome: "gone" });
    await expect(playground.whisper({ chat: "playground", to: "p9" }, { text: "x" })).rejects.toMatchObject({
      outcome: "gone",
    });
    await playground.stop();
    await expect(playground.post("playground", { text: "x" })).rejects.toMatchObject({ outcome: "not-sent" });
  });

  test("a page that is open when the server stops hears the end", async () => {
    await playground.stop();

    await expect(page.end).resolves.toBeUndefined();
  });
});
