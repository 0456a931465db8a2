import { describe, expect, test } from "vitest";
import { choiceButtons } from "../../bot/actions/choices.ts";
import { commandOf } from "../../bot/command-of.ts";
import type { Doer } from "../../bot/parts.ts";
import { howTo, wordsOf } from "../../bot/replies/replies.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { memoryTown } from "../support/memory-town.ts";

const CHAT = "11111111-1111-4111-8111-111111111111";
const ADA = { person: "0a1b2c3d-1111-4111-8111-111111111111", name: "Ada Lovelace of house number 3" };

function doerWith(text: string): Doer {
  const doer = { place: { chat: CHAT }, language: "en", called: commandOf(text) };
  return doer as unknown as Doer;
}

describe("a choice in a button", () => {
  test("names people and items by number, and says in words what would be written", () => {
    const { buttons } = choiceButtons(doerWith("/paid Zoe 25"), [{ label: "Ada", rest: [ADA, "25"] }]);

    expect(buttons).toEqual([
      [{ label: "Ada", data: `do:${CHAT}:paid @0a1b2c3d 25`, words: "/paid Ada Lovelace of house number 3 25" }],
    ]);
  });

  test("keeps the command as it was written, and takes another by its name", () => {
    const choices = [
      { label: "a", rest: ["全到"] },
      { label: "b", command: "undo" as const, rest: [] },
    ];

    const { buttons = [] } = choiceButtons(doerWith("到货 随便"), choices);

    expect(buttons.flat().map(({ words }) => words)).toEqual(["到货 全到", "/undo"]);
    expect(buttons.flat().map(({ data }) => data)).toEqual([`do:${CHAT}:arrive 全到`, `do:${CHAT}:undo`]);
  });

  const rows = [
    { rest: "a reason that is longer than a button", why: "it would not fit" },
    { rest: "坏了两个，还有一个", why: "nor would so many bytes" },
    { rest: "two\nlines", why: "a button says one line" },
  ];
  for (const { rest, why } of rows) {
    test(`${JSON.stringify(rest)} is not offered: ${why}`, () => {
      expect(choiceButtons(doerWith("/issue x"), [{ label: "x", rest: [{ item: 1, name: "Apples" }, rest] }])).toEqual(
        {},
      );
    });
  }

  test("fits into what a platform takes, whatever it holds", () => {
    const { buttons = [] } = choiceButtons(doerWith("/leader helper x"), [{ label: "Ada", rest: ["helper", ADA] }]);

    expect(Buffer.byteLength(buttons[0]![0]!.data)).toBeLessThanOrEqual(64);
  });
});

