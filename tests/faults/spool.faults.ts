import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll } from "vitest";
import type { TextIn } from "../../bot/ports.ts";
import { type BotProcess, botProcess } from "../support/bot-process.ts";
import { built } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { ownDatabase, ownFolder } from "../support/scenario.ts";
import { NOON, openBuy } from "../support/standing-buy.ts";
import { fault } from "./campaign.ts";
import { compare } from "./orders.ts";
import { Wire } from "./wire.ts";

beforeAll(built);

/** Orders of a round that come while the database is away: more than are taken out of the file at once. */
const MEANWHILE = 2_000;
const PEOPLE = 300;

const PATHS = [
  "killed while the database was away",
  "killed while the file was emptied",
  "files damaged",
  "lines torn",
];

fault("the file of what nobody sends again", PATHS, async (campaign) => {
  const database = await ownDatabase();
  await openBuy(database);
  const url = new URL(database);
  const wire = await Wire.to(Number(url.port));
  url.port = String(wire.port);
  const home = ownFolder();
  const spool = join(home, "spool.jsonl");
  const start = () => botProcess(url.href, home, { resends: false });
  let count = 0;
  let acknowledged = 0;
  const order = async (bot: BotProcess, many: number) => {
    const events = Array.from({ length: many }, () => saying(++count, campaign.chance(PEOPLE)));
    const halves = [events.slice(0, many / 2), events.slice(many / 2)];
    await Promise.all(halves.map((half) => bot.deliver(half)));
    acknowledged += many;
  };
  const kill = async ({ child }: BotProcess) => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  };

  for (let round = 0; round < campaign.many(20, 2); round += 1) {
    const first = await start();
    await order(first, 20);
    wire.cut();
    for (let kept = 0; kept < MEANWHILE; kept += 200) await order(first, 200);
    await kill(first);
    campaign.hit("killed while the database was away");

    const lines = readFileSync(spool, "utf8").split("\n");
    lines.splice(1 + campaign.chance(lines.length - 2), 0, '{"type":"te\0t","platfo'); // somebody, or the disk, has put it there
    campaign.hit("files damaged");
    lines[lines.length - 1] = JSON.stringify(saying(0, 0)).slice(0, -9); // nobody was told that it is kept
    campaign.hit("lines torn");
    writeFileSync(spool, lines.join("\n"));

    wire.mend();
    for (let deaths = 0; deaths < 2; deaths += 1) {
      const next = await start();
      await pause(campaign.chance(200));
      const isLeft = statSync(spool).size > 0;
      await kill(next);
      if (isLeft) campaign.hit("killed while the file was emptied");
    }
    const last = await start();
    await order(last, 20);
    await eventually("the file is empty", () => statSync(spool).size === 0, 120_000);
    await last.stop();
  }
  return compare(database, acknowledged);
});

function saying(number: number, neighbour: number): TextIn {
  return {
    ...{ type: "text", platform: "fake", chat: { id: "g", kind: "group", title: "Garden Court" } },
    ...{ id: `m${number}`, position: number, sender: { id: `u${neighbour}`, name: `Neighbour ${neighbour}` } },
    ...{ text: "+1 apples", sentAt: new Date(NOON.getTime() + number * 10) },
  };
}
