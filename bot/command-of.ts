import { COMMANDS, type Command } from "./commands.ts";

/** A command as somebody wrote it. */
export interface Called {
  readonly command: Command;
  /** As written, for answers: "/close". */
  readonly word: string;
  /** What stands behind it. */
  readonly rest: string;
  /** Written with a slash: then certainly meant for the bot. */
  readonly slash: boolean;
}

const BY_NAME = new Map(COMMANDS.flatMap((command) => [command.id, ...command.names].map((name) => [name, command])));

/**
 * The command that a message begins with; undefined for anything else. A slash may be full-width, and a name of ours may
 * follow with an @. A Chinese name without a slash must be followed by a blank, a line break or nothing, so that
 * "开团了吗" stays talk.
 */
export function commandOf(text: string): Called | undefined {
  const match = /^\s{0,20}([/／])?([\p{L}]{1,20})(?:@\w{1,64})?(?=[\s:：]|$)[\s:：]{0,20}/u.exec(text);
  if (!match?.[2]) return undefined;
  const slash = match[1] !== undefined;
  const name = match[2].toLowerCase();
  const command = BY_NAME.get(name);
  if (!command || (!slash && (name === command.id || command.slashed))) return undefined;
  return { command, word: `${slash ? "/" : ""}${match[2]}`, rest: text.slice(match[0].length).trim(), slash };
}
