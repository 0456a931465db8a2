import { createHash } from "node:crypto";
import { foldBuy } from "../core/buy/fold.ts";
import type { Verdict } from "../core/buy/ledger.ts";
import type { Statement } from "../core/buy/statement.ts";
import type { Parts } from "./parts.ts";
import type { Recorded } from "./record.ts";
import { say } from "./replies/replies.ts";
import type { Buy, ChangeTx, LedgerTx } from "./store.ts";
import { queueForLeaders } from "./tell-leaders.ts";

/** So much of what somebody said is quoted. */
const MOST_QUOTED = 600;

/** Eight digits by which leaders name a late message wherever they are told of it: ids of other chats are long, or the same as one here. */
export function lateRef(chat: string, message: string): string {
  return createHash("sha256").update(`${chat}:${message}`).digest("hex").slice(0, 8);
}

/** What the causes of all words to leaders about a message begin with. */
export function lateCause(buy: string, chat: string, message: string): string {
  return `late-order:${buy}:${lateRef(chat, message)}:`;
}

/**
 * What came too late for the list is never booked silently and never dropped silently: a leader decides. They are told in
 * the transaction that stores it.
 */
export async function tellLate(
  tx: Pick<LedgerTx, "leadersAt" | "addNotices" | "namesOf">,
  recorded: readonly Recorded[],
): Promise<void> {
  for (const { heard, buy, by, verdict } of recorded.filter(isLate)) {
    const { place, person, event } = heard;
    const { community, id: about, terms } = buy;
    const id = person?.id ?? by;
    const name = person?.name ?? (id && (await tx.namesOf([{ community, person: id }])).get(id)) ?? "?";
    const ref = lateRef(place.chat, event.id);
    const at = event.type === "edit" ? event.editedAt : event.type === "recall" ? event.recalledAt : event.sentAt;
    const cause = `${about}:${ref}:${event.type}:${at.getTime()}`;
    await queueForLeaders(tx, { community, chat: place.chat, buy: about, cause }, "late-order", (words) => ({
      text:
        event.type === "recall"
          ? say(words.toldLateRecall, { name, title: terms.title })
          : say(verdict === "delivered-late" ? words.toldLate : words.toldAfter, {
              ...{ name, title: terms.title, text: quoted(event.text) },
            }),
      buttons: [[{ label: words.acceptButton, data: `accept:${about}:${ref}`, words: `/accept ${ref}` }]],
    }));
  }
}

function isLate({ verdict, buy }: Recorded): boolean {
  if (verdict === "delivered-late") return true;
  return typeof verdict !== "string" && verdict.outcome === "late" && buy.status !== "cancelled";
}

/** A late message that no leader has accepted. */
export interface LateOrder {
  readonly ref: string;
  readonly person: string;
  /** As it stands now; empty where it was taken back. */
  readonly text: string;
}

/** What was said too late for a buy's list, or reached us after it, and is not accepted: the oldest first. */
export async function lateOrdersOf(parts: Parts, tx: ChangeTx, buy: Buy): Promise<readonly LateOrder[]> {
  if (buy.status === "cancelled") return [];
  const all = await tx.ledger.statementsOfBuy(buy.community, buy.id);
  const listed = buy.closedAt ? await tx.ledger.statementsOfBuy(buy.community, buy.id, buy.closedAt) : all;
  const now = verdictsOf(parts, buy, all);
  const then = verdictsOf(parts, buy, listed);
  const onList = new Map(listed.map((statement) => [keyOf(statement), statement]));
  return all
    .filter((statement) => {
      const key = keyOf(statement);
      const verdict = now.get(key);
      if (verdict?.outcome === "late") return true;
      const isSame = JSON.stringify(onList.get(key)) === JSON.stringify(statement);
      return !isSame && [verdict, then.get(key)].some((each) => each !== undefined && each.outcome !== "nothing");
    })
    .sort((one, other) => +one.saidAt - +other.saidAt)
    .map(({ chat, id, person, versions, recalledAt }) => ({
      ...{ ref: lateRef(chat, id), person },
      text: recalledAt ? "" : quoted(versions.at(-1)?.text ?? ""),
    }));
}

function verdictsOf({ readerOf }: Parts, buy: Buy, statements: readonly Statement[]): ReadonlyMap<string, Verdict> {
  const { verdicts } = foldBuy(buy.terms, readerOf(buy), statements);
  return new Map(verdicts.map((verdict) => [keyOf(verdict), verdict]));
}

function keyOf({ chat, id }: Pick<Statement, "chat" | "id">): string {
  return `${chat}:${id}`;
}

function quoted(text: string): string {
  return text.length <= MOST_QUOTED ? text : `${text.slice(0, MOST_QUOTED)}…`;
}
