import { describe, expect, test } from "vitest";
import { foldBuy } from "../../../core/buy/fold.ts";
import type { Ledger } from "../../../core/buy/ledger.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";
import { ONE } from "../../../core/quantity.ts";
import { buy, item, moment, plainReader, says } from "./plain-reader.ts";

function fold(terms: BuyTerms, ...statements: Statement[]): Ledger {
  return foldBuy(terms, plainReader(terms.items), statements);
}

/** Orders in short: `ann a3` · `ann/bob a1大 (2 wait)`. */
function show({ orders }: Ledger): string[] {
  return orders.map(({ person, for: whom, lines }) => {
    const words = lines.map(({ item: no, option = "", quantity, waitlisted }) => {
      const name = String.fromCharCode(96 + no);
      return `${name}${quantity / ONE}${option}${waitlisted > 0 ? ` (${waitlisted / ONE} wait)` : ""}`;
    });
    return `${person}${whom === undefined ? "" : `/${whom}`} ${words.join(" ")}`;
  });
}

function outcomes({ verdicts }: Ledger): string[] {
  return verdicts.map((verdict) => {
    if (verdict.outcome === "unclear") return verdict.reason;
    const waiting = ("waiting" in verdict && verdict.waiting) || [];
    const words = waiting.map(({ item: no, asked, booked }) => `${no}: ${booked / ONE} of ${asked / ONE}`);
    return [verdict.outcome, ...words].join(" ");
  });
}

const plain = buy([item("a"), item("b")]);
const closing = buy([item("a"), item("b")], { closesAt: moment(100) });

describe("an order is the fold of what its person said", () => {
  const rows: { said: Statement[]; orders: string[]; why: string }[] = [
    { said: [says("ann", 1, "a+2"), says("ann", 2, "a+1")], orders: ["ann a3"], why: "more is added" },
    { said: [says("ann", 1, "a+2"), says("ann", 2, "a=5")], orders: ["ann a5"], why: "a new number replaces" },
    {
      said: [says("ann", 1, "a+2"), says("ann", 2, "a-5")],
      orders: [],
      why: "never below nothing, and nothing is not listed",
    },
    { said: [says("ann", 1, "a+2 b+1"), says("ann", 2, "a=0")], orders: ["ann b1"], why: "one item is cancelled" },
    { said: [says("ann", 1, "a+2 b+1"), says("ann", 2, "cancel")], orders: [], why: "everything is cancelled" },
    { said: [says("ann", 1, "a+2"), says("bob", 2, "a+1")], orders: ["ann a2", "bob a1"], why: "each their own" },
    {
      said: [says("ann", 1, "a+2"), says("ann", 2, "for bob: a+1")],
      orders: ["ann a2", "ann/bob a1"],
      why: "for another apart",
    },
    {
      said: [says("ann", 1, "for Bob: a+1"), says("ann", 2, "for bob: a+1")],
      orders: ["ann/Bob a2"],
      why: "whose name's case does not matter",
    },
    { said: [says("ann", 1, "for ann: a+1")], orders: ["ann a1"], why: "for oneself is one's own" },
    {
      said: [says("ann", 1, "for bob: a+2"), says("ann", 2, "a-1")],
      orders: ["ann/bob a1"],
      why: "less of the only order there is",
    },
    {
      said: [says("ann", 1, "for bob: a+2"), says("ann", 2, "cancel")],
      orders: [],
      why: "the only order there is is cancelled",
    },
    { said: [says("ann", 1, "a+2", { edits: { 5: "a+3" } })], orders: ["ann a3"], why: "the last text counts" },
    {
      said: [says("ann", 1, "a+2", { edits: { 5: "a=1" } }), says("ann", 3, "a+1")],
      orders: ["ann a2"],
      why: "at its first time",
    },
    {
      said: [says("ann", 1, "a+2", { recalled: 5 }), says("ann", 3, "a+1")],
      orders: ["ann a1"],
      why: "what is taken back was never said",
    },
    { said: [says("ann", 1, "a+2", { edits: { 3: "a+4" }, recalled: 5 })], orders: [], why: "edited, then taken back" },
    { said: [says("ann", 1, "hello", { edits: { 3: "a+4" } })], orders: ["ann a4"], why: "talk becomes an order" },
    { said: [says("ann", 1, "a+4", { edits: { 3: "hello" } })], orders: [], why: "an order becomes talk" },
    {
      said: [says("ann", 2, "a=1"), says("ann", 1, "a=2")],
      orders: ["ann a1"],
      why: "the time decides, not the delivery",
    },
    {
      said: [says("ann", 1, "a=1", { id: "x", position: 2 }), says("ann", 1, "a=2", { id: "y", position: 1 })],
      orders: ["ann a1"],
      why: "at one instant the position decides",
    },
  ];
  for (const { said, orders, why } of rows) {
    test(`${said.map(({ person, versions }) => `${person}: ${versions.map(({ text }) => text).join(" → ")}`).join("; ")}: ${why}`, () => {
      expect(show(fold(plain, ...said))).toEqual(orders);
    });
  }
});

