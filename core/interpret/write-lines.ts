import { formatQuantity } from "../quantity.ts";
import type { LineReading } from "./reading.ts";

/**
 * Writes order lines so that they read back in one way only (`read-written.ts`): by number, with their option and note, and
 * behind the name for whom they are in quotes. Whoever else writes in that form is taken at their word just so.
 *
 * @param whom  for whom the whole order is, where not for the sender
 */
export function writeLines(lines: readonly LineReading[], whom?: string): string {
  return lines.map((line) => writeLine(line, line.for ?? whom)).join("\n");
}

function writeLine({ item, op, quantity, option, note }: LineReading, whom: string | undefined): string {
  const sign = op === "set" ? "=" : quantity < 0 ? "-" : "+";
  return [
    whom === undefined ? "" : `"${plain(whom).replaceAll('"', "”")}": `,
    `#${item}`,
    option === undefined ? "" : ` (${option})`,
    ` ${sign}${formatQuantity(Math.abs(quantity))}`,
    note === undefined ? "" : ` note: ${plain(note)}`,
  ].join("");
}

/** In one line. */
function plain(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
