/** What each buy with two orders says from its last call on, if nobody pays, comes or answers: by kind, how often. */
export const SAID: Readonly<Record<string, number>> = {
  "last-call": 1,
  "final-list": 1,
  supplier: 1,
  "pickup-reminder": 3,
  "payment-reminder": 6,
  "payments-open": 1,
  settlement: 1,
  "settlement-accounts": 1,
  review: 1,
};

export interface SaidRow {
  readonly group: string;
  readonly kind: string;
  readonly state: string;
  readonly text: string;
}

/** What of a buy's messages was never said, or twice: by its rows, and by the texts that its group shows. */
export function judgeSaid(
  rows: readonly Omit<SaidRow, "group">[],
  shown: readonly string[],
): { readonly doubtful: number; readonly missed: number; readonly doubled: number } {
  let [missed, doubled] = [0, 0];
  for (const [kind, times] of Object.entries(SAID)) {
    const count = rows.filter((row) => row.kind === kind && row.state !== "undeliverable").length;
    missed += Math.max(0, times - count);
    doubled += Math.max(0, count - times);
  }
  for (const text of new Set(rows.map((row) => row.text))) {
    const same = rows.filter((row) => row.text === text);
    const sent = same.filter(({ state }) => state === "sent").length;
    const doubtful = same.filter(({ state }) => state === "maybe").length;
    const there = shown.filter((each) => each === text).length;
    missed += Math.max(0, sent - there);
    doubled += Math.max(0, there - sent - doubtful);
  }
  return { doubtful: rows.filter(({ state }) => state === "maybe").length, missed, doubled };
}
