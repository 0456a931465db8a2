import type { EntryKind } from "../../core/accounts.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import type { Commission } from "../../core/commission.ts";
import type { Scheme } from "../../core/pay/ways.ts";
import type { Arrived, Buy, Logged, Person, Problem, PurchaseState } from "../store.ts";
import { itemTexts } from "./item-text.ts";
import { whyOf } from "./layout.ts";
import { money, quantity, say, time } from "./replies.ts";
import { ruleText } from "./settlement-text.ts";
import type { Words } from "./words.ts";

/** The longest that is told of one entry. */
const MOST_TEXT = 200;

/** What the sentences of a log need besides its entries. */
export interface LogFacts {
  readonly buy: Buy | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly zone: string;
}

/** Whose names an entry needs. */
export function namedIn({ actor, before, after }: Pick<Logged, "actor" | "before" | "after">): readonly string[] {
  const booked = (after?.["entries"] ?? []) as readonly { readonly person?: string }[];
  const ids = [actor, after?.["person"], before?.["leader"], after?.["leader"], ...booked.map(({ person }) => person)];
  const undone = after?.["entry"] as Logged | undefined;
  return [...ids.filter((id) => typeof id === "string"), ...(undone ? namedIn(undone) : [])];
}

/** "Sat 21 Nov 20:00 Lin: closed the buy". */
export function logLine(entry: Logged, facts: LogFacts, words: Words): string {
  const who = entry.actor === undefined ? "Plusone" : (facts.names.get(entry.actor) ?? "?");
  return `${time(entry.at, facts.zone, words)} ${who}${words.colon}${logText(entry, facts, words)}`;
}

/** What was done, without who and when: "closed the buy". */
export function logText(entry: Pick<Logged, "verb" | "before" | "after">, facts: LogFacts, words: Words): string {
  const text = say(words.log[entry.verb] ?? entry.verb, factsOf(entry, facts, words));
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
}

/** Every fact that a sentence may name; what an entry does not tell is left out of the sentence. */
function factsOf(
  { verb, before = {}, after = {} }: Pick<Logged, "verb" | "before" | "after">,
  facts: LogFacts,
  words: Words,
): Readonly<Record<string, string>> {
  const { buy, names, zone } = facts;
  const currency = buy?.terms.currency ?? "";
  const name = (id: unknown) => (typeof id === "string" ? (names.get(id) ?? "?") : "");
  const item = (no: unknown) => buy?.terms.items[Number(no) - 1];
  const amount = (sum: unknown) => money(Number(sum ?? 0), currency);
  switch (verb) {
    case "buy-extended":
      return { time: time(new Date(String(after["closesAt"])), zone, words) };
    case "buy-settled":
      return { due: amount(after["due"]), paid: amount(after["paid"]) };
    case "item-changed": {
      const [was, is] = [before["item"], after["item"]] as readonly [ItemTerms, ItemTerms];
      return { what: itemTexts(was, is, currency, words).join(words.comma) };
    }
    case "price-kept":
      return { item: item(after["no"])?.name ?? "" };
    case "ordered-for":
      return { name: String(after["for"] ?? "") };
    case "imported":
      return { people: words.persons(Number(after["people"] ?? 0)) };
    case "entries-booked": {
      const booked = (after["entries"] ?? []) as readonly { readonly person?: string; readonly amount: number }[];
      return {
        kind: words.entryKinds[after["kind"] as EntryKind],
        amount: amount(booked.reduce((sum, each) => sum + each.amount, 0)),
        names: booked.map(({ person }) => name(person)).join(words.comma),
        why: whyOf(String(after["reason"] ?? ""), words),
      };
    }
    case "payment-claimed":
    case "payment-marked":
      return { name: name(after["person"]), amount: after["amount"] === undefined ? "✓" : amount(after["amount"]) };
    case "over-keep":
    case "over-back":
      return { amount: amount(after["amount"]) };
    case "pay-way-set":
    case "pay-way-off": {
      const kind = String(after["kind"] ?? "");
      return { kind: kind in words.pay.schemes ? words.pay.schemes[kind as Scheme] : kind };
    }
    case "commission": {
      const rule = after["rule"] as Commission | null;
      return { rule: rule ? ruleText(rule, currency, words) : "–" };
    }
    case "purchase": {
      const state = after["state"] as PurchaseState;
      return { state: words.logPurchase[state] };
    }
    case "arrived": {
      const arrived = (after["arrived"] ?? []) as readonly Arrived[];
      const counts = arrived.map((each) => {
        const { name: what = `#${each.item}`, unit } = item(each.item) ?? {};
        return `${what}${each.option && ` (${each.option})`} ${quantity(each.counted, unit)}`;
      });
      return { items: counts.join(words.comma) };
    }
    case "shared-out":
      return { rule: words.shortRules[after["rule"] as keyof Words["shortRules"]] ?? words.shortByHand };
    case "weighed":
      return { lines: String((after["weights"] as readonly unknown[] | undefined)?.length ?? "") };
    case "pickup-keep":
      return { keep: String(after["keep"] ?? "") || "–" };
    case "pickup-notices":
      return { people: words.persons(Number(after["people"] ?? 0)), where: String(after["where"] ?? "") };
    case "problem-reported":
      return { item: item(after["item"])?.name ?? "" };
    case "problem-decided":
      return { state: decidedText(after, amount, name, words) };
    case "plan-made":
      return { rule: String(after["rule"] ?? "") };
    case "settings-changed":
      return {
        what: Object.entries(after)
          .map(([key, value]) => `${key} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
          .join(words.comma),
      };
    case "role-given":
      return { name: name(after["person"]), role: words.roleNames[after["role"] as Person["role"]] };
    case "handed-over":
      return { from: name(before["leader"]), name: name(after["leader"]) };
    case "exported":
      return { file: String(after["file"] ?? "") };
    case "undone":
      return { what: logText(after["entry"] as Logged, facts, words) };
    default:
      return { name: name(after["person"]) };
  }
}

/** "refunded $4, Ada"; older entries tell neither amount nor name. */
function decidedText(
  after: Readonly<Record<string, unknown>>,
  amount: (sum: unknown) => string,
  name: (id: unknown) => string,
  words: Words,
): string {
  const state = words.logProblem[after["state"] as Exclude<Problem["state"], "open">];
  const decided = after["amount"] === undefined ? state : `${state} ${amount(after["amount"])}`;
  return [decided, name(after["person"])].filter(Boolean).join(words.comma);
}
