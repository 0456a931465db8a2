import { setTimeout as pause } from "node:timers/promises";
import type { Clock, Deliver, Incoming } from "../../bot/ports.ts";
import type { ConsoleChat } from "./chat.ts";
import { type Command, formOf, helpLines } from "./command.ts";
import type { Person } from "./people.ts";
import { type Message, messageLines, noteLine } from "./print.ts";
import { type Said, toEdit, toPress, toRecall, toText } from "./receive.ts";

/** What a command acts on. */
export interface Turn {
  readonly chat: ConsoleChat;
  readonly deliver: Deliver;
  /** Waiting presses → name of who pressed. */
  readonly presses: Map<string, string>;
  readonly print: (lines: readonly string[]) => void;
  readonly clock: Pick<Clock, "now">;
  readonly patienceMs: number;
  readonly stopping: AbortSignal;
}

/** Does what a line asks for. Resolves when the bot has stored it, or the person knows that it has not. */
export async function obey(command: Command, by: Person, turn: Turn): Promise<void> {
  const { chat, print } = turn;
  switch (command.do) {
    case "nothing":
    case "quit":
      return;
    case "help":
      return print(helpLines(chat.people));
    case "ask":
      return print([noteLine(`Write it like this: ${formOf(command.about) ?? ":help"}`)]);
    case "be":
      chat.speaker = chat.welcome(command.name);
      return print([noteLine(`You speak as ${chat.speaker.name} now.`)]);
    case "wait":
      return pauseOrStop(command.seconds * 1000, turn.stopping);
    case "show":
      return show(command.message, turn);
    case "say":
      return say(command, by, turn);
    case "edit":
      return edit(command, turn);
    case "recall":
      return recall(command.message, turn);
    case "press":
      return press(command, by, turn);
    default:
      throw new Error(`a command of no known kind: ${JSON.stringify(command satisfies never)}`);
  }
}

async function say({ text, replyTo }: Command & { do: "say" }, by: Person, turn: Turn): Promise<void> {
  const { chat, print, clock } = turn;
  const answered = replyTo === undefined ? undefined : chat.byNumber(replyTo);
  if (replyTo !== undefined && !answered) return print([noSuch(replyTo)]);

  const number = answered && { replyTo: answered.number };
  const message = chat.keep({ ...chat.number(), from: by.name, text, buttons: [], ...number });
  const said: Said = { message, by, at: clock.now(), ...(answered && { replyTo: answered }) };
  chat.said.set(message.id, said);
  print(messageLines(message));
  if (!(await stored(toText(said), turn))) chat.forget(message.id);
}

async function edit({ message: number, text }: Command & { do: "edit" }, turn: Turn): Promise<void> {
  const { chat, print, clock } = turn;
  const said = saidAt(number, turn);
  if (!said) return;

  const changed: Said = { ...said, message: { ...said.message, text } };
  print([`[${number}] ${said.by.name} makes it: ${text}`]);
  if (!(await stored(toEdit(changed, clock.now()), turn))) return;
  chat.keep(changed.message);
  chat.said.set(changed.message.id, changed);
}

async function recall(number: number, turn: Turn): Promise<void> {
  const said = saidAt(number, turn);
  if (!said) return;

  turn.print([`[${number}] ${said.by.name} took it back`]);
  if (await stored(toRecall(said, turn.clock.now()), turn)) turn.chat.forget(said.message.id);
}

async function press({ button, message: number }: Command & { do: "press" }, by: Person, turn: Turn): Promise<void> {
  const { chat, presses, print, clock, patienceMs, stopping } = turn;
  const patience = AbortSignal.any([stopping, AbortSignal.timeout(patienceMs)]);
  const found = await chat.eventually(() => findButton(chat, button, by, number), patience);
  if (!found) return print([noteLine(`There is no button ${button} for ${by.name} to press.`)]);

  const id = chat.press();
  presses.set(id, by.name);
  print([noteLine(`${by.name} presses ${found.label} [${found.message.number}]`)]);
  if (!(await stored(toPress(id, by, found.message, found.data, clock.now()), turn))) presses.delete(id);
}

/** The newest button that this person sees and that is called so, by its label or its number in its message. */
function findButton(chat: ConsoleChat, called: string, by: Person, number: number | undefined) {
  const messages = chat.all().filter((message) => number === undefined || message.number === number);
  for (const message of messages.reverse()) {
    if (message.to !== undefined && message.to !== by.name) continue;
    const button =
      message.buttons.find(({ label }) => label.toLowerCase() === called.toLowerCase()) ??
      message.buttons[Number(called) - 1];
    if (button) return { message, ...button };
  }
  return undefined;
}

function show(number: number | undefined, { chat, print }: Turn): void {
  const byPlusone = chat.all().filter(({ id }) => !chat.said.has(id));
  const messages = number === undefined ? byPlusone : chat.all().filter((message) => message.number === number);
  print(messages.length === 0 && number !== undefined ? [noSuch(number)] : messages.flatMap(messageLines));
}

/** What somebody said under this number; says so where there is nothing. */
function saidAt(number: number, { chat, print }: Turn): Said | undefined {
  const message: Message | undefined = chat.byNumber(number);
  const said = message && chat.said.get(message.id);
  if (!said) print([message ? noteLine(`[${number}] is not a message of somebody here.`) : noSuch(number)]);
  return said;
}

const noSuch = (number: number): string => noteLine(`There is no message ${number}.`);

/** Hands it to the bot. Where the bot cannot store it, whoever wrote it is told to write it again. */
async function stored(event: Incoming, { deliver, print }: Turn): Promise<boolean> {
  try {
    await deliver([event]);
    return true;
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : "fault";
    print([noteLine(`This could not be stored (${name}). Write it again.`)]);
    return false;
  }
}

async function pauseOrStop(ms: number, stopping: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal: stopping });
  } catch (fault) {
    if (!stopping.aborted) throw fault;
  }
}
