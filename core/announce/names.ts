import type { Offer } from "./prices.ts";
import { clauseAround, type Sheet, type Span } from "./sheet.ts";
import { trimSpan } from "./trim.ts";
import { EN_UNIT, ZH_UNIT } from "./units.ts";

/** The name of what is sold, and where it stands together with its price. */
export interface NamedOffer extends Span {
  readonly name: string;
  /** Absent: a line of the list that gives no price. */
  readonly offer?: Offer;
  /** A second size of the item before it: "2 for $15". Limits of the item are not its. */
  readonly bundle?: true;
  /** Another price behind it that is for nothing named. */
  readonly second?: Span;
}

/** A mark of a list at the front of a line: 1、 2. - ① 【3】 A) */
const MARK =
  /^\s*(?:[-*·▪◦>#]+|\(?\d{1,2}\s?(?:[、):]|\.(?!\d))|\(\d{1,2}\)|[\u2460-\u2473]|[a-z]\s?[.)、](?=\s|[\u3400-\u9fff])|\d{1,2}(?=\s?\ufe0f?\u20e3)|[\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u{1f000}-\u{1faff}])/u;

/** Words of selling before and behind a name. */
const LEADING =
  /^(?:(?:之?前)?(?:截[单团止]?|收[单团]|结[单团]|接龙|下单)(?=[\s\u0001])|\((?:商品|品名|团品|名称|产品)\)|谁要?(?:一起)?[买拼团](?=.)|有(?:没有)?人[想要](?:一起)?[买拼团](?=.)|代拿|\[(?:bulk|group)[a-z ]{0,12}\]|\((?:bulk|group)[a-z ]{0,12}\)|(?:i'?m|we'?re|i am|we are) (?:ordering|doing|getting|organi[sz]ing|placing|making|baking|selling)(?![a-z])|(?:[a-z' ]{0,40}(?<![a-z]))?(?:orders?|buy|run|purchase|share|bulk)\s{1,2}(?:for|of|on)\s|的|本群|[\s:,.!~\-=+、/&*#>|·)\]"']|[\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u{1f000}-\u{1faff}]|[\u2460-\u2473]|\d{1,2}(?:[、)](?!\d)|\.(?!\d))|\((?:团购|接龙|开团|拼单|拼团|代购|预售|预订|现货|特价|新品|推荐|爆款|福利|秒杀|今日|本周|限时|团)[^()]{0,4}\)|\((?=[^()]*$)|今[天日晚]?(?:的)?(?:特价|特惠|推荐|团购|团价|开团)?(?=[\s:,]|$|团|特)|(?:本期|本周|新品|爆款|热卖)?(?:团品|商品|品名|名称|产品|货品|品种|内容)\s?:|(?:开团|团购|接龙|拼单|开接|上新)[啦了咯啰囉喽嘞]?(?=[\s:,.!~\u2190-\u2bff\u{1f000}-\u{1faff}]|[啦了咯啰囉喽嘞]|[\u3400-\u9fff]{2})[啦了咯啰囉喽嘞]?|代购|预订|预定|限时(?:优惠|特价|特惠|秒杀)?|特价|特惠|团购价|团价|优惠价|活动价|价格|单价|售价|只要|仅需|以及|还有|另有|外加|另外|(?:and|plus|also|then|for|at|now|just|only|price[ds]?|special|offer|sale|today'?s|or|is|are|each|item|product|name|what|selling|get|our|the|some)(?![a-z'])|(?:和|跟|与)(?=\s))/u;
const TRAILING =
  /(?:[\s:,.!~\-=+、/&*@|·([><]|(?<!\d)["']|[\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u{1f000}-\u{1faff}]|\(\s*\)|\([^()]{0,2}$|(?:团长价?|代购|拼单|预售|预定|来[啦了]|到[站货][啦了]?|上新[啦了]?|返场[啦了]?|走起|安排[啦了]?|又来[啦了]|本群|群内|邻里|(?:群友|会员|业主|街坊|邻居|内部|粉丝|早鸟|尝鲜|体验|限时|秒杀|清仓|新客|员工)价|限时(?:优惠|特价)?|团购价?|拼团价?|接龙价?|开团价?|成团价?|团价|特价|特惠|优惠价?|活动价?|秒杀价?|内购价?|邻居价?|福利价?|惊喜价?|到手价?|会员价?|现价|现在|售价|价格|单价|价钱|均价|定价|卖|价|现|只要|只需|只卖|仅需|仅售|仅|才|一律|都是|均为|都|各|均|每|统一|为|是|一|今[天日]|开团|预订|起)|(?<![a-z\d\u3400-\u9fff])(?:at|for|now|just|only|price[ds]?|costs?|each|all|selling|sell(?:ing)?\s{1,2}(?:at|for)|going|go|special|group|bulk|deal|offer|sale|rate|from|is|are|it'?s|is\s{1,2}just|per|to|a|an|the|of|and|or|with|(?:are|is)\s{1,2}(?:back|here|in)(?:\s{1,2}again)?|group\s{1,2}buy|group\s{1,2}price|u\.?p|both|who\s{1,2}wants|orders?(?:\s{1,2}clos(?:es?|ing))?|closing|closes?|bulk\s{1,2}(?:buy|order)!?|(?<=\s)run|until|till|by|before|closing|ends?))$/u;

/** Nothing that is sold: a clause that is only about the buy. */
const JUNK =
  /^(?:截[单止团]|收[单团]|自提|取货|包邮|免运|先到先得|数量有限|谢谢|感谢|欢迎|大家|邻居们|家人们|宝子们|姐妹们|小伙伴|友友们|亲们|亲爱|各位|有需要|需要的|支持|售后|送货|过[时期]|逾期|每[人户家]|不[要好甜满]|手慢无)|^(?:接龙|团购|开团|付款|微信|支付宝|转账|下单|预[订定]|限量|现货|库存|成团|价[格钱]?|规格|配送|数量|团长|上链接|走起|今[天日晚]|本[期周群])$|^(?:hi|hello|hey|dear|good\s{1,2}(?:morning|afternoon|evening)|morning|reminder|update|attention|fyi|psa|folks|guys|everyone|all|neighbou?rs|thanks?|thank\s{1,2}you|ok|pick\s?-?up|collect(?:ion)?|deliver\w{0,3}|orders?|closing|closes?|cut-?off|deadline|please|pls|minimum|max|limit(?:ed)?|pay|paynow|venmo|cash|first\s{1,2}come|let\s{1,2}me|dm|pm|message|while\s{1,2}stocks?|last\s{1,2}call|new\s{1,2}week|any\s{1,2}takers|anyone\s{1,2}(?:keen|interested|selling)|who(?:'s|\s{1,2}is|\s{1,2}wants))(?:$|\s|[:,.!])/;
/** In a clause that does not stand right before its price, any of these says that it is no name. */
const ASIDE =
  /[?]|截|自提|取货|下单|付款|(?:^|\s)(?:orders?|closing|closes?|deadline|collect|pick\s?-?up|please|pls|let\s{1,2}me|while|thanks)(?:$|\s|[:,.!])/;

/** What a list of goods is called rather than what is sold: the heading before a name. */
const HEADING =
  /^(.{1,24}?(?:团购?|拼单|拼团|代购|代买|接龙|开团|小店|菜单|价目表?|清单|专场|到货|上新|预订|预售|(?<![a-z])(?:runs?|bulk\s{1,2}buy|group\s{1,2}(?:buy|order)|orders?|menu|list|specials?|pre-?orders?|sale|box\s{1,2}scheme|stall|shop)))\s{1,3}(?=\S)/;

const SIZE = new RegExp(
  `^(?:(?:特大|超大|加大|大|中|小|迷你|家庭|单人|双人|全|半|整|普通|精品|标准|豪华)(?:号|装|份|只|个|件|款|碗|套|杯|寸|${ZH_UNIT})?(?:\\s?\\([^()]{0,12}\\))?|(?:\\d{1,5}(?:\\.\\d{1,2})?|[一二两三四五六八十半])\\s?(?:寸|斤|公斤|千克|克|两|磅|升|毫升|g|kg|ml|l|cm|oz|lbs?|ft|foot|feet|inch(?:es)?|in|'|"|pcs?|pack|只|个|片|粒|颗|枚|支|罐|瓶|袋|包|盒|条|人份|人|号|杯)(?:装|盒|箱|袋|包|瓶|桶|罐)?(?:\\s?(?:${EN_UNIT}|size|pack))?|(?:(?:extra\\s?)?small|medium|large|regular|mini|big|jumbo|family|party|half|whole|full|single|double|standard|individual|xx?l|xs|s|m|l)(?:[\\s-](?:size|${EN_UNIT}))?(?:\\s?\\([^()]{0,20}\\))?)$`,
);

/** Names for the offers, and the lines of a list that give none. */
export function nameOffers(sheet: Sheet, offers: readonly Offer[]): NamedOffer[] {
  const own = offers.map((offer, index) => ownName(sheet, offer, offers[index - 1]?.end ?? 0));
  const behind = own.filter((name) => !name).length > 1 || !own.some((name) => name);
  const used: Span[] = own.filter((name) => name !== undefined);
  const named: NamedOffer[] = [];
  let base: string | undefined;
  for (const [index, offer] of offers.entries()) {
    const span = own[index] ?? fallbackName(sheet, offer, offers[index + 1], behind, used, named.at(-1));
    if (!span) {
      const more = anotherPrice(
        sheet,
        offer,
        named.findLast((item) => !item.bundle),
      );
      if (more) named.splice(more.bundle ? named.length : -1, more.bundle ? 0 : 1, more);
      continue;
    }
    used.push(span);
    if (SHARED.test(sheet.rest.slice(span.end, offer.start))) {
      named.push(...sharedPrice(sheet, span, offer));
      continue;
    }
    const { name, size } = splitSize(sheet, span);
    const bare =
      name === ""
        ? (beforeColon(sheet, span) ?? base ?? earlierClause(sheet, span) ?? headingName(sheet, offer, used))
        : undefined;
    const full = bare === undefined ? wholeName(sheet, span) : `${bare} ${size}`;
    base = name === "" ? bare : name;
    const unit =
      offer.unit === undefined
        ? (CONTAINER.exec(size) ?? CONTENTS.exec(full) ?? SPECIFIED.exec(sheet.text))?.[0]
        : undefined;
    named.push({
      name: full,
      offer: unit === undefined ? offer : { ...offer, unit },
      start: Math.min(span.start, offer.start),
      end: Math.max(span.end, offer.end),
    });
  }
  const lines = pricelessLines(sheet, named);
  if (named.length + lines.length === 0) return bareName(sheet);
  return [...named, ...lines].sort((a, b) => a.start - b.start);
}

/** What says that one price is for several names. */
const SHARED = /各|都|均|一律/;

/** 豆沙包、菜包各2元 */
function sharedPrice(sheet: Sheet, span: Span, offer: Offer): NamedOffer[] {
  const named: NamedOffer[] = [];
  let start = span.start;
  for (const gap of [...sheet.rest.slice(span.start, span.end).matchAll(/[、/]|和|跟|以及|$/g)]) {
    const end = span.start + gap.index;
    const name = wholeName(sheet, { start, end });
    if (name !== "") named.push({ name, offer, start, end: Math.max(end, named.length === 0 ? offer.end : end) });
    start = end + gap[0].length;
  }
  return named;
}

/** "$8 a punnet, 2 for $15": another unit is an item of its own. Any other price without a name is doubtful. */
function anotherPrice(sheet: Sheet, offer: Offer, before: NamedOffer | undefined): NamedOffer | undefined {
  if (!before || inBrackets(sheet.rest, offer.start, sheet.lineAt(offer.start).start)) return undefined;
  const isOther = offer.unit !== undefined && offer.unit !== before.offer?.unit;
  if (!isOther) return { ...before, second: offer };
  return { name: `${before.name} ${offer.unit}`, bundle: true, offer, start: offer.start, end: offer.end };
}

/** The words right before a price, back to the last comma or the price before. */
function ownName(sheet: Sheet, offer: Offer, floor: number): Span | undefined {
  const { rest } = sheet;
  const line = sheet.lineAt(offer.start);
  const from = Math.max(line.start, floor, offer.start - NAME_REACH);
  const segments = segmentsBack(rest, from, offer.start);
  if (inBrackets(rest, offer.start, line.start)) return undefined;
  const [nearest, ...others] = segments;
  const name = nearest && cleaned(sheet, nearest);
  if (name) return name;
  // 红富士苹果，又脆又甜，5元一斤: the first clause of the line names it
  return others
    .reverse()
    .map((segment) => cleaned(sheet, segment, true))
    .find((segment) => segment !== undefined);
}

/** 生日蛋糕：6寸88元: what the sizes are of. */
function beforeColon(sheet: Sheet, span: Span): string | undefined {
  const line = sheet.lineAt(span.start);
  const colon = sheet.rest.slice(line.start, span.start).lastIndexOf(":");
  const name = colon < 0 ? undefined : cleaned(sheet, { start: line.start, end: line.start + colon });
  return name && wholeName(sheet, name);
}

/** 大樱桃，果径28mm以上，3斤装79元: the first clause of the line. */
function earlierClause(sheet: Sheet, span: Span): string | undefined {
  const line = sheet.lineAt(span.start);
  const name = segmentsBack(sheet.rest, Math.max(line.start, span.start - NAME_REACH), span.start)
    .reverse()
    .map((segment) => cleaned(sheet, segment, true))
    .find((segment) => segment !== undefined);
  return name && wholeName(sheet, name);
}

/** 大盒 is sold by the 盒. */
const CONTAINER = /(?<=^[大中小特]{1,2})[盒箱袋包瓶桶罐杯碗份筐篮板提]$/;

/** 香梨 8斤/箱 ¥45 is sold by the 箱. */
const CONTENTS = /(?<=\d\s?(?:[\u3400-\u9fff]{1,2}|[a-z]{1,5})\s?[/每一]\s?)[盒箱袋包瓶桶罐板提份筐篮件套](?=\)?$)/iu;

/** 规格：1kg/盒 in a form. */
const SPECIFIED = /(?<=规格:? ?\d[^\n,;]{0,8}[/每一])[盒箱袋包瓶桶罐板提份筐篮件套]/;

const BRACKET_REACH = 60;
/** How far before its price a name may stand in a line. */
const NAME_REACH = 300;

function inBrackets(rest: string, at: number, lineStart: number): boolean {
  const before = rest.slice(Math.max(lineStart, at - BRACKET_REACH), at);
  return (
    before.lastIndexOf("(") > before.lastIndexOf(")") &&
    /\(\s*(?:[^()]{0,3}|[a-z ]{0,12})$/.test(before) &&
    /\S/.test(before.slice(0, before.lastIndexOf("(")))
  );
}

/** Clauses before a position, the nearest first. */
function segmentsBack(rest: string, from: number, until: number): Span[] {
  const segments: Span[] = [];
  let end = until;
  while (end > from) {
    const clause = clauseAround(rest, { start: end, end });
    const start = Math.max(from, clause.start);
    segments.push({ start, end });
    end = start - 1;
  }
  return segments;
}

/** A name without the words of selling around it; undefined where nothing is left that could be one. */
function cleaned(sheet: Sheet, span: Span, apart = false): Span | undefined {
  const { rest } = sheet;
  const colon = rest.slice(span.start, span.end).lastIndexOf(":");
  const afterColon = colon < 0 ? undefined : cleanedPart(sheet, { start: span.start + colon + 1, end: span.end });
  if (afterColon && !(apart && ASIDE.test(rest.slice(afterColon.start, afterColon.end))))
    return withoutHeading(sheet, afterColon);
  const whole = cleanedPart(sheet, colon < 0 ? span : { start: span.start, end: span.start + colon });
  if (!whole || (apart && ASIDE.test(rest.slice(whole.start, whole.end)))) return undefined;
  return withoutHeading(sheet, whole);
}

function cleanedPart(sheet: Sheet, span: Span): Span | undefined {
  const { rest } = sheet;
  const mark = markLength(sheet, span);
  const trimmed = trimSpan(rest, { start: span.start + mark, end: span.end }, LEADING, TRAILING);
  const name = balanced(rest, trimmed);
  const text = rest.slice(name.start, name.end);
  if (SIZE.test(text)) return name;
  if (!/[\u3400-\u9fff]|\p{L}{2}|^\p{L}$/u.test(text) || JUNK.test(text) || text.length > MAX_NAME) return undefined;
  return UNIT_ONLY.test(text) ? undefined : name;
}

/** How much of a span is the mark of a list. A keycap is folded to its digit, so what was written decides. */
function markLength(sheet: Sheet, { start, end }: Span): number {
  const text = sheet.rest.slice(start, end);
  const digits = /^\s*\d{1,2}/.exec(text)?.[0].length ?? 0;
  if (digits > 0 && sheet.written({ start: start + digits - 1, end: start + digits }).includes("\u20e3")) return digits;
  return MARK.exec(text)?.[0].length ?? 0;
}

const MAX_NAME = 80;
const UNIT_ONLY = new RegExp(`^(?:${ZH_UNIT}|${EN_UNIT})$`);

/** Without a bracket that is closed or opened elsewhere. */
function balanced(rest: string, { start, end }: Span): Span {
  const text = rest.slice(start, end);
  const [open, close] = [text.split("(").length, text.split(")").length];
  if (open > close) return { start, end: start + text.lastIndexOf("(") };
  if (close > open) return { start: start + text.indexOf(")") + 1, end };
  const enclosed = /^\(([^()]+)\)$/.test(text);
  return enclosed ? { start: start + 1, end: end - 1 } : { start, end };
}

function withoutHeading(sheet: Sheet, span: Span): Span {
  const { rest } = sheet;
  const heading = HEADING.exec(rest.slice(span.start, span.end))?.[0].length ?? 0;
  if (heading === 0) return span;
  return cleanedPart(sheet, { start: span.start + heading, end: span.end }) ?? span;
}

/** The name of an offer that has none before it: behind it, or in a line above. */
function fallbackName(
  sheet: Sheet,
  offer: Offer,
  next: Offer | undefined,
  preferBehind: boolean,
  used: readonly Span[],
  before: NamedOffer | undefined,
): Span | undefined {
  const line = sheet.lineAt(offer.start);
  if (inBrackets(sheet.rest, offer.start, line.start)) return undefined;
  if (before && before.end > line.start) return undefined; // a second price of the item before it
  const behind = behindName(sheet, offer, next);
  const above = headingSpan(sheet, offer, used);
  return preferBehind && next ? (behind ?? above) : (above ?? behind);
}

function behindName(sheet: Sheet, offer: Offer, next: Offer | undefined): Span | undefined {
  const clause = clauseAround(sheet.rest, { start: offer.end, end: offer.end });
  const end = next && next.start < clause.end ? next.start : clause.end;
  return next && next.start < clause.end ? undefined : cleaned(sheet, { start: offer.end, end });
}

/** The line above that names the goods: the nearest marked one, else the first of the text. */
function headingSpan(sheet: Sheet, offer: Offer, used: readonly Span[]): Span | undefined {
  const { rest } = sheet;
  const lines = sheet.linesAbove(offer.start, HEADING_REACH).reverse();
  const free = lines.filter((line) => !used.some((span) => span.start < line.end && line.start < span.end));
  const marked = free.filter(
    (line) =>
      MARK.test(rest.slice(line.start, line.end)) &&
      !/^[\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u{1f000}-\u{1faff}]/u.test(
        rest.slice(line.start, line.end),
      ),
  );
  for (const line of [...marked.reverse(), ...free]) {
    const [first, ...others] = segmentsBack(rest, line.start, line.end).reverse();
    for (const segment of [first, ...others]) {
      const name = segment && cleaned(sheet, segment, true);
      if (name) return name;
    }
  }
  return undefined;
}

/** How many lines above its price a name may stand. */
const HEADING_REACH = 30;

function headingName(sheet: Sheet, offer: Offer, used: readonly Span[]): string | undefined {
  const line = sheet.lineAt(offer.start);
  const heading = headingSpan(
    sheet,
    offer,
    used.filter(({ start }) => start >= line.start),
  );
  return (
    heading &&
    wholeName(sheet, heading).replace(
      /(?:团购?|接龙|團購?|接龍|拼单|拼單|开团|開團|\s(?:run|bulk buy|group buy|orders?))!?$/i,
      "",
    )
  );
}

function linesOf(text: string, until: number): Span[] {
  const lines: Span[] = [];
  let start = 0;
  while (start < until) {
    const stop = text.indexOf("\n", start);
    const end = stop < 0 ? text.length : stop;
    if (text.slice(start, end).trim() !== "") lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/** Marked lines of a list that give no price: they are items all the same, and the leader is told. */
function pricelessLines(sheet: Sheet, named: readonly NamedOffer[]): NamedOffer[] {
  const { rest } = sheet;
  const marked = named.filter(({ start }) =>
    LIST_MARK.test(rest.slice(sheet.lineAt(start).start, sheet.lineAt(start).end)),
  );
  if (named.length > 0 && marked.length === 0) return [];
  return linesOf(rest, rest.length).flatMap((line) => {
    const text = rest.slice(line.start, line.end);
    if (!LIST_MARK.test(text) || text.includes("\u0001")) return [];
    if (named.some((item) => item.start < line.end && line.start < item.end)) return [];
    const [first] = segmentsBack(rest, line.start, line.end).reverse();
    const name = first && !/[:?]/.test(text) && cleaned(sheet, first);
    return name ? [{ name: wholeName(sheet, name), start: name.start, end: name.end }] : [];
  });
}

/** "/open Apples until 9pm": a few words that are nothing but a name. The leader is asked for the price. */
function bareName(sheet: Sheet): NamedOffer[] {
  const { rest } = sheet;
  const filled = linesOf(rest, rest.length).filter((line) => cleanedPart(sheet, line));
  const [line] = filled;
  if (!line || filled.length > 1) return [];
  const segments = segmentsBack(rest, line.start, line.end).map((segment) => cleaned(sheet, segment, true));
  const [name, ...others] = segments.filter((segment) => segment !== undefined);
  if (!name || others.length > 0) return [];
  const text = rest.slice(name.start, name.end);
  const words = text.split(" ").length;
  if (NO_NAME.test(text) || text.length > 24 || words > 3 || (/[\u3400-\u9fff]/.test(text) && text.length > 8))
    return [];
  return [{ name: wholeName(sheet, name), start: name.start, end: name.end }];
}

/** What people say who have not yet made up their minds, or who only greet. */
const NO_NAME =
  /[想谁吗呢吧要帮请问啥么你我他好]|团购|接龙|(?<![a-z])(?:any(?:one|body)?|want\w{0,3}|keen|think\w{0,3}|doing|who|what|how|please|group|buy|test|hello|hi|thanks|is|are|do|can|could|i|we|you)(?![a-z])/;

const LIST_MARK = /^\s*(?:[-*·]\s|\(?\d{1,2}\s?(?:[、):]|\.(?!\d))|[\u2460-\u2473])/;

/** The sizes at the end of a name: 草莓 大盒, "Brownies small". */
function splitSize(sheet: Sheet, span: Span): { name: string; size: string } {
  const text = sheet.rest.slice(span.start, span.end);
  if (SIZE.test(text)) return { name: "", size: sheet.written(span) };
  for (const gap of text.matchAll(/[\s(-]+|(?<=[\u3400-\u9fff])(?=[大中小特超半整\d])/gu)) {
    const tail = text.slice(gap.index + gap[0].length).replace(/\)$/, "");
    if (gap.index > 0 && SIZE.test(tail)) {
      return { name: sheet.written({ start: span.start, end: span.start + gap.index }), size: tail };
    }
  }
  return { name: sheet.written(span), size: "" };
}

function wholeName(sheet: Sheet, span: Span): string {
  return sheet
    .written(span)
    .replace(/[\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u{1f000}-\u{1faff}]|\ufe0f|\u20e3|\u200d/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}
