import { isHan } from "../text/lexicon.ts";
import type { Tag } from "../text/words/tags.ts";
import { is, type Token } from "./tokens.ts";

/** A stretch of a message between two breaks. */
export interface Clause {
  readonly tokens: readonly Token[];
  /** How it is parted from what follows: 0 at the end, 1 within a sentence, 2 a sentence, 3 a line. */
  readonly breakAfter: 0 | 1 | 2 | 3;
  /** It ends with a question mark. */
  readonly asked: boolean;
  /** "and", 和, 、: parted from what follows as lines of one list. */
  readonly listed: boolean;
}

/** Cuts a message where one thing ends and another begins. */
export function clausesOf(tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  let own: Token[] = [];
  let asked = false;
  const end = (breakAfter: Clause["breakAfter"], listed = false) => {
    if (own.length > 0) clauses.push({ tokens: own, breakAfter, asked, listed });
    else if (clauses.length > 0 && clauses.at(-1)!.breakAfter < breakAfter)
      clauses[clauses.length - 1] = { ...clauses.at(-1)!, breakAfter };
    own = [];
    asked = false;
  };

  for (const [at, token] of tokens.entries()) {
    if (token.kind === "question") {
      asked = own.length > 0;
      if (own.length === 0 && clauses.length > 0) clauses[clauses.length - 1] = { ...clauses.at(-1)!, asked: true };
      end(2);
    } else if (token.kind === "break" && isTakenBack(tokens, at, own)) {
      // 苹果两斤，取消: as if nothing stood between
    } else if (token.kind === "break") {
      end(token.level!, token.text === "、" || token.text === "/");
    } else if (token.kind === "colon" && isHeading(own)) {
      end(1);
    } else if (is(token, "and") && asksHelp(tokens[at + 1]) && own.some(({ kind }) => kind === "amount")) {
      end(1); // "1.5 kg and could you grind it?"
    } else if (own.length > 0 && TURNS.test(token.text) && opensWish(tokens, at + 1)) {
      end(1); // "marmalade looks great but I'll take 2 granola"
    } else if (is(token, "and") && partsLines(tokens, at, own)) {
      end(1, true);
    } else {
      if (own.length > 1 && isReason(tokens, at, own)) end(2);
      else if (own.length > 1 && (opensRemark(tokens, at, own) || isTalkBehind(tokens, at, own))) end(1);
      else if (own.length > 0 && token.text === "~" && is(own.at(-1)!, "polite")) {
        end(1); // 大家早～大黄鱼两条
        continue;
      }
      own.push(token);
      // 吗? is one word.
      if (token.kind === "word" && token.text.endsWith("?")) {
        asked = true;
        end(2);
      }
    }
  }
  end(0);
  return clauses;
}

/** What turns from what is told to what is wanted. */
const TURNS = /^(?:but|so|so just|then|但是?|可是|不过|所以|那就|那我就|所以就)$/;

function opensWish(tokens: readonly Token[], turn: number): boolean {
  let at = turn;
  while (tokens[at]?.kind === "word" && is(tokens[at], "filler") && !is(tokens[at], "wish", "head")) at++;
  const token = tokens[at];
  if (is(token, "head", "wish", "please")) return true;
  if (token?.kind !== "amount" || token.amount!.article) return false;
  return tokens.slice(at + 1, at + 3).some(({ kind }) => kind === "item");
}

/** How far a reason is looked at; a longer one is left where it is. */
const LONGEST_REASON = 12;

/** 山竹减一斤吧 老公说吃不完: behind a blank, why something is wanted or no longer wanted. */
function isReason(tokens: readonly Token[], at: number, own: readonly Token[]): boolean {
  const token = tokens[at]!;
  const last = own.at(-1)!;
  if (
    token.start === last.end ||
    !isHan(token.text.charCodeAt(0)) ||
    !isHan(last.text.charCodeAt(last.text.length - 1))
  )
    return false;
  const says = own.some((before) => is(before, "cancel", "less", "add", "set", "head", "wish"));
  if (!says || !own.some((before) => before.kind === "amount" || is(before, "cancel"))) return false;
  for (let next = at; next < tokens.length; next++) {
    const { kind, text } = tokens[next]!;
    if (kind === "break") return true;
    if (next - at >= LONGEST_REASON || !REASON_KINDS.has(kind) || is(tokens[next], ...NO_REASON) || DAMAGE.test(text))
      return false;
  }
  return true;
}

