import type { Deliver, Incoming } from "../../../bot/ports.ts";

/** Messages per second where so many are always under way: whoever is answered says the next. */
export async function saturate(
  deliver: Deliver,
  next: () => Incoming,
  { inFlight, seconds }: { inFlight: number; seconds: number },
): Promise<number> {
  const begun = performance.now();
  const until = begun + seconds * 1000;
  let stored = 0;
  const speak = async () => {
    while (performance.now() < until) {
      await deliver([next()]);
      stored += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, speak));
  return stored / ((performance.now() - begun) / 1000);
}

/** Milliseconds from arrival to commit of messages that arrive at a fixed rate, whether they are answered or not. */
export async function pace(
  deliver: Deliver,
  next: () => Incoming,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<readonly number[]> {
  const took: number[] = [];
  const underWay: Promise<unknown>[] = [];
  const begun = performance.now();
  const count = Math.floor(perSecond * seconds);
  for (let sent = 0; sent < count; ) {
    await new Promise((resume) => setTimeout(resume, 1));
    const due = Math.min(count, Math.floor(((performance.now() - begun) / 1000) * perSecond));
    for (; sent < due; sent++) {
      const arrived = begun + (sent / perSecond) * 1000; // when it was due: a loop that lags counts as waiting
      underWay.push(deliver([next()]).then(() => took.push(performance.now() - arrived)));
    }
  }
  await Promise.all(underWay);
  return took;
}
