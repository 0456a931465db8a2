import { describe, expect, test } from "vitest";
import { foldBuy } from "../../../core/buy/fold.ts";
import { toChain } from "../../../core/buy/kept-chain.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import { ONE } from "../../../core/quantity.ts";
import { buy, item, moment, plainReader, says } from "./plain-reader.ts";

const terms = buy([item("a"), item("b")]);

/** A chain of these entries, numbered in order. */
function chain(...entries: string[]): string {
  return ["#T", ...entries.map((entry, index) => `${index + 1}. ${entry}`)].join("\n");
}

function fold(said: readonly Statement[], of = terms) {
  const ledger = foldBuy(of, plainReader(of.items), said);
  const orders = ledger.orders.map(({ person, for: whom, lines }) => {
    const words = lines.map((line) => `${String.fromCharCode(96 + line.item)}${line.quantity / ONE}`);
    return `${person}${whom === undefined ? "" : `/${whom}`} ${words.join(" ")}`;
  });
  const refused = ledger.verdicts.flatMap((verdict) =>
    verdict.outcome === "unclear" ? [`${verdict.id} ${verdict.reason}`] : [],
  );
  const kept = ledger.chains.get("g1");
  return { ledger, orders, refused, kept: kept ? toChain(kept).entries.map(({ words }) => words) : [] };
}

