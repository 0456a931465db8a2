import { announce } from "../../../core/announce/announce.ts";
import { isInTime } from "../../../core/buy/closing.ts";
import { readerOf } from "../../../core/buy/reader.ts";
import { termsOfDraft } from "../../../core/buy/terms-of-draft.ts";
import { foldName } from "../../../core/buy/whom.ts";
import { commandOf } from "../../command-of.ts";
import { isOfferedAt, isOpenAt, isReplyTo, type OpenedBuy, postKey } from "./opened-buy.ts";
import type { Message, Transcript } from "./transcript.ts";

/** Commands that a recording knows; the names of others are words like any other there. @source message language, 3 */
const RECORDED: ReadonlySet<string> = new Set(["open", "close", "cancel", "tally", "my", "help", "start"]);

/** Runs the command in a message; false where it holds none. Commands of people who may not give them do nothing. */
export function runCommand(
  message: Message,
  transcript: Transcript,
  buys: OpenedBuy[],
  zone: string,
  currency: string,
) {
  const text = message.versions[0]!.text;
  const called = commandOf(text);
  if (!called) return /^\s*[/／][a-z]/i.test(text);
  const { command, rest, slash } = called;
  if (!slash && !RECORDED.has(command.id)) return false;
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