describe("a choice that is pressed", () => {
  test("does for the one who was chosen what was said of somebody unknown", async () => {
    const { lin, person } = await closedBuy("Apples $5", { Ada: "+2", Ben: "+1" });

    await lin.says("/paid Bea 3");
    const asked = await lin.hears(/Bea has no order[\s\S]*like: \/paid Ben/);
    expect(asked.buttons.map(({ label, words }) => `${label}: ${words}`)).toEqual(["Ben: /paid Ben 3"]);
    await lin.presses(asked, /Ben/);
    const marked = await lin.hears(/Ben is marked as paid[\s\S]*\$3 of \$5/);
    await lin.presses(marked, /Undo/);
    const undone = await lin.hears(/Taken back: Ben is not marked/);
    await lin.presses(undone, /Mark as paid/);

    await lin.hears(/Ben is marked as paid[\s\S]*\$5 of \$5/);
    expect(person("Ada").heard(/paid/)).toBe(0);
  });

  test("tells people of one name apart", async () => {
    const chat = new FakeChat();
    await memoryTown([chat]);
    const lin = chat.person("Lin", { leader: true });
    const [one, other] = [chat.person("Ada"), chat.person("Ada")];
    await lin.opens("Apples $5");
    await one.says("+1");
    await other.says("+3");
    await lin.says("/close");
    await chat.posted(/final list/);

    await lin.says("/refund Ada 1");
    const asked = await lin.hears(/have ordered: Ada, Ada/);
    expect(asked.buttons).toHaveLength(2);
    const heard = [];
    for (const { data } of asked.buttons) {
      await chat.deliver({ ...lin.pressing(asked, /Ada/), data });
      heard.push((await lin.hears(/Refund/)).text);
    }

    expect(heard.map((text) => /to pay (\S+)$/m.exec(text)?.[1]).sort()).toEqual(["$14", "$4"]);
  });

  test("asks the rights of whoever presses it", async () => {
    const { chat, lin, person } = await closedBuy("Apples $5", { Ada: "+2", Ben: "+1" });
    await lin.says("/paid Bea");
    const asked = await lin.hears(/Bea has no order/);

    await person("Ada").presses(asked, /Ben/);

    await person("Ada").hears(/Only a leader/);
    expect(chat.shown.filter(({ text }) => /marked as paid/.test(text))).toEqual([]);
  });

  test("carries the words of a complaint to the item that is meant", async () => {
    const { lin, person } = await closedBuy("Apples $5, pears $6", { Ada: "2 apples, 1 pear" });

    await person("Ada").says("/issue two were bad");
    await person("Ada").presses(await person("Ada").hears(/“two were bad”/), /pears/i);

    await person("Ada").hears(/noted for pears/i);
    await lin.hears(/Ada about pears .*two were bad/i);
  });

  test("does it with the buy that was chosen of several", async () => {
    const chat = new FakeChat();
    await memoryTown([chat]);
    const lin = chat.person("Lin", { leader: true });
    await lin.opens("Apples $5");
    const pears = await lin.opens("Pears $6");

    await lin.says("/extend tomorrow 9pm");
    const asked = await lin.hears(/Several buys are open/);
    expect(asked.buttons.map(({ words }) => words)).toEqual([undefined, undefined]);
    await lin.presses(asked, /Pears/);

    await lin.hears(/Pears now closes at .*21:00/);
    expect(pears.text).toMatch(/Pears/);
  });

  test("takes a late order onto the list that was not replied to", async () => {
    const { chat, lin, person } = await closedBuy("Apples $5", { Ada: "+2", Ben: "+1" });
    await person("Ben").says("+3", { at: new Date(Date.now() + 5_000) });
    await lin.hears(/Ben wrote after/);

    await lin.says("/accept");
    const asked = await lin.hears(/as a reply to the late message/);
    expect(asked.text).toMatch(/Ben: .*\+3.*[0-9a-f]{8}/);
    expect(asked.buttons.map(({ label }) => label)).toEqual(["Ben: +3"]);
    await lin.presses(asked, /Ben/);
    await chat.posted(/Corrected[\s\S]*Ben: Apples ×4/);

    await lin.says("/accept that");
    const nothing = await lin.hears(/“that”/);
    expect(nothing.buttons.map(({ words }) => words)).toEqual(["/list"]);
  });

  test("asks in the chat, where an ok will do", async () => {
    const { lin, person } = await closedBuy("Apples $5", { Ada: "+2" });
    await lin.says("/refund Bea 3");
    await lin.presses(await lin.hears(/“Bea 3”/), /Ada/);
    await lin.hears(/to pay \$7/);

    await lin.says("ok");

    await person("Ada").hears(/Refund −\$3/);
  });

  test("is gone where what it names is gone", async () => {
    const { chat, lin } = await closedBuy("Apples $5", { Ada: "+2" });
    await lin.says("/paid Bea");
    const asked = await lin.hears(/Bea has no order/);

    const data = asked.buttons[0]!.data.replace(/@\w{8}/, "@00000000");
    await chat.deliver({ ...lin.pressing(asked, /Ada/), data });

    await lin.hears(/too old/);
  });

  test("takes money back that was booked", async () => {
    const { lin, person } = await closedBuy("Apples $5", { Ada: "+2" });
    await lin.says("/refund Ada 3");
    await lin.presses(await lin.hears(/to pay \$7/), /Change/);
    await person("Ada").hears(/Refund −\$3[\s\S]*\$7/);

    await lin.presses(await lin.hears(/To take it back/), /Undo/);
    await lin.presses(await lin.hears(/to pay \$10/), /Change/);

    await person("Ada").hears(/Refund \+\$3[\s\S]*\$10/);
  });
});

describe("a command without what it needs does not do the most that it can", () => {
  test("/close with a time closes nothing, and offers to close then", async () => {
    const chat = new FakeChat();
    await memoryTown([chat]);
    const lin = chat.person("Lin", { leader: true });
    await lin.opens("Apples $5");

    await lin.says("/close tomorrow 9pm");
    const asked = await lin.hears(/“tomorrow 9pm”/);
    expect(asked.buttons.map(({ label }) => label.replace(/: .*/, ""))).toEqual(["Closes", "Close now"]);
    await lin.presses(asked, /Closes/);

    await lin.hears(/Apples now closes at .*21:00/);
  });

  test("/cancel with an item cancels no buy", async () => {
    const chat = new FakeChat();
    await memoryTown([chat]);
    const lin = chat.person("Lin", { leader: true });
    await lin.opens("Apples $5");

    await lin.says("/cancel apples");
    await lin.presses(await lin.hears(/“apples”[\s\S]*their own order/), /Call it off/);
    await lin.presses(await lin.hears(/I would call off Apples/), /Leave/);

    await lin.hears(/Left as it is/);
    expect(chat.posts.filter(({ text }) => /is cancelled/.test(text))).toEqual([]);
  });
});

describe("words that were not understood are said again", () => {
  const rows = [
    { said: "two\n\nlines\tand  blanks ", again: "two lines and blanks", why: "in one line" },
    { said: "a\u202eb\u0007c", again: "a b c", why: "without what turns or rings" },
    { said: "😀".repeat(61), again: `${"😀".repeat(60)}…`, why: "not too much of them, and no half character" },
    { said: "{name} $& <b>*x*", again: "{name} $& <b>*x*", why: "signs of any markup as they are" },
  ];
  for (const { said, again, why } of rows) {
    test(`${JSON.stringify(said.slice(0, 20))}: ${why}`, () => {
      expect(howTo(said, "How", wordsOf("en"))).toBe(`I can't read “${again}” here.\nHow`);
    });
  }
});
