import { formatQuantity } from "../quantity.ts";
import type { LineReading } from "./reading.ts";

/**
 * Writes order lines so that they read back in one way only: by number, with their option and note in words.
 *
 * @param whom  for whom the whole order is, where not for the sender
 */
export function writeLines(lines: readonly LineReading[], whom?: string): string {
  return lines.map((line) => writeLine(line, line.for ?? whom)).join("\n");
}

function writeLine({ item, op, quantity, option, note }: LineReading, whom: string | undefined): string {
  const sign = op === "set" ? "=" : quantity < 0 ? "-" : "+";
  return [
    whom === undefined ? "" : `${whom}: `,
    `#${item}`,
    option === undefined ? "" : ` (${option})`,
    ` ${sign}${formatQuantity(Math.abs(quantity))}`,
    note === undefined ? "" : ` note: ${note}`,
  ].join("");
}
