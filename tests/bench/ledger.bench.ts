import { afterAll, beforeAll, test } from "vitest";
import { startPlusone } from "./ledger/bench-chat.ts";
import { pace, saturate } from "./ledger/load.ts";
import {
  clearOrders,
  fillHistory,
  MANY_ITEMS,
  type Neighbourhood,
  orders,
  PEOPLE,
  settle,
} from "./ledger/neighbourhood.ts";
import { openObvious } from "./ledger/obvious.ts";
import { CLIENTS, hasPgbench, pgbench, pgbenchPaced } from "./ledger/pgbench.ts";
import { type BenchServer, startServer } from "./ledger/server.ts";
import { percentile, report, spread } from "./measure.ts";

/** Messages that wait for their commit at any moment. */
const IN_FLIGHT = 1_024;
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 3);
/** Statements of former buys in the tables. */
const HISTORY = Number(process.env["BENCH_HISTORY"] ?? 5_000_000);

let server: BenchServer;
let ours: string;
let theirs: string;
beforeAll(async () => {
  server = await startServer();
  ours = await server.database("plusone");
  theirs = await server.database("others");
  report("The server", [await server.settings()]);
});
afterAll(() => server?.stop());

/** Everybody in so many chats, each with one open buy of so many items. */
function neighbourhood(chats: number, items: number): Neighbourhood & { readonly name: string } {
  const name = `${chats} ${chats === 1 ? "chat" : "chats"}, ${items} ${items === 1 ? "item" : "items"} each`;
  return { name, chats, items, people: PEOPLE / chats };
}

for (const figure of [1, 16, 256].flatMap((chats) => [neighbourhood(chats, 1), neighbourhood(chats, MANY_ITEMS)])) {
  test(`stored orders per second: ${figure.name}`, async () => {
    const isThere = await hasPgbench();
    await settle(ours, figure);
    await settle(theirs, figure);
    const plusone = await startPlusone(ours);
    const obvious = openObvious(theirs, CLIENTS);
    const seconds = SECONDS;
    const runs: Readonly<Record<string, () => Promise<number>>> = {
      plusone: () => saturate(plusone.deliver, orders(figure), { inFlight: IN_FLIGHT, seconds }),
      ...(isThere && {
        "pgbench, BEGIN … COMMIT": () => pgbench(theirs, figure, seconds, "transaction"),
        "pgbench, one statement": () => pgbench(theirs, figure, seconds, "one-statement"),
      }),
      "the obvious program": () => saturate(obvious.deliver, orders(figure), { inFlight: CLIENTS, seconds }),
    };
    const rates = await inTurn(runs, () => Promise.all([clearOrders(ours), clearOrders(theirs)]));
    await obvious.close();
    await plusone.stop();

    const [own = [], ...others] = Object.values(rates);
    report(`Stored orders per second, ${figure.name}`, [
      `plusone, ${IN_FLIGHT} in flight, one process`.padEnd(44) + spread(own, 0),
      ...Object.keys(rates)
        .slice(1)
        .map(
          (name, index) =>
            `${name.padEnd(44)}${spread(others[index]!, 0).padEnd(28)} plusone is ${spread(ratio(own, others[index]!))} ×`,
        ),
      ...(isThere
        ? [
            `bars against pgbench's transactions: ${figure.chats === 1 && figure.items === 1 ? "5 ×" : "2 × (256 chats)"}; against the obvious program 20 ×`,
          ]
        : [WITHOUT_PGBENCH]),
    ]);
  });
}

test("from arrival to commit at half of the full rate", async () => {
  const lines: string[] = [];
  for (const figure of [neighbourhood(256, MANY_ITEMS), neighbourhood(1, 1)]) {
    await settle(ours, figure);
    await settle(theirs, figure);
    const plusone = await startPlusone(ours);
    const isThere = await hasPgbench();
    const found = { full: [] as number[], half: [] as number[], tail: [] as number[], theirTail: [] as number[] };
    for (let round = 0; round <= ROUNDS; round++) {
      await clearOrders(ours);
      const full = await saturate(plusone.deliver, orders(figure), { inFlight: IN_FLIGHT, seconds: SECONDS });
      await clearOrders(ours);
      const half = { perSecond: full / 2, seconds: SECONDS };
      const took = await pace(plusone.deliver, orders(figure), half);
      await clearOrders(theirs);
      const theirTook = isThere ? await pgbenchPaced(theirs, figure, half) : [];
      if (round === 0) continue;
      if (isThere) found.theirTail.push(percentile(theirTook, 99));
      found.full.push(full);
      found.half.push(percentile(took, 50));
      found.tail.push(percentile(took, 99));
    }
    await plusone.stop();
    lines.push(
      `${figure.name}: at half of ${spread(found.full, 0)} a second p50 ${spread(found.half, 1)} ms, p99 ${spread(found.tail, 1)} ms (bar: 10); pgbench at the same rate p99 ${spread(found.theirTail, 1)} ms`,
    );
  }
  report("From arrival to commit", lines);
});

test("beside the statements of former buys", async () => {
  const figure = neighbourhood(256, MANY_ITEMS);
  await settle(ours, figure);
  await settle(theirs, figure);
  const filled = await fillHistory(theirs, HISTORY);
  const [empty, full] = [await startPlusone(ours), await startPlusone(theirs)];
  const run = { inFlight: IN_FLIGHT, seconds: SECONDS };
  const rates = await inTurn(
    {
      empty: () => saturate(empty.deliver, orders(figure), run),
      full: () => saturate(full.deliver, orders(figure), run),
    },
    () => Promise.all([clearOrders(ours), clearOrders(theirs)]),
  );
  await Promise.all([empty.stop(), full.stop()]);
  report(`Stored orders per second, ${figure.name}, beside ${filled}`, [
    `few in the tables ${spread(rates["empty"]!, 0)}, all of them ${spread(rates["full"]!, 0)}: ${spread(ratio(rates["full"]!, rates["empty"]!))} × (bar: 0.9)`,
  ]);
});

const WITHOUT_PGBENCH =
  "pgbench is not installed, so nothing is compared with it (Debian, Ubuntu: apt-get install postgresql-contrib)";

/** Rates of several programs, each round one after the other, so that what else the machine does falls on all of them. */
async function inTurn(
  runs: Readonly<Record<string, () => Promise<number>>>,
  before: () => Promise<unknown>,
): Promise<Readonly<Record<string, number[]>>> {
  const rates: Record<string, number[]> = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, run] of Object.entries(runs)) {
      await before();
      const rate = await run();
      if (round > 0) rates[name]!.push(rate); // the first warms up
    }
  }
  return rates;
}

function ratio(one: readonly number[], other: readonly number[]): number[] {
  return one.map((rate, round) => rate / other[round]!);
}
