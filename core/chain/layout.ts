import { WORDS_LIST } from "./headings.ts";
import { endOfMarker } from "./marker.ts";
import { type Numbered, readNumber, readSpacedNumber } from "./numbering.ts";

/** A chain cut into its parts, before any entry is read. */
export interface Layout {
  readonly marked: boolean;
  /** Lines of the title, trimmed, without the marker, blank lines and example lines. */
  readonly title: readonly string[];
  readonly blocks: readonly Block[];
  /** What stands behind the number of every numbered line, whether entry or title. */
  readonly numbered: readonly string[];
}

/** A numbered line with the unnumbered lines below it. */
export interface Block {
  readonly no: number;
  /** What stands behind the number; then the lines that continue it. */
  readonly lines: readonly string[];
}

/** What a numbered line is, as far as it decides where the title ends. */
export type BlockKind = "order" | "menu" | "sentence" | "words" | "blank";

interface Line {
  readonly text: string;
  readonly kind: "blank" | "example" | "numbered" | "plain";
  readonly numbered?: Numbered;
}

const BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** The example that an organiser puts above the entries; 例汤 is a soup and 例会 a meeting. */
const EXAMPLE =
  /^(?:[（(【[]\s*)?(?:(?:例如|例子|示例|範例|范例|例句)(?![一-龥]{0,2}[图圖])|例(?=[\s\d０-９:：、,，.。)）】\]/-]|$)|(?:for\s+)?(?:e\.?\s?g\.?|example)(?![a-z]))/i;

const OPENS_EXAMPLE = /^[（(【[]?(?:例如|例子|示例|範例|范例|例句|例|e\.?\s?g\.?|example)\s?[）)】\]:：]{0,2}$/i;

/** Rules and dots between the parts of a post. */
const ORNAMENT = /^[\p{P}\p{S}\s]*$/u;

/** A flat may follow the point of its number at once: `1.502 …`, `2.3-501 …`. */
const TIGHT_FLAT = /^(?:\d{3,5}(?![\d.元块塊])|\d{1,3}[-–]\d{1,4}(?![\d.月号號])|\d{1,3}\s?[栋幢棟座单單樓楼])/;

/**
 * Finds marker, title and entries of a text.
 *
 * The entries are the last run of numbered lines; runs above it are title unless they hold orders themselves
 * (two people who begin a chain at once both print 1).
 *
 * @param kindOf  what a numbered line is; asked only where it decides something
 */
export function layOut(text: string, kindOf: (block: Block) => BlockKind): Layout {
  const end = endOfMarker(text);
  const lines = toLines(text.slice(end ?? 0), end !== undefined);
  const runs = toRuns(lines);
  const entries = chooseEntries(runs, kindOf, (run) => isHeadedAsWords(lines, run));

  const titleEnd = entries.length > 0 ? entries[0]!.at : lines.length;
  const title = lines
    .slice(0, titleEnd)
    .filter(({ kind, numbered }) => kind === "plain" || (kind === "numbered" && numbered?.body !== ""));
  return {
    marked: end !== undefined,
    title: title.map((line) => line.text),
    blocks: entries.map(({ block }) => block),
    numbered: lines.flatMap(({ numbered }) => (numbered && numbered.body !== "" ? [numbered.body] : [])),
  };
}

function toLines(text: string, marked: boolean): Line[] {
  const texts = text.split(BREAK).map((line) => line.trim());
  const numbers = texts.map(readNumber);
  confirmTight(texts, numbers);
  if (marked && numbers.every((number) => number === undefined)) readSpacedList(texts, numbers);

  let opened = false; // 例： alone: the next line is the example
  return texts.map((line, index) => {
    if (line === "") return { text: line, kind: "blank" };
    const numbered = numbers[index];
    if (opened || EXAMPLE.test(numbered?.body ?? line)) {
      opened = !opened && OPENS_EXAMPLE.test(line);
      return { text: line, kind: "example" };
    }
    return numbered ? { text: line, kind: "numbered", numbered } : { text: line, kind: "plain" };
  });
}

