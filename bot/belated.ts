import { endOf, isInTime } from "../core/buy/closing.ts";
import { foldBuy } from "../core/buy/fold.ts";
import type { Verdict } from "../core/buy/ledger.ts";
import type { ReaderOf } from "./catalogs.ts";
import type { Heard, Recorded } from "./record.ts";
import type { Buy, LedgerTx, MessageKey } from "./store.ts";

/** What has just been stored: of a message that comes again only its first coming tells. */
export interface Stored {
  readonly statements: readonly (MessageKey & { readonly buy: string; readonly receivedAt: Date })[];
  readonly edits: readonly (MessageKey & { readonly buy: string })[];
  readonly recalls: readonly MessageKey[];
}

/**
 * What is to be said about events that came when the list of their buy was final: it stays as it is. What was said in
 * time is for the leader to decide; of the rest only what would have been an order is worth a word.
 *
 * @param concerned  each with its buy, and of what was taken back whose it was
 */
export async function judgeBelated(
  tx: Pick<LedgerTx, "statementsOfBuy">,
  concerned: readonly (readonly [Heard, Buy, string?])[],
  stored: Stored,
  readerOf: ReaderOf,
): Promise<readonly Recorded[]> {
  const verdicts = new Map<string, readonly Verdict[]>();
  const found: Recorded[] = [];
  for (const [heard, buy, by] of concerned) {
    if (!buy.closedAt) continue;
    const { event, place } = heard;
    const isInBuy = (row: MessageKey) => row.chat === place.chat && row.message === event.id;
    const late: Verdict = { chat: place.chat, id: event.id, person: heard.person?.id ?? "", outcome: "late" };

    if (event.type !== "text") {
      const at = event.type === "edit" ? event.editedAt : event.recalledAt;
      const isNew =
        event.type === "edit"
          ? stored.edits.some((row) => row.buy === buy.id && isInBuy(row))
          : stored.recalls.some(isInBuy);
      if (!isNew) continue;
      if (wasInTime(buy, at)) found.push({ heard, buy, verdict: "delivered-late", ...(by !== undefined && { by }) });
      else if (event.type === "edit" && isOrder(readerOf(buy).read(event.text, {}).kind)) {
        found.push({ heard, buy, verdict: late });
      }
      continue;
    }

    const row = stored.statements.find((each) => each.buy === buy.id && isInBuy(each));
    if (!row || row.receivedAt < buy.closedAt) continue; // it is on the list, and has only come again
    const known =
      verdicts.get(buy.id) ??
      foldBuy(buy.terms, readerOf(buy), await tx.statementsOfBuy(buy.community, buy.id)).verdicts;
    verdicts.set(buy.id, known);
    const isOfIt = ({ chat, id }: Verdict) => chat === place.chat && id === event.id;
    const verdict = known.find(isOfIt);
    if (!verdict || verdict.outcome === "nothing") continue;
    // An edit of it may have come in time, and says on the list what it says now.
    const onList = await tx.statementsOfBuy(buy.community, buy.id, buy.closedAt);
    const listed = foldBuy(buy.terms, readerOf(buy), onList).verdicts.find(isOfIt);
    if (JSON.stringify(listed) === JSON.stringify(verdict)) continue;
    found.push({ heard, buy, verdict: wasInTime(buy, event.sentAt) ? "delivered-late" : late });
  }
  return found;
}

function wasInTime({ terms, status }: Buy, at: Date): boolean {
  return status !== "cancelled" && isInTime(at, endOf(terms));
}

function isOrder(kind: string): boolean {
  return kind === "order" || kind === "unclear" || kind === "chain";
}