const rows: { said: Statement[]; orders: string[]; refused?: string[]; kept?: string[]; why: string }[] = [
  {
    why: "everybody adds themselves",
    said: [says("ann", 1, chain("ann a2")), says("bob", 2, chain("ann a2", "bob a1"))],
    orders: ["ann a2", "bob a1"],
    kept: ["ann a2", "bob a1"],
  },
  {
    why: "two who continue one version are both added",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("cy", 3, chain("ann a2", "cy a3")),
    ],
    orders: ["ann a2", "bob a1", "cy a3"],
    kept: ["ann a2", "bob a1", "cy a3"],
  },
  {
    why: "two who continue one version with the same order are both added",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("cy", 3, chain("ann a2", "cy a1")),
    ],
    orders: ["ann a2", "bob a1", "cy a1"],
  },
  {
    why: "an owner edits their entry",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("ann", 3, chain("ann a3", "bob a1")),
    ],
    orders: ["ann a3", "bob a1"],
  },
  {
    why: "an old copy brings no old text back",
    said: [says("ann", 1, chain("ann a2")), says("ann", 2, chain("ann a3")), says("bob", 3, chain("ann a2", "bob a1"))],
    orders: ["ann a3", "bob a1"],
    kept: ["ann a3", "bob a1"],
  },
  {
    why: "its owner may go back to an old text",
    said: [says("ann", 1, chain("ann a2")), says("ann", 2, chain("ann a3")), says("ann", 3, chain("ann a2"))],
    orders: ["ann a2"],
  },
  {
    why: "another's line is not theirs to change; the rest counts",
    said: [says("ann", 1, chain("ann a2")), says("bob", 2, chain("ann a9", "bob a1"))],
    orders: ["ann a2", "bob a1"],
    refused: ["2 not-yours"],
    kept: ["ann a2", "bob a1"],
  },
  {
    why: "whoever copies what was refused is not to blame",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a9", "bob a1")),
      says("cy", 3, chain("ann a9", "bob a1", "cy b1")),
    ],
    orders: ["ann a2", "bob a1", "cy b1"],
    refused: ["2 not-yours"],
  },
  {
    why: "but the owner who posts what was refused wants it",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a9", "bob a1")),
      says("ann", 3, chain("ann a9", "bob a1")),
    ],
    orders: ["ann a9", "bob a1"],
    refused: ["2 not-yours"],
  },
  {
    why: "a leader may change any line",
    said: [says("ann", 1, chain("ann a2")), says("lea", 2, chain("ann a1"), { leader: true })],
    orders: ["ann a1"],
  },
  {
    why: "a leader's old copy changes nothing",
    said: [
      says("ann", 1, chain("ann a2")),
      says("ann", 2, chain("ann a3")),
      says("lea", 3, chain("ann a2"), { leader: true }),
    ],
    orders: ["ann a3"],
  },
  {
    why: "an owner takes their entry out",
    said: [says("ann", 1, chain("ann a2")), says("bob", 2, chain("ann a2", "bob a1")), says("ann", 3, chain("bob a1"))],
    orders: ["bob a1"],
    kept: ["bob a1"],
  },
  {
    why: "an old copy does not bring it back",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("ann", 3, chain("bob a1")),
      says("cy", 4, chain("ann a2", "bob a1", "cy a1")),
    ],
    orders: ["bob a1", "cy a1"],
    kept: ["bob a1", "cy a1"],
  },
  {
    why: "its owner does",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("ann", 3, chain("bob a1")),
      says("ann", 4, chain("bob a1", "ann a2")),
    ],
    orders: ["ann a2", "bob a1"],
  },
  {
    why: "an author who had not seen an entry does not remove it",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("cy", 3, chain("ann a2", "cy a1")),
      says("dan", 4, chain("ann a2", "cy a1", "dan a4")),
    ],
    orders: ["ann a2", "bob a1", "cy a1", "dan a4"],
  },
  {
    why: "one who had seen it may not, unless it is theirs; the rest counts",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("cy", 3, chain("bob a1", "cy a1")),
    ],
    orders: ["ann a2", "bob a1", "cy a1"],
    refused: ["3 not-yours"],
    kept: ["ann a2", "bob a1", "cy a1"],
  },
  {
    why: "whoever copies the chain without it is not to blame",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("cy", 3, chain("bob a1", "cy a1")),
      says("dan", 4, chain("bob a1", "cy a1", "dan a1")),
    ],
    orders: ["ann a2", "bob a1", "cy a1", "dan a1"],
    refused: ["3 not-yours"],
  },
  {
    why: "a leader who had seen it may",
    said: [
      says("ann", 1, chain("ann a2")),
      says("bob", 2, chain("ann a2", "bob a1")),
      says("lea", 3, chain("bob a1"), { leader: true }),
    ],
    orders: ["bob a1"],
  },
  {
    why: "of several the one with the sender's name is theirs",
    said: [says("ann", 1, chain("ann a2", "mum a1"))],
    orders: ["ann a2", "ann/mum a1"],
  },
  {
    why: "of several without the sender's name the last is theirs",
    said: [says("x77", 1, chain("mum a1", "lin a2"))],
    orders: ["x77/mum a1", "x77 a2"],
  },
  {
    why: "a single one under another name is the sender's, who has none yet",
    said: [says("ann", 1, chain("sunny a1"))],
    orders: ["ann a1"],
  },
  {
    why: "and for that name, when the sender has one",
    said: [says("ann", 1, chain("ann a1")), says("ann", 2, chain("ann a1", "mum a2"))],
    orders: ["ann a1", "ann/mum a2"],
  },
  {
    why: "a second one under the sender's own name adds up",
    said: [says("ann", 1, chain("ann a1")), says("ann", 2, chain("ann a1", "ann b2"))],
    orders: ["ann a1 b2"],
  },
  {
    why: "chain and plain words are one order",
    said: [says("ann", 1, "a+2"), says("ann", 2, chain("ann a1")), says("ann", 3, "a+1")],
    orders: ["ann a4"],
  },
  {
    why: "words of change act on the whole, a later edit of the entry on its part",
    said: [
      says("ann", 1, "a+2"),
      says("ann", 2, chain("ann a3")),
      says("ann", 3, "a-1"),
      says("ann", 4, chain("ann a5")),
    ],
    orders: ["ann a6"],
  },
  {
    why: "what is taken from the entry itself comes back with its next edit",
    said: [says("ann", 1, chain("ann a3")), says("ann", 2, "a-1"), says("ann", 3, chain("ann a4"))],
    orders: ["ann a4"],
  },
  {
    why: "a new number for an entry that is all there is becomes the entry's",
    said: [says("ann", 1, chain("ann a1")), says("ann", 2, "a=2"), says("ann", 3, chain("ann a2"))],
    orders: ["ann a2"],
  },
  {
    why: "a repost of the entry as it was undoes no word of change",
    said: [says("ann", 1, chain("ann a3")), says("ann", 2, "cancel"), says("ann", 3, chain("ann a3", "mum b1"))],
    orders: ["ann/mum b1"],
  },
  {
    why: "an edited chain message counts anew at the time of the edit",
    said: [says("ann", 1, chain("ann a1"), { edits: { 5: chain("ann a4") } }), says("ann", 3, chain("ann a2"))],
    orders: ["ann a4"],
  },
  {
    why: "an edit to the same text does not",
    said: [says("ann", 1, chain("ann a1"), { edits: { 5: chain("ann a1") } }), says("ann", 3, chain("ann a2"))],
    orders: ["ann a2"],
  },
  {
    why: "a recalled chain message was never said, though others copied it",
    said: [says("ann", 1, chain("ann a1"), { recalled: 9 }), says("bob", 3, chain("ann a1", "bob a2"))],
    orders: ["bob a2"],
    kept: ["bob a2"],
  },
  {
    why: "a recalled edit of an entry leaves it as it was",
    said: [
      says("ann", 1, chain("ann a1")),
      says("ann", 2, chain("ann a5"), { recalled: 9 }),
      says("bob", 3, chain("ann a5", "bob a2")),
    ],
    orders: ["ann a1", "bob a2"],
  },
  {
    why: "a chain edited into plain words counts as them",
    said: [says("ann", 1, chain("ann a1"), { edits: { 2: "b+1" } })],
    orders: ["ann b1"],
    kept: [],
  },
  {
    why: "what is struck out is cancelled",
    said: [says("ann", 1, chain("ann a1")), says("ann", 2, chain("ann x"))],
    orders: [],
  },
  {
    why: "by somebody else it is not",
    said: [says("ann", 1, chain("ann a1")), says("bob", 2, chain("ann x", "bob a1"))],
    orders: ["ann a1", "bob a1"],
    refused: ["2 not-yours"],
  },
  {
    why: "an entry that cannot be read is a question, once",
    said: [says("ann", 1, chain("ann ?")), says("bob", 2, chain("ann ?", "bob a1"))],
    orders: ["bob a1"],
    refused: ["1 item"],
  },
  {
    why: "a chain about other things is none of the buy's",
    said: [says("ann", 1, "#Dinner on Friday\n1. ann ?\n2. bob ?"), says("bob", 2, chain("bob a1"))],
    orders: ["bob a1"],
    kept: ["bob a1"],
  },
  {
    why: "numbers do not tell entries apart",
    said: [
      says("ann", 1, chain("ann a1")),
      says("bob", 2, chain("ann a1", "bob a2")),
      says("lea", 3, "#T\n5. bob a2\n7. ann a1", { leader: true }),
    ],
    orders: ["ann a1", "bob a2"],
    kept: ["bob a2", "ann a1"],
  },
  {
    why: "a flat in front of a name is no other's line",
    said: [says("ann", 1, chain("ann a1")), says("bob", 2, chain("3-502ann a1", "bob a2"))],
    orders: ["ann a1", "bob a2"],
  },
  {
    why: "another's name on an order is refused",
    said: [
      says("ann", 1, chain("ann a1")),
      says("bob", 2, chain("ann a1", "bob a2")),
      says("cy", 3, chain("ann a1", "bob a2", "cy b1")),
      says("dan", 4, chain("ann a1", "dan a2", "cy b1")),
    ],
    orders: ["ann a1", "bob a2", "cy b1"],
    refused: ["4 not-yours"],
  },
  {
    why: "a leader who lists what others have said orders nothing anew",
    said: [
      says("ann", 1, "a+2"),
      says("bob", 2, "a+1"),
      says("lea", 3, chain("ann a2", "bob a9", "mum b1"), { leader: true }),
      says("ann", 4, chain("ann a3", "bob a9", "mum b1")),
    ],
    orders: ["ann a3", "bob a1", "lea b1"],
  },
  {
    why: "a leader who prints what somebody has by now changes nothing of it",
    said: [
      says("ann", 1, chain("ann a2")),
      says("ann", 2, "a+1"),
      says("lea", 3, chain("ann a3"), { leader: true }),
      says("ann", 4, chain("ann a4")),
    ],
    orders: ["ann a4"],
  },
];

