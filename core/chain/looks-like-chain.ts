import type { Catalog } from "../interpret/catalog.ts";
import { type Chain, type Entry, MAX_CHAIN_LENGTH } from "./chain.ts";
import { contextOf } from "./context.ts";
import { endOfFlat } from "./flats.ts";
import { WORDS_LIST } from "./headings.ts";
import { withoutMoney } from "./ignored.ts";
import { endOfMarker } from "./marker.ts";
import { asksForSome } from "./names.ts";
import { readNumber } from "./numbering.ts";
import { type ParsedChain, parseWith } from "./parse-chain.ts";
import { isLikeNick, isLikePerson, isUnlikePerson } from "./persons.ts";
import type { EntryContext, EntryReading } from "./read-entry.ts";

/** What the line above an own order ends with. */
const OWN_ORDER =
  /(?:我(?:想|也|家|们|們)?(?:要|订|訂|买|買|的)|我的(?:订单|訂單|清单|清單)|[帮幫][我忙](?:订|訂|带|帶|留|拿|下单)?|给我(?:来|留)?|給我(?:來|留)?|(?:订单|訂單|下单|下單|购物清单|購物清單)|\b(?:(?:my|our) (?:order|list|wish ?list)|i(?:'d| would) like|i(?:'ll)? (?:want|take|need|have)|(?:can|could|may) i (?:have|get|order)[a-z ]{0,20}|for me|^order|shopping list))\s*[:：,，]?\s*$/i;

/** Lists of amounts that are no orders. */
const OTHER_LIST =
  /投票|选一|選一|票选|票選|表决|表決|民调|问卷|問卷|调查|調查|做法|食谱|食譜|菜谱|菜譜|配方|配料|用料|(?:材料|食材)(?=\s*[:：]?\s*$)|步骤|步驟|[一二三四五六七八九\d][步招]|怎么|怎麼|如何|方法|技巧|攻略|教程|吃法|价目|價目|价格|價格|報價|报价|[肉果菜]价|今日价|库存|庫存|战报|戰報|销量|銷量|推荐|推薦|坏果|壞果|退款|售后|售後|到货时间|到貨時間|\b(?:poll|vote|voting|survey|recipe|ingredients?|instructions?|steps|how to|things to|baking|cooking|price ?list|prices|stock)\b/i;

/** What calls people to put down their names. */
const CALL =
  /接|报名|報名|报一下|報一下|报数|報數|登记|登記|要的|需要|想要|团|團|拼|订|訂|统计|統計|名单|名單|\+1|\b(?:list|orders?|ordering|sign|who|wants?|buy|join|names?|pre-?orders?|in\?)\b/i;
/** Measures and steps of cooking that no order has. */
const COOKING =
  /适量|適量|少许|少許|[一二两三四五\d半][大小茶汤湯]?[勺匙]|分钟|分鐘|小时[^内]|小時[^內]|小[时時]$|[大中小]火|倒入|加入|放入|搅拌|攪拌|焯水|腌制|醃|预热|預熱|\b(?:tbsps?|tsps?|tablespoons?|teaspoons?|minutes?|mins?|hours?|degrees|preheat|simmer|stir|whisk|drain)\b|^\s{0,3}(?:fry|bake|boil|mix|chop|slice|peel|pour|combine|heat|serve|top with|steam|roast|grill|marinate|soak|blend|preheat)\s/i;
const VOTES = /\d\s?票|\bvotes?\b/i;
const QUESTION = /[?？吗嗎呢]\s*$|\b(?:which|what|where|when)\b/i;

/**
 * Whether a text looks like a group chain: it has the marker, or it is a list of numbered lines that is no order of one
 * person. Which of the lists are chains is for `readChain` to tell.
 *
 * @param chain   the chain as the bot last printed it
 * @source        message language, 1.6
 */
export function looksLikeChain(text: string, catalog: Catalog, chain?: string): boolean {
  if (isMarked(text)) return true;
  if (text.length > MAX_CHAIN_LENGTH || !hasNumberedLines(text)) return false;

  const context = contextOf(catalog);
  const known = chain === undefined ? undefined : parseWith(chain, context, "itself");
  const parsed = parseWith(text, context, known);
  return isUnmarked(parsed, context, known) || isOtherList(parsed, context);
}

