import { isOneSlip } from "../core/text/slip.ts";
import { commandOf } from "./command-of.ts";
import { COMMANDS, type CommandId } from "./commands.ts";
import type { TextIn } from "./ports.ts";

/** A command, and what stands behind it, that somebody may have meant. */
export interface Near {
  readonly id: CommandId;
  readonly rest?: string;
}

/** What people write for something that a command does, where that is not its name. */
const ALSO: Readonly<Record<string, readonly Near[]>> = {
  remind: [
    { id: "pay", rest: "remind" },
    { id: "pickup", rest: "remind" },
  ],
  提醒: [
    { id: "pay", rest: "提醒" },
    { id: "pickup", rest: "提醒" },
  ],
  new: [{ id: "open" }],
  end: [{ id: "close" }],
  stop: [{ id: "close" }, { id: "cancel" }],
  total: [{ id: "tally" }],
  orders: [{ id: "list" }, { id: "my" }],
  mine: [{ id: "my" }],
  price: [{ id: "item" }],
  collected: [{ id: "picked" }],
  problem: [{ id: "issue" }],
  complain: [{ id: "issue" }],
  supplier: [{ id: "po" }],
  language: [{ id: "settings", rest: "language" }],
  语言: [{ id: "settings", rest: "语言" }],
  語言: [{ id: "settings", rest: "語言" }],
};

/** Shorter names are like too much that is meant for other bots ("/play" is none of ours). */
const LEAST = 4;

/** Most of them that are offered. */
const MOST = 4;

/** Chinese names, the longer ones first: one may begin with another. */
const HAN_NAMES = COMMANDS.flatMap(({ names }) => names)
  .filter((name) => /\p{Script=Han}/u.test(name))
  .toSorted((one, other) => other.length - one.length);

/**
 * The word behind a slash that a message begins with, where it is no command, and what stands behind it; behind a Chinese
 * name the blank is often left out.
 *
 * @param isCommand  whether it is one
 */
export function unknownCommand(
  text: string,
  isCommand: (text: string) => boolean,
): { readonly word: string; readonly name: string; readonly rest: string } | undefined {
  const [all, slash = "", name] = /^\s{0,20}([/／])(\p{L}{1,20})(?:@\w{1,64})?/u.exec(text) ?? [];
  if (all === undefined || name === undefined || isCommand(text)) return undefined;
  const behind = text.slice(all.length);
  const glued = HAN_NAMES.find((each) => name.startsWith(each));
  if (glued !== undefined)
    return { word: slash + name, name: glued, rest: `${name.slice(glued.length)}${behind}`.trim() };
  if (!/^(?:[\s:：]|$)/u.test(behind)) return undefined;
  return { word: slash + name, name: name.toLowerCase(), rest: behind.replace(/^[\s:：]+/u, "").trim() };
}

/**
 * The commands that an unknown name may stand for, by what is like it.
 *
 * @param isToUs  it is certainly meant for us: then short ones, and other words for them, count too
 */
export function nearCommands(name: string, isToUs: boolean): readonly Near[] {
  const near = COMMANDS.filter(({ id, names }) => id !== "start" && [id, ...names].some((each) => isNear(name, each)));
  const begun = COMMANDS.filter(
    ({ id }) => id !== "start" && name.length >= (isToUs ? 2 : LEAST) && id.startsWith(name),
  );
  const short = isToUs ? COMMANDS.filter(({ id }) => id.length < LEAST && isOneSlip(id, name)) : [];
  const found = [...new Set([...begun, ...near, ...short])].map(({ id }): Near => ({ id }));
  return [...(isToUs ? (ALSO[name] ?? []) : []), ...found].slice(0, MOST);
}

function isNear(name: string, command: string): boolean {
  if (/\p{Script=Han}/u.test(command)) return name === command;
  return command.length >= LEAST && isOneSlip(name, command);
}

/**
 * What a command that there is not may stand for. In a group with other bots it may be one of theirs: unless it is said to
 * us, it has to be like one of ours.
 */
export function meantCommand(event: TextIn) {
  const unknown = unknownCommand(event.text, (text) => commandOf(text) !== undefined);
  const isToUs = event.toUs === true || event.chat.kind === "direct" || (event.replyTo && !event.replyTo.sender);
  const near = unknown ? nearCommands(unknown.name, isToUs === true) : [];
  return unknown && (near.length > 0 || event.chat.kind === "direct") ? { ...unknown, near } : undefined;
}
