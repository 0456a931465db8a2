import { answerPicture } from "./actions/about-picture.ts";
import { acceptLate } from "./actions/accept-late.ts";
import { noteArrival } from "./actions/arrive.ts";
import { bookEntries } from "./actions/book-entries.ts";
import { answerOver } from "./actions/carry-over.ts";
import { changeItem, keepItem } from "./actions/change-item.ts";
import { chaseShown } from "./actions/chase-now.ts";
import { readChoice } from "./actions/choices.ts";
import { cancelBuy, closeBuy } from "./actions/close-buy.ts";
import { askedNow, leave } from "./actions/confirm.ts";
import { confirmClaim, markShown, takeBackMark } from "./actions/confirm-payment.ts";
import { confirmRefund, decideProblem } from "./actions/decide-problem.ts";
import { pressExport } from "./actions/export-buy.ts";
import { forgetPerson } from "./actions/forget-person.ts";
import { acceptLead } from "./actions/give-roles.ts";
import { acceptHandover, confirmTakeover, takeOver } from "./actions/hand-over.ts";
import { bookPaste } from "./actions/import-paste.ts";
import { joinLinked } from "./actions/link-chats.ts";
import { claimPaid } from "./actions/mark-paid.ts";
import { collectByPress } from "./actions/mark-picked.ts";
import { checkMay } from "./actions/may-lead.ts";
import { extendShown, reopenBuy } from "./actions/move-closing.ts";
import { recordMissing, recordShown } from "./actions/no-show.ts";
import { offerSurplus, passOffer, takeOffer } from "./actions/offer-surplus.ts";
import { dropDraft, openDraft } from "./actions/open-buy.ts";
import { pressStep } from "./actions/open-steps.ts";
import { markAllShown } from "./actions/paid-several.ts";
import { payFor } from "./actions/pay.ts";
import { tickAllShown } from "./actions/picked-several.ts";
import { sendPickup } from "./actions/pickup.ts";
import { endPlan, skipPlan } from "./actions/plan-buy.ts";
import { pickChoice, pressItem, pressNone } from "./actions/press-item.ts";
import { markPurchase, tellLate } from "./actions/purchase.ts";
import { rateByPress } from "./actions/rate-buy.ts";
import { sayHowMuch } from "./actions/report-problem.ts";
import { resend } from "./actions/resend.ts";
import { seePickup } from "./actions/see-pickup.ts";
import { settleBuy, showReceipt } from "./actions/settle.ts";
import { shareOut, showSharing } from "./actions/share-out.ts";
import { showHelp, showMine } from "./actions/show.ts";
import { showLog } from "./actions/show-log.ts";
import { showWords } from "./actions/show-words.ts";
import { undoShown } from "./actions/undo.ts";
import { undoSharing } from "./actions/undo-sharing.ts";
import { noteWeights, undoWeights } from "./actions/weigh.ts";
import { commandOf } from "./command-of.ts";
import { command } from "./on-command.ts";
import { type Doer, type Parts, whisper } from "./parts.ts";
import type { ButtonIn } from "./ports.ts";
import { wordsOf } from "./replies/replies.ts";
import type { Words } from "./replies/words.ts";
import type { Who } from "./rights.ts";
import type { Asked } from "./store.ts";

/** What was pressed: about what, mostly a buy, and what else the button says. */
interface Pressed {
  readonly parts: Parts;
  readonly doer: Doer;
  readonly event: ButtonIn;
  readonly id: string;
  readonly detail: string;
}

interface Press {
  readonly who: Who;
  /** What somebody hears that they may not use. */
  readonly called?: (words: Words) => string;
  readonly run: (pressed: Pressed) => Promise<void> | void;
}

/** A command that was offered: as if it had been said. What it needs of rights, it asks itself. */
async function doChoice({ parts, doer, event, id, detail }: Pressed): Promise<void> {
  const choice = await readChoice(parts, doer, id, detail);
  const called = choice && commandOf(choice.text);
  if (!called) return whisper(parts, doer, { text: wordsOf(doer.language).changeGone });
  const { message: _, data: __, pressedAt: sentAt, ...press } = event;
  // Behind all messages of its chat of that instant.
  const said = { ...press, type: "text", position: sentAt.getTime(), text: choice.text, sentAt } as const;
  const about = doer.about ? { ...choice.about, ...doer.about } : { ...choice.about, isChosen: true as const };
  await command(parts, { ...doer, about }, called, said);
}

