import type { Quantity } from "../quantity.ts";

/** What a quantity or a price is counted in. */
export interface Unit {
  /** The same for all spellings: "kg", "jin", "box", or the folded word itself where it is none of ours. */
  readonly id: string;
  readonly kind: "mass" | "volume" | "neutral" | "container";
  /** Of masses in nanograms, of volumes in microlitres. */
  readonly size?: bigint;
  /** Chinese words that an English one may stand for: box is 盒 and 箱. */
  readonly also?: readonly string[];
}

interface Row {
  readonly id: string;
  readonly kind: Unit["kind"];
  readonly words: string;
  readonly size?: bigint;
  readonly also?: readonly string[];
}

const GRAM = 1_000_000_000n;
const LITRE = 1_000_000n;

/** @source message language, 1.1; the pound is 453.59237 g by definition (1959) */
const ROWS: readonly Row[] = [
  {
    id: "kg",
    kind: "mass",
    size: 1000n * GRAM,
    words: "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes 公斤 千克",
  },
  { id: "jin", kind: "mass", size: 500n * GRAM, words: "斤 市斤 jin catty catties" },
  { id: "taijin", kind: "mass", size: 600n * GRAM, words: "台斤" },
  { id: "liang", kind: "mass", size: 50n * GRAM, words: "两" },
  { id: "g", kind: "mass", size: GRAM, words: "g gm gms gr gram grams gramme grammes 克 公克" },
  { id: "lb", kind: "mass", size: 453_592_370_000n, words: "lb lbs pound pounds 磅" },
  { id: "oz", kind: "mass", size: 28_349_523_125n, words: "oz ounce ounces 盎司" },
  { id: "l", kind: "volume", size: LITRE, words: "l ltr ltrs litre litres liter liters 升 公升" },
  { id: "ml", kind: "volume", size: 1000n, words: "ml mls millilitre millilitres milliliter milliliters cc 毫升" },

  { id: "份", kind: "neutral", words: "份 portion portions serving servings serve serves 客" },
  { id: "个", kind: "neutral", words: "个 件 只 颗 pc pcs piece pieces pce pces unit units 粒 枚" },
  { id: "套", kind: "neutral", words: "套 set sets" },

  { id: "盒", kind: "container", words: "盒" },
  { id: "箱", kind: "container", words: "箱" },
  { id: "box", kind: "container", words: "box boxes bx", also: ["盒", "箱"] },
  { id: "carton", kind: "container", words: "carton cartons ctn ctns", also: ["箱", "盒"] },
  { id: "case", kind: "container", words: "case cases crate crates", also: ["箱"] },
  { id: "袋", kind: "container", words: "袋 bag bags" },
  { id: "sack", kind: "container", words: "sack sacks", also: ["袋"] },
  { id: "瓶", kind: "container", words: "瓶 樽" },
  { id: "bottle", kind: "container", words: "bottle bottles btl btls", also: ["瓶"] },
  { id: "包", kind: "container", words: "包 pack packs pkt pkts packet packets package packages pk pks" },
  { id: "条", kind: "container", words: "条 strip strips" },
  { id: "提", kind: "container", words: "提" },
  { id: "板", kind: "container", words: "板 tray trays" },
  { id: "串", kind: "container", words: "串 skewer skewers" },
  { id: "杯", kind: "container", words: "杯 cup cups" },
  { id: "罐", kind: "container", words: "罐" },
  { id: "听", kind: "container", words: "听" },
  { id: "can", kind: "container", words: "can cans tin tins", also: ["罐", "听"] },
  { id: "jar", kind: "container", words: "jar jars", also: ["罐", "瓶"] },
  { id: "桶", kind: "container", words: "桶 bucket buckets" },
  { id: "tub", kind: "container", words: "tub tubs", also: ["桶", "盒"] },
  { id: "punnet", kind: "container", words: "punnet punnets", also: ["盒"] },
  { id: "卷", kind: "container", words: "卷 roll rolls" },
  { id: "把", kind: "container", words: "把" },
  { id: "扎", kind: "container", words: "扎" },
  { id: "捆", kind: "container", words: "捆" },
  { id: "bunch", kind: "container", words: "bunch bunches bundle bundles", also: ["把", "扎", "捆", "串"] },
  { id: "碗", kind: "container", words: "碗 bowl bowls" },
  { id: "盘", kind: "container", words: "盘" },
  { id: "碟", kind: "container", words: "碟" },
  { id: "plate", kind: "container", words: "plate plates", also: ["盘", "碟"] },
  { id: "块", kind: "container", words: "块" },
  { id: "block", kind: "container", words: "block blocks", also: ["块"] },
  { id: "bar", kind: "container", words: "bar bars", also: ["块", "条"] },
  { id: "片", kind: "container", words: "片" },
  { id: "slice", kind: "container", words: "slice slices", also: ["片", "块"] },
  { id: "loaf", kind: "container", words: "loaf loaves", also: ["条"] },
  { id: "stick", kind: "container", words: "stick sticks", also: ["根", "条", "支"] },
  { id: "根", kind: "container", words: "根" },
  { id: "支", kind: "container", words: "支 枝" },
  { id: "朵", kind: "container", words: "朵" },
  { id: "棵", kind: "container", words: "棵 株" },
  { id: "头", kind: "container", words: "头" },
  { id: "head", kind: "container", words: "head heads", also: ["头", "棵", "颗"] },
  { id: "尾", kind: "container", words: "尾" },
  { id: "筐", kind: "container", words: "筐" },
  { id: "篮", kind: "container", words: "篮" },
  { id: "basket", kind: "container", words: "basket baskets", also: ["筐", "篮"] },
  { id: "组", kind: "container", words: "组" },
  { id: "盆", kind: "container", words: "盆" },
  { id: "pot", kind: "container", words: "pot pots", also: ["盆", "壶", "锅"] },
  { id: "壶", kind: "container", words: "壶" },
  { id: "锅", kind: "container", words: "锅" },
  { id: "张", kind: "container", words: "张" },
  { id: "sheet", kind: "container", words: "sheet sheets", also: ["张", "片"] },
  { id: "本", kind: "container", words: "本" },
  { id: "笼", kind: "container", words: "笼" },
  { id: "屉", kind: "container", words: "屉" },
  { id: "管", kind: "container", words: "管 tube tubes" },
  { id: "节", kind: "container", words: "节" },
  { id: "副", kind: "container", words: "副" },
  { id: "net", kind: "container", words: "net nets 网" },
  { id: "ticket", kind: "container", words: "ticket tickets", also: ["张"] },
  { id: "slot", kind: "container", words: "slot slots seat seats spot spots 位" },
  { id: "pouch", kind: "container", words: "pouch pouches sachet sachets", also: ["袋", "包"] },
  { id: "对", kind: "container", words: "对" },
  { id: "双", kind: "container", words: "双" },
  { id: "pair", kind: "container", words: "pair pairs", also: ["双", "对"] },
  { id: "打", kind: "container", words: "打 dozen dozens doz dz" },
];

