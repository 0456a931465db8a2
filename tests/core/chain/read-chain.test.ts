import { describe, expect, test } from "vitest";
import type { CatalogItem } from "../../../core/interpret/context.ts";
import { read } from "./reading.ts";

const meat: CatalogItem[] = [
  { name: "牛腩", unit: "斤", price: 4600 },
  { name: "排骨", unit: "斤", price: 3800 },
  { name: "鸡翅", unit: "斤", price: 2200 },
];
const fruit: CatalogItem[] = [
  { name: "红富士苹果", unit: "斤", aliases: ["苹果"] },
  { name: "砀山梨", unit: "斤", aliases: ["梨"] },
  { name: "阳光玫瑰", unit: "盒" },
];
const pomelo: CatalogItem[] = [{ name: "柚子", unit: "个", price: 1200 }];
const cherries: CatalogItem[] = [{ name: "山东大樱桃", unit: "盒", aliases: ["樱桃"] }];
const pantry: CatalogItem[] = [
  { name: "Granola", unit: "bag", price: 1100 },
  { name: "Peanut butter", unit: "jar", price: 750 },
];
const eggs: CatalogItem[] = [{ name: "Kampung eggs", unit: "tray", price: 850 }];
const cake: CatalogItem[] = [{ name: "蘿蔔糕", unit: "盒", price: 6500 }];
const tofu: CatalogItem[] = [
  { name: "豆腐", unit: "块" },
  { name: "豆浆", unit: "瓶" },
];
const drinks: CatalogItem[] = [
  { name: "奶茶", unit: "杯", options: ["大", "中"] },
  { name: "柠檬茶", unit: "杯", options: ["大", "中"] },
];

interface Row {
  readonly items: readonly CatalogItem[];
  readonly text: string;
  readonly title?: string;
  readonly chain?: string;
  readonly earlier?: readonly string[];
  /** "name | item:quantity …", "name | cancelled", "name | ?" for one that is kept as text. */
  readonly entries: readonly string[];
  readonly changes?: readonly string[];
  readonly why: string;
}

function run(rows: readonly Row[]) {
  for (const { items, text, chain, earlier, why, ...expected } of rows) {
    test(`${why}: ${text.slice(0, 60).replaceAll("\n", " / ")}`, () => {
      const found = read(text, items, chain, earlier);

      expect(found?.entries).toEqual(expected.entries);
      expect(found?.title).toBe(expected.title ?? "");
      if (expected.changes) expect(found?.changes?.toSorted()).toEqual(expected.changes.toSorted());
    });
  }
}

