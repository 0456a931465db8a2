import { ONE } from "../quantity.ts";
import { sameUnit } from "../text/units.ts";
import type { Draft } from "./draft.ts";
import { LineState } from "./line-state.ts";
import { type Amount, is, type Token } from "./tokens.ts";

/** Reads quantities: to the name that waits for them, or waiting for theirs; sizes of goods are told apart. */
export class QuantityReader extends LineState {
  protected amount(token: Token, at: number): void {
    const amount = this.amountOf(token, at);
    if (this.discard) {
      this.discard = false;
      return;
    }
    const before = this.tokens[at - 1];
    if (this.isFlatBeside(amount, at)) return;
    if (this.isRange(before, at, token)) {
      const target = this.waiting ?? this.carry.last;
      if (target?.amount) {
        target.amount = { ...target.amount, ...(amount.unit && { unit: amount.unit }), fault: "range" };
        target.end = token.end;
        this.sign = undefined;
        return;
      }
    }
    const next = this.next(at);
    if (this.isMorePrecise(next)) {
      this.carry.last!.amount = amount;
      this.carry.last!.end = Math.max(this.carry.last!.end, token.end);
      return;
    }
    const draft = this.quantity(token, amount);
    const all = is(next, "all") && !this.carry.held.length && next!.text !== "all";
    if (this.carry.eachAmount && this.carry.held.length === 0 && !all) this.carry.eachAmount = undefined;

    if (this.swapping === "word") {
      this.waiting = draft;
      return;
    }
    const held = this.carry.held;
    const staysForNext =
      held.length > 0 && !this.tokens.some((other, i) => i < at && other.kind === "item") && this.bindsForward(next);
    const isOfOthers = held.length > 0 && held.at(-1)!.start < this.tokens[0]!.start && this.countsUnknown(at, amount);
    if (held.length > 0 && !staysForNext && !isOfOthers) {
      this.bindToHeld(draft, this.eachBefore(at));
      return;
    }
    if (this.options && !(next?.kind === "item" && this.belongs(next))) {
      const { refs, token: option } = this.options;
      this.complete({
        ...draft,
        items: this.mentionOfOption(refs),
        options: refs,
        start: Math.min(option.start, draft.start),
      });
      return;
    }
    if (this.isAfterSize(before, next)) {
      this.replaceSize(draft, before?.kind === "sign" && /[x×*]/.test(before.text));
      return;
    }
    if (this.waiting) this.release();
    this.waiting = draft;
  }

  /** 来2袋油条: how many of goods that nobody knows, whatever was named before. */
  private countsUnknown(at: number, { unit }: Amount): boolean {
    const [token, next, after] = this.tokens.slice(at, at + 3);
    return (
      unit?.kind === "container" &&
      next?.kind === "other" &&
      next.start === token!.end &&
      /^[\u3400-\u9fff]{2,4}$/.test(next.text) &&
      after === undefined
    );
  }

  /** "half my apples" is half of what one has, whatever that is. */
  protected amountOf(token: Token, at: number): Amount {
    const isShare = token.text === "half" && /^(?:my|of my|our|of our|the)$/.test(this.tokens[at + 1]?.text ?? "");
    return isShare ? { ...token.amount!, fault: "vague" } : token.amount!;
  }

  /** A bare 302 behind a line that has its quantity, or before one, is where somebody lives. */
  protected isFlatBeside({ digits = 0, unit, fault }: Amount, at: number): boolean {
    if (this.carry.inChain || digits < 100 || unit || fault || this.sign || this.carry.held.length > 0 || this.waiting)
      return false;
    const last = this.drafts.at(-1);
    if (last?.items && last.amount && (last.amount.unit || last.signed) && this.next(at) === undefined) return true;
    const next = this.tokens[at + 1];
    return at === 0 && next?.kind === "item" && this.quantityFollows(at + 1);
  }

  /** 来点紫薯，2斤吧: a vague quantity, and then how much. */
  protected isMorePrecise(next: Token | undefined): boolean {
    const last = this.carry.last;
    if (last?.amount?.fault !== "vague" || last.amount.unit || !last.items) return false;
    return !this.waiting && this.carry.held.length === 0 && next?.kind !== "item" && next?.kind !== "option";
  }

