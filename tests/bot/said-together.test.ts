import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type FakeCall, FakeChat, type FakeFailure } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";

const ORDERS = { "Ada 502": "2 kg apples", "Ben 301": "1 kg apples", "Cy 101": "1 kg pears" };

/** A chat in which nobody can be told anything alone; what goes wrong with the notices. */
async function notices(fails: (call: FakeCall) => FakeFailure | undefined = () => undefined) {
  const buy = await closedBuy("Apples $5/kg, pears $6/kg", ORDERS, new FakeChat({ open: true }));
  const { chat, lin } = buy;
  await lin.says("/pickup at 302");
  const preview = await lin.hears(/3 people will be told/);
  chat.fails = fails;
  await lin.presses(preview, /Send/);
  await lin.hears(/3 people will hear it/);
  const said = () => chat.posts.filter(({ text }) => /is ready:/.test(text));
  return { ...buy, said };
}

describe("notices where nobody can be told alone", () => {
  test("are one message that mentions all, each with their own code", async () => {
    const { person, said } = await notices();

    const notice = await person("Cy 101").hears(/is ready:/);

    expect(said()).toEqual([notice]);
    expect(notice.mentioned?.map(({ name }) => name).sort()).toEqual(["Ada 502", "Ben 301", "Cy 101"]);
    expect(new Set(notice.text.match(/Your code: \d{4}/g)).size).toBe(3);
    expect(notice.buttons.map(({ label }) => label)).toEqual(["Got it", "I have it"]);
  });

  test("are each seen by whoever shows it: by the button, in answer, by a sign", async () => {
    const { lin, person } = await notices();
    const notice = await person("Ada 502").hears(/is ready:/);

    await person("Ada 502").presses(notice, /Got it/);
    await person("Ben 301").says("ok", { replyTo: notice });

    await eventually("Ada and Ben have seen it", async () => {
      await lin.says("/pickup list");
      const { text } = await lin.hears(/have collected/);
      return /👀 Ben 301/.test(text) && /👀 Ada 502/.test(text) && /📨 Cy 101/.test(text);
    });
  });

  test("that may not have arrived are told to the leader once, by name, and sent again together", async () => {
    const { lin, said } = await notices(once(/is ready:/, { outcome: "unknown" }));

    const doubt = await lin.hears(/could not tell whether .*pickup/);
    expect(/→ (.*)/.exec(doubt.text)?.[1]?.split(", ").sort()).toEqual(["Ada 502", "Ben 301", "Cy 101"]);
    expect(said()).toEqual([]);
    await lin.presses(doubt, /again/);
    await eventually("all are told", () => said().length === 1 && said()[0]!.mentioned?.length === 3);
    await lin.presses(doubt, /again/);
    await lin.hears(/nothing left to confirm/);

    expect(lin.heard(/could not tell whether/)).toBe(1);
    expect(said()).toHaveLength(1);
  });

  test("that surely did not arrive are tried again, together", async () => {
    const { said } = await notices(once(/is ready:/, { outcome: "not-sent", retryAfterMs: 20 }));

    await eventually("all are told", () => said()[0]?.mentioned?.length === 3);

    expect(said()).toHaveLength(1);
  });

  test("lose nobody because of one whom the platform refuses: that one is told to the leader", async () => {
    const { lin, person, said } = await notices(({ text }) =>
      /@Ben 301/.test(text) && /is ready:/.test(text) ? { outcome: "refused" } : undefined,
    );

    const undelivered = await lin.hears(/could not be delivered/);
    await person("Ada 502").hears(/is ready:/);
    await person("Cy 101").hears(/is ready:/);

    expect(undelivered.text).toMatch(/→ Ben 301$/m);
    expect(
      said()
        .flatMap(({ mentioned = [] }) => mentioned.map(({ name }) => name))
        .sort(),
    ).toEqual(["Ada 502", "Cy 101"]);
  });
});

function once(words: RegExp, failure: FakeFailure): (call: FakeCall) => FakeFailure | undefined {
  let isDone = false;
  return ({ text }) => {
    if (isDone || !words.test(text)) return undefined;
    isDone = true;
    return failure;
  };
}
