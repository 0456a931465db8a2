import { endOf, isInTime } from "../../core/buy/closing.ts";
import type { PastedMessage } from "../../core/paste/read-paste.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { chainAfter, effectsOf, isEmpty, lookAtPaste, readPasted, recordPaste, type SeenPaste } from "../paste.ts";
import type { TextIn } from "../ports.ts";
import { exampleOf } from "../replies/layout.ts";
import { pasteText } from "../replies/paste-text.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy } from "../store.ts";
import { askAgain } from "./choices.ts";
import { preview } from "./confirm.ts";
import { pickBuy } from "./pick-buy.ts";

/** A paste, as it is kept until the leader says yes. */
interface Pasting {
  readonly buy: string;
  readonly command: string;
  readonly messages: readonly PastedMessage[];
  readonly anew?: string;
  /** What the leader was shown: nothing else is booked. */
  readonly effects: readonly string[];
  readonly people: number;
}

/** What a leader writes first where old words are meant anew. */
const ANEW = /^(?:new|anew|新的?|重新)[\s:：]+/iu;

/** A message with less room than this left may be the first part of a longer one: chats cut what is too long for one. */
const ROOM = 100;

/**
 * `/import` and a copied chain or chat, or as a reply to one: shows what it would book for people who are not in this
 * chat. Pasted again later, it books what is new.
 */
export async function proposePaste(parts: Parts, doer: Doer, event: TextIn, command: string, rest: string) {
  const words = wordsOf(doer.language);
  const buy = await pickBuy(parts, doer, command, ["open"]);
  if (!buy) return;
  if (!isInTime(doer.at, endOf(buy.terms))) {
    return whisper(parts, doer, { text: say(words.importClosed, { title: buy.terms.title }) });
  }
  const anew = ANEW.test(`${rest}\n`);
  const behind = `${rest}\n`.replace(ANEW, "").trim();
  const text = behind || (event.replyTo?.text ?? "");
  const isHere = doer.place.kind === "group";
  if (behind === "" && event.replyTo && isHere && (await isCounted(parts, doer, buy, event.replyTo.id))) {
    return whisper(parts, doer, { text: words.importAlready });
  }
  const messages = readPasted(text, parts.readerOf(buy));
  if (!messages) {
    const choices = [{ label: words.choices.list, command: "list", rest: [], buy: buy.id }] as const;
    return askAgain(parts, doer, say(words.importHow, { command, example: exampleOf(buy) }), { choices });
  }
  // A page cuts nothing off.
  const most = doer.about
    ? Number.POSITIVE_INFINITY
    : (parts.adapters.get(doer.place.platform)?.capabilities.maxText ?? Number.POSITIVE_INFINITY);
  const head = event.text.length > most - ROOM ? say(words.importCut, { command }) : undefined;
  const pasting: Pasting = {
    buy: buy.id,
    command,
    messages,
    effects: [],
    people: 0,
    ...(anew && { anew: sourceOf(doer) }),
  };
  await show(parts, doer, buy, pasting, head);
}

/** What stands in this chat was read when it was posted: its lines are there already. */
async function isCounted(parts: Parts, doer: Doer, buy: Buy, message: string): Promise<boolean> {
  const said = await parts.store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id));
  return said.some(({ chat, id, recalledAt }) => chat === doer.place.chat && id === message && !recalledAt);
}

async function show(parts: Parts, doer: Doer, buy: Buy, pasting: Pasting, head?: string): Promise<void> {
  const { messages, anew, command } = pasting;
  const words = wordsOf(doer.language);
  const seen = await lookAtPaste(parts, buy, doer.place.chat, messages, doer.at, anew);
  const text = [...(head ? [head, ""] : []), pasteText(seen, command, words)].join("\n");
  if (!isEmpty(seen.plan)) {
    return preview(
      parts,
      doer,
      "paste",
      { ...pasting, effects: effectsOf(seen), people: peopleOf(seen) },
      text,
      words.bookButton,
    );
  }
  whisper(parts, doer, { text });
  giveChain(parts, doer, seen);
}

/** The leader's yes: books what they were shown, or shows again where something has changed since. */
export async function bookPaste(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const pasting = asked.data as Pasting;
  const words = wordsOf(doer.language);
  const { place, person } = doer;
  const buy = await parts.store.findBuy(place.community.id, pasting.buy);
  if (buy?.status !== "open" || !isInTime(doer.at, endOf(buy.terms))) {
    return whisper(parts, doer, { text: say(words.importClosed, { title: buy?.terms.title ?? "" }) });
  }
  const seen = await lookAtPaste(parts, buy, place.chat, pasting.messages, doer.at, pasting.anew);
  const effects = effectsOf(seen);
  // Booked by a first delivery of this yes, if there is less than what was shown.
  if (!effects.every((effect) => pasting.effects.includes(effect)))
    return show(parts, doer, buy, pasting, words.importMoved);

  await recordPaste(parts, seen, place, doer.at);
  const isFirst = await parts.store.change(async (tx) => {
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return false;
    await tx.takeAsked(buy.community, place.chat, person.id, asked);
    await tx.audit({
      ...{ community: buy.community, actor: person.id, verb: "imported", buy: buy.id, source: sourceOf(doer) },
      after: { people: pasting.people },
    });
    return true;
  });
  parts.wake(buy);
  if (!isFirst) return;
  whisper(parts, doer, { text: say(words.importBooked, { people: words.persons(pasting.people) }) });
  giveChain(parts, doer, seen);
}

function peopleOf({ plan }: SeenPaste): number {
  return new Set([...plan.statements, ...plan.edits, ...plan.recalls].map(({ person }) => person)).size;
}

/** The merged chain, to be posted by hand where the bot is not. */
function giveChain(parts: Parts, doer: Doer, seen: SeenPaste): void {
  const chain = chainAfter(seen);
  if (chain === undefined) return;
  whisper(parts, doer, { text: wordsOf(doer.language).importChain });
  whisper(parts, doer, { text: chain }); // alone, to be copied as it is
}
