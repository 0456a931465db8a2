import { ONE } from "../quantity.ts";
import { fold } from "../text/fold.ts";
import type { Draft } from "./draft.ts";
import { isLatin, touches } from "./line-state.ts";
import { QuantityReader } from "./quantity-reader.ts";
import { type Amount, is, type Token } from "./tokens.ts";

/** Reads names of items: with the quantity that waits, side by side as one name, or one for another. */
export class ItemReader extends QuantityReader {
  protected item(token: Token, at: number): void {
    const items = this.bySize(token, at);
    const mention: Draft = { items, start: token.start, end: token.end, rules: [token.rule ?? "name"] };
    if (this.carry.whom !== undefined) mention.whom = this.carry.whom;
    const left = this.tokens[at - 1];
    const right = this.tokens[at + 1];
    if (token.strength !== 0 || token.rule === "slip") {
      if (
        touches(left, token) ||
        (left?.kind === "other" && (this.waiting !== undefined || (isLatin(left) && isLatin(token))))
      )
        mention.doubtful = true;
      if (touches(token, right) && !/^[子儿]$/.test(right!.text)) mention.doubtful = true;
      else if (
        right?.kind === "other" &&
        right.text !== "not" &&
        isLatin(right) &&
        isLatin(token) &&
        this.quantityFollows(at + 1)
      )
        mention.doubtful = true;
    }
    if (this.options) {
      const own = this.options.refs.filter(({ item }) => token.items!.includes(item));
      if (own.length > 0) {
        mention.options = own;
        mention.start = Math.min(mention.start, this.options.token.start);
        this.options = undefined;
      }
    }
    if (this.sign && !this.waiting) {
      if (this.sign.op === "less") mention.cancel = true;
      else mention.op = this.sign.op;
      mention.signed = true;
      this.sign = undefined;
    }
    if (this.remark !== undefined) {
      mention.note = this.remark;
      this.remark = undefined;
    }
    if (this.isPartOfNote(token)) return;
    if (this.insteadFirst) {
      this.insteadFirst = false;
      this.swapping = "word";
      this.complete({ ...mention, cancel: true });
      return;
    }
    if (this.tryMerge(token, at, mention)) return;
    if (this.trySwap(mention)) return;

    if (this.waiting) {
      const waiting = this.waiting;
      this.waiting = undefined;
      // 302今天不要苹果: what stands before such a word is no quantity of what is cancelled.
      const isUnsaid = this.carry.mode === "cancel" && !waiting.op && !waiting.signed;
      mention.amount = isUnsaid ? { ...waiting.amount!, fault: "vague" } : waiting.amount!;
      mention.numberFirst = true;
      mention.start = Math.min(waiting.start, mention.start);
      const op = waiting.op ?? mention.op;
      if (op) mention.op = op;
      if (waiting.signed) mention.signed = true;
      mention.rules.push(...waiting.rules);
      this.complete(mention);
      return;
    }
    if (this.carry.eachAmount?.amount) {
      const each = this.carry.eachAmount;
      this.complete({ ...each, ...mention, amount: each.amount!, rules: [...mention.rules, "each"] });
      return;
    }
    if (this.carry.mode === "cancel") {
      const next = this.next(at);
      if (next?.kind !== "amount" && next?.kind !== "sign") {
        this.complete({ ...mention, cancel: true, rules: [...mention.rules, "cancel"] });
        return;
      }
    }
    if (this.carry.op && !mention.op) mention.op = this.carry.op;
    const bundle = this.quantityFollows(at) ? undefined : this.bundleNamed(token);
    if (bundle) this.complete({ ...mention, amount: bundle });
    else this.carry.held.push(mention);
  }

  /** 火锅底料5包, where that is the name of what is sold by "5包" beside the single 包: the quantity is in the name. */
  protected bundleNamed({ text, items = [], strength }: Token): Amount | undefined {
    const item = items.length === 1 && strength === 3 ? this.catalog.items[items[0]! - 1] : undefined;
    if (!item?.bundle || !item.sale || !/\d ?\D+$/.test(text)) return undefined;
    const ends = text.replaceAll(" ", "").endsWith(fold(item.unit ?? "").text.replaceAll(" ", ""));
    if (!ends) return undefined;
    return { value: item.sale.size === undefined ? ONE : item.bundle, unit: item.sale, style: "digits" };
  }

