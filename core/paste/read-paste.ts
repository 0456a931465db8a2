import type { Reader } from "../buy/reader.ts";
import { isMarked } from "../chain/looks-like-chain.ts";

/** A message of a chat that somebody has pasted. */
export interface PastedMessage {
  /** Who said it; undefined for a chain alone, and for what stands above the first name. */
  readonly speaker?: string;
  readonly text: string;
  /** Names the message where its source does: then it is known again though its text has changed. */
  readonly id?: string;
  /** What it said before it was changed. */
  readonly earlier?: readonly string[];
  readonly recalled?: true;
  /** Its speaker leads, as far as its source tells. */
  readonly leader?: true;
}

/** A line that says who speaks: the name, and what is said behind it. */
type HeadOf = (line: string) => { readonly name: string; readonly said: string } | undefined;

/** Date and time as chats print them. */
const TIME =
  /(?:(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}(?:日|[-/.]\d{2,4})?|昨天|今天|前天|yesterday|today|(?:星期|周|週)[一二三四五六日天])?,?\s{0,3}(?:上午|下午|晚上|凌晨|中午|早上)?\s?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?/
    .source;
const NAME_THEN_TIME = new RegExp(`^(\\S.{0,39}?)\\s{1,3}${TIME}\\s*$`, "iu");
const TIME_THEN_NAME = new RegExp(`^\\[?${TIME}\\]?\\s{0,2}(?:[-–]\\s)?(\\S[^:：\\n]{0,39})[:：]\\s?(.*)$`, "iu");
const NAME_ALONE = /^(\S[^:：\n]{0,39})[:：]\s*$/u;
const NAME_THEN_WORDS = /^(\S[^:：\n]{0,39})[:：]\s*(\S.*)$/u;

/** What stands before a colon and is nobody's name. */
const LABEL =
  /^(?:.{0,6}(?:订单|訂單|清单|清單|备注|備註|备註|格式|地址|地点|地點|时间|時間|日期|电话|電話|价格|價格|规格|規格|单位|單位|运费|運費|截止|截单|截單|接龙|接龍|例|例如|说明|說明|注意|品种|品種|产地|產地|付款|转账|轉帳|合计|合計|总计|總計|要求)|我要|我的|我订|我訂|(?:my |your |the )?(?:orders?|note|notes|pickup|pick-up|time|date|price|prices|place|address|total|payment|closes|deadline|example|eg|e\.g\.|unit|items?|details|phone))$/i;

/**
 * Reads what somebody has copied from a chat: a chain, or messages with their speakers, as WeChat ("王姐:" above the
 * words), its desktop window ("王姐 20:05"), WhatsApp ("[28/11/2026, 20:05:11] Lin: +2") or a leader by hand
 * ("王姐：苹果2") writes them. Which of these it is, its first line tells.
 *
 * @returns undefined where it cannot be told who said what
 */
export function readPaste(text: string, reader: Reader): readonly PastedMessage[] | undefined {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, "\n").split("\n");
  const first = lines.find((line) => line.trim() !== "") ?? "";
  const headOf = isMarked(text) ? undefined : HEADS.find((head) => head(first.trim()));
  if (headOf && headOf !== behindColon) return split(lines, headOf);
  if (reader.isChain(text)) return [{ text: text.trim() }];
  const isList = headOf && !reader.namesItem(headOf(first.trim())!.name);
  return isList ? split(lines, (line) => notOfItem(headOf(line), reader)) : undefined;
}

const HEADS: readonly HeadOf[] = [
  (line) => named(NAME_ALONE.exec(line)),
  (line) => named(TIME_THEN_NAME.exec(line)),
  (line) => named(NAME_THEN_TIME.exec(line)),
  behindColon,
];

function behindColon(line: string) {
  return named(NAME_THEN_WORDS.exec(line));
}

function named(match: RegExpExecArray | null) {
  const name = match?.[1]?.trim() ?? "";
  const isNone = name === "" || LABEL.test(name) || /^\d{1,3}[.、)．]|[，。！？!?;；#＃]|https?$/u.test(name);
  return isNone ? undefined : { name, said: match?.[2] ?? "" };
}

/** "苹果：2" goes on with what was said before. */
function notOfItem(head: ReturnType<HeadOf>, reader: Reader) {
  return head && !reader.namesItem(head.name) ? head : undefined;
}

function split(lines: readonly string[], headOf: HeadOf): PastedMessage[] {
  const messages: { speaker?: string; lines: string[] }[] = [];
  let isAfterBlank = true;
  for (const line of lines) {
    const last = messages.at(-1);
    const head = mayBegin(last?.lines, isAfterBlank) ? headOf(line.trim()) : undefined;
    if (head) messages.push({ speaker: head.name, lines: head.said === "" ? [] : [head.said] });
    else if (last) last.lines.push(line);
    else messages.push({ lines: [line] });
    isAfterBlank = line.trim() === "";
  }
  return messages
    .map(({ lines: said, ...message }) => ({ ...message, text: said.join("\n").trim() }))
    .filter(({ text }) => text !== "");
}

/** In the head of a chain "取货:" is part of its title, unless an empty line stands above. */
function mayBegin(said: readonly string[] | undefined, isAfterBlank: boolean): boolean {
  if (!said || isAfterBlank || !isMarked(said.join("\n"))) return true;
  return said.some((line) => /^\s*[\d１-９①-⑳]/u.test(line));
}
