import { ONE, type Quantity } from "../quantity.ts";
import { AMOUNT, type Amount } from "./amounts.ts";
import { COUNT, readCount } from "./count.ts";
import { type Hinted, hinted, type Sheet, type Span } from "./sheet.ts";
import { EN_UNIT, ZH_UNIT } from "./units.ts";

/** A price from a quantity on, before it is known for which item. */
export interface WrittenTier extends Span {
  readonly from: Quantity;
  readonly amount: Amount;
  readonly unit?: string;
  readonly each?: true;
}

/** A threshold before the currency is known. */
export type Threshold = Span &
  ({ readonly quantity: Quantity } | { readonly people: number; readonly word: string } | { readonly amount: Amount });

const N = `(?<count>${COUNT})(?!\\d|\\.\\d)`;
const U = `(?: {0,2}(?<unit>${ZH_UNIT}|${EN_UNIT}(?![a-z])))?`;
const PER = `(?: {0,2}/ {0,2}(?:${ZH_UNIT}|[a-z]{1,10})| {0,1}(?:一|每)${ZH_UNIT}| {1,2}(?:per|an?) {1,2}[a-z]{1,10}| {1,2}(?:each|ea)(?![a-z]))?`;
const PRICE = `(?<amount>${AMOUNT}|(?<![\\d.])\\d{1,5}(?:\\.\\d{1,2})?(?![\\d.]| {0,1}(?:${ZH_UNIT}|人|户|折|%)))${PER}`;
const REACH_ZH = "(?:只要|如果?|若|当)?(?:满|达到?|超过?|凑[够满齐]?|够|过|到|买满|拼满|订满|团满)";
const THEN_ZH = `(?:,|则|就|即可?|时|的?话|有折扣?|打折|折后价?|后|降(?:价)?(?:到|至|为|成)?|减(?:到|至|为)|每${ZH_UNIT}|一${ZH_UNIT}|单价|团购价|优惠价|价格?|只要|仅需|享受?|按|改为|变成?|是|为|统一|全部|:|-|=|>|→|@| ){0,5}`;
const THEN_EN =
  "(?: {0,2}(?:at|@|for|is|are|it'?s|it(?![a-z'])|we {1,2}(?:get|pay)|get|gets|pay|price|the|drops?|goes|falls|down|to|each|everyone|everybody|pays|just|only|becomes|then|[:,=→>()-])){0,6}? {0,2}";

