import { beforeAll, expect, test } from "vitest";
import type { WeChatOptions } from "../../adapters/wechat/index.ts";
import { loadWechaty } from "../../adapters/wechat/puppet.ts";
import { toldAtStart } from "../../bot/cli/start.ts";
import { FakeWeChat } from "../adapters/wechat/fake-wechat.ts";
import { hastyWeChat, leadersCode } from "../adapters/wechat/whole.ts";
import { Chance } from "../simulation/chance.ts";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";
import { minutesPass, timersOf } from "../support/timers.ts";

beforeAll(async () => {
  await loadWechaty();
});

/** The whole of Plusone on a WeChat that keeps what was said. */
async function plusone(options: Partial<WeChatOptions> = {}) {
  const fake = new FakeWeChat();
  const ada = fake.person("ada", "团长");
  const wang = fake.person("wang", "王姐");
  const luo = fake.person("luo", "阿罗");
  const room = fake.room("green@chatroom", "快乐小区", ada, wang, luo);
  const database = await ownDatabase();
  const wechat = hastyWeChat(fake, database, options);
  await runningOn(database, [wechat], { PLUSONE_LANGUAGE: "zh-hans" });
  const code = await leadersCode(wechat);
  const hears = (words: RegExp) =>
    eventually(`the room hears ${words}`, () => fake.heardIn(room).find(({ text }) => words.test(text))?.text);
  return { fake, ada, wang, luo, room, code, hears, database };
}

test("a buy in a WeChat room: claimed, opened, ordered, taken back, closed", async () => {
  const { fake, ada, wang, luo, room, code, hears } = await plusone();

  fake.says(ada, room, code);
  await hears(/您是这里的团长/);
  fake.says(ada, room, "/open 苹果 5元/斤 梨 4元/斤");
  await hears(/确认|开团/);
  fake.says(ada, room, "ok");
  await hears(/🟢/);
  fake.says(wang, room, "苹果2");
  const pears = fake.says(luo, room, "梨1");

  await hears(/记下了.*王姐 苹果 2/);
  await hears(/记下了.*阿罗 梨 1/);
  fake.recalls(luo, room, pears);
  fake.says(luo, room, "苹果3");
  await hears(/记下了：阿罗 苹果 3/);
  fake.says(ada, room, "/close");

  const list = await hears(/📋/);
  expect(list).toMatch(/王姐：苹果 2/);
  expect(list).toMatch(/阿罗：苹果 3/);
  expect(list).not.toMatch(/阿罗：.*梨/);
});