describe("marker, title and example lines", () => {
  run([
    {
      items: meat,
      text: "#接龙\n冷冻专场 ❄️\n牛腩 46/斤，排骨 38/斤\n例 18-602 米米 牛腩1 排骨2\n\n1. 18-602 米米 牛腩1 排骨2",
      title: "冷冻专场 ❄️\n牛腩 46/斤，排骨 38/斤",
      entries: ["18-602 米米 | 1:1 2:2"],
      why: "the example line is neither title nor entry",
    },
    {
      items: meat,
      text: "#接龙\n鲜肉团\n例如：张三 牛腩1\n格式：房号 姓名 数量\n1. 巧巧 牛腩2",
      title: "鲜肉团\n格式：房号 姓名 数量",
      entries: ["巧巧 | 1:2"],
      why: "格式 belongs to the title, 例如 does not",
    },
    {
      items: meat,
      text: "#接龙 鲜肉团\n1. 例：张三 牛腩1\n2. 巧巧 牛腩2",
      title: "鲜肉团",
      entries: ["巧巧 | 1:2"],
      why: "an example with a number is no entry",
    },
    {
      items: pantry,
      text: "#Group Note\nPantry run\nEg. Sam 1 granola\n\n1. Nurul 2 granola",
      title: "Pantry run",
      entries: ["Nurul | 1:2"],
      why: "an English example",
    },
    {
      items: pantry,
      text: "#Group Note\nPantry run\nExample: Sam 1 granola\n\n1. Nurul 2 granola",
      title: "Pantry run",
      entries: ["Nurul | 1:2"],
      why: "another English example",
    },
    {
      items: meat,
      text: "#接龙\n鲜肉团\n例：\n1. 张三 牛腩1\n\n1. 巧巧 牛腩2",
      title: "鲜肉团",
      entries: ["巧巧 | 1:2"],
      why: "an example on the line below its word",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n例 张三 一个\n1. 豆苗 两个",
      title: "柚子",
      entries: ["豆苗 | 1:2"],
      why: "an example without a digit ends with its line",
    },
    {
      items: [{ name: "例汤", unit: "份" }],
      text: "#接龙\n例汤 25元\n1. 小王 例汤2份",
      title: "例汤 25元",
      entries: ["小王 | 1:2"],
      why: "例汤 is a soup",
    },
    {
      items: meat,
      text: "＃接龙：鲜肉团\n１．巧巧 牛腩２\n２．裴叔 排骨１",
      title: "鲜肉团",
      entries: ["巧巧 | 1:2", "裴叔 | 2:1"],
      why: "everything full width",
    },
    {
      items: meat,
      text: "接龙：明天的肉\n1、巧巧 牛腩2",
      title: "明天的肉",
      entries: ["巧巧 | 1:2"],
      why: "the marker without a sign, one entry",
    },
    {
      items: meat,
      text: "接龙\n明天的肉\n1、巧巧 牛腩2",
      title: "明天的肉",
      entries: ["巧巧 | 1:2"],
      why: "the marker on a line of its own",
    },
    { items: meat, text: "#接龙\n鲜肉团\n\n", title: "鲜肉团", entries: [], why: "a chain without entries yet" },
    { items: meat, text: "#接龙\n鲜肉团\n1. \n", title: "鲜肉团", entries: [], why: "a blank entry is none" },
    {
      items: pomelo,
      text: "#接龙\n2元/个 柚子（10个一袋）\n11.30到\n\n1. 桂姨 10个\n2. 4单元 6个\n2. 阿文 20个",
      title: "2元/个 柚子（10个一袋）\n11.30到",
      entries: ["桂姨 | 1:10", "4单元 | 1:6", "阿文 | 1:20"],
      why: "prices and dates at the start of a line are no numbers",
    },
    {
      items: fruit,
      text: "#接龙\n1. 苹果 5元/斤\n2. 梨 4元/斤\n3. 阳光玫瑰 38元一盒\n\n1. 小王 苹果2\n2. 小李 梨3",
      title: "1. 苹果 5元/斤\n2. 梨 4元/斤\n3. 阳光玫瑰 38元一盒",
      entries: ["小王 | 1:2", "小李 | 2:3"],
      why: "numbered prices are title",
    },
    {
      items: fruit,
      text: "#接龙\n1. 苹果 5元/斤\n2. 梨 4元/斤",
      title: "1. 苹果 5元/斤\n2. 梨 4元/斤",
      entries: [],
      why: "prices alone are title: nobody has ordered yet",
    },
    {
      items: fruit,
      text: "#接龙\n水果\n①苹果 5元/斤 ②梨 4元/斤\n1. 小王 ①2斤 ②1斤",
      title: "水果\n①苹果 5元/斤 ②梨 4元/斤",
      entries: ["小王 | 1:2 2:1"],
      why: "the menu has circled numbers, the order refers to them",
    },
    {
      items: [{ name: "晚餐", unit: "份" }],
      text: "#接龙\n6.8号晚餐（30元）\n  1.凉拌牛肉\n  2.客家酿豆腐\n  3.冬瓜汤\n例 杏子  1份\n\n1. 杏子   8份晚餐\n2. lucy   1份晚餐",
      title: "6.8号晚餐（30元）\n1.凉拌牛肉\n2.客家酿豆腐\n3.冬瓜汤",
      entries: ["杏子 | 1:8", "lucy | 1:1"],
      why: "dishes with numbers stand above the example line",
    },
    {
      items: [{ name: "晚餐", unit: "份" }],
      text: "#接龙\n晚餐\n1.凉拌牛肉\n2.冬瓜汤\n\n1. 杏子 8份\n2. lucy 1份",
      title: "晚餐\n1.凉拌牛肉\n2.冬瓜汤",
      entries: ["杏子 | 1:8", "lucy | 1:1"],
      why: "the last run of numbered lines",
    },
    {
      items: [{ name: "晚餐", unit: "份" }],
      text: "#接龙\n晚餐\n1.凉拌牛肉\n2.冬瓜汤\n例 杏子 1份",
      title: "晚餐\n1.凉拌牛肉\n2.冬瓜汤",
      entries: [],
      why: "nothing below the example line",
    },
  ]);
});

describe("numbers of entries", () => {
  run([
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 排骨1\n\n3. 小鹿 牛腩1\n3. 裴叔 鸡翅1",
      title: "肉",
      entries: ["巧巧 | 2:1", "小鹿 | 1:1", "裴叔 | 3:1"],
      why: "gaps, repeats and blank lines",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 排骨1\n1. 小鹿 牛腩1\n2. 裴叔 鸡翅1",
      title: "肉",
      entries: ["巧巧 | 2:1", "小鹿 | 1:1", "裴叔 | 3:1"],
      why: "two people began at once",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 排骨1\n\n1. 小鹿 牛腩1\n2. 裴叔 鸡翅1",
      title: "肉",
      entries: ["巧巧 | 2:1", "小鹿 | 1:1", "裴叔 | 3:1"],
      why: "two people began at once, with a blank line between",
    },
    {
      items: meat,
      text: "#接龙\n①巧巧 排骨1\n②小鹿 牛腩1\n③裴叔 鸡翅1",
      entries: ["巧巧 | 2:1", "小鹿 | 1:1", "裴叔 | 3:1"],
      why: "circled",
    },
    {
      items: meat,
      text: "#接龙\n1️⃣巧巧 排骨1\n2️⃣小鹿 牛腩1",
      entries: ["巧巧 | 2:1", "小鹿 | 1:1"],
      why: "keycaps",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1.502 排骨1\n2.601 牛腩2\n3.12-3 鸡翅1",
      title: "肉",
      entries: ["502 | 2:1", "601 | 1:2", "12-3 | 3:1"],
      why: "flats right behind the point",
    },
    {
      items: meat,
      text: "报一下\n1，巧巧 排骨1\n2，3-302 牛腩2",
      title: "报一下",
      entries: ["巧巧 | 2:1", "3-302 | 1:2"],
      why: "commas behind the numbers",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1 巧巧 排骨1\n2 小鹿 牛腩1",
      title: "肉",
      entries: ["巧巧 | 2:1", "小鹿 | 1:1"],
      why: "only a blank behind the number, but counting up from 1",
    },
    {
      items: pomelo,
      text: "1. 张三 2个\n2、3栋王姐 1\n3)李雷",
      entries: ["张三 | 1:2", "3栋王姐 | 1:1", "李雷 | 1:1"],
      why: "each in another style",
    },
  ]);
});

