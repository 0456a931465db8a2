import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import { wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, ChangeTx } from "../store.ts";

/** For how long a preview can be answered. */
const ANSWER_MS = 60 * 60_000;

/** Another yes than the plain one. */
export interface Yes {
  readonly label: string;
  /** What tells it from the plain one. */
  readonly way: string;
  /** What is written instead of pressing it. */
  readonly words: string;
}

/**
 * Shows what a command would do, and waits for a yes.
 *
 * @param data   what is needed to do it then: plain values
 * @param label  what the button says that does it; empty: only the other ways do
 * @param publicly  what is shown instead where it could not be kept from others; left out: the same
 * @param others  other ways to do it
 */
export async function preview(
  parts: Parts,
  doer: Doer,
  kind: string,
  data: object,
  text: string,
  label = wordsOf(doer.language).change,
  publicly?: string,
  others: readonly Yes[] = [],
): Promise<void> {
  const words = wordsOf(doer.language);
  const { place, person, at } = doer;
  const id = parts.clock.newId();
  await parts.store.change((tx) =>
    tx.ask(place.community.id, place.chat, person.id, {
      ...{ id, kind, data, askedAt: at },
      expiresAt: new Date(at.getTime() + ANSWER_MS),
      ...(doer.about && !doer.about.isChosen && { onPage: true }),
    }),
  );
  whisper(parts, doer, {
    text: `${text}\n\n${words.changeQuestion}`,
    ...(publicly !== undefined && { publicly: `${publicly}\n\n${words.changeQuestion}` }),
    buttons: [
      ...others.map((other) => [{ label: other.label, data: `yes:${id}:${other.way}`, words: other.words }]),
      [
        ...(label === "" ? [] : [{ label, data: `yes:${id}`, words: words.sayYes }]),
        { label: words.leave, data: `no:${id}`, words: words.sayNo },
      ],
    ],
  });
}

/** The question that somebody is answering now. @param id  by a button; without one, the last */
export async function askedNow(parts: Parts, doer: Doer, id?: string): Promise<Asked | undefined> {
  const { place, person, at } = doer;
  const asked = await parts.store.askedOf(place.community.id, place.chat, person.id);
  // A button names its question; words are an answer to what was asked before them.
  if (!asked || asked.expiresAt <= at) return undefined;
  const sinceMs = at.getTime() - asked.askedAt.getTime();
  // Where there are no buttons, somebody whom somebody else asks has words alone.
  const hasButtons = parts.adapters.get(place.platform)?.capabilities.buttons !== false;
  const mostMs = OFFERS.has(asked.kind) && !hasButtons ? OFFER_MS : ANSWER_MS;
  const isMeant = id === undefined ? !asked.onPage && sinceMs >= 0 && sinceMs <= mostMs : asked.id === id;
  return isMeant ? asked : undefined;
}

/** For how long somebody who was asked by somebody else may answer by the button. */
export const OFFER_MS = 24 * 60 * 60_000;

/** What somebody is asked by somebody else. */
const OFFERS: ReadonlySet<string> = new Set(["lead", "handover"]);

/** A yes to what somebody else has asked, or that is about no buy: does it, once. What `work` gives is said to the doer. */
export async function takeOffer(
  parts: Parts,
  doer: Doer,
  asked: Asked,
  work: (tx: ChangeTx) => Promise<string>,
): Promise<string | undefined> {
  const { place, person } = doer;
  return parts.store.change(async (tx) => {
    if (!(await tx.claim(place.community.id, sourceOf(doer)))) return undefined;
    const isTaken = await tx.takeAsked(place.community.id, place.chat, person.id, asked);
    return isTaken ? work(tx) : wordsOf(doer.language).changeGone;
  });
}

/** A no: nothing happens. */
export async function leave(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { place, person } = doer;
  await parts.store.change((tx) => tx.takeAsked(place.community.id, place.chat, person.id, asked));
  whisper(parts, doer, { text: wordsOf(doer.language).left });
}

/** A yes: does it, once, in one transaction with the answer. What `work` gives is said to the doer. */
export async function carryOut(
  parts: Parts,
  doer: Doer,
  asked: Asked,
  buyId: string,
  work: (tx: ChangeTx, buy: Buy) => Promise<string | Content>,
): Promise<void> {
  const { place, person } = doer;
  const { community } = place;
  const said = await parts.store.change(async (tx) => {
    const buy = await tx.lockBuy(community.id, buyId);
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    if (!buy || !(await tx.takeAsked(community.id, place.chat, person.id, asked))) {
      return wordsOf(doer.language).changeGone;
    }
    return work(tx, buy);
  });
  if (said) whisper(parts, doer, said);
  parts.wake({ community: community.id, id: buyId });
}
