import { describe, expect, test } from "vitest";
import { announce } from "../../../core/announce/announce.ts";
import { fold } from "../../../core/text/fold.ts";
import { casesOf } from "../../support/json-lines.ts";

const { cases } = casesOf<{ readonly id: string; readonly text: string; readonly now: string; readonly zone: string }>(
  new URL("posts.jsonl", import.meta.url),
);

/** Other ways to write the same text. */
const variants: readonly (readonly [string, (text: string) => string])[] = [
  ["capitals", (text) => text.toUpperCase()],
  ["full width", (text) => text.replace(/[0-9A-Za-z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))],
];

/** What was read, in folded words: names and places are given as they were written. */
function readingOf(text: string, { now, zone }: { readonly now: string; readonly zone: string }): unknown {
  return JSON.parse(JSON.stringify(announce(text, { now: new Date(now), zone })), (_key, value: unknown) =>
    typeof value === "string" ? fold(value).text : value,
  );
}

describe("the same post in", () => {
  const asWritten = cases.map((post) => JSON.stringify(readingOf(post.text, post)));
  for (const [name, vary] of variants) {
    test(`${name} reads alike`, () => {
      const differing = cases
        .filter((post, index) => JSON.stringify(readingOf(vary(post.text), post)) !== asWritten[index])
        .map(({ id, text }) => `${id} ${text}`);

      expect(differing).toEqual([]);
    });
  }
});
