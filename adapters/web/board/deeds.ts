import type { About, Board, Said, Sheet, Visitor } from "../../../bot/board/ports.ts";
import { say } from "../../../bot/replies/replies.ts";
import type { Who } from "../../../bot/rights.ts";
import type { Arrived } from "../../../bot/store.ts";
import { parseQuantity } from "../../../core/quantity.ts";
import type { Fields } from "./fields.ts";
import { type BoardWords, boardWordsOf } from "./words.ts";

/** Something that a form does, as a command would in the chat. */
interface Deed {
  readonly who: Exclude<Who, "everybody">;
  readonly run: (board: Board, doing: Doing) => Promise<Said>;
}

export interface Doing {
  readonly visitor: Visitor;
  readonly sheet: Sheet;
  readonly key: string;
  readonly fields: Fields;
}

/** By name. Rights are checked again by the command itself. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  why: ofPerson("leader", "/list"),
  arrive: {
    who: "leader",
    run: async (board, doing) => {
      const read = countsOf(doing);
      if ("unread" in read) return saying(doing, (words) => say(words.noNumber, { text: read.unread }));
      return board.arrive(doing.visitor, doing.key, doing.sheet.buy.id, read.counts);
    },
  },
  notices: command("helper", "/pickup", ({ fields }) => fields["text"]),
  picked: ofPerson("helper", "/picked"),
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
      const amount = (doing.fields["amount"] ?? "").trim();
      // Only a number: what is said of whom must not depend on what somebody's name may look like.
      if (!/^(?:\d{1,9}(?:[.,]\d{1,3})?)?$/.test(amount)) {
        return saying(doing, (words) => say(words.noNumber, { text: amount }));
      }
      return ofPerson("helper", "/paid", () => amount).run(board, doing);
    },
  },
  unpaid: ofPerson("helper", "/unpaid"),
  bill: {
    who: "helper",
    run: async (board, { visitor, sheet, fields }) => {
      const person = sheet.people.find(({ id }) => id === fields["person"]);
      return person ? board.bill(visitor, sheet.buy.id, person) : { contents: [], documents: [] };
    },
  },
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
      if (text === undefined) return { contents: [], documents: [] };
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
      if (person === undefined) return { contents: [], documents: [] };
      const about: About = { buy: doing.sheet.buy.id, person };
      return board.say(doing.visitor, doing.key, `${name} ${rest(doing) ?? ""}`.trim(), about);
    },
  };
}

/** The counts of the form, those that are empty left out; or the first that is no number. */
function countsOf({ sheet, fields }: Doing): { readonly counts: readonly Arrived[] } | { readonly unread: string } {
  const counts: Arrived[] = [];
  for (const [index, { item, option }] of sheet.expected.entries()) {
    const text = (fields[`count-${index}`] ?? "").trim();
    const counted = parseQuantity(text);
    if (text !== "" && counted === undefined) return { unread: text };
    if (counted !== undefined) counts.push({ item, option, counted });
  }
  return { counts };
}

function saying({ visitor }: Doing, sentence: (words: BoardWords) => string): Said {
  return { contents: [{ text: sentence(boardWordsOf(visitor.language)) }], documents: [] };
}
