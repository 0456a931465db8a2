import { html } from "hono/html";
import { ruleButtons } from "../../../bot/actions/share-out.ts";
import type { Sheet, ShortItem, SuppliedLine } from "../../../bot/board/ports.ts";
import { quantity, say } from "../../../bot/replies/replies.ts";
import { formatQuantity } from "../../../core/quantity.ts";
import { unitOf } from "../../../core/text/units.ts";
import { kindOf } from "./fields.ts";
import {
  buyPage,
  deed,
  disclosure,
  form,
  type Html,
  isUnderWay,
  itemName,
  notYet,
  numberField,
  type View,
} from "./view.ts";

/** What came, item by item, beside what people are to get; who gets less; and what each piece weighs. */
export function goodsPage(view: View, sheet: Sheet): Html {
  const body =
    isUnderWay(sheet) && sheet.expected.length > 0
      ? html`${counts(view, sheet)}${sharing(view, sheet)}${weights(view, sheet)}`
      : notYet(view, sheet);
  return buyPage(view, sheet, "goods", body);
}

function counts(view: View, sheet: Sheet): Html {
  const { words } = view;
  const rows = sheet.expected.map((each) => {
    const { item: no, option, expects, came } = each;
    const name = itemName(sheet, no, option);
    const value = came === undefined ? "" : formatQuantity(came);
    return html`<tr><th scope="row">${name}</th><td class="n">${quantity(expects, unitIn(sheet, no))}</td>
<td class="n">${numberField(`count:${kindOf(each)}`, `${name}: ${words.came}`, { value })}</td></tr>`;
  });
  const table = html`<p class="hint">${words.cameHow}</p>
<table><thead><tr><th>${words.item}</th><th class="n">${words.expects}</th><th class="n">${words.came}</th></tr></thead><tbody>${rows}</tbody></table>
<div class="buttons"><button>${words.compare}</button></div>`;
  return html`<section>${deed(view, sheet, "arrive", table)}</section>`;
}

/** Who gets how much of what is short: by a rule, or by hand. */
function sharing(view: View, sheet: Sheet): Html | "" {
  const { words, said } = view;
  const { buy, short } = sheet;
  const undo = sheet.isShared ? undoing(view, sheet, "unshare", words.unshare, words.unshareHow) : "";
  if (short.length === 0) return undo && html`<section><h2>${words.sharing}</h2>${undo}</section>`;
  const rules = ruleButtons(buy.id, said).flat();
  const byHand = html`${short.map((each) => shortTable(view, sheet, each))}
<div class="buttons"><button>${words.preview}</button></div>`;
  return html`<section><h2>${words.sharing}</h2><p class="hint">${words.sharingHow}</p>
<div class="buttons">${rules.map(({ label, data }) => form(view, "/board/press", html`<button class="quiet">${label}</button>`, { data, buy: buy.id }))}</div>
${deed(view, sheet, "share", byHand)}${undo}</section>`;
}

function shortTable(view: View, sheet: Sheet, { item: no, option, left, lines }: ShortItem): Html {
  const { words } = view;
  const name = itemName(sheet, no, option);
  const unit = unitIn(sheet, no);
  const sum = say(words.given, { given: "{sum}", amount: quantity(left, unit) });
  return html`<fieldset><legend>${say(words.toShare, { name, amount: quantity(left, unit) })}</legend>
${lineTable(view, sheet, lines, (line) => numberField(`gets:${line.key}`, `${line.name}, ${name}: ${words.gets}`), words.gets)}
<p class="total"><output data-sum="${sum}" data-most="${formatQuantity(left)}"></output></p></fieldset>`;
}

/** A form for each item that is sold by weight. */
function weights(view: View, sheet: Sheet): Html | "" {
  const { words } = view;
  const sold = sheet.expected.filter(({ item }) => unitOf(unitIn(sheet, item) ?? "").kind === "mass");
  if (sold.length === 0) return "";
  const isWeighed = sheet.supplied.some(({ weighed }) => weighed !== undefined);
  return html`<section><h2>${words.weights}</h2><p class="hint">${words.weightsHow}</p>
${sold.map(({ item: no, option }) => {
  const name = itemName(sheet, no, option);
  const lines = sheet.supplied.filter((line) => line.item === no && line.option === option);
  const count = lines.filter(({ weighed }) => weighed !== undefined).length;
  const field = (line: SuppliedLine) => numberField(`weight:${line.key}`, `${line.name}, ${name}: ${words.weight}`);
  const table = html`${lineTable(view, sheet, lines, field, words.weight)}
<div class="buttons"><button>${words.preview}</button></div>`;
  return disclosure(say(words.weighed, { name, count, all: lines.length }), deed(view, sheet, "weigh", table));
})}
${isWeighed ? undoing(view, sheet, "unweigh", words.unweigh, words.unweighHow) : ""}</section>`;
}

/** Who is to get how much, with a field for each. */
function lineTable(
  { words }: View,
  sheet: Sheet,
  lines: readonly SuppliedLine[],
  field: (line: SuppliedLine) => Html,
  head: string,
): Html {
  return html`<table><thead><tr><th>${words.who}</th><th class="n">${words.ordered}</th><th class="n">${head}</th></tr></thead><tbody>
${lines.map((line) => {
  const unit = unitIn(sheet, line.item);
  const weighs =
    line.weighed === undefined
      ? ""
      : html`<br><small>${say(words.weighs, { amount: quantity(line.weighed, unit) })}</small>`;
  return html`<tr><th scope="row">${line.name}</th><td class="n">${quantity(line.gets, unit)}${weighs}</td><td class="n">${field(line)}</td></tr>`;
})}</tbody></table>`;
}

function undoing(view: View, sheet: Sheet, what: string, summary: string, how: string): Html {
  const button = html`<p class="hint">${how}</p><button class="quiet">${summary}</button>`;
  return disclosure(summary, deed(view, sheet, what, button));
}

function unitIn({ buy }: Sheet, item: number): string | undefined {
  return buy.terms.items[item - 1]?.unit;
}
