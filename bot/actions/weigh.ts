import type { Entry } from "../../core/accounts.ts";
import type { Money } from "../../core/money.ts";
import type { Quantity } from "../../core/quantity.ts";
import { sum } from "../../core/sum.ts";
import { isFar } from "../../core/weights.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { quantity, say, signed, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Allotment, Arrived, Asked, Buy, ChangeTx, Notice } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { isOf, keyOf, pricing, type Supplied, suppliedLines } from "./handed-lines.ts";
import { listenersOf } from "./listeners.ts";
import { logDone } from "./log-done.ts";
import { namesIn } from "./names-in.ts";
import { UNDER_WAY } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";

/** Weights by the keys of their lines. */
export type Weights = readonly (readonly [key: string, weighed: Quantity])[];

/** "/arrive salmon Lin 1.240kg": shows what each would pay by what their pieces weigh. */
export async function proposeWeights(parts: Parts, doer: Doer, buy: Buy, weights: Weights): Promise<void> {
  const words = wordsOf(doer.language);
  const { changes, names } = await parts.store.look((tx) => changesOf(tx, buy, weights));
  if (changes.length === 0) return; // a page may show lines that are gone
  const text = [
    say(words.weighPreview, { title: buy.terms.title }),
    ...changes.map((change) => {
      const far = isFar(change.supplied.line.quantity || change.supplied.unweighed, change.weighed);
      const who = change.supplied.line.for || (names.get(change.supplied.line.person) ?? "?");
      return `${far ? "⚠️ " : ""}${who}${words.colon}${changeText(buy, change, words)}`;
    }),
  ].join("\n");
  await preview(parts, doer, "weigh", { buy: buy.id, weights }, text, words.noteButton);
}

/** The leader's yes: each pays what their pieces weigh, and hears of it. */
export async function noteWeights(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, weights } = asked.data as { readonly buy: string; readonly weights: Weights };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    if (!UNDER_WAY.includes(buy.status)) return say(words.poOver, { title: buy.terms.title });
    const { changes, names } = await changesOf(tx, buy, weights);
    await tx.allot(
      buy,
      changes.map((change) => change.allotment),
      doer.person.id,
    );
    const entries = changes.filter(({ supplied, weighed }) => supplied.gets !== weighed);
    await tx.addEntries(
      buy,
      entries.map((change) =>
        entryOf(doer, change.allotment, change.more, reasonOf(buy, change, wordsOf(buy.language))),
      ),
    );
    await countWeighed(tx, doer, buy);
    await tx.ledger.addNotices(
      await noticesOf(tx, doer, buy, asked.id, changes, (person, own) => {
        const lines = changes.filter(({ supplied }) => supplied.line.person === person);
        const head = say(own.weighNotice, { name: names.get(person) ?? "?", title: buy.terms.title });
        return [head, ...lines.map((change) => `• ${changeText(buy, change, own)}`)].join("\n");
      }),
    );
    await logDone(tx, doer, buy, "weighed", { weights });
    const undo = {
      label: words.choices.undo,
      command: "arrive",
      rest: ["undo"],
      buy: buy.id,
      isWordless: true,
    } as const;
    return { text: words.weighNoted, ...choiceButtons(doer, [undo]) };
  });
}

/** `/arrive undo`: shows how many would pay what they ordered again. */
export async function proposeUnweighing(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const weighed = await parts.store.look((tx) => weighedIn(tx, buy));
  const { title, currency } = buy.terms;
  if (weighed.length === 0) return whisper(parts, doer, { text: say(words.weighNone, { title }) });
  const people = words.persons(new Set(weighed.map(({ person }) => person)).size);
  const amount = signed(sum(weighed.map(({ refund }) => refund)), currency);
  await preview(
    parts,
    doer,
    "unweigh",
    { buy: buy.id },
    say(words.weighUndoPreview, { title, people, amount }),
    words.undoButton,
  );
}

const weighedIn = async (tx: ChangeTx, buy: Buy) =>
  (await tx.allotmentsOf(buy)).filter(({ kind }) => kind === "weighed");

