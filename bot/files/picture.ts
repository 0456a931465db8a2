import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Language } from "../store.ts";
import { type Fonts, loadFonts } from "./fonts.ts";

/** A list to look at and to pass on: drawn on as many pages as it takes. */
export interface Poster {
  readonly title: string;
  /** Below the title, smaller. */
  readonly facts: readonly string[];
  readonly rows: readonly PosterRow[];
  /** At the foot of each page, before its number. */
  readonly foot: string;
}

/** A heading between rows, or a row: what it is about, what stands below that, and a figure at its end. */
export type PosterRow =
  | { readonly heading: string }
  | {
      readonly text: string;
      readonly detail?: string;
      readonly figure?: string;
      /** A box to tick. */
      readonly hasBox?: true;
    };

/** Pixels. A phone shows the width as about 400 points, so that letters of 34 are larger than those of a chat. */
const PAGE = { width: 1_000, height: 1_500, margin: 48 } as const;

/** Size of the letters and height of a line, in pixels. */
const SIZES = {
  title: { size: 50, line: 66 },
  fact: { size: 30, line: 44 },
  heading: { size: 34, line: 62 },
  text: { size: 34, line: 46 },
  detail: { size: 29, line: 40 },
  foot: { size: 24, line: 48 },
} as const;

type Size = keyof typeof SIZES;

/** Of 16 shades each, see `lighten`. */
const COLOURS = { paper: "#fff", ink: "#222", soft: "#666", line: "#ddd", accent: "#164" } as const;

const BOX = { size: 30, room: 50 } as const;
const ROW_GAP = 14;

/** The most pages of one list; who needs more wants a spreadsheet. */
const MOST_PAGES = 12;

/** The longest text that is drawn, in characters. */
const MOST_TEXT = 300;

/** Why there is no picture. */
export type NoPicture = "not-installed" | "too-long";

/**
 * Draws a poster as PNG, page by page. What draws, and the typefaces, are optional packages and loaded with the first
 * picture.
 */
export async function drawPoster(
  poster: Poster,
  language: Language,
): Promise<readonly Uint8Array[] | { readonly none: NoPicture }> {
  const canvas = await import("@napi-rs/canvas").catch(notInstalled);
  const fonts = canvas && (await loadFonts(textsOf(poster), language, canvas).catch(notInstalled));
  if (!canvas || !fonts) return { none: "not-installed" };

  const { family } = fonts;
  const shown = showable(poster, fonts);
  const pen = new Pen(canvas.createCanvas(1, 1).getContext("2d"), family);
  const pages = paginate(shown, pen);
  if (pages.length > MOST_PAGES) return { none: "too-long" };
  const drawn: Uint8Array[] = [];
  for (const [index, blocks] of pages.entries()) {
    const height = Math.min(PAGE.height, Math.ceil(2 * PAGE.margin + heightOf(blocks) + SIZES.foot.line));
    const context = canvas.createCanvas(PAGE.width, height).getContext("2d");
    drawPage(new Pen(context, family), blocks, height, footOf(shown, index, pages.length));
    lighten(context, height);
    // One after the other: others have their turn while a page is written.
    drawn.push(await context.canvas.encode("png"));
  }
  return drawn;
}

function notInstalled(fault: unknown): undefined {
  const code = fault instanceof Error && "code" in fault ? fault.code : undefined;
  if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") throw fault;
  return undefined;
}

/** Writes and measures in one typeface. */
class Pen {
  readonly context: SKRSContext2D;
  readonly #family: string;
  #size: Size | undefined;
  readonly #widths = new Map<string, number>();

  constructor(context: SKRSContext2D, family: string) {
    this.context = context;
    this.#family = family;
  }

