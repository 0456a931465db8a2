import { FRUIT, goods, promise, SHOP } from "./support.ts";

promise("by name", FRUIT, [
  ["蘋果2斤", "1=2", "traditional"],
  ["大樱桃2盒", "4=2", "an alias"],
  ["大櫻桃兩盒", "4=2", "an alias in traditional"],
  ["樱桃 2盒", "4=2", "the name itself"],
  ["西瓜1个", "unclear unknown-item", "not in the catalog"],
  ["我要西瓜3个", "unclear unknown-item", "not in the catalog, and wished"],
  ["苹果2斤 西瓜1个", "unclear unknown-item", "nothing is half-taken"],
  ["香蕉3斤", "unclear unknown-item", "not in the catalog"],
  ["三文鱼2斤", "unclear unknown-item", "三 belongs to the product"],
  ["苹果汁2瓶", "unclear unknown-item", "another product that begins with the name"],
  ["青苹果2斤", "unclear unknown-item", "another product that ends with the name"],
  ["梨子2斤", "2=2", "子 is no other product"],
]);

promise("parts of names", goods("智利车厘子JJ级/盒", "红富士苹果/斤", "冰糖橙/斤", "血橙/斤", "青苹果/斤", "苹果/斤"), [
  ["车厘子2盒", "1=2", "a part that fits one"],
  ["智利车厘子 2", "1=2", "a part that fits one"],
  ["jj级 2盒", "1=2", "a part that fits one"],
  ["红富士2斤", "2=2", "a part that fits one"],
  ["橙2斤", "unclear item", "a part that fits two"],
  ["橙子2斤", "unclear item", "a part that fits two, with 子"],
  ["苹果2斤", "6=2", "a whole name over parts of others"],
  ["青苹果2斤", "5=2", "a whole name"],
  ["冰糖2斤", "3=2", "a part that fits one"],
]);

promise(
  "latin names",
  goods(
    "Fuji apples 5kg",
    "Green apples",
    "Cherry tomatoes/punnet",
    "Potatoes/kg",
    "Red wine/bottle",
    "White wine/bottle",
    "Coca-Cola=coke|coca cola",
    "Fish and chips(regular|large)",
  ),
  [
    ["fuji x2", "1=2", "a part that fits one"],
    ["FUJI X2", "1=2", "capitals"],
    ["ｆｕｊｉ　ｘ２", "1=2", "full width"],
    ["2 apples", "unclear item", "a part that fits two"],
    ["green apple 3", "2=3", "singular"],
    ["3 green apples", "2=3", "plural"],
    ["cherry tomato 2", "3=2", "singular of -oes"],
    ["1 punnet of cherry tomatoes", "3=1", "own unit"],
    ["potato 2kg", "4=2", "singular of -oes"],
    ["2 wine please", "unclear item", "a part that fits two"],
    ["red 2", "5=2", "a part that fits one"],
    ["2 bottles of white", "6=2", "a part that fits one"],
    ["coke x6", "7=6", "an alias"],
    ["coca cola x6", "7=6", "an alias"],
    ["cocacola x6", "unclear unknown-item", "not as any name is written"],
    ["2 large fish and chips", "8=2[large]", "'and' in a name"],
    ["2 fish & chips", "8=2", "& for and"],
    ["1 fish and chips, 2 red wine", "8=1 5=2", "'and' in a name, a comma between"],
    ["2 melons please", "unclear unknown-item", "not in the catalog"],
    ["can I have 2 lobsters please", "unclear unknown-item", "not in the catalog"],
    ["+2 lobsters", "unclear unknown-item", "not in the catalog"],
    ["2 custard apples please", "unclear unknown-item", "another product that ends so"],
  ],
);

promise("slips", goods("Yoghurt/tub", "Mango/kg", "Strawberries/punnet", "Pear/kg", "Carrots", "Parrots"), [
  ["yogurt x3", "1=3", "a letter left out"],
  ["yoghurrt x3", "1=3", "a letter put in"],
  ["yoghuet x3", "1=3", "a letter changed"],
  ["yohgurt x3", "1=3", "two neighbours swapped"],
  ["manog 2kg", "2=2", "two neighbours swapped"],
  ["strawberies 2", "3=2", "a letter left out"],
  ["strawbery 2", "3=2", "a slip in the singular"],
  ["paer 2kg", "unclear unknown-item", "too short for a slip"],
  ["yogart x3", "unclear unknown-item", "two slips"],
  ["barrots 2", "unclear item", "a slip from two names"],
]);

