import { goods, promise } from "./support.ts";

const MARKET = goods("土豆/斤", "西红柿/斤", "洋葱/斤", "牛奶/箱", "鸡胸肉/包(原味|黑椒)", "草莓/盒(大果|小果)");
const FARM = goods(
  "Chicken thighs/kg",
  "Brown eggs/dozen",
  "Oat milk/carton",
  "Sourdough bagels/pack(plain|sesame|everything)",
  "Pears/kg",
);

promise("somebody else's wish beside one's own", MARKET, [
  ["我2斤土豆，我妈3斤", "1=2 1=3@我妈", "a relation and a quantity"],
  ["帮楼上李奶奶也带2斤土豆，我自己要1斤", "1=2@楼上李奶奶 1=1", "back to oneself"],
  ["老王要2斤土豆", "1=2 for 老王", "a name that wants known goods"],
  ["榴莲要2个", "unclear unknown-item", "goods that nobody sells want a question, no name"],
  ["做土豆泥要2斤土豆", "none", "a dish wants goods: no name"],
  ["502：土豆2斤，601：牛奶1箱", "1=2@502 4=1@601", "two doors in one message"],
  ["张姐 土豆2斤", "1=2 for 张姐", "a name and a blank, as in a chain"],
  ["老张的牛奶退了", "none", "somebody else's milk", { mine: { 4: 1 } }],
]);

promise("somebody else's wish beside one's own, in English", FARM, [
  ["2 kg pears and my neighbour wants 3", "5=2 5=3@my neighbour", "the goods are the same"],
  ["The recipe wants 2 pears", "none", "no person"],
  ["Hi it's Jo from number 9, 1kg chicken and 2 oat milk please", "1=1 3=2", "where somebody lives is no item"],
  ["2 packs plain bagels for Tom's party", "4=2[plain]", "a purpose"],
]);

promise("part of what one has for something else", MARKET, [
  ["把1斤土豆换成洋葱", "1-1 3+1", "no more than was said", { mine: { 1: 3 } }],
  ["把3斤土豆换成洋葱", "1=0 3=3", "all of it", { mine: { 1: 3 } }],
  ["把3斤土豆换成洋葱", "unclear quantity", "more than there is", { mine: { 1: 1 } }],
  ["2斤土豆换成1斤洋葱", "1-2 3+1", "each with its own quantity", { mine: { 1: 3 } }],
]);

promise("changes in few words", FARM, [
  ["take the bagels off", "4=0", "off the list", { mine: { 4: 2 } }],
  ["None for me this week thanks", "1=0", "a refusal by somebody who has an order", { mine: { 1: 2 } }],
  ["please remove me from the list", "1=0", "off the list altogether", { mine: { 1: 2 } }],
  ["oops 3 not 2", "5=3", "a correction", { mine: { 5: 2 } }],
  [
    "could I swap one of my plain bagels for sesame",
    "unclear quantity",
    "of options nobody tells how many there are",
    { mine: { 4: 2 } },
  ],
]);

promise("what ends a list", MARKET, [
  ["土豆和西红柿各来两斤，洋葱一斤就够", "1=2 2=2 3=1", "enough is no talk in a list"],
  ["土豆2斤，西红柿2斤，总共4斤", "1=2 2=2", "a sum"],
  ["草莓大的两盒小的一盒", "6=2[大果] 6=1[小果]", "what tells the options apart"],
  ["草莓两大一小", "6=2[大果] 6=1[小果]", "the same in four characters"],
  ["牛奶一箱 送到楼下", "4=1", "where it goes"],
  ["再加一盒送人", "6+1", "what it is for"],
  ["28一斤的土豆要两斤", "1=2", "which one, by its price"],
]);

promise("who asks for their own order", FARM, [
  ["Can you check what I'm down for please", "mine", "in free words"],
  ["did my 2kg of pears go through?", "mine", "with what it was"],
  ["我order了什么ah?", "mine", "in two languages"],
  ["我的单子登记上了没", "mine", "whether it is on the list"],
  ["what do you think of my pears", "none", "talk"],
]);

