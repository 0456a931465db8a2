import { acceptSaid } from "./actions/accept-late.ts";
import { proposeArrival } from "./actions/arrive.ts";
import { proposeEntries } from "./actions/book-entries.ts";
import { proposeItem } from "./actions/change-item.ts";
import { closeBuy, proposeCancel } from "./actions/close-buy.ts";
import { leadProblems } from "./actions/decide-problem.ts";
import { exportBuy, purchaseOrder } from "./actions/export-buy.ts";
import { proposeForgetting } from "./actions/forget-person.ts";
import { giveRole } from "./actions/give-roles.ts";
import { proposeHandover } from "./actions/hand-over.ts";
import { proposePaste } from "./actions/import-paste.ts";
import { linkChats } from "./actions/link-chats.ts";
import { markPaid, markUnpaid } from "./actions/mark-paid.ts";
import { markPicked } from "./actions/mark-picked.ts";
import { checkLead, checkMay, isAllowed } from "./actions/may-lead.ts";
import { extendBuy, proposeReopening } from "./actions/move-closing.ts";
import { answerOffer } from "./actions/offer-surplus.ts";
import { openBoard } from "./actions/open-board.ts";
import { draftBuy } from "./actions/open-steps.ts";
import { orderFor } from "./actions/order-for.ts";
import { showPacking } from "./actions/pack.ts";
import { pay } from "./actions/pay.ts";
import { proposePickup } from "./actions/pickup.ts";
import { draftAgain, planBuy } from "./actions/plan-buy.ts";
import { rateInWords } from "./actions/rate-buy.ts";
import { reportProblem } from "./actions/report-problem.ts";
import { changeSettings, setOwnLanguage } from "./actions/settings.ts";
import { proposeSettlement, showOwnReceipt } from "./actions/settle.ts";
import { proposeSharing } from "./actions/share-out.ts";
import { askWhatOfMine, askWhichTally, showHelp, showMine, showTally, showWhy } from "./actions/show.ts";
import { readLog } from "./actions/show-log.ts";
import { asksForPast, showPast } from "./actions/show-past.ts";
import { asksForPicture, showPickupPicture, showTallyPicture } from "./actions/show-picture.ts";
import { showList } from "./actions/show-words.ts";
import { takeOrders } from "./actions/take-orders.ts";
import { undoLast } from "./actions/undo.ts";
import type { Called } from "./command-of.ts";
import type { CommandId } from "./commands.ts";
import { type Doer, type Parts, whisper } from "./parts.ts";
import type { TextIn } from "./ports.ts";
import { say, wordsOf } from "./replies/replies.ts";
import { MOST_LONG_TEXT } from "./text-limits.ts";

/** What asks for the words behind one's order. */
const WHY = /^(?:why|怎么算|怎麼算|为什么|為什麼|明细|明細)[?？]?$/i;

/** What answers the offer of something that came over: "/my yes". */
export const TAKE = /^(?:yes|take|要|好)[!！。.]?$/i;
/** What declines it: "/my no". */
export const PASS = /^(?:no|pass|不要|不)[!！。.]?$/i;
/** What asks for one's receipt. */
const RECEIPT = /^(?:receipt|bill|收据|收據|账单|帳單)$/iu;

/** Commands whose Chinese names begin many a sentence. */
const SAID_OFTEN: ReadonlySet<CommandId> = new Set(["item", "order", "refund", "delivery", "discount"]);

