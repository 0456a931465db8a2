import { EN_UNIT, ZH_UNIT } from "./units.ts";

/** A picture, for patterns. */
export const EMOJI = String.raw`[\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u{1f000}-\u{1faff}]`;

/** A mark of a list at the front of a line: 1、 2. - ① 【3】 A) */
export const MARK = new RegExp(
  String.raw`^\s*(?:[-*·▪◦>#]+|\(?\d{1,2}\s?(?:[、):]|\.(?!\d))|\(\d{1,2}\)|[\u2460-\u2473]|[a-z]\s?[.)、](?=\s|[\u3400-\u9fff])|\d{1,2}(?=\s?\ufe0f?\u20e3)|${EMOJI})`,
  "u",
);

/** A line that is surely one of a list: emoji and lone letters also stand elsewhere. */
export const LIST_MARK = /^\s*(?:[-*·]\s|\(?\d{1,2}\s?(?:[、):]|\.(?!\d))|[\u2460-\u2473])/;

/** Words of selling before a name. */
const LEADING_ZH = [
  "(?:姐妹们|家人们|邻居们|各位邻居|宝子们|亲们|大家)[~!,: ]",
  "(?:之?前)?(?:截[单团止]?|收[单团]|结[单团]|接龙|下单)(?=[\\s\\u0001])",
  "(?:大家|各位|邻居们?|家人们?|宝子们?|姐妹们?|hi|hello|hey)(?:早上|下午|晚上)?[好早]?[啊呀哦]?(?=[\\s,!~\\u2190-\\u2bff\\u{1f000}-\\u{1faff}]|$)",
  "一起[拼团买订](?=.{2})",
  "谁要?(?:一起)?[买拼团](?=.)",
  "有(?:没有)?人[想要](?:一起)?[买拼团](?=.)",
  "(?:开团|团购|接龙|拼单|开接|上新)[啦了咯啰囉喽嘞]?(?=[\\s:,.!~\\u2190-\\u2bff\\u{1f000}-\\u{1faff}]|[啦了咯啰囉喽嘞]|[\\u3400-\\u9fff]{2})[啦了咯啰囉喽嘞]?",
  "今[天日晚]?(?:的)?(?:特价|特惠|推荐|团购|团价|开团)?(?=[\\s:,]|$|团|特)",
  "(?:本期|本周|新品|爆款|热卖)?(?:团品|商品|品名|名称|产品|货品|品种|内容)\\s?:",
  "(?:一次)?[买拿订](?:满|够)?(?=$)",
  "代拿|代购|预[订定]|本群|[上之]次的|之前的|的|是(?=.{2})",
  "限时(?:优惠|特价|特惠|秒杀)?|特价|特惠|团购价|团价|优惠价|活动价|价格|单价|售价|只要|仅需",
  "以及|还有|另有|外加|另外|[和跟与](?=\\s)",
];
const LEADING_EN = [
  "who(?:'s|\\s{1,2}is)?\\s{1,2}(?:wants?|keen\\s{1,2}(?:on|for)|up\\s{1,2}for|fanc(?:y|ies))\\s{1,2}(?:some\\s{1,2})?",
  "anyone\\s{1,2}(?:wants?|fanc(?:y|ies)|for|up\\s{1,2}for|keen\\s{1,2}on)\\s{1,2}(?:some\\s{1,2})?",
  "(?:i'?m|we'?re|i am|we are) (?:ordering|doing|getting|organi[sz]ing|placing|making|baking|selling)(?![a-z])",
  "(?:[a-z' ]{0,40}(?<![a-z]))?(?:orders?|buy|run|purchase|share|bulk)\\s{1,2}(?:for|of|on)\\s",
  "(?:and|plus|also|then|for|at|now|just|only|price[ds]?|special|offer|sale|today'?s|or|is|are|each|item|product|name|what|selling|get|our|the|some)(?![a-z'])",
];
const LEADING_SIGNS = [
  `[\\s:,.!~\\-=+、/&*#>|·)\\]"']|${EMOJI}|[\\u2460-\\u2473]|\\d{1,2}(?:[、)](?!\\d)|\\.(?!\\d))`,
  "\\((?:商品|品名|团品|名称|产品)\\)",
  "\\((?:(?:顺丰)?包邮|现摘|产地直发|团购|接龙|开团|拼单|拼团|代购|预售|预订|现货|特价|新品|推荐|爆款|福利|秒杀|今日|本周|限时|团)[^()]{0,4}\\)",
  "[\\[(](?:bulk|group)[a-z ]{0,12}[\\])]",
  "\\((?=[^()]*$)",
];
/** What is cut off in front of a name. */
export const LEADING = new RegExp(`^(?:${[...LEADING_ZH, ...LEADING_EN, ...LEADING_SIGNS].join("|")})`, "u");

