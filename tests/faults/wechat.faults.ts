import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect } from "vitest";
import { loadWechaty, openPuppet } from "../../adapters/wechat/puppet.ts";
import { Gateway, TOKEN } from "../adapters/wechat/gateway.ts";
import { hastyWeChat, leadersCode } from "../adapters/wechat/whole.ts";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { ownDatabase, ownFolder, runningOn } from "../support/scenario.ts";
import { fault } from "./campaign.ts";
import { Wire } from "./wire.ts";

beforeAll(async () => {
  await loadWechaty();
});

const DEFAULTS = { zone: "Asia/Shanghai", language: "zh-hans", currency: "CNY" } as const;
const STRIKES = ["connection cut", "gateway hung", "gateway killed"] as const;

/** A login is given up soon, and what was to be said meanwhile tried again soon, so that a campaign need not wait. */
const watch = {
  ...{ dingMs: 200, silentMs: 1_500, settleMs: 50, loginMs: 5_000 },
  ...{ retryMs: 50, mostRetryMs: 200, lookAgainMs: 500 },
};

fault("WeChat's gateway struck while messages come and go", [...STRIKES, "brought again"], async (campaign) => {
  const database = await ownDatabase();
  const gateway = await Gateway.start(false);
  const { fake } = gateway;
  const wire = await Wire.to(gateway.port);
  const mei = fake.person("mei", "梅姐");
  const people = ["陈姐", "刘叔", "小吴"].map((name, no) => fake.person(`p${no}`, name));
  const room = fake.room("green@chatroom", "快乐小区", mei, ...people);
  const folder = ownFolder();
  const through = { name: "wechaty-puppet-service", token: TOKEN, endpoint: `127.0.0.1:${wire.port}`, tls: false };
  const wechat = hastyWeChat(fake, database, {
    open: () => openPuppet(through, folder),
    ...{ folder, watch },
    pace: { daily: 10_000 }, // in minutes what is else said in days
  });
  const plusone = await runningOn(database, [wechat]);
  const ready = () => eventually("the account is there", () => wechat.isReady, 60_000);
  const heard = (words: RegExp) =>
    eventually(`the room hears ${words}`, () => fake.heardIn(room).some(({ text }) => words.test(text)), 60_000);
  const booked = () =>
    withClient(database, async (client) => {
      const { rows } = await client.query<{ sum: number }>(
        "SELECT coalesce(sum(quantity), 0)::int / 1000 AS sum FROM line",
      );
      return rows[0]!.sum;
    });
  await ready();
  fake.says(mei, room, await leadersCode(wechat));
  await heard(/./);
  fake.says(mei, room, "/open 苹果 5元/斤");
  await heard(/好|确认/);
  fake.says(mei, room, "好");
  await heard(/接龙|🟢/);

  const place = await plusone.store.meetChat("wechat", { id: room.id, kind: "group" }, DEFAULTS);
  const rounds = campaign.many(60, STRIKES.length);
  let [orders, ordered] = [0, 0];
  // No two with the same words in a second: Plusone would ask whether that was meant.
  const order = () => {
    orders += 1;
    const count = 1 + (orders % 50);
    ordered += count;
    return fake.says(people[campaign.chance(people.length)]!, room, `苹果+${count}`);
  };
  for (let round = 0; round < rounds; round += 1) {
    const ids = [order()];
    await plusone.store.change((tx) =>
      tx.addOutgoing({
        place,
        kind: "note",
        cause: `note:${round}`,
        content: { text: `通知 ${round}。` },
        maxText: 2000,
      }),
    );
    plusone.wake();
    await pause(campaign.chance(60));
    ids.push(order(), order());
    const strike = STRIKES[round % STRIKES.length]!;
    if (strike === "connection cut") wire.cut();
    if (strike === "gateway hung") wire.hang();
    if (strike === "gateway killed") await gateway.stop();
    ids.push(order());
    campaign.hit(strike);
    await eventually("it is noticed", () => !wechat.isReady, 60_000);
    if (strike === "gateway killed") await gateway.start();
    wire.cut(); // what hung is given up
    wire.mend();
    await ready();
    // Puppets bring round a reconnect what they have brought before, and what they could not.
    for (const id of ids) fake.repeats(id);
    campaign.hit("brought again", ids.length);
    await eventually("all is booked", async () => (await booked()) >= ordered, 60_000);
  }
  const notes = () =>
    withClient(database, async (client) => {
      const { rows } = await client.query<{ state: string; text: string }>(
        `SELECT state::text AS state, content->>'text' AS text FROM outgoing WHERE kind = 'note'`,
      );
      return rows;
    });
  await eventually(
    "every note has gone out, or is in doubt",
    async () => (await notes()).every(({ state }) => state !== "pending" && state !== "sending"),
    120_000,
  );
  const all = await notes();
  expect(all).toHaveLength(rounds);
  const shown = (text: string) => fake.heardIn(room).filter((each) => each.text === text).length;
  return {
    orders,
    lost: Math.max(0, ordered - (await booked())),
    doubled: Math.max(0, (await booked()) - ordered) + all.filter(({ text }) => shown(text) > 1).length,
    "in doubt": all.filter(({ state }) => state === "maybe").length,
    missed: all.filter(({ state, text }) => state !== "maybe" && shown(text) === 0).length,
  };
});
