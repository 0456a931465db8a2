/** Words of an entry without what is no part of the order. */
export interface Cleaned {
  /** Money, payment marks and telephone numbers replaced by a blank. */
  readonly text: string;
  /** What a unit costs ("46/斤", "$11 each"), or an amount ("12元") of which nothing says that it was paid or is a sum. */
  readonly price?: Price;
}

/** Whether money is what a unit costs, or an amount. */
export type Price = "of-unit" | "amount";

const NUMBER = "\\d{1,6}(?:[.,]\\d{1,3})?";
const HANZI_NUMBER = "[一二两兩三四五六七八九十百千零〇半]{1,7}";
const SIGN = "(?:[¥￥$€£]|[SAU]\\$|HK\\$|NT\\$|US\\$|RMB|SGD|HKD|NTD|TWD|MYR|USD|CNY|RM(?=\\s?\\d)|人民币|人民幣)";
const WORD =
  "(?:元钱|元|圆|圓|块钱|塊錢|块|塊|蚊|刀|rmb(?![a-z])|cny(?![a-z])|sgd(?![a-z])|hkd(?![a-z])|ntd?(?![a-z])|usd(?![a-z])|dollars?(?![a-z])|bucks?(?![a-z])|ringgit|yuan(?![a-z])|€|£|\\$)";
const PER =
  "(?:\\s?[/／]\\s?[一-龥a-z]{1,6}|\\s?一[一-龥]|\\s?(?:per|each|a|an)(?![a-z])(?:\\s[a-z]{1,8})?|\\s?每[一-龥])";
const SOLD_BY =
  "(?:公斤|千克|斤|两|克|磅|份|个|個|只|隻|颗|顆|盒|箱|袋|瓶|包|条|條|件|套|根|串|板|提|罐|桶|杯|打|位|人|(?:kg|g|lb|pc|pcs|piece|box|bag|pack|pkt|bottle|jar|tray|tub|cup|dozen|set|portion|each|person)(?![a-z]))";
const PAID =
  "(?:已经|已經|已|我)?(?:微信|支付宝|支付寶)?(?:付款|转账|轉賬|轉帳|转帐|支付|付|转|轉|入数|入數|过数|過數|交)(?:钱|錢)?(?:了|啦|咗|好|清)?|paid|payed|paynow(?:ed)?|paylah(?:ed)?|transferr?ed";
const SUM = "(?:[=＝]|共计|共計|一共|总共|總共|合计|合計|总计|總計|小计|小計|共|计|計|总额|金额|金額|total)";

const AMOUNT = `(?:${SIGN}\\s?${NUMBER}(?:\\s?${WORD})?|${NUMBER}\\s?${WORD}|${HANZI_NUMBER}${WORD}${HANZI_NUMBER.replace("1,7", "0,2")})`;
const EXPLAINED = new RegExp(
  `(?:(?:${PAID})[\\s:：]{0,2}(?:${AMOUNT}|${NUMBER}(?![\\d\\s]{0,2}[一-龥a-z+]))|${SUM}[\\s:：]{0,2}${AMOUNT}|(?<=(?:\\d|[一二两兩三四五六七八九十半])\\s?${SOLD_BY}\\s?)${NUMBER}(?=\\s?已[付转轉])|(?<=[一-龥]\\d{1,2}\\s)\\d{2,5}(?:\\.\\d{1,2})?(?=\\s?已[付转轉](?!\\s?[\\d¥])))`,
  "gi",
);
const PRICE = new RegExp(
  `(?:每[一-龥]\\s?${NUMBER}\\s?${WORD}|${AMOUNT}(?:${PER})?|(?<![\\d-])${NUMBER}\\s?[/／]\\s?${SOLD_BY})`,
  "gi",
);
const OF_UNIT = /[/／每]|一[一-龥]$|per|each|\ban?\b/i;
const BLOCK_WORDS = /[块塊]/;

const PHONE =
  /(?:(?:联系|聯繫)?(?:电话|電話|手机|手機|号码|號碼)|微信号|(?<![a-z])(?:tel|phone|mobile|hp|whatsapp|wa|call)(?![a-z]))\s?[:：.]?\s?\+?\d[\d\s-]{2,16}\d|(?<!\d)(?:\+?\d{2,3}[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)|1[3-9]\d[*＊xX]{3,5}\d{3,4}|\+\d{2,3}[-\s]?\d{4}[-\s]?\d{4}(?!\d)|(?<![\d-])0\d{1,4}[-\s]?\d{3,4}[-\s]?\d{3,4}(?!\d)|(?<![\d#+-])[2-9]\d{3}[-\s]?\d{4}(?![\d-])|(?:手机|手機|电话|電話)?尾[号號数數]\s?[:：]?\s?\d{3,4}/gi;

const PAYMENT_MARKS =
  /[✅☑✔✓√💰💵💴💶💷🧧💳🆗]\ufe0f?|(?:已经|已經|已)?(?:微信|支付宝|支付寶)?(?:付款|支付|转账|轉賬|轉帳|转帐)(?:了|啦|咗)?(?:已?完成)?|(?:微信|支付宝)?[已未](?:经|經)?[付转轉收](?:款|清|讫|訖|钱|錢|了)?|付(?:了|好了|清了?|咗)|[转轉](?:了|好了|咗)|[过過入][数數](?:了|咗)?|[过過入]咗[数數]|(?<![a-z])(?:un)?paid(?![a-z])|(?<![a-z])(?:payed|paynow(?:ed)?|paylah(?:ed)?|pymt done|payment done|cash on pickup)(?![a-z])|\[(?:红包|转账|OK)\]|(?:已发|已收)红包|红包(?:已发|已收)/giu;

const EMPTY_BRACKETS = /[（(【[]\s*[,，、:：;；]?\s*[）)】\]]/g;

/**
 * Takes money, payment marks and telephone numbers out of an entry.
 *
 * @param soldByBlock  whether 块 is a unit of this buy: then "豆腐2块" is no price
 * @source             message language, 1.6
 */
export function withoutMoney(words: string, soldByBlock: boolean): Cleaned {
  if (!MAY_HOLD.test(words)) return { text: words };

  let price: Price | undefined;
  const isGoods = (match: string) => soldByBlock && BLOCK_WORDS.test(match) && !/[¥￥$元]|RM|[块塊][钱錢]/.test(match);
  const text = words
    .replace(PHONE, " ")
    .replace(EXPLAINED, (match) => (isGoods(match) ? match : " "))
    .replace(PRICE, (match, offset: number) => {
      const isRoom = /^(?:Rm|rm)/.test(match) || (offset === 0 && /^RM/.test(match));
      if (isRoom || isGoods(match)) return match;
      if (price !== "of-unit") price = OF_UNIT.test(match) ? "of-unit" : "amount";
      return " ";
    })
    .replace(PAYMENT_MARKS, " ")
    .replace(EMPTY_BRACKETS, " ");
  return price ? { text, price } : { text };
}

/** A quick look that spares most entries the rest. */
const MAY_HOLD =
  /[¥￥$€£元圆圓块塊蚊刀/／付转轉收数數✅☑✔✓√💰💵💴💶💷🧧💳🆗]|\d{4}|尾|红包|rm|usd|cny|sgd|hkd|nt|myr|twd|dollar|buck|ringgit|yuan|pa[iy]|\[/iu;
