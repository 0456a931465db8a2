import { ONE, type Quantity } from "../quantity.ts";
import { COUNT, readCount } from "./count.ts";
import { type Hinted, hinted, type Sheet, type Span } from "./sheet.ts";
import { EN_UNIT, ZH_UNIT } from "./units.ts";

/** Units after "per" that are persons: a limit, not a price. */
const PERSON_EN =
  "(?:person|people|pax|pp|head|household|hh|family|families|customer|buyer|member|resident|neighbou?r|apartment|apt|account|participant|address|guest)";

/** Persons where a limit is in words, units of sale where not: "max 2 per house", "$32 per flat". */
const HOME_EN = "(?:house|home|flat|unit|order|one|door|block)";

/** A limit as written, before it is known which item it is for. */
export interface WrittenLimit extends Span {
  readonly quantity: Quantity;
  readonly unit?: string;
  /** It says that it holds for each item: 每款, "of each". */
  readonly each?: true;
}

const N = `(?<count>${COUNT})(?!\\d|\\.\\d)`;
const U = `(?: {0,2}(?<unit>${ZH_UNIT}|(?!each|ea(?![a-z]))${EN_UNIT}(?![a-z])))?`;
/** A word or two between a number and what follows: "20 large boxes left". */
const WORDS = "(?: {1,2}(?!per|each|or|and|to|at|of|a )[a-z-]{2,14}){0,2}?";
const NOT_PRICE =
  "(?!\\.?\\d| {0,2}(?:\\u0002|元|块钱?(?!起)|蚊|/|per {1,2}(?!person|house)|each\\b|ea\\b|a |an )| {0,2}[-~到至] {0,2}\\d| {0,2}(?:days?|hours?|hrs?|mins?|minutes?|weeks?|天|小时|分钟|点|折|%|am|pm))";
const EACH_ZH = "(?:每款|每样|每种|每品|每个品种|每个口味|各款|各种|各)";
const EACH_EN =
  "(?:of {1,2}each|each {1,2}(?:item|kind|type|flavou?r|variety|product|one)|per {1,2}(?:item|kind|type|flavou?r|variety|product)|for {1,2}each|of {1,2}every(?:thing)?)";
const PERSON_ZH =
  "(?:每一?|单|一|1)(?:人|户|家(?:庭)?|位(?:邻居|顾客|客人|用户|群友|居民|业主)?|邻居|id|号|个?账号|个?家庭|个?人|个?微信号?|门牌)|人均|每单|每次";
const CAP_ZH =
  "(?:最多|至多|不超过|不能超过|上限|限购|限量|限领|限拍|限订|限买|仅限|限|只能|可|能|购买|购|买|订|领|拿|拍|各|max|limit|:|为|是|每款|每样|每种| ){0,6}?";
const CAP_EN =
  "(?:max(?:imum)?|limit(?:ed)?|up {1,2}to|no {1,2}more {1,2}than|not {1,2}more {1,2}than|at {1,2}most|cap(?:ped)?|strictly|only)";
const GLUE_EN = "(?: {0,2}(?:of|to|at|is|qty|quantity|[:=-]))? {0,2}";

