import { readFormat, readWish, type Wish, writeCopy, writePurchase } from "../files/copy.ts";
import { type Doer, give, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Button, Content } from "../ports.ts";
import { howTo, say, wordsOf } from "../replies/replies.ts";
import { SHEETS } from "../replies/sheets.ts";
import type { Buy } from "../store.ts";
import { buyFacts } from "./buy-facts.ts";
import { endedBuy, pickBuy, pickEnded, SHOWN, UNDER_WAY } from "./pick-buy.ts";
import { purchaseFacts, revisionOf, showPurchase } from "./purchase.ts";

/** Older buys that are offered where it is not clear what is wanted. */
const MOST_OLDER = 3;

/**
 * `/export`: a copy of the buy for the leader alone, an XLSX of all sheets or a CSV of one; `masked` with names and
 * contacts shortened. A number before that is an older buy's: `/export 12 csv`.
 */
export async function exportBuy(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const [, number, more = rest] = /^#?(\d{1,9})(?:号|號)?(?!\S)\s*(.*)$/su.exec(rest) ?? [];
  const buy =
    number === undefined
      ? await pickCopied(parts, doer, command)
      : await buyNumbered(parts, doer, command, Number(number));
  if (!buy) return;
  const wish = readWish(more);
  if (wish) return giveCopy(parts, doer, command, buy, wish);
  const words = wordsOf(doer.language);
  const sheets = SHEETS.map((name) => words.sheets.names[name]).join(words.comma);
  const button = (label: string, detail: string) => {
    return { label, data: `export:${buy.id}:${detail}`, words: `${command} ${buy.no} ${detail}` };
  };
  const masked = `${words.exportXlsx}, ${words.exportMasked}`;
  whisper(parts, doer, {
    text: howTo(more, say(words.exportHow, { command, sheets, no: buy.no }), words),
    buttons: [
      [button(words.exportXlsx, "xlsx"), button(words.exportCsv, "csv"), button(masked, "xlsx masked")],
      ...(await olderButtons(parts, doer, command, buy)),
    ],
  });
}

/** A buy of this chat by its number; where there is none, the doer hears which there are. */
async function buyNumbered(parts: Parts, doer: Doer, command: string, no: number): Promise<Buy | undefined> {
  const [buy] = await parts.store.lastBuys(doer.place, 1, no);
  if (buy) return buy;
  const words = wordsOf(doer.language);
  const buttons = await olderButtons(parts, doer, command);
  whisper(parts, doer, { text: buttons.length > 0 ? say(words.exportNone, { no }) : words.noBuy, buttons });
  return undefined;
}

/** The last buys of this chat, a row each. */
async function olderButtons(parts: Parts, doer: Doer, command: string, but?: Buy): Promise<Button[][]> {
  const buys = (await parts.store.lastBuys(doer.place, MOST_OLDER + 1)).filter(({ id }) => id !== but?.id);
  return buys.slice(0, MOST_OLDER).map(({ id, no, terms }) => {
    return [{ label: `${no}. ${terms.title}`, data: `export:${id}:xlsx`, words: `${command} ${no}` }];
  });
}

/** A press on one of the choices. */
export async function pressExport(parts: Parts, doer: Doer, buyId: string, detail: string): Promise<void> {
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  const wish = readWish(detail);
  if (buy && wish) await giveCopy(parts, doer, "/export", buy, wish);
}

/** The one that is replied to, else the open one, else the last that closed, however long ago. */
async function pickCopied(parts: Parts, doer: Doer, command: string): Promise<Buy | undefined> {
  const recent = (await parts.store.buysOf(doer.place)).filter(({ status }) => SHOWN.includes(status));
  const former = recent.length === 0 ? await endedBuy(parts, doer, SHOWN) : undefined;
  return former ?? pickBuy(parts, doer, command, SHOWN);
}

async function giveCopy(parts: Parts, doer: Doer, command: string, buy: Buy, wish: Wish): Promise<void> {
  const facts = await parts.store.look((tx) => buyFacts(tx, buy));
  const document = await writeCopy(facts, wish, wordsOf(doer.language));
  await parts.store.change((tx) =>
    tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "exported", buy: buy.id, source: sourceOf(doer) },
      after: { file: document.name },
    }),
  );
  give(parts, doer, [document], noWay(parts, doer, command, buy));
}

/** `/po`: what to order from the supplier; `/po xlsx` and `/po csv` as a file, as the supplier may have it. */
export async function purchaseOrder(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const format = readFormat(rest);
  if (!format) return showPurchase(parts, doer, command, rest);
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  const { lines, purchase } = await parts.store.look((tx) => purchaseFacts(tx, buy));
  if (lines.length === 0) {
    return whisper(parts, doer, { text: say(wordsOf(doer.language).entryNobody, { title: buy.terms.title }) });
  }
  const document = await writePurchase(buy, lines, revisionOf(lines, purchase), format, wordsOf(buy.language));
  give(parts, doer, [document], noWay(parts, doer, `${command} ${rest}`, buy));
}

/** What somebody hears who cannot be given a file. */
export function noWay(parts: Parts, doer: Doer, command: string, buy: Buy): Content {
  const words = wordsOf(doer.language);
  const link = parts.adapters.get(doer.place.platform)?.links?.direct;
  if (link === undefined || doer.anonymous) return { text: say(words.fileNoWay, { no: buy.no }) };
  return { text: say(words.fileWriteFirst, { link, command }) };
}
