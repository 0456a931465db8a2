import { parseArgs } from "node:util";
import { isCoupled, saysCoupling } from "../../core/buy/coupled.ts";
import type { Quantity } from "../../core/quantity.ts";
import type { Io } from "../cli.ts";
import { compareRows, type Difference as RowDifference, rowsFrom } from "../compare-rows.ts";
import {
  type CodeDifference,
  closingOf,
  compareCodes,
  compareTimers,
  type TimerDifference,
} from "../compare-timers.ts";
import { readConfig } from "../config.ts";
import { PlusoneError } from "../fault.ts";
import { createLog } from "../log.ts";
import { openStore } from "../main/database.ts";
import { money, quantity } from "../replies/replies.ts";
import type { Buy, ChangeTx, Store } from "../store.ts";
import { buysOf } from "./buys.ts";

type Difference = RowDifference | TimerDifference | CodeDifference;

/**
 * `plusone verify [--fix] [buy]`: compares what is kept of each buy with what follows from its statements, and from its
 * state and closing time, while the bot may go on running, and says where they differ. With `--fix` rows and the timer of
 * the closing are made anew, in one transaction for each buy. What people were told stays, for the leader to put right:
 * codes, and that a buy goes ahead or not.
 *
 * @returns 1 where something differs, and was not put right
 */
export async function run(argv: readonly string[], { stdout }: Io): Promise<number> {
  const { isFix, which } = readArguments(argv);
  const opened = await openStore(readConfig(process.env), createLog({ level: "error" }));
  try {
    const counts = { compared: 0, different: 0, mendable: 0, left: 0 };
    for await (const buy of buysOf(opened.store, which)) {
      const differences = await verify(opened.store, buy, isFix);
      counts.compared += 1;
      if (differences.length === 0) continue;
      counts.different += 1;
      if (differences.some((each) => !isLeft(each))) counts.mendable += 1;
      if (differences.some(isLeft)) counts.left += 1;
      stdout.write(`${describe(buy, differences, await namesIn(opened.store, buy, differences))}\n`);
    }
    if (which !== undefined && counts.compared === 0) throw noSuchBuy(which);
    stdout.write(`${conclude(counts, isFix)}\n`);
    return counts.different === 0 || (isFix && counts.left === 0) ? 0 : 1;
  } finally {
    await opened.close();
  }
}

function readArguments(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { fix: { type: "boolean", default: false } },
    });
    if (positionals.length > 1) throw new Error("One buy at a time, or all of them.");
    return { isFix: values.fix, which: positionals[0] };
  } catch (cause) {
    throw new PlusoneError({
      code: "verify-arguments",
      message: cause instanceof Error ? cause.message : "These arguments cannot be read.",
      advice: "plusone verify [--fix] [buy]: the buy by its number or its id; without one, all.",
      cause,
    });
  }
}

function noSuchBuy(which: string): PlusoneError {
  return new PlusoneError({
    code: "verify-buy",
    message: `There is no buy ${which}.`,
    advice: "Name it by its number (of any community) or its id, or leave it out to compare all.",
  });
}

async function verify(store: Store, { community, id }: Buy, isFix: boolean): Promise<readonly Difference[]> {
  const differences = await store.look((tx) => compare(tx, community, id));
  if (differences.length === 0 || !isFix) return differences;
  return store.change(async (tx) => {
    await tx.lockBuy(community, id);
    const now = await compare(tx, community, id);
    const mended = now.filter((each) => !isLeft(each));
    if (mended.length === 0) return now;
    const { buy, said, isUncoupled } = await foldKnown(tx, community, id);
    await tx.ledger.replaceRows(buy, said);
    if (isUncoupled) await tx.ledger.setCoupled(community, id);
    if (mended.some(isOfClosing)) {
      await tx.cancelTimers(buy, ["close"]);
      await tx.setTimers(closingOf(buy));
    }
    const after = { differences: mended.length };
    await tx.audit({ community, actor: undefined, verb: "rows-rebuilt", buy: id, after });
    return now;
  });
}

/** What people were told may not become another unseen. */
function isLeft({ about }: Difference): boolean {
  return about === "minimum" || about.startsWith("code-");
}

function isOfClosing(difference: Difference): difference is TimerDifference {
  return difference.about.startsWith("closing-");
}

async function compare(tx: ChangeTx, community: string, id: string): Promise<readonly Difference[]> {
  const { buy, said, isUncoupled } = await foldKnown(tx, community, id);
  return [
    ...compareRows(buy, await tx.ledger.rowsOf(community, id), said),
    ...(isUncoupled ? [{ about: "coupling" } as const] : []),
    ...compareTimers(buy, await tx.timersOf(buy), await tx.now()),
    ...compareCodes(await tx.pickupsOf(buy)),
  ];
}

