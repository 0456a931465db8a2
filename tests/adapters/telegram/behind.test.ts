import { expect, onTestFinished, test } from "vitest";
import type { Incoming, Lease } from "../../../bot/ports.ts";
import { startFakeTelegram } from "../../support/fake-telegram/index.ts";
import { freeWebhook, openTelegram } from "./open.ts";

test("by polling: behind until all that waited is stored, and again after Telegram was away", async () => {
  const telegram = await started();
  const { adapter } = openTelegram(telegram);
  onTestFinished(() => adapter.stop());
  const ada = telegram.group("Green Court").user("Ada");
  for (let said = 0; said < 250; said += 1) await ada.says(`+${said}`);
  const seen: { readonly stored: number; readonly isBehind: boolean | undefined }[] = [];
  let stored = 0;
  expect(adapter.isBehind).toBe(true);

  await adapter.start(async (events: readonly Incoming[]) => {
    stored += events.length;
    seen.push({ stored, isBehind: adapter.isBehind });
  });
  await telegram.confirmed();
  await telegram.until(() => telegram.world.updates.isPolled);

  expect(seen).toEqual([100, 200, 250].map((count) => ({ stored: count, isBehind: true })));
  expect(adapter.isBehind).toBe(false);

  await telegram.goesDown();
  await expect.poll(() => adapter.isBehind).toBe(true);
  await telegram.comesBack();
  await telegram.until(() => telegram.world.updates.isPolled);
  expect(adapter.isBehind).toBe(false);
});

test("by polling: behind while updates cannot be stored, and not while another process reads", async () => {
  const telegram = await started();
  let begin: (lease: Lease) => void = () => {};
  let taken = () => {};
  const { adapter } = openTelegram(telegram, {
    hold: (_signal, isTaken) => {
      taken = isTaken;
      return new Promise((resolve) => {
        begin = resolve;
      });
    },
  });
  onTestFinished(() => adapter.stop());
  let fails = 2;
  const seen: (boolean | undefined)[] = [];
  await adapter.start(async () => {
    seen.push(adapter.isBehind);
    if (fails-- > 0) throw new Error("the database is away");
  });
  expect(adapter.isBehind).toBe(true); // whether another process reads is not known yet
  taken();
  expect(adapter.isBehind).toBe(false);

  await telegram.group("Green Court").user("Ada").says("+1");
  begin({ lost: new AbortController().signal, release: async () => {} });
  await telegram.confirmed();
  await telegram.until(() => telegram.world.updates.isPolled);

  expect(seen).toEqual([true, true, true]);
  expect(adapter.isBehind).toBe(false);
});

test("by a webhook: behind until what waited has been sent", async () => {
  const telegram = await started();
  const ada = telegram.group("Green Court").user("Ada");
  const webhook = await freeWebhook();
  const { adapter } = openTelegram(telegram, { webhook });
  onTestFinished(() => adapter.stop());
  for (let said = 0; said < 5; said += 1) await ada.says(`+${said}`);
  let stored = 0;
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });

  await adapter.start(async (events) => {
    await held;
    stored += events.length;
  });
  await telegram.until(() => telegram.callsTo("getWebhookInfo").length > 1);
  expect(adapter.isBehind).toBe(true);
  go();

  await expect.poll(() => adapter.isBehind).toBe(false);
  expect(stored).toBe(5);
});

async function started() {
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  return telegram;
}
