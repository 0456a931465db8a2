import { ONE } from "../quantity.ts";
import type { Draft } from "./draft.ts";
import { ItemReader } from "./item-reader.ts";
import { touches } from "./line-state.ts";
import { is, type Token } from "./tokens.ts";

/** Reads what stands beside a line: options, notes, whom for, unknown words, signs. */
export class BesideReader extends ItemReader {
  protected option(token: Token, at: number): void {
    if (at === this.leftOut) return;
    const refs = token.options!;
    if (this.swapping !== undefined) {
      // "swap one plain for sesame": of options nobody can tell how many there are
      const from = this.drafts.at(-1) ?? this.carry.held.at(-1);
      if (from) from.tooMany = true;
    }
    const held = this.carry.held.at(-1);
    const own = (draft: Draft | undefined) =>
      draft?.items ? refs.filter(({ item }) => draft.items!.includes(item)) : [];
    const next = this.next(at);
    if (held && !held.options && own(held).length > 0) {
      held.options = own(held);
      held.end = token.end;
      return;
    }
    const quantified = next?.kind === "amount" || next?.kind === "sign" || is(next, "each");
    const last = this.drafts.at(-1) ?? this.carry.last;
    // "large colas" where only the fish comes in sizes: a remark.
    if (next?.kind === "item" && next.items!.length > 0 && !this.belongs(next, refs)) {
      this.remark = token.text;
      return;
    }
    // "1 large 2 regular": numbers first.
    if (
      this.tokens[at - 1]?.kind === "amount" &&
      last &&
      !last.options &&
      own(last).length > 0 &&
      last.end === this.tokens[at - 1]!.end
    ) {
      last.options = own(last);
      last.end = token.end;
      return;
    }
    // "2 noodles dry 1 soup": numbers first, so that the option is of what stands before it.
    if (last && !last.options && own(last).length > 0 && quantified && this.isNumberFirst(last, at)) {
      last.options = own(last);
      last.end = token.end;
      return;
    }
    if (this.waiting) {
      const follows = next?.kind === "item" && this.belongs(next, refs);
      if (follows) {
        this.options = { refs, token };
        return;
      }
      const waiting = this.waiting;
      this.waiting = undefined;
      this.complete({
        ...waiting,
        items: this.mentionOfOption(refs),
        options: refs,
        end: token.end,
        rules: [...waiting.rules, "option"],
      });
      return;
    }
    if (
      last &&
      !last.options &&
      own(last).length > 0 &&
      !quantified &&
      !(next?.kind === "item" && this.belongs(next, refs))
    ) {
      last.options = own(last);
      last.end = Math.max(last.end, token.end);
      return;
    }
    if (held?.options && own(held).length > 0 && (!quantified || is(next, "each"))) {
      this.carry.held.push({ ...held, options: own(held), start: token.start, end: token.end });
      return;
    }
    if (!quantified && next?.kind !== "item") {
      this.carry.held.push({
        items: this.mentionOfOption(refs),
        options: refs,
        start: token.start,
        end: token.end,
        rules: ["option"],
        ...(this.carry.op && { op: this.carry.op }),
      });
      return;
    }
    this.options = { refs, token };
  }

  /** Right behind "2 noodles", where the number that follows is of a name or option behind it. */
  protected isNumberFirst(last: Draft, at: number): boolean {
    const before = this.tokens[at - 1];
    if (before?.kind !== "item" || before.end !== last.end || last.numberFirst !== true) return false;
    const said = this.tokens.filter((token) => !is(token, "polite", "please", "filler"));
    const next = this.next(at);
    const amount = next?.kind === "amount" ? this.tokens.indexOf(next) : -1;
    return said.at(-1)?.kind === "option" || (amount >= 0 && this.bindsForward(this.next(amount)));
  }

  protected note(token: Token): void {
    const target = this.carry.held.at(-1) ?? this.drafts.at(-1) ?? this.carry.last;
    if (target) target.note = target.note ? `${target.note}，${token.text}` : token.text;
  }

  protected name(token: Token): void {
    const whom = token.whom ?? null;
    if ((token.leads || this.opensLine(token)) && this.drafts.length === 0 && !this.waiting) {
      this.carry.whom = whom;
      return;
    }
    const drafts = [...this.carry.all, ...this.drafts, ...(this.waiting ? [this.waiting] : []), ...this.carry.held];
    if (drafts.length === 0 || (token.leads && !this.drafts.length && !this.waiting)) {
      this.carry.whom = whom;
      return;
    }
    for (const draft of drafts) if (draft.whom === undefined) draft.whom = whom;
  }

