import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { EditIn, Incoming, TextIn } from "../../bot/ports.ts";
import { Spool } from "../../bot/spool.ts";

const SAID: TextIn = {
  type: "text",
  platform: "once",
  chat: { id: "g", kind: "group" },
  id: "1",
  position: 1,
  sender: { id: "u", name: "王姐" },
  text: "苹果+2\n谢谢",
  sentAt: new Date("2026-11-21T20:00:00.123+08:00"),
};

test("events come out as they went in, instants included, in order, and in every process that opens the file", async () => {
  const path = ownPath();
  const edit: EditIn = { ...SAID, type: "edit", text: "苹果+3", editedAt: new Date("2026-11-21T20:01:00+08:00") };
  const first = await Spool.open(path);
  await Promise.all([first.append([SAID]), first.append([edit, { ...SAID, id: "2" }])]);
  await first.close();

  const second = await opened(path);

  expect(await all(second)).toEqual([SAID, edit, { ...SAID, id: "2" }]);
});

test("a last line that a crash has torn is cut off, and what comes next stands on a line of its own", async () => {
  const path = ownPath();
  const whole = `${JSON.stringify(SAID)}\n`;
  for (const torn of ["{", JSON.stringify({ ...SAID, id: "torn" }), JSON.stringify(SAID).slice(0, 40)]) {
    writeFileSync(path, whole + torn);
    const spool = await Spool.open(path);
    await spool.append([{ ...SAID, id: "2" }]);

    expect((await all(spool)).map(({ id }) => id)).toEqual(["1", "2"]);
    await spool.close();
  }
});

test("a damaged line is left out and counted, the others are kept", async () => {
  const path = ownPath();
  writeFileSync(path, `${JSON.stringify(SAID)}\n\0\0\0\n${JSON.stringify({ ...SAID, id: "2" })}\n`);
  const spool = await opened(path);

  const chunk = await spool.next(10);

  expect(chunk).toMatchObject({ events: [{ id: "1" }, { id: "2" }], damaged: 1 });
});

test("the file is emptied when all of it is done with, and not before", async () => {
  const path = ownPath();
  const spool = await opened(path);
  await spool.append([SAID, { ...SAID, id: "2" }, { ...SAID, id: "3" }]);
  const full = statSync(path).size;

  const first = await spool.next(2);
  await first?.done();
  const between = statSync(path).size;
  const second = await spool.next(2);
  await second?.done();

  expect(first?.events.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(between).toBe(full);
  expect(second?.events.map(({ id }) => id)).toEqual(["3"]);
  expect([statSync(path).size, spool.isEmpty, await spool.next(2)]).toEqual([0, true, undefined]);
});

test("a line may be longer than what is read at once", async () => {
  const path = ownPath();
  const spool = await opened(path);
  const long = { ...SAID, text: "苹".repeat(3_000_000) };
  await spool.append([long, SAID]);

  const events = await all(spool);

  expect(events.map((event) => (event as TextIn).text.length)).toEqual([3_000_000, SAID.text.length]);
});

test("the file is readable by its owner alone: it holds what people wrote", async () => {
  const path = ownPath();
  await opened(path);

  expect(statSync(path).mode & 0o077).toBe(0);
});

test("an append that the disk refuses rejects, and leaves no half lines", async () => {
  const path = ownPath();
  const spool = await Spool.open(path);
  await spool.append([SAID]);
  await spool.close();

  await expect(spool.append([SAID])).rejects.toThrow();

  expect(readFileSync(path, "utf8")).toBe(`${JSON.stringify(SAID)}\n`);
});

async function all(spool: Spool): Promise<Incoming[]> {
  const found: Incoming[] = [];
  for (let chunk = await spool.next(2); chunk; chunk = await spool.next(2)) {
    found.push(...chunk.events);
    await chunk.done();
  }
  return found;
}

async function opened(path: string): Promise<Spool> {
  const spool = await Spool.open(path);
  onTestFinished(() => spool.close());
  return spool;
}

function ownPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "plusone-spool-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "spool.jsonl");
}