describe("names", () => {
  run([
    {
      items: meat,
      text: "#接龙\n1. 18-602 米米 牛腩1\n2. 4-205老高 排骨2\n3. 3栋2单元501 小王 鸡翅1\n4. 902房 牛腩2 鸡翅1",
      entries: ["18-602 米米 | 1:1", "4-205老高 | 2:2", "3栋2单元501 小王 | 3:1", "902房 | 1:2 3:1"],
      why: "a flat stays in the name",
    },
    {
      items: meat,
      text: "#接龙\n1. 牛腩2斤 小王\n2. 排骨3斤 鸡翅1斤 3-502\n3. 鸡翅1 902房",
      entries: ["小王 | 1:2", "3-502 | 2:3 3:1", "902房 | 3:1"],
      why: "the name at the end",
    },
    {
      items: meat,
      text: "#接龙\n1. 小王牛腩2斤\n2. 老李排骨两斤半\n3. 张三三斤鸡翅\n4. 王五鸡翅2",
      entries: ["小王 | 1:2", "老李 | 2:2.5", "张三 | 3:3", "王五 | 3:2"],
      why: "glued to the order",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 张三2个\n2. 李四两个\n3. 王五+1\n4. 赵六x3\n5. 小二黑 3",
      title: "柚子",
      entries: ["张三 | 1:2", "李四 | 1:2", "王五 | 1:1", "赵六 | 1:3", "小二黑 | 1:3"],
      why: "numerals in names",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 🐳阿鲸 +2\n2. 🌸🌸 1\n3. 🍊橙子妈 2个\n4. 小太阳☀️ +1",
      title: "柚子",
      entries: ["🐳阿鲸 | 1:2", "🌸🌸 | 1:1", "🍊橙子妈 | 1:2", "小太阳☀️ | 1:1"],
      why: "emoji",
    },
    {
      items: pantry,
      text: "#Group Note\n1. Old Mr Chia 1 granola 1 peanut butter\n2. Nurul - peanut butter x3\n3. Tan Ah Kow: 2 granola\n4. J.R. Lim 1 granola\n5. #08-123 Siti 2 peanut butter",
      entries: ["Old Mr Chia | 1:1 2:1", "Nurul | 2:3", "Tan Ah Kow | 1:2", "J.R. Lim | 1:1", "#08-123 Siti | 2:2"],
      why: "English names",
    },
    {
      items: pantry,
      text: "#Group Note\n1. Blk 9 #03-12 2 granola\n2. Flat 3B 1 peanut butter\n3. 12A 2 granola",
      entries: ["Blk 9 #03-12 | 1:2", "Flat 3B | 2:1", "12A | 1:2"],
      why: "English flats alone",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 904\n2. 1203 2\n3. 7幢小贾\n4. 1404殷老师 2个",
      title: "柚子",
      entries: ["904 | 1:1", "1203 | 1:2", "7幢小贾 | 1:1", "1404殷老师 | 1:2"],
      why: "a flat is never a quantity",
    },
    {
      items: meat,
      text: "#接龙\n1. 小王：牛腩2\n2. 小李-排骨1\n3. 小陈——鸡翅2\n4. 小赵，牛腩1，鸡翅1\n5. 小钱/排骨2",
      entries: ["小王 | 1:2", "小李 | 2:1", "小陈 | 3:2", "小赵 | 1:1 3:1", "小钱 | 2:2"],
      why: "signs between name and order",
    },
    {
      items: meat,
      text: "#接龙\n1. 小王 要牛腩2斤\n2. 小李要排骨1斤\n3. 小陈 我要鸡翅2斤 谢谢",
      entries: ["小王 | 1:2", "小李 | 2:1", "小陈 | 3:2"],
      why: "words of wishing are no part of the name",
    },
    {
      items: pantry,
      text: "#Group Note\n1. Sam (Blk 9) 2 granola\n2. 梁太（10樓D） granola 1",
      entries: ["Sam (Blk 9) | 1:2", "梁太（10樓D） | 1:1"],
      why: "a name with brackets",
    },
    {
      items: meat,
      text: "#接龙\n1. 机工 纪兆林 牛腩3斤\n2. Ken仔 1斤鸡翅1斤排骨",
      entries: ["机工 纪兆林 | 1:3", "Ken仔 | 3:1 2:1"],
      why: "a name of two words, quantities before the items",
    },
  ]);
});

