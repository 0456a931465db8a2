import { ONE } from "../quantity.ts";
import type { Catalog } from "./catalog.ts";
import { ChangeReader } from "./change-reader.ts";
import type { Clause } from "./clauses.ts";
import type { Parsed } from "./draft.ts";
import type { Carry } from "./line-state.ts";
import { is, type Token } from "./tokens.ts";

/**
 * Reads the lines of a clause from left to right: names wait for their quantity, or quantities for their name.
 * Nothing is judged here; a question is read like an order.
 */
export function parseClause(catalog: Catalog, clause: Clause, carry: Carry): Parsed {
  return new ClauseReader(catalog, clause, carry).read();
}

const PASSED: ReadonlySet<Token["kind"]> = new Set([
  "decor",
  "bullet",
  "colon",
  "money",
  "price",
  "time",
  "phone",
  "link",
  "measure",
  "size",
  "flat",
  "close",
]);

class ClauseReader extends ChangeReader {
  read(): Parsed {
    for (let at = 0; at < this.tokens.length; at++) {
      const token = this.tokens[at]!;
      this.take(token, at);
      if (!PASSED.has(token.kind) && !is(token, "polite", "please", "filler")) this.last = at;
    }
    this.close();
    if (!this.listed) this.carry.mode = undefined; // 取消苹果，梨不变
    this.carry.all.push(...this.drafts);
    return { drafts: this.drafts, loose: this.loose };
  }

  protected take(token: Token, at: number): void {
    switch (token.kind) {
      case "amount":
        this.amount(token, at);
        break;
      case "item":
        this.item(token, at);
        break;
      case "ordinal-day":
        this.day(token, at);
        break;
      case "option":
        this.option(token, at);
        break;
      case "sign":
        this.signed(token, at);
        break;
      case "unit":
        this.unit(token);
        break;
      case "word":
        this.word(token, at);
        break;
      case "name":
        this.name(token);
        break;
      case "note":
        this.note(token);
        break;
      case "other":
        this.other(token, at);
        break;
      default:
    }
  }

