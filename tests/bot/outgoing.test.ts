import pino from "pino";
import { describe, expect, test } from "vitest";
import { Outgoing } from "../../bot/outgoing.ts";
import { Pacing } from "../../bot/pacing.ts";
import type { Parts } from "../../bot/parts.ts";
import { type Adapter, type Capabilities, SendFault } from "../../bot/ports.ts";
import type { ChangeTx, Claimed, Notice, OutgoingEnd, Unsent } from "../../bot/store.ts";

describe("a message that goes out once", () => {
  test("and is known to have arrived stays so, also where the database is away just then", async () => {
    let away = 2;
    const { outgoing, ends, posts } = sending({
      finish: () => {
        away -= 1;
        if (away >= 0) throw new Error("Connection terminated unexpectedly");
      },
    });

    outgoing.wake();
    await outgoing.idle();

    expect(posts).toEqual(["the list"]);
    expect(ends).toEqual([{ state: "sent", message: "7" }]);
  });

  const rows: readonly { fault: Error; end: Partial<OutgoingEnd>; told: number; why: string }[] = [
    { fault: new SendFault("unknown", ""), end: { state: "maybe" }, told: 1, why: "nobody can ask whether it arrived" },
    { fault: new SendFault("blocked", ""), end: { state: "undeliverable" }, told: 1, why: "it will never arrive" },
    { fault: new SendFault("gone", ""), end: { state: "undeliverable" }, told: 1, why: "there is no such chat" },
    {
      fault: new SendFault("refused", ""),
      end: { state: "undeliverable" },
      told: 1,
      why: "the platform never takes it",
    },
    {
      fault: new SendFault("not-sent", ""),
      end: { state: "pending", retryInMs: 1_000 },
      told: 0,
      why: "it may go again",
    },
    {
      fault: new SendFault("not-sent", "", { retryAfterMs: 7_000 }),
      end: { state: "pending", retryInMs: 7_000 },
      told: 0,
      why: "when the platform says so",
    },
    {
      fault: new SendFault("moved", "", { movedTo: "there" }),
      end: { state: "pending", movedTo: "there" },
      told: 0,
      why: "the chat is elsewhere",
    },
    { fault: new TypeError("x of undefined"), end: { state: "maybe" }, told: 1, why: "a bug tells nothing" },
  ];
  for (const { fault, end, told, why } of rows) {
    const name = fault instanceof SendFault ? fault.outcome : fault.name;
    test(`${name}: ${end.state}, told to ${told} (${why})`, async () => {
      const { outgoing, ends, notices } = sending({
        post: () => {
          throw fault;
        },
      });

      outgoing.wake();
      await outgoing.idle();

      expect(ends).toEqual([expect.objectContaining(end)]);
      expect(notices).toHaveLength(told);
    });
  }

  test("and is itself a word to the leaders is told to nobody: it would go on for ever", async () => {
    const { outgoing, ends, notices } = sending({
      claims: [{ ...CLAIM, kind: "unsent" }],
      post: () => {
        throw new SendFault("blocked", "");
      },
    });

    outgoing.wake();
    await outgoing.idle();

    expect(ends).toMatchObject([{ state: "undeliverable" }]);
    expect(notices).toEqual([]);
  });

  const longAway = [
    { outcome: "not-sent", end: { state: "pending", retryInMs: 600_000 }, why: "the network is away for a day" },
    { outcome: "moved", end: { state: "undeliverable" }, why: "no chat moves so often" },
  ] as const;
  for (const { outcome, end, why } of longAway) {
    test(`${outcome}, after two hundred tries: ${end.state} (${why})`, async () => {
      const { outgoing, ends } = sending({
        claims: [{ ...CLAIM, attempts: 200 }],
        post: () => {
          throw new SendFault(outcome, "", { movedTo: "there" });
        },
      });

      outgoing.wake();
      await outgoing.idle();

      expect(ends).toEqual([expect.objectContaining(end)]);
    });
  }

  test("and whose sender died is told to the leaders", async () => {
    const { outgoing, notices } = sending({ claims: [], lost: [CLAIM] });

    outgoing.wake(true);
    await Promise.resolve(); // it has begun
    await outgoing.stop();

    expect(notices).toMatchObject([{ content: { buttons: [[{ data: `again:${CLAIM.id}` }]] } }]);
  });
});