/** Words of selling behind a name, before its price. */
const TRAILING_ZH = [
  "团长价?|代购|拼单|预[售定订]|来[啦了]|到[站货港][啦了喽咯]?|到[啦喽咯](?![\\u3400-\\u9fff])|来[喽咯]|上新[啦了]?|返场[啦了]?|走起|安排[啦了]?|又来[啦了]|本群|群内|邻里|开团",
  "(?:群友|群里?|群主|会员|业主|街坊|邻居|内部|粉丝|早鸟|尝鲜|体验|限时|秒杀|清仓|新客|员工)价|限时(?:优惠|特价)?",
  "(?:团购|拼团|接龙|开团|成团|优惠|活动|秒杀|内购|邻居|福利|惊喜|到手|会员)价?|团价|特价|特惠|现价|现在|售价|价格|单价|价钱|均价|定价",
  // claims behind a name and a blank: 树上现摘, 现炒现送, 又脆又甜, 皮薄汁多, 产地直发
  `(?<=[^\\s](?:\\s|${EMOJI}){1,4})(?:[\\u3400-\\u9fff]{0,4}(?:现[摘炒做烤挖捞杀磨采割宰包榨打卤切发送煮蒸](?:现[\\u3400-\\u9fff])?|直[发供销邮达采]|包[邮甜赔熟])|又[\\u3400-\\u9fff]又[\\u3400-\\u9fff]|[\\u3400-\\u9fff]{0,4}(?:皮薄|肉厚|汁多|个大|味甜|香甜|清甜|软糯|粉糯|鲜嫩|[脆超鲜真很]甜|多汁|爆汁|新鲜|正宗|当季|头茬|好吃|口感好|无添加|零添加|无农药|热销|顺丰|空运){1,3})[到达啦了哦]?`,
  "(?<=\\s)[买拿订]|只要|只需|只卖|仅需|仅售|仅|才|(?<![烧外专])卖|价|现|一律|都是|均为|统一|都|各|均|每|为|是|一|起|今[天日]",
];
const TRAILING_EN = [
  "again|(?:this|next)\\s{1,2}(?:week|weekend|month)",
  "at|for|now|just|only|price[ds]?|costs?|each|all|selling|sell(?:ing)?\\s{1,2}(?:at|for)|going|go|special|group|bulk|deal|offer|sale|rate|from",
  "is|are|it'?s|is\\s{1,2}just|per|to|a|an|the|of|and|or|with|u\\.?p|both|who\\s{1,2}wants|until|till|by|before|ends?|closing|closes?",
  "(?:are|is)\\s{1,2}(?:back|here|in)(?:\\s{1,2}again)?|group\\s{1,2}(?:buy|price)|bulk\\s{1,2}(?:buy|order)!?|orders?(?:\\s{1,2}clos(?:es?|ing))?|(?<=\\s)run",
];
/** What is cut off behind a name, before its price. */
export const TRAILING = new RegExp(
  `(?:[\\s:,.!~\\-=+、/&*@|·([><]|(?<!\\d)["']|${EMOJI}|\\(\\s*\\)|\\([^()]{0,2}$|(?:${TRAILING_ZH.join("|")})|(?<![a-z\\d\\u3400-\\u9fff])(?:${TRAILING_EN.join("|")}))$`,
  "u",
);

/** How a clause begins that is about the buy or the neighbours, not about goods. */
const TALK_ZH =
  "截[单止团]|收[单团]|自提|取货|包邮|免运|先到先得|数量有限|谢谢|感谢|欢迎|大家(?!庭)|邻居们|家人们|宝子们|姐妹们|小伙伴|友友们|亲们|亲爱|各位|有需要|需要的|支持|售后|送货|过[时期]|逾期|每[人户家]|不[要好甜满]|手慢无";
/** The same, where nothing follows. */
const LABEL_ZH =
  "(?:咱们?|我们|咱家|本)(?:这?次)?[团群家店]?|接龙|团购|开团|付款|微信|支付宝|转账|下单|预[订定]|限量|现货|库存|成团|价[格钱]?|规格|配送|数量|团长|上链接|走起|.{1,4}的(?:船|车|航班|飞机)|今[天日晚]|本[期周群]";
