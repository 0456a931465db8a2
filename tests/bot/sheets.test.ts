import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bagsOf } from "../../bot/actions/bags.ts";
import type { BuyFacts, CopiedLine } from "../../bot/actions/buy-facts.ts";
import { masked } from "../../bot/actions/buy-facts.ts";
import { readWish, writeCopy, writePurchase } from "../../bot/files/copy.ts";
import { wordsOf } from "../../bot/replies/replies.ts";
import { SHEETS, sheetOf } from "../../bot/replies/sheets.ts";
import type { Buy } from "../../bot/store.ts";
import type { Entry, EntryKind } from "../../core/accounts.ts";
import type { PaymentWord } from "../../core/payments.ts";
import { purchaseOf } from "../../core/purchase.ts";
import { settle } from "../../core/settlement.ts";
import { bodyOf, type Cell, decimalOf, type Sheet } from "../../core/sheets/sheet.ts";
import { tallyOf } from "../../core/tally.ts";

const words = wordsOf("en");
const names = new Map([
  ["ada", "Ada Blk 3 #05-01"],
  ["ben", "=Ben, 13812345678"],
  ["cy", "王姐"],
]);

const buy: Buy = {
  ...{ community: "c", id: "b", no: 7, status: "closed", language: "en", leader: "lin", chats: [], coupled: false },
  version: 1,
  terms: {
    ...{ title: "Fruit: +1/week?", currency: "SGD", openedAt: new Date("2026-11-27T10:00:00Z") },
    items: [
      { name: "Apples", unit: "kg", aliases: [], options: ["red", "green"], price: 350, cost: 200, tiers: [] },
      { name: "Pears", aliases: [], options: [], price: 425, boxSize: 12_000, tiers: [{ from: 10_000, price: 400 }] },
    ],
  },
};

const line = (person: string, item: number, quantity: number, more: Partial<CopiedLine> = {}): CopiedLine => ({
  ...{ person, for: "", item, option: "", quantity, waitlisted: 0, gets: quantity },
  ...more,
});

function factsOf(
  lines: readonly CopiedLine[],
  entries: readonly Entry[] = [],
  paid: ReadonlyMap<string, readonly PaymentWord[]> = new Map(),
): BuyFacts {
  const booked = lines.filter(({ quantity }) => quantity > 0);
  const settlement = settle({
    ...{ terms: buy.terms, lines: booked, entries, paidBy: paid },
    supplied: [{ item: 1, quantity: 3_000 }],
  });
  const ids = [...new Set([...lines, ...settlement.accounts].map(({ person }) => person))];
  return {
    ...{ buy, lines, settlement, arrived: [{ item: 1, option: "red", counted: 3_000 }] },
    people: new Map(ids.map((id) => [id, { name: names.get(id)!, hasCollected: id === "ada" }])),
    bags: bagsOf(
      lines.map(({ gets, ...each }) => ({ ...each, quantity: gets })),
      names,
    ),
    purchase: purchaseOf(buy.terms, tallyOf(buy.terms, booked)),
  };
}

function entry(person: string, kind: EntryKind, amount: number): Entry {
  return { ...{ person, kind, amount }, reason: "because", author: "lin", at: new Date("2026-11-28T10:00:00Z") };
}

/** What stands on a sheet, numbers as they are read. */
function shown({ columns, ...sheet }: Sheet): string[] {
  const text = (cell: Cell) => (cell === undefined ? "" : typeof cell === "string" ? cell : decimalOf(cell));
  return [columns, ...bodyOf({ columns, ...sheet }).map((row) => row.map(text))].map((row) => row.join("|"));
}

