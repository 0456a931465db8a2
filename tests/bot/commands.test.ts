import { describe, expect, test } from "vitest";
import { commandOf } from "../../bot/command-of.ts";
import { COMMANDS } from "../../bot/commands.ts";

describe("a message that is a command", () => {
  const rows = [
    { text: "/open apples $3", id: "open", rest: "apples $3", why: "the rest is the announcement" },
    { text: "/OPEN apples", id: "open", rest: "apples", why: "case does not matter" },
    { text: "／close", id: "close", rest: "", why: "Chinese keyboards type a full-width slash" },
    { text: "/open@plusone_bot apples", id: "open", rest: "apples", why: "Telegram adds the bot's name in groups" },
    { text: "开团 苹果 5元/斤", id: "open", rest: "苹果 5元/斤", why: "in Chinese the name alone will do" },
    { text: "開團\n蘋果 60元", id: "open", rest: "蘋果 60元", why: "the announcement may stand below" },
    { text: "/开团 苹果", id: "open", rest: "苹果", why: "so may the slash be there" },
    { text: "截团", id: "close", rest: "", why: "alone it is meant" },
    { text: "/my", id: "my", rest: "", why: "no argument is needed" },
  ];
  for (const { text, id, rest, why } of rows) {
    test(`${JSON.stringify(text)} is /${id} (${why})`, () => {
      const called = commandOf(text);

      expect(called?.command.id).toBe(id);
      expect(called?.rest).toBe(rest);
    });
  }

  const talk = [
    { text: "开团了吗", why: "a question about it" },
    { text: "open the door please", why: "an English word needs its slash" },
    { text: "my 2 apples", why: "the same" },
    { text: "/unknown", why: "somebody else's command" },
    { text: "+2 apples", why: "an order" },
    { text: "", why: "nothing" },
    { text: "团长 我要两斤", why: "an order that begins by addressing the leader" },
    { text: "我的苹果呢", why: "the name goes on into other words" },
  ];
  for (const { text, why } of talk) {
    test(`${JSON.stringify(text)} is none (${why})`, () => expect(commandOf(text)).toBeUndefined());
  }

  test("every name leads to one command", () => {
    const names = COMMANDS.flatMap((command) => [command.id, ...command.names]);

    expect(new Set(names).size).toBe(names.length);
  });
});