  protected word(token: Token, at: number): void {
    const next = this.next(at);
    const goods =
      next?.kind === "amount" ||
      next?.kind === "item" ||
      next?.kind === "option" ||
      next?.kind === "unit" ||
      next?.kind === "other" ||
      is(next, "each", "all", "wish", "verb", "from", "both");
    const afterAmount =
      this.waiting ??
      (this.last >= 0 && ["amount", "unit"].includes(this.tokens[this.last]!.kind) ? this.carry.last : undefined);

    const behindItem =
      this.last >= 0 && this.tokens[this.last]!.kind === "item" && !goods && this.carry.held.length === 0;
    const counted = afterAmount ?? (behindItem ? this.drafts.at(-1) : undefined);
    if (token.text === "多" && afterAmount?.amount && !goods) {
      afterAmount.amount = { ...afterAmount.amount, fault: "vague" }; // 2斤多
      return;
    }
    if (is(token, "more-after", "less-after") && this.tokens[at + 1]?.kind === "other") return; // "1 less oily"
    if (is(token, "more-after", "less-after") && counted?.amount) {
      counted.op = is(token, "more-after") ? "add" : "less";
      counted.rules.push("more or less");
      return;
    }
    if (is(token, "swap", "set")) {
      this.setOrSwap(token, next);
      return;
    }
    if (is(token, "instead") && next?.kind === "amount") {
      this.discard = true; // "3 instead of 2"
      return;
    }
    if (is(token, "instead") && next?.kind === "item") {
      this.instead();
      return;
    }
    if (
      is(token, "from") &&
      next?.kind === "amount" &&
      !(/^[把将]$/.test(token.text) && this.itemFollowsAmount(next))
    ) {
      this.discard = true;
      this.changes = true;
      return;
    }
    if (token.text === "to" || token.text === "into" || token.text === "for" || token.text === "with") {
      if (next?.kind !== "amount") return;
      if (this.swapsForSome(next)) this.swapping = "word";
      else if (this.changes || this.carry.op !== undefined) this.setTo();
      return;
    }
    if (
      is(token, "cancel", "unwant") ||
      (/^[不唔]买$/.test(token.text) && next?.kind === "item") ||
      (is(token, "less") &&
        !/^(?:less|fewer|减|减少|少|少要|少来|少订|少拿)$/.test(token.text) &&
        next?.kind === "item" &&
        !this.quantityFollows(this.tokens.indexOf(next)))
    ) {
      if (this.cancel(token, at, next)) return;
    }
    // "take the bagels off"
    if (token.text === "off" && this.carry.held.length > 0 && this.tokens.some(({ text }) => text === "take")) {
      if (this.cancel(token, at, next)) return;
    }
    if (token.text === "no" && next?.kind === "item" && this.tokens[at + 1] === next) {
      this.carry.mode = "cancel";
      return;
    }
    if (is(token, "less") && (next?.kind === "amount" || next?.kind === "item")) {
      this.carry.op = "less";
      this.changes = true;
      return;
    }
    const another = token.text === "another" && next === undefined && this.carry.held.length === 0;
    const again = token.text === "再" && is(next, "head", "help", "me"); // 再帮我拿一瓶
    if (is(token, "add") && (goods || another || again)) {
      this.carry.mode = undefined;
      this.carry.op = "add";
      this.changes = true;
      const isOne = /^(?:add )?(?:another|an extra|an additional|a further|one more of|extra)$/.test(token.text);
      if (isOne && next?.kind !== "amount" && next?.kind !== "unit" && !this.quantityFollows(at)) {
        this.waiting = {
          amount: { value: ONE, style: "word" },
          op: "add",
          start: token.start,
          end: token.end,
          rules: ["one more"],
        };
      }
      return;
    }
    if (is(token, "each", "both") && !goods && this.carry.held.length > 0 && afterAmount === undefined) return;
    if (is(token, "all") && !(is(token, "mine-word") && this.carry.mode === "cancel")) {
      this.every(token, next);
      return;
    }
    if (is(token, "each") && /^[各都]再?加/.test(token.text)) this.carry.op = "add"; // 苹果和梨都加1
    if (is(token, "refuse") && this.carry.held.length > 0 && next?.kind !== "item") {
      if (this.cancel(token, at, next)) return; // 香梨我就不要了
    }
    if (is(token, "each") && afterAmount) {
      this.eachAfter(afterAmount);
      return;
    }
    if (is(token, "wish", "head", "verb")) {
      this.carry.mode = undefined;
      if (this.carry.op === "less") this.carry.op = undefined;
    }
  }

  protected close(): void {
    if (this.insteadOf) this.finishInstead(this.insteadOf);
    if (this.pendingSwap) this.finishSwap(this.pendingSwap);
    if (this.sign && this.carry.held.length > 0 && this.sign.op === "add") {
      const held = this.carry.held.pop()!;
      this.complete({
        ...held,
        amount: { value: this.sign.bare * ONE, style: "digits" },
        op: "add",
        signed: true,
        rules: [...held.rules, "plus"],
      });
    }
    if (this.options && !this.waiting && this.carry.held.length === 0 && this.drafts.length === 0) {
      const { refs, token } = this.options;
      const items = this.mentionOfOption(refs);
      this.carry.held.push({ items, options: refs, start: token.start, end: token.end, rules: ["option"] });
    }
    this.dropSizes();
    const unnamed = [...this.drafts, ...(this.waiting ? [this.waiting] : [])].filter(
      (draft) => !draft.items && !draft.unknown,
    );
    if (this.allNext && unnamed.length === 1) {
      unnamed[0]!.all = true;
      unnamed[0]!.rules.push("all");
    }
    if (this.unknown && unnamed.length === 1 && unnamed[0]!.start > this.unknown.token.start)
      unnamed[0]!.unknown = this.unknown.text;
    this.release();
  }
}