describe("what an entry orders", () => {
  run([
    {
      items: meat,
      text: "#接龙\n1. 巧巧 两斤排骨\n2. 2-1-502 鸡翅一斤半（剁开）\n3. 裴叔 牛腩1斤 备注：要2cm小块",
      entries: ["巧巧 | 2:2", "2-1-502 | 3:1.5", "裴叔 | 1:1"],
      why: "numerals and notes",
    },
    {
      items: meat,
      text: "#接龙\n1. 巧巧\n排骨1\n鸡翅2\n2. 裴叔 牛腩1\n要肥一点",
      entries: ["巧巧 | 2:1 3:2", "裴叔 | 1:1"],
      why: "an unnumbered line belongs to the entry above it",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 小王\n2. 小李\n3. 小陈",
      title: "柚子",
      entries: ["小王 | 1:1", "小李 | 1:1", "小陈 | 1:1"],
      why: "names alone, the title names the item",
    },
    {
      items: pomelo,
      text: "#接龙\n周五到货\n1. 小王\n2. 小李 2个",
      title: "周五到货",
      entries: ["小王 | 1:1", "小李 | 1:2"],
      why: "names alone, another entry has a quantity",
    },
    {
      items: [{ name: "土鸡蛋", unit: "盒" }],
      text: "#接龙\n7点篮球场打匹克球\n\n1. KL\n2. 小安姐",
      title: "7点篮球场打匹克球",
      entries: ["KL | ?", "小安姐 | ?"],
      why: "a chain about something else orders nothing",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 排骨1\n2. 小鹿",
      title: "肉",
      entries: ["巧巧 | 2:1", "小鹿 | ?"],
      why: "a name alone where there are several items",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 2斤\n2. 小鹿 鸡腿2斤\n3. 裴叔 牛腩1",
      title: "肉",
      entries: ["巧巧 | ?", "小鹿 | ?", "裴叔 | 1:1"],
      why: "an unknown item or none: kept as text",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 牛腩2 鸡腿3\n2. 裴叔 牛腩1箱",
      title: "肉",
      entries: ["巧巧 | ?", "裴叔 | ?"],
      why: "nothing is half-taken",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 牛腩2斤 已付92元 ✅\n2. 裴叔 13800138000 排骨1斤\n3. 小鹿 鸡翅1斤 22元",
      title: "肉",
      entries: ["巧巧 | 1:2", "裴叔 | 2:1", "小鹿 | 3:1"],
      why: "money, payment marks and telephone numbers are ignored",
    },
    {
      items: tofu,
      text: "#接龙\n1. 巧巧 豆腐2块\n2. 裴叔 豆浆1瓶 5元",
      entries: ["巧巧 | 1:2", "裴叔 | 2:1"],
      why: "块 is a unit here, and no money",
    },
    {
      items: drinks,
      text: "#接龙\n1. 小美 奶茶大杯2\n2. 阿杰 柠檬茶(中)1 少冰",
      entries: ["小美 | 1:2", "阿杰 | 2:1"],
      why: "options and notes",
    },
    {
      items: cake,
      text: "#接龍 年糕小隊：蘿蔔糕 $65\n1) 梁太 2盒\n2) 10樓D座 +1\n3) 阿豪",
      title: "年糕小隊：蘿蔔糕 $65",
      entries: ["梁太 | 1:2", "10樓D座 | 1:1", "阿豪 | 1:1"],
      why: "traditional",
    },
    {
      items: cake,
      text: "#接龍\n蘿蔔糕\n1. 梁太 要兩盒唔該\n2. 阿豪 一盒",
      title: "蘿蔔糕",
      entries: ["梁太 | 1:2", "阿豪 | 1:1"],
      why: "Cantonese",
    },
    {
      items: eggs,
      text: "#Group Note\nKampung eggs $8.50/tray\n1. Aunty May x2\n2. Raj\n3. Mei Ling +1 pls",
      title: "Kampung eggs $8.50/tray",
      entries: ["Aunty May | 1:2", "Raj | 1:1", "Mei Ling | 1:1"],
      why: "one item in English",
    },
  ]);
});

