import type { Catalog, PreparedItem } from "./catalog.ts";
import { is, type Token } from "./tokens.ts";

/** How far the quantity may stand from the goods: "the 2kg kibble, about 3 bags please". */
const REACH = 4;

/**
 * "the 2kg kibble, 3 bags": a mass that stands in the name of goods sold by the piece belongs to the name where the
 * quantity follows or stands before it. Alone it stays a quantity, in another unit than the goods are sold by.
 */
export function markSizes(tokens: readonly Token[], catalog: Catalog): readonly Token[] {
  if (!tokens.some(isMass)) return tokens;
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const joint = tokens[at + 1]?.text === "的" ? at + 2 : at + 1;
    const next = tokens[joint];
    const [size, item] = isMass(token) ? [token, next] : [next, token];
    const fitting = item?.kind === "item" && size && isMass(size) ? itemsOfSize(catalog, item, size) : [];
    const parted = item === next || tokens[joint + 1]?.kind === "break"; // 汽水600ml 4箱 is read as it stands
    if (fitting.length > 0 && parted && (countedBefore(out) || countedBehind(tokens, joint + 1))) {
      out.push({ ...item!, items: fitting, start: token.start, end: next!.end });
      at = joint;
    } else out.push(token);
  }
  return out;
}

function isMass({ kind, amount }: Token): boolean {
  return kind === "amount" && amount!.unit?.size !== undefined && !amount!.fault;
}

/** Those of the named items that are sold by the piece and bear this size in their name. */
function itemsOfSize({ items }: Catalog, item: Token, size: Token): readonly number[] {
  const said = plain(size.text);
  const has = ({ sale, names }: PreparedItem) =>
    sale?.size === undefined && names.some(({ text }) => new RegExp(`(?<![\\d.])${said}`).test(plain(text)));
  return item.items!.filter((number) => has(items[number - 1]!));
}

function plain(text: string): string {
  return text.replaceAll(" ", "").replace(/[^\p{L}\p{N}.]/gu, "");
}

/** "3 bags of the 2kg kibble" */
function countedBefore(before: readonly Token[]): boolean {
  const last = before.findLast((token) => !(is(token, "filler") || token.text === "的"));
  return last?.kind === "amount" && !isMass(last);
}

function countedBehind(tokens: readonly Token[], at: number): boolean {
  for (let i = at; i < tokens.length && i - at < REACH; i++) {
    const token = tokens[i]!;
    if (token.kind === "amount") return !isMass(token) && tokens[i + 1]?.kind !== "item";
    const passes =
      token.kind === "sign" ||
      token.kind === "decor" ||
      (token.kind === "break" && token.level === 1) ||
      is(token, "filler", "please", "wish", "head");
    if (!passes) return false;
  }
  return false;
}