  use(size: Size): void {
    if (this.#size === size) return; // reading a font takes long
    this.#size = size;
    const weight = size === "title" || size === "heading" ? 700 : 400;
    this.context.font = `${weight} ${SIZES[size].size}px ${this.#family}`;
    this.context.fontVariationSettings = `'wght' ${weight}`;
  }

  widthOf(text: string, size: Size): number {
    const key = `${size}:${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    this.use(size);
    const { width } = this.context.measureText(text);
    this.#widths.set(key, width);
    return width;
  }

  write(text: string, x: number, y: number, size: Size, colour: string): void {
    this.use(size);
    this.context.fillStyle = colour;
    this.context.fillText(text, x, y);
  }
}

/** What cannot be parted by the end of a page. */
interface Block {
  readonly height: number;
  /** @param y  its upper edge */
  readonly draw: (pen: Pen, y: number) => void;
  /** Stays with the one after it. */
  readonly isHead?: true;
}

function paginate(poster: Poster, pen: Pen): Block[][] {
  const room = PAGE.height - 2 * PAGE.margin - SIZES.foot.line;
  const head = [
    ...linesBlocks(poster.title, "title", COLOURS.ink, pen),
    ...poster.facts.flatMap((fact) => linesBlocks(fact, "fact", COLOURS.soft, pen)),
  ];
  const blocks = [...head, rule(), ...poster.rows.map((row) => rowBlock(row, pen))];
  const again = linesBlocks(poster.title, "fact", COLOURS.soft, pen).slice(0, 1);
  const pages: Block[][] = [[]];
  for (const [index, block] of blocks.entries()) {
    const next = block.isHead ? (blocks[index + 1]?.height ?? 0) : 0;
    const page = pages.at(-1)!;
    if (page.length > 0 && heightOf(page) + block.height + next > room) pages.push([...again, rule(), block]);
    else page.push(block);
  }
  return pages;
}

function rowBlock(row: PosterRow, pen: Pen): Block {
  if ("heading" in row) {
    const [line = ""] = wrap(row.heading, innerWidth, "heading", pen);
    return {
      height: SIZES.heading.line,
      isHead: true,
      draw: (own, y) => own.write(line, PAGE.margin, y + 44, "heading", COLOURS.accent),
    };
  }
  const { text, detail = "", figure = "", hasBox } = row;
  const x = PAGE.margin + (hasBox ? BOX.room : 0);
  const figureWidth = figure === "" ? 0 : pen.widthOf(figure, "heading") + 24;
  const texts = wrap(text, PAGE.width - PAGE.margin - x - figureWidth, "text", pen);
  const details = detail === "" ? [] : wrap(detail, PAGE.width - PAGE.margin - x, "detail", pen);
  const height = texts.length * SIZES.text.line + details.length * SIZES.detail.line + ROW_GAP;
  return {
    height,
    draw(own, y) {
      if (hasBox) {
        own.context.strokeStyle = COLOURS.soft;
        own.context.lineWidth = 3;
        own.context.strokeRect(PAGE.margin, y + 10, BOX.size, BOX.size);
      }
      for (const [index, line] of texts.entries()) {
        own.write(line, x, y + index * SIZES.text.line + 36, "text", COLOURS.ink);
      }
      const below = y + texts.length * SIZES.text.line;
      for (const [index, line] of details.entries()) {
        own.write(line, x, below + index * SIZES.detail.line + 28, "detail", COLOURS.soft);
      }
      if (figure !== "") {
        const right = PAGE.width - PAGE.margin - figureWidth + 24;
        own.write(figure, right, y + 36, "heading", COLOURS.accent);
      }
      line(own, y + height - ROW_GAP / 2);
    },
  };
}

function linesBlocks(text: string, size: Size, colour: string, pen: Pen): Block[] {
  return wrap(text, innerWidth, size, pen).map((each) => ({
    height: SIZES[size].line,
    draw: (own, y) => own.write(each, PAGE.margin, y + SIZES[size].size, size, colour),
  }));
}

function rule(): Block {
  return { height: 2 * ROW_GAP, draw: (pen, y) => line(pen, y + ROW_GAP) };
}

const innerWidth = PAGE.width - 2 * PAGE.margin;

function line({ context }: Pen, y: number): void {
  context.fillStyle = COLOURS.line;
  context.fillRect(PAGE.margin, y, innerWidth, 2);
}

function drawPage(pen: Pen, blocks: readonly Block[], height: number, foot: string): void {
  pen.context.fillStyle = COLOURS.paper;
  pen.context.fillRect(0, 0, PAGE.width, height);
  let y: number = PAGE.margin;
  for (const block of blocks) {
    block.draw(pen, y);
    y += block.height;
  }
  pen.write(foot, PAGE.margin, height - PAGE.margin, "foot", COLOURS.soft);
}

/** By shade: the nearest of sixteen. */
const SHADES = Uint8Array.from({ length: 256 }, (_, shade) => 17 * Math.round(shade / 17));

/** Leaves 16 shades of each colour: letters look the same, and the file has half its size. */
function lighten(context: SKRSContext2D, height: number): void {
  const image = context.getImageData(0, 0, PAGE.width, height);
  const { data } = image;
  for (let index = 0; index < data.length; index += 1) data[index] = SHADES[data[index]!]!;
  context.putImageData(image, 0, 0);
}

function footOf({ foot }: Poster, index: number, pages: number): string {
  return pages === 1 ? foot : `${foot} · ${index + 1}/${pages}`;
}

function heightOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { height }) => sum + height, 0);
}

/** Where a line may end: behind blanks, and around Chinese, but neither behind what opens nor before what closes. */
const BREAKS = /(?<=\s)|(?<![（「『《【〈“‘(])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}（「『《【〈])/u;

/** Lines no wider than `width`. */
function wrap(text: string, width: number, size: Size, pen: Pen): string[] {
  const lines: string[] = [];
  let [current, taken] = ["", 0];
  for (const piece of text.split(BREAKS).flatMap((each) => chopped(each, width, size, pen))) {
    if (current !== "" && taken + pen.widthOf(piece.trimEnd(), size) > width) {
      lines.push(current.trimEnd());
      [current, taken] = ["", 0];
    }
    current += piece;
    taken += pen.widthOf(piece, size);
  }
  return current.trim() === "" && lines.length > 0 ? lines : [...lines, current.trimEnd()];
}

/** A word that is wider than the page, in parts that are not. */
function chopped(word: string, width: number, size: Size, pen: Pen): string[] {
  if (pen.widthOf(word.trimEnd(), size) <= width) return [word];
  const parts = [""];
  let taken = 0;
  for (const character of word) {
    taken += pen.widthOf(character, size);
    if (taken > width) {
      parts.push("");
      taken = pen.widthOf(character, size);
    }
    parts[parts.length - 1] += character;
  }
  return parts;
}

function showable({ title, facts, rows, foot }: Poster, fonts: Fonts): Poster {
  const show = (text: string) => {
    const characters = [...fonts.showable(text.replace(/\s+/g, " ")).trim()];
    return characters.length > MOST_TEXT ? `${characters.slice(0, MOST_TEXT).join("")}…` : characters.join("");
  };
  return {
    ...{ title: show(title), facts: facts.map(show), foot: show(foot) },
    rows: rows.map((row) => {
      if ("heading" in row) return { heading: show(row.heading) };
      const { text, detail, figure } = row;
      return {
        ...row,
        text: show(text),
        ...(detail !== undefined && { detail: show(detail) }),
        ...(figure !== undefined && { figure: show(figure) }),
      };
    }),
  };
}

function textsOf({ title, facts, rows, foot }: Poster): string[] {
  const texts = rows.flatMap((row) =>
    "heading" in row ? [row.heading] : [row.text, row.detail ?? "", row.figure ?? ""],
  );
  return [title, ...facts, ...texts, foot, "0123456789/·…"];
}
