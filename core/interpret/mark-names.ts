import type { Folded } from "../text/fold.ts";
import { forName, helpedName } from "./helped-name.ts";
import { leadingName, wishingName } from "./leading-name.ts";
import { is, type Token } from "./tokens.ts";

/** Whom for: 帮李阿姨带, "for my mum", "12A:", 3栋502 at the beginning of a line. */
export function markNames(tokens: readonly Token[], folded: Folded): Token[] {
  const out: Token[] = [];
  let named = false;
  let i = 0;
  while (i < tokens.length) {
    const lineStarts = out.length === 0 || out.at(-1)!.level === 3 || (out.length > 0 && out.every(isIntroduction));
    const clauseStarts = lineStarts || out.at(-1)!.kind === "break" || is(out.at(-1), "and");
    if (clauseStarts && named && isSender(tokens[i]!)) out.push(ownName(tokens[i]!));
    // 王芳 13800138000 苹果3斤: who one is, and where to call
    if (lineStarts && isContact(tokens, i)) {
      i += 2;
      continue;
    }
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

function isContact(tokens: readonly Token[], at: number): boolean {
  const [name, phone] = [tokens[at]!, tokens[at + 1]];
  return name.kind === "other" && name.text.length <= 12 && phone?.kind === "phone";
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

function isIntroduction(token: Token): boolean {
  return (
    token.kind === "bullet" ||
    token.kind === "decor" ||
    is(token, "polite", "please") ||
    (token.kind === "break" && token.level !== 3)
  );
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