/** What opens a remark about a line that is whole: 别太小, 因为孩子爱吃, "cos mine are finished". */
const OPENS_REMARK =
  /^(?:因为|因|别|别太|不要|唔要|挑|帮我挑|不要太|放|放到|放在|孩子|小孩|宝宝|娃|来拿|来取|自取|collect|collecting|will collect|because|cos|coz|cuz|as|since|not|not the|they|they're)$/;

/** Goods with a quantity. */
function isCounted(own: readonly Token[]): boolean {
  return own.some(({ kind }) => kind === "item") && own.some(({ kind }) => kind === "amount");
}

/** Behind goods with their quantity, and up to the next break no goods, no quantity and no question. */
function opensRemark(tokens: readonly Token[], at: number, own: readonly Token[]): boolean {
  const asBefore = tokens[at]!.text === "还是" && is(tokens[at + 1], "past"); // 还是上次那种
  if (!asBefore && !OPENS_REMARK.test(tokens[at]!.text)) return false;
  const last = own.at(-1)!;
  const lead = own.find((token) => !is(token, "polite", "please", "filler", "wish", "head", "add"));
  if (lead?.kind !== "item" && lead?.kind !== "amount") return false;
  if (last.kind !== "item" && last.kind !== "amount" && !is(last, "filler")) return false;
  if (!isCounted(own)) return false;
  const wishes = /^(?:别|不要|唔要|not|挑|帮我挑)/.test(tokens[at]!.text);
  let words = 0;
  for (let next = at + 1; next < tokens.length; next++, words++) {
    const token = tokens[next]!;
    if (token.kind === "break") break;
    if (words >= LONGEST_REASON || !REASON_KINDS.has(token.kind) || is(token, ...NO_REMARK)) return false;
    if (!wishes && (DAMAGE.test(token.text) || /[了咗]$/.test(token.text))) return false;
  }
  return words > 0;
}

/** What asks, puts off or tells of money and goods that are there. */
const ASKS: readonly Tag[] = ["which", "ask", "may", "price", "condition", "later", "no-stock", "unpaid", "received"];
/** What changes a line. */
const CHANGES: readonly Tag[] = ["cancel", "unwant", "set", "swap", "add", "less", "each", "all"];

const NO_REMARK: readonly Tag[] = [...ASKS, "paid"];

const REASON_KINDS: ReadonlySet<Token["kind"]> = new Set(["word", "other", "decor", "time", "measure"]);
const NO_REASON: readonly Tag[] = [
  ...ASKS,
  ...CHANGES,
  "maybe",
  "paid",
  "note-mark",
  "descriptor",
  "help",
  "give",
  "agree",
];
const DAMAGE = /[坏烂酸碎错漏臭馊霉]/;

/**
 * 花蛤三斤 记得帮我吐沙: behind a line that is whole, a blank parts what is told as a comma would. Only what makes the line
 * talk is parted: a note stays where it is.
 */
function isTalkBehind(tokens: readonly Token[], at: number, own: readonly Token[]): boolean {
  const token = tokens[at]!;
  const last = own.at(-1)!;
  if (token.start === last.end || !isHan(token.text.charCodeAt(0))) return false;
  if (!own.every((before) => LINE_KINDS.has(before.kind) || is(before, ...BESIDE_LINE))) return false;
  if (!isCounted(own)) return false;
  let tells = false;
  let next = at;
  for (; next < tokens.length && tokens[next]!.kind !== "break"; next++) {
    const told = tokens[next]!;
    if (next - at >= LONGEST_REASON) return false;
    const isMoney = told.kind === "amount" && is(tokens[next - 1], "paid");
    if (!isMoney && (!REASON_KINDS.has(told.kind) || is(told, ...NO_TALK))) return false;
    tells ||= is(told, "talk", "others", "past", "paid") || told.kind === "time";
  }
  return tells && next - at > 1;
}

const LINE_KINDS: ReadonlySet<Token["kind"]> = new Set([
  "item",
  "amount",
  "option",
  "sign",
  "decor",
  "bullet",
  "colon",
  "size",
]);
const BESIDE_LINE: readonly Tag[] = ["wish", "head", "polite", "please", "filler", "add"];
const NO_TALK: readonly Tag[] = [...ASKS, ...CHANGES, "maybe", "refuse", "wish", "head"];

/** Behind goods with their quantity, nothing but that they are not wanted. */
function isTakenBack(tokens: readonly Token[], at: number, own: readonly Token[]): boolean {
  if (!isCounted(own)) return false;
  if (!own.every((token) => LINE_KINDS.has(token.kind) || is(token, "polite", "please", "filler"))) return false;
  const rest = tokens.slice(at + 1, at + 1 + LONGEST_REASON);
  return (
    rest.some((token) => is(token, "cancel", "refuse")) &&
    rest.every((token) => token.kind === "decor" || is(token, "cancel", "refuse", "polite", "please", "filler", "me"))
  );
}

/** "My usual please: 2 loaves": what is asked for follows. */
function isHeading(own: readonly Token[]): boolean {
  return (
    own.some((token) => is(token, "please", "wish", "head")) &&
    own.some(({ kind }) => kind === "other") &&
    own.every(({ kind }) => kind === "word" || kind === "other")
  );
}

function asksHelp(token: Token | undefined): boolean {
  return /^(?:could|can|would|will) (?:you|u)$/.test(token?.text ?? "");
}

/** "and" between goods or quantities parts lines; "fish and chips" has been read as a name before. */
function partsLines(tokens: readonly Token[], at: number, own: readonly Token[]): boolean {
  // 还有 joins lines, but also says that there is some left.
  if (is(tokens[at], "may")) return own.length > 0 ? own.some(({ kind }) => kind === "amount") : at > 0;
  if (own.length === 0) return true;
  if (tokens[at]!.text === "with" && own.some((token) => is(token, "swap"))) return false;
  if (is(tokens[at], "filler") && tokens[at]!.text !== "with") return true;
  return tokens[at]!.text !== "with" || tokens[at + 1]?.kind === "item" || tokens[at + 1]?.kind === "amount";
}