describe("what follows when a message has ended", () => {
  const notSent = () => {
    throw new SendFault("not-sent", "");
  };
  const rows = [
    { kind: "live-post", looks: ["live-post"], why: "what it shows may have changed while it was on its way" },
    { kind: "greeting", looks: [], why: "the next message of its chat is claimed anyway" },
    { kind: "greeting", post: notSent, looks: ["greeting"], why: "it is due again later" },
  ];
  for (const { kind, post, looks: expected, why } of rows) {
    test(`${kind}: a look at what is due ${expected.length} times (${why})`, async () => {
      const { outgoing, looks } = sending({ claims: [{ ...CLAIM, kind }], ...(post && { post }) });

      outgoing.wake();
      await outgoing.idle();

      expect(looks).toEqual(expected);
    });
  }

  test("what senders have lost is asked for once where there is some, and not after each message", async () => {
    const { outgoing, lostAsked } = sending({ claims: [CLAIM] });

    outgoing.wake();
    await outgoing.idle();
    const before = lostAsked.length;
    outgoing.wake(true);
    outgoing.wake();
    await outgoing.idle();

    expect([before, lostAsked.length]).toEqual([0, 1]);
  });
});

describe("where a platform asks for a later time", () => {
  const rows = [
    { kind: "waiting-list", urgency: "usual", deferMs: 600_000, sent: false, why: "nobody waits for it at night" },
    { kind: "unheard", urgency: "by-day", deferMs: 600_000, sent: false, why: "nobody writes again at night" },
    { kind: "final-list", urgency: "now", deferMs: 0, sent: true, why: "it ends a buy" },
    { kind: "full", urgency: "now", deferMs: 0, sent: true, why: "tomorrow it is true no more" },
  ];
  for (const { kind, urgency, deferMs, sent, why } of rows) {
    test(`${kind} is ${sent ? "sent" : "kept"} (${why})`, async () => {
      const asked: string[] = [];
      const { outgoing, ends, posts } = sending({
        claims: [{ ...CLAIM, kind }],
        deferMs: (_chat, how) => {
          asked.push(how);
          return deferMs;
        },
      });

      outgoing.wake();
      await outgoing.idle();

      expect(asked).toEqual([urgency]);
      expect(posts).toHaveLength(sent ? 1 : 0);
      const kept = { state: "pending", retryInMs: deferMs, error: "deferred" };
      expect(ends).toEqual([sent ? { state: "sent", message: "7" } : kept]);
    });
  }

  test("nothing is claimed for a platform that cannot send now", async () => {
    const { outgoing, claimedFor } = sending({ isReady: false });

    outgoing.wake();
    await Promise.resolve();
    await outgoing.stop();

    expect(claimedFor).toEqual([[]]);
  });
});

const CLAIM: Claimed = {
  community: "c",
  id: "00000000-0000-4000-8000-000000000001",
  token: 1,
  platform: "fake",
  chat: "g",
  externalChat: "g1",
  isGroup: true,
  buy: null,
  kind: "greeting",
  content: { text: "the list" },
  attempts: 1,
};

/** One claim, and everything around it held in the hand. */
function sending({
  post = () => {},
  finish = () => {},
  claims = [CLAIM],
  lost = [],
  ...adapter
}: Pick<Partial<Adapter>, "deferMs" | "isReady"> & {
  post?: () => void;
  finish?: () => void;
  claims?: readonly Claimed[];
  lost?: readonly Unsent[];
}) {
  const [ends, posts, notices]: [OutgoingEnd[], string[], Notice[]] = [[], [], []];
  const tx = {
    namesOf: async () => new Map(),
    ledger: {
      leadersAt: async () => [{ person: "lin", platform: "fake", chat: "g", language: "en" }],
      addNotices: async (queued: readonly Notice[]) => void notices.push(...queued),
    },
  } as unknown as ChangeTx;
  const claimedFor: (readonly string[])[] = [];
  const waiting = [...claims];
  const gone = [...lost];
  const [looks, lostAsked]: [string[], true[]] = [[], []];
  const clock = { now: () => new Date(), newId: () => "" };
  const adapters = new Map<string, Partial<Adapter> & Pick<Adapter, "capabilities">>([
    [
      "fake",
      {
        capabilities: { editEveryMs: 0 } as Capabilities,
        ...adapter,
        post: async (_chat, { text }) => {
          post();
          posts.push(text);
          return { id: "7" };
        },
      },
    ],
  ]);
  const parts = {
    log: pino({ level: "silent" }),
    clock,
    adapters,
    pacing: new Pacing(adapters, clock),
    store: {
      claimOutgoing: async (platforms: readonly string[]) => {
        claimedFor.push(platforms);
        return waiting.splice(0);
      },
      loseOutgoing: async (follows: (tx: ChangeTx, lost: readonly Unsent[]) => Promise<void>) => {
        lostAsked.push(true);
        const lost = gone.splice(0);
        if (lost.length > 0) await follows(tx, lost);
      },
      finishOutgoing: async (_claim: Claimed, end: OutgoingEnd, follows?: (tx: ChangeTx) => Promise<void>) => {
        finish();
        ends.push(end);
        await follows?.(tx);
      },
    },
  } as unknown as Parts;
  const outgoing = new Outgoing(parts, ({ kind }) => looks.push(kind));
  return { outgoing, ends, posts, notices, claimedFor, looks, lostAsked };
}
