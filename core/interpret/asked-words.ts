import type { Clause } from "./clauses.ts";
import { closedWords, hasHan } from "./closed-words.ts";

/** What a word does in a question about one's own order or the state of the buy. */
type Role =
  | "glue"
  | "me"
  | "weak" // show me, 帮我
  | "you"
  | "asks" // did, 吗: yes or no
  | "which" // what, 多少
  | "count" // how many
  | "look" // show, 查
  | "order"
  | "listed" // on the list, 记上: what became of it
  | "sum" // owe, 付
  | "list"
  | "all" // everyone, 大家
  | "goal" // the minimum, 成团
  | "buy"
  | "left" // short of, 差
  | "may" // can I: no question about what was done
  | "must"
  | "done"; // 了, 过

const WORDS: Readonly<Record<Role, string>> = {
  glue: `a the help of to for on at in is are am was be been it that this these those so and or as from than
    now already alr liao yet far currently again please pls plz thanks thank thx will going update updates anything hit reach reached meet met made make ah ar leh lah sia hor eh hi hello hey boss sorry just only
    actually really exactly altogether today till until before with by then there's any idea one else also too ok okay not anot still up
    请 请问 麻烦 帮 帮忙 帮手 一下 下 团长 群主 老板 呀 啊 呢 哦 噢 哈 嘛 吧 啦 喇 㗎 架 现在 目前 而家 依家 家阵 到 上 进 去 进去 上去 到底 究竟 那 这 那个 这个 个
    家 在 里 里面 是 系 有 都 还 还是 又 已 已经 刚才 刚刚 头先 之前 昨天 昨晚 今天 早上 一 一共 总共 合共 合计 总计 总 共 的 嘅 咁 唔该 谢谢 为止 边 这边 来 给 俾 畀 就 好 些 啲 群 里边 成功 谢谢啦`,
  weak: "me 帮我",
  me: "i my mine myself 我 我们 我家 我的 我嘅 自己 咱 咱家",
  you: "you u your ya 你 您",
  asks: "did do does have has if whether 吗 么 未 没 冇 没有 有没有 有冇 是不是 系咪 来着 有无",
  which:
    "what which 多少 几多 几 什么 啥 咩 乜 乜嘢 哪些 边啲 哪几样 怎样 怎么样 多少钱 几多钱 几钱 几块 多少元 who whos 谁 边个 都谁",
  count: "many much",
  look: "check see show confirm remind tell post share send give view display forgot remember know 看 看看 睇 睇下 查 查查 算 算算 发 出 列 报一下 贴 核对 确认 对一下 念",
  order:
    "order orders ordered ordering bought buy book booked ask asked said put placed place request requested reserve reserved 订 定 买 报 点 下 落 叫 嗌 下单 落单 订单 单 单子 张单 接龙 报名 订购 预订 预定 要 拿 份 那份",
  listed:
    "down included count counted recorded noted registered added through thru in captured received got get gotten gone go went 记 登记 记录 登 录 入 算上 加 加上 加进 记上 记到 记低 登记好 收到 计 计埋 统计到 漏 漏了 付 付款 付过 交钱",
  sum: "owe owed owing pay paynow paying transfer bill balance damage share cost amount due 多少钱 几多钱 几钱 几块 多少元 付 转 交 欠 争 账 钱 应付 蚊",
  list: "list lists tally tallies count counts total totals numbers number summary status figures overview 名单 统计 汇总 统计到 统计了 清单 列表 进度 总数 总量 接龙表 接龙名单 情况 累计 累积",
  all: "we we've our us everyone everybody people pax households neighbours neighbors who whos anyone anybody others joined join signed sign 大家 谁 边个 都谁 人 户 家人 全部 所有人 大伙 各位 参团 参加 跟团 跟 接",
  goal: "minimum min moq target quota threshold confirmed happen happening ahead proceed 成团 成 满 齐 凑 凑齐 凑够 够了 达标 起送 起订 起订量 起团 开团 开成 最低 人数 数 够数 满单 达到 够人 满员 成唔成 成不成 够不够 够唔够",
  buy: "group buy deal 团 这团 这个团",
  left: "need needed left more short shy off close remaining away 差 剩 缺 余 剩下 剩余 仲差 还差 还剩 仲剩",
  may: "can could may shall would 可以 能 可不可以 能不能 可唔可以",
  must: "should must 应该 该 需要 得",
  done: "了 咗 左 过",
};

