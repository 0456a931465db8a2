import { announce } from "../../core/announce/announce.ts";
import type { BuyDraft, DraftProblem } from "../../core/announce/draft.ts";
import { readTime } from "../../core/time/read-time.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import { problemText } from "../replies/problems.ts";
import { howTo, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked } from "../store.ts";
import { askedNow } from "./confirm.ts";
import { type Announced, draftFrom } from "./open-buy.ts";

const KIND = "open-steps";

/** For how long a question can be answered. */
const ANSWER_MS = 60 * 60_000;

/** What is known so far of a buy that is opened step by step: the announcement grows with each answer. */
interface Steps extends Announced {
  /** When it was begun: what "tomorrow" in it counts from. ISO. */
  readonly at: string;
  /** ISO; null: it stays open until somebody closes it. */
  readonly closesAt?: string | null;
  /** Its prices are not known yet, and that is all right. */
  readonly isPriceless?: true;
}

/** A question that waits, with its words, by which a reply to it is known. */
interface Waiting {
  readonly steps: Steps;
  readonly question: string;
}

type Missing = "items" | "price" | "closesAt";

/** Faults of a draft with which it cannot be opened: nothing to order, or a closing that has passed. */
const BLOCKING: ReadonlySet<string> = new Set(["items", "closesAt"]);

const LEAVE = /^\s*(cancel|stop|drop|取消|算了|停|不开了?|不開了?)[\s!！。.]*$/iu;
const SKIP = /^\s*(no|none|never|skip|不|不用|没有|沒有|无|無|不限|跳过|跳過)[\s!！。.]*$/iu;

/**
 * `/open` and an announcement: keeps what was read as a draft and shows it to the leader, who opens it. What it cannot do
 * without is asked for, one question after the other.
 */
export async function draftBuy(parts: Parts, doer: Doer, text: string, photo?: string): Promise<void> {
  const { zone } = doer.place.community;
  const read = announce(text, { now: doer.at, zone });
  const steps: Steps = {
    text,
    at: doer.at.toISOString(),
    ...(photo !== undefined && { photo }),
    ...(doer.message && { announcement: doer.message }),
  };
  const isEnough = read.items.length > 0 && !read.problems.some((problem) => BLOCKING.has(problem.field));
  if (!isEnough) return askNext(parts, doer, steps);
  await draftFrom(parts, doer, steps, read);
}

/** Asks for what is not known yet; nothing: the draft can be shown. */
async function askNext(parts: Parts, doer: Doer, steps: Steps): Promise<void> {
  const { community, chat } = doer.place;
  const read = readSteps(steps, community.zone);
  const missing = missingIn(read, steps);
  if (!missing) return draftFrom(parts, doer, steps, read, await askedOf(parts, doer));

  const words = wordsOf(doer.language);
  const question = questionOf(missing, read, steps, community.zone, words);
  const id = parts.clock.newId();
  const data: Waiting = { steps, question };
  const isNew = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return false;
    const expiresAt = new Date(doer.at.getTime() + ANSWER_MS);
    await tx.ask(community.id, chat, doer.person.id, { id, kind: KIND, data, askedAt: doer.at, expiresAt });
    return true;
  });
  // Delivered a second time: the question may have been lost with whatever ended the first.
  const asked = isNew ? { id, data } : await askedOf(parts, doer);
  if (asked) whisper(parts, doer, contentOf(asked.id, (asked.data as Waiting).question, missing, words));
}

/**
 * Takes what a leader says as the answer to the question that waits for them, whatever it answers.
 *
 * Words that do not reply to the question are an answer only where no buy is open in the chat (in private nobody orders),
 * and only if they tell something that was not known: else they are talk, or an order.
 *
 * @returns false if it is no answer
 */
export async function answerStep(
  parts: Parts,
  doer: Doer,
  said: { readonly text: string; readonly photo?: string; readonly replyTo?: { readonly text?: string } },
): Promise<boolean> {
  const asked = await askedOf(parts, doer);
  if (!asked) return false;
  const { steps, question } = asked.data as Waiting;
  // Below it may stand what to write; a quote may begin with a name.
  const isReply = said.replyTo?.text?.includes(question) === true;
  if (!isReply && (said.replyTo || (doer.place.kind === "group" && (await isBuyOpen(parts, doer))))) return false;
  if (LEAVE.test(said.text)) {
    await leaveSteps(parts, doer, asked);
    return true;
  }
  const next = stepsAfter(steps, said.text, doer);
  if (!next && !isReply) return false;
  await askNext(parts, doer, { ...(next ?? steps), ...(said.photo !== undefined && { photo: said.photo }) });
  return true;
}