/** Keeps `1.502 …` only where it continues a list of entries: `11.30到` is a date, `2.5元/斤` a price. */
function confirmTight(texts: readonly string[], numbers: (Numbered | undefined)[]): void {
  let previous: Numbered | undefined;
  let next = 0;
  for (const [index, number] of numbers.entries()) {
    if (number?.tight) {
      next = Math.max(next, index + 1);
      while (next < texts.length && texts[next] === "") next++;
      const inList = previous ? number.no === previous.no + 1 : number.no === 1 && numbers[next]?.no === 2;
      if (!inList || !TIGHT_FLAT.test(number.body)) numbers[index] = undefined;
    }
    previous = numbers[index] ?? previous;
  }
}

/** `1 小王 2斤` line under line: numbers only where they count up from 1 without a gap. */
function readSpacedList(texts: readonly string[], numbers: (Numbered | undefined)[]): void {
  const spaced = texts.map(readSpacedNumber);
  const found = spaced.filter((number) => number !== undefined);
  if (found.length < 2 || found.some((number, index) => number.no !== index + 1)) return;
  for (const [index, number] of spaced.entries()) numbers[index] = number;
}

interface Placed {
  readonly at: number;
  readonly block: Block;
}

/** Cuts the numbered lines where the counting begins anew; an example line ends everything above it. */
function toRuns(lines: readonly Line[]): Placed[][] {
  let runs: Placed[][] = [[]];
  let last: { numbered: Numbered; lines: string[] } | undefined;
  let apart = false;
  /** Lines below a blank one: where the counting begins anew they are the title of what follows. */
  let parted: number | undefined;
  for (const [at, line] of lines.entries()) {
    if (line.kind === "example") {
      runs = [[]];
      last = undefined;
      parted = undefined;
    } else if (line.kind === "numbered") {
      const numbered = line.numbered!;
      const anew = last && numbered.no <= last.numbered.no && (apart || beginsAnew(numbered, last.numbered));
      if (anew) runs.push([]);
      if (anew && parted !== undefined) last!.lines.splice(parted);
      parted = undefined;
      last = { numbered, lines: [numbered.body] };
      runs.at(-1)!.push({ at, block: { no: numbered.no, lines: last.lines } });
      apart = false;
    } else {
      apart = true;
      if (line.kind === "blank") parted ??= last?.lines.length;
      if (line.kind === "plain" && last && !ORNAMENT.test(line.text)) last.lines.push(line.text);
    }
  }
  return runs;
}

function beginsAnew(numbered: Numbered, before: Numbered): boolean {
  return (numbered.no === 1 && before.no > 1) || numbered.style !== before.style;
}

/** 团购须知 above 1. 生鲜不退 */
function isHeadedAsWords(lines: readonly Line[], [first]: readonly Placed[]): boolean {
  const above = first && lines.slice(0, first.at).findLast(({ kind }) => kind !== "blank");
  return above?.kind === "plain" && WORDS_LIST.test(above.text);
}

function chooseEntries(
  runs: readonly Placed[][],
  kindOf: (block: Block) => BlockKind,
  areWords: (run: readonly Placed[]) => boolean,
): readonly Placed[] {
  let entries = withoutMenu(runs.at(-1)!, kindOf);
  if (entries.length < runs.at(-1)!.length && entries.length > 0) return entries;
  for (const run of runs.slice(0, -1).reverse()) {
    if (areWords(run) || !run.some(({ block }) => kindOf(block) === "order")) break;
    entries = [...withoutMenu(run, kindOf), ...entries];
  }
  return entries;
}

/** A run without the prices and hints that it begins with; nothing of one that holds only rules. */
function withoutMenu(run: readonly Placed[], kindOf: (block: Block) => BlockKind): readonly Placed[] {
  const kinds = run.map(({ block }) => kindOf(block));
  if (kinds.length > 1 && kinds.every((kind) => kind === "sentence")) return [];

  let start = 0;
  for (const [at, kind] of kinds.entries()) {
    // "1、2号楼可送" above "1、小王" counts houses.
    const isHint = kind === "sentence" && (run[at + 1]?.block.no ?? 0) === run[at]!.block.no;
    if (kind === "menu" || isHint) start = at + 1;
    else if (kind !== "blank") break;
  }
  return run.slice(start);
}
