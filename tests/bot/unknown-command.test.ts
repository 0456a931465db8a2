import { describe, expect, test } from "vitest";
import { commandOf } from "../../bot/command-of.ts";
import { nearCommands, unknownCommand } from "../../bot/near-command.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { memoryTown } from "../support/memory-town.ts";

describe("what an unknown command may stand for", () => {
  const rows = [
    { name: "opne", group: ["open"], toUs: ["open"], why: "two letters swapped" },
    { name: "setle", group: ["settle"], toUs: ["settle"], why: "a letter left out" },
    { name: "items", group: ["item"], toUs: ["item"], why: "a letter too many" },
    { name: "play", group: [], toUs: ["pay"], why: "a short name is like too much of other bots'" },
    { name: "stats", group: [], toUs: [], why: "two slips away" },
    { name: "star", group: [], toUs: [], why: "the first hello is no choice" },
    { name: "remind", group: [], toUs: ["pay remind", "pickup remind"], why: "another word for what commands do" },
    { name: "pick", group: ["pickup", "picked", "pack"], toUs: ["pickup", "picked", "pack"], why: "how two begin" },
    { name: "se", group: [], toUs: ["settings", "settle"], why: "the same, too short for a group" },
    { name: "weather", group: [], toUs: [], why: "another bot's" },
  ];
  for (const { name, group, toUs, why } of rows) {
    test(`/${name} in a group: ${group.join(", ") || "nothing"}, to us: ${toUs.join(", ") || "nothing"} (${why})`, () => {
      const found = (isToUs: boolean) =>
        nearCommands(name, isToUs).map(({ id, rest }) => (rest === undefined ? id : `${id} ${rest}`));

      expect(found(false)).toEqual(group);
      expect(found(true).toSorted()).toEqual(toUs.toSorted());
    });
  }
});

describe("the blank that is left out behind a Chinese name", () => {
  const rows = [
    { text: "/开团苹果5元", reads: { word: "/开团苹果", name: "开团", rest: "苹果5元" }, why: "goods and their price" },
    { text: "／已取王姐", reads: { word: "／已取王姐", name: "已取", rest: "王姐" }, why: "a name" },
    { text: "/opne: apples", reads: { word: "/opne", name: "opne", rest: "apples" }, why: "Latin names need it" },
    { text: "/3 apples", reads: undefined, why: "no name" },
    { text: "/a1 apples", reads: undefined, why: "digits belong to no name" },
    { text: "开团苹果5元", reads: undefined, why: "without a slash it is talk" },
    { text: "/已取 王姐", reads: undefined, why: "a command" },
  ];
  for (const { text, reads, why } of rows) {
    test(`${text}: ${reads ? `${reads.word} and ${reads.rest}` : "nothing"} (${why})`, () => {
      expect(unknownCommand(text, (each) => commandOf(each) !== undefined)).toEqual(reads);
    });
  }
});

describe("an unknown command", () => {
  test("that is like one of ours is answered with it in a group, and a press carries it out with what stood behind it", async () => {
    const { lin } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples" });
    await lin.says("/已取Ada");
    await lin.presses(await lin.hears(/没有 \/已取Ada|I don't know \/已取Ada/), /^\/picked$/);
    await lin.hears(/Ada.*(?:已取|has collected)/);

    await lin.says("/piad Ada 4");
    const asked = await lin.hears(/I don't know \/piad[\s\S]*\n\/paid – /);
    await lin.presses(asked, /^\/paid$/);

    await lin.hears(/Ada is marked as paid[\s\S]*\$4 of \$10/);
  });

  test("of another bot is left to it, unless it is said to us", async () => {
    const { chat, lin } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples" });
    const before = chat.shown.length;

    await lin.says("/weather tomorrow");
    await lin.says("/remind");
    await lin.says("/my");
    await lin.hears(/no order/);
    expect(chat.shown.slice(before).filter(({ by }) => !by)).toHaveLength(1);

    await chat.deliver({ ...lin.saying("/remind"), toUs: true });
    const asked = await lin.hears(/I don't know \/remind/);
    await lin.presses(asked, /\/pay remind/);
    await lin.hears(/would be reminded|Ada/);
  });

  test("in private is answered with those that may be meant, else with what there is", async () => {
    const chat = new FakeChat();
    await memoryTown([chat]);
    const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
    await lin.opens("Apples $5/kg");
    await ada.says("2 kg apples");

    await ada.writes("/mx");
    await ada.presses(await ada.hears(/I don't know \/mx[\s\S]*\/my – /), /^\/my$/);
    await ada.hears(/Your order for Apples/i);
    await ada.writes("/weather");
    await ada.hears(/I don't know \/weather[\s\S]*Neighbours just write/);
    await ada.writes("/我得");
    await ada.hears(/没有 \/我得|I don't know/);
  });
});
