import { describe, expect, test } from "vitest";
import { directoryOf, forWhom, isNamed, whoIs } from "../../bot/actions/who-is.ts";
import type { Line } from "../../bot/store.ts";

const line = (person: string, whom = ""): Line => {
  return { person, for: whom, item: 1, option: "", quantity: 1000, waitlisted: 0 };
};

/** Accounts by name; what stands behind a name is booked for others on it. */
function directory(
  accounts: Readonly<Record<string, readonly string[]>>,
  codes: Readonly<Record<string, string>> = {},
) {
  const lines = Object.entries(accounts).flatMap(([name, others]) => ["", ...others].map((whom) => line(name, whom)));
  const names = new Map(Object.keys(accounts).map((name) => [name, name]));
  return directoryOf(lines, names, new Map(Object.entries(codes)));
}

const TOWN = directory(
  { "Ada 302": [], Ben: ["302", "501"], Cy: ["501"], "1203": [], 王姐: ["3栋"], Bens: [] },
  {
    "4711": "Ben",
    "1203": "Cy",
  },
);

describe("who is meant by a word", () => {
  const rows = [
    { said: "ben", found: ["Ben"], why: "whose name it is, whatever begins so" },
    { said: "@Ada 302", found: ["Ada 302"], why: "a mention" },
    { said: "ada", found: ["Ada 302"], why: "a part of one name" },
    { said: "be", found: ["Ben", "Bens"], why: "a part of two" },
    { said: "4711", found: ["Ben"], why: "a code" },
    { said: "1203", found: ["1203", "Cy"], why: "a door, and somebody else's code" },
    { said: "302", found: ["302 on Ben", "Ada 302"], why: "booked for a door that is part of a name, too" },
    { said: "501", found: ["501 on Ben", "501 on Cy"], why: "booked by two" },
    { said: "Ben for 302", found: ["302 on Ben"], why: "of one account, for one person" },
    { said: "王姐代3栋", found: ["3栋 on 王姐"], why: "the same in Chinese" },
    { said: "Cy for 302", found: [], why: "nobody whom they booked for" },
    { said: "", found: [], why: "no word" },
    { said: "Zoe", found: [], why: "nobody" },
  ];
  for (const { said, found, why } of rows) {
    test(`${JSON.stringify(said)}: ${found.join(", ") || "nobody"} (${why})`, () => {
      const labels = whoIs(said, TOWN).map(({ name, for: whom }) => (whom ? `${whom} on ${name}` : name));

      expect(labels).toEqual(found);
    });
  }

  test("a person who is called as somebody has booked for is asked about", () => {
    const found = whoIs("302", directory({ "302": [], Ben: ["302"] }));

    expect(found.map(({ person, for: whom }) => [person, whom])).toEqual([
      ["302", undefined],
      ["Ben", "302"],
    ]);
  });
});

describe("digits behind a command", () => {
  const rows = [
    { said: "4711", is: true, why: "a code" },
    { said: "302", is: true, why: "a door for which somebody has booked" },
    { said: "Ben for 302", is: true, why: "for whom" },
    { said: "Ben 25", is: false, why: "an amount behind a name" },
    { said: "25", is: false, why: "an amount" },
  ];
  for (const { said, is, why } of rows) {
    test(`${said} is ${is ? "a name" : "none"}: ${why}`, () => expect(isNamed(said, TOWN)).toBe(is));
  }

  test("for whom is told without a name where the account is known", () => {
    expect(["for 302", "代302", "302", "Ben for 302"].map(forWhom)).toEqual(["302", "302", undefined, undefined]);
  });
});
