import type { Clause } from "./clauses.ts";
import { is } from "./tokens.ts";

/** Clauses up to the end of a sentence; a line that only gives a quantity belongs to the name above it. */
export function sentencesOf(clauses: readonly Clause[]): Clause[][] {
  const sentences: Clause[][] = [[]];
  for (const [at, clause] of clauses.entries()) {
    sentences.at(-1)!.push(clause);
    const next = clauses[at + 1];
    const goesOn = clause.breakAfter === 3 && next !== undefined && isQuantityOnly(next) && isNameOnly(clause);
    const says = clause.breakAfter === 2 && next !== undefined && isOptionOnly(next) && namesGoods(clause);
    if (says) continue; // "2 monsteras! Small ones!"
    if (clause.breakAfter >= 2 && !goesOn) sentences.push([]);
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

function isQuantityOnly({ tokens }: Clause): boolean {
  return tokens.every(
    (token) => token.kind === "amount" || token.kind === "sign" || is(token, "polite", "please", "filler"),
  );
}

function isOptionOnly({ tokens }: Clause): boolean {
  return (
    tokens.some(({ kind }) => kind === "option") &&
    tokens.every(
      (token) => token.kind === "option" || token.kind === "decor" || is(token, "polite", "please", "filler"),
    )
  );
}

function namesGoods({ tokens, asked }: Clause): boolean {
  return !asked && tokens.some(({ kind }) => kind === "item");
}

/** Names and options without a quantity. */
export function isNameOnly({ tokens }: Clause): boolean {
  return tokens.every(
    (token) =>
      token.kind === "item" ||
      token.kind === "option" ||
      token.kind === "bullet" ||
      token.kind === "colon" ||
      token.text === "the",
  );
}
