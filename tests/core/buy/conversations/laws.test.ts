import fc from "fast-check";
import { expect, test } from "vitest";
import { foldBuy, foldOrders } from "../../../../core/buy/fold.ts";
import { mayConcern } from "../../../../core/buy/may-concern.ts";
import { readerOf } from "../../../../core/buy/reader.ts";
import type { Statement } from "../../../../core/buy/statement.ts";
import { ONE } from "../../../../core/quantity.ts";
import { buy, item, moment } from "../plain-reader.ts";

const said = [
  ...[
    "苹果2斤",
    "+1苹果",
    "梨改成3斤",
    "少1斤苹果",
    "取消",
    "苹果不要了",
    "再加一斤梨",
    "帮王姐带2斤梨",
    "302：苹果1斤",
  ],
  ...[
    "2 kg apples",
    "make it 3",
    "cancel",
    "1kg pears for my mum",
    "大",
    "来2个",
    "谢谢团长",
    "苹果多少钱",
    "每样一斤",
  ],
];
const chains = [
  "#接龙\n水果\n1. 小林 苹果2斤",
  "#接龙\n水果\n1. 小林 苹果2斤\n2. 小王 梨1斤",
  "#接龙\n水果\n1. 小林 苹果3斤\n2. 小李 苹果1斤",
  "#接龙\n水果\n1. 小王 梨2斤\n2. 小李 苹果1斤",
  "#接龙\n水果\n1. 小林 取消\n2. 小王 梨1斤\n3. 妈妈 苹果2斤",
];

const items = [item("苹果 Apples", { unit: "斤" }), item("梨 Pears", { unit: "斤" })];
const short = [item("苹果 Apples", { unit: "斤", stock: 6 * ONE, perPerson: 4 * ONE }), items[1]!];

function statements(texts: readonly string[]): fc.Arbitrary<Statement[]> {
  const text = fc.constantFrom(...texts);
  const draft = fc.record({
    person: fc.constantFrom("小林", "小王", "小李"),
    at: fc.integer({ min: 0, max: 60 }),
    text,
    edit: fc.option(text, { nil: undefined }),
    recalled: fc.option(fc.integer({ min: 61, max: 90 }), { nil: undefined, freq: 8 }),
  });
  return fc.array(draft, { maxLength: 10 }).map((drafts) =>
    drafts.map(({ person, at, text: first, edit, recalled }, index) => ({
      chat: "g1",
      id: String(index),
      position: index,
      person,
      name: person,
      saidAt: moment(at),
      versions: [{ text: first, at: moment(at) }, ...(edit === undefined ? [] : [{ text: edit, at: moment(at + 5) }])],
      ...(recalled !== undefined && { recalledAt: moment(recalled) }),
    })),
  );
}

test("in people's own words, too, deliveries in any order and number give the same ledger", () => {
  const terms = buy(short, { closesAt: moment(50) });
  const delivered = statements([...said, ...chains]).chain((once) =>
    fc.tuple(fc.constant(once), fc.shuffledSubarray([...once, ...once], { minLength: 2 * once.length })),
  );
  fc.assert(
    fc.property(delivered, ([once, often]) => {
      expect(foldBuy(terms, readerOf(short), often)).toEqual(foldBuy(terms, readerOf(short), once));
    }),
    { numRuns: 60 },
  );
});

test("in people's own words, too, one person's orders can be folded alone where nothing couples people", () => {
  const terms = buy(items, { closesAt: moment(50) });
  fc.assert(
    fc.property(statements(said), fc.constantFrom("小林", "小王"), (all, person) => {
      const whole = foldBuy(terms, readerOf(items), all);
      const own = all.filter((one) => one.person === person);

      const { orders, verdicts } = foldOrders(terms, readerOf(items), own);

      expect(orders).toEqual(whole.orders.filter((order) => order.person === person));
      expect(verdicts).toEqual(whole.verdicts.filter((verdict) => verdict.person === person));
    }),
    { numRuns: 60 },
  );
});

const chatter = [
  "好的",
  "哈哈",
  "几点到？",
  "苹果坏了两个",
  "is it sweet?",
  "thanks!",
  "这次不买了",
  "I'll skip this one",
  "收到",
];

test("messages that need not be kept change no order and ask nothing", () => {
  const terms = buy(short, { closesAt: moment(50) });
  const reader = readerOf(short);
  fc.assert(
    fc.property(statements([...said, ...chains, ...chatter]), (all) => {
      const kept = all.filter(({ versions }) => versions.some(({ text }) => mayConcern(text, reader)));

      const [whole, less] = [foldBuy(terms, reader, all), foldBuy(terms, reader, kept)];

      expect(less.orders).toEqual(whole.orders);
      const heard = ({ outcome }: { outcome: string }) => outcome !== "nothing";
      expect(less.verdicts.filter(heard)).toEqual(whole.verdicts.filter(heard));
    }),
    { numRuns: 60 },
  );
});
