const CURRENCY = "(?:s\\$|us\\$|nt\\$|hk\\$|a\\$|r\\$|nz\\$|rm|\\$|¥|£|€|rmb|usd|sgd|ntd|nt|hkd|cny|myr|aud|eur|gbp)";
const CURRENCY_AFTER =
  "(?:元|块钱|圆|蚊|毛钱?|角|分钱|刀|円|rmb|usd|sgd|hkd|twd|ntd|cny|myr|aud|eur|gbp|dollars?|bucks?|cents?|ringgit|quid|euros?|yen|¥|€|\\$)(?![a-z])";
const NUMBER = "\\d{1,9}(?:,\\d{3})*(?:\\.\\d{1,4})?";
const HAN_NUMBER = "[一二两三四五六七八九十百零半]{1,6}";

// Patterns that begin at one place; each part is bounded, so that reading stays linear.
/** $5, RM 3.50: money with its sign in front. */
export const MONEY_BEFORE = new RegExp(`${CURRENCY}\\s?${NUMBER}(?:,\\d{2}(?!\\d))?`, "y");
/** 5元, 三块五, 5 dollars: money with its word behind. */
export const MONEY_AFTER = new RegExp(
  `(?:${NUMBER}|${HAN_NUMBER})\\s?${CURRENCY_AFTER}(?:[一二三四五六七八九\\d]{1,2}(?![斤个盒箱袋瓶包份]))?`,
  "y",
);
/** 5块, 三块五: money, unless something is sold by the 块. */
export const LUMP = new RegExp(
  `(?:${NUMBER}|${HAN_NUMBER})块(?:[一二三四五六七八九半]|\\d(?!\\d?[斤个盒箱袋瓶包份]))?`,
  "y",
);
const LATIN_UNIT =
  "(?:kgs?|kilos?|g|grams?|lbs?|pounds?|oz|ounces?|box|bag|bottle|pack|packet|pkt|tray|jar|punnet|cup|pieces?|pcs?|dozen|doz|litres?|liters?|l|ml|tub|can|tin|each|ea|unit|set|loaf|bunch|bowl|stick|roll|bar|block|carton|pot|head|portion|serving|person|pax|crate|case|sack|stem|half)(?![a-z])";
/** 5元一斤, 3/kg, 4 a box: what one unit costs. */
export const PRICE = new RegExp(
  `(?:${NUMBER}|${HAN_NUMBER})\\s?(?:(?:元|块)?\\s?[一每]\\s?(?:公斤|千克|台斤|[斤两个盒箱袋瓶包份只件条板串杯罐桶套颗提打])|\\s?(?:元|块)?/\\s?(?:[斤个盒箱袋瓶包份只件条板串杯罐桶套颗提打]|${LATIN_UNIT})|\\s?(?:per|an?)\\s(?:kg|kilo|g|lb|pound|box|bag|bottle|pack|packet|pkt|tray|jar|punnet|cup|piece|pc|dozen|litre|tub|can|each)(?![a-z]))`,
  "y",
);
/** 8:30, 8pm, 8点半: an hour. */
export const TIME =
  /\d{1,2}[:]\d{2}(?::\d{2})?(?!\d)\s?(?:[ap]\.?m\.?(?![a-z]))?|\d{1,2}(?:\.\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock)(?![a-z])|\d{1,2}点(?:半|钟|整|前|后|左右|\d{1,2}分?|[一二三四五六七八九十]{1,3}分)?|\d{3,4}\s?(?:hrs?|h)(?![a-z])/y;
/** 八点半: an hour in numerals. */
export const HAN_TIME =
  /(?:十[一二]?|[二三四五六七八九两])点(?:半|钟|整|前|后|左右|一刻|三刻|[一二三四五六七八九十]{1,3}分?)?|一点(?:半|钟|整|前|后)/y;
/** 10月9日, 2026-10-09, 9 Oct: a day. */
export const DATE =
  /\d{1,2}[-~到至]\d{1,2}[号日]|\d{1,2}月(?:\d{1,2}[日号]?|[上中下]旬)?|\d{4}(?:年|[-/.]\d{1,2}[-/.]\d{1,2})(?:\d{1,2}月)?(?:\d{1,2}[日号]?)?|\d{1,2}日|\d{1,2}[/]\d{1,2}(?:\/\d{2,4})?(?!\d)|\d{1,2}(?:st|nd|rd|th)(?![a-z])|\d{1,2}\.\d{1,2}号|\d{1,2} ?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])/y;
