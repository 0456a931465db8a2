import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { replayRaw } from "./script.ts";

interface Tally {
  readonly buys: readonly {
    readonly status: string;
    readonly items: readonly { no: number; ordered: number; waitlisted: number }[];
    readonly orders: readonly {
      name: string;
      for: string | null;
      amount: string;
      lines: readonly { item: number; quantity: number; waitlisted?: number; option?: string }[];
    }[];
    readonly late: readonly string[];
  }[];
  readonly unclear: readonly { id: string; reason: string }[];
}

interface Recorded {
  readonly name: string;
  readonly why?: string;
  readonly events: readonly object[];
  readonly expect: Tally;
}

const conversations = readFileSync(new URL("recorded.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Recorded);

/** What counts of a tally: who has what and pays what, what came too late, what was not clear. Notes and reasons do not. */
function judged({ buys, unclear }: Tally) {
  return {
    buys: buys.map(({ status, items, orders, late }) => ({
      status,
      items: items.map(({ no, ordered, waitlisted }) => `#${no} ${ordered} +${waitlisted}`),
      orders: orders
        .map(({ name, for: whom, lines, amount }) => {
          const words = lines
            .map(({ item, option = "", quantity, waitlisted = 0 }) => `#${item}${option} ${quantity} +${waitlisted}`)
            .sort();
          // Of a buy that came to nothing nothing is due.
          const due = status === "failed" || status === "cancelled" ? "" : Number(amount).toFixed(2);
          return `${name} for ${(whom ?? "nobody").replace(/^#/, "").toLowerCase()}: ${words.join(", ")} = ${due}`;
        })
        .sort(),
      late: [...late].sort(),
    })),
    unclear: unclear.map(({ id }) => id).sort(),
  };
}

describe("a recorded chat comes to the list that a careful leader keeps", () => {
  for (const { name, why, events, expect: tally } of conversations) {
    test(`${name}${why ? ` (${why})` : ""}`, async () => {
      const printed = await replayRaw(events.map((event) => JSON.stringify(event)).join("\n"));

      expect(judged(JSON.parse(printed) as Tally)).toEqual(judged(tally));
    });
  }
});
