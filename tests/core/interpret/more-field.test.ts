import { goods, promise } from "./support.ts";

const VEG = goods("西红柿/斤=番茄", "黄瓜/斤", "土豆/斤", "青椒/斤", "大白菜/颗", "鲜香菇/盒");
const DRINK = goods("矿泉水550ml*24/箱=矿泉水", "可口可乐330ml*6/提", "伊利纯牛奶/箱(全脂|脱脂)");
const NUTS = goods("核桃/斤", "巴旦木/袋", "腰果/罐", "松子");
const BBQ = goods("Chicken satay/stick", "Beef satay/stick", "Ketupat/pkt", "Peanut sauce/tub");
const FLOWERS = goods("Red roses/bunch", "White lilies/bunch", "Tulips/bunch(yellow|pink)", "Vase");
const CHEESE = goods("Cheddar 200g/block", "Brie/pc", "Goat cheese/log", "Crackers/box");
const PORK = goods("五花肉/斤", "筒骨/斤", "猪肝/份");
const TEE = goods("Team T-shirt/pc(S|M|L|XL)");
const BUNS = goods("鲜肉包/个", "豆沙包/个", "花卷/个");

promise("vegetables", VEG, [
  ["番茄3斤，黄瓜2斤，土豆5斤", "1=3 2=2 3=5", "an alias among names"],
  ["西红柿 黄瓜 土豆 各两斤", "1=2 2=2 3=2", "each of three"],
  ["西红柿黄瓜各来1斤", "1=1 2=1", "each of two"],
  ["大白菜来两颗", "5=2", "来"],
  ["白菜一颗", "5=1", "a part"],
  ["香菇2盒", "6=2", "a part"],
  ["茄子2斤", "unclear unknown-item", "not in the catalog"],
  ["要土豆，5斤", "3=5", "a comma between name and quantity"],
  ["土豆要大的，5斤", "3=5", "a note between name and quantity"],
  ["青椒半斤就行", "4=0.5", "就行"],
  ["西红柿2斤够了", "none", "够 is no order"],
  ["给个黄瓜", "none", "talk"],
  ["黄瓜两根", "unclear unit", "根 of what is sold by the 斤"],
  ["番茄别压坏了", "none", "a warning"],
  ["黄瓜是本地的吗？我来2斤", "2=2", "a question and an order"],
  ["土豆5斤，谢谢，辛苦了", "3=5", "thanks"],
  ["3号楼王姐 土豆5斤", "3=5 for 3号楼王姐", "a flat with a name"],
  ["我是3栋的，要5斤土豆", "3=5", "tells where the sender lives"],
  ["今天的黄瓜不新鲜", "none", "a complaint"],
  ["土豆发芽了，2斤都不能吃", "none", "a complaint"],
  ["收到2斤黄瓜，谢谢", "none", "tells of what came"],
  ["帮我看一下土豆还有吗", "none", "a question"],
  ["请帮我把土豆改成3斤", "3=3", "改成", { mine: { 3: 5 } }],
  ["土豆不要了，换成黄瓜", "3=0 2=5", "one for another", { mine: { 3: 5 } }],
  ["多给我一斤土豆", "3+1", "多给我", { mine: { 3: 5 } }],
  ["土豆再多一斤", "3+1", "再多", { mine: { 3: 5 } }],
  ["刚刚多写了，土豆是3斤", "none", "unclear talk", { mine: { 3: 5 } }],
  ["还有黄瓜2斤", "none", "there is some left"],
]);

promise("sizes in names", DRINK, [
  ["矿泉水2箱", "1=2", "an alias"],
  ["矿泉水550ml*24 2箱", "1=2", "the size is no quantity"],
  ["可乐2提", "2=2", "a part"],
  ["可口可乐330ml*6 3提", "2=3", "the size is no quantity"],
  ["牛奶 全脂2箱 脱脂1箱", "3=2[全脂] 3=1[脱脂]", "options"],
  ["脱脂牛奶一箱", "3=1[脱脂]", "an option first"],
  ["纯牛奶一箱", "3=1", "a part"],
  ["矿泉水24瓶", "unclear unit", "瓶 of what is sold by the 箱"],
  ["水2箱", "1=2", "a part of one character"],
  ["可乐要冰的2提", "2=2", "a note between"],
]);

promise("nuts", NUTS, [
  ["核桃3 巴旦木2 腰果1", "1=3 2=2 3=1", "no units"],
  ["核桃三斤、巴旦木两袋", "1=3 2=2", "numerals"],
  ["腰果 x 1\n巴旦木 x 2", "3=1 2=2", "lines"],
  ["松子2份", "4=2", "a neutral word for what has no unit"],
  ["松子2罐", "4=2", "any container for what has no unit"],
  ["松子2斤", "unclear unit", "a mass for what has no unit"],
  ["松子1.5", "unclear quantity", "a fraction of what has no unit"],
  ["核桃1.5", "1=1.5", "a fraction of what is sold by mass"],
  ["腰果2包", "unclear unit", "another container"],
  ["核桃-1斤", "1-1", "minus with a unit", { mine: { 1: 3 } }],
  ["核桃 -1", "1-1", "minus behind a blank", { mine: { 1: 3 } }],
  ["核桃–1", "1-1", "another dash", { mine: { 1: 3 } }],
]);

