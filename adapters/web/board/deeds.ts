import type { About, Board, Numbers, Said, Sheet, Visitor } from "../../../bot/board/ports.ts";
import { say } from "../../../bot/replies/replies.ts";
import type { Who } from "../../../bot/rights.ts";
import type { Quantity } from "../../../core/quantity.ts";
import { amountOf, type Fields, numbersOf, ofKind } from "./fields.ts";
import { type BoardWords, boardWordsOf } from "./words.ts";

/** Something that a form does, as a command would in the chat. */
interface Deed {
  readonly who: Exclude<Who, "everybody">;
  readonly run: (board: Board, doing: Doing) => Promise<Said>;
}

/** Who does something, to which buy, and what they filled in. */
export interface Doing {
  readonly visitor: Visitor;
  readonly sheet: Sheet;
  readonly key: string;
  readonly fields: Fields;
}

const NOTHING: Said = { contents: [], documents: [] };

/** By name. Rights are checked again by the command itself. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  why: ofPerson("leader", "/list"),
  arrive: byNumbers("leader", ["count"], (board, { visitor, key, sheet }, counts) =>
    board.arrive(
      visitor,
      key,
      sheet.buy.id,
      ofKinds(counts).map(({ quantity, ...each }) => ({ ...each, counted: quantity })),
    ),
  ),
  weigh: byNumbers("leader", ["weight"], (board, { visitor, key, sheet }, weights) =>
    board.weigh(visitor, key, sheet.buy.id, weights),
  ),
  unweigh: command("leader", "/arrive", () => "undo"),
  share: byNumbers("leader", ["gets"], (board, { visitor, key, sheet }, gets) =>
    board.share(visitor, key, sheet.buy.id, gets),
  ),
  unshare: command("leader", "/short", () => "undo"),
  notices: command("helper", "/pickup", ({ fields }) => fields["text"]),
  picked: ofPerson("helper", "/picked"),
  // All of a line where its box is ticked, or the number beside it.
  part: byNumbers("helper", ["all", "part"], async (board, doing, numbers) => {
    const { visitor, key, sheet, fields } = doing;
    const person = sheet.people.find(({ id }) => id === fields["person"])?.id;
    const parts = ofKinds(numbers).filter(({ quantity }) => quantity > 0);
    if (person === undefined || parts.length === 0) return saying(doing, (words) => words.noneFilled);
    return board.hand(visitor, key, sheet.buy.id, person, parts);
  }),
  unpicked: ofPerson("helper", "/picked", () => "undo"),
  code: {
    who: "helper",
    run: async (board, doing) => {
      const code = (doing.fields["code"] ?? "").trim();
      const person = doing.sheet.people.find(({ pickup }) => pickup?.code === code)?.id;
      if (person === undefined) return saying(doing, (words) => say(words.noCode, { code }));
      return board.say(doing.visitor, doing.key, "/picked", { buy: doing.sheet.buy.id, person });
    },
  },
  paid: {
    who: "helper",
    run: async (board, doing) => {
      const { visitor, key, sheet, fields } = doing;
      const text = (fields["amount"] ?? "").trim();
      const person = sheet.people.find(({ id }) => id === fields["person"])?.id;
      if (person === undefined) return NOTHING;
      if (text === "") return board.pay(visitor, key, sheet.buy.id, person);
      const amount = amountOf(text, sheet.buy.terms.currency);
      if (amount === undefined) return saying(doing, (words) => say(words.noNumber, { text: text.slice(0, 20) }));
      return board.pay(visitor, key, sheet.buy.id, person, amount);
    },
  },
  giveBack: {
    who: "helper",
    run: async (board, { visitor, key, sheet, fields }) => {
      const person = sheet.people.find(({ id }) => id === fields["person"]);
      if (!person || person.standing.over === 0) return NOTHING;
      return board.pay(visitor, key, sheet.buy.id, person.id, -person.standing.over);
    },
  },
  unpaid: ofPerson("helper", "/unpaid"),
  bill: {
    who: "helper",
    run: async (board, { visitor, sheet, fields }) => {
      const person = sheet.people.find(({ id }) => id === fields["person"]);
      return person ? board.bill(visitor, sheet.buy.id, person) : NOTHING;
    },
  },
  decide: {
    who: "leader",
    run: async (board, { visitor, key, sheet, fields }) => {
      const problem = sheet.problems.find(({ id }) => id === fields["problem"])?.id;
      const { decision } = fields;
      if (problem === undefined || !decision) return NOTHING;
      return board.decide(visitor, key, problem, decision, fields["reason"] ?? "");
    },
  },
  claim: command("leader", "/issue", () => "claim"),
  export: command("leader", "/export", ({ fields }) => fields["as"]),
  purchase: command("leader", "/po", ({ fields }) => fields["as"]),
  import: command("leader", "/import", ({ fields }) => fields["text"]),
  settle: command("leader", "/settle", () => ""),
  log: command("leader", "/log", () => ""),
  undo: command("helper", "/undo", () => ""),
};

/** @param rest  what stands behind the command; undefined: nothing is done */
function command(who: Deed["who"], name: string, rest: (doing: Doing) => string | undefined): Deed {
  return {
    who,
    run: async (board, doing) => {
      const text = rest(doing);
      if (text === undefined) return NOTHING;
      return board.say(doing.visitor, doing.key, `${name} ${text}`.trim(), { buy: doing.sheet.buy.id });
    },
  };
}

/** The same about one person's order. */
function ofPerson(who: Deed["who"], name: string, rest: (doing: Doing) => string | undefined = () => ""): Deed {
  return {
    who,
    run: async (board, doing) => {
      const person = doing.sheet.people.find(({ id }) => id === doing.fields["person"])?.id;
      if (person === undefined) return NOTHING;
      const about: About = { buy: doing.sheet.buy.id, person };
      return board.say(doing.visitor, doing.key, `${name} ${rest(doing) ?? ""}`.trim(), about);
    },
  };
}

/** By the numbers in fields of these kinds; of one thing the last kind counts. */
function byNumbers(
  who: Deed["who"],
  kinds: readonly string[],
  run: (board: Board, doing: Doing, numbers: Numbers) => Promise<Said>,
): Deed {
  return {
    who,
    run: async (board, doing) => {
      const numbers = new Map<string, Quantity>();
      for (const kind of kinds) {
        const read = numbersOf(doing.fields, kind);
        if ("unread" in read) return saying(doing, (words) => say(words.noNumber, { text: read.unread }));
        for (const [name, quantity] of read.numbers) numbers.set(name, quantity);
      }
      return numbers.size === 0 ? saying(doing, (words) => words.noneFilled) : run(board, doing, numbers);
    },
  };
}

/** Of items and options. */
function ofKinds(numbers: Numbers) {
  return [...numbers].flatMap(([name, quantity]) => {
    const kind = ofKind(name);
    return kind ? [{ ...kind, quantity }] : [];
  });
}

function saying({ visitor }: Doing, sentence: (words: BoardWords) => string): Said {
  return { contents: [{ text: sentence(boardWordsOf(visitor.language)) }], documents: [] };
}
