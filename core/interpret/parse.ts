import { isHan } from "../text/lexicon.ts";
import { sameUnit } from "../text/units.ts";
import type { Catalog, OptionRef } from "./catalog.ts";
import type { Clause } from "./clauses.ts";
import type { Draft, Op, Parsed } from "./draft.ts";
import { type Amount, is, type Token } from "./tokens.ts";

/** What one clause leaves to the next of its sentence. */
export interface Carry {
  held: Draft[];
  op: Op | undefined;
  mode: "cancel" | undefined;
  last: Draft | undefined;
  eachAmount: Draft | undefined;
  whom: string | null | undefined;
  /** All lines of the sentence so far. */
  all: Draft[];
}

export function freshCarry(): Carry {
  return { held: [], op: undefined, mode: undefined, last: undefined, eachAmount: undefined, whom: undefined, all: [] };
}

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

class ClauseReader {
  readonly #catalog: Catalog;
  readonly #tokens: readonly Token[];
  readonly #listed: boolean;
  readonly #carry: Carry;
  readonly #drafts: Draft[] = [];
  readonly #loose: Token[] = [];
  /** A quantity that waits for its name. */
  #waiting: Draft | undefined;
  #sign: { op: Op; bare: number; dashed: boolean; token: Token } | undefined;
  #options: { refs: readonly OptionRef[]; token: Token } | undefined;
  #discard = false;
  #swapping: "word" | "change" | undefined;
  #changes = false;
  #last = -1;

  constructor(catalog: Catalog, clause: Clause, carry: Carry) {
    this.#catalog = catalog;
    this.#tokens = clause.tokens;
    this.#listed = clause.listed;
    this.#carry = carry;
  }

  read(): Parsed {
    for (let at = 0; at < this.#tokens.length; at++) {
      const token = this.#tokens[at]!;
      this.#take(token, at);
      if (!PASSED.has(token.kind) && !is(token, "polite", "please", "filler")) this.#last = at;
    }
    this.#close();
    this.#carry.all.push(...this.#drafts);
    return { drafts: this.#drafts, loose: this.#loose };
  }

  #take(token: Token, at: number): void {
    switch (token.kind) {
      case "amount":
        this.#amount(token, at);
        break;
      case "item":
        this.#item(token, at);
        break;
      case "ordinal-day":
        this.#day(token, at);
        break;
      case "option":
        this.#option(token, at);
        break;
      case "sign":
        this.#signed(token, at);
        break;
      case "unit":
        this.#unit(token);
        break;
      case "word":
        this.#word(token, at);
        break;
      case "name":
        this.#name(token);
        break;
      case "note":
        this.#note(token);
        break;
      case "other":
        this.#other(token, at);
        break;
      default:
    }
  }

