import { sameUnit } from "../text/units.ts";
import type { Catalog } from "./catalog.ts";
import type { Draft } from "./draft.ts";
import type { Message } from "./message.ts";

/** "4 croissants, 2 plain 2 almond": a sum and its parts; where they do not add up, the parts are asked for. */
export function withoutSums(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.filter((draft, at) => {
    if (at === 1 && isTotal(draft)) {
      const [only] = drafts as [Draft];
      if (!only.amount || !draft.amount || only.op === "less" || !(only.items || only.op === "add")) return true;
      if (only.op === "add")
        Object.assign(only, { op: "set", amount: draft.amount, end: draft.end }); // "add 2, total 3"
      else if (only.amount.value !== draft.amount.value) only.tooMany = true;
      return false;
    }
    if (isSumOf(draft, drafts.slice(0, at))) return false;
    const [item] = draft.items ?? [];
    if (item === undefined || draft.options || !draft.amount || draft.signed) return true;
    const parts: Draft[] = [];
    for (let next = at + 1; drafts[next]?.rules.includes("option") && drafts[next]!.items?.includes(item); next++)
      parts.push(drafts[next]!);
    if (parts.length === 0) return true;
    const sum = parts.reduce((total, { amount }) => total + (amount?.value ?? 0), 0);
    if (sum === draft.amount.value) return false;
    parts[0]!.tooMany = true;
    return true;
  });
}

/** "total 3", without goods */
function isTotal(draft: Draft): boolean {
  return !draft.items && !draft.all && !draft.unknown && draft.op === "set" && draft.rules.includes("total");
}

/** 雪梨1斤苹果2斤一共3斤: what the lines before come to. */
function isSumOf(draft: Draft, before: readonly Draft[]): boolean {
  if (draft.items || draft.all || draft.op !== "set" || !draft.rules.includes("change") || before.length < 2)
    return false;
  if (!before.every(({ items, amount, op }) => items && amount && !amount.fault && op !== "less")) return false;
  return before.reduce((total, { amount }) => total + amount!.value, 0) === draft.amount?.value;
}

/** A quantity without a name is of the one item that the message spoke of. */
export function takeContext(
  drafts: readonly Draft[],
  context: readonly number[] | undefined,
  { context: { catalog } }: Message,
): readonly Draft[] {
  if (!context || catalog.items.length === 1 || drafts.every(({ items, all, unknown }) => items || all || unknown))
    return drafts;
  const named = new Set(drafts.flatMap(({ items }) => items ?? []));
  const only = named.size === 0 || (named.size === 1 && named.has(context[0]!));
  if (!only) return drafts;
  return drafts.map((draft) =>
    draft.items || draft.all || draft.unknown || soldApart(draft, context[0]!, catalog)
      ? draft
      : { ...draft, items: context },
  );
}

/** "2 loaves, 1 cheddar": the unit is of another item, and of that alone. */
function soldApart({ amount }: Draft, item: number, { items }: Catalog): boolean {
  const unit = amount?.unit;
  if (unit?.kind !== "container") return false;
  const sold = items.filter(({ sale }) => sale && sameUnit(unit, sale));
  return sold.length === 1 && sold[0]!.number !== item;
}