promise("by sound", goods("草莓/盒", "苹果/斤", "榴莲/个", "香蕉/斤", "红薯/斤", "红糖/袋"), [
  ["草梅2盒", "1=2", "a homophone"],
  ["草没2盒", "1=2", "a homophone with a word of another meaning in it"],
  ["平果两斤", "2=2", "a homophone"],
  ["频果2斤", "unclear unknown-item", "pin is not ping"],
  ["流连1个", "3=1", "a homophone"],
  ["香焦3斤", "4=3", "a homophone"],
  ["pingguo+2", "2+2", "pinyin"],
  ["ping guo 2斤", "2=2", "pinyin with a blank"],
  ["PINGGUO 2斤", "2=2", "pinyin in capitals"],
  ["caomei x2", "1=2", "pinyin"],
  ["pg+2", "2+2", "initials"],
  ["PG 2斤", "2=2", "initials in capitals"],
  ["ll+1", "3+1", "initials"],
  ["xj 2", "4=2", "initials"],
  ["hs 2斤", "5=2", "initials"],
  ["ht 2", "6=2", "initials"],
  ["我要caomei", "1=1", "pinyin in a wish"],
  ["ms+2", "1+2", "initials that are also a title", { items: goods("美式/杯", "拿铁/杯") }],
  ["猫粮2袋", "unclear unknown-item", "food for the cat is goods", { items: goods("猫砂/袋", "狗绳/条") }],
  ["草梅多少钱", "none", "a question all the same"],
]);

promise("a bundle named with what it holds", goods("火锅底料/包", "火锅底料 5包/5包", "海带/份", "土豆 3斤/3斤"), [
  ["火锅底料5包", "2=1", "the five are the bundle, and one of it is meant"],
  ["火锅底料5包 +2", "2+2", "a quantity of its own"],
  ["火锅底料5包，海带2份，土豆3斤", "2=1 3=2 4=1", "in a list"],
  ["火锅底料3包", "1=3", "another number is of the single ones"],
  ["火锅底料5包多少钱", "none", "a question"],
]);

promise("sounds that fit two", goods("李子/斤", "梨子/斤", "红枣/斤", "红糟/斤"), [
  ["lizi 2斤", "unclear item", "pinyin that fits two"],
  ["离子2斤", "unclear item", "a homophone that fits two"],
  ["hz 2斤", "unclear item", "initials that fit two"],
  ["梨子2斤", "2=2", "the name itself"],
]);

promise("by number", goods("嫩豆腐", "老豆腐", "豆浆", "油条"), [
  ["#2 x3", "2=3", "hash"],
  ["#2 3", "2=3", "hash"],
  ["#2+1", "2+1", "hash"],
  ["#2 要3份", "2=3", "hash with a wish"],
  ["2号3份", "2=3", "号"],
  ["2号要3份", "2=3", "号"],
  ["2号+1", "2+1", "号"],
  ["1号2份 3号1份", "1=2 3=1", "two of them"],
  ["1号和3号各2份", "1=2 3=2", "each"],
  ["No.2 x3", "2=3", "No."],
  ["no 2 x 3", "2=3", "no"],
  ["№2 x3", "2=3", "the sign for it"],
  ["item 3 x2", "3=2", "item"],
  ["②+1", "2+1", "circled"],
  ["②2份", "2=2", "circled"],
  ["②③各一份", "2=1 3=1", "circled, each"],
  ["第二个要2份", "2=2", "ordinal"],
  ["第2款来一份", "2=1", "ordinal"],
  ["the second one x2", "2=2", "ordinal"],
  ["1+2 3+1", "1+2 3+1", "pairs"],
  ["1+2，3+1", "1+2 3+1", "pairs with a comma"],
  ["1+2\n3+1", "1+2 3+1", "pairs on lines"],
  ["4+2", "4+2", "one pair"],
  ["5+2", "unclear unknown-item", "no item 5"],
  ["#9 x2", "unclear unknown-item", "no item 9"],
  ["⑤+1", "unclear unknown-item", "no item 5"],
  ["9号2份", "unclear unknown-item", "no item 9"],
  ["2号到货吗", "none", "a day"],
  ["2号可以取货", "none", "a day"],
  ["+2", "unclear item", "which?"],
  ["2份", "unclear item", "which?"],
  ["我要两份", "unclear item", "which?"],
  ["2", "none", "a bare number that replies to nothing"],
  ["2", "unclear item", "a bare number in a reply", { reply: true }],
  ["豆腐2份", "unclear item", "a part that fits two"],
  ["豆腐要老的2份", "unclear item", "a part that fits two"],
]);

