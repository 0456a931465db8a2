import { isDigit, isLetter, readNumber } from "../text/numerals.ts";
import { MULTIPLES, readUnit, UNIT_WORDS, type Unit } from "../text/units.ts";
import type { Catalog } from "./catalog.ts";
import type { Amount, TokenKind } from "./tokens.ts";
import { unitAfter } from "./unit-after.ts";

/** A number that is found in a text, with what it counts. */
export interface Figure {
  readonly kind: TokenKind;
  readonly end: number;
  readonly amount?: Amount;
}

/** A quantity with its unit: 两斤半, 1斤2两, "2 dozen", "2 lb 8 oz", "2-3 boxes". */
export function amountAt(catalog: Catalog, text: string, at: number, alone = false): Figure | undefined {
  const lone = loneUnitAt(text, at);
  if (lone) return lone;
  const number = readNumber(text, at);
  if (!number) return undefined;
  const digits = isDigit(text.charCodeAt(at)) && number.end - at <= 4 ? Number(text.slice(at, number.end)) : undefined;
  const base: { -readonly [Field in keyof Amount]: Amount[Field] } = { value: number.value, style: number.style };
  if (number.fault) base.fault = number.fault;
  if (number.article) base.article = number.article;

  const counted = countedBy(text, at, number.end, number.value);
  if (counted) return { kind: "amount", end: counted.end, amount: { ...base, ...counted.amount } };

  const range = alone ? undefined : rangeEnd(catalog, text, number.end);
  if (range)
    return {
      kind: "amount",
      end: range.end,
      amount: { ...base, ...(range.unit && { unit: range.unit }), fault: "range" },
    };

  const unit = unitAfter(catalog, text, number.end);
  if (!unit && isMoment(text, at, number.end)) return { kind: "time", end: number.end };
  if (!unit) {
    if (base.fault === "range" && text[number.end - 1] === "两") {
      return {
        kind: "amount",
        end: number.end,
        amount: { value: readNumber(text[at]!, 0)!.value, style: "hanzi", unit: UNIT_WORDS.get("两")! },
      };
    }
    if ("俩仨".includes(text[at]!))
      return { kind: "amount", end: number.end, amount: { ...base, unit: UNIT_WORDS.get("个")! } };
    if (digits !== undefined && Number.isInteger(digits)) base.digits = digits;
    return { kind: "amount", end: number.end, amount: base };
  }
  if (text[unit.end] === "装" && !"好在一袋箱起修".includes(text[unit.end + 1] ?? " "))
    return { kind: "size", end: unit.end + 1 };
  if (text[unit.end] === "重" && unit.unit.kind === "mass") return { kind: "measure", end: unit.end + 1 };
  const second = alone ? undefined : secondOf(catalog, text, unit.end);
  if (second) return { kind: "amount", end: second, amount: { ...base, unit: unit.unit, fault: "range" } };
  base.unit = unit.unit;
  return withMore(text, unit.end, base);
}

const RANGE =
  /\s?(?:-|~|到|至|或者?|、| to | or )\s?(?=[\d一二两三四五六七八九十]|(?:two|three|four|five|six|seven|eight|nine|ten)(?![a-z]))/y;
const RANGE_STARTS: ReadonlySet<string> = new Set(" -~到至或、");
const COMPOUND_JOINT = /(?: |又| and )?/y;

/** "at 150", "after 11." */
function isMoment(text: string, at: number, end: number): boolean {
  return (
    text[at - 1] === " " &&
    / (?:at|after|before|until|till|past|(?:orders?|reply|confirm|pay|collect|in|ready|back|home|done) by) $/.test(
      text.slice(Math.max(0, at - 12), at),
    ) &&
    /^\s?(?:$|[,.!?)\n]|please|pls|thanks)/.test(text.slice(end, end + 7))
  );
}

const OR = /\s?(?:~|到|至|或者?| to | or )\s?/y;

/** 两盒或三盒: a range whose unit is said twice. */
function secondOf(catalog: Catalog, text: string, at: number): number | undefined {
  if (!RANGE_STARTS.has(text[at] ?? "")) return undefined;
  OR.lastIndex = at;
  const joint = OR.exec(text);
  const number = joint ? readNumber(text, at + joint[0].length) : undefined;
  return number && !number.article ? unitAfter(catalog, text, number.end)?.end : undefined;
}

/** 斤半: one and a half, as Cantonese says it. */
function loneUnitAt(text: string, at: number): Figure | undefined {
  if ((text[at] !== "斤" && text[at] !== "磅") || text[at + 1] !== "半") return undefined;
  return { kind: "amount", end: at + 2, amount: { value: 1500, style: "hanzi", unit: UNIT_WORDS.get(text[at]!)! } };
}

/** "a dozen", "2 dozen boxes": dozens and pairs that the number reader has multiplied are given back as units. */
function countedBy(
  text: string,
  at: number,
  end: number,
  value: number,
): { end: number; amount: Partial<Amount> } | undefined {
  if (!isLetter(text.charCodeAt(at))) return undefined;
  const word = /(dozens?|pair)(?: of)?$/.exec(text.slice(at, end))?.[1];
  if (word) {
    const id = word === "pair" ? "pair" : "打";
    return { end, amount: { value: Math.round(value / MULTIPLES[id]!), unit: UNIT_WORDS.get(word)! } };
  }
  return undefined;
}

function rangeEnd(catalog: Catalog, text: string, at: number): { end: number; unit?: Unit } | undefined {
  if (!RANGE_STARTS.has(text[at] ?? "")) return undefined;
  RANGE.lastIndex = at;
  const joint = RANGE.exec(text);
  if (!joint) return undefined;
  const second = readNumber(text, at + joint[0].length);
  if (!second || second.article || isDigit(text.charCodeAt(second.end))) return undefined;
  const unit = unitAfter(catalog, text, second.end);
  // A hyphen or a comma between bare numbers may be anything; with words it is a range in any case.
  if (!unit && /^\s?(?:-|、)/.test(joint[0]) && !/^\s*[\u3400-\u9fffa-z]/.test(text.slice(second.end, second.end + 2)))
    return undefined;
  if (joint[0].includes("、") && !unit) return undefined;
  return { end: unit?.end ?? second.end, ...(unit && { unit: unit.unit }) };
}

function withMore(text: string, end: number, amount: Amount): Figure {
  const unit = amount.unit!;
  if (text[end] === "半" && !/^半[斤个只价]/.test(text.slice(end)))
    return { kind: "amount", end: end + 1, amount: { ...amount, value: amount.value + 500 } };
  if (unit.size === undefined) return { kind: "amount", end, amount };

  const more: [number, Unit][] = [];
  let last = unit;
  let at = end;
  while (more.length < 2) {
    COMPOUND_JOINT.lastIndex = at;
    const from = at + COMPOUND_JOINT.exec(text)![0].length;
    const number = readNumber(text, from);
    const next =
      number && !number.fault && !number.article
        ? readUnit(text, text[number.end] === " " ? number.end + 1 : number.end)
        : undefined;
    if (!next || next.unit.kind !== unit.kind || next.unit.size! >= last.size!) break;
    more.push([number!.value, next.unit]);
    last = next.unit;
    at = next.end;
  }
  return { kind: "amount", end: at, amount: more.length > 0 ? { ...amount, more } : amount };
}
