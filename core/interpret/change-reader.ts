import { ONE } from "../quantity.ts";
import { isHan } from "../text/lexicon.ts";
import { BesideReader } from "./beside-reader.ts";
import type { Draft } from "./draft.ts";
import { is, type Token } from "./tokens.ts";

/** Reads words of change: set, swap, cancel, instead of, each and every. */
export class ChangeReader extends BesideReader {
  /** 改成, 换成, "make it": the quantity that follows is the whole; a name that follows takes the other's place. */
  protected setOrSwap(token: Token, next: Token | undefined): void {
    const names = this.carry.held.length > 0 || Boolean(this.drafts.at(-1)?.items) || Boolean(this.carry.last?.cancel);
    const last = this.carry.held.at(-1) ?? this.drafts.at(-1);
    const isOther =
      next?.kind === "item" && last?.items !== undefined && !next.items!.some((item) => last.items!.includes(item));
    if (next?.kind === "item" && names && (is(token, "swap") || (isOther && isHan(token.text.charCodeAt(0))))) {
      this.swapping = "word";
      return;
    }
    if (is(token, "swap", "set") && /^(?:swap|change|replace|exchange|switch|substitute)$/.test(token.text)) {
      this.swapping = "change";
      this.changes = true;
      if (is(token, "set")) this.carry.op = "set";
      return;
    }
    if (is(token, "swap") && next?.kind === "amount" && names && this.itemFollowsAmount(next)) {
      this.swapping = "word";
      return;
    }
    if (!/^(?:一?共|总共|合共|总数|总|合计|共计|total|in total|altogether|in all)/.test(token.text)) this.setTo();
    else if (this.waiting && next?.kind !== "amount") {
      this.waiting.op = "set"; // "4 in total"
      this.waiting.rules.push("change", "total");
    } else {
      this.carry.op = "set";
      this.totals = true;
    }
  }

  /** "swap the bagel for a loaf", "change apples to 3 pears": a quantity of what takes the other's place. */
  protected swapsForSome(amount: Token): boolean {
    const at = this.tokens.indexOf(amount);
    const item = this.next(at);
    const from = this.carry.held.at(-1) ?? this.drafts.at(-1);
    const isOther = item?.kind === "item" && !item.items!.some((number) => from?.items?.includes(number));
    return this.swapping === "change" && from?.items !== undefined && isOther && this.bindsForward(item);
  }

  protected itemFollowsAmount(amount: Token): boolean {
    return this.next(this.tokens.indexOf(amount))?.kind === "item";
  }

  /** What was said before is the old quantity. */
  protected setTo(): void {
    this.carry.op = "set";
    this.carry.mode = undefined;
    this.changes = true;
    this.waiting = undefined;
    const last = this.drafts.at(-1);
    if (last?.items && last.amount && this.carry.held.length === 0 && !last.cancel) {
      this.drafts.pop();
      const { amount: _, ...mention } = last;
      this.carry.held.push({ ...mention, op: "set" });
    } else if (last && !last.items) this.drafts.pop();
    const held = this.carry.held.at(-1);
    if (held) held.op = "set";
  }

  /** 苹果取消, 取消苹果, 退2斤: cancels the names before it, or else what follows. */
  protected cancel(token: Token, at: number, next: Token | undefined): boolean {
    const held = this.carry.held.filter(({ op }) => op !== "add");
    const isNote = is(token, "unwant") && !is(token, "mine-word") && next?.kind === "other";
    if (isNote && !held.length) return false;
    const ordered = this.drafts.at(-1);
    if (
      next?.kind === "option" &&
      ordered?.items &&
      ordered.amount &&
      this.belongs({ ...token, items: ordered.items }, next.options)
    ) {
      ordered.note = `${token.text}${next.text}`; // 水饺1盒不要韭菜的: what it should not be
      this.leftOut = this.tokens.indexOf(next);
      return true;
    }
    if (isNote && this.tokens[at + 1] === next && next.start === token.end) {
      held.at(-1)!.note = `${token.text}${next.text}`;
      this.leftOut = at + 1;
      return true;
    }
    if (next?.kind === "amount" && (held.length > 0 || !is(token, "unwant"))) {
      this.carry.op = "less";
      this.carry.mode = "cancel";
      return true;
    }
    if (held.length > 0 && next?.kind !== "item") {
      for (const mention of this.carry.held.splice(0))
        this.complete({ ...mention, cancel: true, end: token.end, rules: [...mention.rules, "cancel"] });
      return true;
    }
    const last = this.drafts.at(-1);
    if (last?.items && last.amount && next?.kind !== "item" && !is(token, "less") && !last.signed && at > 0) {
      last.op = "less";
      last.rules.push("cancel");
      return true;
    }
    this.carry.mode = "cancel";
    return true;
  }

