import { announce } from "../../../core/announce/announce.ts";
import { chooseBuy } from "../../../core/buy/choose-buy.ts";
import { endOf, isInTime } from "../../../core/buy/closing.ts";
import { isCoupled, isCoupling } from "../../../core/buy/coupled.ts";
import { foldBuy, foldOrders } from "../../../core/buy/fold.ts";
import { isLeaderTalk } from "../../../core/buy/leader-talk.ts";
import type { Ledger } from "../../../core/buy/ledger.ts";
import { mineOf } from "../../../core/buy/mine.ts";
import { type Reader, readerOf } from "../../../core/buy/reader.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";
import { termsOfDraft } from "../../../core/buy/terms-of-draft.ts";
import { foldName } from "../../../core/buy/whom.ts";
import type { Mine } from "../../../core/interpret/context.ts";
import { commandOf } from "../../commands.ts";
import type { Message, Transcript } from "./transcript.ts";

/** A buy that a transcript opened, and what became of it. */
export interface PlayedBuy {
  readonly terms: BuyTerms;
  readonly status: "open" | "closed" | "cancelled" | "failed";
  /** Where it was offered. */
  readonly chats: readonly string[];
  readonly ledger: Ledger;
}

export interface Played {
  readonly buys: readonly PlayedBuy[];
  /** Questions to which no buy belongs: they fit several. */
  readonly between: readonly { readonly id: string; readonly reason: string }[];
  /** How many messages did nothing. */
  readonly ignored: number;
}

