import { connect } from "node:net";
import { expect, test } from "vitest";
import { describeWith, startRedis } from "./needs.ts";

describeWith("redis", "a Redis of a test's own", () => {
  test("answers on its port with the options asked for, comes back after a crash, and is gone after its end", async () => {
    const redis = await startRedis({ "maxmemory-policy": "allkeys-lru" });

    const policy = await say(redis.port, "CONFIG GET maxmemory-policy");
    await redis.kill();
    await redis.restart();
    const pong = await say(redis.port, "PING");
    await redis.stop();

    expect(policy).toContain("allkeys-lru");
    expect(pong).toBe("+PONG\r\n");
    await expect(say(redis.port, "PING")).rejects.toThrow(/ECONNREFUSED/);
  });
});

function say(port: number, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${words}\r\n`));
    socket.setEncoding("utf8").once("data", (answer: string) => {
      socket.destroy();
      resolve(answer);
    });
    socket.once("error", reject);
  });
}