  protected instead(): void {
    const last = this.carry.held.pop() ?? this.drafts.pop();
    if (last?.items) this.insteadOf = last;
    else this.insteadFirst = true;
  }

  protected every(token: Token, next: Token | undefined): void {
    if (this.waiting && next?.kind !== "amount") {
      const waiting = this.waiting;
      this.waiting = undefined;
      if (this.carry.held.length > 0) {
        this.bindToHeld(waiting, true);
        return;
      }
      this.complete({ ...waiting, all: true, end: token.end, rules: [...waiting.rules, "all"] });
      return;
    }
    if (is(token, "set")) this.carry.op = "set";
    if (this.carry.held.length > 0) {
      // 苹果梨每样2斤: of what was named.
      this.carry.eachAmount ??= { start: token.start, end: token.end, rules: [] };
      return;
    }
    if (/^one of|^one\b/.test(token.text)) {
      this.complete({
        amount: { value: ONE, style: "word" },
        all: true,
        start: token.start,
        end: token.end,
        rules: ["all"],
      });
      return;
    }
    this.allNext = next?.kind === "amount" || is(next, "wish", "head", "each", "add") ? token : undefined;
  }

  /** "2 each": of all names before it, or of those that follow. */
  protected eachAfter(amount: Draft): void {
    if (amount === this.waiting) {
      this.waiting = undefined;
      if (this.carry.held.length > 0) this.bindToHeld(amount, true);
      else this.carry.eachAmount = amount;
      return;
    }
    const held = this.carry.held.splice(0);
    const own = this.drafts.splice(0);
    for (const mention of held)
      this.complete({
        ...mention,
        amount: amount.amount!,
        rules: [...mention.rules, "each"],
        ...(amount.op && { op: amount.op }),
      });
    this.drafts.push(...own);
  }

  /** 鸡蛋30枚的来1盒: a number that stands in the name is the size of the goods where a quantity follows. */
  protected dropSizes(): void {
    const all = [...this.drafts, ...(this.waiting ? [this.waiting] : [])];
    for (const [at, draft] of all.entries()) {
      const next = all[at + 1];
      if (!next || draft.items?.length !== 1 || draft.signed || !draft.amount?.unit) continue;
      if (next.items || next.unknown !== undefined || !next.amount) continue;
      const size = this.tokens.find(({ amount }) => amount === draft.amount)?.text.replaceAll(" ", "");
      const { names } = this.catalog.items[draft.items[0]! - 1]!;
      if (!size || !names.some(({ text }) => text.replaceAll(" ", "").includes(size))) continue;
      draft.amount = next.amount;
      draft.end = Math.max(draft.end, next.end);
      draft.rules.push("size");
      if (next === this.waiting) this.waiting = undefined;
      else this.drafts.splice(this.drafts.indexOf(next), 1);
      return;
    }
  }

  /** 苹果换成梨 and then a quantity after all: 苹果换成梨3斤. */
  protected finishSwap(to: Draft): void {
    const at = this.drafts.indexOf(to);
    const quantity = this.waiting ?? this.drafts.slice(at + 1).find((draft) => draft.amount && !draft.items);
    if (!quantity?.amount) return;
    to.amount = quantity.amount;
    const from = this.drafts[at - 1];
    if (from?.part) from.part = "for its own";
    else to.op = "set";
    to.swap = false;
    to.end = quantity.end;
    if (quantity === this.waiting) this.waiting = undefined;
    else this.drafts.splice(this.drafts.indexOf(quantity), 1);
  }

  /** "2 pears instead of the apples": the second is cancelled, the first takes its place. */
  protected finishInstead(wanted: Draft): void {
    const old = this.carry.held.pop() ?? this.drafts.pop();
    if (!old?.items) {
      this.drafts.push(wanted);
      return;
    }
    this.drafts.push({ ...old, cancel: true, rules: [...old.rules, "swap"] });
    this.complete({ ...wanted, op: "set", swap: wanted.amount === undefined, rules: [...wanted.rules, "swap"] });
  }
}