/** Carries out a command, wherever it was given. */
export async function command(parts: Parts, who: Doer, called: Called, event: TextIn): Promise<void> {
  const doer: Doer = { ...who, called };
  const { command: which, word, rest, slash } = called;
  // Without a slash it may well be talk ("截团 了吗"): from residents it is read as such.
  const needed = rest === "" ? which.who : (which.others ?? which.who);
  if (needed !== "everybody" && !slash && !(await isAllowed(parts, doer, needed))) return takeOrders(parts, [event]);
  if (which.who !== "everybody" && !(await checkMay(parts, doer, which.who, word))) return;
  if (rest.length > MOST_LONG_TEXT) {
    return whisper(parts, doer, { text: say(wordsOf(doer.language).tooLong, { most: MOST_LONG_TEXT }) });
  }
  // Names without a slash that many a sentence begins with: without what they need they are such a sentence.
  if (!slash && SAID_OFTEN.has(which.id) && !/\d/.test(rest)) return takeOrders(parts, [event]);
  if (!slash && which.id === "undo" && rest !== "") return takeOrders(parts, [event]); // 撤销 苹果
  // "付款 58" says that it is done, "付款 了" too.
  if (!slash && which.id === "pay" && rest !== "") return takeOrders(parts, [event]);
  const photo = event.photo ?? event.replyTo?.photo;
  const handlers: Readonly<Record<CommandId, () => Promise<void> | void>> = {
    open: () => draftBuy(parts, doer, rest || (event.replyTo?.text ?? ""), photo),
    again: () => draftAgain(parts, doer, word, rest),
    every: () => planBuy(parts, doer, word, rest),
    close: () => closeBuy(parts, doer, word, rest),
    extend: () => extendBuy(parts, doer, word, rest),
    reopen: () => proposeReopening(parts, doer, word, rest),
    accept: () => acceptSaid(parts, doer, rest),
    pay: () => pay(parts, doer, word, rest, { photo, replied: event.replyTo?.text }),
    paid: () => markPaid(parts, doer, word, rest, photo),
    unpaid: () => markUnpaid(parts, doer, word, rest),
    po: () => purchaseOrder(parts, doer, word, rest),
    arrive: () => proposeArrival(parts, doer, word, rest),
    short: () => proposeSharing(parts, doer, word, rest),
    pack: () => showPacking(parts, doer, word, rest),
    pickup: () =>
      asksForPicture(rest) ? showPickupPicture(parts, doer, word) : proposePickup(parts, doer, word, rest),
    picked: () => markPicked(parts, doer, word, rest),
    issue: async () => {
      const photo = event.photo ?? event.replyTo?.photo;
      if (!(await leadProblems(parts, doer, rest))) await reportProblem(parts, doer, word, rest, photo);
    },
    rate: () => rateInWords(parts, doer, word, rest),
    settle: () => proposeSettlement(parts, doer, word, rest),
    export: () => exportBuy(parts, doer, word, rest),
    settings: async () => {
      if (/^(me|我)(?!\S)/iu.test(rest)) return setOwnLanguage(parts, doer, word, rest);
      if (await checkLead(parts, doer, word)) await changeSettings(parts, doer, word, rest);
    },
    link: () => linkChats(parts, doer, word, rest),
    forget: () => proposeForgetting(parts, doer, word, rest),
    undo: () => undoLast(parts, doer, word, rest),
    log: () => readLog(parts, doer, word, rest),
    leader: () => giveRole(parts, doer, word, rest),
    handover: () => proposeHandover(parts, doer, word, rest),
    cancel: () => proposeCancel(parts, doer, word, rest),
    item: () => proposeItem(parts, doer, word, rest),
    order: () => orderFor(parts, doer, event, word, rest),
    import: () => proposePaste(parts, doer, event, word, rest),
    board: () => openBoard(parts, doer),
    list: () => showList(parts, doer, word, rest),
    my: () => {
      if (WHY.test(rest)) return showWhy(parts, doer, word);
      if (TAKE.test(rest) || PASS.test(rest)) return answerOffer(parts, doer, TAKE.test(rest));
      if (RECEIPT.test(rest)) return showOwnReceipt(parts, doer, word);
      return rest === "" ? showMine(parts, doer, word) : askWhatOfMine(parts, doer, word);
    },
    refund: () => proposeEntries(parts, doer, "refund", word, rest),
    delivery: () => proposeEntries(parts, doer, "delivery", word, rest),
    discount: () => proposeEntries(parts, doer, "discount", word, rest),
    tally: () => {
      if (asksForPast(rest)) return showPast(parts, doer, `${word} ${rest}`);
      if (asksForPicture(rest)) return showTallyPicture(parts, doer, word);
      return rest === "" ? showTally(parts, doer, word) : askWhichTally(parts, doer, word);
    },
    help: () => showHelp(parts, doer),
    start: () => showHelp(parts, doer),
  };
  await handlers[which.id]();
}
