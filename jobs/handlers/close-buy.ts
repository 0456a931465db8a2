import { finishBuy } from "../../bot/actions/close-buy.ts";
import type { TimerHandler } from "../../bot/later.ts";

/** Closes a buy when its grace is over. Running it twice does no harm: the timer is claimed with its effects. */
export const closeBuyHandler: TimerHandler = finishBuy;
