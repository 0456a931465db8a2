import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect, onTestFinished } from "vitest";
import { createTelegram } from "../../adapters/telegram/index.ts";
import { createLog } from "../../bot/log.ts";
import type { EditIn, Incoming } from "../../bot/ports.ts";
import { built, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import {
  connectionCut,
  doneInSilence,
  type FakeMessage,
  gatewayPage,
  type Injected,
  replyLost,
  serverError,
  silence,
  startFakeTelegram,
  tooManyRequests,
} from "../support/fake-telegram/index.ts";
import { ownDatabase, running, runningOn } from "../support/scenario.ts";
import { startApp } from "./app.ts";
import { fault } from "./campaign.ts";
import { Crowd } from "./crowd.ts";
import { telegramWithDatabase } from "./telegram.ts";
import { compareChats, Traffic } from "./traffic.ts";

beforeAll(built);

/** What may happen to a call, and whether it leaves a doubt. */
const TROUBLE: Readonly<Record<string, { readonly fault: Injected; readonly isDoubt: boolean }>> = {
  "429": { fault: tooManyRequests(1), isDoubt: false },
  "500": { fault: serverError(500), isDoubt: true },
  "bad gateway": { fault: gatewayPage, isDoubt: true },
  "cut before it was taken": { fault: connectionCut, isDoubt: true },
  "taken, then cut": { fault: replyLost, isDoubt: true },
  "taken, never answered": { fault: doneInSilence, isDoubt: true },
  "never taken, never answered": { fault: silence, isDoubt: true },
};

/** Those after which Plusone waits for an answer until it counts as lost: some of each, however many sends there are. */
const [ANSWERED, SILENT] = [Object.keys(TROUBLE).slice(0, -2), Object.keys(TROUBLE).slice(-2)];
const TIME_OUTS = 10;

/** How long it waits here: longer than a busy machine makes it wait for an answer that comes. */
const callTimeoutS = 5;

fault("Telegram failing calls in every way", Object.keys(TROUBLE), async (campaign) => {
  const database = await ownDatabase();
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  const log = createLog({ level: "silent" });
  const adapter = createTelegram({ token: telegram.token, apiRoot: telegram.apiRoot, callTimeoutS, log });
  const { rates: _, ...capabilities } = adapter.capabilities; // thirty a second would be minutes of waiting for no fault
  const plusone = await runningOn(database, [{ ...adapter, capabilities }]);
  const sends = campaign.many(5_000);
  const groups = Array.from({ length: 100 }, (_, index) => telegram.group(`Group ${index}`));
  let doubts = 0;
  const troubleOf = (index: number): string | undefined => {
    const nth = index / Math.ceil(sends / TIME_OUTS);
    if (Number.isInteger(nth)) return SILENT[nth % SILENT.length];
    return campaign.chance(3) === 0 ? ANSWERED[campaign.chance(ANSWERED.length)] : undefined;
  };
  const next = (index: number): void => {
    const name = troubleOf(index);
    if (name === undefined) return;
    const { fault: trouble, isDoubt } = TROUBLE[name]!;
    telegram.failNext("sendMessage", trouble, 1, () => {
      campaign.hit(name);
      if (isDoubt) doubts += 1;
    });
  };

  for (let index = 0; index < sends; index += 1) {
    const group = groups[index % groups.length]!;
    const place = await plusone.store.meetChat("telegram", { id: group.id, kind: "group" }, DEFAULTS);
    await plusone.store.change((tx) =>
      tx.addOutgoing({
        place,
        kind: "note",
        cause: `note:${index}`,
        content: { text: `note ${index}.` },
        maxText: 4096,
      }),
    );
    next(index);
  }
  const left = () =>
    withClient(database, async (client) => {
      const { rows } = await client.query<{ id: string; state: string; text: string }>(
        `SELECT id, state, content->>'text' AS text FROM outgoing`,
      );
      return rows;
    });
  await eventually(
    "every message has gone out or is in doubt",
    async () => (await left()).every(({ state }) => state !== "pending" && state !== "sending"),
    600_000,
  );

  const shown = new Map<string, number>();
  for (const { text } of groups.flatMap((group) => group.botMessages())) shown.set(text, (shown.get(text) ?? 0) + 1);
  const messages = await left();
  const inDoubt = messages.filter(({ state }) => state === "maybe");
  expect(inDoubt.length).toBeLessThanOrEqual(doubts);
  return {
    sends: messages.length,
    "in doubt": inDoubt.length,
    lost: messages.filter(({ state, text }) => state !== "maybe" && !shown.has(text)).length,
    doubled: [...shown.values()].filter((times) => times > 1).length,
  };
});

/** The whole minute takes two thousand people; fewer take as much less of it. */
const CROWD = 2_000;
const CROWD_MS = 60_000;

fault("a group in which all order within a minute", ["orders", "questions"], async (campaign) => {
  const { telegram, settings } = await telegramWithDatabase();
  const app = startApp({ ...settings, PLUSONE_PACE: "real" });
  const group = telegram.group("Green Court", { bot: "administrator" });
  const lin = group.user("Lin", { status: "creator" });
  await (await lin.says("/open apples $3/kg, pears $4/kg")).confirmed;
  await lin.says("ok");
  const post = await group.hears("🟢", 60_000);

  const people = campaign.many(CROWD);
  const asking = campaign.chance(100);
  const said: FakeMessage[] = [];
  const began = performance.now();
  for (let no = 0; no < people; no += 1) {
    const isUnclear = no % 100 === asking;
    campaign.hit(isUnclear ? "questions" : "orders");
    said.push(await group.user(`Neighbour ${no}`).says(isUnclear ? "+1" : `apples ${1 + (no % 3)}`));
    await pause(Math.max(0, began + (no * CROWD_MS) / CROWD - performance.now()));
  }
  const orders = said.filter(({ text }) => text !== "+1");
  const kilograms = orders.reduce((sum, { text }) => sum + Number(text.slice("apples ".length)), 0);
  const unmarked = () => said.filter(({ marks }) => marks.length !== 1).length;
  await telegram.until(() => unmarked() === 0 && post.text.includes(`→ ${kilograms} kg`), 300_000);
  expect(await app.end("SIGTERM")).toBe(0);

  const shown = telegram.calls.filter(({ method }) => method === "sendMessage" || method === "editMessageText");
  const inMinute = (from: number) => shown.filter(({ at }) => +at >= from && +at < from + CROWD_MS).length;
  const most = Math.max(...shown.map(({ at }) => inMinute(+at)));
  expect(most).toBeLessThanOrEqual(20);
  return { people, "posts and edits in a minute, at most": most, missed: unmarked() };
});

fault("a bot in two hundred groups, with a buy in each at once", ["groups"], async (campaign) => {
  const { telegram, settings, database } = await telegramWithDatabase();
  const app = startApp({ ...settings, PLUSONE_PACE: "real" });
  await app.ready();
  const traffic = new Traffic(telegram, campaign);
  const groups = campaign.many(200);
  for (let group = 0; group < groups; group += 1) traffic.flow(5);
  campaign.hit("groups", groups);

  let [most, isOver] = [0, false];
  const counting = withClient(database, async (client) => {
    for (; !isOver; await pause(100)) {
      const { rows } = await client.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database()",
      );
      most = Math.max(most, rows[0]!.count - 1);
    }
  });
  const orders = await traffic.ended();
  const figures = await compareChats(database, traffic);
  isOver = true;
  await counting;

  expect(await app.end("SIGTERM")).toBe(0);
  expect(most, "connections to the database").toBeLessThan(40);
  return { orders, ...figures, "connections at most": most };
});