describe("the closing", () => {
  test("counts what was said at its very second, and nothing after", () => {
    const ledger = fold(closing, says("ann", 100, "a+1"), says("bob", 101, "a+1"));

    expect(show(ledger)).toEqual(["ann a1"]);
    expect(outcomes(ledger)).toEqual(["booked", "late"]);
  });

  test("leaves what was edited or taken back after it as it stood", () => {
    const ledger = fold(
      closing,
      says("ann", 1, "a+1", { edits: { 50: "a+2", 101: "a+9" } }),
      says("bob", 2, "a+1", { recalled: 101 }),
    );

    expect(show(ledger)).toEqual(["ann a2", "bob a1"]);
  });

  const late = [
    { text: "a-1", outcome: "late", why: "reducing is a change" },
    { text: "?", outcome: "late", why: "a question would have been asked" },
    { text: "cancel", outcome: "late", why: "so is cancelling" },
    { text: "a=2", outcome: "nothing", why: "it is what they have" },
    { text: "thanks", outcome: "nothing", why: "talk" },
    { text: "a+9", outcome: "late", why: "it would have been refused by the limit" },
  ];
  for (const { text, outcome, why } of late) {
    test(`takes “${text}” after it as ${outcome}: ${why}`, () => {
      const limited = { ...closing, items: [item("a", { perPerson: 5 * ONE })] };

      expect(outcomes(fold(limited, says("ann", 1, "a+2"), says("ann", 101, text)))).toEqual(["booked", outcome]);
    });
  }

  test("lets a late message be late, though it is taken back or edited", () => {
    const ledger = fold(
      closing,
      says("ann", 101, "a+1", { recalled: 102 }),
      says("bob", 103, "hi", { edits: { 104: "a+1" } }),
    );

    expect(outcomes(ledger)).toEqual(["late", "nothing"]);
  });

  test("is when the leader ended it, where that is earlier", () => {
    const ledger = fold({ ...closing, endedAt: moment(10) }, says("ann", 10, "a+1"), says("bob", 11, "a+1"));

    expect(outcomes(ledger)).toEqual(["booked", "late"]);
  });
});