promise("by letter", goods("A 原味蛋捲/盒", "B 芝麻蛋捲/盒", "C 海苔蛋捲/盒"), [
  ["A+1 C+2", "1+1 3+2", "letters"],
  ["a+1 c+2", "1+1 3+2", "small letters"],
  ["B款2盒", "2=2", "款"],
  ["B 2", "2=2", "a blank"],
  ["B2盒", "2=2", "no blank"],
  ["我要B款2盒", "2=2", "in a wish"],
  ["D+1", "unclear unknown-item", "no item D"],
  ["芝麻2盒", "2=2", "a part of the name"],
  ["蛋捲2盒", "unclear item", "a part that fits three"],
  ["原味蛋卷2盒", "1=2", "the name without its letter"],
]);

promise("letters with brackets", goods("A) Apples", "B) Pears", "C) Figs"), [
  ["A x2", "1=2", "letter"],
  ["2 apples", "1=2", "name"],
  ["B+2, C+1", "2+2 3+1", "letters"],
  ["I want a pear", "2=1", "'a' is an article here"],
]);

promise("what only one item is sold by", goods("Rye bread/loaf", "Yoghurt/tub", "Duck eggs/pcs", "菜籽油/桶"), [
  ["2 tubs", "2=2", "a unit of one item only"],
  ["2 tubs please", "2=2", "a unit of one item only"],
  ["3 loaves please", "1=3", "a unit of one item only"],
  ["来一桶", "4=1", "a unit of one item only"],
  ["2 bottles", "unclear item", "a unit of no item"],
  ["2 pcs", "unclear item", "a neutral word is of any item"],
]);

promise("two names in one", goods("豆浆 Soy milk/杯", "油条 Dough stick/条", "甜豆花 Tau huay/份"), [
  ["soy milk x2", "1=2", "its English name"],
  ["油条+3", "2+3", "its Chinese name"],
  ["豆 2份", "unclear item", "a part that fits two"],
  ["1 tau huay, 2 dough stick pls", "3=1 2=2", "English names"],
  ["豆浆也来一杯", "1=1", "也 between name and wish"],
  ["soymilk 2杯", "unclear unknown-item", "not as it is written", {}],
]);

promise("which item was spoken of", SHOP, [
  ["apples look good. 2 kg please", "1=2", "the only item spoken of"],
  ["are the apples sweet? I'll take 2 kg", "1=2", "the only item spoken of"],
  ["2 kg please", "unclear item", "two items are sold by mass"],
  ["2 bags please", "3=2", "only one is sold by the bag"],
  ["another one please", "unclear item", "which?"],
  ["another one please", "3+1", "the only line of the order", { mine: { 3: 1 } }],
  ["one less", "3-1", "the only line of the order", { mine: { 3: 2 } }],
  ["one less", "unclear item", "which of two?", { mine: { 1: 1, 3: 2 } }],
  ["make it 3", "3=3", "the only line of the order", { mine: { 3: 2 } }],
  ["make it 3", "unclear item", "which?"],
  ["-1", "3-1", "the only line of the order", { mine: { 3: 2 } }],
  ["改成3", "3=3", "the only line of the order", { mine: { 3: 2 } }],
  ["+1", "unclear item", "which?", { mine: { 3: 2 } }],
]);