  /** "apples 2, for my sis 1": the name opens a line of its own. */
  private opensLine(token: Token): boolean {
    const at = this.tokens.indexOf(token);
    const opens = this.tokens.slice(0, at).every((before) => is(before, "also", "and", "filler", "polite"));
    return opens && this.carry.held.length === 0 && this.tokens.slice(at).some(({ kind }) => kind === "amount");
  }

  protected other(token: Token, at: number): void {
    if (at === this.leftOut) return;
    if (token.text === "not" && this.isCorrected(at)) return;
    const before = this.tokens[at - 1];
    const next = this.tokens[at + 1];
    if (
      before?.kind === "other" ||
      (next?.kind === "item" && touches(token, next)) ||
      (before?.kind === "item" && touches(before, token))
    ) {
      this.loose.push(token);
      return;
    }
    let end = at;
    while (this.tokens[end + 1]?.kind === "other") end++;
    const after = this.afterWish(end);
    const text = this.tokens
      .slice(at, end + 1)
      .map((piece) => piece.text)
      .join(" ");
    const follows =
      this.waiting !== undefined && (this.before(at)?.kind === "amount" || this.before(at)?.kind === "unit");
    const leads =
      this.carry.held.length === 0 &&
      !this.waiting &&
      (after?.kind === "amount" || after?.kind === "sign") &&
      this.isQuantityOfThis(after, end);
    if (follows && after?.kind !== "item") {
      const waiting = this.waiting!;
      this.waiting = undefined;
      this.drafts.push({ ...waiting, unknown: text, end: this.tokens[end]!.end });
      return;
    }
    if (leads) this.unknown = { text, token };
    this.loose.push(token);
  }

  /** "3 not 2": the first is meant, instead of the second. */
  protected isCorrected(at: number): boolean {
    const meant = this.waiting ?? this.drafts.at(-1);
    if (this.unknown || !meant?.amount || this.tokens[at + 1]?.kind !== "amount" || meant.op === "less") return false;
    meant.op ??= "set";
    meant.rules.push("change");
    this.discard = true;
    return true;
  }

  /** What follows; in 榴莲要2个 the quantity, if it has a unit. */
  protected afterWish(at: number): Token | undefined {
    const next = this.next(at);
    if (!next || !is(next, "wish") || is(next, "head")) return next;
    const amount = this.next(this.tokens.indexOf(next, at));
    return amount?.kind === "amount" && amount.amount!.unit && !amount.amount!.fault ? amount : next;
  }

  /** "西瓜 2斤" is 2斤 of it; "Tom 2 apples" is not two Toms. */
  protected isQuantityOfThis(after: Token, end: number): boolean {
    let index = this.tokens.indexOf(after, end);
    if (after.kind === "sign") index++;
    const behind = this.next(index);
    return this.tokens[index]?.kind === "amount" && behind?.kind !== "item";
  }

  protected signed(token: Token, at: number): void {
    const next = this.tokens[at + 1];
    const before = this.tokens[at - 1];
    if (token.text === "x" || token.text === "×" || token.text === "*") {
      if (next?.kind === "amount") this.sign = { op: "set", bare: 0, dashed: false, token };
      else if (this.waiting) this.waiting.signed = true;
      return;
    }
    if (token.text === "=") {
      const counted = this.drafts.at(-1) ?? this.waiting;
      if (counted?.amount && this.carry.held.length === 0) counted.tooMany = true; // 2盒=136 is a sum
      this.sign = { op: "set", bare: 0, dashed: false, token };
      return;
    }
    if (token.text === "-") {
      const spaced = before !== undefined && before.end < token.start && next !== undefined && next.start > token.end;
      this.sign = { op: spaced ? "set" : "less", bare: 0, dashed: spaced, token };
      return;
    }
    const bare = (this.sign?.op === "add" ? this.sign.bare : 0) + 1;
    if (
      next?.kind === "amount" ||
      next?.kind === "item" ||
      next?.kind === "option" ||
      (next?.kind === "sign" && next.text === "+") ||
      this.next(at)?.kind === "amount"
    ) {
      this.sign = { op: "add", bare, dashed: false, token };
      return;
    }
    const held = this.carry.held.pop();
    if (held)
      this.complete({
        ...held,
        amount: { value: bare * ONE, style: "digits" },
        op: "add",
        signed: true,
        end: token.end,
        rules: [...held.rules, "plus"],
      });
    else this.loose.push(token);
    this.sign = undefined;
  }
}
