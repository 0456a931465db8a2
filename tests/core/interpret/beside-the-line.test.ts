import { goods, promise } from "./support.ts";

const STALL = goods("带鱼/斤", "黄鱼/条", "蛤蜊/斤", "苹果/斤", "鸡蛋/板", "葱饼/包");
const PANTRY = goods("Apples/kg", "Sourdough/loaf", "Eggs/tray", "Coffee/kg(whole|ground)", "Ferns/pot(small|large)");

promise("harm to what came is a complaint, not an order", STALL, [
  ["鸡蛋一板，碎了三个", "none", "a line by itself, but broken"],
  ["苹果两斤，烂了一半", "none", "rotten"],
  ["苹果两斤，都是坏的", "none", "bad"],
  ["带鱼2斤，不新鲜", "none", "not fresh"],
  ["带鱼2斤。不新鲜", "none", "in a sentence of its own"],
  ["苹果两斤\n坏了", "none", "in a line of its own"],
  ["黄鱼两条，发错了", "none", "the wrong goods"],
  ["黄鱼两条，还没收到", "none", "nothing came"],
  ["蛤蜊三斤 老板给少了", "none", "too little, behind a blank"],
  ["鸡蛋一板，不要破的", "5=1", "a wish for whole ones"],
  ["苹果两斤，挑不烂的", "4=2", "a wish for good ones"],
  ["苹果两斤，上次的烂了", "4=2", "those of last time"],
  ["鸡蛋一板，家里的坏了", "5=1", "those at home"],
  ["来两斤苹果，昨天买的烂了", "4=2", "a wish, and why"],
]);

promise("harm to what came, in English", PANTRY, [
  ["2 kg apples, rotten", "none", "rotten"],
  ["1 sourdough, stale", "none", "stale"],
  ["1 sourdough, never came", "none", "nothing came"],
  ["2kg apples, mouldy!", "none", "mouldy"],
  ["2 kg apples. some were bad", "none", "some of them"],
  ["2 trays eggs, no cracked ones please", "3=2", "a wish for whole ones"],
  ["1 tray eggs, mine all broke", "3=1", "those at home"],
  ["1 sourdough, last one was stale", "2=1", "that of last time"],
]);

promise("what is told behind a blank is beside the line, as behind a comma", STALL, [
  ["蛤蜊三斤 记得帮我吐沙", "3=3", "a request about them"],
  ["葱饼4包 钱刚转了", "6=4", "paid for"],
  ["葱饼4包 钱刚转了96", "6=4", "paid for, how much"],
  ["蛤蜊三斤 晚上下班来取", "3=3", "when they are fetched"],
  ["蛤蜊三斤 大的", "3=3", "a note stays one"],
  ["大家早～黄鱼两条", "2=2", "a greeting ends with a wave"],
  ["黄鱼刺多，小心", "none", "many bones, not more of anything"],
  ["带鱼新鲜吗？新鲜的话我要2斤", "none", "on a condition"],
  ["我家主子说要黄鱼3条", "2=3", "the cat says so"],
]);

promise("more of the same goods is no second line", goods("带鱼/斤", "河虾/斤=活虾", "洗衣液/瓶"), [
  ["河虾2斤，要活的哈", "2=2", "what they should be like, though another name says so too"],
  ["麻烦再帮我拿一瓶洗衣液呗", "3+1", "再 belongs to the quantity", { mine: { 3: 1 } }],
  ["再给我来两斤带鱼", "1+2", "再 before a wish", { mine: { 1: 1 } }],
  ["lobster tails, 4 please", "unclear unknown-item", "goods that nobody sells, then how many"],
  ["send咗 HK$580 俾你", "paid 580", "sent, in two languages"],
  ["how many kg already?", "tally", "so far"],
]);

