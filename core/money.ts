/** An amount in the currency's minor unit (cents, 分, whole yen): an integer, so that sums are exact. */
export type Money = number;

/** The code of "no currency": for amounts whose currency nobody has said; two digits, like most. @source ISO 4217 */
export const NO_CURRENCY = "XXX";

/** How many digits the minor unit takes, where it is not two. @source ISO 4217 */
const MINOR_DIGITS: Readonly<Record<string, number>> = Object.fromEntries([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0] as const),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3] as const),
]);

/** Digits after the point in amounts of a currency (ISO 4217 code). */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2;
}

/** `1050` of CNY → `"10.50"`. */
export function formatAmount(amount: Money, currency: string): string {
  const digits = minorDigits(currency);
  const sign = amount < 0 ? "-" : "";
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Price × quantity, rounded half up once.
 *
 * @param quantity  thousandths of the unit that the price is for
 */
export function lineAmount(price: Money, quantity: number): Money {
  return partOf(price, quantity, 1000);
}

/** `amount` × `part` / `whole`, rounded half up once. None of them is below nothing, and `whole` is more. */
export function partOf(amount: Money, part: number, whole: number): Money {
  const product = BigInt(amount) * BigInt(part);
  return Number((2n * product + BigInt(whole)) / (2n * BigInt(whole)));
}

/** `"10.5"` of CNY → 1050; undefined where the text is no plain decimal or has more digits than the currency. */
export function parseAmount(text: string, currency: string): Money | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) return undefined;
  const digits = minorDigits(currency);
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  if (fraction.length > digits) return undefined;
  return Number(match[1] + fraction.padEnd(digits, "0"));
}