const TALK_EN =
  "hi|hello|hey|there|hiya|howdy|greetings|g'?day|dear|good\\s{1,2}(?:day|morning|afternoon|evening)|morning|reminder|update|attention|fyi|psa|folks|guys|everyone|all|neighbou?rs|thanks?|thank\\s{1,2}you|ok|pick\\s?-?up|collect(?:ion)?|deliver\\w{0,3}|orders?|closing|closes?|cut-?off|deadline|please|pls|minimum|max|limit(?:ed)?|pay|paynow|venmo|cash|first\\s{1,2}come|let\\s{1,2}me|dm|pm|message|while\\s{1,2}stocks?|last\\s{1,2}call|new\\s{1,2}week|any\\s{1,2}takers|anyone\\s{1,2}(?:keen|interested|selling)|who(?:'s|\\s{1,2}is|\\s{1,2}wants)";
/** A clause that is about the buy or the neighbours, and names no goods. */
export const TALK = new RegExp(`^(?:${TALK_ZH})|^(?:${LABEL_ZH})$|^(?:${TALK_EN})(?:$|\\s|[:,.!])`);

/** In a clause that does not stand right before its price, any of these says that it is no name. */
export const ASIDE =
  /[?]|截|自提|取货|下单|付款|(?:^|\s)(?:orders?|closing|closes?|deadline|collect|pick\s?-?up|please|pls|let\s{1,2}me|while|thanks)(?:$|\s|[:,.!])/;

/** What a list of goods is called rather than what is sold: the heading before a name. */
export const HEADING =
  /^(.{1,24}?(?:团购?|拼单|拼团|代购|代买|接龙|开团|小店|菜单|价目表?|清单|专场|到货|上新|预订|预售|(?<![a-z])(?:runs?|bulk\s{1,2}buy|group\s{1,2}(?:buy|order)|orders?|menu|list|specials?|pre-?orders?|sale|box\s{1,2}scheme|stall|shop)))\s{1,3}(?=\S)/;

/** A clause that is such a heading and nothing else: 小区团购, "lunch run". */
export const HEADING_ONLY =
  /(?:团购?|拼单|拼团|代购|代买|接龙|开团|菜单|清单|(?<![a-z])(?:run|bulk buy|group buy|group order|menu))\s*$/;

/** What people say who have not yet made up their minds, or who only greet. */
export const NO_NAME =
  /[想谁吗呢吧要帮请问啥么你我他好]|团购|接龙|(?<![a-z])(?:any(?:one|body)?|want\w{0,3}|keen|think\w{0,3}|doing|who|what|how|please|group|buy|test|hello|hi|thanks|is|are|do|can|could|i|we|you)(?![a-z])/;

/** Sizes, which are part of a name: 大盒, 6寸, 500g装, "small", "half flat". */
export const SIZE = new RegExp(
  `^(?:(?:特大|超大|加大|大|中|小|细|迷你|家庭|单人|双人|全|半|整|普通|精品|标准|豪华)(?:号|装|份|只|个|件|款|碗|套|杯|寸|${ZH_UNIT})?(?:\\s?\\([^()]{0,12}\\))?|(?:\\d{1,5}(?:\\.\\d{1,2})?|[一二两三四五六八十半])\\s?(?:寸|斤|公斤|千克|克|两|磅|升|毫升|g|kg|ml|l|cm|oz|lbs?|ft|foot|feet|inch(?:es)?|in|'|"|pcs?|pack|rolls?|sheets?|bars?|cans?|tins?|bottles?|tea\\s?bags?|只|个|片|粒|颗|枚|支|双|对|卷|张|罐|瓶|袋|包|盒|条|人份|人|号|杯)(?:装|盒|箱|袋|包|瓶|桶|罐)?(?:\\s?(?:/\\s?)?(?:${EN_UNIT}|size|pack))?(?:\\s?\\([^()]{0,12}\\))?|${EN_UNIT}\\sof\\s\\d{1,3}|(?:(?:extra\\s?)?small|medium|large|regular|mini|big|jumbo|family|party|quarter|half|whole|full|single|double|standard|individual|xx?l|xs|s|m|l)(?:[\\s-](?:size|${EN_UNIT}))?(?:\\s?\\([^()]{0,20}\\))?)$`,
);
