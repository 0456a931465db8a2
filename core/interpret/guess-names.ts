import { isHan } from "../text/lexicon.ts";
import type { Catalog } from "./catalog.ts";
import { guess } from "./guess.ts";
import { is, type Token } from "./tokens.ts";

/** Unknown words beside a quantity, a sign or a wish may be names that are misspelt or typed by their sound. */
export function guessNames(tokens: readonly Token[], catalog: Catalog): Token[] {
  const out = [...tokens];
  for (let i = 0; i < out.length; i++) {
    if (out[i]!.kind !== "other" && !isTitleBeforeSign(out, i)) continue;
    for (const [from, to] of spansAround(out, i)) {
      if (!isGoodsPlace(out, from, to)) continue;
      const text = textOf(out, from, to);
      const found = guess(catalog, text);
      if (!found) continue;
      const joined: Token = {
        kind: "item",
        start: out[from]!.start,
        end: out[to]!.end,
        text,
        items: found.items,
        strength: found.rule === "part" ? 1 : 0,
        rule: found.rule,
      };
      out.splice(from, to - from + 1, joined);
      i = from;
      break;
    }
  }
  return out;
}

/** ms+2: initials, no lady. */
function isTitleBeforeSign(tokens: readonly Token[], at: number): boolean {
  const [title, sign] = [tokens[at]!, tokens[at + 1]];
  return is(title, "title") && sign?.kind === "sign" && sign.start === title.end;
}

/** Whether an unknown word, alone or with its neighbours, is like the name of an item, wherever it stands. */
export function mayBeGuessed(tokens: readonly Token[], at: number, catalog: Catalog): boolean {
  return spansAround(tokens, at).some(([from, to]) => guess(catalog, textOf(tokens, from, to)) !== undefined);
}

function textOf(tokens: readonly Token[], from: number, to: number): string {
  let text = "";
  for (let at = from; at <= to; at++) text += tokens[at]!.text;
  return text;
}

/** Whether a quantity, a sign, a wish or the like stands beside, so that goods are expected here. */
function isGoodsPlace(tokens: readonly Token[], from: number, to: number): boolean {
  let before = from - 1;
  while (tokens[before]?.kind === "other" || is(tokens[before], "filler", "also")) before--;
  let after = to + 1;
  while (tokens[after]?.kind === "other" || is(tokens[after], "filler", "please", "also")) after++;
  return isBesideGoods(tokens[before]) || isBesideGoods(tokens[after]) || is(tokens[to + 1], "please");
}

function isBesideGoods(token: Token | undefined): boolean {
  if (!token) return false;
  if (["amount", "sign", "unit", "option", "item", "colon"].includes(token.kind)) return true;
  return is(token, "wish", "head", "verb", "add", "less", "cancel", "set", "swap", "each", "unwant", "both", "can");
}

/** The unknown word alone, then with its neighbours: 草没 has a character that means something else, "ping guo" a blank. */
function spansAround(tokens: readonly Token[], at: number): [number, number][] {
  const spans: [number, number][] = [];
  const joins = (left: number, right: number) => {
    const [a, b] = [tokens[left], tokens[right]];
    if (!a || !b || (a.kind !== "other" && a.kind !== "word" && !(a.kind === "item" && a.strength === 1))) return false;
    if (b.kind !== "other" && b.kind !== "word" && !(b.kind === "item" && b.strength === 1)) return false;
    const han = isHan(a.text.charCodeAt(0));
    if (han !== isHan(b.text.charCodeAt(0))) return false;
    return han
      ? a.end === b.start && isShort(a) && isShort(b)
      : b.start - a.end === 1 && a.kind === "other" && b.kind === "other";
  };
  const left = joins(at - 1, at);
  const right = joins(at, at + 1);
  if (left && right) spans.push([at - 1, at + 1]);
  if (right && joins(at + 1, at + 2)) spans.push([at, at + 2]);
  if (right) spans.push([at, at + 1]);
  if (left) spans.push([at - 1, at]);
  spans.push([at, at]);
  return spans;
}

/** Unread, or one character that has a meaning of its own, or the beginning of a name: 鲜牛 before 乃. */
function isShort({ kind, text }: Token): boolean {
  return kind === "other" || text.length === 1 || (kind === "item" && text.length <= 3);
}
