import { html } from "hono/html";
import type { AuthoredEntry, Sheet } from "../../../bot/board/ports.ts";
import { amountOf as amountText, entryText, lineText, minimumLines, statusLine } from "../../../bot/replies/layout.ts";
import { money } from "../../../bot/replies/replies.ts";
import { buyPage, deed, type Html, type View } from "./view.ts";

/** The live tally, and who has ordered what. */
export function ordersPage(view: View, sheet: Sheet): Html {
  const { words, said, visitor } = view;
  const { buy, sums } = sheet;
  const { zone } = visitor.place.community;
  const isOpen = buy.status === "open" && !buy.terms.endedAt;
  return buyPage(
    view,
    sheet,
    "orders",
    html`<section data-live="tally">
<p>${statusLine(buy, isOpen, zone, said)}</p>
<p>${said.people(sums.people)}</p>
${minimumLines(buy, said).map((line) => html`<p>${line}</p>`)}
<table><thead><tr><th>${words.item}</th><th class="n">${words.price}</th><th class="n">${words.ordered}</th></tr></thead>
<tbody>${buy.terms.items.map((item, index) => {
      const sum = sheet.tally.items[index];
      const price = sum?.price ?? item.price;
      const cost = price === undefined ? "" : money(price, buy.terms.currency);
      const sold = sum ? amountText(sum, item.unit, said) : "";
      return html`<tr><th scope="row">${item.name}</th><td class="n">${cost}</td><td class="n">${sold}</td></tr>`;
    })}</tbody></table>
${visitor.who === "leader" ? entriesOf(view, sheet, sheet.prices) : ""}
</section>
${visitor.who === "leader" ? orders(view, sheet) : ""}`,
  );
}

function orders(view: View, sheet: Sheet): Html {
  const { words, said } = view;
  const { buy, people } = sheet;
  const total = people.reduce((sum, { standing }) => sum + standing.due, 0);
  return html`<section data-live="orders"><h2>${words.people}</h2>
${people.length === 0 ? html`<p class="empty">${words.nobody}</p>` : ""}
<ul class="people">${people.map(
    ({ id, name, lines, entries, standing }) => html`<li>
<div class="who"><b>${name}</b><span>${money(standing.due, buy.terms.currency)}</span></div>
${lines.map((line) => html`<p>${lineText(buy, line, said)}</p>`)}
${entriesOf(view, sheet, entries)}
${deed(view, sheet, "why", html`<button class="quiet">${words.why}</button>`, { person: id })}
</li>`,
  )}</ul>
${people.length > 0 ? html`<p class="total"><span>${words.total}</span><b>${money(total, buy.terms.currency)}</b></p>` : ""}
</section>`;
}

function entriesOf({ words, said, visitor }: View, { buy }: Sheet, entries: readonly AuthoredEntry[]): Html[] {
  const { zone } = visitor.place.community;
  return entries.map(
    (entry) =>
      html`<p class="entry">${entryText(buy, entry, zone, said)} <small>${words.by.replace("{name}", () => entry.authorName)}</small></p>`,
  );
}
