import { html } from "hono/html";
import type { BuyRow } from "../../../bot/board/ports.ts";
import { qrAddress } from "../../../bot/qr-picture.ts";
import { say, time } from "../../../bot/replies/replies.ts";
import { badge, boardPage, form, type Html, type View } from "./view.ts";

const RUNNING: readonly BuyRow["status"][] = ["open", "closed", "purchased", "arrived"];

/** All buys: those that run, and those of the past. */
export function buysPage(view: View, buys: readonly BuyRow[]): Html {
  const { words } = view;
  const running = buys.filter(({ status }) => RUNNING.includes(status));
  const former = buys.filter(({ status }) => !RUNNING.includes(status));
  return boardPage(
    view,
    words.buys,
    html`<h1>${words.buys}</h1>
${buys.length === 0 ? html`<p class="empty">${words.noBuys}</p>` : ""}
<div data-live="buys">
${running.length > 0 ? html`<h2>${words.running}</h2>${list(view, running)}` : ""}
${former.length > 0 ? html`<h2>${words.former}</h2>${list(view, former)}` : ""}
</div>
<div class="buttons">${form(view, "/board/link", html`<button class="quiet">${words.phone}</button>`)}${form(view, "/board/leave", html`<button class="quiet">${words.leaveEverywhere}</button>`, { from: "everywhere" })}</div>`,
  );
}

/** A link for another device, to be scanned. */
export async function linkPage(view: View, link: string): Promise<Html> {
  const { words } = view;
  return boardPage(
    view,
    words.phone,
    html`<h1>${words.phone}</h1><section><p>${words.phoneHow}</p><img class="qr" alt="${link}" src="${await qrAddress(link)}"></section>
<p><a class="button" href="/board">${words.back}</a></p>`,
  );
}

function list(view: View, buys: readonly BuyRow[]): Html {
  const { zone } = view.visitor.place.community;
  const until = (at: Date) => say(view.said.closes, { time: time(at, zone, view.said) });
  return html`<ul class="buys">${buys.map(({ id, no, title, status, closesAt }) => {
    if (status === "draft") return "";
    const when = status === "open" && closesAt ? html`<small>${until(closesAt)}</small>` : "";
    return html`<li><a href="/board/buys/${id}/orders"><b>${title}</b><span>${badge(view, status)}<span class="no">#${no}</span></span>${when}</a></li>`;
  })}</ul>`;
}