describe("short stock", () => {
  const six = buy([item("a", { stock: 6 * ONE })]);
  const rows: { said: Statement[]; orders: string[]; why: string }[] = [
    {
      said: [says("ann", 1, "a+4"), says("bob", 2, "a+3")],
      orders: ["ann a4", "bob a2 (1 wait)"],
      why: "earlier messages have it, and parts are booked",
    },
    {
      said: [says("ann", 1, "a+6"), says("bob", 2, "a+3"), says("ann", 3, "a-2")],
      orders: ["ann a4", "bob a2 (1 wait)"],
      why: "the queue moves up in parts",
    },
    {
      said: [says("ann", 1, "a+6"), says("bob", 2, "a+1"), says("cy", 3, "a+1"), says("ann", 4, "a-1")],
      orders: ["ann a5", "bob a1", "cy a0 (1 wait)"],
      why: "in order",
    },
    {
      said: [says("ann", 1, "a+3"), says("bob", 2, "a+3"), says("ann", 3, "a+2"), says("ann", 4, "a-2")],
      orders: ["ann a3", "bob a3"],
      why: "what was asked for last is given back first",
    },
    {
      said: [
        says("ann", 1, "a+3"),
        says("bob", 2, "a+3"),
        says("ann", 3, "a+2"),
        says("cy", 4, "a+1"),
        says("bob", 5, "cancel"),
      ],
      orders: ["ann a5", "cy a1"],
      why: "who waits longer comes first",
    },
    {
      said: [says("ann", 1, "a+2", { edits: { 5: "a+5" } }), says("bob", 2, "a+3")],
      orders: ["ann a3 (2 wait)", "bob a3"],
      why: "what an edit asks more counts from the edit",
    },
    {
      said: [says("ann", 1, "a+5", { edits: { 5: "a+2" } }), says("bob", 2, "a+3")],
      orders: ["ann a2", "bob a3"],
      why: "what an edit gives back is free",
    },
    {
      said: [says("ann", 1, "a+5", { edits: { 3: "a+2", 5: "a+5" } }), says("bob", 2, "a+3")],
      orders: ["ann a3 (2 wait)", "bob a3"],
      why: "given back and asked again is asked again",
    },
    {
      said: [says("ann", 1, "hi", { edits: { 5: "a+5" } }), says("bob", 2, "a+3")],
      orders: ["ann a3 (2 wait)", "bob a3"],
      why: "an order that an edit makes counts from it",
    },
    {
      said: [says("ann", 1, "a+2", { edits: { 9: "a+6" } }), says("ann", 3, "a=5"), says("bob", 4, "a+3")],
      orders: ["ann a5", "bob a1 (2 wait)"],
      why: "a number said anew in between waits for no edit",
    },
    {
      said: [says("ann", 1, "a+6"), says("bob", 2, "a+2"), says("ann", 3, "a=4")],
      orders: ["ann a4", "bob a2"],
      why: "a lower number gives back",
    },
    {
      said: [says("ann", 1, "a+6", { recalled: 3 }), says("bob", 2, "a+2")],
      orders: ["bob a2"],
      why: "what is taken back is free",
    },
  ];
  for (const { said, orders, why } of rows) {
    test(`${said.map(({ person, versions }) => `${person}: ${versions.map(({ text }) => text).join(" → ")}`).join("; ")}: ${why}`, () => {
      const ledger = fold(six, ...said);

      expect(show(ledger)).toEqual(orders);
    });
  }

  test("tells each message whether it waits", () => {
    const ledger = fold(six, says("ann", 1, "a+4"), says("bob", 2, "a+3"), says("cy", 3, "a+1"));

    expect(outcomes(ledger)).toEqual(["booked", "booked 1: 2 of 3", "booked 1: 0 of 1"]);
  });

  test("tells of which things in a message it waits, and of those alone", () => {
    const some = buy([item("a"), item("b", { stock: 2 * ONE })]);

    const ledger = fold(some, says("ann", 1, "b+1"), says("bob", 2, "a+5 b+2"), says("bob", 3, "b=4"));

    expect(outcomes(ledger)).toEqual(["booked", "booked 2: 1 of 2", "changed 2: 0 of 2"]);
  });

  test("lets somebody change the option without losing their place", () => {
    const sizes = buy([item("a", { stock: 2 * ONE, options: ["大", "小"] })]);

    const ledger = fold(sizes, says("ann", 1, "a大=2", { edits: { 5: "a小=2" } }), says("bob", 2, "a大=1"));

    expect(show(ledger)).toEqual(["ann a2小", "bob a0大 (1 wait)"]);
  });

  test("books what there is of fractions", () => {
    const kilos = buy([item("a", { stock: 2500 })]);

    expect(show(fold(kilos, says("ann", 1, "a+2"), says("bob", 2, "a+1")))).toEqual(["ann a2", "bob a0.5 (0.5 wait)"]);
  });
});

describe("a limit for each person", () => {
  const two = buy([item("a", { perPerson: 2 * ONE, options: ["大", "小"] }), item("b")]);
  const rows: { said: Statement[]; orders: string[]; last: string; why: string }[] = [
    { said: [says("ann", 1, "a大+2")], orders: ["ann a2大"], last: "booked", why: "up to it" },
    { said: [says("ann", 1, "a大+3")], orders: [], last: "limit", why: "not beyond" },
    {
      said: [says("ann", 1, "a大+1"), says("ann", 2, "a小+2")],
      orders: ["ann a1大"],
      last: "limit",
      why: "over all options",
    },
    { said: [says("ann", 1, "a大+3 b+1")], orders: [], last: "limit", why: "the message is refused whole" },
    {
      said: [says("ann", 1, "a大+2"), says("ann", 2, "for bob: a大+2")],
      orders: ["ann a2大", "ann/bob a2大"],
      last: "booked",
      why: "for another has its own",
    },
    {
      said: [says("ann", 1, "a大+2", { edits: { 5: "a大+3" } })],
      orders: [],
      last: "limit",
      why: "an edit beyond it is refused whole",
    },
    {
      said: [says("ann", 1, "a大+3", { edits: { 5: "a大+2" } })],
      orders: ["ann a2大"],
      last: "booked",
      why: "made good by an edit",
    },
  ];
  for (const { said, orders, last, why } of rows) {
    test(`${said.map(({ versions }) => versions.map(({ text }) => text).join(" → ")).join("; ")}: ${why}`, () => {
      const ledger = fold(two, ...said);

      expect(show(ledger)).toEqual(orders);
      expect(outcomes(ledger).at(-1)).toBe(last);
    });
  }

  test("holds for booked and waiting together", () => {
    const short = buy([item("a", { perPerson: 2 * ONE, stock: ONE })]);

    const ledger = fold(short, says("ann", 1, "a+2"), says("ann", 2, "a+1"));

    expect(show(ledger)).toEqual(["ann a1 (1 wait)"]);
    expect(outcomes(ledger)).toEqual(["booked 1: 1 of 2", "limit"]);
  });

  test("lets somebody who has more than a new limit go down", () => {
    const ledger = fold(buy([item("a", { perPerson: ONE })]), says("ann", 1, "a+1"), says("ann", 2, "a-1"));

    expect(outcomes(ledger)).toEqual(["booked", "cancelled"]);
  });
});

