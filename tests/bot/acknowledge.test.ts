import { expect, test } from "vitest";
import type { Receipt } from "../../bot/ports.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { memoryTown } from "../support/memory-town.ts";

/** A chat without marks, as WeChat: what is booked is acknowledged in words. */
class UnmarkedChat extends FakeChat {
  readonly receipts: Receipt[] = [];

  override readonly capabilities = {
    ...new FakeChat({ edit: false }).capabilities,
    react: false,
  };

  acknowledge(_chat: string, receipt: Receipt): void {
    this.receipts.push(receipt);
  }

  get noted(): readonly string[] {
    return this.receipts.map(({ name, lines }) => [name, ...lines.values()].join(" "));
  }
}

async function opened(announcement: string) {
  const chat = new UnmarkedChat();
  const town = await memoryTown([chat]);
  const lin = chat.person("Lin", { leader: true });
  await lin.opens(announcement);
  return { chat, town, lin, ada: chat.person("Ada"), ben: chat.person("Ben") };
}

test("of a message of which one thing is sold out, that is said to wait, and the rest is noted", async () => {
  const { chat, ada, ben } = await opened("Apples $5/kg\nEggs $4/box, only 3");

  await ada.says("eggs 3");
  await ben.says("apples 2, eggs 1");

  const told = await ben.hears(/waiting list/);
  expect(told.text).toMatch(/^Eggs is sold out: 1 box on the waiting list/i);
  expect(chat.noted).toEqual([expect.stringMatching(/^Ada Eggs 3 box$/i), expect.stringMatching(/^Ben Apples 2 kg$/i)]);
});

test("who changes other people's lines in a chain has their own noted, and is not listed as unclear", async () => {
  const { chat, town, lin, ada, ben } = await opened("Apples $5/kg\nEggs $4/box");
  await ada.says("#接龙\n1. Ada apples 2");
  await ben.says("#接龙\n1. Ada apples 9\n2. Ben eggs 1");

  await ben.hears(/Only your own line/);
  expect(chat.noted.at(-1)).toMatch(/^Ben Eggs 1 box$/i);
  await lin.says("/close");
  await town.later(2_000);
  const list = await chat.posted(/final list/);
  expect(list.text).toMatch(/Ada: Apples 2 kg[\s\S]*Ben: Eggs 1 box/i);
  expect(list.text).not.toMatch(/Never made clear/);
});

test("a leader names goods as people shorten their names", async () => {
  const { lin, ada, town } = await opened("Fuji apples 红富士苹果 $5/kg\nred pears 雪梨 $6/kg\ngreen pears 青梨 $6/kg");
  await ada.says("3 kg apples, 2 kg red pears, 1 kg green pears");
  await lin.says("/close");
  await town.later(2_000);
  await lin.says("/arrive apples 2, 雪梨 1");
  await lin.says("ok");

  await lin.says("/short 苹果 Ada 2, pears Ada 1");
  await lin.hears(/“pears Ada 1”/);
  await lin.says("/short 苹果 Ada 2, 雪梨 Ada 1");

  await lin.hears(/: 2 kg of 3 kg[\s\S]*: 1 kg of 2 kg/);
});
