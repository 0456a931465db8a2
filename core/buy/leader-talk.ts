import { isWritten } from "../interpret/read-written.ts";
import type { Reading } from "../interpret/reading.ts";

/** A count or a rule with its number: what a leader says about the buy. */
const TALK: readonly RegExp[] = [
  /每\s*(?:人|户|戶|家|位|单|單)|限\s*(?:购|購|量|\d|[一二两兩三四五六七八九十])|最多|最少|至少|上限/,
  /(?:还|還)\s*(?:剩|差|缺|有)|只\s*剩|剩\s*(?:下|余|餘)?\s*[\d一二两兩三四五六七八九十]|差\s*[\d一二两兩三四五六七八九十]/,
  /(?:现在|現在|目前|已经|已經|已|一共|总共|總共|合计|合計|总计|總計|共)\s*(?:有|是|到|订|訂|接|报|報)?了?\s*[\d一二两兩三四五六七八九十]/,
  /[\d一二两兩三四五六七八九十]\s*\p{L}{0,2}(?:了|啦|成团|成團|起送|起订|起訂|以上|封顶|封頂)\s*[。.!！~～]*$/u,
  /\b(?:per|each|every)\s+(?:person|household|family|order|head)\b|\b(?:max|maximum|limit|at most|up to)\b/i,
  /\b(?:so far|in total|altogether|remaining|to go|left|sold out|waitlist|short of|already)\b/i,
  /\b(?:we|there|that|it|everyone|everybody)(?:'s|'re| is| are| have| has|'ve)\b.*\d/i,
  /\b\d+\s+(?:more|orders?)\b.*\b(?:for|to|until|and|we|needed)\b|\bwe\s+need\b/i,
  /(?:已|已经|已經)\s*(?:帮|幫|替|给|給|为|為|把|加|改|记|記|登|收)/,
  /(?:截|收|结|結|关|關|封)\s*(?:单|單|团|團|龙|龍)|成团|成團|(?:到|发|發|送|补|補)(?:货|貨)|加开|加開|库存|庫存|大家|各位/,
  /\b(?:closed|closing|made it|made the minimum|went through|goes? ahead|deal is on|is on now|it.s on|arrived|arriving|delivered|supplier|in stock|everyone|folks)\b/i,
  /\btotal\b.*\d|\d.*\btotal\b/i,
  /[@＠]\S/,
];

/** The leader's own wish, whatever else is said. */
const OWN_WISH =
  /我(?:自己|们家|們家|家)?(?:也|再|还|還|就)*(?:要|来|來|加|订|訂|拿|买|買|留)|(?:给|給|帮|幫)我|\b(?:i|i'll|i'd|i'm)\b|\bfor me\b|\bmy\b|\bput me\b|\bmyself\b/i;

/**
 * Whether a leader's words about numbers are about the buy ("现在11袋了", "max 2 per person", somebody else's order)
 * rather than an order of their own. What they name beside the items of the buy is no order of theirs either.
 *
 * @source message language, 3 (people and messages)
 */
export function isLeaderTalk(text: string, reading: Reading): boolean {
  if ((reading.kind !== "order" && reading.kind !== "unclear") || isWritten(text)) return false;
  const plain = text.normalize("NFKC");
  if (OWN_WISH.test(plain)) return false;
  return (reading.kind === "unclear" && reading.reason !== "item") || TALK.some((pattern) => pattern.test(plain));
}