describe("options", () => {
  const sizes = buy([item("a", { options: ["大", "小"] }), item("b")]);
  const rows: { said: Statement[]; orders: string[]; missing: readonly number[]; why: string }[] = [
    { said: [says("ann", 1, "a+2")], orders: ["ann a2"], missing: [1], why: "booked without, and asked" },
    {
      said: [says("ann", 1, "a+2"), says("ann", 2, "大")],
      orders: ["ann a2大"],
      missing: [],
      why: "the answer settles it",
    },
    { said: [says("ann", 1, "a+2"), says("ann", 2, "要小的")], orders: ["ann a2小"], missing: [], why: "in words" },
    {
      said: [says("ann", 1, "a+2"), says("ann", 2, "a大=2")],
      orders: ["ann a2大"],
      missing: [],
      why: "naming the option is no second order",
    },
    {
      said: [says("ann", 1, "a+2"), says("ann", 2, "a大=1 a小=1")],
      orders: ["ann a1大 a1小"],
      missing: [],
      why: "one of each",
    },
    { said: [says("ann", 1, "a+2"), says("ann", 2, "a大=3")], orders: ["ann a3大"], missing: [], why: "and one more" },
    {
      said: [says("ann", 1, "a大+2"), says("ann", 2, "a=3")],
      orders: ["ann a3大"],
      missing: [],
      why: "a new number of the only option",
    },
    {
      said: [says("ann", 1, "a大+2"), says("ann", 2, "a+1")],
      orders: ["ann a2大 a1"],
      missing: [1],
      why: "one more of which?",
    },
    { said: [says("ann", 1, "a大+2 a小+1"), says("ann", 2, "a=0")], orders: [], missing: [], why: "all of it" },
    {
      said: [says("ann", 1, "a大+2 a小+1"), says("ann", 2, "a-1")],
      orders: ["ann a2大"],
      missing: [],
      why: "the last asked for goes first",
    },
    { said: [says("ann", 1, "b+2")], orders: ["ann b2"], missing: [], why: "an item without options asks nothing" },
    { said: [says("ann", 1, "大")], orders: [], missing: [], why: "an answer to nothing" },
  ];
  for (const { said, orders, missing, why } of rows) {
    test(`${said.map(({ versions }) => versions[0]!.text).join("; ")}: ${why}`, () => {
      const ledger = fold(sizes, ...said);

      expect(show(ledger)).toEqual(orders);
      const last = ledger.verdicts.at(-1)!;
      expect("optionMissing" in last ? last.optionMissing : []).toEqual(missing);
    });
  }

  test("are no longer asked for once they are said", () => {
    const [first] = fold(sizes, says("ann", 1, "a+2"), says("ann", 2, "大")).verdicts;

    expect(first).toMatchObject({ outcome: "booked", optionMissing: [] });
  });
});

describe("a verdict", () => {
  const rows: { said: Statement[]; expected: string[]; why: string }[] = [
    {
      said: [says("ann", 1, "a+1"), says("ann", 2, "a+1"), says("ann", 3, "cancel")],
      expected: ["booked", "changed", "cancelled"],
      why: "an order's life",
    },
    { said: [says("ann", 1, "hi"), says("ann", 2, "?")], expected: ["nothing", "item"], why: "talk and a question" },
    { said: [says("ann", 1, "a+1", { recalled: 2 })], expected: ["nothing"], why: "taken back" },
    { said: [says("ann", 1, "?", { edits: { 2: "a+1" } })], expected: ["booked"], why: "made clear by an edit" },
    {
      said: [says("ann", 1, "?"), says("ann", 2, "a+1")],
      expected: ["item", "booked"],
      why: "a later message does not make it clear",
    },
  ];
  for (const { said, expected, why } of rows) {
    test(`${said.map(({ versions }) => versions.map(({ text }) => text).join(" → ")).join("; ")}: ${why}`, () => {
      expect(outcomes(fold(plain, ...said))).toEqual(expected);
    });
  }
});
