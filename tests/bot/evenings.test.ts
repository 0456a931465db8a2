import { expect, test } from "vitest";
import { buyFacts } from "../../bot/actions/buy-facts.ts";
import { Chance } from "../simulation/chance.ts";
import { eventually } from "../support/eventually.ts";
import { FakeChat, type FakePerson } from "../support/fake-chat.ts";
import { memoryTown } from "../support/memory-town.ts";

/**
 * Whole evenings, from the first order to the settlement, of forty households in two chats of one community: one that edits and has
 * buttons, as Telegram, and one that has neither, as WeChat. What comes out is compared with sums of this test's own,
 * which share nothing with core: cents in, cents out; goods in, goods out.
 */
const HOUSEHOLDS = 40;
const GOODS = [
  { en: "apples", zh: "苹果", unit: "kg", cents: 535 },
  { en: "pears", zh: "雪梨", unit: "kg", cents: 620 },
  { en: "eggs", zh: "鸡蛋", unit: "box", cents: 399 },
] as const;
const DELIVERY = 2_005;
const REFUND = 250;

const EVENINGS = [
  { seed: 11, language: "en" },
  { seed: 12, language: "zh-hans" },
  { seed: 13, language: "en" },
  { seed: 14, language: "zh-hans" },
] as const;

test.each(EVENINGS)("an evening of forty households adds up to the cent: $language, seed $seed", async (evening) => {
  const chance = new Chance(evening.seed);
  const court = new FakeChat({ platform: "telegram" });
  const park = new FakeChat({ platform: "wechat", id: "g2", title: "快乐小区", edit: false, buttons: false });
  const town = await memoryTown([court, park], { language: evening.language });
  const lin = court.person("Lin", { leader: true });
  const mei = park.person("梅姐", { leader: true, id: "m1" });
  await link(lin, mei);
  await lin.says("/settings quiet off");
  const inChinese = evening.language === "zh-hans";
  await lin.opens(GOODS.map(({ en, zh, unit, cents }) => `${inChinese ? zh : en} $${cents / 100}/${unit}`).join("\n"));
  await park.posted(/🟢/);

  // Everybody orders; some change it, some give up. `wanted` is what the test knows of it.
  const households = Array.from({ length: HOUSEHOLDS }, (_, at) => (at % 5 < 3 ? court : park).person(nameOf(at)));
  const wanted = new Map<string, number[]>();
  for (const household of households) {
    const item = chance.between(0, GOODS.length - 1);
    const line = (quantity: number) =>
      inChinese || chance.perMille(200)
        ? `${inChinese ? GOODS[item]!.zh : GOODS[item]!.en} ${quantity}`
        : `${quantity} ${GOODS[item]!.en} please`;
    const quantities = GOODS.map(() => 0);
    quantities[item] = chance.between(1, 4);
    await household.says(line(quantities[item]!));
    if (chance.perMille(300)) {
      quantities[item] = chance.between(1, 4);
      await household.says(line(quantities[item]!));
    }
    if (chance.perMille(300)) {
      const other = (item + 1) % GOODS.length;
      quantities[other] = chance.between(1, 3);
      await household.says(`${inChinese ? GOODS[other]!.zh : GOODS[other]!.en}+${quantities[other]}`);
    }
    if (chance.perMille(100)) {
      quantities.fill(0);
      await household.says(inChinese ? "全部取消" : "cancel my order");
    }
    wanted.set(household.name, quantities);
  }
  await lin.says("/close");
  await town.later(2_000);
  await court.posted(/final list|最终名单/);
  await park.posted(/final list|最终名单/);
  const booked = GOODS.map((_, item) => sum([...wanted.values()].map((quantities) => quantities[item]!)));
  expect(await ordered()).toEqual(wantedLines(wanted));

  // It is ordered, and comes; one thing comes short and is shared out by one of the rules.
  await lin.says("/po");
  await lin.presses(await lin.hears(/1-1/), /sent|已|发/);
  await lin.says("/arrive all");
  await first(lin, /to|到/);
  const short = booked.indexOf(Math.max(...booked));
  const came = booked.map((quantity, item) => (item === short ? quantity - chance.between(1, 5) : quantity));
  await lin.says(`/arrive ${inChinese ? GOODS[short]!.zh : GOODS[short]!.en} ${came[short]}`);
  await first(lin, /short|少/);
  await lin.says(`/short ${chance.pick(["first", "prop", "small"])}`);
  await first(lin, /kg|box|箱|斤/);
  const gets = await handed();
  for (const [item] of GOODS.entries()) {
    expect(sum([...gets.values()].map((quantities) => quantities[item]!))).toBe(came[item]);
  }
  for (const [name, quantities] of gets) {
    for (const [item, quantity] of quantities.entries()) expect(quantity).toBeLessThanOrEqual(wanted.get(name)![item]!);
  }

  // It is paid for: the delivery together, some in part, some too much, one gets something back.
  await lin.says(`/delivery ${DELIVERY / 100}`);
  await first(lin, /20\.05/);
  const buyers = households.filter(({ name }) => sum(wanted.get(name)!) > 0);
  const [lucky] = buyers;
  await lin.says(`/refund ${lucky!.name} ${REFUND / 100} one was bad`);
  await first(lin, /2\.5/);
  const shares = new Map<string, number>();
  for (const { name, due } of await accounts()) {
    const goods = sum((gets.get(name) ?? [0, 0, 0]).map((quantity, item) => quantity * GOODS[item]!.cents));
    shares.set(name, due - goods + (name === lucky!.name ? REFUND : 0));
  }
  expect(sum([...shares.values()])).toBe(DELIVERY);
  for (const share of shares.values()) expect(Math.abs(share - DELIVERY / shares.size)).toBeLessThan(1);
  let paid = 0;
  for (const { name, due } of await accounts()) {
    const part = chance.pick([due, due, Math.min(due, 500), due + 100]);
    await lin.says(`/paid ${name} ${(part / 100).toFixed(2)}`);
    paid += part;
  }

  await lin.says("/settle");
  const preview = await lin.hears(/📒/);
  await lin.presses(preview, new RegExp(preview.buttons[0]!.label));
  await court.posted(/📒/);
  const settled = (await facts()).settlement;
  const goods = sum([...gets.values()].flatMap((q) => q.map((quantity, item) => quantity * GOODS[item]!.cents)));
  expect(settled.due).toBe(goods + DELIVERY - REFUND);
  expect(settled.paid).toBe(paid);
  expect(settled.paid + settled.open - settled.over).toBe(settled.due);
  expect(sum(settled.book.in.map(({ amount }) => amount))).toBe(sum(settled.book.out.map(({ amount }) => amount)));
  const shown = (await court.posted(/📒/)).text;
  expect(shown).toContain((settled.due / 100).toFixed(2).replace(/\.00$/, ""));
  for (const household of buyers) expect(shown).not.toContain(household.name);

  async function facts() {
    const place = await town.store.meetChat(court.platform, court.ref, { zone: "", language: "en", currency: "" });
    const buy = (await town.store.lastBuy(place))!;
    return town.store.look((tx) => buyFacts(tx, buy));
  }

  async function ordered() {
    const { lines, people } = await facts();
    return lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ person, item, quantity }) => `${people.get(person)!.name}: ${item} ${quantity / 1_000}`)
      .sort();
  }

  async function handed() {
    const { lines, people } = await facts();
    const out = new Map<string, number[]>();
    for (const { person, item, gets: quantity } of lines) {
      const name = people.get(person)!.name;
      const quantities = out.get(name) ?? GOODS.map(() => 0);
      quantities[item - 1] = quantity / 1_000;
      out.set(name, quantities);
    }
    return out;
  }

  async function accounts() {
    const { settlement, people } = await facts();
    return settlement.accounts.map(({ person, due }) => ({ name: people.get(person)!.name, due }));
  }
});

