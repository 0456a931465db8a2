import { byId, el, icon } from "./dom.ts";
import { type Model, visibleMessages } from "./model.ts";
import { opensFor } from "./tries.ts";
import { avatar, type MessageDeeds, messageClass, messageParts, type Place, unsentParts } from "./view-message.ts";
import type { ShownMessage } from "./wire.ts";
import { LANGUAGES, type Say } from "./words.ts";

/** A list item and what it was made of: made anew only when that changes. */
interface Row {
  readonly item: HTMLLIElement;
  made: string;
}

/** Messages of one person within this time share one name. */
const TOGETHER_MS = 5 * 60_000;

/** As near to the end, the log follows what is new. */
const NEAR_END_PX = 80;

/** The messages, oldest first. Follows the newest unless the reader has scrolled away. */
export function logView(deeds: Omit<MessageDeeds, "goTo">): {
  render(model: Model, say: Say): void;
  goTo(id: string): void;
} {
  const scroll = byId("scroll", HTMLDivElement);
  const log = byId("log", HTMLOListElement);
  const newer = byId("newer", HTMLButtonElement);
  const rows = new Map<string, Row>();
  let atEnd = true;
  let speaker = "";
  let last = "";

  const toEnd = (): void => {
    scroll.scrollTop = scroll.scrollHeight;
    newer.hidden = true;
  };
  scroll.addEventListener("scroll", () => {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PX;
    if (atEnd) newer.hidden = true;
  });
  newer.addEventListener("click", toEnd);
  new ResizeObserver(() => atEnd && toEnd()).observe(scroll);
  log.addEventListener("click", (event) => pick(log, event.target));
  log.addEventListener("keydown", (event) => walk(log, event));

  const goTo = (id: string): void => {
    const row = rows.get(id);
    if (!row) return;
    row.item.scrollIntoView({ block: "center", behavior: "smooth" });
    row.item.classList.remove("shown");
    requestAnimationFrame(() => row.item.classList.add("shown"));
  };
  const all: MessageDeeds = { ...deeds, goTo };

  function render(model: Model, say: Say): void {
    const messages = visibleMessages(model);
    const focus = document.activeElement?.getAttribute("data-focus");
    const items: HTMLLIElement[] = [];
    const row = (key: string, made: string, make: (item: HTMLLIElement) => void): void => {
      const known = rows.get(key) ?? { item: el("li", { tabindex: "-1", "data-key": key }), made: "" };
      if (known.made !== made) make(known.item);
      known.made = made;
      rows.set(key, known);
      items.push(known.item);
    };

    let before: ShownMessage | undefined;
    for (const message of messages) {
      if (before === undefined || dayOf(before.at) !== dayOf(message.at)) dayRow(row, message.at, model, say);
      const place: Place = { first: isFirst(before, message) };
      const quoted = message.replyTo === undefined ? undefined : model.messages.get(message.replyTo);
      const waits = [...model.pressing].filter((press) => press.startsWith(`${message.id} `));
      const made = JSON.stringify([message, place, quoted, waits, model.speaker, model.language, model.people]);
      row(message.id, made, (item) => {
        item.className = messageClass(message, model, place);
        item.replaceChildren(...messageParts(message, model, say, place, all));
      });
      before = message;
    }
    for (const unsent of model.unsent.filter(({ say: { person } }) => person === model.speaker)) {
      row(unsent.say.key, JSON.stringify([unsent, model.language]), (item) => {
        item.className = unsent.fault ? "message own failed" : "message own waiting";
        item.replaceChildren(...unsentParts(unsent, model, say, all));
      });
    }

    if (model.loaded && !messages.some(({ from }) => from !== "bot") && model.unsent.length === 0) {
      row("empty", model.language, (item) => {
        item.className = "empty";
        item.replaceChildren(...emptyParts(model, say, all));
      });
    }

    arrange(log, items);
    forget(rows, items);
    rove(log);
    if (focus) log.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });

    const newest = items.at(-1)?.dataset["key"] ?? "";
    const own = messages.at(-1)?.from === model.speaker || model.unsent.length > 0;
    if (atEnd || speaker !== model.speaker || (own && newest !== last)) toEnd();
    else if (newest !== last) newer.hidden = false;
    newer.replaceChildren(icon("down"), say("newMessages"));
    last = newest;
    speaker = model.speaker;
  }
  return { render, goTo };
}

