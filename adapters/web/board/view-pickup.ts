import { html } from "hono/html";
import type { Sheet, Somebody } from "../../../bot/board/ports.ts";
import { linesText } from "../../../bot/replies/layout.ts";
import { money, say } from "../../../bot/replies/replies.ts";
import { buyPage, deed, type Html, isUnderWay, notYet, type View } from "./view.ts";

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
  const own = sheet.bags.filter(({ person }) => person === id).flatMap(({ lines }) => lines);
  const state = pickup?.noShowAt
    ? words.noShow
    : pickup?.parts
      ? words.partly
      : pickup?.seenAt
        ? words.seen
        : pickup?.noticedAt
          ? words.told
          : words.notTold;
  const open = standing.unmarked;
  return html`<li><div class="who"><b>${name}</b>${pickup?.code ? html`<span class="code">${pickup.code}</span>` : ""}</div>
<pre>${linesText(sheet.buy, own, said)}</pre><p><small>${state}</small>${open > 0 ? html` <span class="due">${say(words.labelDue, { amount: money(open, sheet.buy.terms.currency) })}</span>` : ""}</p>
${deed(view, sheet, "picked", html`<button>${words.hand}</button>`, { person: id })}</li>`;
}
