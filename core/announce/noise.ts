import { AMOUNT, LOOSE_AMOUNT } from "./amounts.ts";
import { type Hinted, hinted, type Sheet } from "./sheet.ts";
import { ZH_UNIT } from "./units.ts";

const PER = `(?: {0,2}/ {0,2}\\d{0,3}(?:${ZH_UNIT}|[a-z]{1,10})| {0,1}(?:一|每)${ZH_UNIT}| {1,2}(?:per|an?) {1,2}[a-z]{1,10}| {1,2}(?:each|ea)(?![a-z]))?`;

const FORMER_ZH =
  "(?:原价|市场?价|门市价?|门店价|平[时常日](?:价|里)?|日常价?|官网价?|官方价?|专柜价?|(?:建议)?零售价?|店[里内]价|吊牌价?|划线价|上次|上回|往期|(?<!\\u0001 ?)(?:之前|以前)|去年|旧价|正[价常]价?|参考价)";
/** Places where the goods cost more; also names of what is bought there, so an amount must follow at once. */
const SHOPS_ZH =
  "(?:超市|(?<![\\u3400-\\u9fff])(?:菜?市场|(?:水果|蛋糕|面包|奶茶|生鲜|便利|零食|专卖|实体|母婴)店)|别[家处]|外[面边]|店[里内]|京东|淘宝|天猫|拼多多|山姆|盒马|叮咚|商场|门店|市面|网上|网购|网店|街市|全联|costco|好市多|ntuc|官网|专柜)[里上家]?(?:都|得|一般|普遍|同款|现在){0,2}(?:卖到?|要|价格?|售价?|:){0,2}";
const FORMER_EN =
  "(?<![a-z]|(?:and|&) {1,2})(?:was|were|usual(?:ly)?|u\\.p\\.?|r\\.?r\\.?p\\.?|msrp|retails?|normal(?:ly)?|instead {1,2}of|regular(?= {1,2}price)|regularly|(?<!(?:^|\\n)\\s{0,3}(?:(?:\\d{1,2}[.)、]|[-*•·])\\s{0,2})?)regular|reg\\.?|store|shop|supermarket|shops|stores|elsewhere|originally|(?<!(?:^|\\n)\\s{0,3}(?:\\d{1,2}[.)、]|[-*•·])\\s{0,2})original(?= {1,2}price|[^\\n]{1,24}(?:now|only|today))|(?<!(?:^|\\n|: ?)\\s{0,3}(?:(?:\\d{1,2}[.)、]|[-*•·])\\s{0,2})?)original|orig\\.?|list {1,2}price|compared? {1,2}(?:to|at|with)|vs\\.?|worth|valued? {1,2}at|market|previously|last {1,2}(?:time|year|week|month)|down {1,2}from|non-?member)(?![a-z])";
const FEE_ZH =
  "(?:运费|邮费|快递费?|配送费|送货费|外送费|派送费|包装费|打包费|押金|定金|订金|服务费|跑腿费|手续费|袋子|盒子费|加工费|代购费|自提点?费|上门费|楼层费|冰袋|保温袋)";
const FEE_EN =
  "(?<![a-z])(?:delivery|shipping|postage|courier|deposit|handling|(?:service|admin|delivery|bag|packing|booking) {1,2}(?:fee|charge)|fee|surcharge|tip|save|saves|saving|discount|gift|donat\\w{1,5}|refundable|container|budget)(?![a-z])";

