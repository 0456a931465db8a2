import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect } from "vitest";
import { built } from "../support/database.ts";
import { type App, startApp } from "./app.ts";
import { type Campaign, fault } from "./campaign.ts";
import { telegramWithDatabase } from "./telegram.ts";
import { finish, Traffic } from "./traffic.ts";

beforeAll(built);

/** How long Plusone may take from its start to the end of a buy: far longer than it does, also where it has to wait for its turn to read. */
const PATIENCE_MS = 60_000;

for (const when of ["before", "after"]) {
  fault(`Plusone killed ${when} each numbered point`, ["first passings", "later passings"], async (campaign) => {
    const { telegram, settings, database } = await telegramWithDatabase();
    const traffic = new Traffic(telegram, campaign);
    const points = await pointsOf(traffic, settings);
    const survived: string[] = [];

    for (const point of sample([...points.keys()], campaign)) {
      // What is passed only where chance wants it (an edit) may take another buy.
      let isHit = false;
      let printed = "";
      for (let tries = 0; tries < 3 && !isHit; tries += 1) {
        const app = startApp({ ...settings, PLUSONE_DIE_AT: `${when} ${point} 1` });
        traffic.flow(10);
        isHit = await diesWithin(app, PATIENCE_MS);
        await app.end("SIGKILL");
        printed = app.printed();
      }
      if (isHit) campaign.hit("first passings");
      else survived.push(`${point}, after\n${printed.slice(-3_000)}`);
    }
    // What is passed again is passed as often as chance wants it: not every one of these is met.
    const again = [...points].flatMap(([point, times]) => (times > 1 ? [{ point, times }] : []));
    for (let no = 0; no < campaign.few(40, 2); no += 1) {
      const { point, times } = again[campaign.chance(again.length)]!;
      const app = startApp({ ...settings, PLUSONE_DIE_AT: `${when} ${point} ${2 + campaign.chance(times - 1)}` });
      traffic.flow(10);
      await Promise.race([app.over(), traffic.ended()]);
      if (app.process.signalCode === "SIGKILL") campaign.hit("later passings");
      await app.end("SIGKILL");
    }
    const figures = await finish(traffic, settings, database);

    expect(survived, "points that were never passed").toEqual([]);
    return { points: points.size, ...figures };
  });
}

/** The points that Plusone passes from its start to the end of a buy, and how often. */
async function pointsOf(
  traffic: Traffic,
  settings: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, number>> {
  const app = startApp({ ...settings, PLUSONE_SAY_POINTS: "1" });
  await app.ready();
  await traffic.flow(20).ended();
  await app.end("SIGKILL");
  const points = new Map<string, number>();
  for (const [, name] of app.printed().matchAll(/^point (\S+)$/gm)) points.set(name!, (points.get(name!) ?? 0) + 1);
  return points;
}

/** All of them, or with `--quick` some. */
function sample<T>(all: readonly T[], campaign: Campaign): readonly T[] {
  const rest = [...all];
  const count = Math.min(rest.length, campaign.few(rest.length, 3));
  return Array.from({ length: count }, () => rest.splice(campaign.chance(rest.length), 1)[0]!);
}

async function diesWithin(app: App, ms: number): Promise<boolean> {
  return Promise.race([app.over().then(() => app.process.signalCode === "SIGKILL"), pause(ms, false)]);
}