promise("what stands beside the line, in English", PANTRY, [
  ["We'd love 1 sourdough and 2 kg of apples this week", "2=1 1=2", "a wish of several people"],
  ["add another tray of eggs please, the kids are baking", "3+1", "one more, and why", { mine: { 3: 1 } }],
  ["coffee 1.5 kg and could you grind it?", "4=1.5", "a request about it"],
  ["My usual please: 2 sourdough and 1 kg apples", "2=2 1=1", "a heading that asks"],
  ["2 ferns! Small ones!", "5=2[small]", "an option in a sentence of its own"],
  ["large fern x1, red pot if poss", "5=1[large]", "a wish that may fail"],
]);

promise("one's own order, and what was done, in other words", STALL, [
  ["我昨天点的啥来着", "mine", "what it was"],
  ["我前面报的黄鱼进去了没", "mine", "whether it was taken"],
  ["我的 order 有没有记到?", "mine", "in two languages"],
  ["我有冇落到單㗎？", "mine", "in Cantonese"],
  ["微信付过了，尾号3307", "paid", "with the end of an account"],
  ["钱刚转给你了", "paid", "sent just now"],
  ["转好了96", "paid 96", "with its amount"],
  ["我还没转给你", "none", "not yet"],
]);

promise("a total behind what is added", goods("小米/斤"), [
  ["再加3斤，一共8斤", "1=8", "the total is what is meant", { mine: { 1: 5 } }],
  ["add 3, total 8", "1=8", "in English", { mine: { 1: 5 } }],
]);

promise("goods that one has got", goods("House blend/kg", "Decaf/bag"), [
  ["got my decaf, thanks!", "received", "one's own"],
  ["just got the house blend", "received", "named"],
  ["has anyone got the decaf?", "none", "a question"],
]);

promise("one or the other", goods("奶茶/杯(熱|凍)", "蛋撻/打"), [
  ["奶茶凍定熱好飲啲呀", "none", "which is better, in Cantonese"],
  ["奶茶大家庭装一杯", "none", "an option that is none"],
]);

promise("a size behind its option", goods("时蔬箱/箱(小家庭|大家庭)", "红薯/斤"), [
  ["时蔬箱大家庭装一箱", "1=1[大家庭]", "大家庭装"],
]);

promise("what follows a line may take back that it orders", STALL, [
  ["苹果两斤，开玩笑的", "none", "a joke"],
  ["来两斤苹果，逗你的哈哈", "none", "a joke, though it was wished"],
  ["苹果两斤，不是我的", "none", "somebody else's"],
  ["苹果两斤，我没订", "none", "never ordered"],
  ["苹果两斤，谁要", "none", "an offer"],
  ["苹果两斤，有人要吗", "none", "an offer that asks"],
  ["苹果两斤，转给有需要的人", "none", "given away"],
  ["苹果两斤，已取", "received", "fetched"],
  ["苹果两斤，放门口了", "none", "left somewhere"],
  ["苹果两斤，放门口", "4=2", "where to leave them"],
  ["苹果两斤，还没发", "none", "not sent yet"],
  ["苹果两斤，怎么才一斤", "none", "less than ordered"],
  ["苹果两斤，上次买的", "none", "those of last time"],
  ["苹果两斤，给退一下", "none", "money back"],
  ["苹果两斤，取消", "4-2", "cancelled behind a comma", { mine: { 4: 3 } }],
  ["苹果两斤，先不要了", "4-2", "not wanted behind a comma", { mine: { 4: 3 } }],
  ["苹果两斤，便宜", "4=2", "a remark"],
]);

promise("what follows a line in English", PANTRY, [
  ["2kg apples, just kidding", "none", "a joke"],
  ["2kg apples, not mine", "none", "somebody else's"],
  ["2kg apples, I didn't order that", "none", "never ordered"],
  ["2kg apples, anyone want?", "none", "an offer"],
  ["1 tray eggs, spare", "none", "an offer in a word"],
  ["2kg apples, left at the door", "none", "left somewhere"],
  ["2kg apples, collected", "received", "fetched"],
  ["2kg apples, where are they?", "none", "not there"],
  ["2kg apples, still waiting", "none", "not there yet"],
  ["2kg apples, only got one", "none", "less than ordered"],
  ["2kg apples, is that enough for a pie?", "none", "a question about two kilos"],
  ["2kg apples, refund please", "none", "money back"],
  ["2kg apples, cancel", "1-2", "cancelled behind a comma", { mine: { 1: 3 } }],
  ["2kg apples, can collect Sunday?", "1=2", "a question about the pickup"],
  ["2kg apples, please leave at the door", "1=2", "where to leave them"],
]);

