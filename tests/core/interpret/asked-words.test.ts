import { expect, test } from "vitest";
import { interpret, prepareCatalog } from "../../../core/interpret/interpret.ts";
import { goods } from "./support.ts";

const catalog = prepareCatalog(goods("洗洁精/瓶", "垃圾袋/卷", "Bin bags/roll"));

const MINE = `
can you check I'm on the list | what was my order again | mine is how much | my one how much | so I owe? | my share?
how many bin bags did I ask for | did you count me in | how much altogether for me | total for me? | am I in?
do you have me down for 2 | have you got me down | received my order? | can I see what I ordered | I forgot what I ordered
给你转多少 | 算下我的 | 帮我算下多少钱 | 我的账算一下 | 我的呢 | 有记到我吗 | 我的訂單有收到嗎 | 有冇我份 | 计咗我未
我是2瓶还是3瓶来着 | 我是不是订了2瓶 | 我付过钱了吗 | 我的登记了没 | help me check 我的 order`;

const TALLY = `
how many more till we hit the minimum? | how far off the minimum are we | how many short are we? | still need how many to confirm
any idea how many we've got | could you share what everyone ordered | what's our count now | short of how many sia
can hit min or not | total bin bags? | has anyone ordered bin bags | update on numbers? | can see the list
is it going to go ahead? | did the group buy go through? | who's ordered so far | how many people are in
洗洁精有几个人要 | 看下统计 | 发下名单 | 名单发一下 | 发个汇总 | 凑齐了没 | 人够不够 | 谁订了垃圾袋 | 都有谁订了 | 都谁要
大家都订了什么 | 到起订量了吗 | 邊個訂咗 | 睇下名單 | 出個list睇下 | 滿單了嗎 | 目前累積多少 | 目前统计多少瓶了 | 统计到多少了 | 群里几个人订了`;

/** Of the same words, and no such question. */
const NONE = `
我订了 | 我没订 | 谁要垃圾袋 | 谁买过 | 名单发了 | 我看了名单 | 名单已经发群里了 | 垃圾袋还有吗 | 还有垃圾袋吗 | 我买什么好
大家记得付钱 | 大家订的都到了 | 不够 | 够吃吗 | 各位要几卷垃圾袋 | 几个人吃 | what's the minimum | is there a minimum | how many do you want
how many can we order | how many should we order | do I have to order | can I order | how do I pay | when do I pay
can you order for me | here's the list | I have ordered | we have enough | we need more people | need more | is it mine
everyone has paid | who wants bin bags | do you have more | got more? | do we need bags | how much is it | how much each
who are you | what do you need | will that be enough | are you in?`;

const said = (texts: string): readonly string[] => texts.trim().split(/\s*[|\n]\s*/);

for (const [kind, texts] of [
  ["mine", MINE],
  ["tally", TALLY],
  ["none", NONE],
] as const)
  test.each(said(texts))(`%s: ${kind}`, (text) => {
    expect(interpret(text, { catalog }).kind).toBe(kind);
  });
