import { expect, test } from "vitest";
import { postButtons } from "../../bot/actions/post-buttons.ts";
import { wordsOf } from "../../bot/replies/replies.ts";
import type { Buy } from "../../bot/store.ts";

const rows = [
  { items: 1, status: "open", labels: ["+1", "−1", "My order", "Help"], why: "one item needs no name" },
  { items: 2, status: "open", labels: ["+1 Item 1", "−1 Item 1", "+1 Item 2", "−1 Item 2", "My order", "Help"] },
  { items: 9, status: "open", labels: ["My order", "Help"], why: "more than eight would be all buttons" },
  { items: 2, status: "closed", labels: [], why: "nothing can be ordered any more" },
] as const;
test.each(rows)("a post of $items items that is $status has the buttons $labels", ({ items, status, labels }) => {
  expect(
    postButtons(buyOf(items, status), wordsOf("en"))
      .flat()
      .map(({ label }) => label),
  ).toEqual(labels);
});

test("eight items have two buttons each, and no button carries more than Telegram takes", () => {
  const buttons = postButtons(buyOf(8, "open"), wordsOf("zh-hans")).flat();

  expect(buttons).toHaveLength(18);
  for (const { data } of buttons) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
});

function buyOf(count: number, status: Buy["status"]): Buy {
  const items = Array.from({ length: count }, (_, index) => ({
    ...{ name: `Item ${index + 1}`, aliases: [], options: [], tiers: [] },
  }));
  const terms = { title: "Fruit", currency: "EUR", items, openedAt: new Date("2026-11-28T12:00:00Z") };
  const id = "6e1c1a52-5a2f-4f0e-9d4e-2f8d1f1b7c11";
  return {
    community: "c",
    id,
    no: 1,
    status,
    language: "en",
    leader: "l",
    terms,
    chats: [],
    coupled: false,
    version: 1,
  };
}
