import { formatAmount } from "../money.ts";
import { cut, oneLine } from "./plain.ts";
import { utf8 } from "./utf8.ts";
import type { Demand } from "./ways.ts";

/** The most that one transfer may be, in cents. @source EPC069-12 */
const MOST_CENTS = 999_999_999_99;

/** Bytes that a code may hold. @source EPC069-12 */
const MOST_BYTES = 331;

/**
 * What the code of a SEPA transfer says; undefined for an amount that no transfer can be.
 *
 * @param demand  without an amount the payer writes it
 * @source EPC069-12: version 002, UTF-8, BIC left out, remittance as text
 */
export function epcText(iban: string, holder: string, demand?: Demand): string | undefined {
  if (demand && (demand.amount < 1 || demand.amount > MOST_CENTS)) return undefined;
  const amount = demand ? `EUR${formatAmount(demand.amount, "EUR")}` : "";
  const lines = (remittance: string) =>
    ["BCD", "002", "1", "SCT", "", cut(oneLine(holder), 70), iban, amount, "", "", remittance]
      .join("\n")
      .replace(/\n+$/, ""); // what is empty at the end is left out
  let remittance = demand ? cut(oneLine(demand.reference), 140) : "";
  while (utf8(lines(remittance)).length > MOST_BYTES) remittance = cut(remittance, [...remittance].length - 1);
  return lines(remittance);
}
