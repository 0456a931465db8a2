import { describe, expect, test } from "vitest";
import { run } from "../../../bot/cli/interpret.ts";
import { casesOf, printedFor } from "../../support/json-lines.ts";
import { differences, type Expected, type Printed } from "./judge.ts";

interface Message {
  readonly id: string;
  readonly text: string;
  readonly expect: Expected;
  readonly why?: string;
}

const { source, cases: messages } = casesOf<Message>(new URL("messages.jsonl", import.meta.url));

describe("a chain message", async () => {
  const read = await printedFor<Printed>(run, source);
  for (const { id, text, expect: expected, why } of messages) {
    test(`${id} ${JSON.stringify(text.slice(0, 60))}${why ? ` (${why})` : ""}`, () => {
      expect(differences(expected, read.get(id) ?? { kind: "missing" })).toEqual([]);
    });
  }
});
