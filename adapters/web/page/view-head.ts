import { byId, el, icon } from "./dom.ts";
import type { Model } from "./model.ts";
import type { PageLanguage } from "./wire.ts";
import type { WordKey } from "./words/en.ts";
import { LANGUAGES, type Say } from "./words.ts";

/** The top of the page: the chat's name, the connection, the languages. */
export function headView(chosen: (language: PageLanguage) => void): (model: Model, say: Say) => void {
  const languages = byId("languages", HTMLFieldSetElement);
  const status = byId("status", HTMLParagraphElement);
  let filled: PageLanguage | undefined;
  for (const [language, { name, short, tag }] of Object.entries(LANGUAGES) as [
    PageLanguage,
    { name: string; short: string; tag: string },
  ][]) {
    languages.append(
      el(
        "label",
        { title: name },
        el("input", {
          type: "radio",
          name: "language",
          value: language,
          "aria-label": name,
          onchange: () => chosen(language),
        }),
        el("span", { lang: tag, "aria-hidden": "true" }, short),
      ),
    );
  }
  byId("guide-open", HTMLButtonElement).append(icon("help"));

  return (model, say) => {
    if (filled !== model.language) fillWords(say, LANGUAGES[model.language].tag);
    filled = model.language;
    for (const input of languages.querySelectorAll("input")) input.checked = input.value === model.language;

    const words: Record<Model["connection"], WordKey> = {
      live: "members",
      connecting: "connecting",
      lost: "reconnecting",
    };
    const line = say(words[model.connection]);
    if (status.textContent !== line) status.textContent = line;
    status.classList.toggle("lost", model.connection === "lost");
  };
}

/** Puts the words into what stands in the markup: `data-word` as text, `data-label` as the label of a control. */
function fillWords(say: Say, tag: string): void {
  document.documentElement.lang = tag;
  document.title = say("title");
  for (const element of document.querySelectorAll<HTMLElement>("[data-word]")) {
    element.textContent = say(element.dataset["word"] as WordKey);
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset["label"] as WordKey));
  }
}
