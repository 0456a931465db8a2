import type { Money } from "../money.ts";
import { epcText } from "./epc.ts";
import { formatIban, readIban } from "./iban.ts";
import { payNowText, readPayNow } from "./paynow.ts";
import { cut, oneLine } from "./plain.ts";
import { readUpi, upiText } from "./upi.ts";

/** How a leader is paid. Of each kind a leader has one at most. */
export type PayWay =
  /** In words. */
  | { readonly kind: "text"; readonly text: string }
  /** A picture of a payment code, by its platform's name for it. */
  | { readonly kind: "picture"; readonly photo: string; readonly platform: string; readonly text: string }
  /** An account whose codes we make. */
  | { readonly kind: Scheme; readonly account: string; readonly holder: string };

/** A scheme whose codes anybody may make. */
export type Scheme = "paynow" | "epc" | "upi";

/** What is asked of somebody. */
export interface Demand {
  /** More than nothing. */
  readonly amount: Money;
  /** By which the leader knows whose it is. */
  readonly reference: string;
}

/** What is wrong with what a leader wrote. */
export type PayWayProblem =
  | { readonly code: "pay-account"; readonly scheme: Scheme }
  | { readonly code: "pay-holder"; readonly scheme: Scheme }
  | { readonly code: "pay-empty" }
  | { readonly code: "pay-long"; readonly most: number };

/** The longest words about a way. */
const MOST_PAY_TEXT = 300;

interface SchemeRules {
  /** What leaders write for it. */
  readonly words: RegExp;
  /** ISO 4217: its codes hold amounts of this currency. */
  readonly currency: string;
  /** Whether the payer's bank compares the holder's name. */
  readonly needsHolder: boolean;
  readonly read: (text: string) => string | undefined;
  readonly show: (account: string) => string;
  readonly text: (account: string, holder: string, demand?: Demand) => string | undefined;
}

const SCHEMES: Readonly<Record<Scheme, SchemeRules>> = {
  paynow: {
    words: /^pay\s?now(?![a-z])/iu,
    currency: "SGD",
    needsHolder: false,
    read: (text) => {
      const proxy = readPayNow(text);
      return proxy && ("mobile" in proxy ? proxy.mobile : proxy.uen);
    },
    show: (account) => account.replace(/^\+65(\d{4})/, "+65 $1 "),
    text: (account, holder, demand) => payNowText(readPayNow(account)!, holder, demand),
  },
  epc: {
    words: /^(?:iban|sepa|epc|girocode)(?![a-z])/iu,
    currency: "EUR",
    needsHolder: true,
    read: readIban,
    show: formatIban,
    text: epcText,
  },
  upi: {
    words: /^upi(?![a-z])/iu,
    currency: "INR",
    needsHolder: false,
    read: readUpi,
    show: (account) => account,
    text: upiText,
  },
};

/**
 * What a leader wrote behind `/pay set`: "paynow 9123 4567", "iban DE… Lin Wu", "upi lin@okbank", or just words.
 *
 * @param name   the leader's: whose account it is where nobody is named
 * @param photo  the picture that the words stand under or reply to
 */
export function readPayWay(
  text: string,
  name: string,
  photo?: { readonly photo: string; readonly platform: string },
): PayWay | PayWayProblem {
  const said = text.replace(/\p{Cc}(?<!\n)/gu, " ").trim();
  const tooLong = [...said].length > MOST_PAY_TEXT;
  if (tooLong) return { code: "pay-long", most: MOST_PAY_TEXT };
  if (photo) return { kind: "picture", ...photo, text: said };
  const scheme = (Object.keys(SCHEMES) as Scheme[]).find((each) => SCHEMES[each].words.test(said));
  if (!scheme) return said === "" ? { code: "pay-empty" } : { kind: "text", text: said };

  const { words, needsHolder, read } = SCHEMES[scheme];
  const found = splitAccount(said.replace(words, "").replace(/^[\s:：]+/, ""), read);
  if (!found) return { code: "pay-account", scheme };
  if (needsHolder && found.holder === "") return { code: "pay-holder", scheme };
  return { kind: scheme, account: found.account, holder: found.holder || cut(oneLine(name), 70) };
}

/** The kind that a leader names to take it away: "paynow", "text" 文字, "picture" 图片. */
export function payKindOf(text: string): PayWay["kind"] | undefined {
  if (/^(?:text|words|文字)$/iu.test(text)) return "text";
  if (/^(?:picture|photo|image|图片|圖片|照片|收款码|收款碼)$/iu.test(text)) return "picture";
  return (Object.keys(SCHEMES) as Scheme[]).find((scheme) => SCHEMES[scheme].words.test(text));
}

/** Whether a way can be used for a buy in this currency. */
export function isWayFor(way: PayWay, currency: string): boolean {
  return !isScheme(way) || SCHEMES[way.kind].currency === currency;
}

/** The currency of a scheme, ISO 4217. */
export function currencyOf(scheme: Scheme): string {
  return SCHEMES[scheme].currency;
}

/** A scheme's account as people write it: "+65 9123 4567", "DE89 3704 …". */
export function accountText({ kind, account }: Extract<PayWay, { readonly account: string }>): string {
  return SCHEMES[kind].show(account);
}

/** What the way's code says, where its scheme is open. */
export function codeText(way: PayWay, demand?: Demand): string | undefined {
  return isScheme(way) ? SCHEMES[way.kind].text(way.account, way.holder, demand) : undefined;
}

function isScheme(way: PayWay): way is Extract<PayWay, { readonly account: string }> {
  return "account" in way;
}

/** The longest beginning, by blanks, that is an account; the rest is whose it is. */
function splitAccount(text: string, read: (text: string) => string | undefined) {
  const words = text.split(/[\s,，]+/u).filter((word) => word !== "");
  for (let count = Math.min(words.length, 12); count > 0; count--) {
    const account = read(words.slice(0, count).join(" "));
    if (account !== undefined) return { account, holder: cut(words.slice(count).join(" "), 70) };
  }
  return undefined;
}
