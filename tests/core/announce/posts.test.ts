import { readFileSync } from "node:fs";
import { Readable, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { run } from "../../../bot/cli/announce.ts";
import { differences, type Expected, type Printed } from "./judge.ts";

interface Post {
  readonly id: string;
  readonly text: string;
  readonly now: string;
  readonly zone: string;
  readonly expect: Expected;
  readonly why?: string;
}

const source = readFileSync(new URL("posts.jsonl", import.meta.url), "utf8");
const posts = source
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Post);

async function announced(): Promise<Map<string, Printed>> {
  const out: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      out.push(Buffer.from(chunk));
      done();
    },
  });
  await run([], { stdin: Readable.from([Buffer.from(source)]), stdout, stderr: process.stderr });
  const lines = Buffer.concat(out).toString("utf8").trim().split("\n");
  return new Map(lines.map((line) => JSON.parse(line) as Printed & { id: string }).map((read) => [read.id, read]));
}

describe("a leader's post", async () => {
  const read = await announced();
  for (const { id, text, expect: expected, why } of posts) {
    test(`${id} ${JSON.stringify(text.slice(0, 60))}${why ? ` (${why})` : ""}`, () => {
      expect(differences(expected, read.get(id) ?? { items: [], problems: [] })).toEqual([]);
    });
  }
});
