import { expect, test } from "vitest";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { community } from "../support/scenario.ts";
import { minutesPass } from "../support/timers.ts";

/** A chat whose messages cannot be edited, with a buy of fruit open in it. */
async function room(minutes = "5") {
  const settings = { PLUSONE_LANGUAGE: "zh-hans", PLUSONE_REPOST_MINUTES: minutes };
  const { url, chat } = await community({ settings, chat: new FakeChat({ edit: false }) });
  const lin = chat.person("团长", { leader: true });
  await lin.says("/settings quiet off");
  await lin.hears(/免打扰|quiet/);
  await lin.opens("苹果 5元/斤，梨 6元/斤");
  const [wang, luo, li] = [chat.person("王姐"), chat.person("阿罗"), chat.person("小李")];
  return { url, chat, lin, wang, luo, li };
}

async function waits(url: string) {
  const { rows } = await withClient(url, (client) =>
    client.query<{ minutes: number }>(
      `SELECT round(extract(epoch FROM "dueAt" - now()) / 60)::int AS minutes
         FROM timer WHERE kind = 'repost' AND state = 'pending'`,
    ),
  );
  return rows.map(({ minutes }) => minutes);
}

test("a fork that would lose a line is merged and posted anew, when its time has come; what people add to that is booked", async () => {
  const { url, chat, lin, wang, luo, li } = await room();
  await wang.says("#接龙\n水果\n\n1. 王姐 苹果2");
  await luo.says("#接龙\n水果\n\n1. 王姐 苹果2\n2. 阿罗 梨1");
  await eventually("nothing is to be posted: the newest chain has all", async () => (await waits(url)).length === 0);
  expect(chat.posts.filter(({ text }) => /接龙/.test(text))).toEqual([]);

  await li.says("#接龙\n水果\n\n1. 王姐 苹果2\n2. 小李 苹果4"); // lacks 阿罗
  await eventually("it waits, since the buy was posted just now", async () => (await waits(url))[0] === 5);
  await minutesPass(url, 6);
  const merged = await chat.posted(/^#接龙/);
  expect(merged.text).toMatch(/王姐 苹果2\n\d\. 阿罗 梨1\n\d\. 小李 苹果4|王姐 苹果2\n\d\. 小李 苹果4\n\d\. 阿罗 梨1/);
  await li.says(`${merged.text}\n4. 妈妈 梨3`);
  await lin.says("/名单");
  const list = await lin.hears(/^苹果 \/ 梨\n1\./);
  expect(list.text).toMatch(/小李：苹果 4斤、给 ?妈妈：?梨 3斤|小李：.*妈妈.*梨 3斤/);
  expect(list.text).toMatch(/阿罗：梨 1斤/);
  expect(chat.posts.filter(({ text }) => /^#接龙/.test(text))).toHaveLength(1);
});

test("another's line is not changed: its copy hears so once, and the chain comes back with the right one", async () => {
  const { url, chat, wang, luo, li } = await room("1");
  await wang.says("#接龙\n水果\n\n1. 王姐 苹果2");
  await minutesPass(url, 6);
  await luo.says("#接龙\n水果\n\n1. 王姐 苹果9\n2. 阿罗 梨1");
  await luo.hears(/自己那一行|本人|别人/);

  const merged = await chat.posted(/^#接龙/);
  expect(merged.text).toBe("#接龙\n水果\n\n1. 王姐 苹果2\n2. 阿罗 梨1");
  await li.says("#接龙\n水果\n\n1. 王姐 苹果9\n2. 阿罗 梨1\n3. 小李 苹果1");
  await li.says("/我的");
  await li.hears(/苹果 1斤/);
  expect(li.heard(/自己那一行|本人|别人/)).toBe(0);
});

test("without a chain the tally is posted anew after a quiet minute with changes, and not for talk", async () => {
  const { url, chat, wang, luo } = await room();
  await wang.says("苹果2斤");
  await luo.says("谢谢团长");
  await eventually("it waits for quiet", async () => (await waits(url))[0] === 1);
  const before = chat.posts.length;
  await minutesPass(url, 6);

  await chat.posted(/苹果[^\n]*→ 2斤/);
  expect(chat.posts).toHaveLength(before + 1);
  await eventually("no more is to come", async () => (await waits(url)).length === 0);
});
