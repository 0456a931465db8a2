import { written } from "../text/fold.ts";
import type { Clause } from "./clauses.ts";
import type { Finding, Message, Step } from "./message.ts";
import type { Reading } from "./reading.ts";
import type { Token } from "./tokens.ts";

/** The folded words of a clause. */
export function saidIn({ folded }: Message, { tokens }: Clause): string {
  return folded.text.slice(tokens[0]!.start, tokens.at(-1)!.end);
}

/** A reading, and the rule that made it of a token or of the whole message. */
export function finding(message: Message, reading: Reading, rule: string, token?: Token): Finding {
  const { start, end } = token ?? { start: 0, end: message.folded.text.length };
  return { reading, rules: () => [stepOf(message, rule, start, end)] };
}

/** What a rule read, from `start` to `end` of the folded text, where it stands in the message as posted. */
export function stepOf({ folded }: Message, rule: string, start: number, end: number): Step {
  const text = written(folded, start, end);
  const from = folded.origin ? folded.origin[start]! : start;
  return { rule, start: from, end: from + text.length, text };
}
