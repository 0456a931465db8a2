import { html } from "hono/html";
import { problemButtons } from "../../../bot/actions/problem-text.ts";
import type { Sheet, ToldProblem } from "../../../bot/board/ports.ts";
import { quantity, say } from "../../../bot/replies/replies.ts";
import { buyPage, deed, type Html, isUnderWay, itemName, type View } from "./view.ts";

/** What people say is wrong with their goods: the open ones to be decided, then what was decided. */
export function problemsPage(view: View, sheet: Sheet): Html {
  const { words } = view;
  const { problems } = sheet;
  const open = problems.filter(({ state }) => state === "open");
  const decided = problems.filter(({ state }) => state !== "open");
  if (problems.length === 0) return buyPage(view, sheet, "problems", html`<p class="empty">${words.noProblems}</p>`);
  return buyPage(
    view,
    sheet,
    "problems",
    html`<section data-live="open"><h2>${say(words.undecided, { count: open.length })}</h2>
${open.length > 0 ? html`<p class="hint">${words.problemHow}</p>` : ""}
<ul class="people">${open.map((problem) => told(view, sheet, problem, isUnderWay(sheet) ? choice(view, sheet, problem) : ""))}</ul></section>
<section data-live="decided"><h2>${say(words.decided, { count: decided.length })}</h2>
<ul class="people">${decided.map((problem) => told(view, sheet, problem, outcome(view, problem)))}</ul>
${isUnderWay(sheet) ? deed(view, sheet, "claim", html`<button class="quiet">${words.claim}</button>`) : ""}</section>`,
  );
}

function told({ words }: View, sheet: Sheet, problem: ToldProblem, more: Html | ""): Html {
  const { no, name, item, option, quantity: wrong, text, photo } = problem;
  const much = wrong === undefined ? "" : ` ${quantity(wrong, sheet.buy.terms.items[item - 1]?.unit)}`;
  return html`<li><div class="who"><b>${name}</b><span class="no">#${no}</span></div>
<p>${itemName(sheet, item, option)}${much}</p><p>“${text}”</p>${photo === undefined ? "" : html`<p><small>${words.photo}</small></p>`}
${more}</li>`;
}

/** With the words and the amounts of the buttons that the chat has. The reason has lines: Enter in it decides nothing. */
function choice(view: View, sheet: Sheet, problem: ToldProblem): Html {
  const { words, said } = view;
  const buttons = problemButtons(sheet.buy, problem, problem.no, problem.worth, said).flat();
  const body = html`<textarea name="reason" rows="1" aria-label="${problem.name}: ${words.reason}" placeholder="${words.reasonHow}" maxlength="200"></textarea>
<div class="buttons">${buttons.map(
    ({ label, data }) => html`<button name="decision" value="${data.split(":")[2]!}" class="quiet">${label}</button>`,
  )}</div>`;
  return deed(view, sheet, "decide", body, { problem: problem.id });
}

function outcome({ said }: View, { state, reason }: ToldProblem): Html {
  const what = state === "open" ? said.problemOpen : said.logProblem[state];
  return html`<p class="entry">${what}${reason ? `${said.colon}${reason}` : ""}</p>`;
}