  protected quantity(token: Token, amount: Amount): Draft {
    const sign = this.sign;
    this.sign = undefined;
    const op = sign?.op ?? this.carry.op;
    const draft: Draft = {
      amount,
      start: sign?.token.start ?? token.start,
      end: token.end,
      rules: [token.rule ?? "quantity"],
    };
    if (this.carry.mode === "cancel" && !sign) draft.op = "less";
    else if (op) draft.op = op;
    if (!sign && op === "set") draft.rules.push("change");
    if (this.totals) draft.rules.push("total");
    this.totals = false;
    if (sign) draft.signed = true;
    if (sign?.dashed) draft.dashed = true;
    if (this.carry.whom !== undefined) draft.whom = this.carry.whom;
    return draft;
  }

  /** 2-3 without unit, as the second number is met. */
  protected isRange(before: Token | undefined, at: number, token: Token): boolean {
    const first = this.tokens[at - 2];
    return (
      before?.kind === "sign" &&
      before.text === "-" &&
      first?.kind === "amount" &&
      first.end === before.start &&
      before.end === token.start
    );
  }

  /** "apples, 2 pears": the quantity belongs to what follows it. */
  protected bindsForward(next: Token | undefined): boolean {
    if (next?.kind !== "item") return false;
    const after = this.next(this.tokens.indexOf(next));
    return after?.kind !== "amount" && after?.kind !== "sign";
  }

  protected eachBefore(at: number): boolean {
    for (let i = at - 1; i >= 0 && at - i <= 4; i--) {
      const token = this.tokens[i]!;
      if (is(token, "each", "both")) return true;
      if (token.kind === "item" || token.kind === "amount") return false;
    }
    return false;
  }

  protected bindToHeld(draft: Draft, each: boolean): void {
    const held = this.carry.held;
    if (each || this.carry.eachAmount) {
      for (const mention of held.splice(0))
        this.complete({
          ...draft,
          ...mention,
          amount: draft.amount!,
          end: draft.end,
          rules: [...mention.rules, "each"],
          ...(draft.op && { op: draft.op }),
        });
      return;
    }
    const mention = held.pop()!;
    mention.start = Math.min(mention.start, draft.start);
    mention.end = draft.end;
    mention.amount = draft.amount!;
    if (draft.op) mention.op = draft.op;
    if (draft.signed) mention.signed = true;
    if (draft.dashed) mention.dashed = true;
    if (mention.whom === undefined && draft.whom !== undefined) mention.whom = draft.whom;
    mention.rules.push(...draft.rules);
    this.complete(mention);
  }

  /** 600ml*24瓶 4箱, 24罐装 一箱: what stands first is the size of the goods. */
  protected isAfterSize(before: Token | undefined, next: Token | undefined): boolean {
    const last = this.drafts.at(-1);
    if (!last?.amount || !last.items || last.swap || this.waiting) return false;
    if (next?.kind === "item" && !["amount", "sign"].includes(this.next(this.tokens.indexOf(next))?.kind ?? ""))
      return false;
    if (before?.text === "+" && next?.kind === "item") return false;
    const sizeFirst =
      last.sizing === true ||
      last.amount.unit?.size !== undefined ||
      before?.text === "装" ||
      (before?.kind === "sign" && before.text !== "+" && before.text !== "-");
    const adjacent = ["amount", "sign", "size", "unit", "note"].includes(before?.kind ?? "") || before?.text === "装";
    return adjacent && sizeFirst && !(last.signed && last.amount.unit?.size === undefined && before?.kind !== "sign");
  }

  protected replaceSize(draft: Draft, times: boolean): void {
    const last = this.drafts.at(-1)!;
    const sold = last.items!.length === 1 ? this.catalog.items[last.items![0]! - 1]!.sale : undefined;
    const amount = draft.amount!;
    const measured = sold?.size !== undefined && last.amount!.unit?.size !== undefined;
    last.end = draft.end;
    last.rules.push("size");
    if (measured && times && !amount.unit && !amount.fault && last.amount!.value * amount.value < 1e15) {
      last.amount = { ...last.amount!, value: Math.round((last.amount!.value * amount.value) / ONE) }; // 500g x 2
      return;
    }
    // What is sold by mass cannot have its mass for a size: two quantities, and no telling which.
    if (measured) last.tooMany = true;
    last.sizing = times && amount.unit !== undefined && !(sold && sameUnit(amount.unit, sold));
    last.amount = amount;
    if (draft.op) last.op = draft.op;
  }

  protected unit(token: Token): void {
    const target = this.waiting ?? this.carry.last;
    if (target?.amount && !target.amount.unit) {
      target.amount = { ...target.amount, unit: token.amount!.unit! };
      target.end = token.end;
    } else this.loose.push(token);
  }
}
