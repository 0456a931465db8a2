import type { About, Board, Said, Sheet, Visitor } from "../../../bot/board/ports.ts";
import type { Who } from "../../../bot/rights.ts";
import type { Arrived } from "../../../bot/store.ts";
import { parseQuantity } from "../../../core/quantity.ts";

/** A form that was sent: its fields by name. */
export type Fields = Readonly<Record<string, string>>;

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
    run: (board, { visitor, sheet, key, fields }) => board.arrive(visitor, key, sheet.buy.id, countsOf(sheet, fields)),
  },
  notices: command("helper", "/pickup", ({ fields }) => fields["text"]),
  picked: ofPerson("helper", "/picked"),
  unpicked: ofPerson("helper", "/picked", () => "undo"),
  code: command("helper", "/picked", ({ fields }) => /^\s*(\d{4})\s*$/.exec(fields["code"] ?? "")?.[1]),
  paid: ofPerson("helper", "/paid", ({ fields }) => fields["amount"]),
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

/** The counts of the form; fields that are empty or no number are left out. */
function countsOf({ expected }: Sheet, fields: Fields): readonly Arrived[] {
  return expected.flatMap(({ item, option }, index) => {
    const counted = parseQuantity((fields[`count-${index}`] ?? "").trim());
    return counted === undefined ? [] : [{ item, option, counted }];
  });
}