describe("entries that are cancelled", () => {
  run([
    {
      items: meat,
      text: "#接龙\n1. 巧巧 排骨1\n2. ~~902房 牛腩2~~\n3. 裴叔 鸡翅2 取消\n4. 小鹿 退\n5. 阿文 牛腩1 不要了\n6. 小陈 鸡翅1",
      entries: [
        "巧巧 | 2:1",
        "902房 | cancelled",
        "裴叔 | cancelled",
        "小鹿 | cancelled",
        "阿文 | cancelled",
        "小陈 | 3:1",
      ],
      why: "struck out, 取消, 退, 不要了",
    },
    {
      items: pantry,
      text: "#Group Note\n1. Sam 2 granola (cancelled)\n2. Nurul cancel\n3. May 1 granola",
      entries: ["Sam | cancelled", "Nurul | cancelled", "May | 1:1"],
      why: "in English",
    },
    {
      items: pantry,
      text: "#Group Note\n1. Lou - none\n2. Moe pass this time\n3. Compass Lee 1 granola",
      entries: ["Lou | cancelled", "Moe | cancelled", "Compass Lee | 1:1"],
      why: "those who take none this time",
    },
    {
      items: cake,
      text: "#接龍\n蘿蔔糕\n1. 二叔公 唔使喇\n2. 魯肅 這次不訂了\n3. 太史 不要了，謝謝\n4. 陳太 1盒",
      title: "蘿蔔糕",
      entries: ["二叔公 | cancelled", "魯肅 | cancelled", "太史 | cancelled", "陳太 | 1:1"],
      why: "the same in Cantonese and politely",
    },
    {
      items: meat,
      text: "#接龙\n1. 甘宁 牛腩2（取消1）\n2. 小王 牛腩2 晚上7点拿\n3. 给李奶奶订 排骨1斤",
      entries: ["甘宁 | ?", "小王 | 1:2", "李奶奶 | 2:1"],
      why: "a remark that changes the order is to be asked, an hour is not",
    },
    {
      items: pantry,
      text: "#Group Note\n1. 1 peanut butter #05-11 Tan\n2. 2 granola (12A)",
      entries: ["#05-11 Tan | 2:1", "12A | 1:2"],
      why: "the name behind the whole item",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 小王 ~~2个~~ 3个\n2. ~~小李 1个~~\n3. 小陈 ~~2个~~",
      title: "柚子",
      entries: ["小王 | 1:3", "小李 | cancelled", "小陈 | cancelled"],
      why: "struck out in part",
    },
    {
      items: meat,
      text: "#接龙\n1. 小王 牛腩2 排骨不要了\n2. 小李 鸡翅2 不要辣",
      entries: ["小王 | 1:2", "小李 | 3:2"],
      why: "one item of two, and a note",
    },
  ]);
});

describe("what stands beside names and orders", () => {
  run([
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 阿豪（要大的）\n2. 小王 自提\n3. 3栋李姐 谢谢\n4. 梁太 唔該",
      title: "柚子",
      entries: ["阿豪 | 1:1", "小王 | 1:1", "3栋李姐 | 1:1", "梁太 | 1:1"],
      why: "a name alone with a wish or thanks",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 阿豪 周六\n2. 小王 2",
      title: "柚子",
      entries: ["阿豪 | ?", "小王 | 1:2"],
      why: "a name with a day is no order",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 凭接龙编号取货\n2. 请带好袋子，谢谢\n3. 超过晚上9点不再等",
      title: "柚子\n1. 凭接龙编号取货\n2. 请带好袋子，谢谢\n3. 超过晚上9点不再等",
      entries: [],
      why: "rules below the title are no people",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1、先付款\n2、周五取\n1. 小王 2",
      title: "柚子\n1、先付款\n2、周五取",
      entries: ["小王 | 1:2"],
      why: "another sign begins another list",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1、2号楼送上门\n1. 小王 2",
      title: "柚子\n1、2号楼送上门",
      entries: ["小王 | 1:2"],
      why: "1、2号楼 counts houses, not entries",
    },
    {
      items: pomelo,
      text: "#接龙\n1、2号楼可送\n1、小王 2\n2、小李 1",
      title: "1、2号楼可送",
      entries: ["小王 | 1:2", "小李 | 1:1"],
      why: "the same in one style",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 小沈 若干\n2. 小李 1\n3. 小陈 帮302带1个\n4. 小周 改3个",
      title: "柚子",
      entries: ["小沈 | ?", "小李 | 1:1", "小陈 | 1:1", "小周 | 1:3"],
      why: "vague amounts are to be asked, words of change set",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 2个 小王\n2. +1 阿豪\n3. 3个\n李姐",
      title: "柚子",
      entries: ["小王 | 1:2", "阿豪 | 1:1", "李姐 | 1:3"],
      why: "the name behind the order, or below it",
    },
    {
      items: meat,
      text: "#接龙\n1. 牛腩2斤 排骨1斤 小王\n2. 小王 902 牛腩2\n3. 小王3栋502 牛腩2",
      entries: ["小王 | 1:2 2:1", "小王 902 | 1:2", "小王3栋502 | 1:2"],
      why: "flats behind a name",
    },
    {
      items: meat,
      text: "#接龙\n1. 小王 排骨2/牛腩1\n2. 小李 排骨2+牛腩1\n3. 小陈 排骨2、牛腩1、鸡翅0.5",
      entries: ["小王 | 2:2 1:1", "小李 | 2:2 1:1", "小陈 | 2:2 1:1 3:0.5"],
      why: "signs between the items",
    },
    {
      items: pantry,
      text: "#Group Note\n1. Rm 302 2 granola\n2. Max 1 peanut butter\n3. Lim x2 granola paid $22\n4. May - 1 granola, 1 peanut butter - 9123 4567",
      entries: ["Rm 302 | 1:2", "Max | 2:1", "Lim | 1:2", "May | 1:1 2:1"],
      why: "a room is no ringgit, an x is no times",
    },
    {
      items: meat,
      text: "#接龙\n1. 巧巧 排骨1 √\n2. 裴叔 鸡翅2 ❌\n3. 小鹿 牛腩1 已转账\n4. 阿文 鸡翅1斤22元已付",
      entries: ["巧巧 | 2:1", "裴叔 | cancelled", "小鹿 | 1:1", "阿文 | 3:1"],
      why: "marks",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 排骨1\n——————\n2. 裴叔 鸡翅2\n……",
      title: "肉",
      entries: ["巧巧 | 2:1", "裴叔 | 3:2"],
      why: "rules between lines are nothing",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 巧巧 西瓜2 排骨1\n2. 西瓜2 排骨1",
      title: "肉",
      entries: ["巧巧 | ?", "西瓜 | ?"],
      why: "a thing that is not sold does not become a name",
    },
    {
      items: pomelo,
      text: "#接龙\n柚子\n1. 12\n2. 小王 1",
      title: "柚子",
      entries: [" | ?", "小王 | 1:1"],
      why: "a small number alone is neither a flat nor an order",
    },
    {
      items: meat,
      text: "#接龙\n肉\n1. 牛腩2斤\n2. 小王 排骨1",
      title: "肉",
      entries: [" | 1:2", "小王 | 2:1"],
      why: "somebody forgot their name",
    },
    {
      items: meat,
      text: `#接龙\n肉\n1. 巧巧 排骨1\n2. 裴叔 鸡翅2\n${"温馨提示：请自备袋子，准时取货。\n".repeat(60)}`,
      title: "肉",
      entries: ["巧巧 | 2:1", "裴叔 | 3:2"],
      why: "long hints below the last entry",
    },
    {
      items: meat,
      text: `#接龙\n肉\n1. 巧巧 排骨1 ${"牛腩1 ".repeat(200)}\n2. 裴叔 鸡翅2`,
      title: "肉",
      entries: ["巧巧 | ?", "裴叔 | 3:2"],
      why: "a line that is longer than any order",
    },
    {
      items: meat,
      text: "#接龙\r\n肉\r\n1. 巧巧 排骨1\r\n2. 裴叔 鸡翅2",
      title: "肉",
      entries: ["巧巧 | 2:1", "裴叔 | 3:2"],
      why: "line breaks of two characters",
    },
  ]);
});

