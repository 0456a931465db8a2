import { PassThrough, Readable, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { run } from "../../../bot/cli/announce.ts";

/** Runs `plusone announce` on lines of input and gives its exit code and the lines of its output. */
async function announceLines(lines: readonly string[]): Promise<{ code: number; results: unknown[] }> {
  const stdout = new PassThrough();
  const chunks: Buffer[] = [];
  stdout.on("data", (chunk: Buffer) => chunks.push(chunk));

  const code = await run([], { stdin: Readable.from([lines.join("\n")]), stdout, stderr: new PassThrough() });

  const results = Buffer.concat(chunks).toString().trim().split("\n").filter(Boolean);
  return { code, results: results.map((line) => JSON.parse(line) as unknown) };
}

const now = "2026-11-21T10:00:00+08:00";
const zone = "Asia/Shanghai";

describe("plusone announce", () => {
  test("prints decimals and times with the zone's offset", async () => {
    const text =
      "红富士苹果 5元/斤，限50斤，每人限10斤，满20斤4.5元，30斤起团，明晚8点截单，周六上午10点-12点3号楼大厅自提";

    const { code, results } = await announceLines([JSON.stringify({ id: "a1", text, now, zone })]);

    expect(code).toBe(0);
    expect(results).toEqual([
      {
        id: "a1",
        title: "红富士苹果",
        currency: "CNY",
        items: [
          {
            name: "红富士苹果",
            price: "5.00",
            unit: "斤",
            options: [],
            stock: 50,
            perPerson: 10,
            tiers: [{ from: 20, price: "4.50" }],
          },
        ],
        closesAt: "2026-11-22T20:00:00+08:00",
        pickup: { from: "2026-11-28T10:00:00+08:00", until: "2026-11-28T12:00:00+08:00", place: "3号楼大厅" },
        minimum: { quantity: 30 },
        problems: [],
      },
    ]);
  });

  test("keeps the order of the lines, skips blank ones and goes on after faulty ones", async () => {
    const { results } = await announceLines([
      JSON.stringify({ id: "1", text: "苹果 5元/斤", now, zone }),
      "",
      "{not json",
      '"text"',
      JSON.stringify({ text: "苹果 5元/斤", now, zone }),
      JSON.stringify({ id: "2", now, zone }),
      JSON.stringify({ id: "3", text: "苹果", now: "yesterday", zone }),
      JSON.stringify({ id: "4", text: "苹果", now, zone: "Asia/Nowhere" }),
      JSON.stringify({ id: "5", text: "梨 4元/斤", now, zone }),
    ]);

    const ids = results.map((result) => (result as { id: unknown }).id);
    expect(ids).toEqual(["1", null, null, null, null, null, null, "5"]);
    expect(results[1]).toEqual({ id: null, error: expect.stringContaining("JSON") });
  });

  test("says what is wrong in words, with the facts beside them", async () => {
    const { results } = await announceLines([
      JSON.stringify({ id: "1", text: "烤红薯 8元/个，今天上午9点截单", now, zone }),
      JSON.stringify({ id: "2", text: "大家好", now, zone }),
    ]);

    expect(results).toMatchObject([
      {
        closesAt: "2026-11-21T09:00:00+08:00",
        problems: [{ field: "closesAt", code: "closing-past", message: expect.stringContaining("has passed") }],
      },
      { items: [], problems: [{ field: "items", message: expect.stringContaining("No item") }] },
    ]);
  });

  test("gives every problem a sentence", async () => {
    const texts = [
      "大家好",
      "1. 苹果 5元/斤\n2. 梨",
      "苹果 5元/斤 梨 4元/斤\n限20份",
      "苹果 5元/斤，11月31日截单",
      "苹果 5元/斤，11月25日周四截单",
      "苹果 5元/斤，今天上午9点截单",
      "苹果 5元/斤，11月30日晚8点截单，11月28日下午3点自提",
      "苹果 5元/斤 今晚截 6元/斤",
      "苹果".repeat(10_001),
    ];

    const { results } = await announceLines(
      texts.map((text, index) => JSON.stringify({ id: String(index), text, now, zone })),
    );

    const problems = (results as { problems: { message: string }[] }[]).map((result) => result.problems);
    expect(problems.every((list) => list.length > 0)).toBe(true);
    expect(problems.flat().every(({ message }) => /^\S.{15,}[.]$/.test(message))).toBe(true);
  });

  test("waits for a reader that is slow", async () => {
    const lines = Array.from({ length: 200 }, (_, id) =>
      JSON.stringify({ id: String(id), text: "苹果 5元/斤", now, zone }),
    );
    let waiting = 0;
    let most = 0;
    let written = 0;
    const stdout = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        most = Math.max(most, ++waiting);
        setImmediate(() => {
          waiting--;
          written++;
          done();
        });
      },
    });

    const code = await run([], { stdin: Readable.from([lines.join("\n")]), stdout, stderr: new PassThrough() });
    await new Promise<void>((resolve) => stdout.end(resolve));

    expect(code).toBe(0);
    expect(written).toBe(200);
    expect(most).toBe(1);
    expect(stdout.writableLength).toBe(0);
  });
});
