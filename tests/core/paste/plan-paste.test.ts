import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldBuy } from "../../../core/buy/fold.ts";
import { NO_CHAIN, toChain } from "../../../core/buy/kept-chain.ts";
import type { Ledger } from "../../../core/buy/ledger.ts";
import { type Reader, readerOf } from "../../../core/buy/reader.ts";
import { isPasted, PASTED, type Statement } from "../../../core/buy/statement.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";
import { foldName } from "../../../core/buy/whom.ts";
import { renderChain } from "../../../core/chain/render-chain.ts";
import { type PastePlan, planPaste } from "../../../core/paste/plan-paste.ts";
import { readPaste } from "../../../core/paste/read-paste.ts";
import { growChain, nameOf } from "../buy/grow-chain.ts";

/** A buy into which texts are pasted one after the other. */
class Pasting {
  readonly terms: BuyTerms;
  readonly reader: Reader;
  statements: Statement[] = [];
  #clock = Date.parse("2026-11-21T12:00:00Z");

  constructor(
    items: BuyTerms["items"] = [
      { name: "苹果", unit: "斤", aliases: [], options: [], tiers: [] },
      { name: "梨", unit: "斤", aliases: [], options: [], tiers: [] },
    ] as never,
  ) {
    this.terms = { title: "水果", currency: "CNY", items, openedAt: new Date("2026-11-21T08:00:00Z") } as never;
    this.reader = readerOf(items);
  }

  get ledger(): Ledger {
    return foldBuy(this.terms, this.reader, this.statements);
  }

  says(person: string, text: string): void {
    this.#add({ id: `t${this.statements.length}`, person: `member ${person}`, name: person, text });
  }

  plan(text: string, more: { anew?: string; leaders?: readonly string[] } = {}): PastePlan {
    const members = new Set(this.statements.filter((said) => !isPasted(said)).map(({ person }) => person));
    return planPaste(
      readPaste(text, this.reader) ?? [],
      {
        kept: this.ledger.chains.get("c") ?? NO_CHAIN,
        said: new Map(this.statements.map(({ id, versions }) => [id, versions.at(-1)!.text])),
        recalled: new Set(),
        isMember: (person) => members.has(person),
      },
      this.reader,
      {
        personOf: (name) => `pasted ${foldName(name)}`,
        idOf: (content) => PASTED + content,
        isLeader: (name) => more.leaders?.includes(name) ?? false,
        ...(more.anew && { anew: more.anew }),
      },
    );
  }

  pastes(text: string, more: { anew?: string } = {}): PastePlan {
    const plan = this.plan(text, more);
    for (const statement of plan.statements) this.#add(statement);
    return plan;
  }

  #add({ id, person, name, text }: { id: string; person: string; name: string; text: string }): void {
    this.#clock += 1000;
    const at = new Date(this.#clock);
    this.statements.push({
      chat: "c",
      id,
      position: this.statements.length,
      person,
      name,
      saidAt: at,
      versions: [{ text, at }],
    });
  }

  /** "王姐 苹果2": who has what. */
  get orders(): string[] {
    return this.ledger.orders.map(({ person, for: whom, lines }) => {
      const goods = lines.map(({ item, quantity }) => `${this.terms.items[item - 1]!.name}${quantity / 1000}`);
      return `${person.replace(/^pasted /, "")}${whom ? ` for ${whom}` : ""} ${goods.join(" ")}`;
    });
  }

  get chain(): string {
    return renderChain(toChain(this.ledger.chains.get("c") ?? NO_CHAIN));
  }
}