describe("a buy as sheets", () => {
  const facts = factsOf(
    [
      line("ada", 1, 2_000, { option: "red", note: "ripe, call 91234567" }),
      line("ada", 1, 500, { option: "green", for: "Mei 12A" }),
      line("ben", 1, 1_500, { option: "red", gets: 1_000 }),
      line("cy", 2, 13_000, { waitlisted: 2_000 }),
    ],
    [entry("ben", "refund", -175), entry("cy", "delivery", 300)],
    new Map([
      ["ada", [{ kind: "mark" }]],
      ["cy", [{ kind: "claim" }]],
    ]),
  );

  test("orders: a row for each line, with what they get of it", () => {
    expect(shown(sheetOf("orders", facts, words))).toEqual([
      "No.|Person|For|Item|Option|Unit|Ordered|Gets|Waiting|Price|Amount|Note",
      "1|Ada Blk 3 #05-01||Apples|red|kg|2|2||3.50|7.00|ripe, call 91234567",
      "1|Ada Blk 3 #05-01|Mei 12A|Apples|green|kg|0.5|0.5||3.50|1.75|",
      "2|=Ben, 13812345678||Apples|red|kg|1.5|1||3.50|5.25|",
      "3|王姐||Pears|||13|13|2|4.00|52.00|",
    ]);
  });

  test("by item: what is booked, what came, what people get, what it comes to, and what goes back of that", () => {
    expect(shown(sheetOf("items", facts, words))).toEqual([
      "Item|Option|Unit|Ordered|Waiting|Arrived|Gets|Price|Amount|Refunded|Cost",
      "Apples|red|kg|3.5||3|3|3.50|12.25|1.75|6.00",
      "Apples|green|kg|0.5|||0.5|3.50|1.75||",
      "Pears|||13|2||13|4.00|52.00|0.00|",
      "Total||||||||66.00|1.75|6.00",
    ]);
  });

  test("by door: a column for each item, so that bags and rows agree", () => {
    expect(shown(sheetOf("bags", facts, words))).toEqual([
      "Door|No.|Person|For|Apples (green) [kg]|Apples (red) [kg]|Pears|Note|Collected",
      "12A|1|Ada Blk 3 #05-01|Mei 12A|0.5||||✓",
      "3-5-1|1|Ada Blk 3 #05-01|||2||ripe, call 91234567|✓",
      "|2|=Ben, 13812345678|||1|||",
      "|3|王姐||||13||",
      "Total||||0.5|3|13",
    ]);
  });

  test("the purchase order: boxes and costs for the leader", () => {
    expect(shown(sheetOf("purchase", facts, words))).toEqual([
      "Item|Option|Ordered|Unit|Boxes|Per box|More than booked|Cost each|Cost",
      "Apples|red|3.5|kg||||2.00|7.00",
      "Apples|green|0.5|kg||||2.00|1.00",
      "Pears||24||2|12|11||",
      "Total||||||||8.00",
    ]);
  });

  test("and without them for the supplier", async () => {
    const file = await writePurchase(buy, facts.purchase, 2, "csv", words);

    expect(file.name).toBe("Purchase-order-7-2.csv");
    expect(new TextDecoder().decode(file.data)).toBe(
      "Item,Option,Ordered,Unit,Boxes,Per box\r\nApples,red,3.5,kg,,\r\nApples,green,0.5,kg,,\r\nPears,,24,,2,12\r\n",
    );
  });

  test("the settlement: how each stands, the proof that it agrees, and where the money comes from and goes", () => {
    expect(shown(sheetOf("settlement", facts, words))).toEqual([
      "No.|Person|Goods|Refund|Delivery|To pay|Paid|Open|Paid too much|Says it is paid",
      "1|Ada Blk 3 #05-01|8.75|0.00|0.00|8.75|8.75|0.00|0.00|0.00",
      "2|=Ben, 13812345678|5.25|-1.75|0.00|3.50|0.00|3.50|0.00|0.00",
      "3|王姐|52.00|0.00|3.00|55.00|0.00|55.00|0.00|55.00",
      "Total||66.00|-1.75|3.00|67.25|8.75|58.50|0.00|55.00",
      "Proof: paid + open − too much = to pay|||||67.25",
      "Money in: paid|||||8.75",
      "Money in: still to come|||||58.50",
      "Money in: to give back|||||0.00",
      "Money in: kept from earlier buys|||||0.00",
      "Money out: supplier|||||6.00",
      "Money out: delivery|||||3.00",
      "Money out: commission|||||0.00",
      "Money out: kept for later buys|||||0.00",
      "Money out: left over|||||58.25",
      "Proof: money in − money out = 0|||||0.00",
    ]);
  });

  test("masked, nobody is named, nowhere", () => {
    const copy = SHEETS.flatMap((name) => shown(sheetOf(name, masked(facts), words))).join("\n");

    expect(copy).toContain("1|A** B** 3 #0*-0*|M** 1**|Apples|green");
    expect(copy).toContain("ripe, call 9***");
    expect(copy).not.toMatch(/Ada|Ben|王姐|Mei|13812345678|91234567/);
  });
});

