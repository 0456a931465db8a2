import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkTelegram } from "../../../adapters/telegram/check.ts";
import { TelegramClock } from "../../../adapters/telegram/clock.ts";
import type { ButtonIn, Incoming } from "../../../bot/ports.ts";
import { startFakeTelegram } from "../../support/fake-telegram/index.ts";
import { openTelegram } from "./open.ts";

const MINUTE = 60_000;
const NOON = Date.parse("2026-11-21T12:00:00+08:00");

describe("Telegram's clock", () => {
  test("is ours until something was told", () => {
    const { clock, passes } = clocks({ oursAhead: 5 * MINUTE });

    passes(1_000);

    expect(clock.known()).toBeUndefined();
    expect(clock.now()).toEqual(new Date(NOON + 5 * MINUTE + 1_000));
  });

  for (const oursAhead of [-60 * MINUTE, -1, 0, MINUTE]) {
    test(`is known however wrong ours is (${oursAhead} ms), and however that is set`, () => {
      const { clock, passes, tells, sets } = clocks({ oursAhead });
      tells(800); // ms after what is told
      passes(90_000);
      sets(-30 * MINUTE);

      expect(clock.known()).toEqual(new Date(NOON + 90_000 - 800));
    });
  }

  test("is never before what was heard, nor ahead of Telegram's", () => {
    const { clock, passes, tells, now } = clocks({});
    for (const late of [40_000, 900, 3_000, 20, 700, 0, 12_000]) {
      tells(late);
      expect(clock.now().getTime()).toBeGreaterThanOrEqual(now() - late);
      expect(clock.now().getTime()).toBeLessThanOrEqual(now());
      passes(7_000);
    }
  });

  test("is not what ours has drifted to within hours", () => {
    const { clock, passes, tells, drifts } = clocks({});
    for (let minutes = 0; minutes < 600; minutes += 1) {
      passes(MINUTE);
      drifts(6); // 100 parts in a million too fast
      tells(100);
    }

    expect(clock.known()!.getTime() - (NOON + 600 * MINUTE)).toBeLessThanOrEqual(200);
  });

  test("is not relied on when nothing was heard for long, nor by a date that is none", () => {
    const { clock, passes, tells, now } = clocks({});
    clock.told(new Date("yesterday, perhaps"));
    expect(clock.known()).toBeUndefined();
    tells(0);
    passes(11 * MINUTE);

    expect(clock.known()).toBeUndefined();
    expect(clock.now()).toEqual(new Date(now()));
  });
});

for (const shift of [-90 * MINUTE, 90 * MINUTE]) {
  test(`presses are dated by Telegram's clock, however wrong the machine's is (${shift / MINUTE} minutes)`, async () => {
    const telegram = await startFakeTelegram();
    onTestFinished(() => telegram.close());
    const { adapter, logged } = openTelegram(telegram, { now: () => new Date(Date.now() + shift) });
    const group = telegram.group("Green Court");
    const ada = group.user("Ada");
    const heard: Incoming[] = [];
    onTestFinished(() => adapter.stop());
    await adapter.start(async (events) => void heard.push(...events));
    const { id = "" } = await adapter.post(group.id, { text: "Apples", buttons: [[{ label: "+1", data: "more" }]] });
    const post = await group.until((message) => String(message.id) === id);

    const before = telegram.world.seconds();
    await (await ada.presses(post, "+1")).confirmed;
    const after = telegram.world.seconds();

    const press = heard.find((each): each is ButtonIn => each.type === "button");
    expect(press!.pressedAt.getTime()).toBeGreaterThanOrEqual((before - 2) * 1000);
    expect(press!.pressedAt.getTime()).toBeLessThanOrEqual(after * 1000);
    expect(Math.abs(adapter.now!()!.getTime() - Date.now())).toBeLessThan(MINUTE);
    const aheadMs = logged().find(({ msg }) => /clock is not Telegram's/.test(String(msg)))?.["aheadMs"];
    expect(Math.sign(Number(aheadMs))).toBe(Math.sign(shift));
  });
}

test("a press that waited at Telegram is dated between what was said before it and after it", async () => {
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  const { adapter } = openTelegram(telegram);
  const group = telegram.group("Green Court");
  const ada = group.user("Ada");
  const post = telegram.world.chats.get(group.chat.id)!.add({
    ...{ from: telegram.world.me, date: telegram.world.seconds(), text: "Apples" },
    buttons: [[{ text: "+1", callback_data: "more" }]],
  });
  const early = new Date(Math.floor(Date.now() / 1000) * 1000 - 40 * MINUTE);
  await ada.says("pears?", { at: new Date(early.getTime() - 3_000) });
  await ada.presses(post, "+1");
  await ada.says("thanks", { at: early });
  const heard: Incoming[] = [];
  onTestFinished(() => adapter.stop());

  await adapter.start(async (events) => void heard.push(...events));
  await telegram.confirmed();

  expect(heard.map(({ type }) => type)).toEqual(["text", "button", "text"]);
  expect((heard[1] as ButtonIn).pressedAt).toEqual(early);
});

test("`plusone doctor` says how far the machine's clock is from Telegram's", async () => {
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  const log = pino({ level: "silent" });
  const check = (shift: number) =>
    checkTelegram({
      ...{ token: telegram.token, apiRoot: telegram.apiRoot, log },
      now: () => new Date(Date.now() + shift),
    });

  await expect(check(0)).resolves.toMatch(/@plusone_test_bot/);
  await expect(check(5 * MINUTE)).rejects.toThrow(/(?:299|30[01]) seconds ahead of Telegram's/);
  await expect(check(-5 * MINUTE)).rejects.toThrow(/(?:299|30[01]) seconds behind Telegram's/);
});

/** Telegram's clock as it is learnt, and a hand that moves all of them. */
function clocks({ oursAhead = 0 }: { readonly oursAhead?: number }) {
  let passed = 0;
  let drifted = 0;
  let set = oursAhead;
  const clock = new TelegramClock(
    () => new Date(NOON + passed + set),
    () => 1_000 + passed + drifted,
  );
  const now = () => NOON + passed;
  return {
    clock,
    now,
    passes: (ms: number) => {
      passed += ms;
    },
    drifts: (ms: number) => {
      drifted += ms;
    },
    sets: (ms: number) => {
      set = ms;
    },
    tells: (lateMs: number) => clock.told(new Date(now() - lateMs)),
  };
}
