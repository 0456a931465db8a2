import type { Mine } from "../interpret/context.ts";
import type { Reading } from "../interpret/reading.ts";
import { ONE } from "../quantity.ts";
import { mayAnswerOption } from "./answer-option.ts";
import type { Reader } from "./reader.ts";

/**
 * Whether a message must be kept as a statement of a buy: under some order that the person may turn out to have it is
 * an order, a chain or a question. Messages come in any order, so what the person has by now does not tell.
 */
export function mayConcern(text: string, reader: Reader, reply = false): boolean {
  if (concerns(reader.read(text, { reply }))) return true;
  return concerns(reader.read(text, { reply, mine: everything(reader) })) || mayAnswerOption(text, reader.items);
}

function concerns({ kind }: Reading): boolean {
  return kind === "order" || kind === "chain" || kind === "unclear";
}

function everything({ items }: Reader): Mine {
  return Object.fromEntries(items.map((_, index) => [index + 1, ONE]));
}
