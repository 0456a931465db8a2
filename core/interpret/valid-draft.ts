import { MAX_QUANTITY } from "../quantity.ts";
import type { Draft } from "./draft.ts";
import { is, type Token } from "./tokens.ts";
import type { View } from "./view.ts";

/** Whether a draft can be booked or asked about. */
export function isValid(draft: Draft, view: View): boolean {
  if (draft.all) return true;
  if (draft.unknown !== undefined) return isUnknownGoods(draft, view);
  return draft.items ? isNamedOrder(draft, view) : isUnnamedOrder(draft, view);
}

/** An item is named: an order unless something unread stands where it changes what is meant. */
function isNamedOrder(draft: Draft, view: View): boolean {
  const { head, wished, asks, signed, measured, from, until, loose, before } = view;
  const clear = head >= 0 || wished || asks || signed || before.wished;
  if (draft.doubtful && tellsOfDoing(view)) return false;
  if (draft.doubtful) return clear || measured;
  if (!draft.amount && !draft.cancel && !draft.swap) {
    // Where others have a quantity, this one lacks it.
    const listed = view.drafts.some((other) => other.amount && other.items) || (before.ordered && namesOnly(view));
    if (!(clear || before.reply || listed)) return false;
  }
  for (const token of loose) {
    if (token.kind !== "other" && token.kind !== "sign" && token.kind !== "unit") continue;
    if (token.start < from) {
      if (head > token.start || head === token.start) continue;
      if (head < 0 || token.start > head) return false;
    }
    const behind = token.start >= until;
    const latin = token.text.charCodeAt(0) < 0x250;
    if (behind && latin && !(clear || measured || isNameFirst(draft))) return false;
    if (behind && !draft.amount && latin && !asks && head < 0) return false;
    if (behind && !draft.amount && !latin && head < 0 && isWishedFor(view, token)) return false;
  }
  return true;
}

/** "2 kg apples, 1 loaf, hummus": one more of the list. */
function namesOnly({ clause: { tokens } }: View): boolean {
  return tokens.every(
    (token) => token.kind === "item" || token.kind === "option" || is(token, "filler", "polite", "and"),
  );
}

/** 柚子茶要用温水泡: what the goods want. */
function isWishedFor({ clause: { tokens } }: View, token: Token): boolean {
  const before = tokens[tokens.indexOf(token) - 1];
  return is(before, "wish") && before!.end === token.start;
}

/** 豌豆剥了2斤: something unread was done with the goods. */
function tellsOfDoing({ clause: { tokens }, head }: View): boolean {
  if (head >= 0) return false;
  return tokens.some(
    (token, at) =>
      token.kind === "other" &&
      isHanText(token.text) &&
      /^[了过完掉]$/.test(tokens[at + 1]?.text ?? "") &&
      tokens[at + 1]!.start === token.end &&
      tokens[at + 2]?.kind === "amount",
  );
}

function isHanText(text: string): boolean {
  return text.charCodeAt(0) >= 0x3400;
}

/** "apples 2": the form of a list, in which a remark may follow. */
function isNameFirst({ amount, numberFirst }: Draft): boolean {
  return amount !== undefined && !numberFirst;
}

/** No item is named: only what cannot be anything else, with nothing unread beside it. */
function isUnnamedOrder(draft: Draft, view: View): boolean {
  if (view.drafts.some(({ items }) => items) && !draft.signed && !draft.op && view.head < 0) return false;
  if (view.clause.tokens.some((token) => is(token, "ask-tally"))) return false;
  const { clause, drafts, loose, wished, asks, before } = view;
  const strays = loose.some((token) => token.kind === "other" || token.kind === "time" || token.kind === "sign");
  const { amount, signed } = draft;
  if (!amount) return false;
  if (drafts.filter(({ items, op }) => !items && !op).length > 1) return false;
  if (clause.tokens.some(({ kind }) => ["price", "measure", "time", "phone", "link", "money"].includes(kind)))
    return false;
  if (strays) return view.head >= 0 && loose.every(({ start }) => start < view.head || start >= view.until);
  const after = clause.tokens.find((token) => token.start >= view.until);
  if (after?.text === "了" && !wished && !signed && !draft.op) return false;
  if (after?.text === "了" && draft.op === "set" && /共|总|合计/.test(clause.tokens.map(({ text }) => text).join("")))
    return false;
  if (amount.article && !amount.unit) return false;
  if (signed) return amount.unit !== undefined || amount.value <= MAX_QUANTITY;
  if (amount.unit) return true;
  if (before.ordered && typeof draft.whom === "string") return true; // "2 apples for me and 1 for mum"
  return wished || asks || before.reply || draft.op !== undefined;
}

const GRAMMAR = /[的了是在有我你他她它们这那就都吗呢吧啊不没会能很太说看去]/;

/** A product that the catalog does not have, in what is clearly an order. */
function isUnknownGoods(draft: Draft, view: View): boolean {
  const { wished, asks, signed, head, loose, before, drafts } = view;
  const text = draft.unknown!;
  if (GRAMMAR.test(text) || text.length > 24) return false;
  if (!draft.amount?.unit && (draft.amount?.value ?? 0) > MAX_QUANTITY) return false;
  if (draft.amount?.fault === "range" && !draft.amount.unit && !wished) return false; // "2-1 to City"
  if (head >= 0 || asks || (before.wished && drafts.length > 0)) return true;
  const others = loose.filter(({ kind, text: own }) => kind === "other" && !text.includes(own));
  if (others.length > 0) return false;
  if (wished || signed || draft.amount?.unit) return true;
  if ((draft.amount?.value ?? 0) > 99_000) return false;
  return (
    text.split(" ").length <= 2 && /^[a-z\u3400-\u9fff]/.test(text) && (/s$/.test(text) || text.charCodeAt(0) > 0x250)
  );
}

/** Beside other lines, the form of a line, but of goods that are not known: "and a cake", "teh tarik kosong 1". */
export function isUnreadLine({ clause, drafts, loose }: View): boolean {
  const [first] = clause.tokens;
  return (
    drafts.length === 1 &&
    drafts.every(
      ({ amount, items, unknown = items ? undefined : loose[0]?.text, doubtful }) =>
        amount && (doubtful || isNoun(unknown)),
    ) &&
    loose.length <= 1 &&
    (first!.kind === "amount" || first!.kind === "item" || first!.kind === "sign" || first!.kind === "other") &&
    clause.tokens.every(
      (token) =>
        ["amount", "item", "sign", "other", "decor", "option", "unit"].includes(token.kind) ||
        is(token, "filler", "polite", "please", "descriptor"),
    )
  );
}

const NO_GOODS =
  /^(?:question|favou?r|hug|note|reminder|thing|bit|while|lot|moment|min|sec|request|query|idea|pleasure)s?$/;

function isNoun(unknown: string | undefined): boolean {
  return unknown !== undefined && !GRAMMAR.test(unknown) && !NO_GOODS.test(unknown) && !unknown.includes(" ");
}