fault(
  "deliveries doubled, late and shuffled",
  ["doubled deliveries", "shuffled batches", "edits"],
  async (campaign) => {
    const crowd = new Crowd();
    const plusone = await running([crowd]);
    let wrong = 0;
    const buys = campaign.many(200);
    for (let no = 0; no < buys; no += 1) {
      const chat = `chat ${no}`;
      await crowd.opens(chat, "Apples $5/kg");
      const expected = new Map<string, number>();
      const events: Incoming[] = [];
      for (let order = 0; order < 20; order += 1) {
        const person = `neighbour ${campaign.chance(4)}`;
        const count = 1 + campaign.chance(5);
        const said = crowd.saying(chat, person, `+${count} apples`);
        const isChanged = campaign.chance(4) === 0;
        const edit: EditIn = {
          ...said,
          type: "edit",
          text: `+${count + 2} apples`,
          editedAt: new Date(+said.sentAt + 50),
        };
        events.push(said, ...(isChanged ? [edit] : []));
        if (isChanged) campaign.hit("edits");
        expected.set(person, (expected.get(person) ?? 0) + (isChanged ? count + 2 : count));
      }
      const again = events.filter(() => campaign.chance(5) === 0);
      campaign.hit("doubled deliveries", again.length);
      const shuffled = [...events, ...again]
        .map((event) => ({ event, key: campaign.chance(1_000_000) }))
        .sort((a, b) => a.key - b.key)
        .map(({ event }) => event);
      while (shuffled.length > 0) {
        await crowd.deliver(...shuffled.splice(0, 1 + campaign.chance(9)));
        campaign.hit("shuffled batches");
      }
      const place = await plusone.store.meetChat("crowd", { id: chat, kind: "group" }, DEFAULTS);
      const [buy] = await plusone.store.buysOf(place);
      const lines = await plusone.store.linesOf(buy!.community, buy!.id);
      const names = await plusone.store.namesOf(
        buy!.community,
        lines.map(({ person }) => person),
      );
      const has = new Map(lines.map(({ person, quantity }) => [names.get(person), quantity / 1000]));
      if ([...expected].some(([person, count]) => has.get(person) !== count) || has.size !== expected.size) wrong += 1;
    }
    return { buys, lost: wrong };
  },
);

const DEFAULTS = { zone: "Asia/Shanghai", language: "en", currency: "CNY" } as const;
