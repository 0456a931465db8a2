/** Whether a text may well be what a person is called; needed only where nothing marks a list as a chain. */
export function isLikePerson(name: string, flat: number): boolean {
  return flat > 0 || PERSON.test(name) || isPersonalName(name);
}

/** Whether a text can hardly be a person: a day, a sentence, a commodity, a step of a recipe. */
export function isUnlikePerson(name: string, flat: number): boolean {
  if (flat > 0) return false;
  if (/[，。！？!?；;“”"]/.test(name) || DAY.test(name)) return true;
  if (INSTRUCTION.test(name) && !/^(.)\1/.test(name)) return true;
  if (GOODS.has(name.toLowerCase()) || PRAISE.test(name)) return true;
  return /[一-龥]/.test(name) ? name.replace(/[^一-龥]/g, "").length > 8 : name.split(/\s+/).length > 4;
}

/** Whether a text says something about the buy and can be no name at all. */
export function isSentence(text: string): boolean {
  const signs = text.replace(/[^一-龥]/g, "").length;
  if (/可送|送[货貨到上]|取[货貨]|配送|[优優]先|包[邮郵]/.test(text)) return true;
  return /[，。！？!?；]/.test(text.slice(0, -1)) || signs > 10 || (signs > 4 && INSTRUCTION.test(text));
}

const PERSON =
  /^[小阿老大][一-龥]{1,2}$|(?:姐|哥|叔|姨|婆|妈|媽|爸|爷|爺|奶|嫂|伯|婶|嬸|弟|妹|太|生|师|師|姑|舅|宝|寶|仔|总|總|团长|團長|老师|老師|先生|小姐|女士|阿姨|太太|同学|同學|auntie|aunty|uncle)$|^(?:mr|mrs|ms|miss|mdm|dr|auntie|aunty|uncle|old)\b|\p{Extended_Pictographic}/iu;

const SURNAMES = new Set(
  "王李张張刘劉陈陳杨楊黄黃赵趙周吴吳徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭肖蔡潘田董袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鐘姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱方侯邹鄒熊孟秦白江阎閻薛尹段雷黎史龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴武莫孔向汤湯裴殷洪温溫柳章鲁魯葛伍施倪俞翁尤柯欧歐庄莊",
);

function isPersonalName(name: string): boolean {
  if (/^([一-龥])\1[一-龥]?$/.test(name)) return true; // 巧巧, 童童妈
  return /^[一-龥]{2,3}$/.test(name) && SURNAMES.has(name[0]!);
}

/** Whether a text has the form of a name in a chat, where people are called upon to put theirs down. */
export function isLikeNick(name: string): boolean {
  return /^[A-Za-z][a-z]{0,11}(?:[ .-][A-Za-z][a-z]{0,11}){0,2}$/.test(name) || /^[一-龥]{2,4}$/.test(name);
}

const DAY =
  /^(?:周|週|星期|礼拜|禮拜)[一二三四五六日天末]|^(?:今|明|后|後)[天日晚早]|^(?:上|中|下)午|^(?:早|晚)上|\d[月号號日]$|^\d|点半?$|點半?$|^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|^(?:morning|afternoon|evening|tonight|today|tomorrow|weekend|option|choice)\b|^(?:选|選)?[A-D][.、:：]?$|^(?:选|選)项|^(?:都|全|其他|其它|不)/i;

const INSTRUCTION =
  /^(?:please|pls|no|do|don't|dont|bring|collect|wear|wash|add|mix|chop|cut|slice|peel|boil|bake|heat|stir|serve|preheat|put|pour|combine|cook|fry|take|pick|pay|check|keep|leave|wait|use|be|all|each|every|you|we|i|if|when|the|a|an|max|min|limit|only|minimum|maximum|late|orders?|payment|refunds?|delivery|pickup)\b|^(?:请|請|不|勿|禁|凭|憑|超过|超過|如|若|每|先|再|然后|然後|将|將|把|用|放|加|切|洗|倒|煮|炒|蒸|炖|燉|焖|腌|拌|准备|準備|取|凡|限|满|滿|需|须|須|务必|務必|最多|最少|至少|逾期|过期|過期|付款|收款|自提|配送|运费|運費|团购|團購|下单|下單|截止|截单)/i;

/** What stands before goods and praises or sorts them. */
const PRAISE =
  /^(?:新鲜|新鮮|有机|有機|进口|進口|国产|國產|本地|特级|特級|精品|优质|優質|农家|農家|野生|散养|散養|冷冻|冷凍|冰鲜|冰鮮|现摘|現摘|当季|當季|无籽|無籽|高山|大|小|红|紅|青|白|黑|黄|黃|甜|酸|老|嫩)的?$|^(?:fresh|organic|large|small|medium|big|ripe|frozen|local|creamy|crunchy|red|green|white|black|brown|sweet|salted|unsalted|plain|extra|boneless|whole|half)$/i;

/** What lists that are no chains are made of: own orders of other goods, recipes. */
const GOODS = new Set(
  (
    "苹果 梨 梨子 香蕉 葡萄 西瓜 桃子 桃 橙子 橘子 桔子 柠檬 草莓 樱桃 芒果 菠萝 猕猴桃 火龙果 榴莲 柚子 蓝莓 哈密瓜 石榴 柿子 枣 红枣 " +
    "白菜 大白菜 小白菜 青菜 菠菜 生菜 芹菜 韭菜 萝卜 胡萝卜 土豆 番茄 西红柿 黄瓜 茄子 豆角 辣椒 青椒 洋葱 大葱 葱 姜 生姜 蒜 大蒜 蘑菇 香菇 木耳 南瓜 冬瓜 玉米 山药 莲藕 藕 豆芽 花菜 西兰花 包菜 " +
    "猪肉 牛肉 羊肉 鸡肉 鸭肉 排骨 牛腩 五花肉 鸡翅 鸡腿 鱼 虾 螃蟹 鸡蛋 鸭蛋 豆腐 豆浆 牛奶 酸奶 面包 馒头 饺子 馄饨 面条 大米 米 面粉 小麦 糯米 " +
    "糖 白糖 红糖 冰糖 盐 油 食用油 花生油 酱油 生抽 老抽 醋 料酒 淀粉 酵母 黄油 奶油 蜂蜜 水 清水 温水 香油 味精 鸡精 胡椒粉 八角 桂皮 " +
    "apple apples pear pears banana bananas orange oranges grape grapes mango mangoes mangos carrot carrots potato potatoes tomato tomatoes onion onions garlic ginger egg eggs milk butter flour sugar salt pepper oil water bread rice cheese yoghurt yogurt cream honey yeast vanilla cinnamon soy sauce chicken beef pork fish prawns shrimp tofu"
  ).split(" "),
);