/** How many of the goods one of these is, where the item is not sold by it. */
export const MULTIPLES: Readonly<Record<string, number>> = { 打: 12, 对: 2, 双: 2, pair: 2 };

/** Each word of the table, folded, with its unit. */
export const UNIT_WORDS: ReadonlyMap<string, Unit> = new Map(
  ROWS.flatMap(({ words, ...unit }) => words.split(" ").map((word) => [word, unit] as const)),
);

const LATIN = /[a-z]{1,14}/y;

/** The unit that begins exactly at `at` in a folded text: the longest, and in latin script a whole word. */
export function readUnit(text: string, at: number): { readonly end: number; readonly unit: Unit } | undefined {
  const code = text.charCodeAt(at);
  if (code >= 0x61 && code <= 0x7a) {
    LATIN.lastIndex = at;
    const word = LATIN.exec(text)![0];
    const after = text.charCodeAt(at + word.length);
    const unit = after >= 0x61 && after <= 0x7a ? undefined : UNIT_WORDS.get(word);
    return unit && { end: at + word.length, unit };
  }
  for (let length = Math.min(2, text.length - at); length > 0; length--) {
    const unit = UNIT_WORDS.get(text.slice(at, at + length));
    if (unit) return { end: at + length, unit };
  }
  return undefined;
}

/** The unit that a folded word names; a container of its own where the table has no such word. */
export function unitOf(word: string): Unit {
  const known = UNIT_WORDS.get(word) ?? UNIT_WORDS.get(word.replace(/\.$/, ""));
  return known ?? { id: word.replace(/(?<=[a-z]{2})s$/, ""), kind: "container" };
}

/** Whether an item sold by `sold` may be ordered by `asked`: the same unit, across languages too. */
export function sameUnit(asked: Unit, sold: Unit): boolean {
  if (asked.id === sold.id) return true;
  return (asked.also?.includes(sold.id) || sold.also?.includes(asked.id)) ?? false;
}

/**
 * A mass in another unit of mass, a volume in another of volume.
 *
 * @returns  thousandths of `to`, rounded half up; undefined between a mass and a volume, or where either is counted
 */
export function convert(quantity: Quantity, from: Unit, to: Unit): Quantity | undefined {
  return convertSum([[quantity, from]], to);
}

/** Several amounts of one dimension (1斤2两, 2 lb 8 oz) as one, rounded once. */
export function convertSum(parts: readonly (readonly [Quantity, Unit])[], to: Unit): Quantity | undefined {
  let sum = 0n;
  for (const [quantity, from] of parts) {
    if (from.kind !== to.kind || !from.size || !to.size) return undefined;
    sum += BigInt(quantity) * from.size;
  }
  return roundHalfUp(sum, to.size!);
}

function roundHalfUp(over: bigint, under: bigint): Quantity {
  return Number((2n * over + under) / (2n * under));
}

/** Whether an item sold by this may be had in parts. */
export function isMeasured(unit: Unit | undefined): boolean {
  return unit?.size !== undefined;
}
