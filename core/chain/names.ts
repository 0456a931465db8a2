import { endOfFlat, narrow } from "./flats.ts";
import type { ItemNames } from "./item-names.ts";

/** Longer than any name that people bear in a chat. */
export const LONGEST_NAME = 40;

/** Signs between a name and an order; a plus or minus before a number belongs to the order. */
const LEADING_SIGNS = /^(?:[\s:：,，、;；|/=＝~～·.。]|[-–—]+(?![\d０-９])|[-–—]+>|[→➡]\ufe0f?){1,20}/;
const TRAILING_SIGNS = /[\s:：,，、;；|/=＝~～·\-–—→➡*×]{1,20}$/;

/** Words of wishing between a name and an order, and of politeness: no part of either. */
const WISHES =
  /(?:(?<=[^\s]{2})(?:想要|我要|也要|需要|要买|要買|要|想订|想訂|订购|訂購|预定|預定|报名|報名)|(?:^|\s)(?:我要|要|来|來|订|訂|报|報|买|買|加|wants?|takes?|would like|wld like|orders?|for me|plus|add|i want|i'd like|can i have|count me in|me too|also))$/i;
/** 小李来2份: only right before a number; 福来 is a name. */
const WISHES_GLUED = /(?<=[^\s]{2})(?:来|來|订|訂|报|報|买|買|拿|加|共)$/;
/** 给李奶奶订 牛奶1瓶. */
const ON_BEHALF = /^(?:给|給|帮|幫|替|代)(.{1,12}?)(?:订|訂|带|帶|留|买|買|拿)$/;
const POLITE =
  /[\s,，]{0,3}(?:谢谢|謝謝|多谢|多謝|唔该|唔該|麻烦了?|麻煩了?|辛苦了?|thanks?(?: you)?|thx|tks|pls|please|🙏|🌹)[!！~～。.]{0,3}$/iu;

const NO_NAME =
  /^(?:我|我要|要|来|來|再来|再加|加|还要|另外|共|一共|总共|合计|order|my order|i want|i'd like|want|please|pls|add|plus|me|for me|hi|hello|x|×|\*|和|跟|and|each|各|各一)$/i;

/** Dee half | a dozen eggs, Nate a third of | a crate: a word of a quantity ends no name. */
const COUNTED_END =
  /\s(?:half|quarter|an?|one|two|three|four|five|six|seven|eight|nine|ten|dozen|couple|pair|some|few|another|an?\sthird|(?:half|quarter|third)\sof)$/i;

/** How something is wanted, and not who wants it. */
const MANNER =
  /^(?:不|少|多|要|加|去|微|送|请|尽|最好|自提|上门|周[一二三四五六日天]|星期|今|明|早上|下午|晚上|no |less |more |extra |the |with |without |please |by |at |on |after |before |self|pick|deliver|collect|pays? |paying|coming|cash|later)/i;

const NUMBER_WITH_UNIT =
  /(?:\d|[一二两兩三四五六七八九十半½])\s?(?:斤|份|个|個|只|隻|颗|顆|盒|箱|袋|瓶|包|条|條|件|套|克|公斤|根|串|板|提|罐|桶|杯|打|(?:kg|kgs|g|lbs?|pcs?|pieces?|box(?:es)?|bags?|packs?|pkts?|bottles?|jars?|trays?|tubs?|cups?|dozens?|sets?|portions?)(?![a-z]))/i;
const ORDERED_END = /(?:[+＋➕×✖*x]\s?[\d０-９]{1,4}|(?:^|\s)[\d０-９]{1,4}|[一-龥][\d０-９]{1,2}|[+＋➕])$/i;
const SORT = /^(?:[红紅青黄黃甜酸新鲜鮮嫩生熟冻凍白黑紫绿綠老好无無进進国國本土]|有机|有機)/;
const ADJECTIVES = new Set([..."大小红紅青黄黃甜酸老新鲜鮮嫩生熟冻凍白黑好"]);

/** A day or an hour beside a name: not an order, but a plan. */
const TIME =
  /(?:^|[\s（(])(?:周|週|星期|礼拜|禮拜)[一二三四五六日天末](?=$|[\s）)上下早晚])|(?:^|\s)(?:今|明|后|後)[天晚早日]|[上下]午|\d\s?[点點]|\d[:：]\d\d|\b(?:mon|tues?|wed|thur?s?|fri|sat|sun)(?:day)?\b(?!\s*$)|\s(?:mon|tues?|wed|thur?s?|fri|sat|sun)(?:day)?$|\d\s?[ap]m\b/i;

/** Whether words speak of a day or an hour. */
export function speaksOfTime(text: string): boolean {
  return TIME.test(text);
}

/** What follows a name, without the signs that lead over to it. */
export function withoutLeadingSigns(text: string): string {
  return text.replace(LEADING_SIGNS, "");
}

/** Whether a text says how something is wanted. */
export function isManner(text: string): boolean {
  return MANNER.test(text);
}

/** Amounts that nobody can book. */
const VAGUE =
  /(?:若干|一些|些许|少许|几[个盒斤份袋瓶包箱]|幾[個盒斤份袋瓶包箱]|待定|随便.{0,4}|隨便.{0,4}|[来來]一?点|[来來]一?點|老样子|老樣子|照旧|照舊|同上|一样的|一樣的|再[说說定]|未定|不定|\b(?:some|a few|several|maybe|tbc|tbd|the usual|usual|same as (?:last time|before|usual)))$/i;

/** "Nate half a crate": a share of what is sold whole. */
const SHARE = /\s(?:half|quarter|third)\s(?:(?:an?|of|the)\s){0,2}[a-z]{2}/;

/** Whether words that may be a name hold a quantity, even one that cannot be read. */
export function asksForSome(text: string): boolean {
  return (
    VAGUE.test(text.trimEnd()) || SHARE.test(text) || ORDERED_END.test(text.trimEnd()) || NUMBER_WITH_UNIT.test(text)
  );
}

/**
 * A name without the words and signs that lead over to the order.
 *
 * @param glued  the order follows without a blank
 */
export function cleanName(text: string, glued = false): string {
  let name = text.trim();
  if (name.length > 4 * LONGEST_NAME) return name;
  if (glued) name = name.replace(WISHES_GLUED, "");
  name = name.replace(ON_BEHALF, "$1");
  for (let before = ""; before !== name; ) {
    before = name;
    name = name
      .replace(POLITE, "")
      .replace(/^[~～]/.test(name) ? /\s{1,20}$/ : TRAILING_SIGNS, "")
      .replace(WISHES, "")
      .replace(/(?<=[一-龥])[+＋➕]$/, "")
      .replace(/[（(【[]\s?$/, "");
    name = name.replace(/^[\s:：,，、;；|/=·.。\-–—）)】\]]{1,20}/, "").trim();
  }
  return name;
}

/** 小柚子, 梨花妈, 大橙子: a word around the name of an item, but not a sort of it (甜玉米, 青苹果2斤). */
function isNickname(name: string): boolean {
  return /^[^\s\p{P}\d]{2,6}$/u.test(name) && /^[一-龥]/.test(name) && !SORT.test(name);
}

/** A name of which more is known: where it ends in its line, and where a flat before it ends. */
export interface NamePlace {
  readonly head: string;
  readonly cut: number;
  readonly flat: number;
}

/** Whether a cleaned text may be the name of an entry: no part of an item, and no quantity. */
export function isName(name: string, items: ItemNames, { head, cut, flat }: NamePlace): boolean {
  if (name === "" || name.length > LONGEST_NAME || NO_NAME.test(name) || COUNTED_END.test(name)) return false;
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name)) return false;
  if ((flat === 0 && name.length > 1 && items.isItem(name)) || (items.holdsItem(name) && !isNickname(name)))
    return false;

  const door = flat > 0 && cut >= flat ? flat : 0;
  const beyondDoor = narrow(name.slice(door)).replace(/[([【][^()[\]【】]*[)\]】]/g, " ");
  if (/[([【]/.test(beyondDoor)) return false; // cut off within brackets
  const words = beyondDoor.split(/\s+/).filter((word) => word !== "");
  if (NUMBER_WITH_UNIT.test(words.join(" "))) return false;
  if (words.slice(1).some((word) => /\d/.test(word) && endOfFlat(word) < word.length)) return false;
  if (door === 0 && /^\d{1,2}$/.test(name)) return /\p{L}/u.test(head.slice(cut));
  if (door === 0 && items.count > 1 && /[一-龥]\d{1,2}$/.test(narrow(name))) return false;

  // 大苹果2 is an apple, and what stands before an item behind a second word is not known to be a name.
  const attached = cut < head.length && /[\p{L}\p{N}]/u.test(head[cut]!) && /\p{L}/u.test(head[cut - 1] ?? "");
  return !(attached && (ADJECTIVES.has(words.join("")) || words.length > 1));
}
