import { byId, el, icon } from "./dom.ts";
import type { Model } from "./model.ts";
import { opensFor, triesFor } from "./tries.ts";
import { avatar } from "./view-message.ts";
import type { WordKey } from "./words/en.ts";
import type { Say } from "./words.ts";

/** A step of the guide: what happens, what can be played with one tap, and whether it has been. */
interface Step {
  readonly word: WordKey;
  readonly plays: readonly { readonly person: string; readonly text: string }[];
  readonly done: boolean;
}

/** How to play, step by step. Beside the chat where there is room, else behind the question mark and on the first visit. */
export function guideView(play: (person: string, text: string) => void): (model: Model, say: Say) => void {
  const guide = byId("guide", HTMLElement);
  const opener = byId("guide-open", HTMLButtonElement);
  let open: boolean | undefined; // until somebody decides: open while the chat is empty
  let made = "";

  return function render(model, say): void {
    const spoken = [...model.messages.values()].some(({ from }) => from !== "bot") || model.unsent.length > 0;
    const shown = open ?? (model.loaded && !spoken);
    const toggle = (to: boolean) => {
      open = to;
      render(model, say);
      if (to) guide.querySelector("button")?.focus();
      else opener.focus();
    };
    opener.onclick = () => toggle(!shown);
    guide.onkeydown = (event) => event.key === "Escape" && toggle(false);
    guide.classList.toggle("open", shown);
    opener.setAttribute("aria-expanded", String(shown));

    const steps = stepsOf(model);
    const now = JSON.stringify([steps, model.language, model.people]);
    if (now === made) return;
    made = now;
    const chosen = (person: string, text: string) => {
      open = false;
      play(person, text);
    };
    guide.replaceChildren(
      el(
        "button",
        { type: "button", class: "round close", "aria-label": say("hideGuide"), onclick: () => toggle(false) },
        icon("close"),
      ),
      el("h2", { id: "guide-title" }, say("guideTitle")),
      el("p", {}, say("guideIntro")),
      el("ol", { class: "steps" }, ...steps.map((step) => stepItem(step, model, say, chosen))),
      el("p", { class: "soft" }, say("guidePrivate")),
    );
  };
}

function stepsOf(model: Model): Step[] {
  const all = [...model.messages.values()];
  const leader = model.people.find((person) => person.leader);
  const residents = model.people.filter((person) => !person.leader);
  const post = model.pinned === undefined ? undefined : model.messages.get(model.pinned);
  const orders = triesFor(false, model.language, post?.text);
  const says = (id: string | undefined, text: string | undefined) =>
    id === undefined || text === undefined ? [] : [{ person: id, text }];

  return [
    {
      word: "guideOpen",
      plays: opensFor(model.language).flatMap((text) => says(leader?.id, text)),
      done: all.some(({ from, text }) => from === leader?.id && /^\/open|^\/?[开開][团團]/u.test(text)),
    },
    { word: "guideConfirm", plays: [], done: model.pinned !== undefined },
    {
      word: "guideOrder",
      plays: residents.flatMap(({ id }, index) => says(id, orders[index])),
      done: residents.every(({ id }) => all.some(({ from, mark }) => from === id && mark !== undefined)),
    },
    {
      word: "guideChange",
      plays: [],
      done: all.some((message) => message.from !== "bot" && (message.editedAt ?? message.recalledAt)),
    },
    // A post that takes no more orders has no more buttons.
    { word: "guideClose", plays: [], done: post !== undefined && post.buttons === undefined },
  ];
}

function stepItem(
  { word, plays, done }: Step,
  model: Model,
  say: Say,
  play: (person: string, text: string) => void,
): Node {
  const nameOf = (id: string) => model.people.find((person) => person.id === id)?.name ?? id;
  return el(
    "li",
    { class: done ? "done" : undefined },
    el("p", {}, say(word), done && el("span", { class: "unseen" }, ` (${say("done")})`)),
    plays.length > 0 &&
      !done &&
      el(
        "div",
        { class: "plays" },
        ...plays.map(({ person, text }) =>
          el(
            "button",
            {
              type: "button",
              class: "play",
              "aria-label": say("tryAs", { name: nameOf(person), text }),
              onclick: () => play(person, text),
            },
            avatar(person, model),
            el("span", { dir: "auto" }, text),
          ),
        ),
      ),
  );
}
