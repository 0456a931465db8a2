import { askedNow } from "./actions/confirm.ts";
import { isAllowed } from "./actions/may-lead.ts";
import { answeredDraft, dropDraft, openDraft } from "./actions/open-buy.ts";
import { answerPreview, whoAnswers } from "./on-press.ts";
import type { Doer, Parts } from "./parts.ts";

/** What a leader writes under a draft to open it, or to drop it. */
const YES = /^\s*(ok|okay|yes|yep|open|go|好|好的|可以|开|開|确认|確認|是|行|嗯)[\s!！。.~]*$/i;

const NO = /^\s*(no|cancel|drop|不|不要|不开|不開|取消|算了)[\s!！。.~]*$/i;

/** Whether words say yes, or no, to a question; undefined where they are neither. */
export function yesOrNo(text: string): boolean | undefined {
  return YES.test(text) || (NO.test(text) ? false : undefined);
}

/** "ok" or "no" from somebody who has a draft here; false where it was no answer to one. */
export async function answerDraft(parts: Parts, doer: Doer, text: string): Promise<boolean> {
  const isYes = yesOrNo(text);
  if (isYes === undefined) return false;
  const asked = await askedNow(parts, doer);
  const draft = await answeredDraft(parts, doer);
  const who = asked && !draft ? whoAnswers(asked) : "leader";
  if (!(asked || draft) || !(await isAllowed(parts, doer, who))) return false;
  // Of two questions the answer is to the last.
  if (asked && !(draft && draft.terms.openedAt > asked.askedAt)) {
    await answerPreview(parts, doer, isYes, asked.id);
    return true;
  }
  if (!draft) return false;
  await (isYes ? openDraft(parts, doer, draft.id) : dropDraft(parts, doer, draft.id));
  return true;
}
