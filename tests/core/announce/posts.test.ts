import { describe, expect, test } from "vitest";
import { run } from "../../../bot/cli/announce.ts";
import { casesOf, printedFor } from "../../support/json-lines.ts";
import { differences, type Expected, type Printed } from "./judge.ts";

interface Post {
  readonly id: string;
  readonly text: string;
  readonly now: string;
  readonly zone: string;
  readonly expect: Expected;
  readonly why?: string;
}

const { source, cases: posts } = casesOf<Post>(new URL("posts.jsonl", import.meta.url));

describe("a leader's post", async () => {
  const read = await printedFor<Printed>(run, source);
  for (const { id, text, expect: expected, why } of posts) {
    test(`${id} ${JSON.stringify(text.slice(0, 60))}${why ? ` (${why})` : ""}`, () => {
      expect(differences(expected, read.get(id) ?? { items: [], problems: [] })).toEqual([]);
    });
  }
});