promise("short forms of long names", goods("Strawberries/punnet", "Blueberries/punnet", "Cauliflower", "Carrots/kg"), [
  ["1 cauli and 2kg carrots pls", "3=1 4=2", "cut short"],
  ["2 strawbs", "1=2", "cut short, of several"],
  ["berries 2", "unclear item", "the end of two names"],
  ["2 blueberries", "2=2", "the whole of one"],
]);

promise("whether an order stands", STALL, [["我刚才那单成功了吗", "mine", "the one just now"]]);

promise("unknown goods that are asked for politely", PANTRY, [
  ["can I get 2 kg of melons?", "unclear unknown-item", "ordered, whatever it is"],
  ["can I get 2 kg of apples?", "1=2", "known goods"],
  ["are 2 kg of melons enough?", "none", "a question"],
]);

promise("fetched, and asked about, in Cantonese and in two languages", STALL, [
  ["我攞咗嘞，靚喎", "received", "with what it was like"],
  ["我个 order confirm 了吗?", "mine", "whether it stands"],
]);

promise(
  "goods that are spoken of before others are ordered",
  goods("贡丸/包", "凤梨酥/盒", "Marmalade/jar", "Granola/bag"),
  [
    ["凤梨酥很好吃，我要两包贡丸", "1=2", "praised, not ordered"],
    ["鳳梨酥甜嗎，我要兩盒鳳梨酥", "2=2", "asked about, then ordered once"],
    ["鳳梨酥可以冷凍嗎，我要兩盒", "2=2", "the quantity is of what was asked about"],
    ["凤梨酥我老公爱吃，贡丸要两包", "1=2", "who likes it"],
    ["贡丸要，凤梨酥两盒", "1=1 2=2", "wished without a quantity"],
    ["love the marmalade, 2 granola please", "4=2", "praised, not ordered"],
    ["is the marmalade homemade, I'd like 2 bags of granola", "4=2", "asked about"],
    ["marmalade looks great but I'll take 2 bags of granola", "4=2", "weighed against"],
    ["my kids hate marmalade so 2 bags of granola please", "4=2", "why not"],
    ["marmalade please, 2 granola", "4=2 3=1", "wished without a quantity"],
  ],
);

promise("what runs on without a comma", goods("粽子/份", "牛腩/斤", "鲈鱼/条", "鳜鱼/条", "Marmalade/jar"), [
  ["鲈鱼换成鳜鱼吧娃说刺太多", "3=0 4=2", "a reason behind 吧", { mine: { 3: 2 } }],
  ["刚说的不算 牛腩还是2斤", "2=2", "taken back before", { mine: { 2: 3 } }],
  ["多了多了 牛腩减一斤", "2-1", "why", { mine: { 2: 3 } }],
  ["can you add 2 jars of marmalade for my mum too shes in hospital", "5+2 for my mum", "how she is"],
  ["牛腩2斤 多少钱", "none", "a price is asked for"],
  ["the 2 jars of marmalade we got were off", "none", "told of"],
  ["周六到货，总共40份", "none", "so many come"],
  ["牛腩2斤，百洁布3块", "unclear unknown-item", "three pieces of what nobody sells here"],
  ["牛腩2斤，运费3块", "2=2", "three yuan"],
]);

promise("for whom, by what they are called at home", goods("蛋挞/个"), [
  ["婆婆要2个", "1=2 for 婆婆", "without 我"],
  ["幫媽咪留半打蛋撻", "1=6 for 媽咪", "妈咪"],
  ["我细佬要3个", "1=3 for 我细佬", "Cantonese"],
  ["帮 Auntie May 订两个", "1=2 for Auntie May", "a name that is a word"],
]);
