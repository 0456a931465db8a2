import { type Folded, written } from "../text/fold.ts";
import { markBudgets, withoutPriceSaidBack } from "./budgets.ts";
import type { Catalog } from "./catalog.ts";
import { guessNames } from "./guess-names.ts";
import { markLeftOut } from "./left-out.ts";
import { markNames } from "./mark-names.ts";
import { markSizes } from "./mark-sizes.ts";
import {
  markAlternatives,
  markArrows,
  markCorrections,
  markRemainders,
  markShares,
  OR,
  partTakenBack,
} from "./meant-instead.ts";
import { withoutReports } from "./reports.ts";
import { is, type Token } from "./tokens.ts";

/** Names for whom, notes, brackets and guessed names, so that what remains is only the order itself. */
export function mark(tokens: readonly Token[], folded: Folded, catalog: Catalog): Token[] {
  const noted = tokens.some((token) => is(token, "note-mark")) ? markNotes(tokens, folded) : tokens;
  const plain = noted.some(({ kind }) => kind === "open" || kind === "close") ? markBrackets(noted, folded) : noted;
  const own = withoutReports(markShares(markRemainders(markArrows(partTakenBack(plain)))), folded);
  const guessed = own.some((token) => token.kind === "other" || is(token, "title")) ? guessNames(own, catalog) : own;
  const whole = guessed.some(({ kind }) => kind === "item")
    ? markLeftOut(markSizes(guessed, catalog), folded)
    : guessed;
  const spent = withoutPriceSaidBack(markBudgets(whole));
  const meant = spent.some(({ text }) => /[是系]$/.test(text)) ? markCorrections(spent) : spent;
  return markNames(meant.some(({ text }) => OR.test(text)) ? markAlternatives(meant) : meant, folded);
}

/** From 备注 or "note:" to the end of the line. */
function markNotes(tokens: readonly Token[], folded: Folded): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const colon = tokens[i + 1]?.kind === "colon";
    const opens =
      is(token, "note-mark") && (colon || token.text === "备注" || token.text === "remark" || token.text === "remarks");
    if (!opens || out.length === 0) {
      out.push(token);
      continue;
    }
    let end = i;
    while (end + 1 < tokens.length && tokens[end + 1]!.level !== 3 && tokens[end + 1]!.kind !== "close") end++;
    const start = (tokens[i + (colon ? 2 : 1)] ?? token).start;
    if (end >= i + (colon ? 2 : 1))
      out.push({
        kind: "note",
        start,
        end: tokens[end]!.end,
        text: written(folded, start, tokens[end]!.end),
        rule: "note",
      });
    i = end;
  }
  return out;
}

/** Brackets hold an option, a quantity, whom for, or a note. */
function markBrackets(tokens: readonly Token[], folded: Folded): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind !== "open") {
      if (token.kind !== "close") out.push(token);
      continue;
    }
    let close = i + 1;
    while (close < tokens.length && tokens[close]!.kind !== "close" && tokens[close]!.level !== 3) close++;
    const inside = tokens.slice(i + 1, close);
    if (inside.length === 0) continue;
    if (isPlainInside(inside)) out.push(...inside);
    else {
      const start = inside[0]!.start;
      const end = inside.at(-1)!.end;
      out.push({ kind: "note", start, end, text: written(folded, start, end), rule: "bracket" });
    }
    i = tokens[close]?.kind === "close" ? close : close - 1;
  }
  return out;
}

function isPlainInside(inside: readonly Token[]): boolean {
  if (is(inside[0], "help", "give", "for"))
    return inside.every((token) => token.kind !== "measure" && token.kind !== "time" && !is(token, "talk"));
  return inside.every(
    ({ kind }) =>
      kind === "option" ||
      kind === "amount" ||
      kind === "sign" ||
      kind === "break" ||
      kind === "flat" ||
      kind === "item" ||
      kind === "money",
  );
}