const TIERS: readonly Hinted[] = [
  hinted(/[满达超凑够过到]/, `${REACH_ZH} {0,2}${N}${U}(?:及?以上|或以上|起|\\+)?${THEN_ZH}${PRICE}`, "g"),
  hinted(
    /以上|起|或更多|\+/,
    `(?<![\\d.月$¥])${N}${U}(?:及以上|以上|或以上|或更多|起(?!团|订|送|发|运|拼|购|卖|售|批)|\\+)${THEN_ZH}${PRICE}`,
    "g",
  ),
  hinted(
    /\d ?\+/,
    `(?<![\\d.$£€¥])${N} {0,1}\\+${U}(?: {1,2}(?:boxes|orders|total|in {1,2}total))?${THEN_EN}${PRICE}`,
    "g",
  ),
  // 20+ kg apples at £1.80, 10+ fruit boxes at $12
  hinted(
    /\d ?\+ ?[a-z]/,
    `(?<![\\d.$£€¥]|ages? {0,2}|for {0,2})${N} {0,1}\\+ {0,1}(?:(?<unit>${EN_UNIT}) {1,2}(?:of {1,2})?(?:[a-z]{2,14} {1,2}){1,3}?|(?:[a-z]{2,14} {1,2}){1,2}?(?<unit2>${EN_UNIT}) {1,2})(?:are {1,2})?(?:at|@|for) {1,2}${PRICE}`,
    "g",
  ),
  hinted(
    /more|above|over|upward|(?:and|&) {1,2}up/,
    `(?<![\\d.$£€¥])${N}${U}(?: {1,2}[a-z]{3,12})? {1,2}(?:or {1,2}more|(?:and|&) {1,2}(?:above|up|over|more)|or {1,2}above|upwards?)${THEN_EN}${PRICE}`,
    "g",
  ),
  hinted(
    /(?:if|once|when) we|from|over|above|hit|reach|at /,
    `(?<![a-z])(?:if {1,2}we {1,2}(?:hit|reach|get(?: {1,2}to)?|have|order)|(?:once|when) {1,2}we {1,2}(?:hit|reach|get(?: {1,2}to)?|have|pass)|from|over|above|hit|reach|at) {1,2}(?:over {1,2})?${N}${U}(?: {1,2}(?:orders|total))? {0,2}${THEN_EN}${PRICE}`,
    "g",
  ),
  hinted(
    /(?:for|at|if|from|once|when|on) .{0,40}(?:\+|from|more|above|over)|from \d/,
    `(?<amount>${AMOUNT})${PER} {1,2}(?:for|at|if|from|once|when|on) {1,2}(?:we {1,2}(?:hit|reach|get(?: {1,2}to)?|have|order) {1,2})?(?:orders {1,2}of {1,2})?(?:${N} {0,1}\\+${U}|(?<=from {1,2})(?<count3>${COUNT}) {1,2}(?<unit3>${EN_UNIT}(?![a-z]))|(?<count2>${COUNT})(?: {0,2}(?<unit2>${EN_UNIT}(?![a-z])))? {1,2}(?:or {1,2}more|and {1,2}(?:above|up|over)))`,
    "g",
  ),
  hinted(
    /(?:if|once|when) {1,2}we/,
    `(?<amount>${AMOUNT})${PER} {1,2}(?:if|once|when) {1,2}we {1,2}(?:hit|reach|get(?: {1,2}to)?|have|order|pass) {1,2}${N}${U}`,
    "g",
  ),
  hinted(
    /\((?:只要|如|若|当)?[满达超凑够过到买拼订团]/,
    `(?<amount>${AMOUNT})${PER} {0,2}\\(${REACH_ZH} {0,1}${N}${U}(?:以上|起|\\+)?\\)`,
    "g",
  ),
  hinted(
    /drop|goes|fall|down/,
    `(?:drops?|goes(?: down)?|falls?|down) to (?<amount>${AMOUNT})${PER} {1,2}(?:at|from|with|for|(?:if|once|when) we {1,2}(?:hit|reach|get)) {1,2}${N}${U}`,
    "g",
  ),
];

/** Takes the tiers: 满20份4.5元, "20+ at $4.50", "$4 for 30 or more". */
export function takeTiers(sheet: Sheet): WrittenTier[] {
  return TIERS.flatMap((pattern) =>
    sheet.collect(pattern, (match) => {
      const { groups } = match;
      const from = readCount(groups?.["count"] ?? groups?.["count2"] ?? groups?.["count3"] ?? "");
      const amount = sheet.amountIn(match, "amount");
      const unit = groups?.["unit"] ?? groups?.["unit2"] ?? groups?.["unit3"];
      return from && amount ? { from, amount, ...(unit !== undefined && { unit }) } : undefined;
    }),
  );
}

const HAPPEN_ZH =
  "(?:成团|起团|开团|成单|就?走(?=$|[\\s,;。!\\u0001])|拼成|拼团成功|起订|起送|起发|起运|起配|起做|发货|发车|发团|开车|开做|开单|开锅|开烤|开工|开炉|开机|成行|成立|就?开|(?<=就)送(?=$|[\\s,;。!\\u0001])|(?<=[满够凑齐达] ?\\d{1,4} ?[a-z]{1,8} )order(?![a-z]| by| before)|外送|配送|派送|送货|送达|送到|出货|出发|下单|采购|成交|生效|才(?:开|做|送|发|接|订|下单))";
const GLUE_ZH = "(?:先|即可?|就可?以?|才能?可?以?|可以?|便可?|方可|后|就|,| ){0,3}";
const PEOPLE_ZH = "(?:个?人|户(?:人家)?|家|位|单|名|个?家庭|个?邻居)";
const PEOPLE_EN =
  "(?:people|persons?|pax|households?|families|family|neighbou?rs?|buyers?|participants?|members?|homes?|houses?|orders?|of {1,2}us|takers?|sign-?ups?|folks|residents?|flats|units {1,2}of {1,2}residents)";
const SUBJECT = `(?:(?<amount>${AMOUNT})|(?!一起)${N} {0,2}(?:(?<people>${PEOPLE_ZH}|${PEOPLE_EN}(?![a-z]))|(?<unit>${ZH_UNIT}|${EN_UNIT}(?![a-z])))?)`;
const NEED_EN =
  "(?:min(?:imum)?\\.?(?: {1,2}(?:order|qty|quantity|of|number|total|buy|spend)){0,4}|moq|we {1,2}need|i {1,2}need|needs?|requires?|at {1,2}least|target(?: {1,2}is)?|threshold)(?: {1,2}(?:of|is|at {1,2}least|total|a {1,2}(?:minimum|min|total) {1,2}(?:of)?|min(?:imum)?|about|around|order|for {1,2}delivery)){0,4} {0,2}[:=-]? {0,2}";
const HAPPEN_EN =
  "(?: {1,2}(?!per\\b)[a-z]{2,12}){0,3}? {0,2}(?:to {1,2}(?:go(?: {1,2}ahead)?|proceed|order|open|confirm|make {1,2}(?:it|this)[a-z ]{0,10}|place|start|happen|run|ship|deliver|unlock|bake|get {1,2}(?:this|it)[a-z ]{0,10})|for {1,2}(?:this|it|the {1,2}(?:buy|order|run|delivery))(?: {1,2}to {1,2}(?:go {1,2}ahead|happen|run|work))?|or {1,2}(?:it'?s|we|no|the)|otherwise|needed|required|minimum|min)(?![a-z])";
const START_EN =
  "(?:goes?(?:ing)? {1,2}ahead|happens?|happening|proceeds?|will {1,2}(?:go {1,2}ahead|proceed|order|happen)|we {1,2}(?:order|go|buy|proceed)|confirmed|(?:is {1,2})?on|opens?|go|runs?|order {1,2}goes {1,2}in)(?: {1,2}(?:only|if|with|at|once|when|from|ahead|we|get|have|hit|reach|there {1,2}are|got|i|a|minimum|min|of|at {1,2}least)){1,6} {1,2}";

const MINIMA: readonly Hinted[] = [
  hinted(
    /[成起拼][团单订送发运配做功成]|走|发[货车团]|开|成[行立交]|[外配派]送|就送|order|送[货达到]|出[货发]|下单|采购|生效|才[做送发接订]/,
    `(?:满|凑[够满齐]|凑|达到?|够|需要?|最[低少]|至少|到|不[足满到]|未满|少于)? {0,2}(?<![统第唯差缺周]|星期|礼拜|(?:差|缺) )(?!一起)${SUBJECT}(?:以上|起)?${GLUE_ZH}${HAPPEN_ZH}`,
    "g",
  ),
  hinted(
    /不[足满到够]|未满|少于|低于/,
    `(?:不[足满到够]|未满|少于|低于) {0,2}${SUBJECT} {0,2}(?:则|就|,|自动|将|的话|直接)? {0,2}(?:取消|退款|流团|不开|不成团|不发|不送|不做|解散|作废|全额退)`,
    "g",
  ),
  hinted(
    /成[团单]|起[团订送]|开团|最低/,
    `(?:成团|起团|起订|起送|开团|最低|成单)(?:人数|数量|数|量|条件|门槛|要求|标准|金额|价)?(?:为|是|:|需|需要|满|至少|最少|最低| ){0,4}${SUBJECT}(?:以上|起)?`,
    "g",
  ),
  // 最少50lb, 至少20盒
  hinted(/最少|至少|起码/, `(?<![人户家单位次] {0,1}|\\u0001)(?:最少|至少|起码)(?:要|需|满)? {0,1}${SUBJECT}`, "g"),
  hinted(/起[团订送发运拼做开]/, `(?<![\\d.$¥月])(?!一起)${SUBJECT}起(?:团|订(?!购|单)|送|发|运|拼|做|开)`, "g"),
  hinted(
    /min|moq|need|requir|least|target|thresh/,
    `(?<![a-z])${NEED_EN}${SUBJECT}(?! {0,2}(?:${EN_UNIT} {0,2})?(?:per|each|a|/|\\+|days?|hours?|mins?|weeks?|am|pm)(?![a-z]))(?:${HAPPEN_EN})?`,
    "g",
  ),
  hinted(
    /to (?:go|proc|order|open|conf|make|place|start|happ|run|ship|deliv|unlock|bake|get)|for (?:this|it|the)|or (?:it|we|no|the)|otherwise|needed|required|min/,
    `(?<![\\d.$£€¥#a-z])${SUBJECT}${HAPPEN_EN}`,
    "g",
  ),
  hinted(
    /ahead|happen|proceed|we (?:order|go|buy)|confirmed|on (?:with|if|once|when|at)|open|go |run|goes in/,
    `(?<![a-z])${START_EN}${SUBJECT}\\+?(?! {0,2}(?:am|pm|days?|hours?|:))`,
    "g",
  ),
  hinted(
    /(?:once|when|if|soon as) (?:we|there|i) /,
    `(?<![a-z]|clos(?:es?|ing) {1,2})(?:once|when|if|as {1,2}soon {1,2}as) {1,2}(?:we|there|i) {1,2}(?:hit|reach|get(?: {1,2}to)?|have|are|gather) {1,2}(?:at {1,2}least {1,2})?${SUBJECT}`,
    "g",
  ),
];

/** Takes the threshold of the buy: 满30份成团, 10人成团, 满500元起送, "min 30 boxes to go ahead". */
export function takeThresholds(sheet: Sheet): Threshold[] {
  return MINIMA.flatMap((pattern) =>
    sheet.collect<{ quantity: Quantity } | { people: number; word: string } | { amount: Amount }>(pattern, (match) => {
      const { groups, 0: text } = match;
      const amount = groups?.["amount"] === undefined ? undefined : sheet.amountIn(match, "amount");
      if (amount) return { amount };
      const count = readCount(groups?.["count"] ?? "");
      if (!count) return undefined;
      const people = groups?.["people"];
      if (people !== undefined) return { people: Math.trunc(count / ONE), word: people };
      return /^\s*\d+\s*$/.test(text) ? undefined : { quantity: count };
    }),
  );
}