const partsOf = closedWords(WORDS);

/** Whether a clause asks for the sender's own order, by its words alone. @source message language, 1.5 */
export function asksOwnInWords(clause: Clause, said: string): boolean {
  const parts = partsOf(clause);
  if (!parts) return false;
  const { has, counted, asksMany } = parts;
  const asked = isAsked(clause, said);
  const which = has("which", "count") || asksMany;
  const toldOf = asked || (which && !hasHan(said)) || (which && (has("done") || /单|来着|接龙|的/.test(said)));
  if (counted && !(asked && (has("order", "listed") || /来着$/.test(said)) && !has("may", "must"))) return false;
  if (has("may") && !has("look")) return false;
  if (/[欠争]我/.test(said)) return false;
  if (!has("me")) {
    if (has("weak") && (has("sum") ? which : has("listed") && (asked || has("look")))) return true;
    return has("sum") && has("you") && which && !has("order", "all");
  }
  if (/^我的呢$|来着$/.test(said)) return true;
  if (/(?:^| )(?:my|mine|us|me)(?: |$)/.test(said) && has("count") && !has("left", "order")) return true; // "mine is how much"
  if (
    has("sum") &&
    (which || (asked && /owe|share|bill|total|balance|damage|欠|争/.test(said)) || /算|total up/.test(said))
  )
    return true;
  if (has("must") || /(?:have|need|got|want|like) to|要(?!了|过|的)/.test(said)) return false;
  if (has("order") && (toldOf || (has("look") && !has("done")))) return true;
  return has("listed", "list") && (asked || (has("look") && (has("listed") || /(?:^| )on |在/.test(said))));
}

/** Whether a clause asks how the buy stands, by its words alone. @source message language, 1.5 */
export function asksStateInWords(clause: Clause, said: string): boolean {
  const parts = partsOf(clause);
  if (!parts || parts.counted) return false;
  const { has, asksMany, named } = parts;
  const asked = isAsked(clause, said);
  if (has("me", "must")) return false;
  const many = has("count") || asksMany || (hasHan(said) && has("which"));
  if (has("goal") && !has("you", "order") && (many || asked)) return true;
  if (has("may", "you") && !has("look")) return false;
  if (has("buy") && asked && has("listed")) return true;
  if (
    has("list") &&
    (asked || asksMany || has("which", "count") || (has("look") && !has("done")) || /please|pls|plz/.test(said))
  )
    return true;
  if (has("left") && many) return true;
  return (
    (has("all") || (named && asksMany && has("order") && has("done"))) &&
    has("order", "listed") &&
    (has("which") || many || (asked && has("order") && !hasHan(said))) &&
    !/(?<!都)谁要|边个要|(?:各位|大家|你们)都?(?:还|想|需)?要(?:几|多少)|过|付|交钱|pa(?:y|id)/.test(said)
  );
}

/** A question by its form. */
function isAsked({ asked }: Clause, said: string): boolean {
  return asked || INVERTED.test(said) || ASKS_HAN.test(said);
}

const INVERTED =
  /^(?:(?:hi|hey|hello|boss|eh|sorry|so|and|ok|please|pls) )*(?:is|are|am|was|were|will|did|do|does|have|has) (?!to |got mine)|(?:^| )(?:if|whether|or not|anot) ?/;
const ASKS_HAN = /吗|(?<!什|怎)么(?!样)|[没未冇](?:有)?[呀啊呢]?$|有没有|有冇|是不是|系咪|来着|了吧$|(.)[不唔]\1/;
