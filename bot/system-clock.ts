import { randomUUID } from "node:crypto";
import type { Clock } from "./ports.ts";

/** The machine's clock, and its chance. */
export const systemClock: Clock = { now: () => new Date(), newId: () => randomUUID() };