/** Whether a text has the form of a chain with a marker. */
export function isMarked(text: string): boolean {
  const end = endOfMarker(text);
  if (end === undefined) return false;
  if (/^[\s\p{Cf}]{0,20}[#＃]/u.test(text) || text.trim().includes("\n")) return true;
  // 接龙 in the middle of talk, and in front of an order: "接龙 还能加吗？", "接龙 苹果2斤".
  return !/[?？吗嗎]\s*$/.test(text) && !asksForSome(withoutMoney(text.slice(end), false).text);
}

/** Whether at least two lines begin with a number: what any chain without a marker needs. */
export function hasNumberedLines(text: string): boolean {
  let count = 0;
  for (const line of text.split(/[\n\r\u2028\u2029]/)) {
    if (readNumber(line) && ++count === 2) return true;
  }
  return false;
}

/**
 * Whether a text without a marker is a chain: at least two consecutively numbered lines give a name and an order, and
 * no line gives a price.
 *
 * @source message language, 1.6
 */
export function isUnmarkedChain(text: string, context: EntryContext, known?: Chain): boolean {
  return isUnmarked(parseWith(text, context, known), context, known);
}

/** The same of a text that is parsed already. */
export function isUnmarked(parsed: ParsedChain, context: EntryContext, known?: Chain): boolean {
  const { title, readings, entries } = parsed;
  if (readings.some(givesPrice)) return false;
  if (
    !known &&
    (isHeadedAsOwn(title) || OTHER_LIST.test(title) || readings.some(({ entry }) => VOTES.test(entry.words)))
  )
    return false;

  const orders = readings.map((reading, index) => isOrderOfPerson(reading, entries[index]!, context));
  const consecutive = orders.some(
    (order, index) => order && orders[index + 1] && entries[index + 1]!.no === (entries[index]!.no ?? 0) + 1,
  );
  if (!orders.some((order, index) => order && entries[index]!.lines.length > 0)) return false;
  if (!consecutive) return false;

  const alone = readings.filter(({ nameAlone }) => nameAlone).map(({ entry }) => entry.name);
  return alone.length < readings.length || known !== undefined || areSignedUp(alone, title);
}

function isHeadedAsOwn(title: string): boolean {
  return OWN_ORDER.test(title.split("\n").at(-1) ?? "");
}

/** Whether words alone under a title are people who want one each. */
function areSignedUp(names: readonly string[], title: string): boolean {
  if (WORDS_LIST.test(title) || QUESTION.test(title)) return false;
  const people = names.filter((name) => isLikePerson(name, endOfFlat(name))).length;
  const nicks = CALL.test(title) ? names.filter((name) => isLikeNick(name)).length : 0;
  return (
    2 * people >= names.length ||
    (3 * people >= names.length && nicks === names.length) ||
    nicks > (2 * names.length) / 3
  );
}

/** Whether numbered lines are rules, prices, a recipe, a poll or news, and nobody's order. */
function isOtherList({ title, lines }: ParsedChain, { items, soldByBlock }: EntryContext): boolean {
  if (isHeadedAsOwn(title)) return false;
  if (OTHER_LIST.test(title) || WORDS_LIST.test(title)) return true;
  if (lines.some((line) => COOKING.test(line))) return true;
  if (lines.some((line) => VOTES.test(line)) || lines.every((line) => items.isPriceOf(line))) return true;
  if (lines.every((line) => withoutMoney(line, soldByBlock).price === "of-unit")) return true;
  const silent = lines.filter((line) => !asksForSome(line));
  return 2 * silent.length >= lines.length && !lines.some((line) => items.holdsItem(line) || items.isItem(line));
}

/** 5元/斤 is a price; behind a person's order 10元 is what it comes to. */
function givesPrice({ price, entry: { name, lines } }: EntryReading): boolean {
  return price === "of-unit" || (price === "amount" && !(lines.length > 0 && isLikePerson(name, endOfFlat(name))));
}

/** Whether a line gives a name and an order, even one that cannot be read. */
function isOrderOfPerson(
  { nameAlone }: EntryReading,
  { name, lines, text, words }: Entry,
  { items }: EntryContext,
): boolean {
  if (name === "" || items.isItem(name) || items.holdsItem(name) || isUnlikePerson(name, endOfFlat(name))) return false;
  return (
    lines.length > 0 ||
    (!nameAlone && text !== undefined && asksForSome(words.slice(words.indexOf(name) + name.length)))
  );
}
