import { beforeAll, expect, onTestFinished, test } from "vitest";
import { loadWechaty } from "../../adapters/wechat/puppet.ts";
import { hastyTelegram } from "../adapters/telegram/open.ts";
import { type Contact, FakeWeChat } from "../adapters/wechat/fake-wechat.ts";
import { hastyWeChat, leadersCode } from "../adapters/wechat/whole.ts";
import { eventually } from "../support/eventually.ts";
import {
  type FakeMessage,
  type FakeTelegram,
  type FakeUser,
  startFakeTelegram,
} from "../support/fake-telegram/index.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";
import { minutesPass, timersOf } from "../support/timers.ts";

beforeAll(async () => {
  await loadWechaty();
});

const HOUSEHOLDS = 40;
/** What the delivery costs, in cents. */
const DELIVERY = 2_005;
const PRICES = [535, 620, 399] as const;
const OPENING =
  "/open Fruit and eggs 水果鸡蛋\nFuji apples 苹果 $5.35/kg\npears 雪梨 $6.20/kg\neggs 鸡蛋 $3.99/box, only 20";

/** What a household says in turn, and what it has ordered by that in the end: apples, pears, eggs. */
type Household = readonly [name: string, says: readonly string[], apples: number, pears: number, eggs: number];

/** In Telegram; "→" changes what was said last. */
const COURT: Readonly<Record<"en" | "zh-hans" | "zh-hant", readonly Household[]>> = {
  en: [
    ["Tan 03-11", ["2 kg apples please"], 2, 0, 0],
    ["Lim 04-02", ["+1 eggs", "→ +2 eggs"], 0, 0, 2],
    ["Noor 05-07", ["apples 3 kg, pears 1"], 3, 1, 0],
    ["Omar 05-09", ["pears 2", "one more pears please"], 0, 3, 0],
    ["Pia 06-01", ["2 apples", "make it 3 apples"], 3, 0, 0],
    ["Quin 06-04", ["half a kilo of pears", "eggs 1"], 0, 0.5, 1],
    ["Ravi 07-08", ["apples 1", "pears 1", "cancel pears"], 1, 0, 0],
    ["Sue 07-10", ["eggs x3"], 0, 0, 1],
    ["Uma 08-02", ["1.5 kg apples"], 1.5, 0, 0],
    ["Vik 08-05", ["2 pears", "cancel my order"], 0, 0, 0],
  ],
  "zh-hans": [
    ["王姐 1栋301", ["苹果两斤半"], 1.25, 0, 0],
    ["李哥 1栋402", ["雪梨2", "→ 雪梨3"], 0, 3, 0],
    ["小周 1栋503", ["鸡蛋2 苹果1"], 1, 0, 2],
    ["老陈 1栋604", ["苹果+2", "苹果再加1"], 3, 0, 0],
    ["阿梅 1栋705", ["要一盒鸡蛋"], 0, 0, 1],
  ],
  "zh-hant": [
    ["黃太 2座3B", ["蘋果2", "蘋果改成1"], 1, 0, 0],
    ["劉生 2座4C", ["雪梨兩斤"], 0, 1, 0],
    ["張太 2座5D", ["雞蛋3盒"], 0, 0, 3],
    ["吳姐 2座6E", ["蘋果1、雪梨1"], 1, 1, 0],
    ["鄭生 2座7F", ["蘋果4", "唔要蘋果", "雪梨1"], 0, 1, 0],
  ],
};

/** In WeChat, in plain words. */
const PARK: readonly Household[] = [
  ["陈姐 3栋101", ["苹果2"], 2, 0, 0],
  ["刘叔 3栋102", ["鸡蛋1", "鸡蛋2"], 0, 0, 2],
  ["小吴 3栋203", ["雪梨1.5"], 0, 1.5, 0],
  ["赵婶 3栋204", ["苹果一公斤，雪梨一公斤"], 1, 1, 0],
  ["何太 3座3A", ["蘋果3"], 3, 0, 0],
  ["馮生 3座3B", ["雞蛋1", "雪梨2"], 0, 2, 1],
  ["Amy 3-405", ["2 kg pears please"], 0, 2, 2],
  ["Ben 3-406", ["apples 1", "make it 2 apples"], 2, 0, 0],
  ["孙姐 3栋501", ["苹果5", "不要苹果了"], 0, 0, 0],
  ["钱叔 3栋502", ["两公斤雪梨"], 0, 2, 0],
];

