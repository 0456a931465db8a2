import { atomsOf } from "../text/atoms.ts";
import { UNIT_WORDS } from "../text/units.ts";

/** A name or alias, cut for comparing. */
export interface NameParts {
  readonly text: string;
  readonly full: readonly string[];
  /** The name without brackets and sizes, and what it is in each of its scripts. */
  readonly bases: readonly (readonly string[])[];
  /** Runs of Chinese, without sizes. */
  readonly runs: readonly string[];
  /** Latin words, stemmed, without sizes. */
  readonly words: readonly string[];
  /** Latin words as written, for slips. */
  readonly surface: readonly string[];
}

/** Words that stand in many names and name nothing. */
export const GENERIC: ReadonlySet<string> = new Set(
  "a an and of the with in for to on no per x kg g ml l pc set unit new fresh size type".split(" "),
);

const UNITS = [...UNIT_WORDS.keys()].sort((a, b) => b.length - a.length).join("|");
/** A size in a name: 500ml, 600ml*24瓶, 10斤装, 24罐装. */
const SIZE = new RegExp(
  `\\d{1,5}(?:\\.\\d{1,3})?\\s?(?:${UNITS})(?![a-z])(?:\\s?[*×x]\\s?\\d{1,4}\\s?(?:${UNITS})?(?![a-z]))?装?`,
  "g",
);
const BRACKETS = /\([^)]{0,60}\)|\[[^\]]{0,60}\]/g;
const HAN_RUN = /[\u3400-\u9fff]+/g;
const LATIN_RUN = /[a-z][a-z']*(?:[ -]+(?:and |& ?)?[a-z][a-z']*)*/g;

/** A sort by its code: D24, R2E2. */
const CODE = /(?<![a-z\d])[a-z]{1,4}-?\d[a-z\d]{0,6}(?![a-z\d])/g;

/** Names longer than this are looked at in part only. */
const MAX_ITEM_NAME = 80;

/** Cuts a folded name for comparing. */
export function partsOf(whole: string): NameParts {
  const text = whole.slice(0, MAX_ITEM_NAME);
  const sizeless = /\d/.test(text) ? text.replace(SIZE, " ") : text;
  const plain = sizeless.replace(BRACKETS, " ");
  const full = atomsOf(text);
  const hanRuns = plain.match(HAN_RUN) ?? [];
  const latinRuns = plain.match(LATIN_RUN) ?? [];
  const bases = [
    plain,
    ...(hanRuns.length > 0 && latinRuns.length > 0 ? [...hanRuns.filter((run) => run.length > 1), ...latinRuns] : []),
    ...segments(plain),
    ...(plain.match(CODE) ?? []),
    ...(plain.includes(" and ") || plain.includes("&") ? joined(plain) : []),
    ...latinRuns.flatMap(stretches),
    ...(sizeless === text ? [] : sizeFirst(text)),
  ]
    .map(atomsOf)
    .filter((atoms) => atoms.length > 0 && atoms.join(" ") !== full.join(" ") && !isTrivial(atoms));
  const surface = sizeless.replace(CODE, " ").match(/[a-z]+/g) ?? [];
  return {
    text,
    full,
    bases,
    runs: sizeless.match(HAN_RUN) ?? [],
    words: [...new Set(atomsOf(surface.join(" ")))],
    surface,
  };
}

/** "chicken and leek" of a chicken and leek pie: what "and" joins in a name is one thing. */
function joined(plain: string): string[] {
  return plain.match(/[a-z']+ (?:and|&) [a-z']+/g) ?? [];
}

/** "free range" of free range eggs: words of a name that follow each other. */
function stretches(run: string): string[] {
  const words = run.split(/ +/);
  if (words.length < 3 || words.length > MAX_WORDS) return [];
  const found: string[] = [];
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 2; to <= words.length && to - from < words.length; to++) {
      if (!GENERIC.has(words[from]!) && !GENERIC.has(words[to - 1]!)) found.push(words.slice(from, to).join(" "));
    }
  }
  return found;
}

/** "250g butter" of butter 250g. */
function sizeFirst(text: string): string[] {
  const named = /^([a-z][a-z ']*[a-z]) (\d[\d.]*\s?(?:kg|g|ml|l|oz|lb))$/.exec(text);
  return named ? [`${named[2]} ${named[1]}`] : [];
}

/** Names of more words are found by their words alone. */
const MAX_WORDS = 5;

/** What a sign parts: "KIRKE | TIZIANA TERENZI", "苹果/红富士". */
function segments(plain: string): string[] {
  const pieces = plain.split(/[|/·]/).map((piece) => piece.trim());
  return pieces.length > 1 ? pieces : [];
}

/** One Chinese character of a longer name, or a word that names nothing, is no name of its own. */
function isTrivial(atoms: readonly string[]): boolean {
  return (
    atoms.length === 1 && (GENERIC.has(atoms[0]!) || (atoms[0]!.length === 1 && !/[\u3400-\u9fff]/.test(atoms[0]!)))
  );
}
