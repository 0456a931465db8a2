import { AMOUNT, type Amount, readAmount } from "./amounts.ts";
import { restatedUnit, unitBefore, unitBehind } from "./offer-unit.ts";
import { type Hinted, hinted, type Sheet, type Span } from "./sheet.ts";
import { CHEAP, EN_UNIT, ZH_UNIT } from "./units.ts";

/** An amount and what it buys. */
export interface Offer extends Span {
  readonly amount: Amount;
  /** What the amount is for, as written, "2 pcs" for a bundle of pieces; absent where it is not said. */
  readonly unit?: string;
  /** More than one unit at once: 5元3斤, "2 for $5". */
  readonly bundle?: true;
}

const MONEY_WORD =
  "(?:price[ds]?(?: {1,2}(?:at|is|from))?|cost[s]?|团购价|拼团价|接龙价|开团价|成团价|团价|优惠价|活动价|到手价|内购价|特价|现价|售价|单价|价格|价钱|定价|价)";

const END = `(?![\\d.]|${ZH_UNIT}| {0,1}入| {0,1}(?:${EN_UNIT}(?![a-z])|[人户%折寸点日号月]))`;

/** Amounts that are prices because of their sign, their unit or a word for price beside them. */
const PRICES: readonly Hinted[] = [
  hinted(/\u0002/, AMOUNT, "g"),
  // 3.50/kg, 68/箱, 4.25 a pound, 3.50 each: not 1/2, 3/4
  hinted(
    /\d {0,2}(?:\/|per|an? |each|ea(?![a-z])|apiece|[一每])/,
    `(?<![\\d./+#]|\\d,)\\d{1,6}(?:\\.\\d{1,2})?(?= {0,2}/ {0,2}(?:\\d{0,4} {0,1})(?:${ZH_UNIT}|[人位户]|${EN_UNIT}(?![a-z]))| {1,2}(?:per|an?) {1,2}${EN_UNIT}(?![a-z])| {1,2}(?:each|ea|apiece)(?![a-z])| {0,1}(?:一|每)${ZH_UNIT})`,
    "g",
  ),
  // 羊排五十五一斤, 九十八一份: the last 一 is the unit's
  hinted(
    /[十百][一二三四五六七八九十]?[一每]/,
    `(?<![一二三四五六七八九十百千两\\d第满])(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]百(?:[一二三四五六七八九]十?[一二三四五六七八九]?)?)(?=[一每]${ZH_UNIT})`,
    "g",
  ),
  // 一箱68, 每斤5.8
  hinted(
    /[一每半整单大中小1].{1,12}\d/,
    `(?<=(?:一|每|半|整|(?<![\\u3400-\\u9fff])单|[大中小](?=份|盒|杯|碗|箱|袋|只|包|瓶|号)|(?<!\\d)1)${ZH_UNIT} {0,2}${CHEAP}? {0,2})\\d{1,6}(?:\\.\\d{1,2})?${END}`,
    "g",
  ),
  // 3瓶39.9
  hinted(
    /[\d两三四五六七八九十][斤盒箱袋包瓶罐桶份个只条串板提枚根支把件捆尾颗粒] ?(?:一共|共|只要)?\d/,
    `(?<=(?<![\\d.*x×])(?:[2-9]|1\\d|[两三四五六七八九十])[斤盒箱袋包瓶罐桶份个只条串板提枚根支把件捆尾颗粒] {0,1}(?:一共|共|只要)?)\\d{1,4}(?:\\.\\d{1,2})?(?![*x×/-])${END}`,
    "g",
  ),
  hinted(/价|price|cost/, `(?<=${MONEY_WORD} {0,2}:? {0,2})\\d{1,6}(?:\\.\\d{1,2})?(?![\\d.]| {0,1}(?:折|%|人))`, "g"),
];

/** What begins a unit behind a price. */
const PER_UNIT = new RegExp(`^ ?[/每一] ?${ZH_UNIT}|^ ?(?:/|per |an? |each )${EN_UNIT}(?![a-z])`);

/** Bare amounts with a point, where a list of goods gives no sign of money at all: 五花肉 25.8 排骨 35.8. */
const BARE = hinted(
  /\d\.\d/,
  `(?<=[\\u3400-\\u9fff)] ?|[a-z]{2} )\\d{1,4}\\.\\d{1,2}(?![\\d.*x×/:-]|${ZH_UNIT}| {0,1}(?:${EN_UNIT}(?![a-z])|[人户%折寸点日号月]))`,
  "gu",
);

/** Finds every price that is left in the sheet, with what it is for. It takes none away: names are beside them. */
export function findOffers(sheet: Sheet): Offer[] {
  const { rest } = sheet;
  const offers: Offer[] = [];
  const found = PRICES.flatMap((price) => spansOf(rest, price)).sort((a, b) => a.start - b.start || b.end - a.end);
  for (const span of found.length > 0 ? found : bareAmounts(rest)) {
    if (span.start < (offers.at(-1)?.end ?? 0)) continue;
    const amount = readAmount(sheet.text.slice(span.start, span.end));
    if (!amount) continue;
    const before = unitBefore(sheet, span, offers.at(-1)?.end ?? 0);
    const own =
      before?.bundle && PER_UNIT.test(rest.slice(span.end, span.end + 16)) ? unitBehind(sheet, span) : undefined;
    const unit = own ?? before ?? unitBehind(sheet, span); // 芒果 5斤 600元/箱 is sold by the 箱
    const behind = unit && unit.start < span.start ? restatedUnit(sheet, span) : undefined;
    offers.push({
      amount,
      ...(unit?.unit !== undefined && { unit: unit.unit }),
      ...(unit?.bundle && { bundle: true as const }),
      start: Math.min(span.start, unit?.start ?? span.start),
      end: Math.max(span.end, unit?.end ?? span.end, behind?.end ?? 0),
    });
  }
  return offers;
}

function spansOf(text: string, price: Hinted): Span[] {
  if (!price.hint.test(text)) return [];
  return [...text.matchAll(price.pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** 高丽菜220 韭菜220: whole ones too, where there are several. */
const BARE_WHOLE = hinted(
  /[\u3400-\u9fff] ?\d{2}/,
  `(?<=[\\u3400-\\u9fff]|装 )\\d{2,4}(?= |[,、;/]|\\n|\\(|$)(?! {0,1}(?:${ZH_UNIT}|${EN_UNIT}(?![a-z])|[人户%折寸点日号月]))`,
  "gu",
);

/** A price list without any sign: a name and a number on each line. */
const BARE_LINES = hinted(
  /\d *\n/,
  "(?<=(?:^|\\n)[^\\d\\n:\\u0001]{1,20})\\d{1,4}(?:\\.\\d{1,2})?(?= *(?:\\n|$))",
  "g",
);

function bareAmounts(text: string): Span[] {
  const lines = spansOf(text, BARE_LINES);
  if (lines.length > 1) return lines;
  const pointed = spansOf(text, BARE);
  if (pointed.length > 0) return pointed;
  const whole = spansOf(text, BARE_WHOLE);
  return whole.length > 1 ? whole : [];
}