test.each([21, 22, 23, 24])(
  "what goes back and is kept never exceeds what was ordered and paid: seed %i",
  async (seed) => {
    const chance = new Chance(seed);
    const chat = new FakeChat();
    const town = await memoryTown([chat], { language: "en" });
    const lin = chat.person("Lin", { leader: true });
    await lin.says("/settings quiet off");
    await lin.opens("Eggs $4/box\nBread $3");
    const people = Array.from({ length: 8 }, (_, at) => chat.person(`Ada${at}`));
    const goods = new Map<string, number>();
    for (const { name, says } of people.map((each) => ({ name: each.name, says: each.says.bind(each) }))) {
      const [eggs, bread] = [chance.between(1, 4), chance.between(0, 2)];
      await says(bread > 0 ? `eggs ${eggs}, bread ${bread}` : `eggs ${eggs}`);
      goods.set(name, eggs * 400 + bread * 300);
    }
    await lin.says("/close");
    await chat.posted(/final list/);

    // Some pay, some in part, some too much, some nothing; a leader's mark alone is money.
    const paid = new Map<string, number>();
    for (const person of people) {
      const due = goods.get(person.name)!;
      const amount = chance.pick([0, 0, due, Math.min(due, 500), due + 250]);
      paid.set(person.name, amount);
      if (amount === 0) await person.says("/paid");
      else await lin.says(`/paid ${person.name} ${amount / 100}`);
    }
    // They complain, many twice, and the leader gives back as much as there is, and tries for more.
    let no = 0;
    for (const person of people) {
      for (let times = chance.between(0, 3); times > 0; times--) {
        const before = lin.heard(/🛠/);
        await person.says(`/issue ${chance.pick(["1 eggs broken", "eggs bad", "2 eggs broken", "all eggs bad"])}`);
        await eventually("the leader has read it", async () => lin.heard(/🛠/) > before);
        no = (await problems()).length;
        await lin.says(`/issue ${no} refund ${chance.pick(["", "all", "4", "1.50", "100", "2 box"])}`);
        await lin.says("ok");
      }
    }
    // Out of kindness a leader may give more than was ordered, and is warned; it is nobody's money to keep who paid none.
    const kindness = new Map<string, number>();
    for (const { name } of people.filter(() => chance.perMille(400))) {
      kindness.set(name, 700);
      await lin.says(`/refund ${name} 7 sorry`);
      await lin.says("ok");
    }
    await lin.says("/settle");
    await lin.hears(/📒 Settlement/);
    await lin.says("ok");
    await lin.hears(/is settled/);
    const given = new Map((await settlement()).map(({ name, refunded }) => [name, refunded]));
    for (const person of people) {
      const { name } = person;
      expect(given.get(name)! - (kindness.get(name) ?? 0)).toBeGreaterThanOrEqual(0);
      expect(given.get(name)! - (kindness.get(name) ?? 0)).toBeLessThanOrEqual(goods.get(name)!);
      await person.says(`/pay ${chance.pick(["keep", "keep", "back"])}`);
      if (chance.perMille(500)) await person.says("/pay keep");
    }
    const kept = new Map((await settlement()).map(({ name, kept: amount }) => [name, amount]));
    for (const { name } of people) {
      expect(kept.get(name)).toBeLessThanOrEqual(paid.get(name)!);
      expect(kept.get(name)).toBeLessThanOrEqual(Math.max(0, paid.get(name)! - goods.get(name)! + given.get(name)!));
    }

    await lin.opens("Milk $10/bottle");
    for (const person of people) await person.says("1 milk");
    await lin.says("/close");
    await chat.posted(/Milk: the final list/);
    const later = await settlement();
    for (const { name, due, book } of later) {
      expect(due).toBe(1_000 - Math.min(kept.get(name)!, 1_000));
      expect(sum(book.in.map(({ amount }) => amount))).toBe(sum(book.out.map(({ amount }) => amount)));
    }
    // What came off the second buy was really paid for the first.
    for (const { name, due } of later) {
      expect(1_000 - due).toBeLessThanOrEqual(paid.get(name)!);
    }

    async function lastBuy() {
      const place = await town.store.meetChat(chat.platform, chat.ref, { zone: "", language: "en", currency: "" });
      return (await town.store.lastBuy(place))!;
    }

    async function problems() {
      const buy = await lastBuy();
      return town.store.look((tx) => tx.problemsOf(buy));
    }

    async function settlement() {
      const buy = await lastBuy();
      const { settlement, people: known } = await town.store.look((tx) => buyFacts(tx, buy));
      return settlement.accounts.map(({ person, due, refunded, entries }) => ({
        ...{ name: known.get(person)!.name, due, refunded, book: settlement.book },
        kept: sum(entries.filter(({ kind, amount }) => kind === "carried" && amount > 0).map(({ amount }) => amount)),
      }));
    }
  },
);

/** Takes the first choice under the last question. */
async function first(person: FakePerson, asked: RegExp): Promise<void> {
  const preview = await person.hears(asked);
  await person.presses(preview, new RegExp(preview.buttons[0]!.label));
}

async function link(lin: FakePerson, mei: FakePerson): Promise<void> {
  await lin.says("/link");
  const code = /\/(?:link|关联) ([0-9a-f]{10})/.exec((await lin.hears(/[0-9a-f]{10}/)).text)![1]!;
  await mei.says(`/link ${code}`);
  await mei.says("ok");
  await mei.hears(/belongs to|属于/);
}

function nameOf(at: number): string {
  const [building, floor, door] = [1 + (at % 4), 1 + Math.floor(at / 8), 1 + (at % 8)];
  return at % 2 === 0 ? `Blk ${building} #0${floor}-1${door} Tan${at}` : `${building}栋${floor}0${door} 家${at}`;
}

function wantedLines(wanted: ReadonlyMap<string, readonly number[]>): string[] {
  return [...wanted]
    .flatMap(([name, quantities]) =>
      quantities.flatMap((quantity, item) => (quantity > 0 ? [`${name}: ${item + 1} ${quantity}`] : [])),
    )
    .sort();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