test("forks of a chain are merged, posted as one, and gone on with, beside plain words", async () => {
  const { fake, ada, wang, luo, room, code, hears, database } = await plusone();
  fake.says(ada, room, code);
  await hears(/您是这里的团长/);
  fake.says(ada, room, "/settings quiet off");
  await hears(/免打扰|quiet/);
  fake.says(ada, room, "/open 苹果 5元/斤 梨 4元/斤");
  await hears(/开团/);
  fake.says(ada, room, "ok");
  await hears(/🟢/);

  fake.says(wang, room, "#接龙\n水果\n\n1. 王姐 苹果2");
  await hears(/王姐 苹果 2/);
  fake.says(luo, room, "#接龙\n水果\n\n1. 阿罗 梨1"); // has not seen 王姐's
  await hears(/阿罗 梨 1/);
  await eventually("the merged chain is to be posted", async () => (await timersOf(database, "repost")).length > 0);
  await minutesPass(database, 6);
  const merged = await hears(/^#接龙/);
  expect(merged).toBe("#接龙\n水果\n\n1. 王姐 苹果2\n2. 阿罗 梨1");

  fake.says(wang, room, merged!.replace("王姐 苹果2", "王姐 苹果3"));
  await hears(/王姐 苹果 3/);
  fake.says(luo, room, "苹果+1");
  await hears(/阿罗 苹果 1/);
  fake.says(ada, room, "/close");
  const list = await hears(/📋/);
  expect(list).toMatch(/王姐：苹果 3/);
  expect(list).toMatch(/阿罗：苹果 1斤，梨 1斤|阿罗：梨 1斤，苹果 1斤/);
});

test("it has started, and says that it is not logged in until it is", async () => {
  const fake = new FakeWeChat();
  fake.logsInAtOnce = false;
  const database = await ownDatabase();
  const running = await runningOn(database, [hastyWeChat(fake, database)]);

  expect(running.notReady()).toEqual(["wechat"]);
  expect(toldAtStart(running)).toMatch(/Not logged in yet: wechat/);
  fake.puppet!.logIn();
  await eventually("it is logged in", () => running.notReady().length === 0);
  expect(toldAtStart(running)).not.toMatch(/logged in/);
});

test("after a pause the leaders hear from when until when nothing was heard", async () => {
  let now = new Date();
  const { fake, ada, room, code, hears } = await plusone({
    now: () => now,
    watch: { dingMs: 100, silentMs: 2_000, settleMs: 10, retryMs: 50 },
  });
  fake.says(ada, room, code);
  await hears(/您是这里的团长/);
  fake.says(ada, room, "/help");
  await hears(/@团长.*\/open/s);

  fake.logsInAtOnce = false;
  fake.puppet!.isDeaf = true;
  await eventually("the next login waits for a scan", () => fake.puppet?.isDeaf === false);
  now = new Date(now.getTime() + 9 * 60_000);
  await eventually("it may be logged in", () => fake.puppet?.state.active() === true);
  fake.puppet!.logIn();

  expect(await hears(/没听到“快乐小区”里的消息/)).toMatch(/^@团长.*到.*请让这段时间下单的人再发一次/s);
});

test("at night orders are taken without a word, a command is answered, and the final list goes out", async () => {
  const minute = new Date(Date.now() + 8 * 3_600_000).getUTCHours() * 60;
  const night = { nightFrom: (minute + 1380) % 1440, nightUntil: (minute + 180) % 1440 };
  const { fake, ada, wang, room, code, hears } = await plusone({ pace: { ...night, gatherMs: 0 } });
  fake.says(ada, room, code);
  await hears(/您是这里的团长/);
  fake.says(ada, room, "/open 苹果 5元/斤");
  await hears(/开团/);
  fake.says(ada, room, "ok");
  await hears(/🟢/);

  fake.says(wang, room, "苹果2");
  fake.says(wang, room, "我的");
  await hears(/@王姐.*苹果 2/s);
  fake.says(ada, room, "/close");

  expect(await hears(/📋/)).toMatch(/王姐：苹果 2/);
  expect(fake.heardIn(room).some(({ text }) => text.includes("记下了"))).toBe(false);
});

test("a chain of 150 people, twenty of whom copied an old one, heard out of order, ends in the exact list", async () => {
  const { fake, ada, room, code, hears, database } = await plusone();
  const chance = new Chance(7);
  const households = [...SURNAMES].flatMap((surname) => [...GIVEN].map((given) => surname + given));
  expect(households).toHaveLength(150);
  fake.says(ada, room, code);
  await hears(/您是这里的团长/);
  fake.says(ada, room, "/open 苹果 5元/斤 梨 4元/斤");
  await hears(/开团/);
  fake.says(ada, room, "ok");
  await hears(/🟢/);

  // Each goes on with the last chain that they have seen: of twenty that is one of the last few, so others' lines vanish.
  const forks = new Set<number>();
  while (forks.size < 20) forks.add(chance.between(10, households.length - 1));
  const begin = Date.now();
  const posts: { readonly name: string; readonly lines: readonly string[]; readonly at: Date }[] = [];
  const expected = households.map((name, no) => {
    const [apples, pears] = [chance.between(1, 9), chance.between(0, 2)];
    const seen = posts.at(forks.has(no) ? -chance.between(2, 10) : -1)?.lines ?? [];
    const line = pears > 0 ? `${name} 苹果${apples} 梨${pears}` : `${name} 苹果${apples}`;
    posts.push({ name, lines: [...seen, line], at: new Date(begin + no) });
    return `${name} ${apples} ${pears}`;
  });
  expect(posts.at(-1)!.lines.length).toBeLessThan(households.length - 20);
  const people = new Map(households.map((name, no) => [name, fake.person(`h${no}`, name)]));
  for (const { id } of people.values()) room.payload.memberIdList.push(id);
  const heard = posts
    .map((post, no) => ({ post, at: no + chance.between(0, 8) }))
    .sort((one, other) => one.at - other.at);
  for (const { post } of heard) fake.says(people.get(post.name)!, room, chainOf(post.lines), { at: post.at });
  await eventually("all of it is heard", async () => (await statementsIn(database)) === households.length);

  fake.says(ada, room, "/close");
  const rows = await eventually("the final list is there", () => {
    const list = fake.heardIn(room).map(({ text }) => text);
    const found = list.join("\n").matchAll(/^\d+\. (..)：苹果 (\d)斤(?:，梨 (\d)斤)? = /gm);
    const read = [...found].map(([, name, apples, pears = "0"]) => `${name} ${apples} ${pears}`);
    return read.length >= households.length ? read : undefined;
  });
  expect(rows.sort()).toEqual(expected.sort());
});

function statementsIn(database: string): Promise<number> {
  return withClient(database, async (client) => {
    const { rows } = await client.query<{ count: number }>(`SELECT count(DISTINCT "messageId")::int FROM statement`);
    return rows[0]!.count;
  });
}

const SURNAMES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨";
const GIVEN = "芳敏静丽强磊军洋勇杰";

function chainOf(lines: readonly string[]): string {
  return ["#接龙", "水果", "", ...lines.map((line, index) => `${index + 1}. ${line}`)].join("\n");
}
