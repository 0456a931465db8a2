import { html } from "hono/html";
import type { Sheet } from "../../../bot/board/ports.ts";
import { quantity } from "../../../bot/replies/replies.ts";
import { formatQuantity } from "../../../core/quantity.ts";
import { buyPage, deed, type Html, isUnderWay, itemName, notYet, type View } from "./view.ts";

/** What came, item by item, beside what people are to get. */
export function goodsPage(view: View, sheet: Sheet): Html {
  const body = isUnderWay(sheet) && sheet.expected.length > 0 ? counts(view, sheet) : notYet(view, sheet);
  return buyPage(view, sheet, "goods", body);
}

function counts(view: View, sheet: Sheet): Html {
  const { words } = view;
  const rows = sheet.expected.map(({ item: no, option, expects, came }, index) => {
    const unit = sheet.buy.terms.items[no - 1]?.unit;
    const name = itemName(sheet, no, option);
    return html`<tr><th scope="row">${name}</th><td class="n">${quantity(expects, unit)}</td>
<td class="n"><input name="count-${index}" aria-label="${name}: ${words.came}" inputmode="decimal" pattern="[0-9]*[.]?[0-9]*" maxlength="10" autocomplete="off" value="${came === undefined ? "" : formatQuantity(came)}"></td></tr>`;
  });
  const table = html`<p class="hint">${words.cameHow}</p>
<table><thead><tr><th>${words.item}</th><th class="n">${words.expects}</th><th class="n">${words.came}</th></tr></thead><tbody>${rows}</tbody></table>
<div class="buttons"><button>${words.compare}</button></div>`;
  return html`<section>${deed(view, sheet, "arrive", table)}</section>`;
}
