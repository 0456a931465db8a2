import { byId, el, icon } from "./dom.ts";
import { type FaultCode, hasUnseen, lastOwn, type Model, nameOf, type Writing } from "./model.ts";
import { triesFor } from "./tries.ts";
import { avatar } from "./view-message.ts";
import type { Say } from "./words.ts";

/** What the speaker can do from below the chat. */
export interface DockDeeds {
  speakAs(person: string): void;
  /** Sends or saves what is written; false when it could not be, and the words stay. */
  write(text: string): Promise<boolean>;
  /** Says this at once. */
  tell(text: string): void;
  writeAs(writing: Writing): void;
}

/** The field in which people write. */
export interface Dock {
  render(model: Model, say: Say): void;
  /** Begins to write, with these words if given. */
  focus(text?: string): void;
  fault(code: FaultCode | undefined): void;
}

/** Who speaks, what they may want to say, and the field to write in. */
export function dockView(deeds: DockDeeds): Dock {
  const form = byId("dock", HTMLFormElement);
  const field = byId("text", HTMLTextAreaElement);
  const fault = byId("fault", HTMLParagraphElement);
  const send = byId("send", HTMLButtonElement);
  const speakers = speakersView(deeds);
  const tries = triesView(deeds);
  const context = contextView(() => cancel());
  let now: { model: Model; say: Say } | undefined;
  let failed: FaultCode | undefined;

  const grow = (): void => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  const cancel = (): void => {
    if (now?.model.writing.as === "edit") field.value = "";
    deeds.writeAs({ as: "new" });
    grow();
    field.focus();
  };
  const refresh = (): void => {
    if (!now) return;
    const { model, say } = now;
    const length = field.value.trim() === "" ? 0 : field.value.length;
    const long = length > model.maxText;
    send.disabled = length === 0 || long;
    const line = long ? say("tooLong", { count: length, limit: model.maxText }) : failed ? say(`fault.${failed}`) : "";
    if (fault.textContent !== line) fault.textContent = line;
  };

  field.addEventListener("input", () => {
    failed = undefined;
    grow();
    refresh();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && now?.model.writing.as !== "new") cancel();
    if (event.key === "ArrowUp" && field.value === "" && now) {
      const own = lastOwn(now.model);
      if (!own) return;
      event.preventDefault();
      deeds.writeAs({ as: "edit", message: own.id });
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229) return; // an input method takes it for itself; 229 is Safari's way to say so
    if (matchMedia("(hover: none)").matches) return; // on a phone it begins a line, and a button sends
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.disabled) return;
    const text = field.value;
    field.value = "";
    grow();
    if (!(await deeds.write(text)) && field.value === "") field.value = text;
    grow();
    refresh();
  });

  return {
    render(model, say) {
      now = { model, say };
      speakers(model, say);
      tries(model);
      context(model, say);
      const writing = model.writing.as === "edit" ? "save" : "send";
      send.setAttribute("aria-label", say(writing));
      send.title = say(writing);
      if (send.dataset["icon"] !== writing) send.replaceChildren(icon(writing === "save" ? "check" : "send"));
      send.dataset["icon"] = writing;
      field.placeholder = say("writeAs", { name: nameOf(model, model.speaker) });
      refresh();
    },
    focus(text) {
      if (text !== undefined) field.value = text;
      grow();
      refresh();
      field.focus();
    },
    fault(code) {
      failed = code;
      refresh();
    },
  };
}

function speakersView({ speakAs }: DockDeeds): (model: Model, say: Say) => void {
  const speakers = byId("speakers", HTMLFieldSetElement);
  let made = "";
  return (model, say) => {
    const now = JSON.stringify([model.people, model.language]);
    if (made !== now) {
      for (const old of speakers.querySelectorAll("label")) old.remove();
      speakers.append(...model.people.map((person) => speakerLabel(person, model, say, speakAs)));
    }
    made = now;
    for (const input of speakers.querySelectorAll("input")) {
      input.checked = input.value === model.speaker;
      const unseen = hasUnseen(model, input.value);
      const name = nameOf(model, input.value);
      input.parentElement?.classList.toggle("waits", unseen);
      input.setAttribute("aria-label", unseen ? `${name}, ${say("privateWaiting")}` : name);
    }
  };
}

function speakerLabel(person: Model["people"][number], model: Model, say: Say, speakAs: (id: string) => void): Node {
  return el(
    "label",
    { class: "speaker" },
    el("input", { type: "radio", name: "speaker", value: person.id, onchange: () => speakAs(person.id) }),
    avatar(person.id, model),
    el(
      "span",
      { class: "name", "aria-hidden": "true" },
      person.name,
      el("small", {}, say(person.leader ? "leader" : "resident")),
    ),
  );
}

function triesView({ tell }: DockDeeds): (model: Model) => void {
  const tries = byId("tries", HTMLFieldSetElement);
  let made = "";
  return (model) => {
    const leader = model.people.find(({ id }) => id === model.speaker)?.leader ?? false;
    const post = model.pinned === undefined ? undefined : model.messages.get(model.pinned)?.text;
    const texts = model.loaded ? triesFor(leader, model.language, post) : [];
    if (made === texts.join("\n")) return;
    made = texts.join("\n");
    tries.replaceChildren(
      ...texts.map((text) => el("button", { type: "button", class: "try", onclick: () => tell(text) }, text)),
    );
    tries.scrollLeft = 0;
  };
}

function contextView(cancel: () => void): (model: Model, say: Say) => void {
  const context = byId("context", HTMLDivElement);
  return (model, say) => {
    const { writing } = model;
    context.hidden = writing.as === "new";
    if (writing.as === "new") return;

    const message = model.messages.get(writing.as === "edit" ? writing.message : writing.to);
    const title =
      writing.as === "edit" ? say("editing") : say("replyingTo", { name: nameOf(model, message?.from ?? "") });
    context.replaceChildren(
      icon(writing.as === "edit" ? "edit" : "reply"),
      el("p", {}, el("b", {}, title), el("span", { dir: "auto" }, message?.text ?? "")),
      el("button", { type: "button", class: "round", "aria-label": say("cancel"), onclick: cancel }, icon("close")),
    );
  };
}
