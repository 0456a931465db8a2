import fc from "fast-check";
import * as OpenCC from "opencc-js";
import { describe, expect, test } from "vitest";
import { isLeaderTalk } from "../../../core/buy/leader-talk.ts";
import { explain, interpret, MAX_MESSAGE_LENGTH, prepareCatalog } from "../../../core/interpret/interpret.ts";
import { readLines } from "../../../core/interpret/read-lines.ts";
import type { Reading } from "../../../core/interpret/reading.ts";
import { writeLines } from "../../../core/interpret/write-lines.ts";
import { anyText } from "../../support/any-text.ts";
import { FRUIT, goods, SHOP, say } from "./support.ts";

const fruit = prepareCatalog(FRUIT);
const shop = prepareCatalog(SHOP);

/** Pieces that mean something, so that chance finds more than noise. */
const piece = fc.constantFrom(
  ..."苹果|梨|樱桃|大樱桃|哈密瓜|apples|2|3斤|两盒|半|一|+|-|x|*|=|，|。|\n| |、|各|每样|再|不要|取消|换成|改成|从|到|帮|给我|我妈|带|：|(|)|#2|②|2号|A|3栋502|下次|如果|吗|？|多少|of|and|for|mum|from|to|cancel|half|a dozen|one|more|less|please|备注|note:|➕|👍|@|/|1/2|2-3|13812345678|$5|6点".split(
    "|",
  ),
);
const wild = fc.oneof(
  anyText({ maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(" ")),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 }).map((units) => String.fromCharCode(...units)),
);

