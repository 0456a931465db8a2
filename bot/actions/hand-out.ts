import type { Doer } from "../parts.ts";
import type { Buy, ChangeTx, HandedPart, Line } from "../store.ts";
import { logDone } from "./log-done.ts";
import type { Somebody } from "./who-is.ts";

/** What still waits for somebody is collected: all of it, or all that was booked for one on their account. */
export async function handOut(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  who: Somebody,
  lines: readonly Line[],
): Promise<void> {
  if (who.for === undefined) return handOutAll(tx, doer, buy, who.person);
  const { person, for: whom } = who;
  await handOutParts(
    tx,
    doer,
    buy,
    person,
    lines.map(({ item, option, quantity }) => ({ for: whom, item, option, quantity })),
  );
}

/** A part of it is. */
export async function handOutParts(tx: ChangeTx, doer: Doer, buy: Buy, person: string, handed: readonly HandedPart[]) {
  for (const part of handed) await tx.addHandover(buy, person, doer.person.id, part);
  await tx.markPickups(buy, [person], { noShowAt: null });
  await logDone(tx, doer, buy, "picked-up-part", { person, parts: handed });
}

/** All that is somebody's is collected. */
export async function handOutAll(tx: ChangeTx, doer: Doer, buy: Buy, person: string): Promise<void> {
  await tx.addHandover(buy, person, doer.person.id);
  await tx.markPickups(buy, [person], { noShowAt: null });
  await logDone(tx, doer, buy, "picked-up", { person });
}
