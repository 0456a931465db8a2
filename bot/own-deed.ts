import { saysWrong } from "../core/complaint-words.ts";
import { handedLines } from "./actions/handed-lines.ts";
import { missingOf } from "./actions/no-show.ts";
import { PAYABLE } from "./actions/note-payment.ts";
import { isCaredFor, UNDER_WAY } from "./actions/pick-buy.ts";
import { RATED } from "./actions/rate-buy.ts";
import { lineNamed } from "./actions/report-problem.ts";
import { standingsOf } from "./actions/standings.ts";
import { type Called, commandOf } from "./command-of.ts";
import type { CommandId } from "./commands.ts";
import { PASS, TAKE } from "./on-command.ts";
import type { Parts } from "./parts.ts";
import type { TextIn } from "./ports.ts";
import type { Buy, BuyStatus, ChangeTx, Place } from "./store.ts";

/** A buy in which somebody who writes in private has ordered, and the group in which it is offered. */
export interface OwnBuy {
  readonly buy: Buy;
  readonly place: Place;
  readonly person: string;
}

/** What one may say in private of one's own order. */
interface Deed {
  /** Whether a buy is as far as it has to be. */
  of(buy: Buy, at: Date): boolean;
  /** Where none is, the last of these is meant: there they hear why it cannot be. */
  readonly late?: (buy: Buy) => boolean;
  /** Whether it can be this buy that is meant: something is open there that it would settle. */
  fits(tx: ChangeTx, own: OwnBuy, said: string): Promise<boolean>;
}

const DEEDS: Readonly<Partial<Record<CommandId, Deed>>> = {
  paid: { of: isIn(PAYABLE), fits: async (tx, own) => (await standingOf(tx, own)).open > 0 },
  unpaid: { of: isIn(PAYABLE), fits: async (tx, own) => (await standingOf(tx, own)).claimed > 0 },
  picked: { of: isCaredFor, fits: async (tx, { buy, person }) => (await missingOf(tx, buy)).includes(person) },
  issue: {
    of: isCaredFor,
    late: isIn(["settled"]),
    fits: async (tx, { buy, person }, said) => {
      const lines = (await handedLines(tx, buy)).filter((line) => line.person === person);
      return lineNamed(lines, buy, said) !== undefined;
    },
  },
  my: {
    of: isIn(UNDER_WAY),
    fits: async (tx, { buy, person }) =>
      (await tx.offersOf(buy)).some((offer) => offer.person === person && offer.state === "open"),
  },
  pay: { of: isIn(["settled"]), fits: async (tx, own) => (await standingOf(tx, own)).over > 0 },
  rate: { of: isIn(RATED), fits: async (_, { buy }) => buy.status === "settled" },
};

/** "/pay keep", "/pay back": the rest of `/pay` is for leaders, or shows something. */
const OVER = /^(?:keep|back|留|留着|留著|退|退给我|退給我)$/iu;

/** The buys in which somebody has ordered lately, the newest first. */
export async function ownBuys(parts: Parts, { platform, sender }: TextIn): Promise<readonly OwnBuy[]> {
  const orders = await parts.store.ordersOf(platform, sender.id);
  if (orders.length === 0) return [];
  return parts.store.look(async (tx) => {
    const own: OwnBuy[] = [];
    for (const { community, buy: id, person } of orders) {
      const buy = await tx.findBuy(community, id);
      const places = (buy && (await tx.placesOf([buy])).get(id)) ?? [];
      const place = places.find((each) => each.platform === platform);
      if (buy && place) own.push({ buy, place, person });
    }
    return own;
  });
}

/** What somebody says in private of their own order, as the command for it; undefined for all else. */
export function ownDeed(parts: Parts, own: readonly OwnBuy[], { text }: TextIn): Called | undefined {
  const called = commandOf(text);
  const id = called?.command.id;
  if (called && (called.slash || id !== "pay")) {
    if (id === "my") return TAKE.test(called.rest) || PASS.test(called.rest) ? called : undefined;
    if (id === "pay") return OVER.test(called.rest) ? called : undefined;
    return id && id in DEEDS ? called : undefined;
  }
  for (const { buy } of own) {
    const reading = parts.readerOf(buy).read(text, {});
    if (reading.kind === "paid") return commandOf(`/paid ${reading.amount ?? ""}`);
    if (reading.kind === "received") return commandOf("/picked");
  }
  return saysWrong(text) ? commandOf(`/issue ${text}`) : undefined;
}

/**
 * The buys that it may be about: where some of them wait for it, these; else all that are as far as it has to be.
 *
 * @param own  the newest first
 * @param at   when it was said
 */
export async function deedBuys(
  parts: Parts,
  own: readonly OwnBuy[],
  { command: { id }, rest }: Pick<Called, "command" | "rest">,
  at: Date,
): Promise<readonly OwnBuy[]> {
  const deed = DEEDS[id];
  const among = deed ? own.filter(({ buy }) => deed.of(buy, at)) : [];
  if (among.length === 0 && deed?.late) return own.filter(({ buy }) => deed.late!(buy)).slice(0, 1);
  if (!deed || among.length < 2) return among;
  return parts.store.look(async (tx) => {
    const waiting: OwnBuy[] = [];
    for (const each of among) if (await deed.fits(tx, each, rest)) waiting.push(each);
    return waiting.length > 0 ? waiting : among;
  });
}

function isIn(statuses: readonly BuyStatus[]) {
  return ({ status }: Buy): boolean => statuses.includes(status);
}

/** The buys of which a picture without a word may be: where something is to be paid, else those with goods of theirs. */
export async function pictureBuys(parts: Parts, own: readonly OwnBuy[], at: Date): Promise<readonly OwnBuy[]> {
  return parts.store.look(async (tx) => {
    const owing: OwnBuy[] = [];
    const cared: OwnBuy[] = [];
    for (const each of own) {
      const { buy, person } = each;
      if (PAYABLE.includes(buy.status) && (await standingOf(tx, each)).open > 0) owing.push(each);
      if (isCaredFor(buy, at) && (await handedLines(tx, buy)).some((line) => line.person === person)) cared.push(each);
    }
    return owing.length > 0 ? owing : cared;
  });
}

async function standingOf(tx: ChangeTx, { buy, person }: OwnBuy) {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  return standingsOf(buy, lines, await tx.paymentsOf([buy]), [person]).get(person)!;
}
