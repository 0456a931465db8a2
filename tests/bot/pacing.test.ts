import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PacedChat, Pacing, type Showing } from "../../bot/pacing.ts";
import type { Capabilities, Rate, Rates } from "../../bot/ports.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const RATES: Rates = {
  direct: [{ most: 3, perMs: 3_000 }],
  group: [
    { most: 3, perMs: 3_000 },
    { most: 20, perMs: 60_000 },
  ],
  edits: [{ most: 2, perMs: 10_000 }],
  inAll: [{ most: 30, perMs: 1_000 }],
};
const EDIT_EVERY_MS = 3_000;
const GREEN: PacedChat = { platform: "busy", chat: "green", isGroup: true };
const BLUE: PacedChat = { ...GREEN, chat: "blue" };
const LIN: PacedChat = { ...GREEN, chat: "lin", isGroup: false };

describe("how fast a chat is written to", () => {
  const rows: readonly { chat: PacedChat; showing: Showing; ms: number; most: number; why: string }[] = [
    { chat: GREEN, showing: "post", ms: 1, most: 3, why: "a few may come together" },
    { chat: GREEN, showing: "post", ms: 9_000, most: 9, why: "but it is about one a second" },
    { chat: GREEN, showing: "post", ms: 60_000, most: 20, why: "and 20 a minute in a group" },
    { chat: GREEN, showing: "post", ms: 120_000, most: 40, why: "every minute" },
    { chat: LIN, showing: "post", ms: 60_000, most: 60, why: "one person's chat takes one a second" },
    { chat: GREEN, showing: "answer", ms: 60_000, most: 15, why: "questions leave a quarter to lists and notices" },
    { chat: GREEN, showing: "edit", ms: 2_999, most: 1, why: "one edit in 3 s" },
    { chat: GREEN, showing: "edit", ms: 10_000, most: 2, why: "two in ten" },
    { chat: GREEN, showing: "edit", ms: 60_000, most: 12, why: "again and again, with room for what else is said" },
    { chat: GREEN, showing: "mark", ms: 999, most: 23, why: "marks are no messages, but count with all calls" },
    { chat: { ...GREEN, platform: "quick" }, showing: "post", ms: 1, most: 100, why: "a platform without rates" },
  ];
  for (const { chat, showing, ms, most, why } of rows) {
    test(`${most} of kind "${showing}" in ${ms} ms, of a hundred that wait (${why})`, async () => {
      const { pacing, clock } = paced();
      let shown = 0;
      for (let count = 0; count < 100; count += 1) void pacing.turn(showing, chat).then(() => (shown += 1));

      clock.advance(ms - 1);
      await settled();

      expect(shown).toBe(most);
    });
  }

  test("thirty a second in all chats together", async () => {
    const { pacing, clock } = paced();
    const chats = Array.from({ length: 100 }, (_, index) => ({ ...GREEN, chat: `g${index}` }));

    const now = chats.filter((chat) => pacing.take("post", chat) === 0);

    expect(now).toHaveLength(30);
    expect(pacing.roomOn("busy")).toEqual({ posts: 0, inMs: 1_000 });
    clock.advance(1_000);
    expect(pacing.roomOn("busy")).toEqual({ posts: 30, inMs: 0 });
  });

  test("who waits is let go also where a timer rings before the clock has come so far", async () => {
    let now = 0;
    const rings: (() => void)[] = [];
    const pacing = new Pacing(
      new Map([["busy", { capabilities: { rates: RATES, editEveryMs: EDIT_EVERY_MS } as Capabilities }]]),
      { now: () => new Date(now) },
      (_ms, run) => {
        rings.push(run);
        return () => {};
      },
    );
    for (let count = 0; count < 3; count += 1) pacing.count("post", GREEN);
    let isShown = false;
    void pacing.turn("post", GREEN).then(() => {
      isShown = true;
    });

    now = 2_999;
    rings.at(-1)!();
    await settled();
    expect(isShown).toBe(false);
    now = 3_000;
    expect(rings).toHaveLength(2);
    rings.at(-1)!();
    await settled();

    expect(isShown).toBe(true);
  });

  test("answers go before posts and edits that wait as long", async () => {
    const { pacing, clock } = paced();
    const order: string[] = [];
    for (let count = 0; count < 3; count += 1) pacing.take("post", GREEN);
    void pacing.turn("post", GREEN).then(() => order.push("post"));
    void pacing.turn("answer", GREEN).then(() => order.push("answer"));

    clock.advance(3_000);
    await settled();

    expect(order).toEqual(["answer", "post"]);
  });

  test("a post that asks does not take the place of an answer that waits", async () => {
    const { pacing, clock } = paced();
    for (let count = 0; count < 3; count += 1) pacing.take("post", GREEN);
    const answers = Promise.all([1, 2, 3].map(() => pacing.turn("answer", GREEN)));
    clock.set(clock.now().getTime() + 3_000); // nothing has run yet

    const wait = pacing.take("post", GREEN);

    expect(wait).toBe(3_000);
    expect(await answers).toEqual([true, true, true]);
  });

  test("an edit counts as what the group is shown, but leaves the greater part to the rest", () => {
    const { pacing, clock } = paced();
    const shown: Showing[] = [];
    for (let ms = 0; ms < 60_000; ms += 500) {
      for (const showing of ["edit", "post"] as const) if (pacing.take(showing, GREEN) === 0) shown.push(showing);
      clock.advance(500);
    }

    const edits = shown.filter((showing) => showing === "edit").length;
    expect(shown).toHaveLength(20);
    expect(edits).toBeGreaterThanOrEqual(4);
    expect(edits).toBeLessThanOrEqual(12);
  });

  test("a post and an edit let the answers to their chat go first that stand in line behind one under way", () => {
    const { pacing } = paced();
    const given = pacing.expectAnswer(GREEN);

    expect(pacing.waitFor("post", GREEN)).toBeGreaterThan(0);
    expect(pacing.waitFor("edit", GREEN)).toBeGreaterThan(0);
    expect(pacing.waitFor("post", BLUE)).toBe(0);
    given();
    expect([pacing.waitFor("post", GREEN), pacing.waitFor("edit", GREEN)]).toEqual([0, 0]);
  });

  test("but not where they have had their share", () => {
    const { pacing, clock } = paced();
    for (let count = 0; count < 15; count += 1) {
      pacing.count("answer", GREEN);
      clock.advance(1_000);
    }
    pacing.expectAnswer(GREEN);

    expect(pacing.waitFor("post", GREEN)).toBe(0);
  });

  test("an edit that took long keeps the next one away from its end", () => {
    const { pacing, clock } = paced();
    pacing.take("edit", GREEN);
    clock.advance(2_900);

    pacing.edited(GREEN);
    clock.advance(200);

    expect(pacing.waitFor("edit", GREEN)).toBe(2_800);
  });

  test("no rate is ever broken, nobody waits for ever, and what is said in one chat keeps its order", async () => {
    const asked = fc.record({
      showing: fc.constantFrom<Showing>("answer", "post", "edit", "mark"),
      chat: fc.constantFrom(GREEN, BLUE, LIN),
      afterMs: fc.nat(400),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 120 }), async (asks) => {
        const { pacing, clock } = paced();
        const shown: { showing: Showing; chat: PacedChat; at: number; no: number }[] = [];
        for (const [no, { showing, chat, afterMs }] of asks.entries()) {
          await passes(clock, afterMs);
          void pacing.turn(showing, chat).then(() => shown.push({ showing, chat, at: clock.now().getTime(), no }));
        }
        await passes(clock, 600_000);

        expect(shown).toHaveLength(asks.length);
        const atOf = (wanted: (each: (typeof shown)[number]) => boolean) => shown.filter(wanted).map(({ at }) => at);
        expectWithin(
          atOf(() => true),
          RATES.inAll,
        );
        for (const chat of [GREEN, BLUE, LIN]) {
          const isMessage = ({ showing }: { showing: Showing }) => showing !== "mark";
          const rates = chat.isGroup ? RATES.group : RATES.direct;
          expectWithin(
            atOf((each) => each.chat === chat && isMessage(each)),
            rates,
          );
          expectWithin(
            atOf((each) => each.chat === chat && each.showing === "edit"),
            [{ most: 1, perMs: EDIT_EVERY_MS }, ...RATES.edits],
          );
          const answers = shown.filter((each) => each.chat === chat && each.showing === "answer").map(({ no }) => no);
          expect(answers).toEqual([...answers].sort((one, other) => one - other));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a pause that a platform asks for", () => {
  test("holds for everything in that chat, and for no other", () => {
    const { pacing, clock } = paced();

    pacing.pause(GREEN, 7_000);

    const showings: readonly Showing[] = ["answer", "post", "edit", "mark"];
    expect(showings.map((showing) => pacing.waitFor(showing, GREEN))).toEqual([7_000, 7_000, 7_000, 7_000]);
    expect(showings.map((showing) => pacing.waitFor(showing, BLUE))).toEqual([0, 0, 0, 0]);
    clock.advance(7_000);
    expect(pacing.waitFor("post", GREEN)).toBe(0);
  });

  test("is never made shorter by a later one", () => {
    const { pacing } = paced();
    pacing.pause(GREEN, 7_000);

    pacing.pause(GREEN, 1_000);

    expect(pacing.waitFor("post", GREEN)).toBe(7_000);
  });

  test("of three chats at once holds for the whole platform, until the first of them may be written to", () => {
    const { pacing } = paced();
    pacing.pause(GREEN, 5_000);
    pacing.pause(BLUE, 4_000);
    expect(pacing.waitFor("post", LIN)).toBe(0);

    pacing.pause({ ...GREEN, chat: "red" }, 9_000);

    expect(pacing.waitFor("post", LIN)).toBe(4_000);
    expect(pacing.roomOn("busy")).toEqual({ posts: 0, inMs: 4_000 });
    expect(pacing.waitFor("post", { ...LIN, platform: "quick" })).toBe(0);
  });
});

describe("time that is lost", () => {
  test("a clock that is set back makes nobody wait for it", () => {
    const { pacing, clock } = paced();
    for (let count = 0; count < 20; count += 1) pacing.count("post", GREEN);
    pacing.pause(GREEN, 60_000);

    clock.set(clock.now().getTime() - 3_600_000);

    expect(pacing.waitFor("post", GREEN)).toBe(0);
  });

  test("who waits when the process stops hears that it will not be their turn", async () => {
    const { pacing } = paced();
    pacing.pause(GREEN, 60_000);
    const waiting = pacing.turn("answer", GREEN);

    pacing.stop();

    expect(await waiting).toBe(false);
    expect(await pacing.turn("answer", GREEN)).toBe(false);
    expect(await pacing.turn("answer", BLUE)).toBe(true);
  });
});

function paced() {
  const clock = new VirtualClock();
  const platform = (rates?: Rates) => ({
    capabilities: { editEveryMs: EDIT_EVERY_MS, ...(rates && { rates }) } as Capabilities,
  });
  const adapters = new Map([
    ["busy", platform(RATES)],
    ["quick", platform()],
  ]);
  return { clock, pacing: new Pacing(adapters, clock, clock.runIn) };
}

/** In no span that begins with one of them are more than the rates allow. */
function expectWithin(times: readonly number[], rates: readonly Rate[]): void {
  for (const { most, perMs } of rates) {
    for (const start of times) {
      const inSpan = times.filter((at) => at >= start && at < start + perMs).length;
      expect(inSpan).toBeLessThanOrEqual(most);
    }
  }
}

/** Time passes, and what goes on at a moment has done so before the next. */
async function passes(clock: VirtualClock, ms: number): Promise<void> {
  await settled();
  for (let left = ms; left > 0; ) {
    const step = Math.min(left, clock.nextInMs ?? left);
    clock.advance(step);
    left -= step;
    await settled();
  }
}

/** What was let go has gone on. */
const settled = () => new Promise(setImmediate);
