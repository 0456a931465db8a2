import { type Folded, written } from "../text/fold.ts";
import { isHan, isPhrase } from "../text/lexicon.ts";
import { PURPOSES } from "../text/words/people.ts";
import type { Tag } from "../text/words/tags.ts";
import type { Catalog } from "./catalog.ts";
import { guess } from "./guess.ts";
import { is, type Token } from "./tokens.ts";

/** Names for whom, notes, brackets and guessed names, so that what remains is only the order itself. */
export function mark(tokens: readonly Token[], folded: Folded, catalog: Catalog): Token[] {
  const noted = tokens.some((token) => is(token, "note-mark")) ? markNotes(tokens, folded) : tokens;
  const plain = noted.some(({ kind }) => kind === "open" || kind === "close") ? markBrackets(noted, folded) : noted;
  const guessed = plain.some(({ kind }) => kind === "other") ? guessNames(plain, catalog) : plain;
  const meant = guessed.some(({ text }) => /[是系]$/.test(text)) ? markCorrections(guessed) : guessed;
  return markNames(meant.some(({ text }) => OR.test(text)) ? markAlternatives(meant) : meant, folded);
}

const OR = /^(?:or|或者?|还是|抑或|定系)$/;

/** "apples or pears": one of them, and nobody knows which. */
function markAlternatives(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [left, other] = [out.at(-1), tokens[at + 1]];
    if (left?.kind === "item" && other?.kind === "item" && OR.test(tokens[at]!.text)) {
      const items = [...new Set([...left.items!, ...other.items!])];
      out[out.length - 1] = { ...left, end: other.end, items, strength: 0, rule: "either" };
      at++;
    } else out.push(tokens[at]!);
  }
  return out;
}

const SET: ReadonlySet<Tag> = new Set(["set"]);
const FROM: ReadonlySet<Tag> = new Set(["from"]);

