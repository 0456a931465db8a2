/** What is said of a payment. */
export interface SaidPayment {
  /** Whose, as written; empty: of who says it, or of who is replied to. */
  readonly name: string;
  /** How much: a decimal, with a minus for money that was given back. */
  readonly amount?: string;
}

const AMOUNT =
  /^(.*?)(^|[\s,，:：]|\p{Script=Han})([-−+])?\s*((?:[a-z]{0,3}[$¥￥€£₹]|rm)?)\s*(\d{1,9}(?:[.,]\d{1,3})?)\s*(?:元|块|塊|圆|圓)?$/isu;

/**
 * Reads "Ada 25.50", "25.50", "Ada 302", 王姐25. A number may belong to a name ("Ada 302") or be one (a code, a door):
 * what is a name as a whole is no amount.
 */
export function readPayment(text: string, isName: (name: string) => boolean): SaidPayment {
  const said = text.trim();
  if (said === "" || isName(said)) return { name: said };
  const match = AMOUNT.exec(said);
  if (!match) return { name: said };
  const [, before = "", edge = "", sign = "", , digits = ""] = match;
  const name = (before + (/\p{Script=Han}/u.test(edge) ? edge : "")).trim();
  return { name, amount: `${sign === "-" || sign === "−" ? "-" : ""}${digits.replace(",", ".")}` };
}
