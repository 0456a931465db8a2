import { restOf } from "../../core/packing.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { linesText } from "../replies/layout.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, BuyStatus, ChangeTx, Line } from "../store.ts";
import { choiceButtons, undoing } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { handOut } from "./hand-out.ts";
import { handedLines } from "./handed-lines.ts";
import { namesIn } from "./names-in.ts";
import { isCaredFor } from "./pick-buy.ts";
import { severalNamed } from "./several.ts";
import { standingsOf } from "./standings.ts";
import type { Somebody } from "./who-is.ts";
import { labelOf } from "./whose-order.ts";

/**
 * `/picked Ada, Ben`, `/picked all`: shown first. Whether it was that.
 *
 * @param isPart  whether words name goods, so that they are a part of what one person gets
 */
export async function proposePickups(
  parts: Parts,
  doer: Doer,
  command: string,
  text: string,
  wanted: readonly BuyStatus[],
  isPart: (buy: Buy, words: string) => boolean,
): Promise<boolean> {
  const words = wordsOf(doer.language);
  const several = await severalNamed(parts, doer, command, text, wanted, words, (name, _, buy) =>
    isPart(buy, name) ? undefined : { name },
  );
  if (!several || several === "told") return several !== undefined;
  const { buy, named, leftOut } = several;
  const { title, currency } = buy.terms;
  const { waiting, owing } = await parts.store.look(async (tx) => {
    const lines = await handedLines(tx, buy);
    const names = named ? undefined : await namesIn(tx, buy, lines);
    const people = named?.map(({ who }) => who) ?? [...names!].map(([person, name]): Somebody => ({ person, name }));
    const booked = await tx.ledger.linesOfBuy(buy.community, buy.id);
    return { waiting: await waitingOf(tx, buy, people), owing: standingsOf(buy, booked, await tx.paymentsOf([buy])) };
  });
  const there = waiting.filter(({ lines }) => lines.length > 0);
  const before = named ? waiting.filter(({ lines }) => lines.length === 0).map(({ who }) => labelOf(who)) : [];
  const notes = [
    ...leftOut,
    ...(before.length > 0 ? [say(words.several.pickedBefore, { names: before.join(words.comma) })] : []),
  ];
  if (there.length === 0) {
    whisper(parts, doer, {
      text: [say(words.several.nobodyWaits, { title }), ...notes].join("\n"),
      ...choiceButtons(doer, [{ label: words.choices.whoCame, command: "pickup", rest: ["list"], buy: buy.id }]),
    });
    return true;
  }
  const rows = there.flatMap(({ who, lines }) => {
    const open = who.for === undefined ? (owing.get(who.person)?.unmarked ?? 0) : 0;
    const due = open > 0 ? ` ${say(words.stillOpen, { amount: money(open, currency) })}` : "";
    return [`${labelOf(who)}${due}`, linesText(buy, lines, words)];
  });
  const head = say(words.several.picked, { title, people: words.persons(there.length) });
  const data = { buy: buy.id, people: there.map(({ who }) => who) };
  await preview(parts, doer, "ticks", data, [head, ...rows, ...notes].join("\n"), words.noteButton, head);
  return true;
}

/** What still waits for each. */
async function waitingOf(tx: ChangeTx, buy: Buy, people: readonly Somebody[]) {
  const lines = await handedLines(tx, buy);
  const pickups = await tx.pickupsOf(buy);
  return people.map((who): { readonly who: Somebody; readonly lines: readonly Line[] } => {
    const known = pickups.get(who.person);
    const own = lines.filter(({ person }) => person === who.person);
    const rest = known?.isCollected ? [] : restOf(own, known?.parts ?? []);
    return { who, lines: rest.filter((line) => who.for === undefined || line.for === who.for) };
  });
}

/** The yes: those who were shown, but for whom nothing waits any more. */
export async function tickAllShown(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, people } = asked.data as { readonly buy: string; readonly people: readonly Somebody[] };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const { title } = buy.terms;
    if (!isCaredFor(buy, doer.at)) return say(words.pickupOver, { title });
    const there = (await waitingOf(tx, buy, people)).filter(({ lines }) => lines.length > 0);
    if (there.length === 0) return say(words.several.nobodyWaits, { title });
    for (const { who, lines } of there) await handOut(tx, doer, buy, who, lines);
    const names = there.map(({ who }) => labelOf(who)).join(words.comma);
    return { text: say(words.several.ticked, { names, title }), ...choiceButtons(doer, [undoing(doer)]) };
  });
}
