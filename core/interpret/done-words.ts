import type { Clause } from "./clauses.ts";
import { closedWords } from "./closed-words.ts";

/** Words that tell nothing of their own beside money or goods. */
const BESIDE = `团长 群主 老板 我 我们 我家 我的 我嘅 把 都 也 这边 啦 哈 哦 喔 噢 喇 呀 啊 呢 哟 的 嘅 一下 已 已经 刚 刚刚 刚才 头先 全部 一起 先 到 过去 出去
  好 齐 晒 谢谢 谢谢团长 谢谢啦 辛苦 辛苦了 唔该 唔该晒 多谢 下 早上 昨天 昨晚 今天 今早 帮 去
  hi hello hey boss i i've ive have had has just now already alr liao all both the my our mine it them you u to for on in over across
  by via with from at up off yesterday today earlier this morning evening everything of a an and so ok okay thanks thank thx ty ta cheers order
  pls please ah leh lah sia is was been done also total`;

const paid = closedWords({
  beside: BESIDE,
  money: "钱 款 货款 数 账 费 款项 团费 菜钱 元 块 块钱 蚊 money payment transfer cash amount dues bill share balance",
  channel:
    "微信 支付宝 微信支付 现金 转数快 银行卡 银行 扫码 红包 paynow paylah payme fps venmo zelle revolut paypal alipay wechat alipayhk tng duitnow bank transfer",
  you: "给你 你 您 给您 给团长 俾你 畀你 俾咗你 畀咗你 给 俾 畀 返 翻",
  /** Nothing but money is paid, settled or transferred. */
  pays: "付 付款 支付 汇 汇款 打款 打钱 转账 转帐 过数 入数 转数 结清 付清 paid transferred paynowed paylahed venmoed zelled wired remitted settled",
  gives:
    "给你 给您 给团长 俾你 畀你 bank paynow paylah payme fps 转数快 转 打 交 给 v 扫 发 缴 补 sent send transfer made banked put dropped gave given settle",
  done: "已 已经 了 完 过 咗 左 清 成功 完成 好了 完毕 掉 过去 出去 liao already alr done paid sent transferred made settled wired given gave dropped banked paynowed paylahed venmoed zelled remitted",
});

const fetched = closedWords({
  beside: BESIDE,
  takes: "拿 取 领 提 攞 拎 取货 提货 领货 取件 拿货 自提 自取 picked collected collect fetched grabbed retrieved",
  gets: "got took take received have",
  goods:
    "货 东西 件 包裹 餸 嘢 order orders stuff things goods items item mine ours everything parcel bag bags box boxes share lot them",
  done: "了 完 走 咗 左 过 完成 成功 收 回 返 回家 home picked collected fetched grabbed retrieved got took received liao already alr",
});

/** Whether a clause says that money was sent, by its words alone. @source message language, 1.5 */
export function tellsOfPaying(clause: Clause): boolean {
  const parts = clause.asked ? undefined : paid(clause);
  if (!parts?.has("done")) return false;
  return parts.has("pays") || (parts.has("gives") && parts.has("money", "channel"));
}

/** Whether a clause says that the goods are with the sender, by its words alone. @source message language, 1.5 */
export function tellsOfFetching(clause: Clause): boolean {
  const parts = clause.asked ? undefined : fetched(clause);
  if (!parts?.has("done") || parts.counted) return false;
  return parts.has("takes") || (parts.has("gets") && (parts.has("goods") || parts.named));
}
