import pino from "pino";
import { chromium } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { serveOperator } from "../../adapters/web/operator.ts";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { describeWith, needChromium, startRedis } from "../support/needs.ts";
import { running } from "../support/scenario.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const PASSWORD = "correct horse battery";
const SETTINGS = { PLUSONE_OPERATOR_PASSWORD: PASSWORD, PLUSONE_PORT: "0" };

test("the operator sees the queue on PostgreSQL, nobody else does, nothing can be changed there, and no page of elsewhere is heard", async () => {
  const { operator } = await running([new FakeChat()], SETTINGS);

  await expectQueue(operator!, "postgres");
  for (const headers of [{}, naming("wrong"), naming(""), { authorization: "Basic ???" }]) {
    const refused = await fetch(`${operator}/api/queues`, { headers });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toMatch(/^Basic/);
    expect(await refused.text()).not.toContain("plusone-alarms");
  }
  const origin = new URL(operator!).origin;
  const paused = await fetch(`${operator}/api/queues/plusone-alarms/pause`, {
    method: "PUT",
    headers: { ...naming(PASSWORD), origin },
  });
  const foreign = await fetch(operator!, { headers: { ...naming(PASSWORD), origin: "http://elsewhere.example" } });
  expect([paused.status, foreign.status]).toEqual([404, 403]);
});

test("without a password there is no such page", async () => {
  const { operator } = await running([new FakeChat()], { PLUSONE_PORT: "0" });

  expect(operator).toBeUndefined();
});

test("after five wrong passwords nobody is heard, the right one neither, until time has passed", async () => {
  const clock = new VirtualClock();
  const queues = { path: "/operator/queues", fetch: async () => new Response("the queue") };
  const log = pino({ level: "silent" });
  const serving = await serveOperator({ port: 0, password: PASSWORD, queues, clock, log });
  onTestFinished(() => serving.stop());
  const status = async (password: string) =>
    (await fetch(`http://127.0.0.1:${serving.port}/operator/queues`, { headers: naming(password) })).status;

  const before = await status(PASSWORD);
  const guesses = [];
  for (let count = 0; count < 5; count += 1) guesses.push(await status(`guess ${count}`));
  const then = [await status("guess 6"), await status(PASSWORD)];
  clock.advance(30_000);
  const later = await status(PASSWORD);

  expect([before, guesses, then, later]).toEqual([200, [401, 401, 401, 401, 401], [429, 429], 200]);
});

test("a queue that does not answer is said so, and shown when it does", async () => {
  let isAway = true;
  const queues = {
    path: "/operator/queues",
    fetch: async () => {
      if (isAway) throw new Error("connection refused");
      return new Response("the queue");
    },
  };
  const log = pino({ level: "silent" });
  const serving = await serveOperator({ port: 0, password: PASSWORD, queues, clock: new VirtualClock(), log });
  onTestFinished(() => serving.stop());
  const look = () => fetch(`http://127.0.0.1:${serving.port}/operator/queues`, { headers: naming(PASSWORD) });

  const first = await look();
  isAway = false;

  expect([first.status, (await look()).status]).toEqual([503, 200]);
});

describeWith("redis", "with Redis", () => {
  test("the operator sees the queue there", async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.kill());
    const { operator } = await running([new FakeChat()], { ...SETTINGS, REDIS_URL: redis.url });

    await expectQueue(operator!, "redis");
  });
});

describeWith("chromium", "in a browser", () => {
  test("the page draws itself and names the queue", async () => {
    const { operator } = await running([new FakeChat()], SETTINGS);
    const browser = await chromium.launch({ executablePath: await needChromium(), args: ["--no-sandbox"] });
    onTestFinished(() => browser.close());
    const context = await browser.newContext({ httpCredentials: { username: "operator", password: PASSWORD } });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (fault) => faults.push(fault.message));
    const answers: string[] = [];
    page.on("response", (response) => answers.push(response.url()));

    await eventually("the queue can be looked at", async () => (await page.goto(operator!))?.status() === 200);
    await page.getByText("plusone-alarms").first().waitFor();

    expect(faults).toEqual([]);
    expect(answers.filter((url) => !url.startsWith(operator!))).toEqual([]); // its web font is not asked for
    const picture = process.env["PLUSONE_PICTURES"];
    if (picture) await page.screenshot({ path: `${picture}/operator-queues.png` });
  });
});

async function expectQueue(operator: string, datastore: string): Promise<void> {
  const isMade = async () => (await fetch(operator, { headers: naming(PASSWORD) })).status === 200;
  await eventually("the queue can be looked at", isMade); // the queue is made while Plusone starts
  const page = await fetch(operator, { headers: naming(PASSWORD) });
  const listed = await fetch(`${operator}/api/queues`, { headers: naming(PASSWORD) });
  const script = /src="(static\/js\/main[^"]+)"/.exec(await page.text())?.[1];

  expect([page.status, listed.status], await listed.clone().text()).toEqual([200, 200]);
  expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self';/);
  expect((await fetch(`${operator}/${script}`, { headers: naming(PASSWORD) })).status).toBe(200);
  const body = (await listed.json()) as { queues: { name: string; readOnlyMode: boolean }[] };
  expect(body.queues).toMatchObject([{ name: "plusone-alarms", readOnlyMode: true }]);
  const stats = await fetch(`${operator}/api/redis/stats`, { headers: naming(PASSWORD) }); // of either backend
  expect((await stats.text()).toLowerCase()).toContain(datastore);
}

function naming(password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`operator:${password}`).toString("base64")}` };
}
