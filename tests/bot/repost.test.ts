import { expect, test } from "vitest";
import { FakeChat } from "../support/fake-chat.ts";
import { memoryTown } from "../support/memory-town.ts";

const HOUR = 3_600_000;

/** A chat whose messages cannot be edited, at night: a fork has lost a line of a chain. */
async function atNight() {
  let isNight = true;
  const chat = new FakeChat({ edit: false });
  Object.assign(chat, { deferMs: (_chat: string, urgency: string) => (isNight && urgency !== "now" ? HOUR : 0) });
  const town = await memoryTown([chat], { language: "zh-hans" });
  const lin = chat.person("团长", { leader: true });
  await lin.says("/settings quiet off");
  await lin.hears(/免打扰|quiet/);
  await lin.opens("苹果 5元/斤");
  const [wang, luo, li] = [chat.person("王姐"), chat.person("阿罗"), chat.person("小李")];
  await wang.says("#接龙\n水果\n\n1. 王姐 苹果2");
  await luo.says("#接龙\n水果\n\n1. 王姐 苹果2\n2. 阿罗 苹果1");
  await li.says("#接龙\n水果\n\n1. 王姐 苹果2\n2. 小李 苹果4"); // lacks 阿罗
  await town.later(0);
  const chains = () => chat.posts.filter(({ text }) => text.startsWith("#接龙"));
  const morning = async () => {
    isNight = false;
    await town.later(2 * HOUR);
    await town.later(0);
  };
  return { chat, town, lin, wang, chains, morning };
}

test("a chain is not posted anew at night; in the morning it is, once, with what was said meanwhile", async () => {
  const { chat, town, wang, chains, morning } = await atNight();
  await wang.says("#接龙\n水果\n\n1. 王姐 苹果3"); // lacks both others
  await town.later(HOUR / 2);
  expect(chains()).toEqual([]);

  await morning();

  expect((await chat.posted(/^#接龙/)).text).toMatch(/王姐 苹果3/);
  expect(chains()).toHaveLength(1);
});

test("a chain of a buy that has closed meanwhile is not posted any more", async () => {
  const { chat, lin, chains, morning } = await atNight();
  await lin.says("/close");
  await chat.posted(/最终名单/);

  await morning();

  expect(chains()).toEqual([]);
});
