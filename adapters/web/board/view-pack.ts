import { html } from "hono/html";
import type { PackedBag, Sheet } from "../../../bot/board/ports.ts";
import { lineText } from "../../../bot/replies/layout.ts";
import { money, quantity, say } from "../../../bot/replies/replies.ts";
import { buyPage, type Html, isUnderWay, itemName, notYet, type View } from "./view.ts";

/** How the bags are laid out. */
export const LAYOUTS = ["person", "item", "door"] as const;
/** How a list to pack by is ordered. */
export type Layout = (typeof LAYOUTS)[number];

type PackedLine = PackedBag["lines"][number];

/** What goes into which bag, to tick off with a thumb and to print. */
export function packPage(viewOfBuy: View, sheet: Sheet, layout: Layout): Html {
  const view = { ...viewOfBuy, here: `${viewOfBuy.here}?by=${layout}` };
  const { words } = view;
  if (!isUnderWay(sheet) || sheet.bags.length === 0) {
    return buyPage(view, sheet, "pack", notYet(view, sheet));
  }
  const lines = sheet.bags.flatMap((bag) => bag.lines);
  const facts = { done: lines.filter(({ isPacked }) => isPacked).length, all: lines.length };
  const names: Readonly<Record<Layout, string>> = {
    person: words.byPerson,
    item: words.byItem,
    door: words.byDoor,
  };
  const groups = { person: byPerson, item: byItem, door: byDoor }[layout](view, sheet);
  return buyPage(
    view,
    sheet,
    "pack",
    html`<p class="choices">${LAYOUTS.map(
      (each) => html`<a href="?by=${each}"${each === layout ? html` aria-current="true"` : ""}>${names[each]}</a>`,
    )}<button class="quiet" data-print hidden>${words.print}</button></p>
<div data-live="pack">
<p class="progress">${say(words.packed, facts)}</p><progress max="${facts.all}" value="${facts.done}"></progress>
<p class="hint">${words.packing}</p>
${groups}
</div>
${checks(view, sheet)}`,
  );
}

function byPerson(view: View, sheet: Sheet): Html {
  const bags = [...sheet.bags].sort((one, other) => (one.label < other.label ? -1 : 1));
  return html`<div class="bags">${bags.map((bag) => bagCard(view, sheet, bag))}</div>`;
}

function byDoor(view: View, sheet: Sheet): Html {
  const { words } = view;
  const houses = [...new Set(sheet.bags.map(({ door }) => door?.building))];
  return html`${houses.map(
    (house) => html`<h2>${house === undefined ? words.noDoor : say(words.building, { name: house })}</h2>
<div class="bags">${sheet.bags.filter(({ door }) => door?.building === house).map((bag) => bagCard(view, sheet, bag))}</div>`,
  )}`;
}

function bagCard(view: View, sheet: Sheet, bag: PackedBag): Html {
  const { words } = view;
  const { currency } = sheet.buy.terms;
  const open = sheet.people.find(({ id }) => id === bag.person)?.standing.unmarked ?? 0;
  const isFull = bag.lines.every(({ isPacked }) => isPacked);
  return html`<section class="bag${isFull ? " full" : ""}"><div class="who"><b>${bag.label}</b>${bag.code ? html`<span class="code">${bag.code}</span>` : ""}</div>
${bag.lines.map((line) => tickOf(view, sheet, line, lineText(sheet.buy, { ...line, for: "" }, view.said)))}
${open > 0 ? html`<p class="due">${say(words.labelDue, { amount: money(open, currency) })}</p>` : ""}</section>`;
}

function byItem(view: View, sheet: Sheet): Html {
  return html`<div class="bags">${sheet.checks.map(({ item: no, option, packed }) => {
    const item = sheet.buy.terms.items[no - 1];
    const own = sheet.bags.flatMap((bag) =>
      bag.lines.filter((line) => line.item === no && line.option === option).map((line) => ({ bag, line })),
    );
    return html`<section class="bag"><div class="who"><b>${itemName(sheet, no, option)}</b><span>${quantity(packed, item?.unit)}</span></div>
${own.map(({ bag, line }) => tickOf(view, sheet, line, `${bag.label} ${quantity(line.quantity, item?.unit)}${line.note ? ` — ${line.note}` : ""}`))}</section>`;
  })}</div>`;
}

/** One line: pressing it turns its tick. */
function tickOf(view: View, { buy }: Sheet, line: PackedLine, text: string): Html {
  const fields = {
    ...{ person: line.person, for: line.for, item: String(line.item), option: line.option },
    quantity: String(line.quantity),
  };
  const on = line.isPacked;
  return html`<form method="post" action="/board/buys/${buy.id}/tick" class="tick" data-tick>
${Object.entries({ ...fields, back: view.here, token: view.token }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button name="on" value="${on ? "0" : "1"}" role="checkbox" aria-checked="${on ? "true" : "false"}"><span class="box" aria-hidden="true"></span><span>${text}</span></button></form>`;
}

/** What is packed beside what was counted: the two must agree before people are told. */
function checks(view: View, sheet: Sheet): Html {
  const { buy, checks: all } = sheet;
  const { words } = view;
  return html`<section data-live="check"><h2>${words.check}</h2><ul class="checks">${all.map(
    ({ item: no, option, packed, came }) => {
      const item = buy.terms.items[no - 1];
      const gap = (came ?? 0) - packed;
      const facts = { difference: quantity(Math.abs(gap), item?.unit) };
      const [kind, text] =
        came === undefined
          ? ["unknown", words.uncounted]
          : gap === 0
            ? ["even", words.even]
            : gap > 0
              ? ["over", say(words.over, facts)]
              : ["lacks", say(words.lacks, facts)];
      return html`<li class="${kind}"><b>${itemName(sheet, no, option)}</b> ${quantity(packed, item?.unit)} <span>${text}</span></li>`;
    },
  )}</ul></section>`;
}
