import { chasePickup } from "../../bot/actions/chase-pickup.ts";
import { tellAbsent } from "../../bot/actions/hand-over.ts";
import { callLast } from "../../bot/actions/last-call.ts";
import { tellMissing } from "../../bot/actions/no-show.ts";
import { openPlanned } from "../../bot/actions/plan-buy.ts";
import { remindSupplier } from "../../bot/actions/purchase.ts";
import { askForRatings } from "../../bot/actions/rate-buy.ts";
import { remindPayment } from "../../bot/actions/remind-payment.ts";
import { remindPickup } from "../../bot/actions/remind-pickup.ts";
import { repost } from "../../bot/actions/repost.ts";
import { postSettlements } from "../../bot/actions/settle.ts";
import { tellProblems } from "../../bot/actions/show-problems.ts";
import { askToClose } from "../../bot/actions/sold-out.ts";
import type { TimerHandler } from "../../bot/later.ts";

/** What is done for each kind of timer but closings, which `bot/later.ts` does by itself. A kind that is not here is parked and reported. */
export const handlers: ReadonlyMap<string, TimerHandler> = new Map<string, TimerHandler>([
  ["last-call", { isReminder: true, run: callLast }],
  ["open-planned", { isReminder: false, run: openPlanned }],
  ["remind-payment", { isReminder: true, run: remindPayment }],
  ["sold-out", { isReminder: false, run: askToClose }],
  ["chase-pickup", { isReminder: true, run: chasePickup }],
  ["no-show", { isReminder: true, run: tellMissing }],
  ["supplier", { isReminder: true, run: remindSupplier }],
  ["problems-end", { isReminder: true, run: tellProblems }],
  ["review", { isReminder: true, run: askForRatings }],
  ["absent", { isReminder: true, run: tellAbsent }],
  ["settlement", { isReminder: true, run: postSettlements }],
  ["repost", { isReminder: true, run: repost }],
  ["remind-pickup", { isReminder: true, run: remindPickup }],
]);
