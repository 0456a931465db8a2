import { describe, expect, test } from "vitest";
import type { AuditVerb } from "../../bot/audit.ts";
import { logText, namedIn } from "../../bot/replies/log-text.ts";
import { wordsOf } from "../../bot/replies/replies.ts";
import type { Buy, Language, Logged } from "../../bot/store.ts";

const APPLES = { name: "Apples", unit: "kg", aliases: [], options: [], price: 500, tiers: [] };
const BUY = { terms: { title: "Apples", currency: "USD", items: [APPLES] } } as unknown as Buy;
const NAMES = new Map([
  ["p1", "Ada"],
  ["p2", "Ben"],
]);
const FACTS = { buy: BUY, names: NAMES, zone: "Asia/Shanghai" };

/** What each kind of entry holds, as the actions write it. */
const SAMPLES: Readonly<Record<AuditVerb, Pick<Logged, "before" | "after">>> = {
  "buy-opened": {},
  "draft-dropped": {},
  "buy-ended": {},
  "buy-closed": {},
  "buy-failed": {},
  "buy-cancelled": {},
  "buy-extended": { after: { closesAt: "2026-11-21T12:00:00.000Z" } },
  "buy-reopened": { after: {} },
  "buy-settled": { after: { goods: 500, due: 500, paid: 250, open: 250, over: 0 } },
  "late-accepted": { after: { message: "12" } },
  "item-changed": { before: { no: 1, item: APPLES }, after: { no: 1, item: { ...APPLES, price: 450, stock: 20_000 } } },
  "price-kept": { after: { no: 1 } },
  "ordered-for": { after: { for: "302", text: "302: #1 =2" } },
  imported: { after: { people: 3 } },
  "entries-booked": {
    after: {
      kind: "refund",
      reason: "bad",
      entries: [
        { person: "p1", amount: -150 },
        { person: "p2", amount: -50 },
      ],
    },
  },
  "payment-claimed": { after: { person: "p1" } },
  "payment-marked": { after: { person: "p1", amount: 250 } },
  "pay-way-set": { after: { kind: "paynow" } },
  "pay-way-off": { after: { kind: "all" } },
  commission: { before: { rule: null }, after: { rule: { percent: 500 } } },
  "over-keep": { after: { amount: 250 } },
  "over-back": { after: { amount: 250 } },
  "payment-revoked": { after: { person: "p1", revoked: 1 } },
  purchase: { after: { state: "sent", revision: 1 } },
  arrived: { after: { arrived: [{ item: 1, option: "", counted: 4_000 }] } },
  "shared-out": { after: { rule: "first-come", cuts: [] } },
  "sharing-undone": { before: { allotted: [] } },
  weighed: { after: { weights: [["key", 1_240]] } },
  "weights-undone": { after: { weighed: [] } },
  "surplus-offered": { after: { offers: [] } },
  "surplus-taken": { after: { offers: [] } },
  "pickup-notices": { after: { people: 2, where: "at the gate" } },
  "picked-up": { after: { person: "p2" } },
  "picked-up-part": { after: { person: "p2", parts: [] } },
  "pickup-keep": { before: { keep: "" }, after: { keep: "until 21:00" } },
  "pickup-revoked": { after: { person: "p2" } },
  "no-show": { after: { person: "p2" } },
  "problem-reported": { after: { id: "x", item: 1 } },
  "problem-decided": { after: { id: "x", state: "refunded" } },
  "plan-made": { after: { rule: "fri 18:00" } },
  "plan-skipped": {},
  "plan-ended": {},
  "plan-missed": {},
  "settings-changed": { after: { zone: "Europe/Berlin", quiet: null } },
  "chat-linked": {},
  "role-given": { before: { role: "resident" }, after: { person: "p1", role: "helper" } },
  "handed-over": { before: { leader: "p1" }, after: { leader: "p2" } },
  "message-sent-again": { after: { outgoing: "x" } },
  "rows-rebuilt": { after: { differences: 1 } },
  forgotten: {},
  exported: { after: { file: "Apples-1.xlsx" } },
  undone: { after: { entry: { verb: "payment-marked", after: { person: "p1" } } } },
};

describe("the log in words", () => {
  for (const language of ["en", "zh-hans", "zh-hant"] as const satisfies readonly Language[]) {
    test(`${language} tells each kind of entry with all its facts`, () => {
      for (const [verb, sample] of Object.entries(SAMPLES)) {
        const text = logText({ verb: verb as AuditVerb, ...sample }, FACTS, wordsOf(language));

        expect(text, verb).not.toMatch(/[{}]|undefined|NaN/);
        expect(text, verb).not.toBe("");
      }
    });
  }

  const rows = [
    {
      verb: "item-changed",
      expected: "Apples: $4.50 instead of $5, Apples: 20 kg in all instead of as much as is wanted",
    },
    { verb: "entries-booked", expected: "Refund −$2 for Ada, Ben: bad" },
    { verb: "arrived", expected: "counted what came: Apples 4 kg" },
    { verb: "role-given", expected: "Ada is now: Helper" },
    { verb: "handed-over", expected: "handed over from Ada to Ben" },
    { verb: "undone", expected: "took back: marked Ada as paid: ✓" },
  ] as const;
  for (const { verb, expected } of rows) {
    test(`${verb}: ${expected}`, () =>
      expect(logText({ verb, ...SAMPLES[verb] }, FACTS, wordsOf("en"))).toBe(expected));
  }

  test("all names that a sentence needs are asked for, those of what was taken back too", () => {
    expect(namedIn({ actor: "p0", ...SAMPLES["entries-booked"] })).toEqual(["p0", "p1", "p2"]);
    expect(namedIn({ actor: "p0", ...SAMPLES["handed-over"] })).toEqual(["p0", "p1", "p2"]);
    expect(namedIn({ actor: "p0", ...SAMPLES.undone })).toEqual(["p0", "p1"]);
  });

  test("a long entry is cut, so that a page is one message", () => {
    const after = { kind: "refund", reason: "x".repeat(1_000), entries: [{ person: "p1", amount: 1 }] };
    expect(logText({ verb: "entries-booked", after }, FACTS, wordsOf("en"))).toHaveLength(200);
  });
});
