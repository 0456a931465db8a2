import { expect, test } from "vitest";
import { FakeChat } from "../support/fake-chat.ts";
import { memoryTown } from "../support/memory-town.ts";

test("why somebody has what they have: by their own words, and by whose else", async () => {
  const chat = new FakeChat();
  await memoryTown([chat]);
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $5/kg\nPears $4/kg");
  await ada.says("#接龙\nFruit\n1. Ada apples 2");
  await ben.says("#接龙\nFruit\n1. Ada apples 2\n2. Ben pears 1");
  await lin.says("#接龙\nFruit\n1. Ada apples 3\n2. Ben pears 1\n3. Lin pears 2");

  await ada.says("/my why");
  const adas = await ada.hears(/what was said/);
  await lin.says("/my why");
  const lins = await lin.hears(/what was said/);
  await lin.says("/list Ben");
  const bens = await lin.hears(/Ben, .*what was said/);

  expect(adas.text).toMatch(
    /“#接龙\nFruit\n1\. Ada apples 2”\n {3}→ Apples: 0 kg → 2 kg\n• .* “#接龙 Fruit 1\. Ada apples 3 .*”, by Lin\n {3}→ Apples: 2 kg → 3 kg$/,
  );
  expect(lins.text).toMatch(/\n {3}→ Pears: 0 kg → 2 kg$/);
  expect(lins.text).not.toMatch(/→ Apples/);
  expect(bens.text).not.toMatch(/by Lin/);
});