  /** 6寸蛋糕一个, 蛋糕6寸一个: of goods that come in sizes, the size tells which; it is no quantity then. */
  protected bySize(token: Token, at: number): readonly number[] {
    const items = token.items!;
    if (items.length < 2 || !this.quantityFollows(at)) return items;
    const before = this.tokens[at - 1]?.text === "的" ? this.tokens[at - 2] : this.tokens[at - 1];
    for (const size of [before, this.tokens[at + 1]]) {
      if (size === undefined || !["amount", "measure", "size"].includes(size.kind)) continue;
      const text = size.text.replaceAll(" ", "");
      const fitting = items.filter((item) =>
        this.catalog.items[item - 1]!.names.some((name) => name.text.replaceAll(" ", "").includes(text)),
      );
      if (fitting.length !== 1 || !/\D/.test(text)) continue;
      if (size.kind === "amount" && size === before) {
        if (this.waiting?.amount !== size.amount) continue;
        this.waiting = undefined;
      } else if (size.kind === "amount") {
        if (!this.quantityFollows(at + 1)) continue;
        this.discard = true;
      }
      return fitting;
    }
    return items;
  }

  /** "red wine" and 烟台 苹果 of one item: names that stand side by side are one where one item has both. */
  protected tryMerge(token: Token, at: number, mention: Draft): boolean {
    const joint = this.tokens[at - 1];
    const before = joint?.text === "-" && joint.kind === "decor" ? this.tokens[at - 2] : joint;
    if (before?.kind !== "item" || token.start - before.end > 1) return false;
    const target = this.carry.held.at(-1) ?? (this.drafts.at(-1)?.end === before.end ? this.drafts.at(-1) : undefined);
    if (!target?.items || target.end !== before.end) return false;
    const shared = target.items.filter((item) => mention.items!.includes(item));
    if (shared.length === 0) {
      // 土豆洋葱 are two names, 苹果醋 is a third thing.
      const isWhole = token.text.length > 1 && before.text.length > 1;
      if (token.start === before.end && !isWhole && (token.strength === 1 || before.strength === 1)) {
        target.doubtful = true;
        target.end = mention.end;
        return true;
      }
      return false;
    }
    target.items = shared;
    target.end = mention.end;
    if (mention.options) target.options = mention.options;
    return true;
  }

  /** 珍珠奶茶2杯不要珍珠: what is left out of the goods just ordered is a remark about them. */
  protected isPartOfNote(token: Token): boolean {
    const last = this.drafts.at(-1) ?? this.carry.last;
    if (this.carry.mode !== "cancel" || token.strength !== 1 || !last?.items || last.cancel) return false;
    if (!token.items!.some((item) => last.items!.includes(item))) return false;
    last.note = last.note ? `${last.note}；${token.text}` : token.text;
    return true;
  }

  /** 苹果换成梨, "swap apples for pears". */
  protected trySwap(mention: Draft): boolean {
    if (this.swapping === undefined) return false;
    const from =
      this.carry.held.at(-1) ??
      (this.drafts.at(-1)?.items ? this.drafts.at(-1) : undefined) ??
      (this.carry.last?.cancel ? this.carry.last : undefined);
    if (this.swapping === "change" && !this.changes) return false;
    if (!from || from === mention) return false;
    if (this.carry.held.at(-1) === from) this.drafts.push(this.carry.held.pop()!);
    from.rules.push("swap");
    if (from.amount && !from.cancel && (this.swapping === "word" || this.waiting === undefined)) {
      // 把1斤苹果换成梨: so much of it.
      from.op = "less";
      from.part = this.waiting ? "for its own" : "for as much";
      this.swapping = undefined;
      const amount = this.waiting?.amount ?? from.amount;
      this.waiting = undefined;
      this.pendingSwap = { ...mention, amount, op: "add", rules: [...mention.rules, "swap"] };
      this.complete(this.pendingSwap);
      return true;
    }
    from.cancel = true;
    from.amount = undefined;
    const to: Draft = { ...mention, swap: true, rules: [...mention.rules, "swap"] };
    if (this.waiting) {
      to.amount = this.waiting.amount!;
      to.swap = false;
      this.waiting = undefined;
      to.op = "set";
    }
    this.swapping = undefined;
    this.carry.op = "set";
    if (to.amount === undefined) {
      this.drafts.push(to);
      this.carry.last = to;
      this.pendingSwap = to;
    } else this.complete(to);
    return true;
  }

  /** 2号 before a quantity is the second item; elsewhere it is a day. */
  protected day(token: Token, at: number): void {
    const next = this.next(at);
    const ordered =
      next?.kind === "amount" ||
      next?.kind === "sign" ||
      next?.kind === "option" ||
      is(next, "wish", "head", "each", "add", "less", "cancel", "set") ||
      is(this.before(at), "wish", "head", "cancel");
    const listed = next === undefined && this.listed;
    if (!ordered && !listed) {
      this.loose.push({ ...token, kind: "time" });
      return;
    }
    const number = Number.parseInt(token.text, 10);
    const exists = number >= 1 && number <= this.catalog.items.length;
    this.item({ ...token, kind: "item", items: exists ? [number] : [], strength: 0, rule: "number" }, at);
  }
}
