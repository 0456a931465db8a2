import { describe, test } from "vitest";
import { FakeChat } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { memoryTown } from "../support/memory-town.ts";

/** From now on nothing can be pressed there. */
const disable = (chat: FakeChat) => Object.assign(chat.capabilities, { buttons: false });

describe("where there are no buttons, what to write instead does the same", () => {
  test("a picture of a payment: the leader marks it with the words that stand there", async () => {
    const { chat, lin, person } = await closedBuy("Apples $5/kg", { Ada: "2 kg apples" });
    disable(chat);

    await person("Ada").says("/paid 10", { photo: "photo-1" });

    const told = await lin.hears(/→ \/paid Ada 10/);
    await lin.says(/→ (\/paid Ada 10)/.exec(told.text)![1]!);
    await lin.hears(/Ada[\s\S]*Apples/i);
  });

  test("a price that rises: an order is cancelled with the words that stand there", async () => {
    const chat = new FakeChat();
    await memoryTown([chat]);
    const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
    await lin.opens("Apples $5/kg");
    disable(chat);
    await ada.says("2 kg apples");
    await lin.says("/item apples $6");
    await lin.hears(/\$6/);
    await lin.says("ok");

    const told = await ada.hears(/→ apples 0/i);
    await ada.says(/→ (apples 0)/i.exec(told.text)![1]!);
    await ada.says("/my");

    await ada.hears(/nothing|no order|not ordered/i);
  });
});
