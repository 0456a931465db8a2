import { beforeAll, expect, onTestFinished, test } from "vitest";
import { startApp } from "../faults/app.ts";
import { built, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { type FakeTelegram, startFakeTelegram, tooManyRequests } from "../support/fake-telegram/index.ts";
import { ownDatabase, ownFolder } from "../support/scenario.ts";
import { bringForward } from "../support/timers.ts";
import { Play, type WholeBuy } from "../support/whole-buy.ts";

beforeAll(built);

test("two communities, three leaders, twelve neighbours: each sees of sixty orders what they should, and nothing else", async () => {
  const { telegram, database, start } = await setting();
  const app = start();
  const plays = [new Play(telegram, greenCourt), new Play(telegram, sunnyGarden)];
  await Promise.all(plays.map((play) => play.opens()));
  await Promise.all(plays.map((play) => play.plays(play.buy.orders)));
  await Promise.all(plays.map((play) => play.closes()));
  await fallDue(database, plays.length);
  await Promise.all(plays.map((play) => play.reminds()));
  await allSent(database);
  expect(await app.end("SIGTERM")).toBe(0);

  for (const play of plays) play.compare();
  const count = (of: (play: Play) => number) => plays.reduce((sum, play) => sum + of(play), 0);
  expect(count(({ orders }) => orders)).toBeGreaterThanOrEqual(60);
  expect(telegram.callsTo("sendMessage")).toHaveLength(count(({ words }) => words));
  expect(telegram.callsTo("answerCallbackQuery")).toHaveLength(count(({ presses }) => presses));
  expect(telegram.callsTo("pinChatMessage")).toHaveLength(plays.length);
  expect(new Set(telegram.calls.map(({ method }) => method))).toEqual(new Set(CALLS));
});

test("told to slow down again and again, and killed in the middle: each sees the same", async () => {
  const { telegram, database, start } = await setting();
  const first = start();
  const play = new Play(telegram, greenCourt);
  telegram.failNext("sendMessage", tooManyRequests(1));
  await play.opens();
  const { orders } = play.buy;
  const half = orders.findIndex(({ says }) => says === "green apples 1kg");
  telegram.failNext("setMessageReaction", tooManyRequests(1));
  telegram.failNext("editMessageText", tooManyRequests(1));
  await play.plays(orders.slice(0, half));
  await telegram.confirmed(); // words in answer to what is not are said again
  await play.hurries(orders.slice(half));
  await first.end("SIGKILL");

  telegram.failNext("getUpdates", tooManyRequests(1));
  const second = start();
  await telegram.confirmed();
  telegram.failNext("sendMessage", tooManyRequests(1));
  await play.closes();
  await fallDue(database, 1);
  await play.reminds();
  await allSent(database);
  expect(await second.end("SIGTERM")).toBe(0);

  play.compare();
});

/** A fake Telegram and a database, and Plusone in processes of its own. */
async function setting(): Promise<{
  telegram: FakeTelegram;
  database: string;
  start: () => ReturnType<typeof startApp>;
}> {
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  const database = await ownDatabase();
  const settings = { TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, DATABASE_URL: database };
  const start = () => startApp({ ...settings, REDIS_URL: "", PLUSONE_DATA: ownFolder(), PLUSONE_PACE: "none" });
  return { telegram, database, start };
}

/** The first reminders are due, and that of the supplier has come before them in silence. */
async function fallDue(database: string, buys: number): Promise<void> {
  await withClient(database, (client) =>
    client.query(`UPDATE timer SET kind = 'remind-payment', ref = '1' WHERE kind = 'supplier'`),
  );
  for (const [kind, ref] of [
    ["remind-pickup", "before"],
    ["remind-payment", "1"],
  ] as const) {
    expect(await bringForward(database, kind, ref)).toBe(buys);
  }
}

async function allSent(database: string): Promise<void> {
  await withClient(database, (client) =>
    eventually("all has been sent", async () => {
      const { rows } = await client.query(`SELECT 1 FROM outgoing WHERE state <> 'sent'`);
      return rows.length === 0;
    }),
  );
}

/** All that Plusone asks of Telegram in a buy. */
const CALLS = [
  ...["getMe", "deleteWebhook", "getUpdates", "setMyCommands", "getChatAdministrators", "sendMessage"],
  ...["editMessageText", "setMessageReaction", "answerCallbackQuery", "pinChatMessage"],
];

const greenCourt: WholeBuy = {
  group: "Green Court",
  language: "en",
  leaders: ["Ada", "Bob"],
  residents: ["Lin", "Mei", "Noor", "Omar", "Pia", "Quin"],
  greeting: /^Hello/,
  opening: [
    { who: "Ada", says: "/settings quiet off", hear: { Ada: /quiet off/ } },
    {
      who: "Ada",
      says: "/open Fruit and eggs\nred apples $3/kg\ngreen apples $4/kg\neggs $5/box, only 6\nCloses in 3 hours\nPickup tomorrow 5pm-7pm at Block 5",
      hear: { Ada: /^This is what I read[\s\S]*3\. eggs \$5\/box.*6 box/ },
    },
    { who: "Ada", presses: "Open", under: "word" },
  ],
  orders: [
    { who: "Lin", says: "+2 red apples", mark: "👍" },
    { who: "Mei", says: "green apples 3 kg, eggs 1", mark: "👍" },
    { who: "Noor", says: "2 boxes of eggs please", mark: "👍" },
    { who: "Omar", says: "3kg red apples", mark: "👍" },
    { who: "Pia", says: "eggs 2", mark: "👍" },
    { who: "Quin", says: "2 eggs", mark: "👀", hear: { Quin: /not all of the 2 box is left/ } },
    { who: "Lin", says: "add another 1 kg of green apples", mark: "👍" },
    { who: "Mei", says: "make it 2 kg green apples", mark: "✍" },
    { who: "Noor", says: "half a kilo of green apples", mark: "👍" },
    {
      who: "Omar",
      says: "+2 apples",
      mark: "🤔",
      hear: { Omar: /^Which one do you mean: red apples or green apples/ },
    },
    {
      who: "Omar",
      presses: "green apples",
      under: "word",
      marks: { "+2 apples": "✍" },
      hear: { Omar: /To pay: \$17/ },
    },
    { who: "Pia", says: "red apples x4", mark: "👍" },
    { who: "Quin", says: "bananas 2", mark: "🤔", hear: { Quin: /^I don't know that item/ } },
    { who: "Lin", says: "cancel green apples", mark: "✍" },
    { who: "Mei", says: "red apples for 302: 2", mark: "👍" },
    { who: "Noor", says: "no eggs for me", mark: "✍", hear: { Quin: /^Good news, Quin/ } },
    { who: "Omar", says: "one more kg of red apples, please", mark: "✍" },
    { who: "Ada", says: "red apples 1", mark: "👍" },
    { who: "Bob", says: "/order 302 green apples 2", mark: "👍", hear: { Bob: /^Booked for 302/ } },
    { who: "Pia", says: "red apples x5", changes: "red apples x4", mark: "✍" },
    { who: "Quin", says: "green apples +1 red apples +1", mark: "👍" },
    { who: "Lin", says: "eggs 1", isReply: true, mark: "👍" },
    { who: "Noor", presses: "+1 red apples", hear: { Noor: /red apples 1 kg[\s\S]*To pay: \$5/ } },
    { who: "Noor", presses: "−1 red apples", hear: { Noor: /green apples 0\.5 kg\nTo pay: \$2/ } },
    { who: "Omar", presses: "My order", hear: { Omar: /red apples 4 kg[\s\S]*green apples 2 kg[\s\S]*To pay: \$20/ } },
    { who: "Lin", says: "see you at 6pm!" },
    { who: "Pia", says: "what did I order?", hear: { Pia: /red apples 5 kg[\s\S]*eggs 2 box[\s\S]*To pay: \$25/ } },
    { who: "Quin", says: "green apples 2", changes: "bananas 2", mark: "✍" },
    { who: "Ada", says: "+5 red apples", isAnonymous: true, answers: /^This account speaks for the whole chat/ },
    { who: "Bob", says: "green apples 1kg", mark: "👍" },
    { who: "Mei", says: "thanks a lot!" },
    { who: "Mei", says: "red apples 3", mark: "👍" },
    { who: "Omar", says: "red apples 2kg for Mrs Lee", mark: "👍" },
    { who: "Lin", says: "red apples 4 please", mark: "✍" },
    { who: "Noor", says: "actually 1 kg green apples", mark: "✍" },
    { who: "Pia", says: "+1 red apples", mark: "✍" },
  ],
  closing: { who: "Ada", says: "/close", hear: { Ada: /^Fruit and eggs is closed/ } },
  late: {
    who: "Pia",
    says: "+2 green apples",
    mark: "😢",
    hear: { Pia: /closed at .* not booked/, Ada: /^Pia wrote after/, Bob: /^Pia wrote after/ },
  },
  post: [/^🔒/, /red apples .*→ 23 kg/, /green apples .*→ 11 kg/, /eggs .*→ 6 box/],
  list: [
    /^red apples 23 kg$/,
    /^green apples 11 kg$/,
    /^eggs 6 box$/,
    /Lin: red apples 4 kg, eggs 1 box = \$17$/,
    /Mei: red apples 3 kg, green apples 2 kg, eggs 1 box = \$22$/,
    /Mei: for 302: red apples 2 kg = \$6$/,
    /Noor: green apples 1 kg = \$4$/,
    /Omar: red apples 4 kg, green apples 2 kg = \$20$/,
    /Omar: for Mrs Lee: red apples 2 kg = \$6$/,
    /Pia: red apples 6 kg, eggs 2 box = \$28$/,
    /Quin: red apples 1 kg, green apples 3 kg, eggs 2 box = \$25$/,
    /Ada: red apples 1 kg = \$3$/,
    /Bob: green apples 1 kg = \$4$/,
    /Bob: for 302: green apples 2 kg = \$8$/,
    /^Total: \$143$/,
  ],
  reminder: /^🧺 Fruit and eggs/,
  owed: {
    Ada: /^Ada, \$3 is still to be paid/,
    Bob: /^Bob, \$12 /,
    Lin: /^Lin, \$17 /,
    Mei: /^Mei, \$28 /,
    Noor: /^Noor, \$4 /,
    Omar: /^Omar, \$26 /,
    Pia: /^Pia, \$28 /,
    Quin: /^Quin, \$25 /,
  },
};

const sunnyGarden: WholeBuy = {
  group: "阳光花园团购群",
  language: "zh-hans",
  leaders: ["王团长"],
  residents: ["阿珍", "老李", "小陈", "周姐", "吴伯", "郑妈"],
  greeting: /^大家好/,
  opening: [
    { who: "王团长", says: "/settings quiet off", hear: { 王团长: /quiet/ } },
    {
      who: "王团长",
      says: "/open 水果鸡蛋\n苹果 5元/斤\n香梨 6元/斤\n土鸡蛋 20元/盒 限6盒\n3小时后截单\n取货：明天17点-19点 东门",
      hear: { 王团长: /3\. 土鸡蛋 ¥20\/盒.*6盒/ },
    },
    { who: "王团长", presses: "开团", under: "word" },
  ],
  orders: [
    { who: "阿珍", says: "苹果2斤", mark: "👍" },
    { who: "老李", says: "香梨+3 土鸡蛋1盒", mark: "👍" },
    { who: "小陈", says: "土鸡蛋两盒", mark: "👍" },
    { who: "周姐", says: "3斤苹果", mark: "👍" },
    { who: "吴伯", says: "土鸡蛋2", mark: "👍" },
    { who: "郑妈", says: "土鸡蛋x2", mark: "👀", hear: { 郑妈: /不够2盒/ } },
    { who: "阿珍", says: "再加一斤香梨", mark: "👍" },
    { who: "老李", says: "香梨改成2斤", mark: "✍" },
    { who: "小陈", says: "半斤香梨", mark: "👍" },
    { who: "周姐", says: "+2", mark: "🤔", hear: { 周姐: /哪个商品/ } },
    { who: "吴伯", says: "苹果4斤", mark: "👍" },
    { who: "郑妈", says: "香蕉2斤", mark: "🤔", hear: { 郑妈: /没有这个商品/ } },
    { who: "阿珍", says: "香梨不要了", mark: "✍" },
    { who: "老李", says: "帮302订苹果2斤", mark: "👍" },
    { who: "小陈", says: "土鸡蛋不要了", mark: "✍", hear: { 郑妈: /好消息，郑妈/ } },
    { who: "周姐", says: "再来一斤苹果", mark: "✍" },
    { who: "王团长", says: "苹果1斤", mark: "👍" },
    { who: "王团长", says: "/order 302 香梨2", mark: "👍", hear: { 王团长: /已为302记上/ } },
    { who: "吴伯", says: "苹果5斤", changes: "苹果4斤", mark: "✍" },
    { who: "郑妈", says: "香梨+1 苹果+1", mark: "👍" },
    { who: "阿珍", says: "土鸡蛋1", isReply: true, mark: "👍" },
    { who: "小陈", presses: "+1 苹果", hear: { 小陈: /苹果 1斤[\s\S]*¥8/ } },
    { who: "小陈", presses: "−1 苹果", hear: { 小陈: /香梨 0\.5斤\n.*¥3/ } },
    { who: "周姐", presses: "我的订单", hear: { 周姐: /苹果 4斤[\s\S]*¥20/ } },
    { who: "阿珍", says: "六点见！" },
    { who: "吴伯", says: "我订了什么？", hear: { 吴伯: /苹果 5斤[\s\S]*土鸡蛋 2盒[\s\S]*¥65/ } },
    { who: "郑妈", says: "香梨2斤", changes: "香蕉2斤", mark: "✍" },
    { who: "王团长", says: "+5 苹果", isAnonymous: true, answers: /代表整个群/ },
    { who: "老李", says: "谢谢团长" },
    { who: "周姐", says: "香梨2斤", changes: "+2", mark: "✍" },
    { who: "老李", says: "蘋果三斤", mark: "👍" },
    { who: "吴伯", says: "帮张奶奶订香梨1斤", mark: "👍" },
    { who: "阿珍", says: "苹果改成6斤", mark: "✍" },
    { who: "小陈", says: "香梨一斤半", mark: "✍" },
    { who: "郑妈", says: "再加两斤苹果", mark: "✍" },
    { who: "周姐", says: "苹果不要了", mark: "✍" },
  ],
  closing: { who: "王团长", says: "/close", hear: { 王团长: /水果鸡蛋.*已截团/ } },
  late: { who: "吴伯", says: "香梨2斤", mark: "😢", hear: { 吴伯: /截单，这条没有记上/, 王团长: /吴伯.*香梨2斤/ } },
  post: [/^🔒/, /苹果 .*→ 20斤/, /香梨 .*→ 11\.5斤/, /土鸡蛋 .*→ 6盒/],
  list: [
    /^苹果 20斤$/,
    /^香梨 11\.5斤$/,
    /^土鸡蛋 6盒$/,
    /阿珍：苹果 6斤，土鸡蛋 1盒 = ¥50$/,
    /老李：苹果 3斤，香梨 2斤，土鸡蛋 1盒 = ¥47$/,
    /老李：给302：苹果 2斤 = ¥10$/,
    /小陈：香梨 1\.5斤 = ¥9$/,
    /周姐：香梨 2斤 = ¥12$/,
    /吴伯：苹果 5斤，土鸡蛋 2盒 = ¥65$/,
    /吴伯：给张奶奶：香梨 1斤 = ¥6$/,
    /郑妈：苹果 3斤，香梨 3斤，土鸡蛋 2盒 = ¥73$/,
    /王团长：苹果 1斤 = ¥5$/,
    /王团长：给302：香梨 2斤 = ¥12$/,
    /^合计：¥289$/,
  ],
  reminder: /^🧺 水果鸡蛋/,
  owed: {
    王团长: /王团长.*¥17 /,
    阿珍: /阿珍.*¥50 /,
    老李: /老李.*¥57 /,
    小陈: /小陈.*¥9 /,
    周姐: /周姐.*¥12 /,
    吴伯: /吴伯.*¥71 /,
    郑妈: /郑妈.*¥73 /,
  },
};
