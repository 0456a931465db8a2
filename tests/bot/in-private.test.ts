import { describe, expect, test } from "vitest";
import { FakeChat, type FakePerson } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { memoryTown } from "../support/memory-town.ts";

test("what only shows something may be asked in private: it is about the group that one ordered in last", async () => {
  const chat = new FakeChat();
  const town = await memoryTown([chat]);
  const [lin, ada, zoe] = [chat.person("Lin", { leader: true }), chat.person("Ada"), chat.person("Zoe")];
  await lin.opens("Apples $5/kg");
  await ada.says("2 kg apples");

  await ada.writes("/my");
  await ada.hears(/Your order for Apples[\s\S]*To pay: \$10/i);
  await ada.writes("/pay");
  await ada.hears(/To pay for Apples[\s\S]*\$10/i);
  await ada.writes("/list");
  await ada.hears(/Only a leader can use \/list/);
  await ada.writes("/tally picture");
  await ada.hears(/Only a leader or a helper/);
  await lin.writes("/tally picture");
  await lin.gets(/\.png$/);
  await lin.writes("/list");
  await lin.hears(/1\. Ada: Apples 2 kg = \$10/i);

  await zoe.writes("/my");
  await zoe.hears(/Neighbours just write/);
  await ada.writes("/close");
  await ada.hears(/Neighbours just write/);
  await ada.writes("3 kg apples");
  await ada.hears(/Neighbours just write/);
  await lin.says("/tally");
  expect((await lin.hears(/→ 2 kg/)).text).toMatch(/1 person/);
  await town.later(0);
});

describe("what a leader begins in private", () => {
  const shapes = [
    { buttons: true, why: "as on Telegram" },
    { buttons: false, why: "as on WeChat" },
  ];
  for (const { buttons, why } of shapes) {
    test(`is of the group that they lead: opened there at an ok, and a pasted chain is booked there (${why})`, async () => {
      const chat = new FakeChat({ buttons, edit: buttons });
      const town = await memoryTown([chat]);
      const lin = chat.person("Lin", { leader: true });
      await lin.says("/help");

      await lin.writes("/open Apples $5/kg\nPears $6/kg");
      const shown = await lin.hears(/Apples/);
      expect(await town.store.buysAfter(undefined, 9)).toEqual([]);
      await (buttons ? lin.presses(shown, /Open/) : lin.writes("ok"));
      await chat.posted(/🟢[\s\S]*Apples/);
      await lin.writes("/import #接龙\nFruit\n\n1. Ada apples 2\n2. Ben pears 1");
      await lin.hears(/Ada[\s\S]*Ben/);
      await lin.writes("ok");
      await lin.hears(/Ada/);

      const [buy] = await town.store.buysAfter(undefined, 9);
      const lines = await town.store.linesOf(buy!.community, buy!.id);
      expect(lines.map(({ item, quantity }) => [item, quantity]).sort()).toEqual([
        [1, 2_000],
        [2, 1_000],
      ]);
    });
  }

  test("is asked for step by step, and dropped at a no", async () => {
    const chat = new FakeChat({ buttons: false });
    const town = await memoryTown([chat]);
    const lin = chat.person("Lin", { leader: true });
    await lin.says("/help");

    await lin.writes("/open");
    await lin.hears(/\?/);
    await lin.writes("apples $5/kg");
    await lin.hears(/Until when/);
    await lin.writes("no");
    await lin.hears(/apples/i);
    await lin.writes("no");

    await lin.hears(/Nothing was opened/);
    expect(await town.store.buysAfter(undefined, 9)).toEqual([]);
  });

  test("is asked about where they lead several groups, and goes to the one that they name", async () => {
    const chat = new FakeChat({ buttons: false, edit: false });
    const town = await memoryTown([chat]);
    const lin = chat.person("Lin", { leader: true });
    await lin.says("/help");
    await chat.deliver({ ...lin.saying("/help"), chat: { id: "g2", kind: "group", title: "Hill" } });

    await lin.writes("/open Apples $5/kg");
    await lin.hears(/Garden Court, Hill|Hill, Garden Court/);
    expect(await town.store.buysAfter(undefined, 9)).toEqual([]);
    await lin.writes("/open Hill: Apples $5/kg");
    await lin.hears(/Apples/);
    await lin.writes("ok");
    await chat.posted(/🟢/);
    await lin.writes("/import #接龙\nFruit\n\n1. Ada apples 2");
    await lin.hears(/Ada/);

    const [buy] = await town.store.buysAfter(undefined, 9);
    const place = await town.store.meetChat(
      "fake",
      { id: "g2", kind: "group" },
      { zone: "", language: "en", currency: "" },
    );
    expect(buy).toMatchObject({ status: "open", community: place.community.id, chats: [place.chat] });
  });

  test("is nothing of who leads nowhere: they hear what they can do", async () => {
    const chat = new FakeChat();
    const town = await memoryTown([chat]);
    const ada = chat.person("Ada");
    await ada.says("/help");

    await ada.writes("/open Apples $5/kg");

    await ada.hears(/Neighbours just write/);
    expect(await town.store.buysAfter(undefined, 9)).toEqual([]);
  });
});