/** In WeChat, in the chain, in the order in which they come to it. */
const CHAIN: readonly Household[] = [
  ["周一 4栋101", [], 2, 0, 0],
  ["周二 4栋102", [], 0, 3, 0],
  ["周三 4栋103", [], 1, 0, 1],
  ["周四 4栋104", [], 0, 0, 2],
  ["周五 4栋105", [], 3, 0, 0],
  ["周六 4栋106", [], 0, 1, 0],
  ["周日 4栋107", [], 2, 0, 0],
  ["郑九 4栋108", [], 0, 2, 0],
  ["冯十 4栋109", [], 1, 1, 0],
  ["魏末 4栋110", [], 0, 0, 2],
];

type Price = (typeof PRICES)[number];

/** What the test knows: by name, what everybody is to get of apples, pears and eggs. It shares nothing with core. */
class Expected {
  readonly gets = new Map<string, readonly [number, number, number]>();

  constructor(households: readonly Household[]) {
    for (const [name, , ...quantities] of households) {
      if (quantities.some((quantity) => quantity > 0)) this.gets.set(name, quantities);
    }
  }

  /** Of each item together. */
  get sums(): readonly number[] {
    return PRICES.map((_, item) => sum([...this.gets.values()].map((quantities) => quantities[item]!)));
  }

  /** What somebody's goods cost, in cents. */
  goodsOf(name: string): number {
    return sum(PRICES.map((price: Price, item) => Math.round(this.gets.get(name)![item]! * price)));
  }
}

