import { expect, test } from "vitest";
import type { Capabilities, Content } from "../../bot/ports.ts";
import { withoutButtons } from "../../bot/without-buttons.ts";

const able = { buttons: true, maxText: 100 } as Capabilities;
const unable = { ...able, buttons: false };
const content: Content = {
  text: "What did the supplier say?",
  buttons: [[{ label: "Confirmed", data: "po:1:confirmed", words: "/po 2" }], [{ label: "Help", data: "help:1" }]],
};

test("choices stay buttons where there are such", () => {
  expect(withoutButtons(content, able)).toBe(content);
});

test("elsewhere each choice says what to write for it; what has no words is left out", () => {
  expect(withoutButtons(content, unable)).toEqual({ text: "What did the supplier say?\nConfirmed → /po 2" });
});

test("a choice that is said as it is called stands there once", () => {
  const asked = { text: "Seen?", buttons: [[{ label: "Got it", data: "seen:1", words: "got it" }]] };

  expect(withoutButtons(asked, unable)).toEqual({ text: "Seen?\n→ got it" });
});

test("a text that is full goes without them", () => {
  expect(withoutButtons(content, { ...unable, maxText: 30 })).toEqual({ text: "What did the supplier say?" });
});
