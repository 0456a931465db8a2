import { formatAmount } from "../money.ts";
import { emvText } from "./emv.ts";
import { asciiOf, cut } from "./plain.ts";
import type { Demand } from "./ways.ts";

/** What is known to PayNow: a mobile number (+6591234567) or a business by its UEN (201403121W, with a bank's suffix). */
export type PayNowProxy = { readonly mobile: string } | { readonly uen: string };

/** Mobile numbers of Singapore begin with 8 or 9. @source IMDA, National Numbering Plan */
const MOBILE = /^(?:\+?65)?([89]\d{7})$/;

/** Business, local company, other entity; a bank may add three characters. @source ACRA, UEN formats */
const UEN = /^(?:\d{8}[A-Z]|(?:19|20)\d{7}[A-Z]|[RST]\d{2}[A-Z]{2}\d{4}[A-Z])[A-Z0-9]{0,3}$/;

/** "9123 4567", "+65 91234567", "201403121W" → what PayNow knows; undefined for anything else. */
export function readPayNow(text: string): PayNowProxy | undefined {
  const mobile = MOBILE.exec(text.replace(/[\s-]/g, ""))?.[1];
  if (mobile) return { mobile: `+65${mobile}` };
  const uen = text.trim().toUpperCase();
  return UEN.test(uen) ? { uen } : undefined;
}

/**
 * What a PayNow code says.
 *
 * @param demand  without an amount the payer writes it
 * @source MAS, SGQR specification (tags of PayNow: 26-00 to 26-03), on the EMV code
 */
export function payNowText(proxy: PayNowProxy, holder: string, demand?: Demand): string {
  const [type, value] = "mobile" in proxy ? (["0", proxy.mobile] as const) : (["2", proxy.uen] as const);
  const reference = demand && cut(asciiOf(demand.reference), 25);
  return emvText([
    ["00", "01"],
    ["01", demand ? "12" : "11"],
    [
      "26",
      [
        ["00", "SG.PAYNOW"],
        ["01", type],
        ["02", value],
        ["03", demand ? "0" : "1"], // whether the payer may change the amount
      ],
    ],
    ["52", "0000"],
    ["53", "702"],
    ...(demand ? [["54", formatAmount(demand.amount, "SGD")] as const] : []),
    ["58", "SG"],
    ["59", cut(asciiOf(holder), 25) || "NA"],
    ["60", "Singapore"],
    ...(reference ? [["62", [["01", reference]]] as const] : []),
  ]);
}