promise("who asks how the buy stands", FARM, [
  ["are we at the minimum yet?", "tally", "the threshold"],
  ["current tally?", "tally", "two words"],
  ["how many cartons have we got so far?", "tally", "with the unit in the middle"],
  ["而家總共有幾多份？", "tally", "in Cantonese"],
  ["一共多少钱一箱", "none", "a price"],
]);

const HONGKONG = goods("牛肉丸/包", "魚蛋/包", "豬肉水餃/盒(韭菜|高麗菜)");

promise("corrections of what was written", HONGKONG, [
  ["唔好意思打錯，魚蛋係3包", "2=3", "係 behind a slip says what is meant"],
  ["不是2包魚蛋是3包", "2=3", "not this but that", { mine: { 2: 2 } }],
  ["魚蛋3包不是2包", "2=3", "this, not that", { mine: { 2: 2 } }],
  ["水餃1盒 不要韭菜", "3=1", "what a line should not be takes nothing away"],
  ["5樓陳太 牛肉丸2包", "1=2 for 5樓陳太", "a floor and a name"],
  ["我都係要返兩包魚蛋好啦", "2=2", "the words of Hong Kong"],
]);

const PORK = goods("火龙果/个", "香梨/斤", "土猪肉/斤(五花|前腿)", "手工水饺/袋(白菜猪肉|韭菜鸡蛋)");

promise("options that are counted", goods("月饼/盒(一号|二号)", "粽子/份"), [
  ["粽子来一份", "2=1", "一 is a number, no option of other goods"],
  ["月饼一号两盒", "1=2[一号]", "the option by its whole name"],
]);

promise("few words for much", PORK, [
  ["火龙果和香梨都加1", "1+1 2+1", "more of both", { mine: { 1: 1, 2: 1 } }],
  ["水饺白菜2韭菜1", "4=2[白菜猪肉] 4=1[韭菜鸡蛋]", "a part of an option that stands in no other"],
  ["香梨我就不要了，火龙果照旧", "2=0", "one of two", { mine: { 1: 2, 2: 1 } }],
  ["香梨我就不买了", "none", "by somebody who has none"],
  ["王芳 13800138000 火龙果3个", "1=3", "who one is, and where to call"],
  ["我已经下单火龙果3个", "none", "an order that stands is told of"],
]);

promise("second thoughts and reasons", MARKET, [
  ["土豆要4斤，哦不对，3斤", "1=3", "what is said last is meant"],
  ["榴莲2盒，不对，1盒", "unclear unknown-item", "goods that nobody sells stay what they are"],
  ["土豆4斤，不对，洋葱3斤", "3=3", "other goods are meant"],
  ["土豆减一斤吧 老公说吃不完", "1-1", "why", { mine: { 1: 3 } }],
  ["全部退掉吧 临时要出差", "1=0", "why all is off", { mine: { 1: 2 } }],
  ["土豆2斤 坏了", "none", "no reason but a complaint"],
  ["土豆2斤 多少钱", "none", "a price is asked for"],
]);

promise("a box of something is an order beside another", FARM, [
  ["could I get two cartons of oat milk and a pack of bagels pls", "3=2 4=1", "with an article"],
  ["my flat's 21 not 12 btw", "none", "where somebody lives"],
  ["+1, parking is a nightmare", "none", "agreement where no goods are named"],
]);

promise("who asks for their own order, in few words", FARM, [
  ["what have I signed up for again", "mine", "an order by another name"],
  ["am I on your list for 2 cartons?", "mine", "with what was ordered"],
  ["how much to transfer ah", "mine", "what is due"],
  ["what's the damage for me?", "mine", "what is due, in other words"],
  ["still owe you anything?", "mine", "whether anything is due"],
  ["did I already order pears?", "mine", "whether one has ordered"],
  ["pls confirm my order went thru", "mine", "whether it arrived"],
  ["我的接龙成功没", "mine", "whether it was taken"],
  ["我的訂單有成功嗎", "mine", "the same in Taiwan"],
  ["团长我是不是还没付钱", "mine", "whether it is paid"],
  ["漏了我的没", "mine", "whether it was forgotten"],
  ["查一下我订的", "mine", "a request"],
]);