describe("a chain that is pasted", () => {
  test("books each line for the one whom it names, and comes back as it was", () => {
    const buy = new Pasting();

    buy.pastes("#接龙\n水果团\n\n1. 王姐 苹果2\n2. 阿罗 梨1\n3. 302 苹果1 梨2");

    expect(buy.orders).toEqual(["王姐 苹果2", "阿罗 梨1", "302 苹果1 梨2"]);
    expect(buy.chain).toBe("#接龙\n水果团\n\n1. 王姐 苹果2\n2. 阿罗 梨1\n3. 302 苹果1 梨2");
  });

  test("books again only what is new, and changes what has changed", () => {
    const buy = new Pasting();
    buy.pastes("#接龙\n水果团\n\n1. 王姐 苹果2\n2. 阿罗 梨1");

    expect(buy.pastes("#接龙\n水果团\n\n1. 王姐 苹果2\n2. 阿罗 梨1").statements).toEqual([]);
    const plan = buy.pastes("#接龙\n水果团\n\n1. 王姐 苹果2\n2. 阿罗 梨3\n3. 小李 苹果1");

    expect(plan.statements.map(({ name }) => name)).toEqual(["阿罗", "小李"]);
    expect(buy.orders).toEqual(["王姐 苹果2", "阿罗 梨3", "小李 苹果1"]);
  });

  test("merges forks: what a copy lacks stays and is named, what an old copy says takes nothing back", () => {
    const buy = new Pasting();
    buy.pastes("#接龙\n水果团\n\n1. 王姐 苹果2\n2. 阿罗 梨1");
    buy.pastes("#接龙\n水果团\n\n1. 王姐 苹果4\n2. 阿罗 梨1\n3. 小李 苹果1");

    const plan = buy.pastes("#接龙\n水果团\n\n1. 王姐 苹果2\n2. 阿罗 梨1\n3. 小美 梨5");

    expect(buy.orders).toEqual(["王姐 苹果4", "阿罗 梨1", "小李 苹果1", "小美 梨5"]);
    expect(plan.doubts).toEqual([
      { type: "older", name: "王姐", text: "王姐 苹果2", now: "王姐 苹果4" },
      { type: "missing", name: "小李", now: "小李 苹果1" },
    ]);
  });

  for (const name of ["302", "3-502", "12A", "May", "Mina", "No. 7"]) {
    test(`keeps the name ${name} where a name alone is one of the only item, and knows it again`, () => {
      const buy = new Pasting([{ name: "苹果", unit: "斤", aliases: [], options: [], tiers: [] }]);
      const chain = `#接龙\n\n1. ${name}\n2. 小李 2斤`;

      buy.pastes(chain);

      const [kept] = buy.ledger.chains.get("c")?.entries ?? [];
      expect(kept?.entry).toMatchObject({ name, lines: [{ item: 1, quantity: 1000 }] });
      expect(buy.pastes(chain).statements).toEqual([]);
      expect(buy.ledger.orders.map(({ lines }) => lines[0]?.quantity)).toEqual([1000, 2000]);
    });
  }

  test("takes an old text for new where the leader says so", () => {
    const buy = new Pasting();
    buy.pastes("#接龙\n水果\n1. 王姐 苹果2");
    buy.pastes("#接龙\n水果\n1. 王姐 苹果4");

    buy.pastes("#接龙\n水果\n1. 王姐 苹果2", { anew: "m9" });

    expect(buy.orders).toEqual(["王姐 苹果2"]);
  });

  test("takes out what is struck out, and keeps what cannot be read without counting it", () => {
    const buy = new Pasting();
    buy.pastes("#接龙\n水果\n1. 王姐 苹果2\n2. 阿罗 梨1");

    const plan = buy.pastes("#接龙\n水果\n1. 王姐 取消\n2. 阿罗 梨1\n3. 小李 苹果两三斤");

    expect(buy.orders).toEqual(["阿罗 梨1"]);
    expect(plan.doubts).toEqual([{ type: "unread", name: "小李", text: expect.stringContaining("两三斤") }]);
    expect(buy.chain).toContain("小李 苹果两三斤");
  });

  test("keeps people apart whose names hold one another, or are a member's", () => {
    const buy = new Pasting();
    buy.says("王姐", "苹果5");

    buy.pastes("#接龙\n水果\n1. 阿明 苹果2\n2. 阿明妈 苹果2\n3. 王姐 梨1");
    buy.pastes("#接龙\n水果\n1. 阿明 苹果2\n2. 阿明妈 苹果3\n3. 王姐 梨1\n4. 阿明妈妈 苹果2");

    expect(buy.orders).toEqual(["member 王姐 苹果5", "阿明 苹果2", "阿明妈 苹果3", "王姐 梨1", "阿明妈妈 苹果2"]);
  });

  test("leaves lines that members have posted in the chat to them", () => {
    const buy = new Pasting();
    buy.says("Lin", "#接龙\n水果\n1. Lin 苹果2");

    const plan = buy.pastes("#接龙\n水果\n1. Lin 苹果9\n2. 王姐 梨1");

    expect(buy.orders).toEqual(["member Lin 苹果2", "王姐 梨1"]);
    expect(plan.doubts).toEqual([{ type: "theirs", name: "Lin", text: "Lin 苹果9" }]);
  });

  test("two lines of one name are one person's order, also where a fork has only one of them", () => {
    const buy = new Pasting();
    buy.pastes("#接龙\n水果\n1. 王姐 苹果2\n2. 阿罗 梨1\n3. 王姐 梨2");

    buy.pastes("#接龙\n水果\n1. 王姐 苹果3\n2. 阿罗 梨1");

    expect(buy.orders).toEqual(["王姐 苹果3 梨2", "阿罗 梨1"]);
  });
});