/** By verb: who may press it, and what it does. */
const PRESSES: Readonly<Record<string, Press>> = {
  do: forAll(doChoice),
  open: forLeaders(
    (words) => words.open,
    ({ parts, doer, id }) => openDraft(parts, doer, id),
  ),
  drop: forLeaders(
    (words) => words.drop,
    ({ parts, doer, id }) => dropDraft(parts, doer, id),
  ),
  step: forLeaders(
    () => "/open",
    ({ parts, doer, id, detail }) => pressStep(parts, doer, id, detail),
  ),
  again: forLeaders(
    (words) => words.sendAgain,
    ({ parts, doer, id }) => resend(parts, doer, id),
  ),
  accept: forLeaders(
    (words) => words.acceptButton,
    ({ parts, doer, id, detail }) => acceptLate(parts, doer, id, detail),
  ),
  close: forLeaders(
    (words) => words.closeButton,
    async (pressed) => closeBuy(pressed.parts, pressed.doer, "/close", "", await buyOf(pressed)),
  ),
  skip: forLeaders(
    (words) => words.skipButton,
    ({ parts, doer, id }) => skipPlan(parts, doer, id),
  ),
  end: forLeaders(
    (words) => words.endButton,
    ({ parts, doer, id }) => endPlan(parts, doer, id),
  ),
  po: forLeaders(
    () => "/po",
    ({ parts, doer, id, detail }) => markPurchase(parts, doer, id, detail),
  ),
  export: forLeaders(
    () => "/export",
    (pressed) => pressExport(pressed.parts, pressed.doer, pressed.id, pressed.detail),
  ),
  short: forLeaders(
    () => "/short",
    ({ parts, doer, id, detail }) => showSharing(parts, doer, id, detail),
  ),
  problem: forLeaders(
    () => "/issue",
    ({ parts, doer, id, detail }) => decideProblem(parts, doer, id, detail),
  ),
  offer: forLeaders(
    () => "/arrive",
    ({ parts, doer, id }) => offerSurplus(parts, doer, id),
  ),
  absent: {
    who: "helper",
    called: (words) => words.noShowButton,
    run: ({ parts, doer, id }) => recordMissing(parts, doer, id),
  },
  handed: {
    who: "helper",
    called: () => "/picked",
    run: ({ parts, doer, id, detail }) => collectByPress(parts, doer, id, detail),
  },
  collected: forAll(({ parts, doer, id }) => collectByPress(parts, doer, id)),
  pay: forAll(({ parts, doer, id }) => payFor(parts, doer, id)),
  carry: forAll(({ parts, doer, id, detail }) => answerOver(parts, doer, id, detail)),
  receipt: forAll(async (pressed) => {
    const about = await buyOf(pressed);
    return about && showReceipt(pressed.parts, pressed.doer, about, pressed.doer.person.id);
  }),
  mark: {
    who: "helper",
    called: (words) => words.pay.paidConfirm,
    run: ({ parts, doer, id }) => confirmClaim(parts, doer, id),
  },
  unmark: {
    who: "helper",
    called: () => "/unpaid",
    run: ({ parts, doer, id }) => takeBackMark(parts, doer, id),
  },
  paid: forAll(({ parts, doer, id }) => claimPaid(parts, doer, id)),
  rate: forAll(({ parts, doer, id, detail }) => rateByPress(parts, doer, id, detail)),
  want: forAll(({ parts, doer, id }) => takeOffer(parts, doer, id)),
  pass: forAll(({ parts, doer, id }) => passOffer(parts, doer, id)),
  howmuch: forAll(({ parts, doer, id, detail }) => sayHowMuch(parts, doer, id, detail)),
  seen: forAll(({ parts, doer, id }) => seePickup(parts, doer, id)),
  log: forLeaders(
    () => "/log",
    ({ parts, doer, id, detail }) => showLog(parts, doer, id, Number(detail) || 1),
  ),
  take: forLeaders(
    (words) => words.handover.take,
    ({ parts, doer, id }) => takeOver(parts, doer, id),
  ),
  help: forAll(({ parts, doer }) => showHelp(parts, doer)),
  my: forAll(showOwn),
  why: forAll(async (pressed) => {
    const about = await buyOf(pressed);
    return about && showWords(pressed.parts, pressed.doer, about);
  }),
  keep: forAll(async (pressed) => {
    await keepItem(pressed.parts, pressed.doer, pressed.id, pressed.detail);
    return showOwn(pressed);
  }),
  more: forAll(({ parts, doer, event, id, detail }) => pressItem(parts, doer, event, "+1", id, detail)),
  less: forAll(({ parts, doer, event, id, detail }) => pressItem(parts, doer, event, "-1", id, detail)),
  none: forAll(({ parts, doer, event, id, detail }) => pressNone(parts, doer, event, id, detail)),
  pick: forAll(({ parts, doer, event, id, detail }) => pickChoice(parts, doer, event, id, detail)),
  yes: forAll(({ parts, doer, id, detail }) => answerPreview(parts, doer, true, id, detail)),
  no: forAll(({ parts, doer, id }) => answerPreview(parts, doer, false, id)),
};

