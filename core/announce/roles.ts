import type { FoundPhrase } from "../time/phrase.ts";
import { clauseAround, type Span } from "./sheet.ts";

/** What a time in an announcement is for. `other`: opening, paying — nothing that a buy keeps. */
export type Role = "closing" | "pickup" | "arrival" | "other";

interface RoleWord extends Span {
  readonly role: Role;
  /** So common that any other word near the time counts before it: "by", 下单. */
  readonly weak: boolean;
  /** Chinese words follow their time (9点截单), English ones come before it ("order by 9"). */
  readonly chinese: boolean;
}

const STRONG_CLOSING =
  /截[单团止龙]?(?:时间|日期)?|收[单团](?:时间)?|结[单团](?:时间)?|关[团单](?:时间)?|封[团单盘]|闭团|锁[单团]|停止(?:接龙|下单|接单|接受)|结束|(?<=前)(?:来|先|请|要|跟我|在群里|私我)?(?:订|报|喊单|留言|扣|拍|跟单|跟团)(?![货金])|(?<![交签验])收(?![货到费款纳藏集])|(?<![a-z])(?:orders?|ordering|order\s{1,2}window|order\s{1,2}deadline|sign\s{1,2}ups?|book|reserve|pre-?orders?|let\s{1,2}me\s{1,2}know|pm\s{1,2}me|dm\s{1,2}me|reply|message\s{1,2}me|comment|confirm|(?:get|send)[a-z ]{0,20}(?:orders?|in)|orders?\s{1,2}in)\s{1,2}(?:(?:in\s{1,2}|closes?\s{1,2})?(?:by|before|until|till|latest|no\s{1,2}later\s{1,2}than)|to\s{1,2}me\s{1,2}by)(?![a-z])|(?<![a-z])(?:clos(?:es?|ed|ing)|cut[\s-]?off|deadline|last\s{1,2}(?:call|orders?|chance|day)|ends?|ending|order\s{1,2}(?:close|deadline))(?![a-z])|final\s{1,2}orders?|(?<![a-z])shuts?(?![a-z])/g;
const WEAK_CLOSING =
  /接龙|下单|报名|预订|预定|订购|登记|有效期?|(?<![a-z])(?:by|before|until|till|through|orders?|ordering|latest)(?![a-z])|[到至](?=\s{0,2}$|\s{0,2}[\u0001\d今明后周星礼])|之?前|止/g;