promise("satay", BBQ, [
  ["20 chicken satay, 10 beef satay, 2 ketupat", "1=20 2=10 3=2", "three lines"],
  ["chicken satay 20 sticks", "1=20", "own unit"],
  ["20 sticks of chicken", "1=20", "a part"],
  ["20 satay", "unclear item", "a part that fits two"],
  ["30 sticks satay please", "unclear item", "a part that fits two"],
  ["1 tub peanut sauce", "4=1", "own unit"],
  ["can add on 5 more chicken satay?", "1+5", "asked, but ordered"],
  ["chicken satay +5", "1+5", "plus"],
  ["chicken 20 beef 20 pls", "1=20 2=20", "parts"],
  ["10 each of chicken and beef satay", "1=10 2=10", "each of"],
  ["chicken & beef satay 10 each", "1=10 2=10", "each"],
  ["I'd like to order 20 chicken satay and 1 peanut sauce please, thanks!", "1=20 4=1", "polite"],
  ["pls help me order 10 beef", "2=10", "help me order"],
  ["prawn satay 10 sticks", "unclear unknown-item", "not in the catalog"],
  ["wanna order ketupat x2", "3=2", "wanna"],
  ["i was thinking 20 chicken satay", "none", "thinking"],
  ["satay was so good last week, 10 sticks gone in a minute", "none", "talk"],
  ["we had 20 sticks of chicken satay left over", "none", "talk"],
  ["chicken satay 20 sticks for my mum, 10 for me", "1=20@my mum 1=10", "one line for each"],
]);

promise("flowers", FLOWERS, [
  ["1 bunch of red roses", "1=1", "own unit"],
  ["two bunches of tulips, pink", "3=2[pink]", "an option behind a comma"],
  ["2 pink tulips", "3=2[pink]", "an option"],
  ["1 yellow and 1 pink tulips please", "3=1[yellow] 3=1[pink]", "two options"],
  ["a vase please", "4=1", "an article"],
  ["a bunch of white lilies", "2=1", "an article"],
  ["roses please", "1=1", "a part"],
  ["Roses x1, lilies x1", "1=1 2=1", "parts"],
  ["red roses, one bunch please", "1=1", "a comma between"],
  ["the roses I bought last week are still fresh", "none", "praise"],
  ["orchids x2", "unclear unknown-item", "not in the catalog"],
  ["instead of roses I'd like tulips", "1=0 3=1", "instead of", { mine: { 1: 1 } }],
]);

promise("cheese", CHEESE, [
  ["cheddar x2", "1=2", "a part"],
  ["2 blocks of cheddar", "1=2", "own unit"],
  ["cheddar 200g x2", "1=2", "the size is no quantity"],
  ["2 cheddar 200g", "1=2", "the size behind the name"],
  ["1 brie and 1 goats cheese", "2=1 3=1", "a plural inside the name"],
  ["1 brie 1 goat cheese 2 crackers", "2=1 3=1 4=2", "three lines"],
  ["cheese x2", "3=2", "a part that fits one"],
  ["half a brie", "unclear quantity", "half a piece"],
  ["crakers x2", "4=2", "a slip"],
  ["chedar 2", "1=2", "a slip"],
]);

promise("numerals in names", PORK, [
  ["五花肉2斤", "1=2", "五 belongs to the name"],
  ["五花肉五斤", "1=5", "五 twice"],
  ["2斤五花肉", "1=2", "number first"],
  ["五花2斤", "1=2", "a part"],
  ["猪肝一份，筒骨3斤", "3=1 2=3", "two lines"],
  ["五花肉五花肉2斤", "1=2", "said twice"],
]);

promise("sizes as options", TEE, [
  ["T-shirt M x2", "1=2[M]", "an option"],
  ["M x1, L x2", "1=1[M] 1=2[L]", "options only"],
  ["2 XL please", "1=2[XL]", "an option"],
  ["1 S 1 M", "1=1[S] 1=1[M]", "numbers first"],
  ["t-shirt size L, 1 pc", "1=1[L]", "size"],
  ["one medium please", "1=1", "medium is a note"],
  ["I'm size M", "none", "no order"],
]);

promise("buns", BUNS, [
  ["鲜肉包10个，豆沙包5个", "1=10 2=5", "two lines"],
  ["肉包10个", "1=10", "a part"],
  ["包10个", "unclear item", "a part of one character that fits two"],
  ["10个肉包5个花卷", "1=10 3=5", "numbers first"],
  ["肉包和花卷各五个", "1=5 3=5", "each"],
  ["再来十个肉包", "1+10", "再来"],
  ["肉包来一打", "1=12", "a dozen"],
  ["肉包10", "1=10", "no unit"],
  ["十个鲜肉包", "1=10", "numeral first"],
  ["菜包10个", "unclear unknown-item", "not in the catalog"],
  ["一人一个包子", "none", "talk"],
]);
