import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll } from "vitest";
import type { Entry } from "../../../adapters/web/chat.ts";
import type { Playground } from "../../../adapters/web/index.ts";
import type { ChatEvent, RequestName, Requests } from "../../../adapters/web/page/wire.ts";
import { built } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { adapterContract, type Platform, type Said } from "../contract.ts";
import { ask, dataFolder, Listening, playgroundIn } from "./opened.ts";

beforeAll(built);

adapterContract({
  platform: "web",
  capabilities: { edit: true, react: true, buttons: true, pin: true, recall: true, ephemeral: true, direct: false },
  faults: [],
  async open() {
    const folder = await dataFolder();
    const earlier = playgroundIn(folder.path); // the bot came into the chat in an earlier run
    await earlier.start(async () => {});
    await earlier.stop();
    return platformOf(playgroundIn(folder.path), folder);
  },
});

/** Plays people by the page's own requests, and sees what a page sees that begins to look. */
function platformOf(playground: Playground, folder: { path: string; remove(): Promise<void> }): Platform {
  const journal = async (): Promise<Entry[]> => {
    const text = await readFile(join(folder.path, "playground.jsonl"), "utf8");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    return whole
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Entry);
  };
  const chat = async (): Promise<ChatEvent> => {
    const page = await Listening.to(playground);
    const first = await page.until((event) => (event.type === "chat" ? event : undefined));
    page.stop();
    return first;
  };

  /** Confirmed when the request was answered and nothing that came up to then waits for the bot. */
  function does<Name extends RequestName>(name: Name, request: Requests[Name]): Said {
    const confirm = async (): Promise<void> => {
      const response = await ask(playground, name, request);
      if (!response.ok) throw new Error(`not taken: ${response.status}`);
      const last = seqOf(await journal());
      await eventually("the bot has stored it", async () => {
        const stored = (await journal()).filter(({ type }) => type === "delivered");
        return seqOf(stored) >= last;
      });
    };
    return { confirmed: confirm() };
  }

  return {
    adapter: playground,
    group: { id: "playground" },
    people: { lin: { id: "p2", name: "王姐" }, mei: { id: "p3", name: "Alex" } },
    says: ({ id: person }, text, replyTo) =>
      does("say", { key: crypto.randomUUID(), person, text, language: "en", ...(replyTo && { replyTo }) }),
    edits: ({ id: person }, message, text) => does("edit", { person, message, text, language: "en" }),
    recalls: ({ id: person }, message) => does("recall", { person, message }),
    presses: ({ id: person }, message, label) => {
      const press = async (): Promise<void> => {
        const buttons = (await chat()).messages.find(({ id }) => id === message)?.buttons?.flat() ?? [];
        const data = buttons.find((button) => button.label === label)?.data ?? "";
        await does("press", { person, message, data, language: "en" }).confirmed;
      };
      return { confirmed: press() };
    },

    async shown() {
      const all = (await chat()).messages.filter(({ from, to }) => from === "bot" && to === undefined);
      return all.map(({ id, text, buttons = [] }) => ({ id, text, buttons: buttons.flat().map(({ label }) => label) }));
    },
    async shownOnlyTo({ id }) {
      return (await chat()).messages.filter(({ to }) => to === id).map(({ text }) => text);
    },
    async marksOn(message) {
      return (await chat()).messages.flatMap(({ id, mark }) => (id === message && mark ? [mark] : []));
    },
    async pinned() {
      return (await chat()).pinned;
    },
    async answerTo(press) {
      const answer = (await journal()).find((entry) => entry.type === "answered" && entry.answer.press === press);
      return answer?.type === "answered" ? (answer.answer.text ?? "") : undefined;
    },
    settle: () =>
      fetch(`${playground.url}/healthz`).then(
        () => undefined,
        () => undefined, // stopped: nothing is under way
      ),
    close: () => folder.remove(),
  };
}

const seqOf = (entries: readonly Entry[]): number =>
  Math.max(0, ...entries.map((entry) => ("seq" in entry ? entry.seq : 0)));
