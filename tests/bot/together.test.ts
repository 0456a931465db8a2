import { describe, expect, test } from "vitest";
import type { Content } from "../../bot/ports.ts";
import type { Claimed } from "../../bot/store.ts";
import { together } from "../../bot/together.ts";

const GOT_IT = { label: "Got it", data: "seen:1", words: "got it" };
const SEEN = { label: "收到", data: "seen:1", words: "收到" };
const room = { buttons: false, maxText: 400 };
const group = { buttons: true, maxText: 400 };

describe("what several people cannot be told alone", () => {
  test("is one message: each with their own words, and once below them what to write", () => {
    const claims = [said("ada", "Ada, apples: 1234", [[GOT_IT]]), said("wang", "王姐，苹果：5678", [[SEEN]])];

    const { mentions } = together([...claims, said("ben", "Ben, pears: 9999", [[GOT_IT]])], room);

    expect(mentions).toEqual({
      words: [
        { to: "ada", text: "Ada, apples: 1234" },
        { to: "wang", text: "王姐，苹果：5678" },
        { to: "ben", text: "Ben, pears: 9999" },
      ],
      below: "→ got it\n→ 收到",
    });
  });

  test("has the buttons that all of them have; who has others is told in another message", () => {
    const claims = [said("ada", "Ada", [[GOT_IT]]), said("wang", "王姐", [[SEEN]]), said("ben", "Ben", [[GOT_IT]])];

    const { said: now, mentions } = together(claims, group);

    expect(now.map(({ to }) => to)).toEqual(["ada", "ben"]);
    expect(mentions.buttons).toEqual([[GOT_IT]]);
    expect(mentions.below).toBeUndefined();
    expect(together([claims[1]!], group).mentions.buttons).toEqual([[SEEN]]);
  });

  test("says what may be said in public, where that is something else", () => {
    const { mentions } = together([said("ada", "Your code: 1234", [[GOT_IT]], "Please write to me in private.")], room);

    expect(mentions).toEqual({ words: [{ to: "ada", text: "Please write to me in private." }] });
  });

  test("is no longer than a message may be, and everybody comes once, in their order", () => {
    const all = Array.from({ length: 40 }, (_, index) => said(`p${index}`, `${index} `.padEnd(60, "x"), [[GOT_IT]]));
    const messages: string[][] = [];

    for (let rest: readonly Claimed[] = all; rest.length > 0; ) {
      const { said: now, mentions } = together(rest, room);
      const texts = mentions.words.map(({ text }) => `@name of somebody\u2005${text}`);
      expect([...texts, mentions.below].join("\n\n").length).toBeLessThanOrEqual(room.maxText);
      messages.push(now.map(({ to }) => to!));
      rest = rest.filter((claim) => !now.includes(claim));
    }

    expect(messages.flat()).toEqual(all.map(({ to }) => to));
    expect(messages.length).toBeLessThan(20);
  });

  test("that is as long as a message is said by itself, without what to write", () => {
    const long = said("ada", "x".repeat(400), [[GOT_IT]]);

    const { said: now, mentions } = together([long, said("ben", "Ben", [[GOT_IT]])], room);

    expect(now).toEqual([long]);
    expect(mentions).toEqual({ words: [{ to: "ada", text: long.content.text }] });
  });

  test("keeps the parts of a long word in their order, though only the last has buttons", () => {
    const parts = [said("ada", "Ada 1"), said("ada", "Ada 2"), said("ada", "Ada 3", [[GOT_IT]])];

    const { said: now } = together([said("ben", "Ben", [[GOT_IT]]), ...parts], group);

    expect(now.map(({ to }) => to)).toEqual(["ben"]);
    expect(together(parts, group).said).toEqual(parts.slice(0, 2));
  });
});

function said(to: string, text: string, buttons?: Content["buttons"], publicly?: string): Claimed {
  const content = { text, ...(buttons && { buttons }), ...(publicly !== undefined && { publicly }) };
  return {
    ...{ community: "c", id: to, token: 1, platform: "fake", chat: "g", externalChat: "g1", isGroup: true },
    ...{ buy: "b", kind: "pickup-notice", to, content, attempts: 1 },
  };
}
