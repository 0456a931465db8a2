import { setTimeout as delay } from "node:timers/promises";

/** Waits until something is so; fails with its name when it is not within ten seconds. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, patienceMs = 10_000): Promise<void> {
  for (const end = performance.now() + patienceMs; !(await isSo()); await delay(25)) {
    if (performance.now() > end) throw new Error(`waited ${patienceMs} ms in vain: ${what}`);
  }
}
