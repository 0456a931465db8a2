import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createAlarm } from "../../jobs/alarm.ts";
import { eventually } from "../support/eventually.ts";
import { describeWith } from "../support/needs.ts";
import { redisServer } from "./queue-server.ts";

describeWith("redis", "on a Redis Cluster", () => {
  test("all keys of the queue are in one slot, without which a Redis Cluster takes no script", async () => {
    const server = await redisServer({ "cluster-enabled": "yes" });
    const redisUrl = server.where.redisUrl;
    const redis = new Redis(redisUrl);
    const clock = { now: () => new Date(), newId: () => randomUUID() };
    const alarm = createAlarm({ redisUrl, log: pino({ level: "silent" }), clock });
    try {
      await redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      await eventually("the cluster of one takes commands", async () =>
        /cluster_state:ok/.test(String(await redis.call("CLUSTER", "INFO"))),
      );
      let looks = 0;

      await alarm.start(async () => {
        looks += 1;
      });
      alarm.ringAt(new Date(Date.now() + 100));
      alarm.ringAt(new Date(Date.now() + 3_600_000));

      await eventually("it rings", () => looks > 0);
      const keys = await redis.keys("*");
      expect(keys.length).toBeGreaterThan(2);
      const slots = await Promise.all(keys.map((key) => redis.call("CLUSTER", "KEYSLOT", key)));
      expect(new Set(slots).size).toBe(1);
    } finally {
      await alarm.stop();
      redis.disconnect();
      await server.close();
    }
  });
});