/** A final list is made of what was known when it became final; what came after that is on no list. */
async function foldKnown(tx: ChangeTx, community: string, id: string) {
  const buy = await tx.findBuy(community, id);
  if (!buy) throw new Error("A buy is gone while it is compared.");
  const statements = await tx.ledger.statementsOfBuy(community, id, buy.closedAt);
  return {
    ...{ buy, said: rowsFrom(buy, statements) },
    isUncoupled: buy.status === "open" && !buy.coupled && (isCoupled(buy.terms) || saysCoupling(statements)),
  };
}

async function namesIn(store: Store, buy: Buy, differences: readonly Difference[]) {
  return store.namesOf(buy.community, differences.flatMap(peopleOf));
}

function peopleOf(difference: Difference): string[] {
  if (difference.about === "line") return [difference.line.person];
  return "person" in difference ? [difference.person] : [];
}

function describe(buy: Buy, differences: readonly Difference[], names: ReadonlyMap<string, string>): string {
  const head = `${buy.terms.title} (buy ${buy.no}, ${buy.status}, ${buy.id}):`;
  return [head, ...differences.map((difference) => `    ${sentence(buy, difference, names)}`)].join("\n");
}

function sentence(buy: Buy, difference: Difference, names: ReadonlyMap<string, string>): string {
  const { items, currency } = buy.terms;
  const item = (no: number) => items[no - 1]?.name ?? `item ${no}`;
  const amount = (no: number, sum: { quantity: Quantity; waitlisted: Quantity; note?: string } | undefined) => {
    if (!sum) return "nothing";
    const waiting = sum.waitlisted > 0 ? ` and ${quantity(sum.waitlisted, items[no - 1]?.unit)} waiting` : "";
    return quantity(sum.quantity, items[no - 1]?.unit) + waiting + (sum.note === undefined ? "" : ` (${sum.note})`);
  };
  switch (difference.about) {
    case "line": {
      const { line, kept, said } = difference;
      const who = nameOf(line, names) + (line.for && ` for ${line.for}`);
      const what = item(line.item) + (line.option && ` (${line.option})`);
      return `${who}, ${what}: the row has ${amount(line.item, kept)}, what was said comes to ${amount(line.item, said)}`;
    }
    case "tally": {
      const { item: no, kept, said } = difference;
      return `${item(no)} in all: the tally has ${amount(no, kept)}, what was said comes to ${amount(no, said)}`;
    }
    case "coupling":
      return "it is kept as if nobody's order could change another's, and by what was said it can";
    case "people":
      return `people who ordered: the tally has ${difference.kept}, by what was said it is ${difference.said}`;
    case "amount": {
      const { kept, said } = difference;
      return `${nameOf(difference, names)} pays ${money(kept, currency)} by the rows, ${money(said, currency)} by what was said`;
    }
    case "minimum":
      return difference.isReached
        ? "it failed, and what was said reaches its minimum: /reopen lets it be closed anew"
        : "it went ahead, and what was said does not reach its minimum: /reopen lets it be closed anew";
    case "closing-missing":
      return `it closes at ${difference.end.toISOString()}, and nothing waits to close it`;
    case "closing-elsewhen": {
      const { dueAt, end } = difference;
      const closes = end ? `it closes at ${end.toISOString()}` : "it has no closing time";
      return `${closes}, and would be closed at ${dueAt.toISOString()}`;
    }
    case "closing-over":
      return `it is ${buy.status}, and waits to be closed at ${difference.dueAt.toISOString()}`;
    case "code-missing":
      return `${nameOf(difference, names)} was told of the pickup, and has no code: /pickup gives one`;
    case "code-odd":
      return `${nameOf(difference, names)} has a pickup code that is no four digits: ${difference.code}`;
    case "code-shared":
      return `${nameOf(difference, names)} has the pickup code of somebody else: ${difference.code}`;
    default:
      return difference satisfies never;
  }
}

function nameOf({ person }: { readonly person: string }, names: ReadonlyMap<string, string>): string {
  return names.get(person) ?? person;
}

/** How many buys were compared, differ, can be put right, and cannot. */
interface Counts {
  readonly compared: number;
  readonly different: number;
  readonly mendable: number;
  readonly left: number;
}

function conclude({ compared, different, mendable, left }: Counts, isFix: boolean): string {
  const buys = compared === 1 ? "1 buy compared" : `${compared} buys compared`;
  if (different === 0) return `${buys}: all rows are what was said.`;
  return [
    isFix ? `${buys}, ${mendable} rebuilt from what was said.` : `${buys}, ${different} differ.`,
    ...(mendable > 0 && !isFix ? ["plusone verify --fix makes the rows anew from what was said."] : []),
    ...(left > 0 ? ["What people were told is left as it is, for the leader to put right."] : []),
  ].join(" ");
}
