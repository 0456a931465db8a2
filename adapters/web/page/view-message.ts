import { el, type IconName, icon } from "./dom.ts";
import { type Model, nameOf, type Unsent } from "./model.ts";
import type { MessageMark, ShownMessage } from "./wire.ts";
import { LANGUAGES, type Say } from "./words.ts";

/** What can be done from a message. */
export interface MessageDeeds {
  reply(message: ShownMessage): void;
  edit(message: ShownMessage): void;
  recall(message: ShownMessage): void;
  press(message: ShownMessage, data: string): void;
  goTo(id: string): void;
  retry(unsent: Unsent): void;
  discard(unsent: Unsent): void;
  play(person: string, text: string): void;
}

/** Where a message stands among its neighbours. */
export interface Place {
  /** The first of several by one person. */
  readonly first: boolean;
}

const MARKS: Readonly<Record<MessageMark, IconName>> = {
  booked: "check",
  changed: "pencil",
  waitlisted: "wait",
  unclear: "question",
  late: "clock",
};

/** The classes of a message's list item. */
export function messageClass(message: ShownMessage, { speaker }: Model, { first }: Place): string {
  const own = message.from === speaker;
  return [
    "message",
    own && "own",
    message.from === "bot" && "bot",
    message.to !== undefined && "private",
    message.recalledAt !== undefined && "gone",
    message.waiting && "waiting",
    first && "first",
  ]
    .filter(Boolean)
    .join(" ");
}

/** What the bot says, with what leads to the board of this very site as links. Nothing else is one. */
function withLinks(text: string): (Node | string)[] {
  const start = `${location.origin}/board/`;
  return text
    .split(/(https?:\/\/[\w.:/-]+)/)
    .map((part) => (part.startsWith(start) ? el("a", { href: part, target: "_blank", rel: "noopener" }, part) : part));
}

/** What stands in a message's list item. */
export function messageParts(
  message: ShownMessage,
  model: Model,
  say: Say,
  { first }: Place,
  deeds: MessageDeeds,
): Node[] {
  const name = nameOf(model, message.from);
  if (message.recalledAt !== undefined) return [el("p", { class: "note" }, say("takenBack", { name }))];

  const own = message.from === model.speaker;
  const words = message.from === "bot" ? withLinks(message.text) : [message.text];
  const text = el("p", { class: "text", dir: "auto" }, ...words);
  return [
    avatar(message.from, model, first),
    el(
      "div",
      { class: "body" },
      first &&
        el(
          "p",
          { class: own ? "who unseen" : "who" },
          name,
          message.from === "bot" && el("span", { class: "badge" }, say("bot")),
        ),
      el(
        "div",
        { class: "bubble" },
        message.to !== undefined &&
          el("p", { class: "only" }, icon("lock"), say("onlyYou", { name: nameOf(model, message.to) })),
        quote(message, model, say, deeds),
        message.picture !== undefined && el("img", { class: "code", src: message.picture, alt: say("code") }),
        file(message),
        el("div", { class: "words" }, text, meta(message, model, say)),
      ),
      buttons(message, model, deeds),
      tools(message, own, say, deeds),
    ),
  ];
}

/** A message of the speaker that the server has not confirmed. */
export function unsentParts(unsent: Unsent, model: Model, say: Say, deeds: MessageDeeds): Node[] {
  const state = unsent.fault
    ? el("span", { class: "meta failed" }, icon("alert"), say("notSent"))
    : el("span", { class: "meta" }, timeOf(unsent.at, model), labelled("clock", say("sending")));
  return [
    avatar(unsent.say.person, model, false),
    el(
      "div",
      { class: "body" },
      el(
        "div",
        { class: "bubble" },
        el("div", { class: "words" }, el("p", { class: "text", dir: "auto" }, unsent.say.text), state),
      ),
      unsent.fault &&
        el(
          "div",
          { class: "failure" },
          el("p", {}, say(`fault.${unsent.fault}`)),
          el("button", { type: "button", class: "plain", onclick: () => deeds.retry(unsent) }, say("retry")),
          el("button", { type: "button", class: "plain", onclick: () => deeds.discard(unsent) }, say("discard")),
        ),
    ),
  ];
}