const PER_PERSON: readonly Hinted[] = [
  hinted(
    /[每一单1]一?[人户家位个单次门id号]|账号|人均/,
    `(?:${EACH_ZH} ?)?(?:均|都)?(?:${PERSON_ZH})${CAP_ZH}(?:(?<=[限购买订])[\\u3400-\\u9fff]{1,6}?)?${N}${U}(?:封顶|为限|上限)?${NOT_PRICE}(?! {0,2}起)`,
    "g",
  ),
  hinted(/[限多][每单一1人]/, `(?:均|都)?(?:限购?|最多|仅限)(?:${PERSON_ZH})${CAP_ZH}${N}${U}${NOT_PRICE}`, "g"),
  hinted(/限购/, `(?:均|都)?限购(?:数量|量|件数)?[:为]? {0,2}${CAP_ZH}${N}${U}(?:/(?:人|户|家|单))?${NOT_PRICE}`, "g"),
  hinted(
    /\/ ?(?:人|户|家|pers|house|pax|pp|fam)/,
    `(?:均|都|各)?(?:(?:限|最多) {0,1}${N}|(?<![\\d.])(?<few>\\d)(?!\\d|\\.\\d))${U} {0,1}/ {0,1}(?:人|户|家庭?|person|household|pax|pp|family)(?![a-z])`,
    "g",
  ),
  hinted(
    /pers|people|pax|pp|head|hous|hh|famil|custom|buyer|memb|resid|neighb|ap(?:artmen)?t|account|particip|address|guest/,
    `(?<![a-z$£€¥\\d.])(?:${CAP_EN}${GLUE_EN})?(?<![$£€¥\\d.])${N}${WORDS}${U}${WORDS}(?: {1,2}(?:max(?:imum)?|limit|only))?(?: {1,2}${EACH_EN})? {0,2}(?:per|/|a|for {1,2}(?:each|one|every)|each|every) {0,2}${PERSON_EN}(?![a-z])(?: {1,2}(?:max(?:imum)?|limit|only))?(?: {1,2}${EACH_EN})?`,
    "g",
  ),
  hinted(
    /(?:per|a|for|each|every|\/) {0,2}(?:each |one |every )?(?:house|home|flat|unit|order|one|door|block)/,
    `(?<![a-z])${CAP_EN}${GLUE_EN}${N}${WORDS}${U}${WORDS}(?: {1,2}${EACH_EN})? {0,2}(?:per|/|a|for {1,2}(?:each|one|every)|each|every) {0,2}${HOME_EN}(?![a-z])`,
    "g",
  ),
  // 2 boxes max per unit
  hinted(
    /(?:max|limit|only|most) {1,2}(?:per|a|for|each|every)/,
    `(?<![a-z$£€¥\\d.])${N}${WORDS}${U}${WORDS} {1,2}(?:max(?:imum)?|limit|only|at {1,2}most) {1,2}(?:per|a|for {1,2}(?:each|one|every)|each|every) {1,2}${HOME_EN}(?![a-z])`,
    "g",
  ),
  hinted(
    /(?:per|each|every)[ -]{1,2}[a-z]/,
    `(?:per|each|every)[ -]{1,2}${PERSON_EN}(?: {1,2}(?:limit|max(?:imum)?|cap))?(?: {1,2}(?:is|of|can {1,2}(?:get|buy|order|take)))? {0,2}[:=-]? {0,2}(?:${CAP_EN}${GLUE_EN})?${N}${U}${NOT_PRICE}`,
    "g",
  ),
  hinted(/each|pp|p\.p/, `(?<![a-z])${CAP_EN}${GLUE_EN}${N}${WORDS}${U} {0,2}(?:each|pp|p\\.p\\.)(?![a-z])`, "g"),
  hinted(/pp/, `(?<![\\d.])${N}${U} {0,1}pp(?![a-z])`, "g"),
  // "stock 20, limit 3": beside a stock, a bare limit is a person's
  hinted(/stock|availab|only/, `(?<![a-z])limit {0,2}[:=]? {0,2}${N}(?= {0,2}(?:[,.;!\\n]|$))`, "g"),
];

