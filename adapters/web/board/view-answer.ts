import { html } from "hono/html";
import type { Said } from "../../../bot/board/ports.ts";
import type { Content } from "../../../bot/ports.ts";
import { qrAddress } from "../../../bot/qr-picture.ts";
import { boardPage, form, type Html, type View } from "./view.ts";

/** What the bot has answered, with its buttons; `view.here` is the page that it was asked from. */
export async function answerPage(view: View, { contents }: Said, buy?: string): Promise<Html> {
  const { words } = view;
  const answers = await Promise.all(contents.map((content) => answer(view, content, buy)));
  return boardPage(
    view,
    words.answer,
    html`<h1>${words.answer}</h1>
${answers.length === 0 ? html`<p class="empty">${words.nothingNew}</p>` : answers}
<p><a class="button" href="${view.here}">${words.back}</a></p>`,
  );
}

async function answer(view: View, { text, qr, buttons = [] }: Content, buy?: string): Promise<Html> {
  const picture = qr === undefined ? "" : html`<img class="qr" alt="${view.words.scan}" src="${await qrAddress(qr)}">`;
  return html`<section class="answer"><pre>${text}</pre>${picture}
<div class="buttons">${buttons.flat().map(({ label, data }) =>
    form(view, "/board/press", html`<button${data.startsWith("no:") ? html` class="quiet"` : ""}>${label}</button>`, {
      data,
      ...(buy !== undefined && { buy }),
    }),
  )}</div></section>`;
}