  /** The next token that says something about goods. */
  #next(at: number): Token | undefined {
    for (let i = at + 1; i < this.#tokens.length; i++) {
      const token = this.#tokens[i]!;
      if (token.kind === "decor" || is(token, "polite", "please", "filler", "me")) continue;
      return token;
    }
    return undefined;
  }

  #before(at: number): Token | undefined {
    for (let i = at - 1; i >= 0; i--) {
      const token = this.#tokens[i]!;
      if (token.kind === "decor" || is(token, "polite", "filler", "please")) continue;
      return token;
    }
    return undefined;
  }

  // ------------------------------------------------------------ quantities

  #amount(token: Token, at: number): void {
    const amount = token.amount!;
    if (this.#discard) {
      this.#discard = false;
      return;
    }
    const before = this.#tokens[at - 1];
    if (this.#isRange(before, at, token)) {
      const target = this.#waiting ?? this.#carry.last;
      if (target?.amount) {
        target.amount = { ...target.amount, ...(amount.unit && { unit: amount.unit }), fault: "range" };
        target.end = token.end;
        this.#sign = undefined;
        return;
      }
    }
    const draft = this.#quantity(token, amount);
    const next = this.#next(at);
    const all = is(next, "all") && !this.#carry.held.length && next!.text !== "all";
    if (this.#carry.eachAmount && this.#carry.held.length === 0 && !all) this.#carry.eachAmount = undefined;

    if (this.#swapping === "word") {
      this.#waiting = draft;
      return;
    }
    const held = this.#carry.held;
    const staysForNext =
      held.length > 0 &&
      !this.#tokens.some((other, i) => i < at && other.kind === "item") &&
      this.#bindsForward(at, next);
    if (held.length > 0 && !staysForNext) {
      this.#bindToHeld(draft, this.#eachBefore(at));
      return;
    }
    if (this.#options && !(next?.kind === "item" && this.#belongs(next))) {
      const mention = this.#mentionOfOption(this.#options.refs);
      if (mention)
        this.#complete({
          ...draft,
          items: mention,
          options: this.#options.refs,
          start: Math.min(this.#options.token.start, draft.start),
        });
      return;
    }
    if (this.#isAfterSize(before, next)) {
      this.#replaceSize(draft, before?.kind === "sign" && /[x×*]/.test(before.text));
      return;
    }
    if (this.#waiting) this.#release();
    this.#waiting = draft;
  }

  #quantity(token: Token, amount: Amount): Draft {
    const sign = this.#sign;
    this.#sign = undefined;
    const op = sign?.op ?? this.#carry.op;
    const draft: Draft = {
      amount,
      start: sign?.token.start ?? token.start,
      end: token.end,
      rules: [token.rule ?? "quantity"],
    };
    if (this.#carry.mode === "cancel" && !sign) draft.op = "less";
    else if (op) draft.op = op;
    if (!sign && op === "set") draft.rules.push("change");
    if (sign) draft.signed = true;
    if (sign?.dashed) draft.dashed = true;
    if (this.#carry.whom !== undefined) draft.whom = this.#carry.whom;
    return draft;
  }

  /** 2-3 without unit, as the second number is met. */
  #isRange(before: Token | undefined, at: number, token: Token): boolean {
    const first = this.#tokens[at - 2];
    return (
      before?.kind === "sign" &&
      before.text === "-" &&
      first?.kind === "amount" &&
      first.end === before.start &&
      before.end === token.start
    );
  }

  /** "apples, 2 pears": the quantity belongs to what follows it. */
  #bindsForward(at: number, next: Token | undefined): boolean {
    if (next?.kind !== "item") return false;
    const index = this.#tokens.indexOf(next);
    const after = this.#next(index);
    void at;
    return after?.kind !== "amount" && after?.kind !== "sign";
  }

  #eachBefore(at: number): boolean {
    for (let i = at - 1; i >= 0 && at - i <= 4; i--) {
      const token = this.#tokens[i]!;
      if (is(token, "each", "both")) return true;
      if (token.kind === "item" || token.kind === "amount") return false;
    }
    return false;
  }

  #bindToHeld(draft: Draft, each: boolean): void {
    const held = this.#carry.held;
    if (each || this.#carry.eachAmount) {
      for (const mention of held.splice(0))
        this.#complete({
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
    this.#complete(mention);
  }

  #complete(draft: Draft): void {
    if (draft.op === "less" && draft.cancel && draft.amount) delete draft.cancel;
    this.#drafts.push(draft);
    this.#carry.last = draft;
    this.#options = undefined;
    this.#changes = false;
  }

  /** 600ml*24瓶 4箱, 24罐装 一箱: what stands first is the size of the goods. */
  #isAfterSize(before: Token | undefined, next: Token | undefined): boolean {
    const last = this.#drafts.at(-1);
    if (!last?.amount || !last.items || last.swap || this.#waiting) return false;
    if (next?.kind === "item" && !["amount", "sign"].includes(this.#next(this.#tokens.indexOf(next))?.kind ?? ""))
      return false;
    const sizeFirst =
      last.sizing === true ||
      last.amount.unit?.size !== undefined ||
      before?.text === "装" ||
      (before?.kind === "sign" && before.text !== "+" && before.text !== "-");
    const adjacent = ["amount", "sign", "size", "unit", "note"].includes(before?.kind ?? "") || before?.text === "装";
    return adjacent && sizeFirst && !(last.signed && last.amount.unit?.size === undefined && before?.kind !== "sign");
  }

  #replaceSize(draft: Draft, times: boolean): void {
    const last = this.#drafts.at(-1)!;
    const sold = last.items!.length === 1 ? this.#catalog.items[last.items![0]! - 1]!.sale : undefined;
    const amount = draft.amount!;
    const measured = sold?.size !== undefined && last.amount!.unit?.size !== undefined;
    last.end = draft.end;
    last.rules.push("size");
    if (measured && times && !amount.unit && !amount.fault && last.amount!.value * amount.value < 1e15) {
      last.amount = { ...last.amount!, value: Math.round((last.amount!.value * amount.value) / 1000) }; // 500g x 2
      return;
    }
    // What is sold by mass cannot have its mass for a size: two quantities, and no telling which.
    if (measured) last.tooMany = true;
    last.sizing = times && amount.unit !== undefined && !(sold && sameUnit(amount.unit, sold));
    last.amount = amount;
    if (draft.op) last.op = draft.op;
  }

  #unit(token: Token): void {
    const target = this.#waiting ?? this.#carry.last;
    if (target?.amount && !target.amount.unit) {
      target.amount = { ...target.amount, unit: token.amount!.unit! };
      target.end = token.end;
    } else this.#loose.push(token);
  }

  /** A quantity whose name never came. */
  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) return;
    this.#drafts.push(waiting);
    this.#carry.last = waiting;
  }

  // ------------------------------------------------------------ names

  #item(token: Token, at: number): void {
    const mention: Draft = { items: token.items!, start: token.start, end: token.end, rules: [token.rule ?? "name"] };
    if (this.#carry.whom !== undefined) mention.whom = this.#carry.whom;
    const left = this.#tokens[at - 1];
    const right = this.#tokens[at + 1];
    if (token.strength !== 0 || token.rule === "slip") {
      if (
        touches(left, token) ||
        (left?.kind === "other" && (this.#waiting !== undefined || (isLatin(left) && isLatin(token))))
      )
        mention.doubtful = true;
      if (touches(token, right) && !/^[子儿]$/.test(right!.text)) mention.doubtful = true;
      else if (right?.kind === "other" && isLatin(right) && isLatin(token) && this.#quantityFollows(at + 1))
        mention.doubtful = true;
    }
    if (this.#options) {
      const own = this.#options.refs.filter(({ item }) => token.items!.includes(item));
      if (own.length > 0) {
        mention.options = own;
        mention.start = Math.min(mention.start, this.#options.token.start);
        this.#options = undefined;
      }
    }
    if (this.#sign && !this.#waiting) {
      if (this.#sign.op === "less") mention.cancel = true;
      else mention.op = this.#sign.op;
      mention.signed = true;
      this.#sign = undefined;
    }
    if (this.#remark !== undefined) {
      mention.note = this.#remark;
      this.#remark = undefined;
    }
    if (this.#isPartOfNote(token)) return;
    if (this.#insteadFirst) {
      this.#insteadFirst = false;
      this.#swapping = "word";
      this.#complete({ ...mention, cancel: true });
      return;
    }
    if (this.#tryMerge(token, at, mention)) return;
    if (this.#trySwap(mention)) return;

    if (this.#waiting) {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      mention.amount = waiting.amount!;
      mention.numberFirst = true;
      mention.start = Math.min(waiting.start, mention.start);
      const op = waiting.op ?? mention.op;
      if (op) mention.op = op;
      if (waiting.signed) mention.signed = true;
      mention.rules.push(...waiting.rules);
      this.#complete(mention);
      return;
    }
    if (this.#carry.eachAmount?.amount) {
      const each = this.#carry.eachAmount;
      this.#complete({ ...each, ...mention, amount: each.amount!, rules: [...mention.rules, "each"] });
      return;
    }
    const quantified = this.#quantityFollows(at);
    if (this.#carry.mode === "cancel") {
      if (!quantified) {
        this.#complete({ ...mention, cancel: true, rules: [...mention.rules, "cancel"] });
        return;
      }
    }
    if (this.#carry.op && !mention.op) mention.op = this.#carry.op;
    this.#carry.held.push(mention);
  }

  /** "red wine" and 烟台 苹果 of one item: names that stand side by side are one where one item has both. */
  #tryMerge(token: Token, at: number, mention: Draft): boolean {
    const joint = this.#tokens[at - 1];
    const before = joint?.text === "-" && joint.kind === "decor" ? this.#tokens[at - 2] : joint;
    if (before?.kind !== "item" || token.start - before.end > 1) return false;
    const target =
      this.#carry.held.at(-1) ?? (this.#drafts.at(-1)?.end === before.end ? this.#drafts.at(-1) : undefined);
    if (!target?.items || target.end !== before.end) return false;
    const shared = target.items.filter((item) => mention.items!.includes(item));
    if (shared.length === 0) {
      if (token.start === before.end && (token.strength === 1 || before.strength === 1)) {
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
  #isPartOfNote(token: Token): boolean {
    const last = this.#drafts.at(-1) ?? this.#carry.last;
    if (this.#carry.mode !== "cancel" || token.strength !== 1 || !last?.items || last.cancel) return false;
    if (!token.items!.some((item) => last.items!.includes(item))) return false;
    last.note = last.note ? `${last.note}；${token.text}` : token.text;
    return true;
  }

  #quantityFollows(at: number): boolean {
    for (let i = at + 1; i < this.#tokens.length; i++) {
      const token = this.#tokens[i]!;
      if (token.kind === "amount" || (token.kind === "sign" && this.#tokens[i + 1]?.kind === "amount")) return true;
      if (token.kind === "item" || token.kind === "break" || is(token, "and")) return false;
    }
    return false;
  }

  /** 苹果换成梨, "swap apples for pears". */
  #trySwap(mention: Draft): boolean {
    if (this.#swapping === undefined) return false;
    const from =
      this.#carry.held.at(-1) ??
      (this.#drafts.at(-1)?.items ? this.#drafts.at(-1) : undefined) ??
      (this.#carry.last?.cancel ? this.#carry.last : undefined);
    if (this.#swapping === "change" && !this.#changes) return false;
    if (!from || from === mention) return false;
    if (this.#carry.held.at(-1) === from) this.#drafts.push(this.#carry.held.pop()!);
    from.cancel = true;
    from.amount = undefined;
    from.rules.push("swap");
    const to: Draft = { ...mention, swap: true, rules: [...mention.rules, "swap"] };
    if (this.#waiting) {
      to.amount = this.#waiting.amount!;
      to.swap = false;
      this.#waiting = undefined;
      to.op = "set";
    }
    this.#swapping = undefined;
    this.#carry.op = "set";
    if (to.amount === undefined) {
      this.#drafts.push(to);
      this.#carry.last = to;
      this.#pendingSwap = to;
    } else this.#complete(to);
    return true;
  }

  #pendingSwap: Draft | undefined;
  /** What the item that follows should be like. */
  #remark: string | undefined;

  /** 2号 before a quantity is the second item; elsewhere it is a day. */
  #day(token: Token, at: number): void {
    const next = this.#next(at);
    const ordered =
      next?.kind === "amount" ||
      next?.kind === "sign" ||
      next?.kind === "option" ||
      is(next, "wish", "head", "each", "add", "less", "cancel", "set") ||
      is(this.#before(at), "wish", "head", "cancel");
    const listed = next === undefined && this.#listed;
    if (!ordered && !listed) {
      this.#loose.push({ ...token, kind: "time" });
      return;
    }
    const number = Number.parseInt(token.text, 10);
    const exists = number >= 1 && number <= this.#catalog.items.length;
    this.#item({ ...token, kind: "item", items: exists ? [number] : [], strength: 0, rule: "number" }, at);
  }

  // ------------------------------------------------------------ options, notes, whom for

  #option(token: Token, at: number): void {
    const refs = token.options!;
    const held = this.#carry.held.at(-1);
    const own = (draft: Draft | undefined) =>
      draft?.items ? refs.filter(({ item }) => draft.items!.includes(item)) : [];
    const next = this.#next(at);
    if (held && !held.options && own(held).length > 0) {
      held.options = own(held);
      held.end = token.end;
      return;
    }
    const quantified = next?.kind === "amount" || next?.kind === "sign" || is(next, "each");
    const last = this.#drafts.at(-1) ?? this.#carry.last;
    // "large colas" where only the fish comes in sizes: a remark.
    if (next?.kind === "item" && next.items!.length > 0 && !this.#belongs(next, refs)) {
      this.#remark = token.text;
      return;
    }
    // "1 large 2 regular": numbers first.
    if (
      this.#tokens[at - 1]?.kind === "amount" &&
      last &&
      !last.options &&
      own(last).length > 0 &&
      last.end === this.#tokens[at - 1]!.end
    ) {
      last.options = own(last);
      last.end = token.end;
      return;
    }
    if (this.#waiting) {
      const follows = next?.kind === "item" && this.#belongs(next, refs);
      const mention = follows ? undefined : this.#mentionOfOption(refs);
      if (mention) {
        const waiting = this.#waiting;
        this.#waiting = undefined;
        this.#complete({
          ...waiting,
          items: mention,
          options: refs,
          end: token.end,
          rules: [...waiting.rules, "option"],
        });
        return;
      }
      this.#options = { refs, token };
      return;
    }
    if (
      last &&
      !last.options &&
      own(last).length > 0 &&
      !quantified &&
      !(next?.kind === "item" && this.#belongs(next, refs))
    ) {
      last.options = own(last);
      last.end = Math.max(last.end, token.end);
      return;
    }
    if (held?.options && own(held).length > 0 && !quantified) {
      this.#carry.held.push({ ...held, options: own(held), start: token.start, end: token.end });
      return;
    }
    if (held?.options && own(held).length > 0 && is(next, "each")) {
      this.#carry.held.push({ ...held, options: own(held), start: token.start, end: token.end });
      return;
    }
    if (!quantified && next?.kind !== "item") {
      const mention = this.#mentionOfOption(refs);
      if (mention)
        this.#carry.held.push({
          items: mention,
          options: refs,
          start: token.start,
          end: token.end,
          rules: ["option"],
          ...(this.#carry.op && { op: this.#carry.op }),
        });
      return;
    }
    this.#options = { refs, token };
  }

  #belongs(token: Token, refs = this.#options?.refs ?? []): boolean {
    return refs.some(({ item }) => token.items!.includes(item));
  }

  /** The item that an option without a name is of: the last one named, or the only one that has it. */
  #mentionOfOption(refs: readonly OptionRef[]): readonly number[] | undefined {
    const numbers = [...new Set(refs.map(({ item }) => item))];
    const last = this.#carry.last?.items;
    const shared = last && numbers.filter((number) => last.includes(number));
    return shared && shared.length > 0 ? shared : numbers;
  }

  #note(token: Token): void {
    const target = this.#carry.held.at(-1) ?? this.#drafts.at(-1) ?? this.#carry.last;
    if (target) target.note = target.note ? `${target.note}，${token.text}` : token.text;
  }

  #name(token: Token): void {
    const whom = token.whom ?? null;
    if (token.leads && this.#drafts.length === 0 && !this.#waiting) {
      this.#carry.whom = whom;
      return;
    }
    const drafts = [
      ...this.#carry.all,
      ...this.#drafts,
      ...(this.#waiting ? [this.#waiting] : []),
      ...this.#carry.held,
    ];
    if (drafts.length === 0 || (token.leads && !this.#drafts.length && !this.#waiting)) {
      this.#carry.whom = whom;
      return;
    }
    for (const draft of drafts) if (draft.whom === undefined) draft.whom = whom;
  }

  #other(token: Token, at: number): void {
    const before = this.#tokens[at - 1];
    const next = this.#tokens[at + 1];
    if (
      before?.kind === "other" ||
      (next?.kind === "item" && touches(token, next)) ||
      (before?.kind === "item" && touches(before, token))
    ) {
      this.#loose.push(token);
      return;
    }
    let end = at;
    while (this.#tokens[end + 1]?.kind === "other") end++;
    const after = this.#next(end);
    const text = this.#tokens
      .slice(at, end + 1)
      .map((piece) => piece.text)
      .join(" ");
    const follows =
      this.#waiting !== undefined && (this.#before(at)?.kind === "amount" || this.#before(at)?.kind === "unit");
    const leads =
      this.#carry.held.length === 0 &&
      !this.#waiting &&
      (after?.kind === "amount" || after?.kind === "sign") &&
      this.#isQuantityOfThis(after, end);
    if (follows && after?.kind !== "item") {
      const waiting = this.#waiting!;
      this.#waiting = undefined;
      this.#drafts.push({ ...waiting, unknown: text, end: this.#tokens[end]!.end });
      return;
    }
    if (leads) this.#unknown = { text, token };
    this.#loose.push(token);
  }

  #unknown: { text: string; token: Token } | undefined;

  /** "西瓜 2斤" is 2斤 of it; "Tom 2 apples" is not two Toms. */
  #isQuantityOfThis(after: Token, end: number): boolean {
    let index = this.#tokens.indexOf(after, end);
    if (after.kind === "sign") index++;
    const behind = this.#next(index);
    return this.#tokens[index]?.kind === "amount" && behind?.kind !== "item";
  }

  // ------------------------------------------------------------ signs

  #signed(token: Token, at: number): void {
    const next = this.#tokens[at + 1];
    const before = this.#tokens[at - 1];
    if (token.text === "x" || token.text === "×" || token.text === "*") {
      if (next?.kind === "amount") this.#sign = { op: "set", bare: 0, dashed: false, token };
      else if (this.#waiting) this.#waiting.signed = true;
      return;
    }
    if (token.text === "=") {
      this.#sign = { op: "set", bare: 0, dashed: false, token };
      return;
    }
    if (token.text === "-") {
      const spaced = before !== undefined && before.end < token.start && next !== undefined && next.start > token.end;
      this.#sign = { op: spaced ? "set" : "less", bare: 0, dashed: spaced, token };
      return;
    }
    const bare = (this.#sign?.op === "add" ? this.#sign.bare : 0) + 1;
    if (
      next?.kind === "amount" ||
      next?.kind === "item" ||
      next?.kind === "option" ||
      (next?.kind === "sign" && next.text === "+") ||
      this.#next(at)?.kind === "amount"
    ) {
      this.#sign = { op: "add", bare, dashed: false, token };
      return;
    }
    const held = this.#carry.held.pop();
    if (held)
      this.#complete({
        ...held,
        amount: { value: bare * 1000, style: "digits" },
        op: "add",
        signed: true,
        end: token.end,
        rules: [...held.rules, "plus"],
      });
    else this.#loose.push(token);
    this.#sign = undefined;
  }

  // ------------------------------------------------------------ words

  #word(token: Token, at: number): void {
    const next = this.#next(at);
    const goods =
      next?.kind === "amount" ||
      next?.kind === "item" ||
      next?.kind === "option" ||
      next?.kind === "unit" ||
      next?.kind === "other" ||
      is(next, "each", "all", "wish", "verb", "from", "both");
    const afterAmount =
      this.#waiting ??
      (this.#last >= 0 && ["amount", "unit"].includes(this.#tokens[this.#last]!.kind) ? this.#carry.last : undefined);

    const behindItem =
      this.#last >= 0 && this.#tokens[this.#last]!.kind === "item" && !goods && this.#carry.held.length === 0;
    const counted = afterAmount ?? (behindItem ? this.#drafts.at(-1) : undefined);
    if (token.text === "多" && afterAmount?.amount && !goods) {
      afterAmount.amount = { ...afterAmount.amount, fault: "vague" }; // 2斤多
      return;
    }
    if (is(token, "more-after", "less-after") && counted?.amount) {
      counted.op = is(token, "more-after") ? "add" : "less";
      counted.rules.push("more or less");
      return;
    }
    if (is(token, "swap", "set") && this.#tookSetOrSwap(token, at, next)) return;
    if (is(token, "instead") && next?.kind === "amount") {
      this.#discard = true; // "3 instead of 2"
      return;
    }
    if (is(token, "instead") && next?.kind === "item") {
      this.#instead();
      return;
    }
    if (is(token, "from") && next?.kind === "amount") {
      this.#discard = true;
      this.#changes = true;
      return;
    }
    if (token.text === "to" || token.text === "into" || token.text === "for" || token.text === "with") {
      if (next?.kind === "amount" && (this.#changes || this.#carry.op !== undefined)) this.#setTo();
      return;
    }
    if (
      is(token, "cancel", "unwant") ||
      (is(token, "less") && next?.kind === "item" && !this.#quantityFollows(this.#tokens.indexOf(next)))
    ) {
      if (this.#cancel(token, at, next)) return;
    }
    if (token.text === "no" && next?.kind === "item" && this.#tokens[at + 1] === next) {
      this.#carry.mode = "cancel";
      return;
    }
    if (is(token, "less") && (next?.kind === "amount" || next?.kind === "item")) {
      this.#carry.op = "less";
      this.#changes = true;
      return;
    }
    if (is(token, "add") && goods) {
      this.#carry.mode = undefined;
      this.#carry.op = "add";
      this.#changes = true;
      const isOne = /^(?:another|an extra|an additional|a further|one more of|extra)$/.test(token.text);
      if (isOne && next?.kind !== "amount" && next?.kind !== "unit" && !this.#quantityFollows(at)) {
        this.#waiting = {
          amount: { value: 1000, style: "word" },
          op: "add",
          start: token.start,
          end: token.end,
          rules: ["one more"],
        };
      }
      return;
    }
    if (is(token, "each", "both") && !goods && this.#carry.held.length > 0 && afterAmount === undefined) return;
    if (is(token, "all") && !(is(token, "mine-word") && this.#carry.mode === "cancel")) {
      this.#every(token, next);
      return;
    }
    if (is(token, "each") && afterAmount) {
      this.#eachAfter(afterAmount);
      return;
    }
    if (is(token, "wish", "head", "verb")) {
      this.#carry.mode = undefined;
      if (this.#carry.op === "less") this.#carry.op = undefined;
    }
  }

  /** 改成, 换成, "make it": the quantity that follows is the whole; a name that follows takes the other's place. */
  #tookSetOrSwap(token: Token, at: number, next: Token | undefined): boolean {
    const names =
      this.#carry.held.length > 0 || Boolean(this.#drafts.at(-1)?.items) || Boolean(this.#carry.last?.cancel);
    const last = this.#carry.held.at(-1) ?? this.#drafts.at(-1);
    const isOther =
      next?.kind === "item" && last?.items !== undefined && !next.items!.some((item) => last.items!.includes(item));
    if (next?.kind === "item" && names && (is(token, "swap") || (isOther && isHan(token.text.charCodeAt(0))))) {
      this.#swapping = "word";
      return true;
    }
    if (is(token, "swap", "set") && /^(?:swap|change|replace|exchange|switch|substitute)$/.test(token.text)) {
      this.#swapping = "change";
      this.#changes = true;
      if (is(token, "set")) this.#carry.op = "set";
      return true;
    }
    if (is(token, "swap") && next?.kind === "amount" && names && this.#itemFollowsAmount(next)) {
      this.#swapping = "word";
      return true;
    }
    if (!/^(?:一?共|总共|合共|总数|总|合计|共计|total|in total|altogether|in all)/.test(token.text)) this.#setTo();
    else this.#carry.op = "set";
    void at;
    return true;
  }

  #itemFollowsAmount(amount: Token): boolean {
    return this.#next(this.#tokens.indexOf(amount))?.kind === "item";
  }

  /** What was said before is the old quantity. */
  #setTo(): void {
    this.#carry.op = "set";
    this.#carry.mode = undefined;
    this.#changes = true;
    this.#waiting = undefined;
    const last = this.#drafts.at(-1);
    if (last?.items && last.amount && this.#carry.held.length === 0 && !last.cancel) {
      this.#drafts.pop();
      const { amount, op, ...mention } = last;
      void amount;
      void op;
      this.#carry.held.push({ ...mention, op: "set" });
    } else if (last && !last.items) this.#drafts.pop();
    const held = this.#carry.held.at(-1);
    if (held) held.op = "set";
  }

  /** 苹果取消, 取消苹果, 退2斤: cancels the names before it, or else what follows. */
  #cancel(token: Token, at: number, next: Token | undefined): boolean {
    const held = this.#carry.held.filter(({ op }) => op !== "add");
    const isNote = is(token, "unwant") && !is(token, "mine-word") && next?.kind === "other";
    if (isNote && !held.length) return false;
    if (next?.kind === "amount" && (held.length > 0 || !is(token, "unwant"))) {
      this.#carry.op = "less";
      this.#carry.mode = "cancel";
      return true;
    }
    if (held.length > 0 && next?.kind !== "item") {
      for (const mention of this.#carry.held.splice(0))
        this.#complete({ ...mention, cancel: true, end: token.end, rules: [...mention.rules, "cancel"] });
      return true;
    }
    const last = this.#drafts.at(-1);
    if (last?.items && last.amount && next?.kind !== "item" && !is(token, "less") && !last.signed && at > 0) {
      last.op = "less";
      last.rules.push("cancel");
      return true;
    }
    this.#carry.mode = "cancel";
    return true;
  }

  #instead(): void {
    const last = this.#carry.held.pop() ?? this.#drafts.pop();
    if (last?.items) this.#insteadOf = last;
    else this.#insteadFirst = true;
  }

  #insteadOf: Draft | undefined;
  /** "instead of roses I'd like tulips": the first name is the old one. */
  #insteadFirst = false;

  #every(token: Token, next: Token | undefined): void {
    if (this.#waiting && next?.kind !== "amount") {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (this.#carry.held.length > 0) {
        this.#bindToHeld(waiting, true);
        return;
      }
      this.#complete({ ...waiting, all: true, end: token.end, rules: [...waiting.rules, "all"] });
      return;
    }
    if (is(token, "set")) this.#carry.op = "set";
    if (this.#carry.held.length > 0 && /^(?:every|each|both|all)?/.test(token.text)) {
      // 苹果梨每样2斤: of what was named.
      this.#carry.eachAmount = this.#carry.eachAmount ?? { start: token.start, end: token.end, rules: [] };
      return;
    }
    if (/^one of|^one\b/.test(token.text)) {
      this.#complete({
        amount: { value: 1000, style: "word" },
        all: true,
        start: token.start,
        end: token.end,
        rules: ["all"],
      });
      return;
    }
    this.#allNext = next?.kind === "amount" || is(next, "wish", "head", "each", "add") ? token : undefined;
  }

  #allNext: Token | undefined;

  /** "2 each": of all names before it, or of those that follow. */
  #eachAfter(amount: Draft): void {
    if (amount === this.#waiting) {
      this.#waiting = undefined;
      if (this.#carry.held.length > 0) this.#bindToHeld(amount, true);
      else this.#carry.eachAmount = amount;
      return;
    }
    const held = this.#carry.held.splice(0);
    const own = this.#drafts.splice(0);
    for (const mention of held)
      this.#complete({
        ...mention,
        amount: amount.amount!,
        rules: [...mention.rules, "each"],
        ...(amount.op && { op: amount.op }),
      });
    this.#drafts.push(...own);
  }

  // ------------------------------------------------------------ end

  #close(): void {
    if (this.#insteadOf) this.#finishInstead(this.#insteadOf);
    if (this.#pendingSwap) this.#finishSwap(this.#pendingSwap);
    if (this.#sign && this.#carry.held.length > 0 && this.#sign.op === "add") {
      const held = this.#carry.held.pop()!;
      this.#complete({
        ...held,
        amount: { value: this.#sign.bare * 1000, style: "digits" },
        op: "add",
        signed: true,
        rules: [...held.rules, "plus"],
      });
    }
    if (this.#options && !this.#waiting) {
      const mention = this.#mentionOfOption(this.#options.refs);
      const { refs, token } = this.#options;
      if (mention && this.#carry.held.length === 0 && this.#drafts.length === 0)
        this.#carry.held.push({ items: mention, options: refs, start: token.start, end: token.end, rules: ["option"] });
    }
    const unnamed = [...this.#drafts, ...(this.#waiting ? [this.#waiting] : [])].filter(
      (draft) => !draft.items && !draft.unknown,
    );
    if (this.#allNext && unnamed.length === 1) {
      unnamed[0]!.all = true;
      unnamed[0]!.rules.push("all");
    }
    if (this.#unknown && unnamed.length === 1 && unnamed[0]!.start > this.#unknown.token.start)
      unnamed[0]!.unknown = this.#unknown.text;
    this.#release();
  }

  /** 苹果换成梨 and then a quantity after all: 苹果换成梨3斤. */
  #finishSwap(to: Draft): void {
    const at = this.#drafts.indexOf(to);
    const quantity = this.#waiting ?? this.#drafts.slice(at + 1).find((draft) => draft.amount && !draft.items);
    if (!quantity?.amount) return;
    to.amount = quantity.amount;
    to.op = "set";
    to.swap = false;
    to.end = quantity.end;
    if (quantity === this.#waiting) this.#waiting = undefined;
    else this.#drafts.splice(this.#drafts.indexOf(quantity), 1);
  }

  /** "2 pears instead of the apples": the second is cancelled, the first takes its place. */
  #finishInstead(wanted: Draft): void {
    const old = this.#carry.held.pop() ?? this.#drafts.pop();
    if (!old?.items) {
      this.#drafts.push(wanted);
      return;
    }
    this.#drafts.push({ ...old, cancel: true, rules: [...old.rules, "swap"] });
    this.#complete({ ...wanted, op: "set", swap: wanted.amount === undefined, rules: [...wanted.rules, "swap"] });
  }
}

/** Chinese characters that follow each other without a blank. */
function touches(left: Token | undefined, right: Token | undefined): boolean {
  if (!left || !right || left.end !== right.start) return false;
  return (left.kind === "other" || right.kind === "other") && !isLatin(left) && !isLatin(right);
}

function isLatin(token: Token): boolean {
  const code = token.text.charCodeAt(0);
  return code >= 0x61 && code <= 0x7a;
}
