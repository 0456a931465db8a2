import { type Candidate, chooseBuy } from "../../../core/buy/choose-buy.ts";
import { endOf, isInTime } from "../../../core/buy/closing.ts";
import { isCoupled, saysCoupling } from "../../../core/buy/coupled.ts";
import { foldBuy, foldOrders } from "../../../core/buy/fold.ts";
import { isLeaderTalk } from "../../../core/buy/leader-talk.ts";
import { mineOf } from "../../../core/buy/mine.ts";
import type { Mine } from "../../../core/interpret/context.ts";
import { isOfferedAt, isOpenAt, isReplyTo, type OpenedBuy } from "./opened-buy.ts";
import type { Message } from "./transcript.ts";

/**
 * The buy that a message is about: one that is open where it was said, or one that was closed before, for which it is
 * late. Undefined for chatter.
 */
export function whichBuy(message: Message, buys: readonly OpenedBuy[]) {
  const open = buys.filter(isOpenAt(message));
  const closed = buys.filter((buy) => isOfferedAt(message, buy) && !isOpenAt(message)(buy));
  const text = lastText(message, open);
  if (message.leader && open.length > 0 && open.every(({ reader }) => isLeaderTalk(text, reader.read(text, {}))))
    return undefined;

  const candidates = (among: readonly OpenedBuy[]) => among.map((buy) => toCandidate(buy, message));
  const choice = chooseBuy(candidates(open), text);
  const isOfClosed = open.length === 0 || closed.some((buy) => isReplyTo(message, buy));
  const mayBeOfClosed = choice === undefined || (choice.buy && isUnknownThere(choice.buy, text));
  if (!isOfClosed && !mayBeOfClosed) return choice.buy || !isTakenBack(message, open) ? choice : undefined;
  // Said too late for a buy that is closed: the one closed last, where it fits several.
  const late = chooseBuy(candidates(closed), text);
  if (!isOfClosed && !(late?.buy && orders(late.buy, text))) return choice;
  return late && !late.buy ? { buy: late.among.reduce(closedLater) } : late;
}

function toCandidate(buy: OpenedBuy, message: Message): Candidate<OpenedBuy> {
  return {
    buy,
    reader: buy.reader,
    reply: isReplyTo(message, buy),
    // Worked out only where the words alone do not tell.
    get mine() {
      return mineIn(buy, message);
    },
  };
}

function closedLater(one: OpenedBuy, other: OpenedBuy): OpenedBuy {
  return +endOf(other.terms)! >= +endOf(one.terms)! ? other : one;
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
  const isWhole = isCoupled(terms) || saysCoupling(statements);
  const { orders } = isWhole
    ? foldBuy(terms, reader, statements)
    : foldOrders(
        terms,
        reader,
        statements.filter((statement) => statement.person === person),
      );
  return mineOf(orders.find((order) => order.person === person && order.for === undefined)?.lines ?? []);
}