describe("a list without a marker", () => {
  run([
    {
      items: meat,
      text: "明天的肉，报一下\n1、巧巧 排骨3\n2、902房 牛腩2 鸡翅1\n3、裴叔 鸡翅2",
      title: "明天的肉，报一下",
      entries: ["巧巧 | 2:3", "902房 | 1:2 3:1", "裴叔 | 3:2"],
      why: "names and orders",
    },
    {
      items: pomelo,
      text: "柚子要的报名\n1. 小王\n2. 3栋李姐\n3. 阿豪",
      title: "柚子要的报名",
      entries: ["小王 | 1:1", "3栋李姐 | 1:1", "阿豪 | 1:1"],
      why: "names alone in a one-item buy",
    },
    {
      items: pomelo,
      text: "柚子 12元一个，周六到\n1. 巧巧\n2. 904\n3. 晴天",
      title: "柚子 12元一个，周六到",
      entries: ["巧巧 | 1:1", "904 | 1:1", "晴天 | 1:1"],
      why: "names alone below a price in the title",
    },
    {
      items: eggs,
      text: "Eggs list\n1. May\n2. Siti\n3. Raj",
      title: "Eggs list",
      entries: ["May | 1:1", "Siti | 1:1", "Raj | 1:1"],
      why: "names alone in English",
    },
    {
      items: pantry,
      text: "Pantry list\n1. Sam 2 granola\n2. Nurul peanut butter x3",
      title: "Pantry list",
      entries: ["Sam | 1:2", "Nurul | 2:3"],
      why: "in English",
    },
    {
      items: [
        { name: "成人", aliases: ["大", "大人"] },
        { name: "儿童", aliases: ["小", "小孩"] },
      ],
      text: "20、张三2大1小\n21、李四大2小1\n22、王五成人2儿童1\n23、王五儿童1",
      entries: ["张三 | 1:2 2:1", "李四 | 1:2 2:1", "王五 | 1:2 2:1", "王五 | 2:1"],
      why: "a later part of a list",
    },
  ]);

  run([
    {
      items: pantry,
      text: "Hi all, please add your orders\n1. Sam 2 granola\n2. Mei 1 peanut butter",
      title: "Hi all, please add your orders",
      entries: ["Sam | 1:2", "Mei | 2:1"],
      why: "a call for orders is no own order",
    },
    {
      items: meat,
      text: "需要的给我报个数\n1. 小王 牛腩2\n2. 小李 排骨1",
      title: "需要的给我报个数",
      entries: ["小王 | 1:2", "小李 | 2:1"],
      why: "给我 within a call is no own order",
    },
    {
      items: pomelo,
      text: "1. 小王 2个 24元\n2. 3栋李姐 1个 12元",
      entries: ["小王 | 1:2", "3栋李姐 | 1:1"],
      why: "what people's orders come to is no price",
    },
  ]);

  run([
    {
      items: meat,
      text: "1、巧巧 排骨3\n2、裴叔 鸡腿2\n3、小鹿 牛腩",
      entries: ["巧巧 | 2:3", "裴叔 | ?", "小鹿 | 1:1"],
      why: "an order that cannot be read is an order of somebody all the same",
    },
  ]);

  const others: readonly { items: readonly CatalogItem[]; text: string; why: string }[] = [
    { items: meat, text: "取货须知\n1. 凭接龙编号取\n2. 冻品请尽快入冰箱\n3. 超过晚上9点不再等", why: "rules" },
    { items: pomelo, text: "柚子取货须知\n1. 凭接龙编号取\n2. 带好袋子\n3. 晚上9点前", why: "rules of a one-item buy" },
    { items: meat, text: "明日肉价：\n1. 牛腩 46/斤\n2. 排骨 38/斤\n3. 鸡翅 22/斤", why: "a price list" },
    { items: meat, text: "明日肉价\n1. 牛腩 46元\n2. 排骨 38元", why: "a price list without units" },
    { items: pomelo, text: "1. 大果 12元\n2. 中果 10元\n3. 小果 8元", why: "prices of sizes" },
    { items: pomelo, text: "1. 沙田柚 2个 24元\n2. 红心柚 1个 15元", why: "prices of sorts" },
    { items: pantry, text: "Prices\n1. Granola $11\n2. Peanut butter $7.50", why: "a price list in English" },
    { items: meat, text: "红烧牛腩做法\n1. 牛腩2斤 切块\n2. 八角3个\n3. 小火炖2小时", why: "a recipe" },
    { items: fruit, text: "苹果派\n1. 苹果 2斤\n2. 面粉 1斤\n3. 白糖 2两", why: "a recipe without saying so" },
    {
      items: [{ name: "苹果", unit: "斤" }],
      text: "苹果派\n1. 苹果2斤\n2. 面粉 200克\n3. 黄油 50克",
      why: "a recipe of the only item",
    },
    { items: meat, text: "番茄牛腩\n1. 牛腩2斤焯水\n2. 番茄4个\n3. 小火炖1小时", why: "steps of cooking" },
    { items: pantry, text: "Energy balls\n1. 2 cups granola\n2. 3 tbsp peanut butter\n3. chill", why: "spoons" },
    { items: eggs, text: "Recipe\n1. eggs 2\n2. flour 200g\n3. mix and bake 20 minutes", why: "a recipe in English" },
    { items: pomelo, text: "哪天取货？投票\n1. 周六\n2. 周日", why: "a poll" },
    { items: pomelo, text: "柚子哪天取？\n1. 周六 3票\n2. 周日 5票", why: "a poll with votes" },
    { items: eggs, text: "When should we collect the eggs?\n1. Sat\n2. Sun", why: "a poll in English" },
    { items: pomelo, text: "柚子的好处\n1. 美容\n2. 减肥\n3. 助消化", why: "words that are no names" },
    { items: pomelo, text: "今日要闻\n1. 柚子大丰收，价格下降\n2. 明天降温\n3. 地铁三号线开通", why: "news" },
    { items: meat, text: "1. 牛腩2斤\n2. 排骨3斤", why: "one person's own order" },
    { items: pantry, text: "My order:\n1. granola x2\n2. peanut butter x1", why: "an own order in English" },
    { items: fruit, text: "1. 新鲜苹果2斤\n2. 有机梨3斤", why: "an own order with praise and no heading" },
    { items: pantry, text: "1. crunchy granola 2\n2. creamy peanut butter 1", why: "the same in English" },
    { items: fruit, text: "1. 苹果2斤\n2. 香蕉3斤", why: "an own order with something that is not sold" },
    { items: pantry, text: "1. Granola 11\n2. Peanut butter 7.50", why: "the prices of the catalog" },
    { items: fruit, text: "下周团哪个，大家选一下\n1. 苹果 12票\n2. 梨 8票", why: "votes" },
    {
      items: eggs,
      text: "Egg dishes\n1. Omelette\n2. Quiche\n3. Scramble",
      why: "words that are no names, in English",
    },
    { items: eggs, text: "Egg delivery\n1. Block A Sat\n2. Block B Sun", why: "a schedule" },
    { items: fruit, text: "现有库存\n1. 苹果 20斤\n2. 梨 35斤", why: "what is in stock" },
    { items: fruit, text: "今日推荐\n1、苹果 脆甜多汁\n2、梨 清热润肺", why: "praise of the goods" },
    { items: meat, text: "1. 早上7点集合\n2. 带水2瓶\n3. 午餐自理", why: "a plan for an outing" },
    { items: pantry, text: "Things to bring\n1. 2 bags of ice\n2. cups\n3. plates", why: "what to bring" },
    { items: eggs, text: "How to boil eggs\n1. Boil water 10 minutes\n2. Add 6 eggs\n3. Wait", why: "steps" },
    { items: cake, text: "年糕投票\n1. 蘿蔔糕 5票\n2. 芋頭糕 3票", why: "a poll, traditional" },
    { items: pomelo, text: "周末爬山报名\n1. 小王\n2. 小李\n3. 老周", why: "names for something else" },
    { items: fruit, text: "我要\n1. 新鲜苹果2斤\n2. 有机梨3斤", why: "an own order with praise" },
    { items: [{ name: "苹果", unit: "斤" }], text: "1. 白菜 2斤\n2. 萝卜 3斤", why: "an own order of other goods" },
    { items: meat, text: "1. 巧巧 排骨3", why: "one line is no chain" },
    { items: meat, text: "1. 巧巧 排骨3\n5. 裴叔 鸡翅2", why: "not consecutive" },
    { items: pomelo, text: "House rules\n1. Bring 2 bags\n2. Collect 1 person at a time", why: "rules in English" },
    { items: meat, text: "接龙开始啦，要的快点", why: "talk" },
    { items: meat, text: "接龙 还能加吗？", why: "a question" },
    { items: meat, text: "接龙 排骨2斤", why: "an order that begins with the word" },
    { items: pomelo, text: "柚子答疑\n1. 甜不甜？\n2. 几天到？", why: "questions" },
  ];
  for (const { items, text, why } of others) {
    test(`${why} is no chain: ${text.slice(0, 40).replaceAll("\n", " / ")}`, () => {
      expect(read(text, items)).toBeUndefined();
    });
  }
});

