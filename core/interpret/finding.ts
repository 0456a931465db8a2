import { written } from "../text/fold.ts";
import type { Clause } from "./clauses.ts";
import type { Finding, Message } from "./message.ts";
import type { Reading } from "./reading.ts";
import type { Token } from "./tokens.ts";

/** The folded words of a clause. */
export function saidIn({ folded }: Message, { tokens }: Clause): string {
  return folded.text.slice(tokens[0]!.start, tokens.at(-1)!.end);
}

/** A reading, and the rule that made it of a token or of the whole message. */
export function finding(message: Message, reading: Reading, rule: string, token?: Token): Finding {
  const rules = () => {
    const { folded } = message;
    const [start, end] = token ? [token.start, token.end] : [0, folded.text.length];
    const text = written(folded, start, end);
    const from = folded.origin ? folded.origin[start]! : start;
    return [{ rule, start: from, end: from + text.length, text }];
  };
  return { reading, rules };
}
