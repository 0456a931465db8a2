import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Sheet, Visitor } from "../../../bot/board/ports.ts";

import type { Words } from "../../../bot/replies/words.ts";
import type { Language } from "../../../bot/store.ts";
import { type BoardWords, boardWordsOf } from "./words.ts";

/** Markup in which every text is escaped already: only the tag `html` makes it. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What every page of a visitor is made with. */
export interface View {
  readonly visitor: Visitor;
  readonly words: BoardWords;
  /** The chat's words in the visitor's language. */
  readonly said: Words;
  /** Goes with every form. */
  readonly token: string;
  /** Names a doing: a form that is sent twice does it once. */
  readonly newKey: () => string;
  /** The page itself, to come back to. */
  readonly here: string;
}

/** The pages of a buy, by the last part of their address. */
export const TABS = ["orders", "goods", "pack", "pickup", "money", "problems", "files"] as const;
/** A page of the board. */
export type Tab = (typeof TABS)[number];

/** Those for leaders alone. */
export const LEADERS_TABS: readonly Tab[] = ["goods", "problems", "files"];

/** A whole page. */
export function page(
  { language, title, nav = "" }: { readonly language: Language; readonly title: string; readonly nav?: Html | "" },
  body: Html,
): Html {
  const tag = { en: "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant" }[language];
  const words = boardWordsOf(language);
  return html`<!doctype html>
<html lang="${tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${words.board}</title>
<link rel="icon" href="/board/icon.svg">
<link rel="stylesheet" href="/board/style.css">
<script type="module" src="/board/board.js"></script>
</head>
<body>
${nav}
<main>
${body}
</main>
<p id="offline" role="status" hidden>${words.offline}</p>
</body>
</html>`;
}

/** A page with one thing to read. */
export function note(language: Language, head: string, text: string, more: Html | "" = ""): Html {
  return page({ language, title: head }, html`<section class="note"><h1>${head}</h1><p>${text}</p>${more}</section>`);
}

/** A page of a visitor. */
export function boardPage(view: View, title: string, body: Html, tabs: Html | "" = ""): Html {
  const { words, visitor } = view;
  const nav = html`<header>
<p class="where"><a href="/board">${words.buys}</a><span>${visitor.place.community.name}</span></p>
${form(view, "/board/leave", html`<button class="quiet">${words.leave}</button>`)}
</header>
${tabs}`;
  return page({ language: visitor.language, title, nav }, html`<div id="said" role="status"></div>${body}`);
}

/** One of the pages of a buy, below its name. */
export function buyPage(view: View, sheet: Sheet, tab: Tab, body: Html): Html {
  const { words, visitor } = view;
  const { id, terms } = sheet.buy;
  const own = TABS.filter((each) => visitor.who === "leader" || !LEADERS_TABS.includes(each));
  const tabs = html`<nav aria-label="${terms.title}">
${own.map((each) => html`<a href="/board/buys/${id}/${each}"${each === tab ? html` aria-current="page"` : ""}>${words[each]}</a>`)}
</nav>`;
  const title = tab === "orders" ? terms.title : `${terms.title}: ${words[tab]}`;
  return boardPage(
    view,
    title,
    html`${heading(view, sheet)}
${body}`,
    tabs,
  );
}

/** A form of this session. @param staying  scripts show its answer on the page itself */
export function form(
  view: View,
  action: string,
  body: Html,
  hidden: Readonly<Record<string, string>> = {},
  staying = false,
): Html {
  const fields = Object.entries({ back: view.here, ...hidden, key: view.newKey(), token: view.token });
  return html`<form method="post" action="${action}"${staying ? html` data-staying` : ""}>${fields.map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}${body}</form>`;
}

/** Deeds that are done one after the other, with people waiting. */
const STAYING: readonly string[] = ["code", "picked", "part", "unpicked", "paid", "giveBack", "unpaid", "decide"];

/** A form that does something with a buy: what is one of the deeds in `deeds.ts`. */
export function deed(
  view: View,
  { buy }: Sheet,
  what: string,
  body: Html,
  hidden: Readonly<Record<string, string>> = {},
): Html {
  return form(view, `/board/buys/${buy.id}/do`, body, { what, ...hidden }, STAYING.includes(what));
}

/** A field for a number, for keyboards that have a point and for those that have a comma. @param label  says whose or what */
export function numberField(name: string, label: string, { value = "", hint = "", length = 10 } = {}): Html {
  return html`<input name="${name}" aria-label="${label}"${hint && html` placeholder="${hint}"`} inputmode="decimal" pattern="[0-9]*[.,]?[0-9]*" maxlength="${length}" autocomplete="off" value="${value}">`;
}

/** Something that is opened by a press before it can be done. */
export function disclosure(summary: string, body: Html): Html {
  return html`<details><summary>${summary}</summary>${body}</details>`;
}

/** The state of a buy, in a word. */
export function badge({ words }: View, status: Exclude<Sheet["buy"]["status"], "draft">): Html {
  return html`<span class="badge ${status}">${words[status]}</span>`;
}

/** The head of a buy's page. */
export function heading(view: View, { buy }: Sheet, more: Html | "" = ""): Html {
  const status = buy.status === "draft" ? "open" : buy.status; // drafts have no pages
  return html`<div class="head"><h1>${buy.terms.title}</h1>${badge(view, status)}<span class="no">#${buy.no}</span>${more}</div>`;
}

/** Whether a list is final and its goods are on their way. */
export function isUnderWay({ buy }: Sheet): boolean {
  return ["closed", "purchased", "arrived"].includes(buy.status);
}

/** Said where there is nothing to do yet, or no more. */
export function notYet({ words }: View, { people }: Sheet): Html {
  return html`<p class="empty">${people.length === 0 ? words.nobody : words.notYet}</p>`;
}

/** "Apples (large)" */
export function itemName({ buy }: Sheet, no: number, option: string): string {
  return `${buy.terms.items[no - 1]?.name ?? `#${no}`}${option && ` (${option})`}`;
}