test("forty households, two platforms, three languages, one stock: from the first order to the settlement, to the cent", async () => {
  const { telegram, group, wechat, mei, room, database, code } = await bothPlatforms();
  const ada = group.user("Ada", { status: "creator" });
  const inRoom = (words: RegExp) => hears(wechat, room, words);
  const meiHears = (words: RegExp) => hears(wechat, mei, words);
  const households = [...Object.values(COURT).flat(), ...PARK, ...CHAIN];
  const expected = new Expected(households);
  expect(households).toHaveLength(HOUSEHOLDS);

  // Two chats become one community.
  wechat.says(mei, room, code);
  await inRoom(/您是这里的团长|you lead here/);
  wechat.says(mei, room, "/settings language 中文");
  await meiHears(/已改/);
  await ada.says("/settings quiet off");
  await ada.hears(/Changed/);
  await ada.says("/settings me en"); // else who names 王姐 is answered in Chinese
  await eventually("her language is kept", () => ada.privateWords().length === 2);
  await ada.says("/link");
  const link = /\/link ([0-9a-f]{10})/.exec((await ada.hears(/within an hour/)).text)![1]!;
  wechat.says(mei, room, `/关联 ${link}`);
  await meiHears(/本群将加入Garden Court/);
  wechat.says(mei, room, "好的");
  await meiHears(/属于Garden Court/);
  await ada.says(OPENING);
  await ada.presses(await ada.hears(/This is what I read/), "Open");
  const post = await group.hears("🟢 Open");
  await inRoom(/🟢 接单中/);

  // They order: in Telegram, in WeChat in words and in a chain with forks.
  const users = new Map<string, FakeUser>();
  const contacts = new Map<string, Contact>();
  for (const [language, own] of Object.entries(COURT)) {
    for (const [name, says] of own) {
      const user = group.user(name, { language_code: language });
      users.set(name, user);
      let last: FakeMessage | undefined;
      for (const words of says) {
        last = words.startsWith("→ ") ? await user.edits(last!, words.slice(2)) : await user.says(words);
      }
    }
  }
  for (const [name] of [...PARK, ...CHAIN]) {
    const contact = wechat.person(`w${contacts.size}`, name);
    contacts.set(name, contact);
    room.payload.memberIdList.push(contact.id);
  }
  const says = (name: string, text: string) => wechat.says(contacts.get(name)!, room, text);
  for (const [name, words] of PARK) for (const each of words) says(name, each);
  const [one, two, three, four, five, ...others] = LINES;
  says("周一 4栋101", chainOf(one));
  says("周二 4栋102", chainOf(one, two));
  says("周三 4栋103", chainOf(one, three)); // has not seen 周二
  says("周四 4栋104", chainOf(one, two, four));
  says("周五 4栋105", chainOf(five.replace("苹果3", "苹果2"))); // has seen nobody
  await inRoom(/记下了.*周五 4栋105/);
  await eventually("the merged chain is to be posted", async () => (await timersOf(database, "repost")).length > 0);
  await minutesPass(database, 6);
  const merged = await inRoom(/^#接龙/);
  expect(merged).toBe(chainOf(one, two, three, four, five.replace("苹果3", "苹果2")));
  const known = [one, two, three, four, five.replace("苹果3", "苹果2")];
  for (const line of others) says(line.split(" ").slice(0, 2).join(" "), chainOf(...known, line)); // each a fork
  says("周五 4栋105", chainOf(one, two, three, four, five));
  says("郑九 4栋108", chainOf(one.replace("苹果2", "苹果9"), ...known.slice(1), LINES[7]!));
  await inRoom(/@郑九 4栋108\s只记了您自己的一行/);
  await eventually("all but the last eggs are booked", () => /鸡蛋.*→ 20 box/.test(post.text));

  // The eggs are sold out over there; one is given back here.
  says("Amy 3-405", "2 eggs please");
  await inRoom(/@Amy 3-405\seggs 鸡蛋 is sold out: 2 box on the waiting list/);
  await users.get("Sue 07-10")!.says("make it 1 eggs");
  await inRoom(/Good news, Amy 3-405/);
  await eventually("the post shows all of it", () => shows(post.text, expected.sums));
  await ada.says("/close");

  // The lists are the same in both chats, each in its language.
  const rows = [...expected.gets].map(([name]) => `${name} ${dollars(expected.goodsOf(name))}`).sort();
  const list = (await group.hears("the final list")).text;
  expect(amounts(list, /^\d+\. (.*?): .* = (S\$[\d.]+)$/gm)).toEqual(rows);
  const inChinese = await inRoom(/📋.*最终名单/);
  expect(amounts(inChinese, /^\d+\. (.*?)：.* = (S\$[\d.]+)$/gm)).toEqual(rows);
  for (const text of [list, inChinese]) expect(text).not.toMatch(/Never made clear|没有说清/);

  // Ordered, come short by two, and shared out by the other leader by hand.
  await ada.says("/po");
  await ada.presses(await ada.hears(/Order for Fruit and eggs/), "Mark as sent");
  await ada.hears(/with the supplier/);
  const [apples, pears, eggs] = expected.sums;
  await ada.says(`/arrive apples ${apples! - 2}/${apples}, pears ${pears}, eggs ${eggs}`);
  await ada.presses(await ada.hears(/⚠️ Fuji apples 苹果: .* 2 kg short/), "Note it");
  await ada.hears(/came short\. How shall it be shared out/);
  wechat.says(mei, room, "/缺货 苹果 陈姐 3栋101 1、Noor 05-07 2");
  await meiHears(/陈姐 3栋101：Fuji apples 苹果：2 kg给1 kg，退S\$5\.35/);
  wechat.says(mei, room, "好的");
  await users.get("Noor 05-07")!.hears(/less of .* came than was ordered[\s\S]*2 kg of 3 kg, S\$5\.35 back/);
  await inRoom(/陈姐 3栋101，.*到货不足[\s\S]*2 kg给1 kg/);
  expected.gets.set("陈姐 3栋101", [1, 0, 0]).set("Noor 05-07", [2, 1, 0]);
  await ada.says("/pack");
  expect((await ada.hears(/📦/)).text).toMatch(/— House 4 —[\s\S]*— Others —\n▢ Lim 04-02/);
  wechat.says(mei, room, "/分拣");
  await meiHears(/✓ Fuji apples 苹果：32\.75 kg\/32\.75 kg/);

  // Everybody is told, in their language, with a code of their own, and comes for it.
  await ada.says("/pickup at the gate, tomorrow 18:00-20:00");
  await ada.presses(await ada.hears(`${expected.gets.size} people will be told`), "Send");
  const codes = new Map<string, string>();
  for (const name of expected.gets.keys()) {
    const user = users.get(name);
    const text = user ? (await user.hears(/🧺/)).text : await toldInRoom(wechat, room, name);
    const [words, sign] = NOTICES[languageOfHousehold(name)];
    expect(text).toMatch(words);
    expect(text).toContain(dollars(expected.goodsOf(name)));
    codes.set(name, sign.exec(text)![1]!);
  }
  expect(new Set(codes.values()).size).toBe(expected.gets.size);
  const notices = wechat.heardIn(room).filter(({ text }) => text.includes("🧺"));
  const inPark = [...expected.gets.keys()].filter((name) => contacts.has(name)).map((name) => contacts.get(name)!.id);
  expect(notices.flatMap(({ mentions }) => mentions).sort()).toEqual(inPark.sort()); // each once
  expect(notices.length).toBeLessThan(inPark.length / 4);
  says("何太 3座3A", "收到");
  says("何太 3座3A", "/已取");
  await inRoom(/何太 3座3A/);
  for (const [name, each] of codes) {
    if (name === "何太 3座3A") continue;
    if (users.has(name)) await ada.says(`/picked ${each}`);
    else wechat.says(mei, room, `/已取 ${each}`);
  }
  const ticked = () =>
    ada.privateWords().filter(({ text }) => /^✅/.test(text)).length +
    wechat.heardIn(mei).filter(({ text }) => /^✅/.test(text)).length;
  await eventually("all others are ticked", () => ticked() === expected.gets.size - 1);
  await ada.says("/pickup list");
  await ada.hears(`${expected.gets.size} of ${expected.gets.size} have collected`);

  // One apple was bad, the delivery is shared, and they pay: some in part, one too much.
  says("何太 3座3A", "/售后 蘋果壞了1公斤");
  const complaint = await ada.hears(/🛠.*何太 3座3A/);
  await ada.presses(complaint, "Refund S$5.35");
  await inRoom(/@何太 3座3A\s何太 3座3A，.*「蘋果壞了1公斤」.*退.*S\$5\.35/);
  await ada.says(`/delivery ${DELIVERY / 100}`);
  await ada.presses(await ada.hears(/Delivery, Fruit and eggs/), "Change it");
  await ada.hears(/Delivery \+S\$20\.05 for/);
  await ada.says("/export csv settlement");
  const owed = await settlementOf(telegram, 1);
  const shares = [...expected.gets.keys()].map((name) => {
    const refund = name === "何太 3座3A" ? 535 : 0;
    return owed.get(name)!.due - expected.goodsOf(name) + refund;
  });
  expect(owed.size).toBe(expected.gets.size);
  expect(sum(shares)).toBe(DELIVERY);
  for (const share of shares) expect(Math.abs(share - DELIVERY / shares.length)).toBeLessThan(1);

  // They pay: one in part, one too much, the others what is due.
  const paid = new Map([...owed].map(([name, { due }]) => [name, due]));
  paid.set("Tan 03-11", 500).set("陈姐 3栋101", owed.get("陈姐 3栋101")!.due + 100);
  await users.get("王姐 1栋301")!.says("已付");
  await users.get("王姐 1栋301")!.hears(/记下/);
  says("馮生 3座3B", "已付");
  await inRoom(/@馮生 3座3B\s谢谢/);
  for (const [name, cents] of paid) {
    const amount = (cents / 100).toFixed(2);
    if (users.has(name)) await ada.says(`/paid ${name} ${amount}`);
    else wechat.says(mei, room, `/已付 ${name} ${amount}`);
  }
  const marked = () =>
    ada.privateWords().filter(({ text }) => /is marked as paid/.test(text)).length +
    wechat.heardIn(mei).filter(({ text }) => /已标记付款/.test(text)).length;
  await eventually("all payments are marked", () => marked() >= expected.gets.size);

  // The settlement: what it comes to, the same for everybody.
  await ada.says("/settle");
  await ada.presses(await ada.hears(/Settled, it is archived/), "Settle");
  const dueInAll = sum([...owed.values()].map(({ due }) => due));
  const paidInAll = sum([...paid.values()]);
  const open = owed.get("Tan 03-11")!.due - 500;
  const summary = await group.hears("📒 Settlement of");
  for (const [what, cents] of [
    ["To pay in all", dueInAll],
    ["Paid", paidInAll],
    ["Still open", open],
    ["To give back", 100],
  ] as const) {
    expect(summary.text).toContain(`${what}: ${dollars(cents)}`);
  }
  const sameInChinese = await inRoom(/📒/);
  expect(sameInChinese).toContain(dollars(dueInAll));
  expect(sameInChinese).toContain(dollars(paidInAll));
  await inRoom(/@陈姐 3栋101\s[\s\S]*S\$1/);
  await ada.says("/export csv settlement");
  const settled = await settlementOf(telegram, 2);
  for (const [name, { due }] of owed) {
    const cents = paid.get(name)!;
    expect(settled.get(name)).toEqual({
      due,
      paid: cents,
      open: Math.max(0, due - cents),
      over: Math.max(0, cents - due),
    });
  }
}, 240_000);

/** Telegram and WeChat, both with their real adapters, on one Plusone. */
async function bothPlatforms() {
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  const group = telegram.group("Garden Court", { bot: "administrator" });
  const wechat = new FakeWeChat();
  const mei = wechat.person("mei", "梅姐", { friend: true });
  const room = wechat.room("park@chatroom", "快乐小区", mei);
  const database = await ownDatabase();
  const adapter = hastyWeChat(wechat, database, { zone: "Asia/Singapore" });
  await runningOn(database, [hastyTelegram(telegram), adapter], { PLUSONE_ZONE: "Asia/Singapore" });
  const code = await leadersCode(adapter);
  return { telegram, group, wechat, mei, room, database, code };
}

/** What our account says to somebody, or in the room, once it matches. */
function hears(wechat: FakeWeChat, where: { readonly id: string }, words: RegExp): Promise<string> {
  return eventually(`WeChat hears ${words}`, () => wechat.heardIn(where).find(({ text }) => words.test(text))?.text);
}

/** What is said to one of those whom a message in the room mentions, once they are told that their goods are there. */
function toldInRoom(wechat: FakeWeChat, room: { readonly id: string }, name: string): Promise<string> {
  return eventually(`${name} is told in the room`, () =>
    wechat
      .heardIn(room)
      .flatMap(({ text }) => text.split("\n\n"))
      .find((text) => text.startsWith(`@${name}\u2005🧺`)),
  );
}

const LINES = CHAIN.map(([name, , apples, pears, eggs]) =>
  [name, apples && `苹果${apples}`, pears && `雪梨${pears}`, eggs && `鸡蛋${eggs}`].filter(Boolean).join(" "),
) as [string, string, string, string, string, ...string[]];

function chainOf(...lines: readonly string[]): string {
  return ["#接龙", "水果鸡蛋", "", ...lines.map((line, index) => `${index + 1}. ${line}`)].join("\n");
}

/** How a pickup notice begins, and says the code. */
const NOTICES = {
  en: [/your order of .* is ready/, /Your code: (\d{4})/],
  "zh-hans": [/您在“.*”订的到了/, /取货码：(\d{4})/],
  "zh-hant": [/您在「.*」訂的到了/, /取貨碼：(\d{4})/],
} as const;

function languageOfHousehold(name: string): keyof typeof NOTICES {
  if (/^[A-Z]/.test(name)) return "en";
  return /座/.test(name) ? "zh-hant" : "zh-hans";
}

/** Whether a live post shows so much of each. */
function shows(text: string, sums: readonly number[]): boolean {
  const shown = [...text.matchAll(/→ ([\d.]+) (?:kg|box)/g)].map(([, quantity]) => Number(quantity));
  return shown.length === sums.length && shown.every((quantity, item) => quantity === sums[item]);
}

/** "name amount" of each row of a text. */
function amounts(text: string, rows: RegExp): readonly string[] {
  return [...text.matchAll(rows)].map(([, name, amount]) => `${name} ${amount}`).sort();
}

function dollars(cents: number): string {
  return `S$${(cents / 100).toFixed(2).replace(/\.00$/, "")}`;
}

/** By name, in cents: how each stands, from the n-th settlement that was given to a leader as CSV. */
async function settlementOf(telegram: FakeTelegram, count: number): Promise<ReadonlyMap<string, Account>> {
  const call = await eventually("the settlement is given", () => telegram.callsTo("sendDocument")[count - 1]);
  const text = (call.args["document"] as { data: Buffer }).data.toString("utf8").replace(/^\uFEFF/, "");
  const [head, ...rows] = text
    .trim()
    .split("\r\n")
    .map((row) => row.split(","));
  const [due, paid, open, over] = ["To pay", "Paid", "Open", "Paid too much"].map((name) => head!.indexOf(name));
  const cents = (row: readonly string[], at = -1) => Math.round(Number(row[at]) * 100);
  const accounts = rows.filter(([no]) => /^\d+$/.test(no!));
  return new Map(
    accounts.map((row) => [
      row[1]!,
      { due: cents(row, due), paid: cents(row, paid), open: cents(row, open), over: cents(row, over) },
    ]),
  );
}

interface Account {
  readonly due: number;
  readonly paid: number;
  readonly open: number;
  readonly over: number;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