describe("sums", () => {
  test("of every sheet are those of the settlement", () => {
    const person = fc.constantFrom("ada", "ben", "cy");
    const anyLine = fc
      .tuple(person, fc.constantFrom(1, 2), fc.constantFrom("", "red", "green"), fc.nat(30_000), fc.nat(3))
      .map(([who, item, option, size, wait]) =>
        line(who, item, size, { option: item === 1 ? option : "", waitlisted: size === 0 ? 1 + wait : wait }),
      );
    const anyEntry = fc
      .tuple(person, fc.constantFrom<EntryKind>("refund", "delivery"), fc.integer({ min: -5_000, max: 5_000 }))
      .map(([who, kind, amount]) => entry(who, kind, amount));
    const paid = fc.dictionary(
      person,
      fc.array(fc.record<PaymentWord>({ kind: fc.constant("mark"), amount: fc.nat(9_999) })),
    );
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 12 }),
        fc.array(anyEntry, { maxLength: 5 }),
        paid,
        (lines, entries, marks) => {
          const facts = factsOf(lines, entries, new Map(Object.entries(marks)));
          const { goods, due, paid: isPaid, open, over } = facts.settlement;
          const sheet = (name: (typeof SHEETS)[number]) => sheetOf(name, masked(facts), words);
          const settlement = sheet("settlement");
          const column = (heading: string) => columnSum(settlement, heading);

          expect(columnSum(sheet("orders"), "Amount")).toBe(goods);
          expect(columnSum(sheet("items"), "Amount")).toBe(goods);
          expect([column("Goods"), column("To pay"), column("Paid"), column("Open"), column("Paid too much")]).toEqual([
            ...[goods, due, isPaid, open, over],
          ]);
          const ordered = lines.reduce((sum, { quantity }) => sum + quantity, 0);
          expect(columnSum(sheet("items"), "Ordered")).toBe(ordered);
          expect(columnSum(sheet("orders"), "Ordered")).toBe(ordered);
        },
      ),
    );
  });
});

/** What the rows of a column come to, totals left out, in its smallest unit. */
function columnSum({ columns, rows }: Sheet, heading: string): number {
  const index = columns.indexOf(heading);
  expect(index).toBeGreaterThanOrEqual(0);
  return rows.reduce((sum, row) => {
    const cell = row[index];
    if (cell === undefined) return sum;
    if (typeof cell === "string") throw new Error(`"${cell}" is no number`);
    return sum + ("money" in cell ? cell.money : "quantity" in cell ? cell.quantity : cell.count);
  }, 0);
}

describe("what is asked for", () => {
  const xlsx = { format: "xlsx", isMasked: false, sheet: "orders" };
  const rows = [
    { text: "", wish: xlsx, why: "everything, as a spreadsheet" },
    { text: "Excel", wish: xlsx, why: "by the name that people know" },
    { text: "masked", wish: { ...xlsx, isMasked: true }, why: "for other eyes" },
    { text: "csv", wish: { ...xlsx, format: "csv" }, why: "a CSV holds one sheet: the orders" },
    { text: "csv settlement", wish: { ...xlsx, format: "csv", sheet: "settlement" }, why: "or another" },
    { text: "结算 脱敏", wish: { format: "csv", isMasked: true, sheet: "settlement" }, why: "a sheet alone is a CSV" },
    { text: "csv，采购单", wish: { ...xlsx, format: "csv", sheet: "purchase" }, why: "with a comma of any width" },
    { text: "pdf", wish: undefined, why: "there is none" },
    { text: "csv please", wish: undefined, why: "in doubt it is asked" },
  ];
  for (const { text, wish, why } of rows) {
    test(`"${text}": ${JSON.stringify(wish)} (${why})`, () => expect(readWish(text)).toEqual(wish));
  }

  test("is named so that any disk takes it", async () => {
    const facts = factsOf([line("ada", 1, 1_000)]);

    expect((await writeCopy(facts, readWish("csv masked")!, words)).name).toBe("Fruit-1-week-7-Orders-Masked.csv");
    expect((await writeCopy(facts, readWish("")!, words)).name).toBe("Fruit-1-week-7.xlsx");
  });
});
