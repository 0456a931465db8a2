import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyEntry, type Entry, emptyChat, latestMessages, shortenEntries } from "../../../adapters/web/chat.ts";
import type { Playground } from "../../../adapters/web/index.ts";
import { openJournal } from "../../../adapters/web/journal.ts";
import type { ChatEvent } from "../../../adapters/web/page/wire.ts";
import type { Deliver, Incoming } from "../../../bot/ports.ts";
import { built } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { ask, dataFolder, Listening, playgroundIn } from "./opened.ts";

async function chatOf(playground: Playground): Promise<ChatEvent> {
  const page = await Listening.to(playground);
  const chat = await page.until((event) => (event.type === "chat" ? event : undefined));
  page.stop();
  return chat;
}

const say = async (playground: Playground, person: string, text: string): Promise<string> => {
  const response = await ask(playground, "say", { key: crypto.randomUUID(), person, text, language: "en" });
  return ((await response.json()) as { id: string }).id;
};

describe("the playground after a crash", () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let file: string;
  const open: Playground[] = [];
  let giveUp = (): void => {};

  beforeAll(built);
  beforeEach(async () => {
    folder = await dataFolder();
    file = join(folder.path, "playground.jsonl");
  });
  afterEach(async () => {
    giveUp();
    for (const playground of open.splice(0)) await playground.stop();
    await folder.remove();
  });

  async function started(deliver: Deliver): Promise<Playground> {
    const playground = playgroundIn(folder.path);
    await playground.start(deliver);
    open.push(playground);
    return playground;
  }

  /** A copy of the data folder as a `kill -9` at this moment would leave it: nothing is flushed at the end. */
  async function killed(): Promise<void> {
    const next = join(folder.path, "next");
    await mkdir(next, { recursive: true });
    await writeFile(join(next, "playground.jsonl"), await readFile(file));
    folder = { ...folder, path: next };
    file = join(next, "playground.jsonl");
  }

  test("shows the chat as it was, and its live post can still be edited", async () => {
    const before = await started(async () => {});
    await say(before, "p2", "+2");
    const { id } = await before.post("playground", { text: "Ordered: 2", buttons: [[{ label: "+1", data: "more" }]] });
    await before.pin("playground", id!);
    const shown = await chatOf(before);
    await killed();

    const after = await started(async () => {});
    const again = await chatOf(after);
    await after.edit("playground", id!, { text: "Ordered: 3" });

    expect(again).toEqual(shown);
    expect((await chatOf(after)).messages.at(-1)).toMatchObject({ id, text: "Ordered: 3" });
  });

  test("delivers again what the bot had not stored, with the same ids and times", async () => {
    const lost: Incoming[] = [];
    const before = await started((events) => {
      lost.push(...events);
      return new Promise((_, reject) => {
        giveUp = () => reject(new Error("the bot is stopping"));
      });
    });
    const first = await say(before, "p2", "+2");
    await ask(before, "edit", { person: "p2", message: first, text: "+3", language: "en" });
    await killed();

    const heard: Incoming[] = [];
    const after = await started(async (events) => {
      heard.push(...events);
    });
    await eventually(
      "nothing waits any more",
      async () => !(await chatOf(after)).messages.some(({ waiting }) => waiting),
    );

    expect(heard.map(({ type }) => type)).toEqual(["membership", "text", "edit"]);
    expect(heard[0]).toEqual(lost[0]);
    expect(heard[1]).toMatchObject({ id: first, text: "+2" });
    expect(heard[2]).toMatchObject({ id: first, text: "+3" });
  });

  test("delivers nothing again that the bot had stored", async () => {
    const before = await started(async () => {});
    await say(before, "p2", "+2");
    await eventually("it is stored", async () => !(await chatOf(before)).messages.some(({ waiting }) => waiting));
    await killed();

    const heard: Incoming[] = [];
    const after = await started(async (events) => {
      heard.push(...events);
    });
    await say(after, "p3", "+1");
    await eventually("it is stored", async () => heard.length > 0);

    expect(heard).toMatchObject([{ type: "text", text: "+1" }]);
  });

  test("ids and positions rise across the crash", async () => {
    const heard: Incoming[] = [];
    const collect: Deliver = async (events) => {
      heard.push(...events);
    };
    await say(await started(collect), "p2", "+2");
    await killed();
    await say(await started(collect), "p2", "+3");
    await eventually("both are stored", () => heard.filter(({ type }) => type === "text").length === 2);

    const [first, second] = heard.flatMap((event) => (event.type === "text" ? [event.position] : []));
    expect(second).toBeGreaterThan(first!);
  });

  test("a new chat does not use the ids of a former one that was deleted", async () => {
    const ids: string[] = [];
    for (const when of ["2026-11-21T20:00:00Z", "2026-11-21T20:01:00Z"]) {
      const fresh = await dataFolder();
      const playground = playgroundIn(fresh.path, { clock: { now: () => new Date(when) } });
      await playground.start(async () => {});
      ids.push(await say(playground, "p2", "+2"));
      await playground.stop();
      await fresh.remove();
    }

    expect(new Set(ids).size).toBe(2);
  });

  test("a line that the crash cut off is as if it had never been", async () => {
    const before = await started(async () => {});
    await say(before, "p2", "+2");
    const shown = await chatOf(before);
    await killed();
    await appendFile(file, Buffer.from('{"type":"shown","message":{"id":"9","text":"果').subarray(0, -1));

    const after = await started(async () => {});
    const again = await chatOf(after);
    await say(after, "p2", "+3");
    await killed();

    expect(again.messages.map(({ text }) => text)).toEqual(shown.messages.map(({ text }) => text));
    expect((await chatOf(await started(async () => {}))).messages.map(({ text }) => text)).toEqual(["+2", "+3"]);
  });

  test("a journal that is broken in its middle is refused in words", async () => {
    await writeFile(file, '{"type":"numbers","next":7}\nnot json\n{"type":"pinned","message":"1"}\n');

    await expect(playgroundIn(folder.path).start(async () => {})).rejects.toMatchObject({
      code: "playground-unreadable",
      message: expect.stringContaining("line 2") as string,
    });
  });
});

