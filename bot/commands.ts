import type { Who } from "./rights.ts";
import type { Language } from "./store.ts";

/** One command: the help texts and a platform's command menu are made from this table too. */
export interface Command {
  readonly id: CommandId;
  /** Other names, without the slash; in Chinese they also stand alone at the start of a message. */
  readonly names: readonly string[];
  readonly who: Who;
  /** Who may use it for somebody else, where not only for themselves. */
  readonly others?: Who;
  /** Its Chinese names need the slash too: people begin sentences with them. */
  readonly slashed?: true;
  /** What stands behind it: names of people and goods, or its author's own words; left out: words that it knows. */
  readonly behind?: "names" | "words";
  readonly help: Readonly<Record<Language, string>>;
  /** It is the first of those that stand under this heading in the help. */
  readonly begins?: CommandGroup;
}

/** What commands have to do with. */
export type CommandGroup = "buy" | "orders" | "money" | "goods" | "here";

/** Names a command. */
export type CommandId =
  | "open"
  | "again"
  | "every"
  | "close"
  | "extend"
  | "reopen"
  | "accept"
  | "cancel"
  | "item"
  | "order"
  | "import"
  | "tally"
  | "list"
  | "my"
  | "refund"
  | "delivery"
  | "discount"
  | "pay"
  | "paid"
  | "unpaid"
  | "po"
  | "arrive"
  | "short"
  | "pack"
  | "pickup"
  | "picked"
  | "issue"
  | "settle"
  | "export"
  | "board"
  | "rate"
  | "settings"
  | "link"
  | "leader"
  | "handover"
  | "log"
  | "undo"
  | "forget"
  | "help"
  | "start";

