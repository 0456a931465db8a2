import { describe, expect, test } from "vitest";
import type { FakeChat, FakePerson } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";

async function notified(orders: Readonly<Record<string, string>>) {
  const buy = await closedBuy("Apples $5/kg, pears $6/kg", orders);
  await buy.lin.says("/pickup at 302");
  await buy.lin.presses(await buy.lin.hears(/will be told/), /Send/);
  const notice = await buy.person("Ada").hears(/is ready/);
  return { ...buy, ada: buy.person("Ada"), notice };
}

const writes = (chat: FakeChat, who: FakePerson, photo: string) =>
  chat.deliver({ ...who.saying(""), photo, chat: { id: who.id, kind: "direct" } });

describe("a picture without a word, under a pickup notice", () => {
  test("is asked about, since it may show a payment or what is wrong with any of one's goods", async () => {
    const { lin, ada, notice } = await notified({ Ada: "2 kg apples, 1 kg pears" });

    await ada.says("", { replyTo: notice, photo: "photo-1" });
    const asked = await ada.hears(/What does this picture show.*\$16/);
    expect(asked.buttons.map(({ label }) => label.toLowerCase())).toEqual([
      "apples: not right",
      "pears: not right",
      "i have paid",
      "leave it",
    ]);
    await ada.presses(asked, /pears/i);

    await ada.hears(/noted for pears/i);
    const told = await lin.hears(/#1 Ada about pears.*“see the picture” 📷/i);
    expect(told.photo).toBe("photo-1");
    await ada.presses(asked, /apples/i);
    await ada.hears(/too old/);
  });

  test("is a payment at an ok, where something is open", async () => {
    const { lin, ada, notice } = await notified({ Ada: "2 kg apples" });
    await ada.says("", { replyTo: notice, photo: "photo-1" });
    await ada.hears(/What does this picture show/);

    await ada.says("ok");

    await ada.hears(/noted that you paid/);
    expect((await lin.hears(/says \$10 is paid/)).photo).toBe("photo-1");
  });

  test("is a complaint where nothing is due: of the only goods at an ok, of several by a button", async () => {
    const { lin, ada, notice } = await notified({ Ada: "2 kg apples" });
    await lin.says("/paid Ada");
    await lin.hears(/marked/);
    await ada.says("", { replyTo: notice, photo: "photo-1" });
    await ada.hears(/Is something wrong with what you got/);
    await ada.says("ok");
    await ada.hears(/noted for Apples/i);
    await lin.hears(/#1 Ada about Apples/i);

    const more = await notified({ Ada: "2 kg apples, 1 kg pears" });
    await more.lin.says("/paid Ada");
    await more.lin.hears(/marked/);
    await more.ada.says("", { replyTo: more.notice, photo: "photo-2" });
    await more.ada.hears(/Is something wrong/);
    await more.ada.says("ok");
    await more.ada.presses(await more.ada.hears(/Is something wrong/), /apples/i);
    await more.lin.hears(/#1 Ada about Apples/i);
  });

  test("in private is asked about in the same way", async () => {
    const { chat, lin, ada } = await notified({ Ada: "2 kg apples" });
    await writes(chat, ada, "photo-1");
    const asked = await ada.hears(/What does this picture show/);
    await ada.presses(asked, /apples: not right/i);
    await lin.hears(/#1 Ada about Apples/i);

    await lin.says("/paid Ada");
    await lin.hears(/marked/);
    await writes(chat, ada, "photo-2");
    await ada.hears(/Is something wrong/);
    await ada.writes("ok");
    await ada.hears(/Added to what you said/);
  });
});

test("a picture under another message of ours is a payment or nothing", async () => {
  const { chat, lin, person } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples" });
  const list = await chat.posted(/final list/);
  const ada = person("Ada");
  await ada.says("", { replyTo: list, photo: "photo-1" });
  await ada.hears(/Does this picture show that you have paid \$10/);
  await lin.says("/paid Ada");
  await lin.hears(/marked/);

  await ada.says("", { replyTo: list, photo: "photo-2" });
  await ada.says("/my");
  await ada.hears(/Your order/);

  expect(ada.heard(/picture|wrong/)).toBe(1);
});
