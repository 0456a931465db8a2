import { expect, onTestFinished, test } from "vitest";
import { hastyTelegram } from "../adapters/telegram/open.ts";
import { withClient } from "../support/database.ts";
import { type FakeTelegramOptions, startFakeTelegram } from "../support/fake-telegram/index.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";

const MINUTE = 60_000;

test("Plusone is down over the closing: what was said in time is on the list, and nobody was late", async () => {
  const { telegram, group, lin, people, url, plusone, close } = await opened();
  await plusone.stop();
  const closing = new Date(Math.floor(Date.now() / 1000) * 1000 - 20 * MINUTE);
  await close(closing);
  for (let said = 0; said < 250; said += 1) {
    await people[said % people.length]!.says("+1 apples", { at: new Date(closing.getTime() - 5 * MINUTE) });
  }
  await people[0]!.says("+1 apples", { at: new Date(closing.getTime() + MINUTE) });

  await runningOn(url, [hastyTelegram(telegram)]);
  const list = await group.hears(/final list/);
  await lin.hears(/Ada wrote after Apples closed/); // of the last one alone

  expect(list.text).toMatch(/comes late/);
  expect(list.text).toMatch(/Apples 250 kg/);
  expect(telegram.callsTo("sendMessage").filter(({ args }) => /Accept/.test(JSON.stringify(args)))).toHaveLength(1);
});

test("the machine's clock, and with it the database's, is ahead of Telegram's: the closing waits for Telegram's", async () => {
  let aheadMs = 5 * MINUTE;
  const { telegram, group, people, close } = await opened({ now: () => new Date(Date.now() - aheadMs) });
  await close(new Date(Math.floor(Date.now() / 1000) * 1000 - 2 * MINUTE)); // by the machine it is over

  await (await people[0]!.says("+2 apples")).confirmed;
  await telegram.until(() => telegram.callsTo("getUpdates").length > 1);
  expect(group.botMessages().some(({ text }) => /final list/.test(text))).toBe(false);
  aheadMs = 0;
  await (await people[1]!.says("thanks")).confirmed; // by which the time is known

  expect((await group.hears(/final list/)).text).toMatch(/Apples 2 kg/);
});

/** A buy in a Telegram group that was opened an hour ago, and Plusone. */
async function opened(options: FakeTelegramOptions = {}) {
  const telegram = await startFakeTelegram(options);
  onTestFinished(() => telegram.close());
  const group = telegram.group("Green Court");
  const lin = group.user("Lin", { status: "creator" });
  const people = ["Ada", "Ben", "Cho"].map((name) => group.user(name));
  const url = await ownDatabase();
  const plusone = await runningOn(url, [hastyTelegram(telegram)]);
  await lin.says("/open Apples $5/kg, closes in 3 hours");
  await lin.presses(await lin.hears(/This is what I read/), "Open");
  await group.hears(/🟢 Open/);
  /** The closing was then, or is. */
  const close = (at: Date) =>
    withClient(url, async (client) => {
      await client.query(`UPDATE buy SET "openedAt" = $1::timestamptz - interval '1 hour', "closesAt" = $1`, [at]);
      await client.query(`UPDATE timer SET "dueAt" = $1 WHERE kind = 'close'`, [at]);
      await client.query(`UPDATE timer SET state = 'cancelled' WHERE kind = 'last-call'`);
    });
  return { telegram, group, lin, people, url, plusone, close };
}
