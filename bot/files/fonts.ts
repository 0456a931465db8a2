import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Language } from "../store.ts";

/**
 * Typefaces that are shipped, each cut into slices of some hundred characters: simplified and traditional Chinese with
 * Latin, Greek, Cyrillic and kana, and emoji as shapes.
 */
const PACKAGES = {
  simplified: { name: "@fontsource-variable/noto-sans-sc", file: "noto-sans-sc" },
  traditional: { name: "@fontsource-variable/noto-sans-tc", file: "noto-sans-tc" },
  emoji: { name: "@fontsource-variable/noto-emoji", file: "noto-emoji" },
} as const;

type Package = keyof typeof PACKAGES;

/** Which shapes a character has where several typefaces have it. */
const ORDER: Readonly<Record<Language, readonly Package[]>> = {
  en: ["simplified", "traditional", "emoji"],
  "zh-hans": ["simplified", "traditional", "emoji"],
  "zh-hant": ["traditional", "simplified", "emoji"],
};

/** What is needed to draw some texts. */
export interface Fonts {
  /** Families for CSS: the first that has a character counts. */
  readonly family: string;
  /** The text with what has no shape left out, or `?` in its place where a letter would be missing. */
  showable(text: string): string;
}

/** What draws. */
type Canvas = Pick<typeof import("@napi-rs/canvas"), "createCanvas" | "GlobalFonts">;

/** A part of a typeface: a file, known to the canvas under a name of its own once it is loaded. */
interface Slice {
  readonly family: string;
  readonly path: string;
}

/** Which slice of a typeface should have a character. */
type Slices = (character: string) => Slice | undefined;

const require = createRequire(import.meta.url);
const read = new Map<Package, Promise<Slices>>();
const loaded = new Map<string, Promise<void>>();

/**
 * Loads the slices that these texts need.
 *
 * @throws an error of Node's where a package is not installed
 */
export async function loadFonts(texts: Iterable<string>, language: Language, canvas: Canvas): Promise<Fonts> {
  const typefaces = await Promise.all(ORDER[language].map(slicesOf));
  // Latin first, so that digits and signs look the same wherever they stand.
  const characters = new Set(["A", ...[...texts].join("")]);
  const families = new Set<string>();
  let missing = characters;
  // The lists promise more than the files hold: what is missing is looked for in the next typeface.
  for (const slices of typefaces) {
    for (const slice of new Set([...missing].flatMap((character) => slices(character) ?? []))) {
      const loading = loaded.get(slice.family) ?? register(slice, canvas.GlobalFonts);
      loaded.set(slice.family, loading);
      await loading;
      families.add(slice.family);
    }
    missing = missingAmong(characters, [...families].join(", "), canvas);
  }
  const family = [...families].join(", ");
  return {
    family,
    showable: (text) =>
      [...text]
        .map((character) => (missing.has(character) ? gapFor(character) : character))
        .join("")
        .replace(new RegExp(`${GAP}+`, "g"), "?"),
  };
}

/** Stands for missing letters until they are one question mark. */
const GAP = "\ufffc";

/** A letter that is missing is shown to be; marks, joiners and pictures are not missed. */
function gapFor(character: string): string {
  return /[\p{L}\p{N}]/u.test(character) ? GAP : "";
}

/** A character that no typeface has: it is drawn as all are that are missing. @source Unicode, noncharacters */
const NO_CHARACTER = "\u{1fffe}";

/** What looks like a character that no typeface has. */
function missingAmong(characters: ReadonlySet<string>, family: string, { createCanvas }: Canvas): Set<string> {
  const size = 24;
  const context = createCanvas(2 * size, 2 * size).getContext("2d");
  context.font = `${size}px ${family}`;
  const shapeOf = (character: string) => {
    context.clearRect(0, 0, 2 * size, 2 * size);
    context.fillText(character, 0, 1.5 * size);
    return Buffer.from(context.getImageData(0, 0, 2 * size, 2 * size).data);
  };
  const none = shapeOf(NO_CHARACTER);
  return new Set([...characters].filter((character) => shapeOf(character).equals(none)));
}

async function register({ family, path }: Slice, fonts: Canvas["GlobalFonts"]): Promise<void> {
  if (!fonts.register(await readFile(path), family)) throw new Error(`The font file ${path} cannot be read.`);
}

function slicesOf(which: Package): Promise<Slices> {
  const slices = read.get(which) ?? readSlices(which);
  read.set(which, slices);
  return slices;
}

/** The package says which of its files holds what: `{"[4]": "U+1f1e9-1f1f5,U+1f232", "latin": …}`. */
async function readSlices(which: Package): Promise<Slices> {
  const { name, file } = PACKAGES[which];
  const list = require.resolve(`${name}/unicode.json`);
  const parts = JSON.parse(await readFile(list, "utf8")) as Readonly<Record<string, string>>;
  const ranges = Object.entries(parts).flatMap(([key, text]) => {
    const part = key.replace(/[[\]]/g, "");
    const slice = {
      family: `${file}-${part}`,
      path: join(dirname(list), "files", `${file}-${part}-wght-normal.woff2`),
    };
    return text.split(",").map((range) => {
      const [from = "", to = from] = range.trim().slice(2).split("-");
      return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), slice };
    });
  });
  return (character) => {
    const point = character.codePointAt(0)!;
    return ranges.find(({ from, to }) => from <= point && point <= to)?.slice;
  };
}
