import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadWechaty } from "../../adapters/wechat/puppet.ts";
import { packageRoot } from "../../bot/package-root.ts";
import { Gateway, TOKEN } from "../adapters/wechat/gateway.ts";
import { built } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { ownDatabase, ownFolder } from "../support/scenario.ts";

/** A Plusone that writes as fast as it can and waits for nobody, which no operator may ask for. */
const hasty = `
import { createWeChat } from ${url("adapters/wechat/index.js")};
import { openPuppet } from ${url("adapters/wechat/puppet.js")};
import { readConfig } from ${url("bot/config.js")};
import { createLog } from ${url("bot/log.js")};
import { start } from ${url("bot/main.js")};
import { holdAlone } from ${url("prisma/hold.js")};
import { createLoginStore } from ${url("prisma/logins.js")};
import { openPool } from ${url("prisma/pool.js")};
const config = readConfig(process.env);
const log = createLog({ level: "info" });
const folder = config.dataFolder;
const wechat = createWeChat({
  open: () => openPuppet(config.wechat, folder),
  hold: (signal) => holdAlone(config.databaseUrl, "wechat", signal),
  store: createLoginStore(openPool(config.databaseUrl, { log }), "wechat"),
  show: (text) => process.stderr.write(text + "\\n"),
  ...{ port: 0, zone: config.zone, language: config.language, folder, log, graceMs: 300 },
  pace: { leastMs: 0, chanceMs: 0, letterMs: 0, gatherMs: 300, nightFrom: 0, nightUntil: 0 },
});
await start(config, { log, adapters: [wechat] });
`;

/** A Plusone in a process of its own, configured as an operator does it. */
class Operated {
  readonly child: ChildProcess;
  said = "";

  constructor(program: readonly string[], database: string, gateway: Gateway) {
    this.child = spawn(process.execPath, program, {
      cwd: packageRoot,
      env: {
        ...{ PATH: process.env["PATH"], HOME: ownFolder(), PLUSONE_DATA: ownFolder(), DATABASE_URL: database },
        ...{ PLUSONE_ZONE: "Asia/Shanghai", PLUSONE_LANGUAGE: "zh-hans" },
        ...{ WECHAT_PUPPET: "wechaty-puppet-service", WECHAT_TOKEN: TOKEN, WECHAT_ENDPOINT: gateway.endpoint },
        WECHAT_PAGE: "0",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void this.child.kill("SIGKILL"));
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.said += text;
      });
    }
  }

  says(words: RegExp): Promise<RegExpExecArray> {
    return eventually(`it says ${words}`, () => words.exec(this.said)).catch((fault: Error) => {
      throw new Error(`${fault.message}; it said: ${this.said}`);
    });
  }

  async kill(): Promise<void> {
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
  }
}

test("the process that has the WeChat account is killed: another takes over, and no order is lost or doubled", async () => {
  await Promise.all([built(), loadWechaty()]);
  const gateway = await Gateway.start(true);
  const { fake } = gateway;
  const ada = fake.person("ada", "团长");
  const wang = fake.person("wang", "王姐");
  const luo = fake.person("luo", "阿罗");
  const room = fake.room("green@chatroom", "快乐小区", ada, wang, luo);
  const hears = (words: RegExp) =>
    eventually(`the room hears ${words}`, () => fake.heardIn(room).find(({ text }) => words.test(text))?.text);
  const database = await ownDatabase();
  const program = ["--input-type=module", "-e", hasty];
  const first = new Operated(program, database, gateway);
  const [, code = ""] = await first.says(/to lead a room: (PLUS-\w+)/);
  const second = new Operated(program, database, gateway);
  await second.says(/another process has the WeChat account/);

  fake.says(ada, room, code);
  await hears(/您是这里的团长/);
  fake.says(ada, room, "/open 苹果 5元/斤");
  await hears(/开团/);
  fake.says(ada, room, "ok");
  await hears(/🟢/);
  fake.says(wang, room, "苹果2");
  fake.says(wang, room, "我的");
  await hears(/@王姐.*苹果 2/s);

  await first.kill();
  await second.says(/logged in to WeChat/);
  fake.says(luo, room, "苹果3");
  fake.says(ada, room, "/close");

  const list = await hears(/📋/);
  expect(list).toMatch(/王姐：苹果 2/);
  expect(list).toMatch(/阿罗：苹果 3/);
  expect(fake.heardIn(room).filter(({ text }) => text.includes("📋"))).toHaveLength(1);

  const third = new Operated(["dist/bot/cli.js", "start"], database, gateway);
  await third.says(/another process has the WeChat account/);
  await second.kill();
  await third.says(/logged in to WeChat/);
  expect(first.said + second.said + third.said).not.toContain(TOKEN);
});

function url(path: string): string {
  return JSON.stringify(new URL(`file://${join(packageRoot, "dist", path)}`).href);
}