const STOCK: readonly Hinted[] = [
  hinted(
    /[限库货总量额剩只就多共余仅各批前][^\n]{0,6}[\d一二三四五六七八九十百两半]/,
    `(?:均|都)?(?:总共限量?|全团限量?|本团限量?|限量|限定|限售|限前|仅限|只限|限|库存(?:量|数)?|存货|现货|现有|备货|总量|总数|数量|名额|仅剩|只剩|还剩|剩余|剩下|剩|只有|仅有|就剩|就|只做|只接|只收|最多(?:只)?(?:做|接|收|出)?|一共(?:只有|就)?|总共(?:只有|就)?|共|余|仅|(?<![一二两三四五六七八九十百半几每整\\d])只|每款限?量?|各限?量?|每样限?量?|每种限?量?|首批|这批|本批|前) {0,2}(?:量|共|:|有|为|是|只有|约|前|各|${EACH_ZH}| ){0,3}?(?<bare>)${N}${U}${NOT_PRICE}(?! {0,2}(?:起|成|以上|[+]|人|户|月|号|日|年|栋|楼|单元|名|口味|种|寸))(?:为限|封顶|售完即止|卖完即止|售完为止)?`,
    "g",
  ),
  hinted(
    /现货|库存|封顶|为限|限量|[售卖抢]完/,
    `(?<![\\d.月/])${N} {0,1}(?<unit>${ZH_UNIT})(?:现货|库存|封顶|为限|限量|(?:,)?[售卖抢]完(?:即止|为止|截止|截|就没|收|为准))`,
    "g",
  ),
  hinted(
    /only|just/,
    `(?<![a-z])(?:only|just) {1,2}(?:got {1,2}|have {1,2}|about {1,2}|doing {1,2}|making {1,2}|baking {1,2})?${N}${U}${NOT_PRICE}(?:${WORDS} {1,2}(?:left|available|in {1,2}stock|remaining|to {1,2}(?:go {1,2}around|share|sell)|total|in {1,2}total|up {1,2}for {1,2}grabs|this {1,2}(?:time|round|week)|${EACH_EN}))?`,
    "g",
  ),
  hinted(
    /first|1st/,
    `(?<![a-z])(?:first|1st) {1,2}${N}${U}(?: {1,2}(?:orders?|only|get|come))?${NOT_PRICE}(?: {1,2}only)?`,
    "g",
  ),
  hinted(
    /stock|availab|left|only|max|total|hand|grabs|share|sell|round|allocat|reserv|remain|this |each/,
    `(?<![\\d.$£€¥#a-z])${N}${WORDS}${U}${WORDS} {1,2}(?:in {1,2}stock|available|left|only|max(?:imum)?|in {1,2}total|total|on {1,2}hand|up {1,2}for {1,2}grabs|to {1,2}(?:share|sell|go {1,2}round|go {1,2}around)|allocated|reserved {1,2}for {1,2}us|remaining|this {1,2}(?:time|round|week|batch)|of {1,2}each)(?![a-z])(?: {1,2}(?:available|in {1,2}stock|only|left|of {1,2}each))?`,
    "g",
  ),
  hinted(
    /limit|stock|qty|quant|avail|max|cap|up to|total|supply|invent|have|got|there are|making|baking|doing/,
    `(?<![a-z])(?:limit(?:ed)?(?: {1,2}(?:stock|qty|quantity|supply|total))?|stock|in {1,2}stock|qty|quantity|available|availability|max(?:imum)?|cap(?:ped)?|up {1,2}to|total|supply|inventory|we(?:'ve| {1,2}have)?(?: {1,2}got)?|i(?:'ve| {1,2}have)?(?: {1,2}got)?|there {1,2}are|have|got|making|baking|doing)(?: {1,2}(?:stock|order|of|to|at|is|only|just|about|around|total|left))? {0,2}[:=-]? {0,2}${N}${U}${NOT_PRICE}(?:${WORDS} {1,2}(?:available|in {1,2}stock|left|in {1,2}total|total|only|${EACH_EN}))?`,
    "g",
  ),
];

/** Takes the limits per person or household. @source message language, 2 */
export function takePersonLimits(sheet: Sheet): WrittenLimit[] {
  return PER_PERSON.flatMap((pattern) => sheet.collect(pattern, readLimit));
}

/** Words of stock that are so common that they need a unit behind the number: 共3份, "we have 20 boxes". */
const VAGUE =
  /^(?:就|共|余|仅|只|前|数量|这批|首批|最多|一共|总共|max|up\s|total|we|i|i'|have|got|making|baking|doing|there|limit {0,2}\d|available|qty|quantity)/;

/** Takes the limits of what there is. */
export function takeStock(sheet: Sheet): WrittenLimit[] {
  return STOCK.flatMap((pattern) =>
    sheet.collect(pattern, (match) => {
      const limit = readLimit(match);
      const isClear =
        limit?.unit !== undefined || limit?.each || !VAGUE.test(match[0]) || countsGoods(sheet.text, match);
      return isClear ? limit : undefined;
    }),
  );
}

/** "Pumpkin pies $15 each, limit 40 pies": what is counted is what was named before. */
function countsGoods(text: string, match: RegExpExecArray): boolean {
  const word = /^ ([a-z]{3,20})(?![a-z])/.exec(
    text.slice(match.index + match[0].length, match.index + match[0].length + 24),
  )?.[1];
  return (
    word !== undefined && /s$/.test(word) && text.slice(Math.max(0, match.index - 400), match.index).includes(word)
  );
}

const EACH = new RegExp(`${EACH_ZH}|^[均都]|${EACH_EN}`);

function readLimit(match: RegExpExecArray): Omit<WrittenLimit, keyof Span> | undefined {
  const quantity = readCount(match.groups?.["count"] ?? match.groups?.["few"] ?? "");
  if (!quantity) return undefined;
  const unit = match.groups?.["unit"];
  if (quantity % ONE !== 0 && unit === undefined) return undefined; // 甜糯各半
  return { quantity, ...(unit !== undefined && { unit }), ...(EACH.test(match[0]) && { each: true as const }) };
}
