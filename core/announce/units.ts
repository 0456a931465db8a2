/** Sale units of Chinese announcements, in simplified script; longer ones first. */
export const ZH_UNIT =
  "(?:公斤|千克|台斤|毫升|公升|人份|口(?!味)|包(?!邮)|[斤克两磅升盒箱袋瓶罐桶份个只条颗粒套件把捆串板提束打支枝张片杯碗筐篮篓尾头根棵盆碟对双副樽客枚扎卷本组位听盘朵排壶锅笼屉箩块砖单票款次台部筒捧炉坛盅贴]|底(?![料价]))";

/** Sale units of English announcements. After "per" and "/" any word is one. */
export const EN_UNIT =
  "(?:kilograms?|kilos?|kgs?|grams?|g|lbs?|pounds?|ounces?|oz|litres?|liters?|l|ml|pieces?|pcs?|each|ea|units?|portions?|servings?|sets?|boxes|box|bx|cartons?|ctns?|crates?|cases?|bags?|sacks?|packets?|packs?|pkts?|bottles?|btls?|jars?|tins?|cans?|cups?|bowls?|tubs?|trays?|punnets?|baskets?|bunch(?:es)?|bundles?|dozens?|doz|dz|loaf|loaves|bushels?|pecks?|quarts?|qts?|pints?|gallons?|sticks?|rolls?|slices?|heads?|stalks?|ears?|pairs?|batch(?:es)?|shelf|shelves|shares?|nets?|flats?|pots?|plates?|wheels?|blocks?|bars?|sheets?|pax|persons?|buckets?|pouch(?:es)?|hampers?|tubes?|whole|kits?|sleeves?|racks?|barrels?|drums?|bales?|cords?|loads?|slabs?|fillets?|skewers?|stems?|bouquets?|reams?)";

/** What may stand between a unit and its amount: 一箱只要68. */
export const CHEAP = "(?:只要|只需|只卖|仅需|仅|才|卖|特价|团购价|团价|价格?|优惠价|都是|是|为|:|=)";

/** Units that are a mass or a volume: a number before them is a size, not a count. */
export const MEASURE =
  /^(?:kilograms?|kilos?|kgs?|grams?|g|lbs?|pounds?|ounces?|oz|litres?|liters?|l|ml|克|毫升|升|公升|千克)$/;

const SAME: Readonly<Record<string, string>> = {
  boxes: "box",
  loaves: "loaf",
  shelves: "shelf",
  halves: "half",
  pieces: "pc",
  piece: "pc",
  pcs: "pc",
  each: "pc",
  ea: "pc",
};

/** One form of an English unit for comparing: boxes = box, kgs = kg. */
export function singular(unit: string): string {
  const word = unit.toLowerCase();
  const known = SAME[word];
  if (known) return known;
  if (/(?:ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[a-z]{2,}s$/.test(word) && !/ss$/.test(word) ? word.slice(0, -1) : word;
}

/** Several of an English unit: boxes, bags, loaves; of a mass the unit itself. */
export function plural(unit: string): string {
  if (MEASURE.test(unit.toLowerCase()) || /[^s]s$/.test(unit)) return unit;
  if (/f$/.test(unit)) return unit.replace(/f$/, "ves");
  return /(?:x|ch|sh|ss)$/.test(unit) ? `${unit}es` : `${unit}s`;
}