/** The round beginning of a name. */
export function avatar(id: string, { people }: Pick<Model, "people">, shown = true): HTMLElement {
  if (!shown) return el("span", { class: "avatar none", "aria-hidden": "true" });
  if (id === "bot") return el("span", { class: "avatar bot", "aria-hidden": "true" }, "+1");
  const index = people.findIndex((person) => person.id === id);
  const initial = [...(people[index]?.name ?? "?")][0] ?? "?";
  return el("span", { class: `avatar hue-${Math.max(0, index) % 6}`, "aria-hidden": "true" }, initial);
}

function file({ file, id }: ShownMessage): Node | false {
  if (!file) return false;
  const href = `/files/${file.key}`;
  const link = { class: "file", href, download: file.name, "data-focus": `${id} file` };
  return el("a", link, file.isPicture ? el("img", { src: href, alt: file.name }) : icon("down"), file.name);
}

function quote(message: ShownMessage, model: Model, say: Say, deeds: MessageDeeds): Node | false {
  const id = message.replyTo;
  const quoted = id === undefined ? undefined : model.messages.get(id);
  if (id === undefined || !quoted || (quoted.to !== undefined && quoted.to !== model.speaker)) return false;

  const text = quoted.recalledAt === undefined ? quoted.text : say("takenBackQuote");
  return el(
    "button",
    { type: "button", class: "quote", "data-focus": `${message.id} quote`, onclick: () => deeds.goTo(id) },
    el("b", {}, nameOf(model, quoted.from)),
    el("span", { dir: "auto" }, text),
  );
}

function meta(message: ShownMessage, model: Model, say: Say): Node {
  const byBot = message.from === "bot";
  return el(
    "span",
    { class: "meta" },
    message.mark && el("span", { class: `mark ${message.mark}` }, icon(MARKS[message.mark]), say(message.mark)),
    message.editedAt !== undefined && !byBot && say("edited"),
    timeOf(message.at, model),
    message.waiting && labelled("clock", say("notStored")),
    message.from === model.speaker && !message.waiting && !message.mark && labelled("check", say("stored")),
  );
}

function labelled(name: IconName, label: string): Node {
  return el("span", { class: `state ${name}`, title: label, role: "img", "aria-label": label }, icon(name));
}

function timeOf(at: string, model: Model): Node {
  const time = new Date(at).toLocaleTimeString(LANGUAGES[model.language].tag, {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  return el("time", { datetime: at }, time);
}

function buttons(message: ShownMessage, model: Model, deeds: MessageDeeds): Node | false {
  if (!message.buttons) return false;
  const rows = message.buttons.map((row) =>
    el(
      "div",
      { class: "row" },
      ...row.map(({ label, data }) => {
        const waits = model.pressing.has(`${message.id} ${data}`);
        return el(
          "button",
          {
            type: "button",
            class: waits ? "press waits" : "press",
            "data-focus": `${message.id} press ${data}`,
            "aria-busy": waits ? "true" : undefined,
            onclick: () => deeds.press(message, data),
          },
          label,
        );
      }),
    ),
  );
  return el("div", { class: "presses" }, ...rows);
}

function tools(message: ShownMessage, own: boolean, say: Say, deeds: MessageDeeds): Node {
  const tool = (key: "reply" | "edit" | "recall"): Node =>
    el(
      "button",
      {
        type: "button",
        title: say(key),
        "aria-label": say(key),
        "data-focus": `${message.id} ${key}`,
        onclick: () => deeds[key](message),
      },
      icon(key),
    );
  return el(
    "div",
    { class: "tools", role: "group", "aria-label": say("actions") },
    tool("reply"),
    own && tool("edit"),
    own && tool("recall"),
  );
}
