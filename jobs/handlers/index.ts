import type { TimerHandler } from "../../bot/later.ts";
import { closeBuyHandler } from "./close-buy.ts";

/** What is done for each kind of timer. A kind that is not here is parked and reported. */
export const handlers: ReadonlyMap<string, TimerHandler> = new Map([["close", closeBuyHandler]]);