/** A button under a question: skips what it asks, or drops it all. */
export async function pressStep(parts: Parts, doer: Doer, id: string, choice: string): Promise<void> {
  const asked = await askedNow(parts, doer, id);
  if (asked?.kind !== KIND) return whisper(parts, doer, { text: wordsOf(doer.language).draftGone });
  const { steps } = asked.data as Waiting;
  if (choice === "drop") return leaveSteps(parts, doer, asked);
  const next = stepsAfter(steps, "skip", doer);
  if (next) await askNext(parts, doer, next);
}

async function leaveSteps(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { place, person } = doer;
  await parts.store.change((tx) => tx.takeAsked(place.community.id, place.chat, person.id, asked));
  whisper(parts, doer, { text: wordsOf(doer.language).draftDropped });
}

async function askedOf(parts: Parts, doer: Doer): Promise<Asked | undefined> {
  const asked = await askedNow(parts, doer);
  return asked?.kind === KIND ? asked : undefined;
}

async function isBuyOpen(parts: Parts, { place }: Doer): Promise<boolean> {
  return (await parts.store.buysOf(place)).some(({ status }) => status === "open");
}

/** What the announcement says by now; an answer about the closing counts more than what stands in it. */
function readSteps({ text, at, closesAt }: Steps, zone: string): BuyDraft {
  const read = announce(text, { now: new Date(at), zone });
  if (closesAt === undefined) return read;
  const { closesAt: _, ...rest } = read;
  const problems = read.problems.filter(({ field }) => field !== "closesAt");
  return { ...rest, problems, ...(closesAt !== null && { closesAt: new Date(closesAt) }) };
}

/** The first thing that is not known. */
function missingIn({ items, problems, closesAt }: BuyDraft, steps: Steps): Missing | undefined {
  if (items.length === 0) return "items";
  if (!steps.isPriceless && problems.some(({ field }) => field === "price")) return "price";
  const isUnsaid = closesAt === undefined && steps.closesAt === undefined;
  return isUnsaid || problems.some(({ field }) => field === "closesAt") ? "closesAt" : undefined;
}

function questionOf(missing: Missing, read: BuyDraft, steps: Steps, zone: string, words: Words): string {
  const problem = read.problems.find(({ field }) => field === missing);
  if (missing === "price") return say(words.stepPrice, { item: itemOf(problem) });
  if (missing === "closesAt") return problem ? problemText(problem, zone, words) : words.stepCloses;
  return steps.text && problem ? howTo(steps.text, problemText(problem, zone, words), words) : words.stepItems;
}

function itemOf(problem: DraftProblem | undefined): string {
  return problem && "item" in problem ? problem.item : "";
}

function contentOf(id: string, question: string, missing: Missing, words: Words): Content {
  const skip = { price: words.stepNoPrice, closesAt: words.stepNoClosing };
  const drop = { label: words.drop, data: `step:${id}:drop`, words: words.sayStop };
  if (missing === "items") return { text: question, buttons: [[drop]] };
  return { text: question, buttons: [[{ label: skip[missing], data: `step:${id}:skip`, words: words.saySkip }, drop]] };
}

/** What is known with one more answer; undefined where it tells nothing new. */
function stepsAfter(steps: Steps, answer: string, doer: Doer): Steps | undefined {
  const { zone } = doer.place.community;
  const read = readSteps(steps, zone);
  const missing = missingIn(read, steps);
  if (SKIP.test(answer)) {
    if (missing === "price") return { ...steps, isPriceless: true };
    return missing === "closesAt" ? { ...steps, closesAt: null } : undefined;
  }
  const closing = readTime(answer, { now: doer.at, zone });
  const closes = "at" in closing && !closing.past ? [{ ...steps, closesAt: closing.at.toISOString() }] : [];
  const name = itemOf(read.problems.find(({ field }) => field === "price"));
  const named = name && steps.text.includes(name) ? steps.text.replace(name, () => `${name} ${answer}`) : undefined;
  const texts = [
    ...(missing === "price" && named !== undefined ? [named] : []),
    [steps.text, answer].filter(Boolean).join("\n"),
    ...(missing === "items" ? [[steps.text, asList(answer)].filter(Boolean).join("\n")] : []),
  ].map((text) => ({ ...steps, text }));
  const candidates = missing === "closesAt" ? [...closes, ...texts] : [...texts, ...closes];
  return candidates.find((next) => tellsMore(read, readSteps(next, zone)));
}

/** "apples, eggs": names alone are goods only where goods were asked for. */
function asList(answer: string): string {
  const names = answer.split(/[,，、;；\n]/).map((name) => name.trim());
  const isList = names.length > 1 && names.every((name) => /^[^?？!！。]{1,24}$/u.test(name));
  return isList ? names.map((name) => `- ${name}`).join("\n") : "";
}

function tellsMore(before: BuyDraft, after: BuyDraft): boolean {
  if (after.items.length < before.items.length) return false;
  if (after.items.length > before.items.length) return true;
  return after.problems.length < before.problems.length || (!before.closesAt && after.closesAt !== undefined);
}