promise("who asks how the buy stands, in few words", FARM, [
  ["is this buy happening or not", "tally", "whether it goes ahead"],
  ["do we have enough to go ahead", "tally", "whether there is enough"],
  ["who's ordered so far?", "tally", "who is in"],
  ["can we see the list?", "tally", "a request"],
  ["are we over 20kg yet", "tally", "with a number"],
  ["多少人接龙了", "tally", "how many people"],
  ["够起团了没", "tally", "whether there is enough"],
  ["够吗", "none", "enough of what?"],
]);

const KOREAN = goods("Kimchi/tub", "Tofu/block(soft|firm)", "Bean sprouts/bag");

promise("what is thrown out, or agreed to", KOREAN, [
  ["lose the tofu", "2=0", "a short word for cancelling", { mine: { 2: 1 } }],
  ["+1 on the tofu being great", "none", "a vote"],
  ["+1 tofu", "2+1", "no vote"],
]);

const HAWKER = goods("Laksa/portion", "Mee rebus/portion", "Mee siam/portion", "Otah/pkt");

promise("what goods should be without is a note, and nothing is dropped", HAWKER, [
  ["2 laksa no cockles, 1 mee siam", "1=2 3=1", "no"],
  ["2 laksa without cockles, 1 mee siam", "1=2 3=1", "without"],
  ["2 laksa with no cockles, 1 mee siam", "1=2 3=1", "with no"],
  ["1 mee siam and 2 laksa no cockles pls", "3=1 1=2", "in the last line"],
  ["2 laksa dun want cockles, 1 mee siam", "1=2 3=1", "in Singapore"],
  ["2 laksa dont put chilli, 1 mee siam", "1=2 3=1", "a wish to the cook"],
  ["2 laksa no more cockles, 1 mee siam", "1=2 3=1", "no more"],
  ["laksa no hum x2, mee siam x1", "1=2 3=1", "before the quantity"],
  ["2 laksa no otah, 1 mee siam", "1=2 4=0 3=1", "goods of the buy are cancelled", { mine: { 4: 1 } }],
  ["no cockles please", "none", "of nothing"],
  ["the 2 laksa had no taste", "none", "a complaint"],
]);

const DIMSUM = goods("蝦餃/籠", "燒賣/籠", "牛腩麵/碗");

promise("what goods should be without, in Cantonese and Mandarin", DIMSUM, [
  ["牛腩麵2碗走青，燒賣1籠", "3=2 2=1", "走"],
  ["牛腩麵走青2碗，燒賣1籠", "3=2 2=1", "before the quantity"],
  ["2碗牛腩麵走芫茜 1籠燒賣", "3=2 2=1", "without a comma"],
  ["牛腩面2碗免葱，烧卖1笼", "3=2 2=1", "免"],
  ["牛腩麵2碗唔要蔥，燒賣1籠", "3=2 2=1", "唔要"],
  ["牛腩面2碗不要香菜，烧卖1笼", "3=2 2=1", "不要"],
  ["牛腩麵不要了，燒賣1籠", "3=0 2=1", "nothing is left out, all is off", { mine: { 3: 2 } }],
]);

promise("a size that is part of a name", goods("Chicken & rice kibble 2kg/bag", "Tuna pouches/box", "Cat litter/bag"), [
  ["the 2kg kibble, 3 bags", "1=3", "the quantity behind a comma"],
  ["3 bags of the 2kg kibble", "1=3", "the quantity first"],
  ["2kg kibble, 3", "1=3", "a bare number"],
  ["chicken kibble 2kg, 3 bags, 1 cat litter", "1=3 3=1", "the size behind the name"],
  ["2kg kibble, tuna pouches 3 boxes", "unclear unit", "no quantity of its own"],
  ["5kg kibble, 3 bags", "unclear unit", "another size"],
  ["2kg cat litter, 3 bags", "unclear unit", "goods without a size"],
]);

