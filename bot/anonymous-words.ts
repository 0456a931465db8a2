import type { Statement } from "../core/buy/statement.ts";
import type { LineReading } from "../core/interpret/reading.ts";
import { writeLines } from "../core/interpret/write-lines.ts";
import { compareRows, rowsFrom } from "./compare-rows.ts";
import type { Buy } from "./store.ts";

/** What a message says from now on, in each of its versions. */
export interface NewWords {
  readonly chat: string;
  readonly message: string;
  /** Undefined: what it says stays. */
  readonly text?: string;
}

/** Says nothing about an order. */
const NOTHING = "–";

/**
 * Words that make the same rows without saying anything in somebody's own words or under their name: one of their messages
 * holds their order as it came out, the others say nothing. Where that would not make the same rows, as with a chain that
 * others went on with, the words stay, and the name alone goes.
 *
 * @param known  statements of which the final list is made; `all`: with those that came later
 * @param name   instead of theirs
 * @returns      undefined where not even that would be the same
 */
export function anonymousWords(
  buy: Buy,
  { known, all }: { readonly known: readonly Statement[]; readonly all: readonly Statement[] },
  person: string,
  name: string,
): readonly NewWords[] | undefined {
  const own = all.filter((statement) => statement.person === person);
  const order = orderOf(buy, known, person);
  const bearing = own.filter(({ versions, recalledAt }) => !recalledAt && versions.at(-1)?.text);
  const bearers = order === "" ? [undefined] : [bearing[0], bearing.at(-1)];
  const candidates = [
    ...bearers.map((bearer) =>
      own.map(({ chat, id }): NewWords => {
        return { chat, message: id, text: chat === bearer?.chat && id === bearer.id ? order : NOTHING };
      }),
    ),
    own.map(({ chat, id }): NewWords => ({ chat, message: id })),
  ];
  return candidates.find((words) =>
    [known, all].every((said) => isSame(buy, said, withWords(said, words, person, name))),
  );
}

/** Somebody's order in a buy, in words that read in one way only; empty: none. */
function orderOf(buy: Buy, statements: readonly Statement[], person: string): string {
  const lines = rowsFrom(buy, statements).lines.filter((line) => line.person === person);
  return lines
    .map(({ for: whom, item, option, quantity, waitlisted, note }) => {
      const line: LineReading = {
        ...{ item, op: "set", quantity: quantity + waitlisted },
        ...(option && { option }),
        ...(note !== undefined && { note }),
      };
      return writeLines([line], whom || undefined);
    })
    .join("\n");
}

function withWords(
  statements: readonly Statement[],
  words: readonly NewWords[],
  person: string,
  name: string,
): readonly Statement[] {
  const texts = new Map(words.map(({ chat, message, text }) => [`${chat}:${message}`, text]));
  return statements.map((statement) => {
    if (statement.person !== person) return statement;
    const text = texts.get(`${statement.chat}:${statement.id}`);
    return { ...statement, name, versions: statement.versions.map((said) => ({ ...said, ...(text && { text }) })) };
  });
}

function isSame(buy: Buy, before: readonly Statement[], after: readonly Statement[]): boolean {
  return compareRows(buy, rowsFrom(buy, before), rowsFrom(buy, after)).length === 0;
}
