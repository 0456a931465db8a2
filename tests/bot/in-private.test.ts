import { expect, test } from "vitest";
import { FakeChat } from "../support/fake-chat.ts";
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