const FLOWERS = goods("洋桔梗/扎(白|粉|紫)", "向日葵/枝", "多肉拼盘/盆");

promise("what the household says is one's own wish", FLOWERS, [
  ["我家那位说再拿一盆多肉", "3+1", "with a word of more", { mine: { 3: 1 } }],
  ["我家那位說再拿一盆多肉", "3+1", "in traditional characters", { mine: { 3: 1 } }],
  ["老婆说要一盆多肉", "3=1", "with a plain wish"],
  ["孩子说想要2枝向日葵", "2=2", "children"],
  ["我家领导说再加2枝向日葵", "2+2", "whoever leads the house"],
  ["我妈说2枝向日葵不新鲜", "none", "no wish"],
  ["老板说再拿一盆多肉就没了", "none", "nobody of the house"],
  ["老公问要不要来一盆多肉", "none", "a question"],
]);

promise("flats of Taiwan, with and without a name", goods("滴雞精/盒"), [
  ["4F-2 王媽媽：滴雞精2盒", "1=2 for 4F-2 王媽媽", "a floor and its door"],
  ["4樓之2 王媽媽：滴雞精2盒", "1=2 for 4樓之2 王媽媽", "the same in characters"],
  ["7號5樓 阿玲：滴雞精+1", "1+1 for 7號5樓 阿玲", "house and floor"],
  ["A棟4F-2：滴雞精2盒", "1=2 for A棟4F-2", "a building"],
  ["12F-1 陳小姐 滴雞精2盒", "1=2 for 12F-1 陳小姐", "without a colon"],
  ["4F-2 滴雞精2盒", "1=2 for 4F-2", "the flat alone"],
  ["滴雞精2盒 4F-2", "1=2", "at the end it takes nothing away"],
]);

promise("who asks what they owe or have ordered, in Hong Kong and in two languages", DIMSUM, [
  ["我爭你幾多錢呀", "mine", "爭 is to owe", { mine: { 1: 2 } }],
  ["我仲爭你幾多", "mine", "still", { mine: { 1: 2 } }],
  ["我要俾返幾多你", "mine", "to give back", { mine: { 1: 2 } }],
  ["我應該過幾多數畀你", "mine", "to transfer", { mine: { 1: 2 } }],
  ["check 下我 order 了什么", "mine", "in two languages", { mine: { 1: 2 } }],
  ["check下我落咗幾多", "mine", "in Cantonese", { mine: { 1: 2 } }],
  ["帮我 check 一下我的 order", "mine", "a request", { mine: { 1: 2 } }],
  ["我的 order 是什么来着", "mine", "a question", { mine: { 1: 2 } }],
  ["你爭我幾多錢", "none", "the other way round"],
  ["check 下还有没有货", "none", "of the goods"],
]);

const FARMBOX = goods("Apples/kg", "Pears/kg", "Eggs/tray", "Sourdough loaf/loaf", "Hummus/tub(plain|beetroot)");

promise("nothing is dropped beside other lines", FARMBOX, [
  ["2 kg apples not the bruised ones, 1 loaf", "1=2 4=1", "what they should not be"],
  ["2 loaves one sliced one not, 1kg pears", "unclear unknown-item", "words about goods that nobody understands"],
  ["2kg apples, 1 loaf, hummus", "unclear quantity", "a name alone in a list"],
  ["2kg apples, 1 loaf n hummus plain", "unclear quantity", "a name alone behind and"],
  ["2kg apples, pears same, eggs 1", "unclear unknown-item", "the same as what?"],
  ["2kg apples, 1 loaf, 2 big mangoes", "unclear unknown-item", "goods that nobody sells"],
  ["2kg apples, 1 loaf, 2 kg of ripe mangoes", "unclear unknown-item", "the same by weight"],
  ["2kg apples, one of your quiches, 1 loaf", "unclear unknown-item", "what is not understood takes no loaf with it"],
  ["2kg apples, another thing - is the loaf sliced?", "1=2", "a question is no loaf"],
  ["2kg apples, 1 loaf, one question", "1=2 4=1", "no goods"],
]);