describe("changes of the known chain", () => {
  const base = "#接龙\n金柚加单\n1. 桂姨 2个\n2. 阿文 1个\n3. 7幢小贾 4个";
  run([
    {
      items: pomelo,
      text: `${base}\n4. 菁菁`,
      chain: base,
      title: "金柚加单",
      entries: ["桂姨 | 1:2", "阿文 | 1:1", "7幢小贾 | 1:4", "菁菁 | 1:1"],
      changes: ["added 菁菁 1:1"],
      why: "somebody adds themselves",
    },
    {
      items: pomelo,
      text: "#接龙\n金柚加单\n1. 桂姨 2个 已付\n2. 阿文  1 个\n3. 7幢小贾 4个",
      chain: base,
      title: "金柚加单",
      entries: ["桂姨 | 1:2", "阿文 | 1:1", "7幢小贾 | 1:4"],
      changes: [],
      why: "a payment mark and a blank change nothing",
    },
    {
      items: pomelo,
      text: "#接龙\n金柚加单\n1. 桂姨 2个\n2. 阿文 1个 取消\n3. 7幢小贾 4个",
      chain: base,
      title: "金柚加单",
      entries: ["桂姨 | 1:2", "阿文 | cancelled", "7幢小贾 | 1:4"],
      changes: ["edited 阿文"],
      why: "cancelled with a word",
    },
    {
      items: cherries,
      text: "#接龙\n山东大樱桃\n1. 豆苗 2盒\n2. 老徐 1盒\n3. 小舟 2盒",
      chain: "#接龙\n山东大樱桃\n1. 豆苗 3盒\n2. 老徐 1盒",
      earlier: ["#接龙\n山东大樱桃\n1. 豆苗 2盒", "#接龙\n山东大樱桃\n1. 豆苗 2盒\n2. 老徐 1盒"],
      title: "山东大樱桃",
      entries: ["豆苗 | 1:2", "老徐 | 1:1", "小舟 | 1:2"],
      changes: ["added 小舟 1:2"],
      why: "started from an old copy",
    },
    {
      items: [{ name: "匹克球", unit: "位" }],
      text: "#接龙\n打球\n\n1. KL\n2. 小安姐",
      chain: "#接龙\n打球\n\n1. KL",
      title: "打球",
      entries: ["KL | 1:1", "小安姐 | 1:1"],
      changes: ["added 小安姐 1:1"],
      why: "names alone in the known chain",
    },
    {
      items: meat,
      text: "肉\n1. 巧巧 排骨1\n2. 裴叔 鸡翅4",
      chain: "#接龙\n肉\n1. 巧巧 排骨1\n2. 裴叔 鸡翅2",
      title: "肉",
      entries: ["巧巧 | 2:1", "裴叔 | 3:4"],
      changes: ["edited 裴叔 3:4"],
      why: "the marker was lost in copying",
    },
  ]);
});

