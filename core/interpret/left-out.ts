import { type Folded, written } from "../text/fold.ts";
import { isHan } from "../text/lexicon.ts";
import { is, type Token } from "./tokens.ts";

/** What begins a wish about what goods should be without. */
const WITHOUT =
  /^(?:no|without|w\/o|hold|hold the|minus|minus the|less the|leave out|leave out the|skip the|not any|no more|don't want|dont want|dun want|dun wan|dun wan the|do not want|don't add|dont add|don't put|dont put|dun put|不要|不想要|唔要|别要|不用|唔需要|不需要|别放|不放|唔放|唔落|不加|唔加|走|免|去掉|飞)$/;

/** 走青, 免葱, 飞边 in one piece. */
const IN_ONE = /^(?:走|免|飞|唔落|不放|别放|唔放|别加|不加|唔加|戒)[\u3400-\u9fff]{1,3}$/;

/** What is missed or is over is told of: "no taste", "no stock". */
const TOLD =
  /^(?:taste|flavou?r|smell|good|nice|fresh|use|stock|show|sign|longer|way|idea|time|left|one|need|news|reply|response|wonder|doubt|difference|point|luck|refund|receipt|味|味道)/;

/** Words that what is left out may hold besides its name. */
const LONGEST = 4;

/**
 * "2 laksa no cockles, 1 mee siam", 牛腩麵2碗走青: what is no goods of the buy and stands behind goods with their quantity is
 * left out of them, which is a note; nobody cancels anything.
 */
export function markLeftOut(tokens: readonly Token[], folded: Folded): readonly Token[] {
  let item = false;
  let amount = false;
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if ((token.kind === "break" && token.level! >= 2) || token.kind === "question") item = amount = false;
    item ||= token.kind === "item";
    amount ||= token.kind === "amount";
    const end = item ? leftOutUntil(tokens, at) : at;
    if (end > at && (amount || counts(tokens, end))) {
      const from = /^(?:but|with)$/.test(out.at(-1)?.text ?? "") ? out.pop()! : token;
      const last = tokens[end - 1]!.end;
      const text = written(folded, token.start, last);
      out.push({ kind: "note", start: from.start, end: last, text, rule: "left out" });
      at = end - 1;
    } else out.push(token);
  }
  return out;
}

function counts(tokens: readonly Token[], at: number): boolean {
  return (tokens[at]?.kind === "sign" ? tokens[at + 1] : tokens[at])?.kind === "amount";
}

/** Where that ends which begins at `at`; `at` itself where nothing is left out. */
function leftOutUntil(tokens: readonly Token[], at: number): number {
  const token = tokens[at]!;
  if (token.kind === "other" && IN_ONE.test(token.text)) return at + 1;
  if (token.kind !== "word" && token.kind !== "other") return at;
  let end = at;
  if (WITHOUT.test(token.text)) end = at + 1;
  else if (WITHOUT.test(`${token.text} ${tokens[at + 1]?.text}`)) end = at + 2;
  if (end === at) return at;
  while (/^(?:the|any|too much|so much|add|put|放|加|那个|的)$/.test(tokens[end]?.text ?? "")) end++;
  const first = tokens[end];
  const isTaste = /^[走免飞去]$/.test(token.text) && is(first, "descriptor"); // 走甜
  if (first === undefined || (first.kind !== "other" && !isTaste) || TOLD.test(first.text)) return at;
  if (isHan(first.text.charCodeAt(0)) && isHan(token.text.charCodeAt(0)) && first.start !== tokens[end - 1]!.end)
    return at;
  const begin = end;
  while (end - begin < LONGEST && (tokens[end]?.kind === "other" || is(tokens[end], "descriptor"))) end++;
  return end;
}
