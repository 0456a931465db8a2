import { SIMPLIFIED } from "./script-table.ts";

/** A text in the one form that everything in core reads, with the way back to what was written. */
export interface Folded {
  readonly source: string;
  /** Lower case, half width, simplified, without accents, emoji variants and invisible characters. */
  readonly text: string;
  /** Index in `source` of each character of `text`, and its end; absent where they are the same. */
  readonly origin?: Uint32Array;
}

/** What Unicode's own compatibility forms do not say, or say in a way that reading cannot use. */
const OWN_FORMS = new Map<string, string>([
  ..."➕﹢⁺✚".split("").map((sign) => [sign, "+"] as const),
  ..."➖−–—―‐‑‒﹣－⁻─".split("").map((sign) => [sign, "-"] as const),
  ..."×✖✕╳⨯✗✘".split("").map((sign) => [sign, "×"] as const),
  ..."＊∗﹡✱⁎".split("").map((sign) => [sign, "*"] as const),
  ..."‘’ʼ´`′".split("").map((sign) => [sign, "'"] as const),
  ..."“”„″「」『』《》〈〉".split("").map((sign) => [sign, '"'] as const),
  ..."【〔〖".split("").map((sign) => [sign, "("] as const),
  ..."】〕〗".split("").map((sign) => [sign, ")"] as const),
  ..."・·•‧∙●▪".split("").map((sign) => [sign, "·"] as const),
  ..."\r\v\f\u0085\u2028\u2029".split("").map((sign) => [sign, "\n"] as const),
  ..."½¼¾⅓⅔⅛⅒".split("").map((sign) => [sign, sign] as const),
  ["〜", "~"],
  ["⁄", "/"],
  ["🔟", "10"],
  ["｡", "。"],
  ["…", "。"],
  ["\u3164", ""],
  ["\u115f", ""],
]);

/** Runs of numbered signs: they name an item, so they keep apart from plain digits. */
const CIRCLED: readonly (readonly [number, number])[] = [
  [0x2460, 20], // ①
  [0x24f5, 10], // ⓵
  [0x2776, 10], // ❶
  [0x2780, 10], // ➀
  [0x278a, 10], // ➊
];

/** Sign of the circled number `n`, from 1 to 20, in folded text. */
export function circled(n: number): string {
  return String.fromCharCode(0x2460 + n - 1);
}

const MARKS = /\p{M}|\p{Cf}|\u{1f3fb}|\u{1f3fc}|\u{1f3fd}|\u{1f3fe}|\u{1f3ff}/gu;

function formOf(character: string): string {
  const own = OWN_FORMS.get(character);
  if (own !== undefined) return own;
  const code = character.codePointAt(0)!;
  for (const [first, count] of CIRCLED) {
    if (code >= first && code < first + count) return circled(code - first + 1);
  }
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd"; // half of a pair: nothing that could be read
  if (code < 0x20 && code !== 0x0a) return " ";
  const plain = character.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(MARKS, "");
  if (/^\s$/.test(plain) && plain !== "\n") return " ";
  const simple = simplified().get(plain) ?? plain;
  // What a form consists of has forms of its own: ⅜ is 3⁄8 with a slash of its own, ﹁ a bracket that stands upright.
  return simple === character ? simple : [...simple].map(formOf).join("");
}

let scripts: ReadonlyMap<string, string> | undefined;

function simplified(): ReadonlyMap<string, string> {
  if (!scripts) {
    const pairs = new Map<string, string>();
    const table = SIMPLIFIED.replace(/\n/g, "");
    for (let at = 0; at < table.length; at += 2) pairs.set(table[at]!, table[at + 1]!);
    scripts = pairs;
  }
  return scripts;
}

/** Forms already worked out, for the characters of the basic plane: a memory, not a state. */
const known = new Array<string | undefined>(0x10000); // of full length, so that looking up stays fast

function knownForm(character: string): string {
  if (character.length > 1) return formOf(character);
  const code = character.charCodeAt(0);
  const before = known[code];
  if (before !== undefined) return before;
  const form = formOf(character);
  known[code] = form;
  return form;
}

const PLAIN = /^[\n\x20-\x5f\x61-\x7e]*$/;

/** Folds width, case, script, keycaps, emoji variants and accents, and drops what cannot be seen. */
export function fold(source: string): Folded {
  if (PLAIN.test(source)) return { source, text: source.toLowerCase() };
  const same = foldOneToOne(source);
  if (same !== undefined) return { source, text: same };

  const origin = new Uint32Array(source.length * 3 + 1);
  let text = "";
  let from = 0;
  while (from < source.length) {
    const code = source.charCodeAt(from);
    const pair = code >= 0xd800 && code < 0xdc00 && (source.charCodeAt(from + 1) & 0xfc00) === 0xdc00;
    const step = pair ? 2 : 1;
    // A line break of two characters is one.
    const form = code === 13 && source.charCodeAt(from + 1) === 10 ? "" : knownForm(source.slice(from, from + step));
    // The longest compatibility form has 18 characters; more than three are no word anyone orders by.
    const kept = form.length > 3 * step ? form.slice(0, 3 * step) : form;
    for (let i = 0; i < kept.length; i++) origin[text.length + i] = from;
    text += kept;
    from += step;
  }
  origin[text.length] = source.length;
  return { source, text, origin: origin.subarray(0, text.length + 1) };
}

/** Most texts: each character has a form of one, so that positions stay; undefined for others. */
function foldOneToOne(source: string): string | undefined {
  let text = "";
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === 13 || (code >= 0xd800 && code < 0xe000)) return undefined;
    const form = known[code] ?? knownForm(source[at]!);
    if (form.length !== 1) return undefined;
    text += form;
  }
  return text;
}

/** What nobody has written on purpose; joiners inside emoji are kept. */
const INVISIBLE = /[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** What was written where the folded text runs from `start` to `end`, without blanks around it. */
export function written(folded: Folded, start: number, end: number): string {
  return folded.source
    .slice(...sourceSpan(folded, start, end))
    .replace(INVISIBLE, "")
    .trim();
}

/** Where in the source a span of the folded text stands. */
export function sourceSpan({ origin, source }: Folded, start: number, end: number): [from: number, until: number] {
  if (!origin) return [start, end];
  if (start >= end) return [origin[start] ?? source.length, origin[start] ?? source.length];
  const last = origin[end - 1]!;
  let after = end;
  while (after < origin.length - 1 && origin[after] === last) after++;
  // Invisible characters behind the last one belong to it only where they join what follows.
  return [origin[start]!, Math.max(last + 1, origin[after] ?? source.length)];
}
