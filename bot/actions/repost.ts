import { foldBuy } from "../../core/buy/fold.ts";
import { NO_CHAIN, toChain } from "../../core/buy/kept-chain.ts";
import type { Reader } from "../../core/buy/reader.ts";
import { isPasted, type Statement } from "../../core/buy/statement.ts";
import { counted, renderChain } from "../../core/chain/render-chain.ts";
import { repostAt } from "../../core/chain/repost.ts";
import { toldIn } from "../languages.ts";
import type { Parts } from "../parts.ts";
import type { Recorded } from "../record.ts";
import { livePost } from "../replies/layout.ts";
import { wordsOf } from "../replies/replies.ts";
import type { ChangeTx, DueTimer, NewTimer, Posted } from "../store.ts";
import { saidBy } from "./timers.ts";

/** How long after plain words the post is looked at: they show when it is quiet. */
const WORDS_MS = 60_000;

/** Behind the chat in the timer's `ref`: it was set by plain words. Those of chains are not put off by it. */
const QUIET = " quiet";

/** Where messages cannot be edited, what was said about a buy sets a timer: its post may be due again. */
export async function planReposts(parts: Parts, recorded: readonly Recorded[]): Promise<void> {
  const timers = new Map<string, NewTimer>();
  for (const { heard, buy, verdict } of recorded) {
    const { place, event } = heard;
    if (parts.adapters.get(place.platform)?.capabilities.edit !== false || buy.status !== "open") continue;
    if (typeof verdict === "string" || (verdict.outcome === "nothing" && !CHANGING.has(verdict.kind))) continue;
    const isChain = event.type !== "recall" && parts.readerOf(buy).isChain(event.text);
    const ref = isChain ? place.chat : place.chat + QUIET;
    const dueAt = new Date(parts.clock.now().getTime() + (isChain ? 0 : WORDS_MS));
    timers.set(`${buy.id}:${ref}`, { buy: { community: buy.community, id: buy.id }, kind: "repost", ref, dueAt });
  }
  if (timers.size === 0) return;
  await parts.store.change((tx) => tx.setTimers([...timers.values()]));
  parts.wake();
}

/** What changes no order, and may change the chain that people go on with. */
const CHANGING: ReadonlySet<string> = new Set(["chain", "recalled"]);

/**
 * Posts the merged chain anew, or the tally where the chat has no chain: when somebody's line would else be lost, or after
 * a quiet minute with changes, and never more often than is set. Not at night, and not where enough was said today: in
 * contrast to the first post of a buy, nobody has asked for it.
 */
export async function repost(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    const chat = timer.ref.replace(QUIET, "");
    const places = (buy && (await tx.placesOf([buy])).get(buy.id)) ?? [];
    const place = places.find((each) => each.chat === chat);
    if (buy?.status !== "open" || buy.terms.endedAt || !place) continue;

    const reader = parts.readerOf(buy);
    const said = await tx.ledger.statementsOfBuy(buy.community, buy.id);
    const ledger = foldBuy(buy.terms, reader, said);
    const here = said.filter((statement) => statement.chat === chat && !isPasted(statement));
    const posted = await tx.lastPosted(buy, chat);
    const kept = toChain(ledger.chains.get(chat) ?? NO_CHAIN);
    const people = new Set(ledger.orders.map(({ person }) => person)).size;
    const text =
      kept.entries.length > 0
        ? renderChain(counted(kept))
        : livePost(buy, ledger.tally, people, community.zone, wordsOf(toldIn(buy, place, places).language));
    const standing = {
      kept: kept.entries,
      shown: shownIn(here, posted, reader),
      isStale: posted?.text !== text,
      postedAt: posted?.at,
      saidAt: latest(here.map(saidLast)),
    };
    const dueAt = repostAt(standing, parts.repostMs);
    if (!dueAt) continue;
    // It waits here and not among what is to be sent: so it says what is so then, once, and nothing of what has ended.
    const waitMs = dueAt > at ? 0 : (parts.adapters.get(place.platform)?.deferMs?.(place.externalChat, "usual") ?? 0);
    const goesAt = dueAt > at ? dueAt : new Date(at.getTime() + waitMs);
    if (goesAt > at) await tx.postpone([{ timer, dueAt: goesAt }]);
    else await tx.addOutgoing(...saidBy(parts, timer, buy, "repost", [place], { text }));
  }
}

/** The entries of the newest chain in a chat, whether somebody's or the bot's. */
function shownIn(here: readonly Statement[], posted: Posted | undefined, reader: Reader) {
  const chains = here.filter(({ versions, recalledAt }) => !recalledAt && reader.isChain(versions.at(-1)?.text ?? ""));
  const newest = chains.reduce<Statement | undefined>((one, other) => {
    return one && saidLast(one) > saidLast(other) ? one : other;
  }, undefined);
  const isTheirs = newest && (!posted || saidLast(newest) > posted.at);
  const text = isTheirs ? newest.versions.at(-1)!.text : posted?.text;
  return (text !== undefined && reader.readChain(text, undefined)?.entries) || [];
}

function saidLast({ saidAt, versions }: Statement): Date {
  return versions.at(-1)?.at ?? saidAt;
}

function latest(instants: readonly Date[]): Date | undefined {
  return instants.length > 0 ? new Date(Math.max(...instants.map((at) => at.getTime()))) : undefined;
}
