import { endOf, isInTime } from "../../../core/buy/closing.ts";
import type { Reader } from "../../../core/buy/reader.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";
import { foldName } from "../../../core/buy/whom.ts";
import { commandOf } from "../../command-of.ts";
import type { Message } from "./transcript.ts";

/** A buy while a transcript is played. */
export interface OpenedBuy {
  terms: BuyTerms;
  readonly reader: Reader;
  /** What was announced, without the command: a leader who posts it in another chat offers the buy there too. */
  readonly announcement: string;
  /** Where it is offered, and since when. */
  readonly chats: Map<string, Message>;
  /** Messages that a reply to is a reply to the buy's post. */
  readonly posts: Set<string>;
  isCancelled: boolean;
  readonly statements: Statement[];
}

/** Whether a buy was open, where a message was said, when it was said. */
export function isOpenAt(message: Message): (buy: OpenedBuy) => boolean {
  return (buy) => isOfferedAt(message, buy) && isInTime(message.at, endOf(buy.terms));
}

/** Whether a message was said where and since a buy is offered. */
export function isOfferedAt(message: Message, { chats }: OpenedBuy): boolean {
  const since = chats.get(message.chat);
  if (!since) return false;
  return +message.at > +since.at || (+message.at === +since.at && message.position > since.position);
}

/** Whether a message replies to a post of a buy. */
export function isReplyTo({ chat, replyTo }: Message, { posts }: OpenedBuy): boolean {
  return replyTo !== undefined && posts.has(postKey(chat, replyTo));
}

/** Names a message of a chat among the posts of a buy. */
export function postKey(chat: string, id: string): string {
  return `${chat}\n${id}`;
}

/** A leader posts the announcement of an open buy again, there or in another chat: from then on it is offered there. */
export function keepRepost(message: Message, buys: readonly OpenedBuy[]): void {
  if (!message.leader || commandOf(message.versions[0]!.text)) return;
  const text = foldName(message.versions[0]!.text);
  for (const { announcement, terms, chats, posts } of buys) {
    if (announcement === "" || !text.includes(announcement) || !isInTime(message.at, endOf(terms))) continue;
    if (!chats.has(message.chat)) chats.set(message.chat, message);
    posts.add(postKey(message.chat, message.id));
  }
}

/** What a bot posts is the post of the buy that it names, or of the only one that is open. */
export function keepPost(message: Message, buys: readonly OpenedBuy[]): void {
  const open = buys.filter(isOpenAt(message));
  const named = open.filter(({ terms }) => message.versions[0]!.text.includes(terms.title));
  const [buy, ...others] = named.length > 0 ? named : open;
  if (buy && others.length === 0) buy.posts.add(postKey(message.chat, message.id));
}