const PICKUP =
  /📍(?=\s{0,2}:?\s{0,2}\u0001)|送货上门|送到家|自提|取货|提货|面交|自取|领取|领货|取件|拿货|来[拿取领攞]|(?<![代帮])[拿攞领拎](?=$|[\s,。;!\u0001\n])|[攞拎]货|[可去]取|交货|交收|派[货发]|分发|发放|发货到|送货|配送|送[达到]|外送|派送|上门|到店取?|交接|分货|取(?![消得名材样])|(?<![a-z])(?:self[\s-]?collect(?:ion)?|pick(?:ed|ing)?[\s-]?ups?|pick\s{1,2}(?:it|them|yours?|your\s{1,2}\w{2,10})\s{1,2}up|collect(?:ions?|ing|ed|s)?|p\/u|deliver(?:y|ies|ed|ing|s)?|drop[\s-]?offs?|hand(?:ed)?[\s-]?(?:over|out|off)s?|handing\s{1,2}out|distribut(?:ion|ed|ing)|ready|come\s{1,2}(?:by|get|and\s{1,2}get)|available\s{1,2}(?:from|at|for)|meet(?:[\s-]?ups?)?|grab|(?:they|it)(?:'?ll|\s{1,2}will)\s{1,2}be(?=\s{1,2}(?:on|at|in|outside)))(?![a-z])/g;
const ARRIVAL =
  /到货|到港|发货(?!到)|出货|出炉|(?<![a-z])(?:arriv(?:es?|ing|als?|ed)|lands?|in\s{1,2}stock\s{1,2}on)(?![a-z])/g;
const OTHER =
  /现[做摘采烤宰捞]|(?<![看再])见(?=$|[\s,。!~\n])|采摘|屠宰|付款|打款|转账|开抢|开售|上架|开团(?!到|至)|开始(?:接龙|下单|接单)|保质期|(?<![a-z])(?:ships?|shipping|shipped|harvest(?:ed|ing)?|baked?|baking|caught|picked(?!\s{1,2}up)|pay(?:ment|ments)?(?:\s{1,2}(?:due|by|before))?|open(?:s|ing|ed)?(?!\s{1,2}(?:until|till|for))|starts?|starting|launch(?:es)?|best\s{1,2}before|use\s{1,2}by|expir(?:y|es))(?![a-z])/g;

/** A time of the announcement with its role, where the words around it give one. */
export interface TimedRole extends FoundPhrase {
  readonly role: Role | undefined;
  /** Only up to then: "collect by 6pm", 下午5点前自提. */
  readonly upTo: boolean;
}

/** Finds what each time is for: by the nearest word of its clause, else of the clauses beside it, else of the line above. */
export function rolesOf(text: string, times: readonly FoundPhrase[]): TimedRole[] {
  const blanked = blank(text, times);
  const words = roleWords(blanked);
  const spaced = blanked.replaceAll("\u0001", " ");
  return times.map((time, index) => {
    const neighbours = times.slice(Math.max(0, index - 1), index + 2);
    const near = wordsAround(words, time);
    return { ...time, role: roleOf(spaced, time, near, neighbours), upTo: isUpTo(blanked, time) };
  });
}

/** Words that announce a pickup, with their labels; a pin before a time is one (📍周六早8点). */
export function pickupWords(text: string): Span[] {
  return [...text.matchAll(PICKUP)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function roleWords(text: string): RoleWord[] {
  const words: RoleWord[] = [];
  const taken = new Uint8Array(text.length);
  const lists: readonly (readonly [RegExp, Role, boolean])[] = [
    [STRONG_CLOSING, "closing", false],
    [PICKUP, "pickup", false],
    [ARRIVAL, "arrival", false],
    [OTHER, "other", false],
    [WEAK_CLOSING, "closing", true],
  ];
  for (const [pattern, role, weak] of lists) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (taken.subarray(start, end).includes(1)) continue; // a stronger word stands there
      taken.fill(1, start, end);
      words.push({ role, weak, chinese: !/[a-z]|📍/.test(match[0]), start, end });
    }
  }
  return words.sort((a, b) => a.start - b.start);
}

const OFF_SIDE = 4;
const WEAK = 9;
const BOUND = 15;
/** 到货时间：12/4: a label is for what follows it. */
const LABEL = 20;
/** 周六到货自提: the arrival is the pickup. */
const ASIDE = 5;

function roleOf(text: string, time: Span, words: readonly RoleWord[], times: readonly FoundPhrase[]): Role | undefined {
  const clause = clauseAround(text, time);
  const inClause = nearest(text, time, within(words, clause), times);
  if (inClause) return inClause.role;

  const lineStart = Math.max(text.lastIndexOf("\n", time.start - 1) + 1, time.start - REACH);
  const lineBreak = text.slice(time.end, time.end + REACH).indexOf("\n");
  const lineEnd = lineBreak < 0 ? Math.min(text.length, time.end + REACH) : time.end + lineBreak;
  // 自提：3号楼，周六10-12点: the clause before or behind names the role and has no time of its own
  const before = nearest(
    text,
    time,
    within(words, { start: lineStart, end: clause.start }).filter((word) => !word.weak),
    times,
  );
  const behind = nearest(
    text,
    time,
    within(words, { start: clause.end, end: lineEnd }).filter((word) => !word.weak && !hasTime(text, word, times)),
    times,
  );
  const sameSentence = before && !/[。!?]|\.\s/.test(text.slice(before.end, time.start));
  if (before && sameSentence && !isAside(before.role)) return before.role;
  if (behind && !isAside(behind.role)) return behind.role;

  // a line of its own above: 【取货】
  if (text[lineStart - 1] !== "\n") return undefined;
  const aboveStart = Math.max(text.lastIndexOf("\n", lineStart - 2) + 1, lineStart - REACH);
  const label = within(words, { start: aboveStart, end: lineStart }).filter((word) => !word.weak);
  const aboveHasTime = times.some((other) => other.start >= aboveStart && other.end < lineStart);
  return label.length > 0 && !aboveHasTime ? label.at(-1)?.role : undefined;
}

/** How far a word may stand from its time. */
const REACH = 400;

/** The words near a time. They are in order, so the first one is found by halving. */
function wordsAround(words: readonly RoleWord[], { start, end }: Span): RoleWord[] {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.start ?? 0) < start - REACH) low = middle + 1;
    else high = middle;
  }
  const near: RoleWord[] = [];
  for (let at = low; at < words.length; at++) {
    const word = words[at];
    if (!word || word.start > end + REACH) break;
    near.push(word);
  }
  return near;
}

