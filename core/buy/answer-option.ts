import type { LineReading } from "../interpret/reading.ts";
import { type Amounts, goodOf } from "./holding.ts";
import type { ItemTerms } from "./terms.ts";
import { foldName } from "./whom.ts";

const AROUND =
  /^(?:我要|要|选|選|就|the|i want|i'd like|make it)\s*|\s*(?:的|吧|谢谢|謝謝|one|ones|size|please|pls|thanks)\s*$/giu;

/**
 * Reads the answer to "which one?": nothing but the name of an option, by somebody who ordered an item without saying
 * which. Undefined where it answers nothing, or more than one question.
 */
export function answerOption(text: string, held: Amounts, items: readonly ItemTerms[]): LineReading[] | undefined {
  if (held.size === 0 || text.length > 80) return undefined;
  const answers = items.flatMap((item, index) => {
    if (item.options.length === 0) return [];
    const open = held.get(goodOf(index + 1));
    const option = open === undefined ? undefined : optionNamed(text, item);
    if (open === undefined || option === undefined) return [];
    const already = held.get(goodOf(index + 1, option)) ?? 0;
    const line: LineReading = { item: index + 1, op: "set", quantity: already + open, option };
    return [line];
  });
  return answers.length === 1 ? answers : undefined;
}

/** Whether a text could be such an answer, whoever says it. */
export function mayAnswerOption(text: string, items: readonly { readonly options?: readonly string[] }[]): boolean {
  return text.length <= 80 && items.some((item) => optionNamed(text, item) !== undefined);
}

function optionNamed(text: string, { options = [] }: { readonly options?: readonly string[] }): string | undefined {
  if (options.length === 0) return undefined;
  const words = new Set([foldName(text), foldName(strip(strip(text.trim())))]);
  return options.find((option) => words.has(foldName(option)));
}

function strip(text: string): string {
  return text
    .replace(/[。.!！~～\s]+$/u, "")
    .replace(AROUND, "")
    .trim();
}
