import { acceptLate } from "./actions/accept-late.ts";
import { noteArrival } from "./actions/arrive.ts";
import { bookEntries } from "./actions/book-entries.ts";
import { changeItem, keepItem } from "./actions/change-item.ts";
import { closeBuy } from "./actions/close-buy.ts";
import { askedNow, leave } from "./actions/confirm.ts";
import { bookPaste } from "./actions/import-paste.ts";
import { joinLinked } from "./actions/link-chats.ts";
import { claimPaid } from "./actions/mark-paid.ts";
import { recordMissing } from "./actions/mark-picked.ts";
import { checkLead, isLeading } from "./actions/may-lead.ts";
import { dropDraft, openDraft } from "./actions/open-buy.ts";
import { pressStep } from "./actions/open-steps.ts";
import { seePickup, sendPickup } from "./actions/pickup.ts";
import { endPlan, skipPlan } from "./actions/plan-buy.ts";
import { pickChoice, pressItem, pressNone } from "./actions/press-item.ts";
import { markPurchase } from "./actions/purchase.ts";
import { rateByPress } from "./actions/rate-buy.ts";
import { decideProblem } from "./actions/report-problem.ts";
import { resend } from "./actions/resend.ts";
import { settleBuy } from "./actions/settle.ts";
import { shareOut, showSharing } from "./actions/share-out.ts";
import { showHelp, showMine } from "./actions/show.ts";
import { showWords } from "./actions/show-words.ts";
import { type Doer, type Parts, whisper } from "./parts.ts";
import type { ButtonIn } from "./ports.ts";
import { wordsOf } from "./replies/replies.ts";

/** A button's data is "verb:buy" (or "again:message") or "verb:buy:item"; one that is not ours is ignored. */
export async function press(parts: Parts, doer: Doer, event: ButtonIn): Promise<void> {
  const match =
    /^(open|drop|again|my|help|step|why|keep|none|yes|no|more|less|pick|paid|seen|absent|po|short|problem|rate|accept|close|skip|end):([0-9a-f-]{36})(?::(.{1,24}))?$/.exec(
      event.data,
    );
  if (!match) return;
  const [, verb = "", buy = "", detail = ""] = match;
  const { open, drop, sendAgain, acceptButton, closeButton, skipButton, endButton, noShowButton } = wordsOf(
    doer.language,
  );
  if (verb === "open" || verb === "drop") {
    if (!(await checkLead(parts, doer, verb === "open" ? open : drop))) return;
    return verb === "open" ? openDraft(parts, doer, buy) : dropDraft(parts, doer, buy);
  }
  if (verb === "again") return (await checkLead(parts, doer, sendAgain)) ? resend(parts, doer, buy) : undefined;
  if (verb === "accept") {
    return (await checkLead(parts, doer, acceptButton)) ? acceptLate(parts, doer, buy, detail) : undefined;
  }
  if (verb === "close") {
    if (!(await checkLead(parts, doer, closeButton))) return;
    return closeBuy(parts, doer, closeButton, await parts.store.findBuy(doer.place.community.id, buy));
  }
  if (verb === "skip" || verb === "end") {
    if (!(await checkLead(parts, doer, verb === "skip" ? skipButton : endButton))) return;
    return verb === "skip" ? skipPlan(parts, doer, buy) : endPlan(parts, doer, buy);
  }
  if (verb === "paid") return claimPaid(parts, doer, buy);
  if (verb === "po") return (await checkLead(parts, doer, "/po")) ? markPurchase(parts, doer, buy, detail) : undefined;
  if (verb === "short") {
    return (await checkLead(parts, doer, "/short")) ? showSharing(parts, doer, buy, detail) : undefined;
  }
  if (verb === "problem") {
    return (await checkLead(parts, doer, "/issue")) ? decideProblem(parts, doer, buy, detail) : undefined;
  }
  if (verb === "rate") return rateByPress(parts, doer, buy, detail);
  if (verb === "seen") return seePickup(parts, doer, buy);
  if (verb === "absent")
    return (await checkLead(parts, doer, noShowButton)) ? recordMissing(parts, doer, buy) : undefined;
  if (verb === "my") return showMine(parts, doer, "/my", await parts.store.findBuy(doer.place.community.id, buy));
  if (verb === "step") return (await checkLead(parts, doer, "/open")) ? pressStep(parts, doer, buy, detail) : undefined;
  if (verb === "help") return showHelp(parts, doer, await isLeading(parts, doer));
  if (verb === "yes" || verb === "no") return answerPreview(parts, doer, verb === "yes", buy);
  if (verb === "why") {
    const about = await parts.store.findBuy(doer.place.community.id, buy);
    return about && showWords(parts, doer, about);
  }
  if (verb === "keep") {
    await keepItem(parts, doer, buy, detail);
    return showMine(parts, doer, "/my", await parts.store.findBuy(doer.place.community.id, buy));
  }
  if (verb === "none") return pressNone(parts, doer, event, buy, detail);
  if (verb === "pick") return pickChoice(parts, doer, event, buy, detail);
  return pressItem(parts, doer, event, verb === "more" ? "+1" : "-1", buy, detail);
}

/** A yes or no to what a command would do. Whoever it is, the question was theirs. */
export async function answerPreview(parts: Parts, doer: Doer, isYes: boolean, id: string): Promise<void> {
  const { change, changeGone } = wordsOf(doer.language);
  const asked = await askedNow(parts, doer, id);
  if (!asked) return whisper(parts, doer, { text: changeGone });
  if (!isYes) return leave(parts, doer, asked);
  if (!(await checkLead(parts, doer, change))) return;
  const carriedOut: Readonly<Record<string, () => Promise<void>>> = {
    item: () => changeItem(parts, doer, asked),
    entries: () => bookEntries(parts, doer, asked),
    arrive: () => noteArrival(parts, doer, asked),
    share: () => shareOut(parts, doer, asked),
    pickup: () => sendPickup(parts, doer, asked),
    settle: () => settleBuy(parts, doer, asked),
    paste: () => bookPaste(parts, doer, asked),
    link: () => joinLinked(parts, doer, asked),
  };
  return carriedOut[asked.kind]?.();
}