describe("lines, numbers and shares that are easily misread", () => {
  run([
    {
      items: meat,
      text: "#接龙\n1. 巧巧 牛腩1斤 排骨2斤\n排骨麻烦剁小块\n2. 裴叔 鸡翅3斤",
      entries: ["巧巧 | 1:1 2:2", "裴叔 | 3:3"],
      why: "a line about what is ordered above it is a note",
    },
    {
      items: pantry,
      text: "#Group Note\n1. Raj 2 granola\ngranola without nuts please\n2. Rosa 1 peanut butter",
      entries: ["Raj | 1:2", "Rosa | 2:1"],
      why: "the same in English",
    },
    {
      items: meat,
      text: "#接龙\n1. 巧巧 牛腩1斤\n排骨2斤\n2. 裴叔 鸡翅3斤",
      entries: ["巧巧 | 1:1 2:2", "裴叔 | 3:3"],
      why: "a line with a quantity is more of the order",
    },
    {
      items: fruit,
      text: "#接龙\n１．阿豪 苹果3\n２．3斤梨 桂姨\n３．1盒阳光玫瑰 老高",
      entries: ["阿豪 | 1:3", "桂姨 | 2:3", "老高 | 3:1"],
      why: "a wide number and a narrow quantity are no decimal",
    },
    {
      items: eggs,
      text: "#Group Note\nKampung eggs\n1. Siti 2 trays\n2. Max half a tray\n3. Mdm Lau\n4. Raj a third of a tray\n5. Kim half tray",
      title: "Kampung eggs",
      entries: ["Siti | 1:2", "Max | ?", "Mdm Lau | 1:1", "Raj | ?", "Kim | ?"],
      why: "a share of what is sold whole is no name",
    },
  ]);
});
