import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import type { Deliver, Incoming } from "../../../bot/ports.ts";
import { TestTerminal } from "./terminal.ts";

/** Keeps what it is handed. */
function listener(): { heard: Incoming[]; deliver: Deliver } {
  const heard: Incoming[] = [];
  return {
    heard,
    deliver: async (events) => {
      heard.push(...events);
    },
  };
}

describe("the chat in a terminal", () => {
  let terminal: TestTerminal;
  afterEach(() => terminal.console.stop());

  async function opened(settings: ConstructorParameters<typeof TestTerminal>[0] = {}) {
    terminal = new TestTerminal(settings);
    const { heard, deliver } = listener();
    await terminal.console.start(deliver);
    return { terminal, heard, adapter: terminal.console };
  }

  test("prints what is said with its number, and who says it", async () => {
    const { terminal, heard } = await opened();

    terminal.types("+2 apples", "/as Wang", "苹果+2", "alex: one for me");
    await terminal.shows("one for me");

    expect(terminal.screen).toContain(
      "[1] Lin: +2 apples\n-- You speak as 王姐 now.\n[2] 王姐: 苹果+2\n[3] Alex: one for me\n",
    );
    expect(heard).toMatchObject([
      { type: "text", sender: { id: "lin", name: "Lin" }, text: "+2 apples" },
      { sender: { id: "wang", name: "王姐" }, text: "苹果+2" },
      { sender: { id: "alex", name: "Alex" }, text: "one for me" },
    ]);
  });

  test("a file is put into the data folder, and its person is told where", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plusone-console-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { terminal, adapter } = await opened({ folder });
    const document = { name: "list.csv", data: Uint8Array.of(1, 2, 3), caption: "The list" };

    await adapter.giveDocument!({ chat: "console", to: "lin" }, document);

    const file = join(folder, "exports", "list.csv");
    expect(terminal.screen).toContain(`Plusone (only Lin sees this): The list\n      ${file}`);
    expect([...readFileSync(file)]).toEqual([1, 2, 3]);
  });

  test("somebody new comes in by name, and keeps their id in the next run", async () => {
    const { terminal, heard } = await opened();

    terminal.types("/as Mei Ling", "+1");
    await terminal.shows("[1] Mei Ling: +1");

    expect(heard).toMatchObject([{ sender: { id: "mei ling", name: "Mei Ling" } }]);
  });

  test("a backslash at the end of a line joins the next one", async () => {
    const { terminal, heard } = await opened();

    terminal.types("/open apples 5\\", "pears 4");
    await terminal.shows("pears 4");

    expect(heard).toMatchObject([{ text: "/open apples 5\npears 4" }]);
    expect(terminal.screen).toContain("[1] Lin: /open apples 5\n      pears 4\n");
  });

  test("an edit of a post prints what is new in it", async () => {
    const { terminal, adapter } = await opened();
    const { id } = await adapter.post("console", { text: "Apples\nOrdered: 2 kg\n1. Lin 2 kg" });
    const before = terminal.screen.length;

    await adapter.edit("console", id!, { text: "Apples\nOrdered: 5 kg\n1. Lin 2 kg\n2. Alex 3 kg" });

    expect(await terminal.shows("Alex", before)).toBe(
      "[1] Plusone changed it:\n      Ordered: 5 kg\n      2. Alex 3 kg\n",
    );
  });

  test("a private word says whom it is for, and only they can press its buttons", async () => {
    const { terminal, heard, adapter } = await opened({ patienceMs: 1 });
    const buttons = [[{ label: "Fuji", data: "which:1" }], [{ label: "Gala", data: "which:2" }]];

    await adapter.whisper({ chat: "console", to: "wang" }, { text: "Which apples?", buttons });
    await terminal.shows("buttons: 1 Fuji | 2 Gala");
    terminal.types("lin: :press Gala", "wang: :press 2");
    await terminal.shows("王姐 presses Gala [1]");

    expect(terminal.screen).toContain("[1] Plusone (only 王姐 sees this): Which apples?");
    expect(terminal.screen).toContain("-- There is no button Gala for Lin to press.");
    expect(heard).toMatchObject([{ type: "button", sender: { id: "wang" }, data: "which:2" }]);
  });

  test("a press waits for a button that is still to come", async () => {
    const { terminal, heard, adapter } = await opened({ patienceMs: 60_000 });

    terminal.types(":press open", "+2");
    await adapter.post("console", { text: "Open?", buttons: [[{ label: "Open", data: "open:1" }]] });
    await terminal.shows("Lin: +2");

    expect(heard).toMatchObject([
      { type: "button", data: "open:1" },
      { type: "text", text: "+2" },
    ]);
  });

  test("what could not be stored is to be written again, and cannot be edited", async () => {
    terminal = new TestTerminal();
    await terminal.console.start(async () => {
      throw new TypeError("stopping");
    });

    terminal.types("+2 apples", ":edit 1 +3 apples");
    await terminal.shows("no message 1");

    expect(terminal.screen).toContain(
      "-- This could not be stored (TypeError). Write it again.\n-- There is no message 1.\n",
    );
  });

  test("commands of the terminal do not work on what is not there, and say so", async () => {
    const { terminal, heard, adapter } = await opened();
    await adapter.post("console", { text: "Hello" });

    terminal.types(":edit 9 x", ":edit 1 x", ":recall 9", ":show 9", ":reply 9 x", ":recall", ":help");
    await terminal.shows(":quit");

    expect(terminal.screen).toContain("-- There is no message 9.");
    expect(terminal.screen).toContain("-- [1] is not a message of somebody here.");
    expect(terminal.screen).toContain("-- Write it like this: :recall 3");
    expect(heard).toEqual([]);
  });

  test("the end of the input ends it, after what was said is stored", async () => {
    terminal = new TestTerminal();
    const stored: string[] = [];
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await terminal.console.start(async ([event]) => {
      await held;
      stored.push(event!.type);
    });

    terminal.input.end("+2 apples\n+3 pears"); // the last line without its end
    await terminal.shows("+2 apples");
    letGo();
    await terminal.console.ended;

    expect(stored).toEqual(["text", "text"]);
  });

  test(":quit ends it, and what follows is not read", async () => {
    const { terminal, heard } = await opened();

    terminal.types("+2", ":quit", "+3");
    await terminal.console.ended;

    expect(heard).toMatchObject([{ text: "+2" }]);
  });

  test("stopping does not wait out a :wait", async () => {
    const { terminal } = await opened();
    terminal.types("+2", ":wait 3600", "+3");
    await terminal.shows("+2");

    await terminal.console.stop();
    await terminal.console.ended;

    expect(terminal.screen).not.toContain("+3");
  });

  test("words of others cannot move the cursor or ring the bell", async () => {
    const { terminal, adapter } = await opened();

    await adapter.post("console", {
      text: "a\u001b[2Jb\u0007c\rd",
      buttons: [[{ label: "\u001b[31mred", data: "x" }]],
    });
    await terminal.shows("buttons");

    expect(terminal.screen).not.toMatch(/[\u0007\r\u001b]/);
  });

  test("a prompt names the speaker, and what comes meanwhile stands above it", async () => {
    const { terminal, adapter } = await opened({ prompts: true });
    await terminal.shows(/Lin> $/);

    await adapter.post("console", { text: "Hi" });

    expect(await terminal.shows("Hi")).toMatch(/Lin> \r\[1\] Plusone: Hi\nLin> $/);
  });

  test("ids of two runs differ, so the database takes neither for the other", async () => {
    const first = await opened({ clock: { now: () => new Date("2026-11-21T20:00:00Z") } });
    first.terminal.types("+2");
    await first.terminal.shows("Lin: +2");
    await first.adapter.stop();
    const second = await opened({ clock: { now: () => new Date("2026-11-21T20:00:01Z") } });
    second.terminal.types("+2");
    await second.terminal.shows("Lin: +2");

    expect((first.heard[0] as { id: string }).id).not.toBe((second.heard[0] as { id: string }).id);
  });
});
