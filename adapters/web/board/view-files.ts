import { html } from "hono/html";
import type { Sheet } from "../../../bot/board/ports.ts";
import { buyPage, deed, type Html, type View } from "./view.ts";

/** Copies to take away, texts to bring in, and what was done. */
export function filesPage(view: View, sheet: Sheet): Html {
  const { words } = view;
  const file = (what: string, as: string, label: string) =>
    deed(view, sheet, what, html`<button class="quiet">${label}</button>`, { as });
  const paste = html`<label>${words.importHow}<textarea name="text" maxlength="19000" required></textarea></label><button>${words.importButton}</button>`;
  return buyPage(
    view,
    sheet,
    "files",
    html`<section><h2>${words.export}</h2><p class="hint">${words.exportHow}</p>
<div class="buttons">${file("export", "xlsx", "XLSX")}${file("export", "csv", "CSV")}</div>
<h2>${words.masked}</h2><p class="hint">${words.maskedHow}</p>
<div class="buttons">${file("export", "xlsx masked", "XLSX")}${file("export", "csv masked", "CSV")}</div></section>
<section><h2>${words.purchase}</h2><div class="buttons">${file("purchase", "", words.preview)}${file("purchase", "xlsx", "XLSX")}${file("purchase", "csv", "CSV")}</div></section>
${sheet.buy.status === "open" ? html`<section><h2>${words.import}</h2>${deed(view, sheet, "import", paste)}</section>` : ""}
<section><h2>${words.settle}</h2><div class="buttons">${deed(view, sheet, "settle", html`<button class="quiet">${words.settleButton}</button>`)}${deed(view, sheet, "log", html`<button class="quiet">${words.log}</button>`)}${deed(view, sheet, "undo", html`<button class="quiet">${words.undoLast}</button>`)}</div></section>`,
  );
}
