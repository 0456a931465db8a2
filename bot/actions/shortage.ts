import type { Quantity } from "../../core/quantity.ts";
import { type AllotRule, allot, allotByHand } from "../../core/shortage.ts";
import { sum } from "../../core/sum.ts";
import type { Allotment, Arrived, Buy, ChangeTx, Line } from "../store.ts";
import { isOf, keyOf, pricing, type Supplied, suppliedLines } from "./handed-lines.ts";

/** How what came short is shared out: by a rule, or as the leader says, by the keys of lines. */
export type How = { readonly rule: AllotRule } | { readonly hand: readonly (readonly [key: string, gets: Quantity])[] };

/** A line that is cut: what its person gets of what they wanted. */
export interface Cut extends Allotment {
  readonly wanted: Quantity;
}

/** An item, or an option of it, of which less came than people are to get. */
export interface Short extends Arrived {
  readonly booked: Quantity;
  /** What there is for the lines that nothing is settled of. */
  readonly left: Quantity;
  readonly open: readonly Supplied[];
}

/** What a shortage comes to when it is shared out, or why it cannot be. */
export interface Shared {
  readonly refusal?: "shortNotYet" | "shortNothing" | "shortAlready" | "shortTooLate";
  readonly short: readonly Short[];
  /** What each line gets of what is shared out. */
  readonly given: readonly { readonly line: Line; readonly gets: Quantity }[];
  readonly cuts: readonly Cut[];
  readonly names: ReadonlyMap<string, string>;
}

/** What comes of sharing out so, with nothing written. */
export async function shareOf(tx: ChangeTx, buy: Buy, how: How): Promise<Shared> {
  const supplied = (await suppliedLines(tx, buy)).filter(({ line, gets }) => line.quantity > 0 || gets > 0);
  const arrived = await tx.arrivedOf(buy);
  const short = shortOf(supplied, arrived);
  const nothing = { short, given: [], cuts: [], names: new Map<string, string>() };
  if (arrived.length === 0) return { ...nothing, refusal: "shortNotYet" };
  if (short.every(({ open }) => open.length === 0)) {
    const isShared = supplied.some(({ allotted }) => allotted.short);
    return { ...nothing, refusal: isShared ? "shortAlready" : "shortNothing" };
  }
  if (await isNoticed(tx, buy)) return { ...nothing, refusal: "shortTooLate" };

  const since = await firstWords(tx, buy);
  const cost = pricing(buy, supplied);
  const said = new Map("hand" in how ? how.hand : []);
  const given = short.flatMap(({ open, left }) => {
    const demands = open.map(({ line, gets }) => ({ wanted: gets, since: since.get(line.person) ?? 0 }));
    const byHand = new Map(
      open.flatMap(({ line }, index) => {
        const gets = said.get(keyOf(line));
        return gets === undefined ? [] : [[index, gets] as const];
      }),
    );
    if (!("rule" in how) && byHand.size === 0) return []; // the leader says nothing of this one
    const shares = "rule" in how ? allot(left, demands, how.rule) : allotByHand(left, demands, byHand);
    return open.map(({ line, gets: wanted }, index) => ({ line, wanted, gets: shares[index]! }));
  });
  const cuts = given
    .filter(({ wanted, gets }) => gets !== wanted)
    .map(({ line, wanted, gets }): Cut => {
      const { person, for: whom, item, option } = line;
      const refund = cost(item, wanted) - cost(item, gets);
      return { person, for: whom, item, option, kind: "short", quantity: gets, refund, wanted };
    });
  const people = [...new Set(supplied.map(({ line }) => line.person))];
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  return { short, given, cuts, names };
}

/** What is short, by what people are to get; lines that were cut or weighed stay as they are. */
export function shortOf(supplied: readonly Supplied[], arrived: readonly Arrived[]): readonly Short[] {
  return arrived
    .map((each): Short => {
      const among = supplied.filter(({ line }) => isOf(line, each));
      const open = among.filter(({ allotted }) => !allotted.short && !allotted.weighed && !allotted.surplus);
      const booked = sum(among.map(({ gets }) => gets));
      const fixed = booked - sum(open.map(({ gets }) => gets));
      const inOrder = [...open].sort((one, other) => (keyOf(one.line) < keyOf(other.line) ? -1 : 1));
      return { ...each, booked, open: inOrder, left: Math.max(0, each.counted - fixed) };
    })
    .filter(({ counted, booked }) => counted < booked);
}

/** By person: when they first said something about the buy, in milliseconds. */
export async function firstWords(tx: ChangeTx, buy: Buy): Promise<ReadonlyMap<string, number>> {
  const first = new Map<string, number>();
  for (const { person, saidAt } of await tx.ledger.statementsOfBuy(buy.community, buy.id)) {
    first.set(person, Math.min(first.get(person) ?? Number.POSITIVE_INFINITY, saidAt.getTime()));
  }
  return first;
}

/** Once people have been told what is theirs, it stays. */
export async function isNoticed(tx: ChangeTx, buy: Buy): Promise<boolean> {
  return [...(await tx.pickupsOf(buy)).values()].some(({ noticedAt }) => noticedAt);
}
