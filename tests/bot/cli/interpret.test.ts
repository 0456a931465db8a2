import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { run } from "../../../bot/cli/interpret.ts";

async function interpretLines(
  lines: readonly string[],
  argv: readonly string[] = [],
): Promise<Record<string, unknown>[]> {
  const stdout = new PassThrough();
  const code = run(argv, { stdin: Readable.from([lines.join("\n")]), stdout, stderr: new PassThrough() });
  const chunks: Buffer[] = [];
  stdout.on("data", (chunk: Buffer) => chunks.push(chunk));

  expect(await code).toBe(0);

  stdout.end();
  await once(stdout, "end");
  const text = Buffer.concat(chunks).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const items = [
  { name: "苹果", unit: "斤" },
  { name: "梨", unit: "斤" },
];

describe("plusone interpret", () => {
  test("answers each line in its order, with decimals", async () => {
    const results = await interpretLines([
      JSON.stringify({ id: "a", text: "苹果一斤半", items }),
      "",
      JSON.stringify({ id: "b", text: "谢谢", items }),
      JSON.stringify({ id: "c", text: "少半斤苹果", items, mine: { 1: 2.5 } }),
    ]);

    expect(results).toEqual([
      { id: "a", kind: "order", lines: [{ item: 1, op: "set", quantity: 1.5 }] },
      { id: "b", kind: "none" },
      { id: "c", kind: "order", lines: [{ item: 1, op: "add", quantity: -0.5 }] },
    ]);
  });

  test("says what is wrong with a line, and goes on", async () => {
    const results = await interpretLines([
      "no json",
      "[]",
      '{"id":"a"}',
      '{"text":"+1"}',
      JSON.stringify({ id: "b", text: "+1", items: [items[0]] }),
    ]);

    expect(results.slice(0, 4).every(({ id, error }) => id === null && typeof error === "string")).toBe(true);
    expect(results[4]).toEqual({ id: "b", kind: "order", lines: [{ item: 1, op: "add", quantity: 1 }] });
  });

  test("takes what it does not know, and fields of other types, without falling over", async () => {
    const results = await interpretLines([
      JSON.stringify({
        id: "a",
        text: "苹果2斤",
        items: [{ name: "苹果", unit: 3, aliases: "x", more: true }, 7, null],
        mine: [],
        reply: "yes",
        chain: 1,
        earlier: [2],
      }),
      JSON.stringify({ id: "b", text: "苹果2斤" }),
    ]);

    expect(results[0]).toMatchObject({ id: "a", kind: "unclear" });
    expect(results[1]).toMatchObject({ id: "b" });
  });

  test("explains which rules read which words", async () => {
    const [result] = await interpretLines(
      [JSON.stringify({ id: "a", text: "草梅2斤", items: [{ name: "草莓", unit: "斤" }] })],
      ["--explain"],
    );

    expect(result).toEqual({
      id: "a",
      kind: "order",
      lines: [{ item: 1, op: "set", quantity: 2 }],
      rules: [{ rule: "homophone + quantity", start: 0, end: 4, text: "草梅2斤" }],
    });
  });

  test("tells what a chain changed, in decimals", async () => {
    const chain = "#接龙\n苹果\n1. 王姐 苹果1斤";
    const [result] = await interpretLines([
      JSON.stringify({ id: "a", text: `${chain}\n2. 小李 苹果半斤`, items, chain }),
    ]);

    expect(result).toMatchObject({
      kind: "chain",
      changes: [{ type: "added", name: "小李", lines: [{ item: 1, op: "set", quantity: 0.5 }] }],
    });
  });

  test("waits for a slow reader", async () => {
    const lines = Array.from({ length: 3000 }, (_, index) =>
      JSON.stringify({ id: String(index), text: "苹果2斤", items }),
    );
    const stdout = new PassThrough({ highWaterMark: 1024 });
    const done = run([], { stdin: Readable.from([lines.join("\n")]), stdout, stderr: new PassThrough() });
    let length = 0;
    let most = 0;
    stdout.on("readable", () => {
      most = Math.max(most, stdout.readableLength + stdout.writableLength);
      length += (stdout.read() as Buffer | null)?.length ?? 0;
    });

    await done;

    expect(most).toBeLessThan(64 * 1024);
    expect(length).toBeGreaterThan(3000 * 60);
  });
});
