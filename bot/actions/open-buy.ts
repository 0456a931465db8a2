import type { BuyDraft } from "../../core/announce/draft.ts";
import { keepRuleIn } from "../../core/announce/keep-rule.ts";
import { termsOfDraft } from "../../core/buy/terms-of-draft.ts";
import { tallyOf } from "../../core/tally.ts";
import { toldIn } from "../languages.ts";
import { type Doer, isUndated, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Button, Content } from "../ports.ts";
import { draftText } from "../replies/layout.ts";
import { liveContent } from "../replies/live-content.ts";
import { problemText } from "../replies/problems.ts";
import { wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, ChangeTx, Place } from "../store.ts";
import { graceOf } from "./grace.ts";
import { timersOfClosing } from "./timers.ts";

/** When a button was pressed is known so nearly: whoever has seen the post after it must be in time. */
const CLOCKS_MS = 2_000;

/** For how long after a draft an "ok" is taken as meant for it; its buttons work longer. */
const ANSWER_MS = 60 * 60_000;

/** What a leader announces. */
export interface Announced {
  readonly text: string;
  readonly photo?: string;
  /** The message that it began with. */
  readonly announcement?: string;
}

/** Keeps what was read as a draft and shows it to the leader, who opens it. @param asked  the question that was answered last */
export async function draftFrom(
  parts: Parts,
  doer: Doer,
  { text, photo, announcement }: Announced,
  read: BuyDraft,
  asked?: Asked,
): Promise<void> {
  const words = wordsOf(doer.language);
  const { community, chat } = doer.place;
  const keep = keepRuleIn(text);
  const problems = read.problems.map((problem) => problemText(problem, community.zone, words));
  const made = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    if (asked && !(await tx.takeAsked(community.id, chat, doer.person.id, asked))) return undefined;
    const buy = await tx.createBuy({
      place: doer.place,
      leader: doer.person.id,
      language: doer.language,
      text,
      terms: termsOfDraft(read, doer.at, community.currency),
      ...((read.pickup || keep !== undefined) && { pickup: { ...read.pickup, ...(keep !== undefined && { keep }) } }),
      ...(photo !== undefined && { photo }),
      draftedAt: doer.at,
    });
    // In private messages are counted apart: there it is no message of the group.
    const messages = doer.place.kind === "group" ? [announcement, doer.message] : [];
    for (const message of new Set(messages)) {
      if (message !== undefined) await tx.addPost(buy, chat, message, "announcement");
    }
    return buy;
  });
  // Delivered a second time: the preview may have been lost with whatever ended the first.
  const draft = made ?? (await draftOfMessage(parts, doer));
  if (draft?.status !== "draft") return;
  whisper(parts, doer, {
    text: draftText(draft, problems, community.zone, words),
    buttons: draftButtons(draft, words),
  });
}

/** Under what was read: open it or drop it. */
export function draftButtons(draft: Buy, words: Words): readonly (readonly Button[])[] {
  return [
    [
      { label: words.open, data: `open:${draft.id}`, words: words.sayYes },
      { label: words.drop, data: `drop:${draft.id}`, words: words.sayNo },
    ],
  ];
}

/** The leader's "ok": from now on what is said counts. */
export async function openDraft(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const { community } = doer.place;
  const outcome = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const draft = await tx.lockBuy(community.id, buyId);
    if (draft?.status !== "draft") return "gone";
    if (draft.terms.closesAt && draft.terms.closesAt <= doer.at) return "late";

    const openedAt = isUndated(doer) ? new Date(doer.at.getTime() - CLOCKS_MS) : doer.at;
    await openBuy(parts, tx, doer.place, draft, openedAt);
    await tx.audit({
      community: community.id,
      actor: doer.person.id,
      verb: "buy-opened",
      buy: draft.id,
      source: sourceOf(doer),
    });
    return "open";
  });
  const { draftGone, draftLate } = wordsOf(doer.language);
  if (outcome === "gone" || outcome === "late")
    whisper(parts, doer, { text: outcome === "gone" ? draftGone : draftLate });
  parts.wake();
}

/** Opens a draft: it takes orders from `openedAt` on, has its timers, and its posts are on the way to all groups. */
export async function openBuy(parts: Parts, tx: ChangeTx, place: Place, draft: Buy, openedAt: Date): Promise<void> {
  const { closesAt } = draft.terms;
  const others = (await tx.groupsOf(draft.community)).filter(({ chat }) => chat !== place.chat);
  const places = [place, ...others];
  await tx.offerIn(draft, others);
  await tx.updateBuy(draft, { status: "open", openedAt });
  const open: Buy = { ...draft, status: "open", terms: { ...draft.terms, openedAt } };
  if (closesAt) {
    await tx.setTimers(timersOfClosing(open, closesAt, graceOf(parts, places), place.community, openedAt));
  }
  await tx.addOutgoing(
    ...places.map((each) => {
      const maxText = parts.adapters.get(each.platform)?.capabilities.maxText ?? 4096;
      return {
        place: each,
        buy: open.id,
        kind: "live-post",
        cause: `live-post:${open.id}:${each.chat}`,
        content: livePostContent(toldIn(open, each, places), each.community.zone, maxText),
        maxText,
      };
    }),
  );
}

/** The leader thinks better of it. */
export async function dropDraft(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const { community } = doer.place;
  const isDropped = await parts.store.change(async (tx) => {
    const draft = await tx.lockBuy(community.id, buyId);
    if (!(await tx.claim(community.id, sourceOf(doer)))) return draft?.status === "cancelled";
    if (draft?.status !== "draft") return false;
    await tx.updateBuy(draft, { status: "cancelled" });
    await tx.audit({
      community: community.id,
      actor: doer.person.id,
      verb: "draft-dropped",
      buy: draft.id,
      source: sourceOf(doer),
    });
    return true;
  });
  const words = wordsOf(doer.language);
  whisper(parts, doer, { text: isDropped ? words.draftDropped : words.draftGone });
}

/** The draft that an "ok" or "no" answers: this person's newest here, if it was shown to them just before. */
export async function answeredDraft(parts: Parts, doer: Doer): Promise<Buy | undefined> {
  const buys = await parts.store.buysOf(doer.place);
  return buys.find(({ status, leader, terms: { openedAt: draftedAt } }) => {
    const sinceMs = doer.at.getTime() - draftedAt.getTime();
    return status === "draft" && leader === doer.person.id && sinceMs >= 0 && sinceMs <= ANSWER_MS;
  });
}

async function draftOfMessage(parts: Parts, doer: Doer): Promise<Buy | undefined> {
  if (doer.place.kind === "direct") return answeredDraft(parts, doer);
  const buy = doer.message && (await parts.store.buyOfPost(doer.place, doer.message));
  return buy ? parts.store.findBuy(doer.place.community.id, buy) : undefined;
}

function livePostContent(buy: Buy, zone: string, maxText: number): Content {
  return liveContent(buy, tallyOf(buy.terms, []), 0, zone, wordsOf(buy.language), maxText);
}
