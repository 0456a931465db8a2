import { accountText, codeText, type Demand, isWayFor, type PayWay } from "../../core/pay/ways.ts";
import type { Standing } from "../../core/payments.ts";
import type { Content } from "../ports.ts";
import type { Buy } from "../store.ts";
import { money, say } from "./replies.ts";
import type { Words } from "./words.ts";

/** The most of a way that a reminder or a notice shows. */
const SHORT = 80;

/** How much of what is due is marked as paid and said to be; nothing where nothing is. */
export function standingText({ terms }: Buy, { due, paid, claimed, unmarked, over }: Standing, words: Words): string[] {
  const amount = (sum: number) => money(sum, terms.currency);
  return [
    ...(paid !== 0 || claimed > 0 ? [say(words.pay.paidOf, { paid: amount(paid), due: amount(due) })] : []),
    ...(claimed > paid ? [say(words.pay.claimedOf, { amount: amount(claimed) })] : []),
    ...(unmarked > 0 && paid > 0 ? [say(words.pay.openOf, { amount: amount(unmarked) })] : []),
    ...(over > 0 ? [say(words.pay.overOf, { amount: amount(over) })] : []),
  ];
}

/** By which a leader knows whose payment it is: "#12 Ada 302". */
export function referenceOf({ no }: Pick<Buy, "no">, name: string): string {
  return `#${no} ${name}`;
}

/** How somebody pays, in words: a line for each way that fits the buy's currency. */
export function wayLines(ways: readonly PayWay[], currency: string, words: Words): string[] {
  return ways.filter((way) => isWayFor(way, currency)).map((way) => wayText(way, words));
}

/** A way in one line: "PayNow +65 9123 4567 (Lin)". */
export function wayText(way: PayWay, words: Words): string {
  if (way.kind === "text") return way.text;
  if (way.kind === "picture") return [words.pay.picture, way.text].filter(Boolean).join(words.colon);
  return say(words.pay.account, {
    scheme: words.pay.schemes[way.kind],
    account: accountText(way),
    holder: way.holder,
  });
}

/** The same in short, for a reminder or a notice; empty where nothing is set. */
export function payShort(ways: readonly PayWay[], currency: string, words: Words): string[] {
  const [first] = wayLines(ways, currency, words);
  if (first === undefined) return [];
  const line = first.replace(/\s+/g, " ");
  return [say(words.pay.short, { way: line.length > SHORT ? `${line.slice(0, SHORT - 1)}…` : line })];
}

/** The pictures that belong to the ways: a code to scan with the amount in it, and the leader's own. */
export function payPictures(
  ways: readonly PayWay[],
  currency: string,
  platform: string,
  demand: Demand | undefined,
): Pick<Content, "qr" | "photo">[] {
  return ways
    .filter((way) => isWayFor(way, currency))
    .flatMap((way): Pick<Content, "qr" | "photo">[] => {
      if (way.kind === "picture") return way.platform === platform ? [{ photo: way.photo }] : [];
      const qr = codeText(way, demand);
      return qr === undefined ? [] : [{ qr }];
    });
}
