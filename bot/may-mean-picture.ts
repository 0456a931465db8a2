import { saysWrong } from "../core/complaint-words.ts";
import { commandOf } from "./command-of.ts";
import type { CommandId } from "./commands.ts";

/** Commands that a picture may stand with: what is sold, a code to pay with, a proof of payment, a complaint. */
const PICTURED: ReadonlySet<CommandId> = new Set(["open", "pay", "paid", "issue"]);

/** What is said of a payment, however: more than counts as one. */
const PAYS = /付|转|轉|汇|匯|数|數|打款|支付|结清|結清|(?<![a-z])(?:paid|paynow|paylah|transfer|sent|settled|wired)/i;

/**
 * Whether words may be about a picture that was shown beside them, where the platform does not join the two. Other
 * pictures are nobody's business.
 */
export function mayMeanPicture(text: string): boolean {
  const called = commandOf(text);
  return called ? PICTURED.has(called.command.id) : PAYS.test(text) || saysWrong(text);
}
