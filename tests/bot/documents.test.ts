import pino from "pino";
import { describe, expect, test } from "vitest";
import { Answers } from "../../bot/answers.ts";
import { Pacing } from "../../bot/pacing.ts";
import { type Adapter, type Document, SendFault, type SendOutcome } from "../../bot/ports.ts";
import type { Place } from "../../bot/store.ts";
import { eventually } from "../support/eventually.ts";

const FILES: readonly Document[] = ["orders.csv", "items.csv"].map((name) => ({ name, data: Uint8Array.of(1) }));

describe("files for one person", () => {
  test("arrive in their order, and nothing is said beside them", async () => {
    const { given, said, answers } = answering();

    answers.give([giving()]);
    await answers.drain();

    expect(given).toEqual(["orders.csv", "items.csv"]);
    expect(said).toEqual([]);
  });

  test("take no turn of the chat: what else is said there does not wait for them", async () => {
    const [arriving, arrives] = held();
    const { given, said, answers } = answering(undefined, true, arriving);

    answers.give([giving(), { type: "whisper", place, whisper: { to: "ada" }, content: { text: "your order: 2" } }]);
    await eventually("Ada hears of her order", () => said[0]);
    expect(given).toEqual([]);
    arrives();
    await answers.drain();

    expect(given).toEqual(["orders.csv", "items.csv"]);
    expect(said).toEqual(["your order: 2"]);
  });

  const unreachable: readonly SendOutcome[] = ["blocked", "gone", "refused"];
  for (const outcome of unreachable) {
    test(`that are ${outcome}: they hear how they can have them`, async () => {
      const { said, answers } = answering(() => new SendFault(outcome, ""));

      answers.give([giving()]);
      await answers.drain();

      expect(said).toEqual(["write to me first"]);
    });
  }

  test("where the platform has no files: the same", async () => {
    const { said, answers } = answering(undefined, false);

    answers.give([giving()]);
    await answers.drain();

    expect(said).toEqual(["write to me first"]);
  });

  test("that may have arrived: nothing is said, since it could be wrong", async () => {
    const { said, answers } = answering(() => new SendFault("unknown", ""));

    answers.give([giving()]);
    await answers.drain();

    expect(said).toEqual([]);
  });
});

const community = { id: "c", name: "Garden", zone: "UTC", language: "en", currency: "SGD" } as const;
const place: Place = {
  community: { ...community, lastCallMinutes: 0, remindPayment: false },
  ...{ chat: "chat", platform: "fake", externalChat: "g1", kind: "group" },
};

function giving() {
  const otherwise = { text: "write to me first" };
  return { type: "documents", place, whisper: { to: "lin" }, documents: FILES, otherwise } as const;
}

/** Something that waits until it is let go. */
function held(): [waiting: Promise<void>, letGo: () => void] {
  let letGo = () => {};
  const waiting = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return [waiting, () => letGo()];
}

function answering(
  fails: () => SendFault | undefined = () => undefined,
  hasFiles = true,
  arriving = Promise.resolve(),
) {
  const given: string[] = [];
  const said: string[] = [];
  const adapter: Pick<Adapter, "capabilities" | "whisper" | "giveDocument"> = {
    capabilities: {
      ...{ edit: true, react: true, buttons: true, pin: true, ephemeral: true, direct: true, recall: true },
      ...{ resends: true, adminList: true, files: hasFiles, maxText: 4_096, editEveryMs: 0, graceMs: 0 },
    },
    whisper: async (_, { text }) => void said.push(text),
    ...(hasFiles && {
      giveDocument: async (_whisper, { name }) => {
        await arriving;
        const fault = fails();
        if (fault) throw fault;
        given.push(name);
      },
    }),
  };
  const adapters = new Map([["fake", adapter as Adapter]]);
  const pacing = new Pacing(adapters, { now: () => new Date("2026-11-28T10:00:00Z") });
  return { given, said, answers: new Answers(adapters, pacing, pino({ level: "silent" })) };
}