/** 打错了，是3斤 and 不是2斤是3斤: "is" says what is meant instead. */
function markCorrections(tokens: readonly Token[]): readonly Token[] {
  const isNot = (token: Token | undefined) => /^(?:不是|不系|唔系|唔是)$/.test(token?.text ?? "");
  const slipped = tokens.some(({ text }) => /错|手误|更正/.test(text));
  if (!slipped && !tokens.some((token, at) => isNot(token) && tokens[at + 1]?.kind === "amount")) return tokens;
  return tokens.map((token, at) => {
    if (isNot(token) && tokens[at + 1]?.kind === "amount") return { ...token, kind: "word", tags: FROM };
    const says =
      tokens[at + 1]?.kind === "amount" || (tokens[at + 1]?.kind === "item" && tokens[at + 2]?.kind === "amount");
    return says && (token.text === "是" || token.text === "系") ? { ...token, kind: "word", tags: SET } : token;
  });
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

/** Unknown words beside a quantity, a sign or a wish may be names that are misspelt or typed by their sound. */
function guessNames(tokens: readonly Token[], catalog: Catalog): Token[] {
  const out = [...tokens];
  for (let i = 0; i < out.length; i++) {
    if (out[i]!.kind !== "other") continue;
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

const MAX_NAME = 24;

/** Whom for: 帮李阿姨带, "for my mum", "12A:", 3栋502 at the beginning of a line. */
function markNames(tokens: readonly Token[], folded: Folded): Token[] {
  const out: Token[] = [];
  let named = false;
  let i = 0;
  while (i < tokens.length) {
    const lineStarts = out.length === 0 || out.at(-1)!.level === 3 || (out.length > 0 && out.every(isIntroduction));
    const clauseStarts = lineStarts || out.at(-1)!.kind === "break" || is(out.at(-1), "and");
    if (clauseStarts && named && isSender(tokens[i]!)) out.push(ownName(tokens[i]!));
    const found =
      (clauseStarts && leadingName(tokens, i, folded, lineStarts)) ||
      (clauseStarts && wishingName(tokens, i, folded)) ||
      helpedName(tokens, i, folded) ||
      forName(tokens, i, folded);
    if (!found) {
      const brought = broughtTo(tokens, i);
      if (brought === i) out.push(tokens[i]!);
      i = Math.max(brought, i + 1);
      continue;
    }
    if (found.token) out.push(found.token);
    named ||= found.token?.whom !== undefined;
    i = found.next;
  }
  return out;
}

const BRING = /^(?:送|送到|送至|送去|送达|放|放到|放在|寄到|deliver|delivered|send|bring|drop|leave)$/;

const PLACE =
  /^(?:楼下|楼上|门口|家门口|家|家里|我家|小区门口|大门口|门卫|保安亭|驿站|快递柜|丰巢|前台|大堂|downstairs|upstairs|door|doorstep|lobby|reception|concierge|gate|porch)$/;

/** 送到3栋502, "deliver to flat 5": where it goes; a flat at the end is dropped. */
function broughtTo(tokens: readonly Token[], at: number): number {
  if (!BRING.test(tokens[at]!.text)) return at;
  let flat = at + 1;
  while (is(tokens[flat], "filler", "polite", "please") && !/^[了咗]/.test(tokens[flat]!.text) && flat - at < 4) flat++;
  const isPlace =
    tokens[flat]?.kind === "flat" || (tokens[at - 1]?.kind === "amount" && PLACE.test(tokens[flat]?.text ?? ""));
  return isPlace ? flat + 1 : at;
}

interface NameFound {
  readonly token?: Token;
  readonly next: number;
}

function isIntroduction(token: Token): boolean {
  return (
    token.kind === "bullet" ||
    token.kind === "decor" ||
    is(token, "polite", "please") ||
    (token.kind === "break" && token.level !== 3)
  );
}

function nameToken(folded: Folded, start: number, end: number, leads: boolean): Token {
  return {
    kind: "name",
    start,
    end,
    text: folded.text.slice(start, end),
    whom: written(folded, start, end).replace(/^#(?=\d)/, "#"),
    leads,
    rule: "for",
  };
}

/** "…, and 1 for me" said first: 帮王姐带2斤，我自己要1斤. */
function isSender(token: Token): boolean {
  return (
    /^(?:我|自己|本人|俺|i|i'll|i'd|me|myself|mine|i want|i need)$|^我(?:自己|要|也要|再要|来|也来|订|家)/.test(
      token.text,
    ) && !is(token, "relation")
  );
}

function ownName({ start }: Token): Token {
  return { kind: "name", start, end: start, text: "", leads: true, rule: "for" };
}

/** 12-08: a door by floor and number, with the colon that a bare number needs. */
const NUMBERED = /^(\d{1,3}-\d{1,4}[a-z]?)\s?:/;

/** "12A: …", 王姐：…, and a flat without a colon. */
function leadingName(tokens: readonly Token[], at: number, folded: Folded, lineStarts: boolean): NameFound | undefined {
  const first = tokens[at]!;
  const numbered = NUMBERED.exec(folded.text.slice(first.start, first.start + 12));
  if (numbered) {
    const end = first.start + numbered[1]!.length;
    const after = tokens.findIndex((token, i) => i >= at && token.kind === "colon") + 1;
    return { token: nameToken(folded, first.start, end, true), next: after };
  }
  let colon = at;
  while (colon < tokens.length && colon - at < 8 && tokens[colon]!.kind !== "colon") {
    const { kind } = tokens[colon]!;
    if (kind === "break" || kind === "sign" || kind === "question" || kind === "item" || kind === "name") break;
    colon++;
  }
  if (tokens[colon]?.kind === "colon" && colon > at) {
    const before = tokens.slice(at, colon);
    const start = first.start;
    const end = before.at(-1)!.end;
    if (isName(before, folded, start, end)) return { token: nameToken(folded, start, end, true), next: colon + 1 };
    if (isLabel(before, folded.text.slice(start, end))) return { next: colon + 1 };
    return undefined;
  }
  if (!lineStarts) return undefined;
  const called = calledBefore(tokens, at, folded);
  if (called) return called;
  if (!isDoor(first) || tokens[at + 1]?.text === "的") return undefined; // 7栋的苹果: whose
  let last = at;
  while (tokens[last + 1]?.kind === "flat") last++;
  // A name that is written on to the flat belongs to it: 3栋502王姐.
  const next = tokens[last + 1];
  const named =
    next?.kind === "other" &&
    next.text.length <= 4 &&
    isHan(next.text.charCodeAt(0)) &&
    !isBesideUnknown(tokens[last + 2]);
  if (named && (next.start === tokens[last]!.end || tokens[last + 2]?.start !== next.end)) {
    last++;
    if (isTitle(tokens[last + 1]) && tokens[last + 1]!.start === tokens[last]!.end) last++;
  }
  return { token: nameToken(folded, first.start, tokens[last]!.end, true), next: last + 1 };
}

/** 3栋502, and 5楼 where a line begins with it. */
function isDoor({ kind, text }: Token): boolean {
  return kind === "flat" || (kind === "measure" && /^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[楼层]$/.test(text));
}

/** 张姐 苹果2斤: as in a chain, a name and a blank before goods with their quantity. */
function calledBefore(tokens: readonly Token[], at: number, folded: Folded): NameFound | undefined {
  const first = tokens[at]!;
  let last = at;
  if (isTitle(tokens[last + 1])) last++;
  if (first.kind !== "other" || !CALLED.test(folded.text.slice(first.start, tokens[last]!.end))) return undefined;
  const [goods, amount] = [tokens[last + 1], tokens[last + 2]];
  const parted = goods !== undefined && goods.start > tokens[last]!.end;
  if (!parted || goods.kind !== "item" || !(amount?.kind === "amount" || amount?.text === "+")) return undefined;
  return { token: nameToken(folded, first.start, tokens[last]!.end, true), next: last + 1 };
}

/** 我妈要2斤, "my mum wants 2", 老王要2盒蓝莓: the wish is somebody else's. */
function wishingName(tokens: readonly Token[], at: number, folded: Folded): NameFound | undefined {
  const first = tokens[at]!;
  let last = first.text === "my" ? at + 1 : at;
  const isOwn = is(tokens[last], "relation") && (last > at || first.text.startsWith("我"));
  // 我2斤，我妈3斤
  if (isOwn && tokens[last + 1]?.kind === "amount" && isHan(first.text.charCodeAt(0)))
    return { token: nameToken(folded, first.start, tokens[last]!.end, true), next: last + 1 };
  if (!isOwn && isTitle(tokens[last + 1])) last++; // 王姐
  const isTitled = is(first, "title") && tokens[at + 1]?.kind === "other"; // Mrs Lim
  if (isTitled) last = at + 1;
  const wish = tokens[last + 1];
  if (!is(wish, "wish", "head") || wish!.text.startsWith("我")) return undefined;
  if (!isOwn && (is(wish, "head") || !wishesGoods(tokens, at, last, folded))) return undefined;
  return { token: nameToken(folded, first.start, tokens[last]!.end, true), next: last + 1 };
}

/** How neighbours are called: 老王, 阿强, 王姐, 李老师; 炖汤 is nobody. */
const CALLED =
  /^(?:[老小阿][\u3400-\u9fff]|[\u3400-\u9fff]{1,3}(?:姐|哥|叔|姨|妈|爸|婶|嫂|太|伯|总|妹|弟|老师|阿姨|先生|女士|小姐|师傅|奶奶|爷爷|太太|大姐|大哥|医生))$/;

/** The 姐 of 王姐, which alone is a word of its own. */
function isTitle(token: Token | undefined): boolean {
  return /^[姐哥叔姨妈爸婶嫂太伯总妹弟]$/.test(token?.text ?? "");
}

/** A short name that wants a quantity of what is known: 老王要2盒蓝莓, and not 榴莲要2个. */
function wishesGoods(tokens: readonly Token[], at: number, last: number, { text }: Folded): boolean {
  const first = tokens[at]!;
  if (!is(first, "relation", "title") && !CALLED.test(text.slice(first.start, tokens[last]!.end))) return false;
  if (tokens[last + 2]?.kind !== "amount") return false;
  return tokens[last + 3]?.kind === "item" || (tokens[last + 3]?.text === "的" && tokens[last + 4]?.kind === "item");
}

/** An unknown word that a quantity follows at once is goods, no name. */
function isBesideUnknown(token: Token | undefined): boolean {
  return token?.kind === "amount" || token?.kind === "sign";
}

function isName(tokens: readonly Token[], folded: Folded, start: number, end: number): boolean {
  const text = folded.text.slice(start, end);
  if (end - start > MAX_NAME || isPhrase(text, "label")) return false;
  if (tokens.length === 1 && tokens[0]!.kind === "amount")
    return !tokens[0]!.amount!.unit && (tokens[0]!.amount!.digits ?? 0) >= 10;
  if (
    tokens.some(
      ({ kind }) => kind === "amount" || kind === "money" || kind === "time" || kind === "price" || kind === "measure",
    )
  )
    return false;
  if (isLabel(tokens, text)) return false;
  return tokens.every(
    (token) =>
      token.kind === "other" ||
      token.kind === "flat" ||
      token.kind === "decor" ||
      is(token, "relation", "title") ||
      (token.kind === "word" && token.text.length === 1 && isHan(token.text.charCodeAt(0))) ||
      is(token, "polite", "filler", "me"),
  );
}

/** 订单：, "My order:": what follows is the order, and nobody is named. */
function isLabel(tokens: readonly Token[], text: string): boolean {
  if (isPhrase(text, "label")) return true;
  return tokens.every(
    (token) =>
      token.kind === "word" &&
      !is(token, "relation", "title") &&
      is(
        token,
        "label",
        "polite",
        "please",
        "filler",
        "me",
        "wish",
        "head",
        "set",
        "add",
        "mine-word",
        "ask-mine",
        "verb",
        "help",
        "cancel",
        "join",
        "also",
      ),
  );
}

/** 帮 X 带, 给 X 留, "help my mum order". */
function helpedName(tokens: readonly Token[], at: number, folded: Folded): NameFound | undefined {
  const token = tokens[at]!;
  if (!is(token, "help", "give")) return undefined;
  let end = at + 1;
  while (end < tokens.length && end - at <= 6 && !endsName(tokens[end]!, end === at + 1)) end++;
  if (end === at + 1) return undefined;
  const [first, last] = [tokens[at + 1]!, tokens[end - 1]!];
  if (is(first, "me", "others") || last.end - first.start > MAX_NAME) return undefined;
  if (end >= tokens.length || tokens[end]!.level === 3) return undefined;
  const text = folded.text.slice(first.start, last.end);
  if (PURPOSES.has(text) || tokens.slice(at + 1, end).some((inner) => is(inner, "which", "ask", "price", "others")))
    return { next: end };
  return { token: nameToken(folded, first.start, last.end, true), next: end };
}

function endsName(token: Token, isFirst: boolean): boolean {
  if (token.kind === "amount") return !(isFirst && (token.amount!.digits ?? 0) >= 100 && !token.amount!.unit);
  if (["sign", "break", "item", "question", "colon", "option", "money", "price", "open", "name"].includes(token.kind))
    return true;
  if (is(token, "relation", "title")) return false;
  return (
    (is(token, "also") && !isFirst) ||
    is(token, "wish", "verb", "add", "less", "cancel", "set", "head", "each", "unwant", "can") ||
    (is(token, "please") && !isFirst)
  );
}

/** "for my mum", "for Mrs Tan", "for 302", "for 王姐"; not "for me", "for dinner". */
function forName(tokens: readonly Token[], at: number, folded: Folded): NameFound | undefined {
  const token = tokens[at]!;
  if (is(token, "me") && token.text !== "me" && token.text.startsWith("for"))
    return { token: { ...token, kind: "name" }, next: at + 1 };
  const word = /^(?:for|on behalf of)(?: (the|my))?$/.exec(token.text);
  if (token.kind !== "word" || !word) return undefined;
  let end = at + 1;
  while (end < tokens.length && end - at <= 6 && !endsForName(tokens[end]!, tokens[end - 1]!, end === at + 1)) end++;
  const words = tokens.slice(at + 1, end);
  if (words.length === 0) return undefined;
  const start = word[1] === "my" ? token.end - 2 : words[0]!.start;
  const last = words.at(-1)!;
  const text = folded.text.slice(start, last.end);
  if (isWhom(words, text, written(folded, start, last.end), word[1] === "the"))
    return { token: nameToken(folded, start, last.end, at === 0), next: end };
  if (words.some((inner) => is(inner, "others"))) return undefined;
  if (/^[a-z]{2,12}ing$/.test(words[0]!.text) && !PURPOSES.has(words[0]!.text)) return undefined; // "+1 for moving it"
  // A purpose: it neither names anybody nor spoils the order.
  return words.every(
    (inner) =>
      inner.kind === "time" ||
      PURPOSES.has(inner.text) ||
      ((inner.kind === "other" || inner.kind === "word") && !is(inner, "agree", "talk", "which")),
  )
    ? { next: end }
    : undefined;
}

function endsForName(token: Token, before: Token, isFirst: boolean): boolean {
  if (token.kind === "amount") return !(isFirst && (token.amount!.digits ?? 0) >= 100 && !token.amount!.unit);
  if (["sign", "break", "item", "question", "colon", "option", "money", "price", "open", "note"].includes(token.kind))
    return true;
  if (is(token, "relation", "title") || PURPOSES.has(token.text)) return false;
  if (!isFirst && token.start === before.end && isHan(token.text.charCodeAt(0)) && token.text.length === 1)
    return false; // 王姐
  return is(token, "please", "polite", "and", "wish", "head", "add", "for") || (is(token, "me") && !isFirst);
}

function isWhom(words: readonly Token[], text: string, source: string, isThe: boolean): boolean {
  const first = words[0]!;
  if (first.kind === "flat" || first.kind === "amount") return true;
  if (PURPOSES.has(text) || PURPOSES.has(first.text.replace(/'s$/, ""))) return false;
  // "for Tom's party", "for my mum's birthday"
  if (words.length > 1 && /'s?$/.test(words.at(-2)!.text) && PURPOSES.has(words.at(-1)!.text)) return false;
  if (words.some((token) => is(token, "relation"))) return true;
  if (is(first, "title")) return words.length > 1;
  if (isHan(text.charCodeAt(0))) return text.length <= 5 && !words.some(({ text: word }) => PURPOSES.has(word));
  if (isThe || !words.every(({ kind }) => kind === "other")) return false;
  const capital = /^\p{Lu}/u.test(source) && source !== source.toUpperCase();
  return capital || (words.length === 1 && /^[a-z]{2,10}$/.test(text) && !text.endsWith("ing"));
}