const PATTERNS: readonly Hinted[] = [
  // 原价98, 别家卖59, 超市要12块一斤
  hinted(
    /原价|市场?价|门[市店]|平[时常日]|日常|官[网方]|专柜|零售|店[里内]价|吊牌|划线|上[次回]|往期|之前|以前|去年|旧价|正[价常]|参考/,
    `${FORMER_ZH} ?[^\\s,。;!()\\d\\u0001-\\u0003]{0,5}?(?:卖|要|价|:)? {0,2}(?:${LOOSE_AMOUNT})${PER}`,
    "g",
  ),
  hinted(
    /超市|市场|店|别[家处]|外[面边]|店[里内]|京东|淘宝|天猫|拼多|山姆|盒马|叮咚|商场|门店|市面|网[上购店]|街市|全联|costco|好市多|ntuc|官网|专柜/,
    `${SHOPS_ZH} {0,2}(?:${LOOSE_AMOUNT})(?:多块?|左右|上下)?${PER}`,
    "g",
  ),
  // was $12, usual price $15 a box, "U.P. 20"
  hinted(
    /was|were|usual|u\.p|r\.?r\.?p|msrp|retail|normal|instead|reg|store|shop|market|elsewhere|orig|list|compare|vs|worth|value|previous|last|down|member/,
    `${FORMER_EN}[^\\n,;!()\\d\\u0001-\\u0003]{0,16}?(?:${AMOUNT})${PER}`,
    "g",
  ),
  hinted(
    /was|usual|u\.?p|rrp|retail/,
    `(?<![a-z]|(?:and|&) {1,2})(?:was|usual(?:ly)?(?: price)?|u\\.?p\\.?|rrp|retail) {0,2}:? {0,2}(?:${LOOSE_AMOUNT})${PER}(?![a-z]| {1,2}[a-z])`,
    "g",
  ),
  // $15 elsewhere, 98 RRP
  hinted(
    /elsewhere|usual|rrp|retail|normal|original|(?:in|at) {1,2}(?:the|shop|store|super|market|ntuc|costco)/,
    `(?:${LOOSE_AMOUNT})${PER} {1,2}(?:elsewhere|usual(?:ly)?|rrp|retail|normally|originally|(?:in|at) {1,2}(?:the {1,2})?(?:shops?|stores?|supermarkets?|market|ntuc|costco))(?! {0,2}(?:price {0,2})?:? {0,2}[\\u0002\\d]|[a-z])`,
    "g",
  ),
  // struck through
  hinted(/~.+~/, `~{1,2} {0,2}(?:${LOOSE_AMOUNT})[^~\\n]{0,12}~{1,2}`, "g"),
  // free delivery from an amount is no threshold
  hinted(
    /[满达]/,
    `(?:满|买满?|购满?|达) {0,2}(?:${LOOSE_AMOUNT})[^\\n,。;!\\d\\u0001-\\u0003]{0,8}?(?:包邮|免[^\\n,。;!\\d]{0,2}[运邮费]费?|免[费外]?[^\\n,。;!\\d]{0,1}(?:外送|配送|送货|送|运|邮)|(?<![外配派起才就可能])[送减打返](?!货|达|到|上门) {0,2}(?:${LOOSE_AMOUNT})?)`,
    "g",
  ),
  hinted(
    /free {1,2}/,
    `free {1,2}(?:(?:above|over|from|for {1,2}orders {1,2}(?:above|over)) {1,2}(?:${LOOSE_AMOUNT})(?! {0,1}(?:kg|g|lbs?|%|people|pax))|(?:home {1,2}|local {1,2}|doorstep {1,2})?(?:delivery|shipping|postage)[^\\n,;!\\d\\u0001-\\u0003]{0,24}(?:${LOOSE_AMOUNT}))`,
    "g",
  ),
  hinted(
    /free|deliver|ships/,
    `(?:orders? {1,2})?(?:over|above|from|spend|min(?:imum)?|more {1,2}than|of) {1,2}(?:${LOOSE_AMOUNT})[^\\n,;!\\d\\u0001-\\u0003]{0,16}(?:free {1,2}(?:delivery|shipping)|(?:delivered|ships?|delivery)(?: {1,2}is)? {1,2}free|for {1,2}free {1,2}(?:delivery|shipping))`,
    "g",
  ),
  // fees and savings
  hinted(
    /[立直]减|直降|已省/,
    "(?:立减|直减|直降|已省) {0,1}\\d{1,4}(?:\\.\\d{1,2})?(?![\\d.\\u0002]|[%折人])(?:元|块)?",
    "g",
  ),
  hinted(
    /[降省减返退补免惠宜价贴包]/,
    `(?:红包|立减|直降|每${ZH_UNIT}减|[省减返退补免降](?![到至为价])|便宜|优惠|差价|补贴|优惠券|满减)了? ?(?:${AMOUNT})${PER}`,
    "g",
  ),
  hinted(
    /[费金包减降省返退补免宜惠差贴袋提]/,
    `${FEE_ZH} ?[^\\s,。;!()\\d\\u0001-\\u0003]{0,4} ?(?:${LOOSE_AMOUNT})${PER}(?!折)`,
    "g",
  ),
  hinted(
    /deliver|shipp|postage|courier|deposit|handl|fee|charge|tip|sav|discount|gift|donat|refund|contain|budget/,
    `${FEE_EN}(?: {1,2}(?:fee|charge|is|of|by|cost|costs|a|an|extra|about|up {1,2}to|only|just|for|per|order|:|\\+)|:| ){0,3} {0,2}(?:${LOOSE_AMOUNT})${PER}`,
    "g",
  ),
  hinted(
    /off|deliver|shipp|postage|deposit|discount|cheap|saving|surcharge|fee|charge|more|extra|gift/,
    `\\+? {0,1}(?:${LOOSE_AMOUNT}) {1,2}(?:off|delivery|shipping|postage|deposit|discount|cheaper|savings?|surcharge|(?:delivery|shipping|service) {1,2}(?:fee|charge)|more|extra|gift)(?![a-z])`,
    "g",
  ),
  hinted(
    /[运邮递送]费|[押定]金|红包|优惠券/,
    `(?:${LOOSE_AMOUNT})(?:元|块)?(?:运费|邮费|快递费|配送费|押金|定金|红包|优惠券)`,
    "g",
  ),
  // what it comes to: 约2元一个, works out to $2 each
  hinted(
    /约|合|相当|平均|算下来|等于|差不多|均价/,
    `(?:约合|折合|相当于|合计|(?<![\\u3400-\\u9fff])合|平均|算下来|等于|大约|约|差不多|均价)(?:每${ZH_UNIT}|一${ZH_UNIT}|才|只要|是|[^\\n,。;!()\\d\\u0001-\\u0003满够达凑]{0,2})? {0,2}(?:${LOOSE_AMOUNT})${PER}`,
    "g",
  ),
  hinted(
    /about|approx|work|that|i\.?e|equal|equiv|rough|around/,
    `(?<![a-z])(?:about|approx\\.?|approximately|works? {1,2}out {1,2}(?:to|at)|that'?s|i\\.?e\\.?|equals|equivalent {1,2}to|roughly|around) {1,2}(?:just {1,2}|only {1,2})?(?:${LOOSE_AMOUNT})(?: {0,2}/ {0,2}[a-z]{1,10}| {1,2}(?:per|an?) {1,2}[a-z]{1,10}| {1,2}(?:each|ea)(?![a-z]))`,
    "g",
  ),
  // numbers to call or write to
  {
    hint: /\d{4}|http/,
    pattern:
      /(?:电话|手机|微信|致电|联系|tel|phone|whatsapp|call|wechat|contact|text|hp|vx|wx)[^\n,。;!\d\u0001-\u0003]{0,8}\+?\d[\d -]{5,15}\d/g,
  },
  { hint: /\d{4}|http/, pattern: /(?<!\d)(?:\+\d{1,3}[ -]?\d[\d -]{6,13}\d|1[3-9]\d{9})(?!\d)/g },
  { hint: /\d{4}|http/, pattern: /https?:\/\/[^\s\u0001]{1,300}/g },
];

/** Takes away the numbers that say nothing about the buy: former prices, fees, savings, telephone numbers. */
export function takeNoise(sheet: Sheet): void {
  for (const pattern of PATTERNS) sheet.collect(pattern, () => ({}));
}
