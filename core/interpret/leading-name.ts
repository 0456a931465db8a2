import type { Folded } from "../text/fold.ts";
import { isHan, isPhrase } from "../text/lexicon.ts";
import { isGivenName, MAX_WHOM, type NameFound, nameToken } from "./name-found.ts";
import { is, type Token } from "./tokens.ts";

/** 12-08: a door by floor and number, with the colon that a bare number needs. */
const NUMBERED = /^(\d{1,3}-\d{1,4}[a-z]?)\s?:/;

/** "12A: …", 王姐：…, and a flat without a colon. */
export function leadingName(
  tokens: readonly Token[],
  at: number,
  folded: Folded,
  lineStarts: boolean,
): NameFound | undefined {
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
  const door = doorThatWants(tokens, at, folded);
  if (door || !lineStarts) return door;
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
  const titled = TITLED.exec(folded.text.slice(tokens[last]!.end, tokens[last]!.end + 8));
  if (titled) {
    const end = tokens[last]!.end + titled[0].length;
    while (tokens[last + 1] !== undefined && tokens[last + 1]!.end <= end) last++;
  } else if (named && (next.start === tokens[last]!.end || tokens[last + 2]?.start !== next.end)) {
    last++;
    if (isTitle(tokens[last + 1]) && tokens[last + 1]!.start === tokens[last]!.end) last++;
  }
  return { token: nameToken(folded, first.start, tokens[last]!.end, true), next: last + 1 };
}

/**
 * 302加苹果2斤: whose wish it is, since the goods have a quantity of their own; 302的梨不要了, 302取消苹果: whose goods are
 * cancelled. Nobody has 302 of them, and what only others have is not the sender's to lose; a smaller number may well be
 * a quantity: 2苹果不要了.
 */
function doorThatWants(tokens: readonly Token[], at: number, folded: Folded): NameFound | undefined {
  const first = tokens[at]!;
  if (first.kind !== "amount" || first.amount?.unit || !/^[1-9]\d{2,3}$/.test(first.text)) return undefined;
  const goods = tokens[at + 1]?.text === "的" ? at + 2 : at + 1;
  const [one, other] = [tokens[goods], tokens[goods + 1]];
  const end = tokens.findIndex(({ kind }, index) => index >= goods && kind === "break");
  const rest = tokens.slice(goods, end < 0 ? undefined : end);
  const isCounted = rest.some(({ kind }) => kind === "amount");
  const cancels = (token: Token | undefined) => is(token, "cancel", "unwant");
  const isCancelled = (cancels(one) && other?.kind === "item") || (one?.kind === "item" && cancels(other));
  const isWished = is(one, "wish", "add") && one!.start === first.end && rest.some(({ kind }) => kind === "item");
  if (isCounted ? !isWished : !isCancelled) return undefined;
  return { token: nameToken(folded, first.start, first.end, true), next: goods };
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
export function wishingName(tokens: readonly Token[], at: number, folded: Folded): NameFound | undefined {
  const first = tokens[at]!;
  let last = first.text === "my" ? at + 1 : at;
  const isOwn = is(tokens[last], "relation") && (last > at || first.text.startsWith("我") || wantsSome(tokens, at));
  // 我2斤，我妈3斤
  if (isOwn && tokens[last + 1]?.kind === "amount" && isHan(first.text.charCodeAt(0)))
    return { token: nameToken(folded, first.start, tokens[last]!.end, true), next: last + 1 };
  if (!isOwn && isTitle(tokens[last + 1])) last++; // 王姐
  const isTitled = is(first, "title") && tokens[at + 1]?.kind === "other"; // Mrs Lim
  if (isTitled) last = at + 1;
  const wish = tokens[last + 1];
  if (!is(wish, "wish", "head") || wish!.text.startsWith("我")) return undefined;
  if (!isOwn && is(first, "polite")) return undefined; // boss, 3 packets
  if (!isOwn && (is(wish, "head") || !wishesGoods(tokens, at, last, folded))) return undefined;
  return { token: nameToken(folded, first.start, tokens[last]!.end, true), next: last + 1 };
}

/** 婆婆要2个; 楼上 and 隔壁 may be whoever wrote above. */
function wantsSome(tokens: readonly Token[], at: number): boolean {
  const [who, wish, amount] = tokens.slice(at, at + 3);
  return (
    isHan(who!.text.charCodeAt(0)) &&
    !/^(?:楼|隔|对)/.test(who!.text) &&
    is(wish, "wish") &&
    !is(wish, "head") &&
    amount?.kind === "amount"
  );
}

/** How neighbours are called: 老王, 阿强, 王姐, 李老师; 炖汤 is nobody. */
const CALLED =
  /^(?:[老小阿][\u3400-\u9fff]|[\u3400-\u9fff]{1,3}(?:姐|哥|叔|姨|妈|爸|婶|嫂|太|伯|总|妹|弟|老师|阿姨|先生|女士|小姐|师傅|奶奶|爷爷|太太|大姐|大哥|医生))$/;

/** 陈小姐, 黄太 and 小李 behind a flat. */
const TITLED =
  /^ ?(?:[\u3400-\u9fff]{1,2}(?:太太|小姐|先生|女士|阿姨|老师|师傅|妈妈|爸爸|奶奶|爷爷)|(?:[\u3400-\u9fff](?:太|生|姐|哥|叔|姨|婶|伯)|[小老阿][\u3400-\u9fff])(?=[ :]))/;

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
  if (end - start > MAX_WHOM || isPhrase(text, "label")) return false;
  if (tokens.length === 1 && tokens[0]!.kind === "amount")
    return !tokens[0]!.amount!.unit && (tokens[0]!.amount!.digits ?? 0) >= 10;
  // 张生302
  const behind = tokens.at(-1)!;
  const isFlatBehind = tokens.length > 1 && (behind.amount?.digits ?? 0) >= 100 && !behind.amount!.unit;
  const isFlatBefore = tokens.length > 1 && (tokens[0]!.amount?.digits ?? 0) >= 100 && !tokens[0]!.amount!.unit; // 502王姐
  const words = isFlatBehind ? tokens.slice(0, -1) : isFlatBefore ? tokens.slice(1) : tokens;
  if (
    words.some(
      ({ kind }) => kind === "amount" || kind === "money" || kind === "time" || kind === "price" || kind === "measure",
    )
  )
    return false;
  if (isLabel(tokens, text)) return false;
  return words.every(
    (token, at) =>
      token.kind === "other" ||
      token.kind === "flat" ||
      (at > 0 && isGivenName(token, words[at - 1]!, folded)) ||
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