/** The leader's yes: everybody pays what they ordered again, and hears of it. */
export async function undoWeights(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const words = wordsOf(doer.language);
  const { buy: id } = asked.data as { readonly buy: string };
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const weighed = await weighedIn(tx, buy);
    if (weighed.length === 0) return say(words.weighNone, { title: buy.terms.title });
    await tx.forgetAllotments(buy, "weighed");
    await tx.addEntries(
      buy,
      weighed.map((each) => entryOf(doer, each, each.refund, wordsOf(buy.language).takenBack)),
    );
    const changes = weighed.map((allotment) => ({ allotment }));
    const names = await namesIn(
      tx,
      buy,
      changes.map(({ allotment }) => allotment),
    );
    await tx.ledger.addNotices(
      await noticesOf(tx, doer, buy, sourceOf(doer), changes, (person, own) =>
        say(own.weighBack, { name: names.get(person) ?? "?", title: buy.terms.title }),
      ),
    );
    await logDone(tx, doer, buy, "weights-undone", { weighed });
    return say(words.weighUndone, { people: words.persons(names.size), title: buy.terms.title });
  });
}

/** What a weight changes for a line. */
interface Change {
  readonly supplied: Supplied;
  readonly weighed: Quantity;
  readonly allotment: Allotment;
  /** To pay than before; negative: less. */
  readonly more: Money;
}

async function changesOf(tx: ChangeTx, buy: Buy, weights: Weights) {
  const supplied = await suppliedLines(tx, buy);
  const cost = pricing(buy, supplied);
  const byKey = new Map(supplied.map((each) => [keyOf(each.line), each]));
  const changes = weights.flatMap(([key, weighed]): Change[] => {
    const each = byKey.get(key);
    if (!each) return [];
    const { person, for: whom, item, option } = each.line;
    const refund = cost(item, each.unweighed) - cost(item, weighed);
    const allotment = { person, for: whom, item, option, kind: "weighed", quantity: weighed, refund } as const;
    return [{ supplied: each, weighed, allotment, more: (each.allotted.weighed?.refund ?? 0) - refund }];
  });
  return {
    changes,
    names: await namesIn(
      tx,
      buy,
      changes.map(({ allotment }) => allotment),
    ),
  };
}

/** Where every piece of an item is weighed, what came of it is the sum of them: what comes in goes out. */
async function countWeighed(tx: ChangeTx, doer: Doer, buy: Buy): Promise<void> {
  const lines = (await suppliedLines(tx, buy)).filter(({ unweighed, gets }) => unweighed > 0 || gets > 0);
  const kinds = new Map(lines.map(({ line: { item, option } }) => [`${item}:${option}`, { item, option }]));
  const counted = [...kinds.values()].flatMap((each): Arrived[] => {
    const own = lines.filter(({ line }) => isOf(line, each));
    if (own.some(({ allotted }) => !allotted.weighed)) return [];
    return [{ ...each, counted: own.reduce((sum, { gets }) => sum + gets, 0) }];
  });
  await tx.addArrivals(buy, counted, doer.person.id);
  if (buy.status !== "arrived") await tx.updateBuy(buy, { status: "arrived" });
}

/** "Salmon: 1.24 kg for 1 kg, +$2.40". */
function changeText(buy: Buy, { supplied, weighed, more }: Change, words: Words): string {
  const { line, unweighed } = supplied;
  const { unit } = buy.terms.items[line.item - 1]!;
  return say(words.weighLine, {
    ...{ item: nameOf(buy, line), weighed: quantity(weighed, unit), ordered: quantity(unweighed, unit) },
    amount: signed(more, buy.terms.currency),
  });
}

function reasonOf(buy: Buy, { supplied, weighed }: Change, words: Words): string {
  const { line, unweighed } = supplied;
  const { unit } = buy.terms.items[line.item - 1]!;
  const facts = { item: nameOf(buy, line), weighed: quantity(weighed, unit), ordered: quantity(unweighed, unit) };
  return say(words.weighReason, facts);
}

function entryOf(doer: Doer, { person, item }: Allotment, amount: Money, reason: string): Entry {
  return { person, item, kind: "correction", amount, reason, author: doer.person.id, at: doer.at };
}

async function noticesOf(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  cause: string,
  changes: readonly { readonly allotment: Allotment }[],
  textFor: (person: string, own: Words) => string,
): Promise<Notice[]> {
  const listener = await listenersOf(tx, [buy]);
  return [...new Set(changes.map(({ allotment }) => allotment.person))].map((person): Notice => {
    const { chat = doer.place.chat, words } = listener(buy, person);
    const where = { community: buy.community, buy: buy.id, chat, person };
    return { ...where, kind: "account", cause: `weighed:${cause}`, content: { text: textFor(person, words) } };
  });
}