/** All commands, in the order in which help tells them. */
export const COMMANDS: readonly Command[] = [
  {
    id: "open",
    begins: "buy",
    names: ["开团", "開團"],
    behind: "words",
    who: "leader",
    help: {
      en: "and the announcement: opens a buy, after showing you what I read",
      "zh-hans": "加公告：先给您看我读到的内容，确认后开团",
      "zh-hant": "加公告：先給您看我讀到的內容，確認後開團",
    },
  },
  {
    id: "again",
    names: ["再开", "再開"],
    behind: "words",
    who: "leader",
    help: {
      en: "opens the last buy again, or the one that you reply to; a closing time may follow",
      "zh-hans": "把上一个团（或您回复的团）再开一次，可以加截单时间",
      "zh-hant": "把上一個團（或您回覆的團）再開一次，可以加截單時間",
    },
  },
  {
    id: "every",
    names: ["定期"],
    behind: "words",
    who: "leader",
    help: {
      en: "and a time (fri 18:00): opens it again and again; skip or off behind it",
      "zh-hans": "加时间（周五18:00）：定期开团；跳过、停",
      "zh-hant": "加時間（週五18:00）：定期開團；跳過、停",
    },
  },
  {
    id: "close",
    names: ["截团", "截團"],
    who: "leader",
    help: { en: "closes the buy now", "zh-hans": "马上截团", "zh-hant": "馬上截團" },
  },
  {
    id: "extend",
    names: ["延长", "延長"],
    behind: "words",
    who: "leader",
    help: { en: "and a time: moves the closing", "zh-hans": "加时间：改截单时间", "zh-hant": "加時間：改截單時間" },
  },
  {
    id: "reopen",
    names: ["重开", "重開"],
    behind: "words",
    who: "leader",
    help: {
      en: "takes orders again after a closing; a time may follow",
      "zh-hans": "截团后重新接单，可以加截单时间",
      "zh-hant": "截團後重新接單，可以加截單時間",
    },
  },
  {
    id: "accept",
    names: ["接受"],
    who: "leader",
    help: {
      en: "as a reply to a late order, or with its digits: takes it onto the list",
      "zh-hans": "回复晚到的订单，或加它的编号：记到名单上",
      "zh-hant": "回覆晚到的訂單，或加它的編號：記到名單上",
    },
  },
  {
    id: "cancel",
    names: ["取消团", "取消團"],
    who: "leader",
    help: { en: "calls the buy off", "zh-hans": "取消这个团", "zh-hant": "取消這個團" },
  },
  {
    id: "item",
    begins: "orders",
    names: ["商品"],
    behind: "names",
    who: "leader",
    help: {
      en: "and what is new: price, stock or name of an item (/item apples price 4.50)",
      "zh-hans": "改商品的价格、库存或名称（/item 苹果 价格 4.5）",
      "zh-hant": "改商品的價格、庫存或名稱（/item 蘋果 價格 45）",
    },
  },
  {
    id: "order",
    names: ["代订", "代訂"],
    behind: "names",
    who: "leader",
    help: {
      en: "for somebody without the app (/order 302 apples 2)",
      "zh-hans": "替别人下单（/order 302 苹果2）",
      "zh-hant": "替別人下單（/order 302 蘋果2）",
    },
  },
  {
    id: "import",
    names: ["导入", "匯入", "導入"],
    behind: "names",
    who: "leader",
    help: {
      en: "and a copied chain or chat (or a reply to it): books what is new in it, after showing you",
      "zh-hans": "加复制的接龙或聊天（或回复它）：先给您看，再记下新的部分",
      "zh-hant": "加複製的接龍或聊天（或回覆它）：先給您看，再記下新的部分",
    },
  },
  {
    id: "tally",
    names: ["统计", "統計"],
    who: "everybody",
    help: {
      en: "what has been ordered; leaders: picture, to pass on; past, to look back on former buys",
      "zh-hans": "看大家订了多少；团长：加“图片”，方便转发；加“以往”，看以前的团",
      "zh-hant": "看大家訂了多少；團長：加「圖片」，方便轉發；加「以往」，看以前的團",
    },
  },
  {
    id: "list",
    names: ["名单", "名單"],
    behind: "names",
    who: "leader",
    help: {
      en: "who ordered what; with a name, the words behind it",
      "zh-hans": "谁订了什么；加名字，看那人说过的话",
      "zh-hant": "誰訂了什麼；加名字，看那人說過的話",
    },
  },
  {
    id: "my",
    names: ["我的"],
    who: "everybody",
    help: {
      en: "your own order; /my why shows the words behind it",
      "zh-hans": "看自己的订单；/my why 看是怎么算的",
      "zh-hant": "看自己的訂單；/my why 看是怎麼算的",
    },
  },
  {
    id: "refund",
    begins: "money",
    names: ["退款"],
    behind: "names",
    who: "leader",
    help: {
      en: "gives money back (/refund Lin 5 two were bad)",
      "zh-hans": "退钱给某人（/refund 王姐 5 坏了两个）",
      "zh-hant": "退錢給某人（/refund 王姐 50 壞了兩個）",
    },
  },
  {
    id: "delivery",
    names: ["运费", "運費"],
    behind: "names",
    who: "leader",
    help: {
      en: "shares what the delivery cost (/delivery 20, or /delivery 20 by value)",
      "zh-hans": "分摊运费（/delivery 20，或 /delivery 20 按金额）",
      "zh-hant": "分攤運費（/delivery 200，或 /delivery 200 按金額）",
    },
  },
  {
    id: "discount",
    names: ["优惠", "優惠"],
    behind: "names",
    who: "leader",
    help: {
      en: "something off, for one person or shared (/discount Lin 2 helped)",
      "zh-hans": "优惠某人或大家（/discount 王姐 2 帮忙）",
      "zh-hant": "優惠某人或大家（/discount 王姐 20 幫忙）",
    },
  },
  {
    id: "pay",
    names: ["付款"],
    who: "everybody",
    help: {
      en: "what you have to pay, and how; leaders: set behind it says how you are paid, list who owes, remind tells them",
      "zh-hans": "看要付多少、怎么付；团长：加 设置 写收款方式，名单 看谁没付，提醒 催一下",
      "zh-hant": "看要付多少、怎麼付；團長：加 設定 寫收款方式，名單 看誰沒付，提醒 催一下",
    },
  },
  {
    id: "paid",
    names: ["已付"],
    behind: "names",
    who: "everybody",
    others: "helper",
    help: {
      en: "says that you have paid; leaders: marks the one whom you name or reply to",
      "zh-hans": "告诉团长您已付款；团长：加名字或回复，标记付款",
      "zh-hant": "告訴團長您已付款；團長：加名字或回覆，標記付款",
    },
  },
  {
    id: "unpaid",
    names: ["未付"],
    behind: "names",
    who: "everybody",
    others: "helper",
    help: { en: "takes that back", "zh-hans": "撤销付款", "zh-hant": "撤銷付款" },
  },
  {
    id: "po",
    begins: "goods",
    names: ["采购单", "採購單"],
    who: "leader",
    help: {
      en: "what to order from the supplier, and how far that is; xlsx or csv: as a file",
      "zh-hans": "给供应商的采购单，和它的进度；加 xlsx 或 csv：文件",
      "zh-hant": "給供應商的採購單，和它的進度；加 xlsx 或 csv：檔案",
    },
  },
  {
    id: "arrive",
    names: ["到货", "到貨"],
    behind: "names",
    who: "leader",
    help: {
      en: "and what came (/arrive apples 48/50, or all); with names, what each piece weighs",
      "zh-hans": "加到货数量（/arrive 苹果 48/50，或 全到）；加名字，记每人实重",
      "zh-hant": "加到貨數量（/arrive 蘋果 48/50，或 全到）；加名字，記每人實重",
    },
  },
  {
    id: "short",
    names: ["缺货", "缺貨"],
    behind: "names",
    who: "leader",
    help: {
      en: "shares out what came short, also by hand (/short apples Lin 2); undo takes it back",
      "zh-hans": "分配缺货，也可写谁得多少（/short 苹果 王姐 2）；撤销可撤回",
      "zh-hant": "分配缺貨，也可寫誰得多少（/short 蘋果 王姐 2）；撤銷可撤回",
    },
  },
  {
    id: "pack",
    names: ["分拣", "分揀"],
    who: "helper",
    help: {
      en: "bags in walking order; items, table, labels",
      "zh-hans": "按楼栋装袋；商品、表、标签",
      "zh-hant": "按樓棟裝袋；商品、表、標籤",
    },
  },
  {
    id: "pickup",
    names: ["取货", "取貨"],
    behind: "words",
    who: "helper",
    help: {
      en: "and where and when: tells everybody that their order is ready; list: who has come, remind: asks who has not answered, absent: who has not come, picture: that list to print, keep: how long it is kept",
      "zh-hans":
        "加地点和时间：通知大家取货；名单：看谁取了；提醒：催没回应的；没来：记下没来的；图片：可打印的名单；保留：留到几点",
      "zh-hant":
        "加地點和時間：通知大家取貨；名單：看誰取了；提醒：催沒回應的；沒來：記下沒來的；圖片：可列印的名單；保留：留到幾點",
    },
  },
  {
    id: "picked",
    names: ["已取"],
    behind: "names",
    who: "everybody",
    others: "helper",
    help: {
      en: "says that you have collected yours; helpers: ticks the name or the code behind it, or a part (/picked Lin apples 1)",
      "zh-hans": "告诉团长您已取货；帮手：加名字或取货码打勾，可加部分（/picked 王姐 苹果1）",
      "zh-hant": "告訴團長您已取貨；幫手：加名字或取貨碼打勾，可加部分（/picked 王姐 蘋果1）",
    },
  },
  {
    id: "issue",
    names: ["售后", "售後"],
    behind: "words",
    who: "everybody",
    help: {
      en: "and what is wrong with what you got (/issue apples, 2 were bad); leaders: list, claim",
      "zh-hans": "加问题：收到的商品有问题（/issue 苹果坏了2个）；团长：名单、索赔",
      "zh-hant": "加問題：收到的商品有問題（/issue 蘋果壞了2個）；團長：名單、索賠",
    },
  },
  {
    id: "settle",
    names: ["结算", "結算"],
    behind: "names",
    who: "leader",
    help: {
      en: "who has paid what; ends the buy",
      "zh-hans": "看每个人的账，结算这个团",
      "zh-hant": "看每個人的帳，結算這個團",
    },
  },
  {
    id: "export",
    names: ["导出", "匯出", "導出"],
    who: "leader",
    help: {
      en: "the whole buy as a spreadsheet, to you alone; csv, masked and a sheet's name may follow; a number is an older one's",
      "zh-hans": "整个团的表格，只发给您；可以加 csv、脱敏、表名，或以前某团的编号",
      "zh-hant": "整個團的試算表，只發給您；可以加 csv、遮蔽、表名，或以前某團的編號",
    },
  },
  {
    id: "board",
    names: ["看板"],
    slashed: true,
    who: "helper",
    help: {
      en: "a page with lists to tick, print and fill in: the link is for you alone",
      "zh-hans": "打开看板网页：打勾、打印、填数；链接只给您",
      "zh-hant": "打開看板網頁：打勾、列印、填數；連結只給您",
    },
  },
  {
    id: "rate",
    names: ["评价", "評價"],
    behind: "words",
    who: "everybody",
    help: {
      en: "and a few words: how it was; leaders alone: what people say",
      "zh-hans": "加几句话：评价这个团；团长单发：看大家的评价",
      "zh-hant": "加幾句話：評價這個團；團長單發：看大家的評價",
    },
  },
  {
    id: "settings",
    begins: "here",
    names: ["设置", "設置", "設定"],
    who: "everybody",
    help: {
      en: "me and a language: yours; leaders: the chat's language, time zone, currency, quiet hours, last call",
      "zh-hans": "我 + 语言：您自己的语言；团长：群的语言、时区、货币、免打扰时间、截单提醒",
      "zh-hant": "我 + 語言：您自己的語言；團長：群的語言、時區、貨幣、免打擾時間、截單提醒",
    },
  },
  {
    id: "link",
    names: ["关联", "關聯"],
    who: "leader",
    help: {
      en: "joins another chat to this community, by a code",
      "zh-hans": "用一个码把另一个群关联到这里",
      "zh-hant": "用一個碼把另一個群關聯到這裡",
    },
  },
  {
    id: "leader",
    names: ["团长", "團長"],
    slashed: true,
    behind: "names",
    who: "leader",
    help: {
      en: "who leads here; with a name, or in reply: asks them to lead (helper, remove: makes a helper, takes it away)",
      "zh-hans": "看谁是团长；加名字或回复：请那人当团长（帮手、移除：设帮手、取消）",
      "zh-hant": "看誰是團長；加名字或回覆：請那人當團長（幫手、移除：設幫手、取消）",
    },
  },
  {
    id: "handover",
    names: ["交接"],
    behind: "names",
    who: "leader",
    help: {
      en: "and a name: hands a buy (all: everything) to them; me: takes one over",
      "zh-hans": "加名字：把团（全部：所有的）交给那人；我：接手",
      "zh-hant": "加名字：把團（全部：所有的）交給那人；我：接手",
    },
  },
  {
    id: "undo",
    names: ["撤销", "撤銷"],
    who: "everybody",
    help: {
      en: "takes back what you did last",
      "zh-hans": "撤销您刚才做的",
      "zh-hant": "撤銷您剛才做的",
    },
  },
  {
    id: "forget",
    names: ["遗忘", "遺忘"],
    who: "everybody",
    help: {
      en: "what is kept of you, and has it deleted",
      "zh-hans": "看保存了您的哪些资料，可以删除",
      "zh-hant": "看保存了您的哪些資料，可以刪除",
    },
  },
  {
    id: "log",
    names: ["记录", "記錄"],
    slashed: true,
    who: "leader",
    help: {
      en: "who did what when; with a number an older page, all: the community's",
      "zh-hans": "谁在什么时候做了什么；加页码看更早的，全部：整个社区的",
      "zh-hant": "誰在什麼時候做了什麼；加頁碼看更早的，全部：整個社區的",
    },
  },
  {
    id: "help",
    names: ["帮助", "幫助"],
    who: "everybody",
    help: {
      en: "how to order, and these commands",
      "zh-hans": "怎么下单，有哪些命令",
      "zh-hant": "怎麼下單，有哪些指令",
    },
  },
  {
    id: "start",
    names: [],
    who: "everybody",
    help: { en: "says hello", "zh-hans": "打个招呼", "zh-hant": "打個招呼" },
  },
];