describe("a chat that is pasted", () => {
  const said = "王姐:\n苹果2\n\n阿罗:\n请问甜吗\n\n阿罗:\n梨1，苹果1\n\n王姐:\n再加1斤苹果";

  test("books what each has said, in order, and leaves talk alone", () => {
    const buy = new Pasting();

    buy.pastes(said);

    expect(buy.orders).toEqual(["王姐 苹果3", "阿罗 苹果1 梨1"]);
  });

  test("and pasted again with more below, only what is new", () => {
    const buy = new Pasting();
    buy.pastes(said);

    const plan = buy.pastes(`${said}\n\n小李:\n梨2\n\n王姐:\n再加1斤苹果`);

    expect(plan.statements.map(({ name }) => name)).toEqual(["小李", "王姐"]);
    expect(buy.orders).toEqual(["王姐 苹果4", "阿罗 苹果1 梨1", "小李 梨2"]);
  });

  test("with chains that grow in it: a speaker may go back and take out, others' copies may not", () => {
    const buy = new Pasting();
    const grows = [
      "王姐:\n#接龙\n水果\n\n1. 302王姐 苹果2",
      "阿罗:\n#接龙\n水果\n\n1. 302王姐 苹果2\n2. 阿罗 梨1",
      "王姐:\n#接龙\n水果\n\n1. 302王姐 苹果3\n2. 阿罗 梨1",
      "小李:\n#接龙\n水果\n\n1. 302王姐 苹果2\n2. 阿罗 梨1\n3. 小李 梨9",
      "阿罗:\n#接龙\n水果\n\n1. 302王姐 苹果3\n2. 小李 梨9",
    ].join("\n\n");

    const plan = buy.pastes(grows);

    expect(plan.doubts).toEqual([]);
    expect(buy.orders).toEqual(["王姐 苹果3", "小李 梨9"]);
    expect(buy.pastes(grows).statements).toEqual([]);
    buy.pastes("#接龙\n水果\n\n1. 302王姐 苹果5\n2. 小李 梨9");
    expect(buy.orders).toEqual(["王姐 苹果5", "小李 梨9"]);
  });

  test("what a leader says about counts is no order", () => {
    const buy = new Pasting();

    expect(buy.plan("团长:\n苹果11斤\n王姐:\n苹果2", { leaders: ["团长"] }).statements).toMatchObject([
      { name: "团长", leader: true },
      { name: "王姐", leader: false },
    ]);
  });
});

describe("a room's chain, copied with its speakers", () => {
  const { posts, expected } = growChain(40, 8, 11);
  const chat = posts.map(({ person, text }) => `${nameOf(person)}:\n${text}`);
  const list = expected.map((row) => row.replace(/^p(\d+)/, (_, person) => nameOf(Number(person)))).sort();

  test("ends in the exact list, and copied again books nothing", () => {
    const buy = new Pasting();

    buy.pastes(chat.join("\n\n"));

    expect([...buy.orders].sort()).toEqual(list);
    expect(buy.pastes(chat.join("\n\n")).statements).toEqual([]);
  });

  test("also in pieces that overlap anyhow", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: chat.length }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 6 }),
        (cuts, overlap) => {
          const buy = new Pasting();
          let from = 0;
          for (const to of [...new Set([...cuts, chat.length])].sort((one, other) => one - other)) {
            buy.pastes(chat.slice(Math.max(0, from - overlap), to).join("\n\n"));
            from = to;
          }

          expect([...buy.orders].sort()).toEqual(list);
        },
      ),
      { numRuns: 6 },
    );
  });
});