promise("nothing is dropped beside other lines, in Chinese", goods("苹果/斤", "雪梨/斤", "鸡蛋/板"), [
  ["苹果2斤别太小，鸡蛋1板", "1=2 3=1", "what they should not be"],
  ["蘋果2斤別給我壞的，雞蛋1板", "1=2 3=1", "in traditional characters"],
  ["苹果2斤因为孩子爱吃，鸡蛋1板", "1=2 3=1", "why"],
  ["苹果2斤还是上次那种，鸡蛋1板", "1=2 3=1", "which"],
  ["苹果2斤放保安室，鸡蛋1板", "1=2 3=1", "where it goes"],
  ["苹果2斤一半青一半黄，鸡蛋1板", "1=2 3=1", "words that nobody understands are a note"],
  ["苹果2斤，雪梨看情况，鸡蛋1板", "unclear unknown-item", "what is open says nothing of the rest"],
  ["鸡蛋1板给老人吃的，苹果2斤", "3=1 1=2", "who eats it is nobody it is for"],
  ["2斤苹果放保安那了", "none", "where it has been put"],
  ["苹果2斤坏了", "none", "a complaint"],
]);

promise("so much as the money buys", goods("苹果/斤", "雪梨/斤", "鸡蛋/板"), [
  ["要10块钱苹果", "unclear quantity", "nobody can tell how much that is"],
  ["苹果买20块钱的", "unclear quantity", "behind the name"],
  ["蘋果來10塊錢，雞蛋1板", "unclear quantity", "beside a line"],
  ["苹果10块钱一斤", "none", "a price"],
  ["10一斤的苹果来2斤", "1=2", "which, by its price"],
]);

promise("second thoughts without a comma, totals and remainders", FARMBOX, [
  ["two kilos apples no wait three kilos apples", "1=3", "spoken"],
  ["two kilos apples scratch that three", "1=3", "a number alone"],
  ["2kg apples and a loaf, no wait, 3kg apples", "4=1 1=3", "the line of the same goods is taken back"],
  ["add 2kg apples total 3", "1=3", "the total is what is meant", { mine: { 1: 1 } }],
  ["2kg apples, 4 in total", "unclear quantity", "two figures that contradict"],
  ["apples 1 -> 2", "1=2", "an arrow", { mine: { 1: 1 } }],
  ["i take all the apples", "unclear quantity", "however much that is"],
  ["2kg apples, almost forgot 1 tray eggs", "1=2 3=1", "an afterthought"],
  ["apples 2kg, for my sis also 1", "1=2 1=1@my sis", "for somebody else beside one's own"],
]);

promise("second thoughts in Chinese", goods("牛腩/斤", "青菜/把", "豆腐/盒(嫩|老)"), [
  ["牛腩一斤不对两斤", "1=2", "without a comma"],
  ["牛腩一斤，等等，还是两斤吧", "1=2", "a moment later"],
  ["牛腩一斤，算了，两斤吧", "1=2", "given up, and then"],
  ["我要2斤牛腩，唔係，3斤", "1=3", "in Cantonese"],
  ["牛腩2斤，这次要嫩的，青菜2把", "unclear quantity", "an option of other goods is a remark, or not"],
  ["牛腩2斤帮切，青菜2把", "1=2 2=2", "what is to be done with it is nobody's name"],
  ["我和我妹各要一斤牛腩", "unclear quantity", "for each of two people"],
  ["我 order 了两斤牛腩", "none", "an order that stands"],
]);

promise("a size of two figures is no line", goods("Wood screws 4x40/box", "Paint roller/set"), [
  ["4x40 screws, 1 box please", "1=1", "the quantity stands behind the comma"],
]);