interface OpenedBuy {
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

/**
 * Plays a recorded chat through the fold that a live one goes through, by a clock that stops at the last event.
 *
 * @param zone      IANA, in which announcements are read
 * @param currency  of announcements that name none, where the zone has none
 */
export function play(transcript: Transcript, zone: string, currency: string): Played {
  const buys: OpenedBuy[] = [];
  const said: Message[] = [];
  for (const message of transcript.messages) {
    if (isBot(message)) {
      keepPost(message, buys);
      continue;
    }
    keepRepost(message, buys);
    if (!runCommand(message, transcript, buys, zone, currency)) said.push(message);
  }
  const between: { id: string; reason: string }[] = [];
  let ignored = transcript.messages.length - said.length;
  for (const message of said) {
    const choice = choose(message, buys);
    if (choice?.buy) choice.buy.statements.push(toStatement(message, choice.buy));
    else if (choice) between.push({ id: message.id, reason: choice.reason });
    else ignored++;
  }
  const played = buys.map((buy) => finish(buy, transcript.endsAt));
  for (const { ledger } of played) ignored += ledger.verdicts.filter(({ outcome }) => outcome === "nothing").length;
  return { buys: played, between, ignored };
}

/** A recording does not say who is a bot: by their names they call themselves so. */
function isBot({ person, name }: Message): boolean {
  return [person, name].some((word) => /(?:^|[^a-z])(?:bot|plusone)(?:[^a-z]|$)|机器人|機器人/i.test(word));
}

/** A leader posts the announcement of an open buy again, there or in another chat: from then on it is offered there. */
function keepRepost(message: Message, buys: readonly OpenedBuy[]): void {
  if (!message.leader || commandOf(message.versions[0]!.text)) return;
  const text = foldName(message.versions[0]!.text);
  for (const { announcement, terms, chats, posts } of buys) {
    if (announcement === "" || !text.includes(announcement) || !isInTime(message.at, endOf(terms))) continue;
    if (!chats.has(message.chat)) chats.set(message.chat, message);
    posts.add(postKey(message.chat, message.id));
  }
}

/** What a bot posts is the post of the buy that it names, or of the only one that is open. */
function keepPost(message: Message, buys: readonly OpenedBuy[]): void {
  const open = buys.filter(isOpenAt(message));
  const named = open.filter(({ terms }) => message.versions[0]!.text.includes(terms.title));
  const [buy, ...others] = named.length > 0 ? named : open;
  if (buy && others.length === 0) buy.posts.add(postKey(message.chat, message.id));
}

// ---- commands --------------------------------------------------------------------------------------------------

/** Runs the command in a message; false where it holds none. Commands of people who may not give them do nothing. */
function runCommand(message: Message, transcript: Transcript, buys: OpenedBuy[], zone: string, currency: string) {
  const text = message.versions[0]!.text;
  const called = commandOf(text);
  if (!called) return /^\s*[/／][a-z]/i.test(text);
  const { command, rest, slash } = called;
  if (command.who === "everybody" && !slash && rest !== "") return false; // "我的：苹果2斤" is an order
  if (!message.leader) return true;
  if (command.id === "open") open(message, transcript, buys, zone, currency);
  if (command.id === "close") {
    const buy = pick(message, rest, buys.filter(isOpenAt(message)));
    if (buy) buy.terms = { ...buy.terms, endedAt: message.at };
  }
  if (command.id === "cancel") {
    const openNow = buys.filter(isOpenAt(message));
    const buy = pick(message, rest, openNow.length > 0 ? openNow : buys.filter((one) => isOfferedAt(message, one)));
    if (!buy) return true;
    buy.isCancelled = true;
    if (isOpenAt(message)(buy)) buy.terms = { ...buy.terms, endedAt: message.at };
  }
  return true;
}

function open(message: Message, transcript: Transcript, buys: OpenedBuy[], zone: string, currency: string): void {
  const draftOf = (text: string) => {
    const called = commandOf(text);
    const announcement = called?.command.id === "open" ? called.rest || repliedText(message, transcript) : "";
    return announce(announcement, { now: message.at, zone });
  };
  const first = message.versions[0]!.text;
  let draft = draftOf(first);
  // The leader corrects the announcement: as with any message its last text counts, up to the closing.
  for (const { text, at } of message.versions.slice(1)) {
    const corrected = draftOf(text);
    if (corrected.items.length > 0 && isInTime(at, draft.closesAt)) draft = corrected;
  }
  if (draft.items.length === 0) return;
  const terms = termsOfDraft(draft, message.at, currency);
  buys.push({
    terms,
    reader: readerOf(terms.items),
    announcement: foldName(commandOf(first)?.rest ?? ""),
    chats: new Map([[message.chat, message]]),
    posts: new Set([message.id, message.replyTo ?? message.id].map((id) => postKey(message.chat, id))),
    isCancelled: false,
    statements: [],
  });
}

function repliedText(message: Message, { messages }: Transcript): string {
  const replied = messages.find(({ chat, id }) => chat === message.chat && id === message.replyTo);
  return replied?.versions.findLast(({ at }) => at <= message.at)?.text ?? "";
}

/** The buy that a command means: the one it replies to, the one that it names, the one opened last. */
function pick(message: Message, words: string, among: readonly OpenedBuy[]): OpenedBuy | undefined {
  const replied = among.find((buy) => isReplyTo(message, buy));
  const named = among.filter(({ terms }) =>
    [terms.title, ...terms.items.map(({ name }) => name)].some((name) => isNamed(name, words)),
  );
  return replied ?? (named.length === 1 ? named[0] : among.at(-1));
}

function isNamed(name: string, words: string): boolean {
  const [long, short] = [name.toLowerCase(), words.trim().toLowerCase()];
  return short.length >= 2 && (long.includes(short) || short.includes(long));
}

// ---- what was said ---------------------------------------------------------------------------------------------

function choose(message: Message, buys: readonly OpenedBuy[]) {
  const open = buys.filter(isOpenAt(message));
  const closed = buys.filter((buy) => isOfferedAt(message, buy) && !isOpenAt(message)(buy));
  const text = lastText(message, open);
  if (message.leader && open.length > 0 && open.every(({ reader }) => isLeaderTalk(text, reader.read(text, {}))))
    return undefined;

  const candidates = (among: readonly OpenedBuy[]) =>
    among.map((buy) => ({
      buy,
      reader: buy.reader,
      reply: isReplyTo(message, buy),
      ...(among.length > 1 && { mine: mineIn(buy, message) }),
    }));
  const choice = chooseBuy(candidates(open), text);
  const toClosed = candidates(closed);
  const isOfClosed = open.length === 0 || toClosed.some(({ reply }) => reply);
  if (!isOfClosed && !(choice?.buy && isUnknownThere(choice.buy, text))) {
    return choice && !choice.buy && isTakenBack(message, open) ? undefined : choice;
  }
  // Said too late for a buy that is closed: the one closed last, where it fits several.
  const late = chooseBuy(toClosed, text);
  if (!isOfClosed && !(late?.buy && orders(late.buy, text))) return choice;
  return late && !late.buy
    ? { buy: late.among.reduce((a, b) => (+endOf(b.terms)! >= +endOf(a.terms)! ? b : a)) }
    : late;
}

/** Whether a message was said where and since a buy is offered. */
function isOfferedAt(message: Message, { chats }: OpenedBuy): boolean {
  const since = chats.get(message.chat);
  if (!since) return false;
  return +message.at > +since.at || (+message.at === +since.at && message.position > since.position);
}

function isOpenAt(message: Message): (buy: OpenedBuy) => boolean {
  return (buy) => isOfferedAt(message, buy) && isInTime(message.at, endOf(buy.terms));
}

function isReplyTo({ chat, replyTo }: Message, { posts }: OpenedBuy): boolean {
  return replyTo !== undefined && posts.has(postKey(chat, replyTo));
}

function postKey(chat: string, id: string): string {
  return `${chat}\n${id}`;
}

/** The text by which a message counts: its last one up to the last closing of these buys. */
function lastText({ versions }: Message, open: readonly OpenedBuy[]): string {
  const counts = (at: Date) => open.some(({ terms }) => isInTime(at, endOf(terms)));
  return (versions.findLast(({ at }) => counts(at)) ?? versions[0]!).text;
}

function isTakenBack({ recalledAt }: Message, open: readonly OpenedBuy[]): boolean {
  return recalledAt !== undefined && open.some(({ terms }) => isInTime(recalledAt, endOf(terms)));
}

function isUnknownThere({ reader }: OpenedBuy, text: string): boolean {
  const reading = reader.read(text, {});
  return reading.kind === "unclear" && reading.reason === "unknown-item";
}

function orders({ reader }: OpenedBuy, text: string): boolean {
  const reading = reader.read(text, {});
  return reading.kind === "order" && reading.lines.length > 0;
}

/** What a person has in a buy by now. */
function mineIn({ terms, reader, statements }: OpenedBuy, { person }: Message): Mine {
  const isWhole = isCoupled(terms) || statements.some(({ versions }) => versions.some(({ text }) => isCoupling(text)));
  const { orders } = isWhole
    ? foldBuy(terms, reader, statements)
    : foldOrders(
        terms,
        reader,
        statements.filter((statement) => statement.person === person),
      );
  return mineOf(orders.find((order) => order.person === person && order.for === undefined)?.lines ?? []);
}

function toStatement(message: Message, buy: OpenedBuy): Statement {
  const { chat, id, position, person, name, at, versions, recalledAt, leader } = message;
  return {
    chat,
    id,
    position,
    person,
    name,
    saidAt: at,
    versions,
    ...(recalledAt && { recalledAt }),
    reply: isReplyTo(message, buy),
    leader,
  };
}

// ---- the end ---------------------------------------------------------------------------------------------------

function finish({ terms, reader, chats, isCancelled, statements }: OpenedBuy, endsAt: Date | undefined): PlayedBuy {
  const end = endOf(terms);
  const isEnded = end !== undefined && endsAt !== undefined && end <= endsAt;
  const ledger = foldBuy(terms, reader, statements);
  const isFailed = isEnded && ledger.minimum?.isReached === false;
  const status = isCancelled ? "cancelled" : isFailed ? "failed" : isEnded ? "closed" : "open";
  return { terms, status, chats: [...chats.keys()], ledger };
}
