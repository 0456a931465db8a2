import { byId, el, icon } from "./dom.ts";
import type { Model } from "./model.ts";
import type { ShownMessage } from "./wire.ts";
import type { Say } from "./words.ts";

/** The live post, kept in view while the chat goes on: beside it where there is room, else above, folded up. */
export function pinView(deeds: {
  goTo(id: string): void;
  press(message: ShownMessage, data: string): void;
}): (model: Model, say: Say) => void {
  const pin = byId("pin", HTMLElement);
  let open = false;
  let made = "";

  return function render(model, say): void {
    const message = model.pinned === undefined ? undefined : model.messages.get(model.pinned);
    const now = JSON.stringify([message, open, model.language, model.loaded, [...model.pressing]]);
    if (now === made) return;
    made = now;
    const focus = pin.contains(document.activeElement) ? document.activeElement?.getAttribute("data-focus") : null;

    pin.classList.toggle("none", !message);
    pin.classList.toggle("open", open);
    const fold = () => {
      open = !open;
      render(model, say);
    };
    pin.replaceChildren(...(message ? postParts(message, model, say, open, { ...deeds, fold }) : noPost(say)));
    if (focus) pin.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  };
}

function noPost(say: Say): Node[] {
  return [el("h2", { id: "pin-title" }, icon("pin"), say("pinned")), el("p", { class: "soft" }, say("pinnedNone"))];
}

function postParts(
  message: ShownMessage,
  model: Model,
  say: Say,
  open: boolean,
  deeds: { goTo(id: string): void; press(message: ShownMessage, data: string): void; fold(): void },
): Node[] {
  const presses = (message.buttons ?? []).flat().map(({ label, data }) =>
    el(
      "button",
      {
        type: "button",
        class: model.pressing.has(`${message.id} ${data}`) ? "press waits" : "press",
        "data-focus": `press ${data}`,
        onclick: () => deeds.press(message, data),
      },
      label,
    ),
  );
  return [
    el(
      "div",
      { class: "pin-head" },
      el("h2", { id: "pin-title" }, icon("pin"), say("pinned")),
      el(
        "button",
        { type: "button", class: "plain", "data-focus": "go", onclick: () => deeds.goTo(message.id) },
        say("goToMessage"),
      ),
    ),
    el("p", { class: "brief", dir: "auto", "aria-hidden": "true" }, message.text.split(/\n+/).join(" · ")),
    el("p", { class: "post", dir: "auto" }, message.text),
    presses.length > 0 && el("div", { class: "presses" }, el("div", { class: "row" }, ...presses)),
    el(
      "button",
      {
        type: "button",
        class: "fold",
        "data-focus": "fold",
        "aria-expanded": String(open),
        "aria-label": say(open ? "showLess" : "showWhole"),
        onclick: deeds.fold,
      },
      icon("down"),
    ),
  ].filter((part) => part !== false);
}