describe("a chain in a buy", () => {
  for (const { said, orders, refused = [], kept, why } of rows) {
    test(why, () => {
      const result = fold(said);

      expect(result.orders).toEqual(orders);
      expect(result.refused).toEqual(refused);
      if (kept) expect(result.kept).toEqual(kept);
    });
  }

  test("is kept for each chat by itself, the stock for all of them", () => {
    const short = buy([item("a", { stock: 3 * ONE }), item("b")]);

    const { ledger, orders } = fold(
      [says("ann", 1, chain("ann a2")), says("bob", 2, chain("bob a2"), { chat: "g2" })],
      short,
    );

    expect(orders).toEqual(["ann a2", "bob a1"]);
    expect([...ledger.chains.keys()]).toEqual(["g1", "g2"]);
    expect(ledger.verdicts[1]).toMatchObject({
      outcome: "booked",
      waiting: [{ item: 1, asked: 2 * ONE, booked: ONE }],
    });
  });

  test("refuses a message beyond a person's limit whole, and does not blame those who copy it", () => {
    const limited = buy([item("a", { perPerson: 2 * ONE }), item("b")]);

    const { orders, refused } = fold(
      [says("ann", 1, chain("ann a3", "mum a1")), says("bob", 2, chain("ann a3", "mum a1", "bob a2"))],
      limited,
    );

    expect(orders).toEqual(["bob a2"]);
    expect(refused).toEqual(["1 limit"]);
  });

  test("is late after the closing only where it changes something", () => {
    const closing = buy([item("a"), item("b")], { closesAt: moment(10) });

    const { ledger } = fold(
      [
        says("ann", 1, chain("ann a1")),
        says("lea", 11, chain("ann a1"), { leader: true }),
        says("bob", 12, chain("ann a1", "bob a1")),
      ],
      closing,
    );

    expect(ledger.verdicts.map(({ outcome }) => outcome)).toEqual(["booked", "nothing", "late"]);
  });
});
