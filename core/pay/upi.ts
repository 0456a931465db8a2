import { formatAmount } from "../money.ts";
import { cut, oneLine } from "./plain.ts";
import { utf8 } from "./utf8.ts";
import type { Demand } from "./ways.ts";

/** A virtual payment address: "lin.apples@okbank". @source NPCI, UPI Linking Specification 1.6, `pa` */
const ADDRESS = /^[a-z0-9][a-z0-9._-]{1,253}@[a-z][a-z0-9]{1,63}$/i;

/** "Lin@OKbank" → "lin@okbank"; undefined where it is no address. */
export function readUpi(text: string): string | undefined {
  return ADDRESS.test(text) ? text.toLowerCase() : undefined;
}

/**
 * The link that UPI apps read.
 *
 * @param demand  without an amount the payer writes it
 * @source NPCI, UPI Linking Specification 1.6: pa, pn, am, cu, tn
 */
export function upiText(address: string, holder: string, demand?: Demand): string {
  const fields = [
    ["pa", address],
    ["pn", cut(oneLine(holder), 99)],
    ...(demand ? [["am", formatAmount(demand.amount, "INR")]] : []),
    ["cu", "INR"],
    ...(demand ? [["tn", cut(oneLine(demand.reference), 80)]] : []),
  ];
  return `upi://pay?${fields.map(([key, value]) => `${key}=${escaped(value!)}`).join("&")}`;
}

/** As in addresses; the @ of a payment address stays, since apps are said to look for it. */
function escaped(text: string): string {
  return [...text]
    .map((char) =>
      /[\w.~@-]/.test(char)
        ? char
        : utf8(char)
            .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
            .join(""),
    )
    .join("");
}