describe("any text", () => {
  test("is answered, whatever it holds", () => {
    fc.assert(
      fc.property(wild, fc.boolean(), fc.constantFrom(1, 7), (text, reply, item) => {
        const reading = interpret(text, { catalog: fruit, reply, mine: { [item]: 2000 } });

        expect(reading.kind).toBeTypeOf("string");
        if (reading.kind === "order") expect(reading.lines.every((line) => line.item <= FRUIT.length)).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  test("is answered as a fragment of a chain too", () => {
    fc.assert(
      fc.property(wild, (text) => {
        const { lines, parts } = readLines(text, fruit);

        expect(lines.every(({ op }) => op === "set")).toBe(true);
        expect(parts.every(({ start, end }) => start < end && end <= text.length)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("books quantities that can be delivered, one line for each item, option and person", () => {
    fc.assert(
      fc.property(wild, (text) => {
        const reading = interpret(text, { catalog: fruit });
        if (reading.kind !== "order") return;

        const keys = reading.lines.map(({ item, option, for: whom }) => `${item} ${option} ${whom}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const line of reading.lines) {
          expect(Number.isSafeInteger(line.quantity)).toBe(true);
          expect(line.item).toBeLessThanOrEqual(FRUIT.length);
        }
      }),
      { numRuns: 600 },
    );
  });

  const nasty = {
    "64 KB of one character": "苹".repeat(65_536),
    "64 KB of signs": "+".repeat(65_536),
    "64 KB of digits": "1".repeat(65_536),
    Zalgo: `2${"\u0301".repeat(4000)}斤`,
    "lone surrogates": "\ud800苹果\udc00+2\ud800",
    "a bidi override": "\u202e斤2果苹\u202c",
    nothing: "",
    "line breaks": "\n".repeat(4000),
    brackets: "(".repeat(2000) + ")".repeat(2000),
    "a NUL": "苹果\u0000+2",
  };
  for (const [name, text] of Object.entries(nasty)) {
    test(`is answered when it is ${name}`, () => {
      expect(interpret(text, { catalog: fruit }).kind).toBeTypeOf("string");
    });
  }

  test("that is over-long is answered, not parsed", () => {
    const text = `苹果2斤${" 谢谢".repeat(MAX_MESSAGE_LENGTH / 3)}`;

    expect(interpret(text, { catalog: fruit }).kind).toBe("none");
  });
});

const orders: readonly (readonly [string, typeof fruit])[] = [
  ["苹果2斤，樱桃三盒", fruit],
  ["再加一斤苹果", fruit],
  ["苹果樱桃多少钱", fruit],
  ["帮李阿姨带两个哈密瓜", fruit],
  ["取消苹果", fruit],
  ["2 apples and 3 bags of oranges please", shop],
  ["apples x2", shop],
  ["make it 3 kg apples", shop],
  ["#2 +1", shop],
];

describe("variants of one message", () => {
  const toTraditional = OpenCC.Converter({ from: "cn", to: "t" });
  const toFullWidth = (text: string) =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replace(/ /g, "\u3000");
  const variants: Record<string, (text: string) => string> = {
    "in capitals": (text) => text.toUpperCase(),
    "in full width": toFullWidth,
    "in traditional characters": toTraditional,
    "with invisible characters": (text) => [...text].join("\u200b"),
    "with emoji variants": (text) => `${text}\ufe0f`,
    "with blanks around": (text) => `  ${text}\n`,
  };
  for (const [name, vary] of Object.entries(variants)) {
    for (const [text, catalog] of orders) {
      test(`${text} reads alike ${name}`, () => {
        const context = { catalog, mine: { 1: 1000 } };

        expect(say(interpret(vary(text), context)).toLowerCase()).toBe(
          say(interpret(toTraditionalOnly(name, text), context))
            .toLowerCase()
            .normalize("NFKC"),
        );
      });
    }
  }

  /** Whom an order is for is kept as written. */
  function toTraditionalOnly(name: string, text: string): string {
    return name === "in traditional characters" ? toTraditional(text) : text;
  }

  test("traditional and simplified name the same items", () => {
    for (const [text, catalog] of orders) {
      const strip = (reading: Reading) => say(reading).replace(/ for .*/, "");
      expect(strip(interpret(toTraditional(text), { catalog }))).toBe(strip(interpret(text, { catalog })));
    }
  });
});

describe("the order of the catalog", () => {
  const items = goods(
    "苹果/斤",
    "青苹果/斤",
    "红富士苹果/箱",
    "梨/斤",
    "Apples/kg",
    "Apple pie(large|small)",
    "樱桃/盒=大樱桃",
  );
  const texts = [
    "苹果2斤 梨3斤",
    "红富士1箱",
    "苹果梨各1斤",
    "青苹果2斤",
    "2 apples",
    "1 large apple pie and 2 kg apples",
    "大樱桃2盒",
    "果2斤",
    "pg+1",
    "每样一份",
    "取消苹果",
    "西瓜2个",
    "yt+2",
  ];

  test("changes nothing but the numbers", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...items.keys()], { minLength: items.length }),
        fc.constantFrom(...texts),
        (order, text) => {
          const shuffled = order.map((index) => items[index]!);
          const before = interpret(text, { catalog: prepareCatalog(items), mine: { 1: 1000 } });
          const mine = { [order.indexOf(0) + 1]: 1000 };

          const after = interpret(text, { catalog: prepareCatalog(shuffled), mine });

          expect(renumber(after, order)).toEqual(renumber(before, [...items.keys()]));
        },
      ),
    );
  });

  function renumber(reading: Reading, order: readonly number[]): unknown {
    const back = (item: number) => order[item - 1]! + 1;
    if (reading.kind === "order") {
      return {
        ...reading,
        lines: reading.lines
          .map((line) => ({ ...line, item: back(line.item) }))
          .sort((a, b) => a.item - b.item || (a.option ?? "").localeCompare(b.option ?? "")),
      };
    }
    if (reading.kind === "unclear")
      return {
        ...reading,
        ...(reading.candidates && { candidates: reading.candidates.map(back).sort((a, b) => a - b) }),
      };
    return reading;
  }
});

describe("chatter around an order", () => {
  const chatter = [
    "早上好！",
    "刚下班。",
    "谢谢团长！",
    "今天好热啊。",
    "哈哈哈。",
    "Hi all! ",
    "What a day. ",
    "辛苦了～\n",
    "👍👍\n",
    "明天下雨。",
  ];
  const texts = ["苹果2斤", "+苹果", "我要两个哈密瓜", "樱桃x2，梨3斤", "再来一斤苹果"];

  test("does not change what is booked", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.constantFrom(...chatter), { maxLength: 3 }),
        fc.array(fc.constantFrom(...chatter), { maxLength: 3 }),
        (text, before, after) => {
          const plain = interpret(text, { catalog: fruit });

          const chatty = interpret(`${before.join("")}${text}。${after.join("")}`, { catalog: fruit });

          expect(say(chatty)).toBe(say(plain));
        },
      ),
    );
  });
});

describe("time", () => {
  const units = [
    "苹果2斤 ",
    "1+",
    "+",
    "(",
    "各",
    "苹果",
    "不要",
    "2-",
    "1 1/2 ",
    "a dozen ",
    "换成",
    "帮王",
    "for ",
    "备注",
    "#2",
    "#08-",
    "2号",
    "1 2 3 ",
    "from 2 to ",
    "。",
    "pg ",
    "x",
    "元",
  ];

  test("grows with the length of the text, not faster", () => {
    // Counted in the characters that all steps of reading look at, which a proxy of the text's length bounds: the
    // number of tokens and of rules never exceeds the number of characters.
    fc.assert(
      fc.property(fc.constantFrom(...units), fc.integer({ min: 1, max: 300 }), (unit, times) => {
        const text = unit.repeat(times).slice(0, MAX_MESSAGE_LENGTH);

        const { rules } = explain(text, { catalog: fruit });

        expect(rules.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe("lines that the bot writes", () => {
  const catalog = prepareCatalog(goods("苹果/斤", "红枣糕/盒(无糖|经典)", "Eggs"));
  const line = fc.oneof(
    fc.record({
      item: fc.constant(1),
      op: fc.constantFrom("add" as const, "set" as const),
      quantity: fc.integer({ min: 1, max: 999_000 }),
    }),
    fc.record({
      item: fc.constant(2),
      op: fc.constantFrom("add" as const, "set" as const),
      quantity: fc.integer({ min: 1, max: 999 }).map((n) => n * 1000),
      option: fc.constantFrom("无糖", "经典"),
    }),
    fc.record({
      item: fc.constant(3),
      op: fc.constant("add" as const),
      quantity: fc.integer({ min: -999, max: -1 }).map((n) => n * 1000),
    }),
  );

  /** Words of one line, of any characters. */
  const words = anyText({ minLength: 1, maxLength: 40 })
    .map((text) => text.replaceAll('"', "”").replace(/\s+/gu, " ").trim())
    .filter((text) => text !== "");
  /** Names that say something else by themselves. */
  const name = fc.constantFrom(
    ..."302|May|Max|Auntie May|Paid|一一|取消|多多|周一|Ada & Ben|2nd floor|#5|3/5".split("|"),
  );

  test("read back as they were, whatever names and notes would mean", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: ({ item }) => item }),
        fc.option(fc.oneof(name, words), { nil: undefined }),
        fc.option(words, { nil: undefined }),
        (written, whom, note) => {
          const lines = written.map((each) => ({ ...each, ...(note !== undefined && { note }) }));
          const text = writeLines(lines, whom);

          const reading = interpret(text, { catalog });

          expect(reading).toEqual({ kind: "order", lines, ...(whom !== undefined && { for: whom }) });
          expect(isLeaderTalk(text, reading)).toBe(false);
        },
      ),
    );
  });

  test("are asked about where the goods are no longer so", () => {
    const read = (text: string) => say(interpret(text, { catalog }));

    expect(read("#4 =1")).toBe("unclear unknown-item");
    expect(read("#3 =1.5")).toBe("unclear quantity");
    expect(read("#3 +999\n#3 +1")).toBe("unclear quantity");
    expect(read('"May": #2 (微糖) =1')).toBe("2=1 for May");
  });
});