describe("the journal", () => {
  test("what could not be written is not there, and spoils nothing that comes after", async () => {
    const folder = await dataFolder();
    const file = join(folder.path, "journal.jsonl");
    const journal = await openJournal<unknown>(file);
    await journal.append({ n: 1 });

    await expect(journal.append({ toJSON: () => 1n })).rejects.toThrow(TypeError);
    await journal.append({ n: 2 });
    await journal.close();

    expect(await readFile(file, "utf8")).toBe('{"n":1}\n{"n":2}\n');
    await folder.remove();
  });

  test("a shortened one tells the same chat: what is waiting, what is pinned, what is last", () => {
    const message = (id: number, text: string) => ({
      id: String(id),
      from: "bot",
      text,
      at: "2026-11-21T20:00:00.000Z",
    });
    const entry = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 9 }), fc.string())
        .map(([id, text]): Entry => ({ type: "shown", message: message(id, text) })),
      fc.integer({ min: 1, max: 9 }).map((id): Entry => ({ type: "pinned", message: String(id) })),
      fc.constant("said" as const),
      fc.constant("delivered" as const),
    );

    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (script) => {
        let seq = 100;
        const entries = script.map((step): Entry => {
          if (step === "delivered") return { type: "delivered", seq };
          if (step !== "said") return step;
          seq++;
          return { type: "said", seq, language: "en", message: message(seq, `said ${seq}`) };
        });

        const short = shortenEntries(entries, { messages: 5, entries: 0 });

        const [whole, shortened] = [entries, short].map((all) => {
          const chat = emptyChat();
          for (const one of all) applyEntry(chat, one);
          return { last: latestMessages(chat, 5), undelivered: chat.undelivered, pinned: chat.pinned, next: chat.next };
        });
        expect(shortened).toEqual(whole);
      }),
    );
  });
});