/** All verbs that a button may have. */
export const PRESS_VERBS: readonly string[] = Object.keys(PRESSES);

/** A button's data is "verb:id" or "verb:id:detail"; one that is not ours is ignored. */
export async function press(parts: Parts, doer: Doer, event: ButtonIn): Promise<void> {
  const [, verb = "", id = "", detail = ""] = /^([a-z]{1,12}):([0-9a-f-]{36})(?::(.{1,24}))?$/.exec(event.data) ?? [];
  if (!Object.hasOwn(PRESSES, verb)) return;
  const { who, called, run } = PRESSES[verb]!;
  if (who !== "everybody" && !(await checkMay(parts, doer, who, called?.(wordsOf(doer.language)) ?? verb))) return;
  await run({ parts, doer, event, id, detail });
}

/** What is done at a yes to what a command would do, by the kind of question, and who may. */
const ANSWERS: Readonly<
  Record<
    string,
    { readonly who: Who; readonly run: (parts: Parts, doer: Doer, asked: Asked, way: string) => Promise<void> }
  >
> = {
  cancel: { who: "leader", run: cancelBuy },
  reopen: { who: "leader", run: reopenBuy },
  extend: { who: "leader", run: extendShown },
  item: { who: "leader", run: changeItem },
  entries: { who: "leader", run: bookEntries },
  arrive: { who: "leader", run: noteArrival },
  weigh: { who: "leader", run: noteWeights },
  share: { who: "leader", run: shareOut },
  unshare: { who: "leader", run: undoSharing },
  unweigh: { who: "leader", run: undoWeights },
  refund: { who: "leader", run: confirmRefund },
  late: { who: "leader", run: tellLate },
  pickup: { who: "helper", run: sendPickup },
  settle: { who: "leader", run: settleBuy },
  picture: { who: "everybody", run: answerPicture },
  absent: { who: "helper", run: recordShown },
  chase: { who: "helper", run: chaseShown },
  mark: { who: "helper", run: markShown },
  marks: { who: "helper", run: markAllShown },
  ticks: { who: "helper", run: tickAllShown },
  paste: { who: "leader", run: bookPaste },
  link: { who: "leader", run: joinLinked },
  forget: { who: "everybody", run: forgetPerson },
  undo: { who: "everybody", run: undoShown },
  takeover: { who: "leader", run: confirmTakeover },
  lead: { who: "everybody", run: acceptLead },
  handover: { who: "everybody", run: acceptHandover },
};

/** Who may say yes to a question. */
export function whoAnswers({ kind }: Asked): Who {
  return ANSWERS[kind]?.who ?? "leader";
}

/**
 * A yes or no to what a command would do. Whoever it is, the question was theirs.
 *
 * @param way  which yes, where there are several; empty: the plain one
 */
export async function answerPreview(parts: Parts, doer: Doer, isYes: boolean, id: string, way = ""): Promise<void> {
  const { change, changeGone } = wordsOf(doer.language);
  const asked = await askedNow(parts, doer, id);
  if (!asked) return whisper(parts, doer, { text: changeGone });
  if (!isYes) return leave(parts, doer, asked);
  const who = whoAnswers(asked);
  if (who !== "everybody" && !(await checkMay(parts, doer, who, change))) return;
  return ANSWERS[asked.kind]?.run(parts, doer, asked, way);
}

function forLeaders(called: (words: Words) => string, run: Press["run"]): Press {
  return { who: "leader", called, run };
}

function forAll(run: Press["run"]): Press {
  return { who: "everybody", run };
}

function buyOf({ parts, doer, id }: Pressed) {
  return parts.store.findBuy(doer.place.community.id, id);
}

async function showOwn(pressed: Pressed): Promise<void> {
  return showMine(pressed.parts, pressed.doer, "/my", await buyOf(pressed));
}
