import { html } from "hono/html";
import { comingText } from "../../../bot/actions/coming.ts";
import type { Sheet, Somebody } from "../../../bot/board/ports.ts";
import { linesText } from "../../../bot/replies/layout.ts";
import { money, quantity, say } from "../../../bot/replies/replies.ts";
import type { Line } from "../../../bot/store.ts";
import { restOf } from "../../../core/packing.ts";
import { formatQuantity } from "../../../core/quantity.ts";
import { kindOf } from "./fields.ts";
import { buyPage, deed, disclosure, type Html, isUnderWay, itemName, notYet, numberField, type View } from "./view.ts";

/** Who has fetched their goods and who is missing; by a code or a tap they are handed over. */
export function pickupPage(view: View, sheet: Sheet): Html {
  const body = isUnderWay(sheet) ? handing(view, sheet) : notYet(view, sheet);
  return buyPage(view, sheet, "pickup", body);
}

function handing(view: View, sheet: Sheet): Html {
  const { words } = view;
  const people = sheet.people.filter(({ gets }) => gets);
  const missing = people.filter(({ pickup }) => !pickup?.isCollected);
  const collected = people.filter(({ pickup }) => pickup?.isCollected);
  const unpacked = sheet.bags.flatMap(({ lines }) => lines).filter(({ isPacked }) => !isPacked).length;
  const codeField = html`<div class="row"><input name="code" aria-label="${words.code}" placeholder="${words.codeHow}" inputmode="numeric" pattern="[0-9]{4}" maxlength="4" autocomplete="off" required><button>${words.hand}</button></div>`;
  const noticeField = html`<label>${words.noticesHow}<input name="text" maxlength="500" autocomplete="off"></label>
${unpacked > 0 ? html`<p class="warn">${say(words.notPacked, { count: unpacked })}</p>` : ""}<button>${words.preview}</button>`;
  return html`<section><h2>${words.code}</h2>${deed(view, sheet, "code", codeField)}</section>
<section data-live="missing"><h2>${say(words.missingCount, { count: missing.length })}</h2>
<ul class="people">${missing.map((person) => waiting(view, sheet, person))}</ul></section>
<section data-live="collected"><h2>${say(words.collectedCount, { count: collected.length })}</h2>
<ul class="people">${collected.map(
    ({ id, name }) =>
      html`<li><div class="who"><b>${name}</b>${deed(view, sheet, "unpicked", html`<button class="quiet">${words.undo}</button>`, { person: id })}</div></li>`,
  )}</ul></section>
<section><h2>${words.notices}</h2>${deed(view, sheet, "notices", noticeField)}</section>`;
}

function waiting(view: View, sheet: Sheet, { id, name, pickup, standing }: Somebody): Html {
  const { words, said } = view;
  const all = sheet.bags.filter(({ person }) => person === id).flatMap(({ lines }) => lines);
  const own = restOf(all, pickup?.parts ?? []);
  const state = pickup?.noShowAt
    ? words.noShow
    : pickup?.parts
      ? words.partly
      : pickup?.seenAt
        ? words.seen
        : pickup?.noticedAt
          ? words.told
          : words.notTold;
  const coming = comingText(pickup);
  const open = standing.unmarked;
  return html`<li><div class="who"><b>${name}</b>${pickup?.code ? html`<span class="code">${pickup.code}</span>` : ""}</div>
<pre>${linesText(sheet.buy, own, said)}</pre><p><small>${state}${coming}</small>${open > 0 ? html` <span class="due">${say(words.labelDue, { amount: money(open, sheet.buy.terms.currency) })}</span>` : ""}</p>
<div class="buttons">${deed(view, sheet, "picked", html`<button>${words.hand}</button>`, { person: id })}${pickup?.parts ? deed(view, sheet, "unpicked", html`<button class="quiet">${words.undo}</button>`, { person: id }) : ""}</div>
${disclosure(words.part, deed(view, sheet, "part", partFields(view, sheet, name, own), { person: id }))}</li>`;
}

/** What waits for somebody: each to be ticked, or a part of it to be written. */
function partFields({ words }: View, sheet: Sheet, name: string, lines: readonly Line[]): Html {
  const kinds = [...new Map(lines.map((line) => [kindOf(line), line])).values()];
  return html`<p class="hint">${words.partHow}</p>${kinds.map((kind) => {
    const same = lines.filter((line) => kindOf(line) === kindOf(kind));
    const waits = same.reduce((sum, line) => sum + line.quantity, 0);
    const item = itemName(sheet, kind.item, kind.option);
    const text = `${item} ${quantity(waits, sheet.buy.terms.items[kind.item - 1]?.unit)}`;
    return html`<div class="row part"><label><input type="checkbox" name="all:${kindOf(kind)}" value="${formatQuantity(waits)}"><span>${text}</span></label>
${numberField(`part:${kindOf(kind)}`, `${name}, ${item}: ${words.less}`, { hint: words.less })}</div>`;
  })}<button>${words.hand}</button>`;
}
