import { html } from "hono/html";
import type { Sheet, Somebody } from "../../../bot/board/ports.ts";
import { money, say } from "../../../bot/replies/replies.ts";
import { formatAmount } from "../../../core/money.ts";
import { buyPage, deed, disclosure, type Html, numberField, type View } from "./view.ts";

/** Who owes, who says that they have paid, and who has. */
export function moneyPage(view: View, sheet: Sheet): Html {
  const { words } = view;
  const { people, buy } = sheet;
  const rank = ({ standing }: Somebody) => (standing.unmarked === 0 ? 2 : standing.claimed > standing.paid ? 0 : 1);
  const sorted = [...people].sort((one, other) => rank(one) - rank(other));
  const open = people.reduce((sum, { standing }) => sum + standing.unmarked, 0);
  return buyPage(
    view,
    sheet,
    "money",
    html`<section data-live="money">${people.length === 0 ? html`<p class="empty">${words.nobody}</p>` : ""}
<ul class="people">${sorted.map((person) => account(view, sheet, person))}</ul>
<p class="total"><span>${words.owes}</span><b>${money(open, buy.terms.currency)}</b></p></section>`,
  );
}

function account(view: View, sheet: Sheet, { id, name, standing }: Somebody): Html {
  const { words } = view;
  const { currency } = sheet.buy.terms;
  const { due, paid, claimed, unmarked, over } = standing;
  const facts = [
    ...(unmarked > 0 ? [html`<span class="due">${words.owes} ${money(unmarked, currency)}</span>`] : []),
    ...(claimed > paid ? [html`<span>${words.claimed} ${money(claimed, currency)}</span>`] : []),
    ...(paid !== 0 ? [html`<span>${words.paid} ${money(paid, currency)}</span>`] : []),
    ...(over > 0 ? [html`<span class="due">${say(words.overpaid, { amount: money(over, currency) })}</span>`] : []),
  ];
  // What they say they have paid, where that is another amount than what is due.
  const said = claimed > paid && claimed - paid !== unmarked ? formatAmount(claimed - paid, currency) : "";
  const amount = numberField("amount", `${name}: ${words.amount}`, {
    ...{ value: said, hint: words.amountHow, length: 12 },
  });
  const mark = html`<div class="row">${amount}<button>${words.markPaid}</button></div>`;
  const back = say(words.giveBack, { amount: money(over, currency) });
  const noted = { name, paid: money(paid, currency), claimed: money(claimed, currency) };
  const unmark = html`<p class="hint">${say(words.unpaidHow, noted)}</p><button class="quiet">${words.markUnpaid}</button>`;
  return html`<li><div class="who"><b>${name}</b><span>${money(due, currency)}</span></div>
<p class="facts">${facts.length > 0 ? facts : words.nothingDue}</p>
${unmarked > 0 ? deed(view, sheet, "paid", mark, { person: id }) : ""}
${unmarked > 0 ? deed(view, sheet, "bill", html`<button class="quiet">${words.bill}</button>`, { person: id }) : ""}
${over > 0 ? deed(view, sheet, "giveBack", html`<button class="quiet">${back}</button>`, { person: id }) : ""}
${paid !== 0 || claimed !== 0 ? disclosure(words.markUnpaid, deed(view, sheet, "unpaid", unmark, { person: id })) : ""}</li>`;
}
