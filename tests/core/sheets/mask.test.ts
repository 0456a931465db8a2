import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskContacts, maskName } from "../../../core/sheets/mask.ts";

describe("a masked name", () => {
  const rows = [
    { name: "王姐", masked: "王*", why: "the first character tells neighbours who it is" },
    { name: "王小姐 302", masked: "王** 3**", why: "a door is a contact too" },
    { name: "Lin Mei", masked: "L** M**", why: "each word by itself" },
    { name: "Ada", masked: "A**", why: "short or long, no more than two stars" },
    { name: "Bartholomew", masked: "B**", why: "the length tells nothing" },
    { name: "3栋2单元501张阿姨", masked: "3**", why: "what has no blank is one word" },
    { name: "🌸小美🌸", masked: "*小**", why: "flowers tell who somebody is" },
    { name: "13812345678", masked: "1**", why: "a name may be a number" },
    { name: "A", masked: "A", why: "there is nothing to leave out" },
    { name: "", masked: "", why: "nothing stays nothing" },
  ];
  for (const { name, masked, why } of rows) {
    test(`${name} is ${masked} (${why})`, () => expect(maskName(name)).toBe(masked));
  }

  test("keeps no more than the first character of any word", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const left = maskName(name).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

        expect(left.filter((word) => [...word].length > 1)).toEqual([]);
      }),
    );
  });
});

describe("a masked note", () => {
  const rows = [
    { note: "ripe ones please", masked: "ripe ones please", why: "leads to nobody" },
    { note: "放门口 13812345678", masked: "放门口 1***", why: "a telephone number does" },
    { note: "call +65 9123 4567", masked: "call +***", why: "also with blanks" },
    { note: "微信 lin_302x 谢谢", masked: "微信 *** 谢谢", why: "an account does" },
    { note: "mail lin.mei@example.org!", masked: "mail *@*", why: "an address does" },
    { note: "@linmei takes it", masked: "@* takes it", why: "a mention does" },
    { note: "2斤装, 10:30", masked: "2斤装, 10:30", why: "an amount and a time do not" },
    { note: "after 18:00-20:00", masked: "after 18:00-20:00", why: "nor a span of time" },
  ];
  for (const { note, masked, why } of rows) {
    test(`${note} is ${masked} (${why})`, () => expect(maskContacts(note)).toBe(masked));
  }
});