/** 2号: a day, or the second item. */
export const DAY = /\d{1,2}号/y;
/** 80% */
export const PERCENT = /\d{1,4}(?:\.\d{1,2})?\s?(?:%|percent)|百分之/y;
/** 3个月, 5人份: a number of what is no goods. */
export const MEASURE = new RegExp(
  `(?:${NUMBER}|${HAN_NUMBER}|几)来?\\s?(?:个?小时|个?钟头|分钟|秒钟?|个?月(?!饼)|年(?!糕)|岁|天|周(?!黑)|个?星期|个?礼拜|次|遍|趟|人份|人(?!参)|个人|户人?|家人|位数|楼|层(?!糕|饼)|公里|千米|米(?![线粉饭])|厘米|平米|平|度|折|倍|成(?![团人功])|届|期|班|页|名|口人?|顿|餐|样|种|款(?!式)|句|话|路|轮|代人|大卡|寸|个孩子|个小孩|个宝宝|个老人|个邻居|个朋友|个同事|家)`,
  "y",
);
/** 80果: how large fruit is. */
export const GRADE = /\d{2,3}果(?![汁酱干冻脯园篮])/y;
/** 2 hours, 30 people. */
export const LATIN_MEASURE = new RegExp(
  `(?:${NUMBER})\\s?[-]?(?:years?|yrs?|yo|months?|mths?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|people|persons?|pax|adults?|kids?|children|times|km|kms|miles?|metres?|meters?|cm|mm|inch|inches|feet|ft|degrees?|kcal|calories|stars?|points?|houses?|blocks? away|mb|gb|mah|rooms?|guests?|orders?|families|households|neighbours|friends)(?![a-z])`,
  "y",
);
/** two hours, a few days. */
export const WORD_MEASURE =
  /(?:one|two|three|four|five|six|seven|eight|nine|ten|a|an|half an?|a few|few|several|some|couple of|a couple of|many) (?:years?|months?|weeks?|days?|hours?|minutes?|mins?|people|persons?|pax|times?|kids?|children|guests?|friends|neighbours|seconds?|moments?|while|orders?)(?![a-z])/y;
const FLAT_PARTS =
  "(?:栋|幢|座|号楼|单元|弄|期|区|层|楼|门)(?:-?[a-z\\d一二三四五六七八九十]{1,5}(?:栋|幢|座|号楼|单元|层|楼|室|房|户|梯|号(?!楼))?){0,4}";
const NO_UNIT = "(?![\\d.斤份盒箱袋瓶包个件只条板串杯罐桶套])";
/** 4楼之2, 4F-2, 7号5楼, B1-3F */
const TAIWAN_FLAT = `(?:[a-z][栋座])?(?:\\d{1,4}号)?\\d{1,3}(?:楼之\\d{1,2}|f-\\d{1,2}|f之\\d{1,2})${NO_UNIT}|\\d{1,4}号\\d{1,3}(?:楼|f(?![a-z]))|[a-z]\\d{1,2}-\\d{1,2}f(?![a-z\\d])`;
/** 3栋502, 12-1203: where somebody lives. */
export const FLAT = new RegExp(
  `${TAIWAN_FLAT}|[a-z]座\\d{1,3}(?:楼|/f)[a-z]?(?:室|房)?|[a-z]?\\d{1,4}${FLAT_PARTS}|[a-z]座[a-z\\d]{0,5}(?:室|房)?|[a-z]栋[a-z\\d]{0,5}(?:室|房)?|[一二三四五六七八九十]{1,2}(?:栋|幢|号楼|单元)(?:[a-z\\d]{1,5}(?:室|房|单元)?){0,3}|0\\d-\\d{2,4}[a-z]?(?!\\d)|\\d{3,4}(?:号房|室|房|户)|\\d{1,3}-\\d{1,3}-\\d{2,4}[a-z]?(?!\\d)|[a-z]?\\d{1,3}-\\d{3,4}[a-z]?(?!\\d)|[a-z]-\\d{1,3}-\\d{1,3}[a-z]?(?![a-z\\d])|[a-z]-?\\d{3,4}(?![\\da-z])`,
  "y",
);
/** #08-123 */
export const HASH_FLAT = /#\d{1,3}-\d{1,4}[a-z]?(?!\d)|#\d{1,4}[a-f](?![a-z\d])/y;
/** blk 12, flat 5, room 302. */
export const WORD_FLAT =
  /(?:blk|block|flat|flr|apt|apartment|room|rm|tower|level|lvl|floor|unit|house|door|no\.?|number)\.? ?#?\d{1,4}[a-z]?(?:-\d{1,4}[a-z]?)?(?: ?,? ?#\d{1,3}-\d{1,4}[a-z]?)?(?![a-z\d])/y;
/** 14 Mill Lane, before its colon */
export const ADDRESS =
  /\d{1,4}[a-z]? (?:[a-z]{3,14} ){1,2}(?:lane|road|street|avenue|ave|st|rd|drive|close|court|way|crescent|terrace|grove|gardens|place|mews|hill|view|green)(?= ?:)/y;
/** 12A */
export const DOOR = /\d{1,4}[a-fhj](?![a-z\d])/y;
/** A telephone number, or other groups of digits. */
export const PHONE = /\+?\d{2,15}(?:[ -]\d{2,8}){0,5}/y;
