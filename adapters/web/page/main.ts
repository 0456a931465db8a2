import { byId } from "./dom.ts";
import { ask, listen } from "./link.ts";
import { applyEvent, emptyModel, type FaultCode, type Model, nameOf, speakAs, type Unsent } from "./model.ts";
import { dockView } from "./view-dock.ts";
import { guideView } from "./view-guide.ts";
import { headView } from "./view-head.ts";
import { logView } from "./view-log.ts";
import { pinView } from "./view-pin.ts";
import type { AnsweredEvent, PageLanguage, ServerEvent, ShownMessage } from "./wire.ts";
import { LANGUAGES, pickLanguage, sayIn } from "./words.ts";

/** How long a pressed button waits for its answer, and how long a word about it stays. */
const PRESS_MS = 10_000;
const TOAST_MS = 5_000;

const model: Model = emptyModel(rememberedLanguage() ?? pickLanguage(navigator.languages));

const renderHead = headView((language) => {
  model.language = language;
  render();
  remember(language);
});
const log = logView({ reply, edit, recall, press, retry: send, discard, play });
const renderPin = pinView({ goTo: log.goTo, press });
const renderGuide = guideView(play);
const dock = dockView({
  speakAs(person) {
    speakAs(model, person);
    render();
  },
  write,
  tell,
  writeAs(writing) {
    model.writing = writing;
    render();
    if (writing.as === "edit") dock.focus(model.messages.get(writing.message)?.text);
  },
});

function render(): void {
  const say = sayIn(model.language);
  renderHead(model, say);
  renderPin(model, say);
  renderGuide(model, say);
  dock.render(model, say);
  log.render(model, say);
}

function heard(event: ServerEvent): void {
  applyEvent(model, event);
  if (event.type === "answered") answered(event);
  else render();
}

// ---- what the visitor does ---------------------------------------------------------------------------------------

/** Sends or saves what was written. Words that could not be saved go back into the field. */
async function write(text: string): Promise<boolean> {
  const { writing } = model;
  if (writing.as !== "edit") {
    model.writing = { as: "new" };
    tell(text, writing.as === "reply" ? writing.to : undefined);
    return true;
  }

  const answer = await ask("edit", { person: model.speaker, message: writing.message, text, language: model.language });
  if ("fault" in answer) {
    dock.fault(answer.fault);
    return false;
  }
  model.writing = { as: "new" };
  render();
  return true;
}

/** Says this at once as that person. */
function play(person: string, text: string): void {
  speakAs(model, person);
  tell(text);
}

function tell(text: string, replyTo?: string): void {
  const { speaker: person, language } = model;
  const say = { key: newKey(), person, text, language, ...(replyTo !== undefined && { replyTo }) };
  void send({ say, at: new Date().toISOString() });
}

/** Sends it for the first time or again; the key sees to it that it is said once. */
async function send({ say, at }: Unsent): Promise<void> {
  replaceUnsent(say.key, { say, at });
  const answer = await ask("say", say);
  if ("fault" in answer && model.unsent.some((unsent) => unsent.say.key === say.key)) {
    replaceUnsent(say.key, { say, at, fault: answer.fault });
  }
}

function discard({ say }: Unsent): void {
  model.unsent = model.unsent.filter((unsent) => unsent.say.key !== say.key);
  render();
}

function replaceUnsent(key: string, unsent: Unsent): void {
  const known = model.unsent.some(({ say }) => say.key === key);
  model.unsent = known ? model.unsent.map((old) => (old.say.key === key ? unsent : old)) : [...model.unsent, unsent];
  render();
}

function reply(message: ShownMessage): void {
  model.writing = { as: "reply", to: message.id };
  render();
  dock.focus();
}

function edit(message: ShownMessage): void {
  model.writing = { as: "edit", message: message.id };
  render();
  dock.focus(message.text);
}

async function recall(message: ShownMessage): Promise<void> {
  report(await ask("recall", { person: model.speaker, message: message.id }));
}

async function press(message: ShownMessage, data: string): Promise<void> {
  const button = `${message.id} ${data}`;
  if (model.pressing.has(button)) return;
  model.pressing = new Set([...model.pressing, button]);
  render();
  setTimeout(() => release(button), PRESS_MS);
  const { speaker: person, language } = model;
  const answer = await ask("press", { person, message: message.id, data, language });
  report(answer);
  if ("fault" in answer) release(button);
}

function release(button: string): void {
  if (!model.pressing.has(button)) return;
  model.pressing = new Set([...model.pressing].filter((other) => other !== button));
  render();
}

// ---- words at the edge -------------------------------------------------------------------------------------------

function answered({ text, person, message, data }: AnsweredEvent): void {
  const button = `${message} ${data}`;
  if (!model.pressing.has(button)) return; // pressed in another window
  release(button);
  if (text) toast(person === model.speaker ? text : `${nameOf(model, person)}: ${text}`);
}

function report(answer: { readonly id: string } | { readonly fault: FaultCode }): void {
  if ("fault" in answer) toast(sayIn(model.language)(`fault.${answer.fault}`));
}

let toastEnds: ReturnType<typeof setTimeout> | undefined;

function toast(text: string): void {
  const element = byId("toast", HTMLDivElement);
  element.textContent = text;
  element.classList.add("open");
  clearTimeout(toastEnds);
  toastEnds = setTimeout(() => element.classList.remove("open"), TOAST_MS);
}

// ---- beginning ---------------------------------------------------------------------------------------------------

function rememberedLanguage(): PageLanguage | undefined {
  try {
    const language = localStorage.getItem("language");
    return language !== null && language in LANGUAGES ? (language as PageLanguage) : undefined;
  } catch (fault) {
    console.info("the browser keeps nothing for this page", fault); // as its settings may say
    return undefined;
  }
}

function remember(language: PageLanguage): void {
  try {
    localStorage.setItem("language", language);
  } catch (fault) {
    console.info("the browser keeps nothing for this page", fault);
  }
}

/** `crypto.randomUUID` is there for 127.0.0.1 and localhost: both count as secure. */
function newKey(): string {
  return crypto.randomUUID();
}

render();
document.documentElement.classList.remove("loading");
listen(heard, (connection) => {
  model.connection = connection;
  render();
});
