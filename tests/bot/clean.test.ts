import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clean } from "../../bot/clean.ts";
import type { TextIn } from "../../bot/ports.ts";
import { anyText } from "../support/any-text.ts";

describe("what arrives is cleaned before anything else", () => {
  const rows = [
    { text: "a\0b", expected: "ab", why: "no database takes NUL" },
    { text: "a\ud83db", expected: "a\ufffdb", why: "half a character" },
    { text: "苹果😀\n+2", expected: "苹果😀\n+2", why: "everything else stays" },
  ];
  for (const { text, expected, why } of rows) {
    test(`${JSON.stringify(text)} (${why})`, () => expect(clean(says(text, "Lin"))).toMatchObject({ text: expected }));
  }

  test("a name stands in one line and turns nothing around", () => {
    expect(clean(says("+1", "Lin\n\u202eevil\u2069 "))).toMatchObject({ sender: { name: "Lin evil" } });
  });

  test("whatever is written, what remains is well formed", () => {
    fc.assert(
      fc.property(anyText(), anyText(), (text, name) => {
        const event = clean(says(text, name)) as TextIn;

        expect(encodeURIComponent(event.text + event.sender.name)).not.toContain("%00");
        expect(event.sender.name).not.toBe("");
      }),
    );
  });
});

function says(text: string, name: string): TextIn {
  return {
    type: "text",
    platform: "fake",
    chat: { id: "g", kind: "group" },
    id: "1",
    position: 1,
    sender: { id: "u", name },
    text,
    sentAt: new Date("2026-11-21T20:00:00+08:00"),
  };
}