/** What stands in a chat in which nobody has spoken: the first thing to do, one tap away. */
function emptyParts(model: Model, say: Say, deeds: MessageDeeds): Node[] {
  const leader = model.people.find((person) => person.leader);
  const text = opensFor(model.language)[0];
  if (!leader || text === undefined) return [el("p", {}, say("empty"))];
  return [
    el("p", { class: "title" }, say("empty")),
    el("p", { class: "soft" }, say("emptyHint", { name: leader.name })),
    el(
      "button",
      { type: "button", class: "play", onclick: () => deeds.play(leader.id, text) },
      avatar(leader.id, model),
      el("span", {}, text),
    ),
  ];
}

function dayRow(
  row: (key: string, made: string, make: (item: HTMLLIElement) => void) => void,
  at: string,
  model: Model,
  say: Say,
): void {
  const { tag } = LANGUAGES[model.language];
  const day = dayOf(at);
  const name =
    day === dayOf(new Date().toISOString())
      ? say("today")
      : new Date(at).toLocaleDateString(tag, { weekday: "long", month: "long", day: "numeric" });
  row(`day ${day}`, name, (item) => {
    item.className = "day";
    item.replaceChildren(el("span", {}, name));
  });
}

const dayOf = (at: string): string => new Date(at).toDateString();

function isFirst(before: ShownMessage | undefined, message: ShownMessage): boolean {
  if (before?.from !== message.from || before.to !== message.to || before.recalledAt !== undefined) return true;
  return Date.parse(message.at) - Date.parse(before.at) > TOGETHER_MS || dayOf(before.at) !== dayOf(message.at);
}

/** Puts the items in order and leaves those alone that are in place. */
function arrange(log: HTMLOListElement, items: readonly HTMLLIElement[]): void {
  let next = log.firstElementChild;
  for (const item of items) {
    if (item === next) next = next.nextElementSibling;
    else log.insertBefore(item, next);
  }
  while (next) {
    const after = next.nextElementSibling;
    next.remove();
    next = after;
  }
}

function forget(rows: Map<string, Row>, items: readonly HTMLLIElement[]): void {
  const kept = new Set(items);
  for (const [key, { item }] of rows) if (!kept.has(item)) rows.delete(key);
}

/** One message is in the order of the Tab key, with its tools; the arrow keys walk to the others. */
function rove(log: HTMLOListElement): void {
  const current = log.querySelector(".message:focus-within") ?? log.querySelector(".message:last-of-type");
  for (const item of log.querySelectorAll<HTMLElement>(".message")) {
    const index = item === current ? 0 : -1;
    if (item.tabIndex !== index) item.tabIndex = index;
    for (const tool of item.querySelectorAll<HTMLElement>(".tools button")) tool.tabIndex = index;
  }
}

function walk(log: HTMLOListElement, event: KeyboardEvent): void {
  const item = event.target instanceof Element ? event.target.closest<HTMLElement>(".message") : null;
  if (!item || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const all = [...log.querySelectorAll<HTMLElement>(".message")];
  const next = all[all.indexOf(item) + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  rove(log);
}

/** A tap on a message shows its tools where there is no pointer to rest on it. */
function pick(log: HTMLOListElement, target: EventTarget | null): void {
  const bubble = target instanceof Element ? target.closest(".bubble") : null;
  const item = bubble?.closest(".message");
  for (const other of log.querySelectorAll(".picked")) if (other !== item) other.classList.remove("picked");
  if (item?.classList.toggle("picked")) item.scrollIntoView({ block: "nearest" });
}
