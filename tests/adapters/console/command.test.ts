import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLine } from "../../../adapters/console/command.ts";
import { PEOPLE } from "../../../adapters/console/people.ts";

const rows = [
  { line: "+2 apples", speaker: undefined, command: { do: "say", text: "+2 apples" }, why: "plain words are said" },
  { line: "lin: +2 apples", speaker: "lin", command: { do: "say", text: "+2 apples" }, why: "a name speaks" },
  { line: "王姐：苹果+2", speaker: "wang", command: { do: "say", text: "苹果+2" }, why: "in Chinese too" },
  { line: "WANG:+2", speaker: "wang", command: { do: "say", text: "+2" }, why: "however it is written" },
  {
    line: "12A: +2 apples",
    speaker: undefined,
    command: { do: "say", text: "12A: +2 apples" },
    why: "a flat is no name",
  },
  { line: "备注: 要熟的", speaker: undefined, command: { do: "say", text: "备注: 要熟的" }, why: "nor is a label" },
  { line: "/as Wang", speaker: undefined, command: { do: "be", name: "Wang" }, why: "somebody else speaks" },
  { line: "/as", speaker: undefined, command: { do: "ask", about: "/as" }, why: "who?" },
  {
    line: "/open apples 5",
    speaker: undefined,
    command: { do: "say", text: "/open apples 5" },
    why: "Plusone's own commands are said",
  },
  {
    line: ":edit 3 +3 apples",
    speaker: undefined,
    command: { do: "edit", message: 3, text: "+3 apples" },
    why: "a change",
  },
  { line: ":edit 3", speaker: undefined, command: { do: "ask", about: ":edit" }, why: "a change to what?" },
  { line: ":recall #3", speaker: undefined, command: { do: "recall", message: 3 }, why: "with the sign too" },
  {
    line: ":reply 3 for two",
    speaker: undefined,
    command: { do: "say", text: "for two", replyTo: 3 },
    why: "an answer",
  },
  {
    line: ":press 5 Open it",
    speaker: undefined,
    command: { do: "press", message: 5, button: "Open it" },
    why: "a button of a message",
  },
  { line: ":press Open", speaker: undefined, command: { do: "press", button: "Open" }, why: "the newest of this name" },
  { line: ":press 2", speaker: undefined, command: { do: "press", button: "2" }, why: "one number is the button's" },
  {
    line: "alex: :press 1 2",
    speaker: "alex",
    command: { do: "press", message: 1, button: "2" },
    why: "somebody else presses",
  },
  { line: ":wait 1.5s", speaker: undefined, command: { do: "wait", seconds: 1.5 }, why: "scripts wait" },
  { line: ":show", speaker: undefined, command: { do: "show" }, why: "all" },
  { line: ":show 4", speaker: undefined, command: { do: "show", message: 4 }, why: "one" },
  { line: ":)", speaker: undefined, command: { do: "say", text: ":)" }, why: "a smile is no command" },
  { line: "   ", speaker: undefined, command: { do: "nothing" }, why: "an empty line says nothing" },
  { line: "lin:", speaker: "lin", command: { do: "nothing" }, why: "a name alone neither" },
] as const;

describe("a line in the terminal", () => {
  for (const { line, speaker, command, why } of rows) {
    test(`${JSON.stringify(line)} (${why})`, () => {
      const read = readLine(line, PEOPLE);

      expect(read.command).toEqual(command);
      expect(read.speaker?.id).toBe(speaker);
    });
  }

  test("is read whatever it is, and what is no command is said", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const { command } = readLine(`lin: x${text}`, PEOPLE);

        expect(command).toEqual({ do: "say", text: `x${text}`.trim() });
      }),
    );
  });
});