/** Whether the clause of a word has a time of its own, as in "…, pickup Sat 10am". */
function hasTime(text: string, word: Span, times: readonly FoundPhrase[]): boolean {
  const { start, end } = clauseAround(text, word);
  return times.some((time) => time.start >= start && time.end <= end);
}

function isAside(role: Role): boolean {
  return role === "arrival" || role === "other";
}

function within(words: readonly RoleWord[], { start, end }: Span): RoleWord[] {
  return words.filter((word) => word.start >= start && word.end <= end);
}

function nearest(
  text: string,
  time: Span,
  words: readonly RoleWord[],
  times: readonly FoundPhrase[],
): RoleWord | undefined {
  let best: RoleWord | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const behind = word.start >= time.end;
    const [from, to] = behind ? [time.end, word.start] : [word.end, time.start];
    const crosses = times.some((other) => other.start >= from && other.end <= to);
    if (crosses) continue;
    const offSide = word.chinese !== behind;
    const isLabel =
      !behind && /^\s{0,2}:\s{0,2}$/.test(text.slice(word.end, time.start).replace(/时间|日期|time|date/, ""));
    const bound = !behind && isBound(text, word, time, times);
    if (bound && !isLabel) continue;
    const cost =
      to -
      from +
      (offSide ? OFF_SIDE : 0) +
      (word.weak ? WEAK : 0) +
      (isAside(word.role) ? ASIDE : 0) +
      (bound ? BOUND : 0) -
      (isLabel ? (isAside(word.role) ? ASIDE : LABEL) : 0);
    if (cost < bestCost) [best, bestCost] = [word, cost];
  }
  return best;
}

/**
 * In 9点截单 周一6点会所拿 and in "Wed 9pm closing, Fri 6pm …" the word belongs to the time right before it, unless that
 * has one of its own: 截单 周六9点 自提 周日.
 */
function isBound(text: string, word: RoleWord, time: Span, times: readonly FoundPhrase[]): boolean {
  if (!word.chinese && !/[\n,;。|]/.test(text.slice(word.end, time.start))) return false;
  return times.some(
    ({ start, end }) =>
      end <= word.start && word.start - end <= 2 && !LABELLED.test(text.slice(Math.max(0, start - 8), start)),
  );
}

const LABELLED =
  /(?:截[单团止]?|自提|取货|提货|领取|收[单团]|closing|deadline|close|collect|pick\s?up)(?:时间|日期)?\s{0,2}:?\s{0,2}$/;

/** Times out of the way, so that the 日 of 周日 or the "by" of a range is no word of a role. */
function blank(text: string, times: readonly FoundPhrase[]): string {
  let blanked = "";
  let done = 0;
  for (const { start, end } of times) {
    blanked += text.slice(done, start) + "\u0001".repeat(end - start);
    done = end;
  }
  return blanked + text.slice(done);
}

function isUpTo(text: string, { start, end }: Span): boolean {
  return (
    /(?<![a-z])(?:by|before|until|till)\s{1,3}$/.test(text.slice(Math.max(0, start - 10), start)) ||
    /^\s{0,2}(?:之|以)?前/.test(text.slice(end, end + 4))
  );
}
