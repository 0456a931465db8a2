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
import type { Mine } from "../../../core/interpret/context.ts";
import { commandOf } from "../../commands.ts";
import type { Message, Transcript } from "./transcript.ts";

/** A buy that a transcript opened, and what became of it. */
export interface PlayedBuy {
  readonly terms: BuyTerms;
  readonly status: "open" | "closed" | "cancelled" | "failed";
  /** Where something was said about it. */
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
  readonly chat: string;
  readonly openedBy: Message;
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
    if (isBot(message)) keepPost(message, buys);
    else if (!runCommand(message, transcript, buys, zone, currency)) said.push(message);
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

/** What a bot posts is the post of the buy that it names, or of the only one that is open. */
function keepPost(message: Message, buys: readonly OpenedBuy[]): void {
  const open = buys.filter((buy) => buy.chat === message.chat && isOpenAt(message)(buy));
  const named = open.filter(({ terms }) => message.versions[0]!.text.includes(terms.title));
  const [buy, ...others] = named.length > 0 ? named : open;
  if (buy && others.length === 0) buy.posts.add(message.id);
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
    const buy = pick(message, rest, openNow.length > 0 ? openNow : buys.filter(({ chat }) => chat === message.chat));
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
  let draft = draftOf(message.versions[0]!.text);
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
    chat: message.chat,
    openedBy: message,
    posts: new Set([message.id, ...(message.replyTo === undefined ? [] : [message.replyTo])]),
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
  const replied = among.find(({ posts }) => message.replyTo !== undefined && posts.has(message.replyTo));
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
  const isHere = buysAround(message.chat, buys);
  const open = buys.filter((buy) => isHere(buy) && isOpenAt(message)(buy));
  const closed = buys.filter((buy) => isHere(buy) && isSaidAfter(message, buy) && !isOpenAt(message)(buy));
  const text = lastText(message, open);
  if (message.leader && open.length > 0 && open.every(({ reader }) => isLeaderTalk(text, reader.read(text, {}))))
    return undefined;

  const candidates = (among: readonly OpenedBuy[]) =>
    among.map((buy) => ({
      buy,
      reader: buy.reader,
      reply: message.replyTo !== undefined && buy.posts.has(message.replyTo),
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

/** A chat's own buys; all of the community's for a chat in which none was ever opened. */
function buysAround(chat: string, buys: readonly OpenedBuy[]): (buy: OpenedBuy) => boolean {
  const hasOwn = buys.some((buy) => buy.chat === chat);
  return (buy) => !hasOwn || buy.chat === chat;
}

function isSaidAfter(message: Message, { openedBy }: OpenedBuy): boolean {
  return +message.at > +openedBy.at || (+message.at === +openedBy.at && message.position > openedBy.position);
}

function isOpenAt(message: Message): (buy: OpenedBuy) => boolean {
  return (buy) => isSaidAfter(message, buy) && isInTime(message.at, endOf(buy.terms));
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
  const { chat, id, position, person, name, at, versions, recalledAt, replyTo, leader } = message;
  return {
    chat,
    id,
    position,
    person,
    name,
    saidAt: at,
    versions,
    ...(recalledAt && { recalledAt }),
    reply: replyTo !== undefined && buy.posts.has(replyTo),
    leader,
  };
}

// ---- the end ---------------------------------------------------------------------------------------------------

function finish({ terms, reader, chat, isCancelled, statements }: OpenedBuy, endsAt: Date | undefined): PlayedBuy {
  const end = endOf(terms);
  const isEnded = end !== undefined && endsAt !== undefined && end <= endsAt;
  const ledger = foldBuy(terms, reader, statements);
  const chats = new Set([chat, ...ledger.verdicts.filter(({ outcome }) => outcome !== "nothing").map((v) => v.chat)]);
  const isFailed = isEnded && ledger.minimum?.isReached === false;
  const status = isCancelled ? "cancelled" : isFailed ? "failed" : isEnded ? "closed" : "open";
  return { terms, status, chats: [...chats], ledger };
}