describe("what one says in private of one's own order", () => {
  const said = [
    { words: "paid 10", heard: /paid[\s\S]*\$10/i, why: "plain words with the amount" },
    { words: "/paid", heard: /paid/i, why: "a command" },
    { words: "已付", heard: /付/, why: "a command's name without a slash" },
    { words: "已取", heard: /Ada[\s\S]*(?:取|领)/, why: "the words that a notice offers where there are no buttons" },
    { words: "/picked", heard: /Ada has collected|collected/i, why: "a command" },
    { words: "苹果坏了1斤", heard: /(?:记|团长)/, why: "a complaint in plain words" },
    { words: "/issue 1 kg of the apples is rotten", heard: /leader/i, why: "a complaint" },
  ];
  for (const { words, heard, why } of said) {
    test(`${words}: is taken (${why})`, async () => {
      const { person } = await closedBuy("Apples (苹果) $5/kg", { Ada: "2 kg apples", Ben: "1 kg apples" });

      await person("Ada").writes(words);

      const answer = await person("Ada").hears(heard);
      expect(answer.text).not.toMatch(/Neighbours just write|邻居/);
    });
  }

  test("counts in the group: the leader sees who has paid and collected", async () => {
    const { lin, person } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples", Ben: "1 kg apples" });
    await person("Ada").writes("/picked");
    const answer = await person("Ada").hears(/Apples/);
    expect(answer.text).toContain("/picked undo");

    await lin.says("/pickup list");

    expect((await lin.hears(/have collected/)).text).toMatch(/1 of 2/);
  });

  test("is a complaint of a buy that is settled, as in the group: while it is time, and why not when that is over", async () => {
    const { lin, person, town } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples", Ben: "1 kg apples" });
    const ada = person("Ada");
    await lin.says("/settle");
    await lin.presses(await lin.hears(/📒/), /Settle/);
    await lin.hears(/is settled/);

    await ada.writes("1 kg of the apples is rotten");
    await ada.hears(/noted for Apples/i);
    await lin.hears(/#1 Ada about Apples 1 kg/i);
    await ada.writes("/picked");
    await ada.hears(/Ada has collected/);

    const later = 4 * 24 * 3_600_000;
    await town.later(later);
    const event = ada.saying("/issue apples: rotten", { at: new Date(Date.now() + later) });
    await ada.chat.deliver({ ...event, chat: { id: ada.id, kind: "direct" } });
    await ada.hears(/time to report problems with .* ended/);
  });

  test("is one's own: somebody else's is marked in the group", async () => {
    const { person } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples", Ben: "1 kg apples" });

    await person("Ada").writes("/paid Ben");

    await person("Ada").hears(/in private[\s\S]*in the group/);
  });

  test("is asked about where it may be of several groups, and done at the press", async () => {
    const { chat, lin, person, town } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples" });
    const ada = person("Ada");
    const there = (who: FakePerson, text: string) =>
      chat.deliver({ ...who.saying(text), chat: { id: "g2", kind: "group", title: "Hill" } });
    await there(lin, "/open Pears $6/kg");
    await lin.hears(/Pears/);
    await there(lin, "ok");
    await chat.posted(/Pears/);
    await there(ada, "1 kg pears");
    await there(lin, "/close");
    await chat.posted(/Pears[\s\S]*final list|final list[\s\S]*Pears/);

    await ada.writes("paid");
    const asked = await ada.hears(/Which one do you mean: Pears[^\n]*Apples/i);
    await ada.presses(asked, /Apples/i);
    await ada.hears(/apples/i);

    await ada.writes("paid"); // only the pears are open now
    expect((await ada.hears(/paid/i)).text).toMatch(/pears/i);
    await town.later(0);
  });

  test("is a picture too: it is asked whether it shows a payment, and an ok answers", async () => {
    const { chat, person } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples" });
    const ada = person("Ada");
    await chat.deliver({ ...ada.saying(""), photo: "photo-1", chat: { id: ada.id, kind: "direct" } });
    await ada.hears(/\$10/);

    await ada.writes("ok");

    await ada.hears(/paid[\s\S]*\$10/i);
  });
});
