import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../bot/commands.ts";
import { isEnough, type Who } from "../../bot/rights.ts";

describe("what a role may do", () => {
  const rows = [
    { role: "resident", who: "everybody", may: true, why: "ordering is for all" },
    { role: "resident", who: "helper", may: false, why: "whoever was not named may not" },
    { role: "resident", who: "leader", may: false, why: "default deny" },
    { role: "helper", who: "helper", may: true, why: "that is what they are for" },
    { role: "helper", who: "leader", may: false, why: "helpers do not open, close or settle" },
    { role: "leader", who: "helper", may: true, why: "who leads may help" },
    { role: "leader", who: "leader", may: true, why: "who leads may lead" },
    { role: "owner", who: "leader", may: true, why: "who owns may lead" },
  ] as const;
  for (const { role, who, may, why } of rows) {
    test(`${role}: ${may ? "" : "not "}what is for ${who} (${why})`, () => expect(isEnough(role, who)).toBe(may));
  }
});

describe("commands", () => {
  const named = (who: Who) => COMMANDS.filter((command) => command.who === who).map(({ id }) => id);
  const others = COMMANDS.filter((command) => command.others).map(({ id, others: who }) => [id, who]);

  test("helpers pack and hand out, look at the board, and tick for others who has paid and collected; nothing else", () => {
    expect(named("helper")).toEqual(["pack", "pickup", "board"]);
    expect(others).toEqual([
      ["paid", "helper"],
      ["unpaid", "helper"],
      ["picked", "helper"],
    ]);
  });

  test("residents order, look, pay, collect, complain, rate, and say how they are written to", () => {
    const all = [
      "tally",
      "my",
      "paid",
      "pay",
      "unpaid",
      "picked",
      "issue",
      "rate",
      "settings",
      "undo",
      "forget",
      "help",
      "start",
    ];
    expect(named("everybody").toSorted()).toEqual(all.toSorted());
  });
});
