import { COMMANDS } from "../commands.ts";
import type { Near } from "../near-command.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import { choiceButtons } from "./choices.ts";

/** A command that there is not: those that may be meant, with what they do. @param rest  what stood behind it */
export function askWhichCommand(parts: Parts, doer: Doer, word: string, near: readonly Near[], rest: string): void {
  const words = wordsOf(doer.language);
  const lines = near.map(({ id, rest: own }) => {
    const { help } = COMMANDS.find((command) => command.id === id)!;
    return own === undefined ? `/${id} – ${help[doer.language]}` : `/${id} ${own}`;
  });
  const choices = near.map(({ id, rest: own = rest }) => ({
    label: own === "" || own === rest ? `/${id}` : `/${id} ${own}`,
    command: id,
    rest: [own],
    isWordless: true, // the lines say it
  }));
  whisper(
    parts,
    doer,
    { text: [say(words.commandUnknown, { command: word }), ...lines].join("\n"), ...choiceButtons(doer, choices) },
    { passing: true },
  );
}
