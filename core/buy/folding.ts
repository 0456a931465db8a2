import { sameAmounts, wholeOf } from "./holding.ts";
import { type KeptChain, NO_CHAIN, toChain } from "./kept-chain.ts";
import { type Outcome, takenOutcome } from "./ledger.ts";
import { momentKey } from "./moment.ts";
import { OrderBook } from "./order-book.ts";
import type { Reader } from "./reader.ts";
import type { Statement } from "./statement.ts";
import { takeChain, wouldChange } from "./take-chain.ts";
import { takeWords } from "./take-words.ts";
import type { ItemTerms } from "./terms.ts";
import type { Happening } from "./timeline.ts";
import { understand } from "./understand.ts";

/** A buy while what was said in it is taken, one thing after the other. */
export class Folding {
  readonly book: OrderBook;
  readonly #chains = new Map<string, KeptChain>();
  /** By message (`momentKey`). */
  readonly #outcomes = new Map<string, Outcome>();
  readonly #items: readonly ItemTerms[];
  readonly #reader: Reader;

  constructor(items: readonly ItemTerms[], reader: Reader) {
    this.#items = items;
    this.#reader = reader;
    this.book = new OrderBook(items);
  }

  /** Takes what was said next. */
  take(happening: Happening): void {
    const { statement, moment } = happening;
    const key = momentKey(statement);
    this.book.meet(statement.person, statement.name);
    if (happening.type === "words") {
      const { versions } = happening;
      this.#outcomes.set(key, takeWords(versions, moment, statement, this.book, this.#reader, this.#items));
      return;
    }
    const next = takeChain(happening, this.#chainOf(statement), this.book, this.#reader, this.#items);
    this.#chains.set(statement.chat, next.kept);
    if (!happening.isVoid) this.#outcomes.set(key, joinOutcomes(this.#outcomes.get(key), next.outcome));
  }

  outcomeOf(statement: Statement): Outcome | undefined {
    return this.#outcomes.get(momentKey(statement));
  }

  /** By chat, as they stand now. */
  chains(): ReadonlyMap<string, KeptChain> {
    return new Map(this.#chains);
  }

  /** Whether what was said after the closing, first of all about this buy, would have changed an order, or asked a question. */
  wouldMatter(statement: Statement): boolean {
    const { text = "" } = statement.versions.find((version) => version.text !== "") ?? {};
    const kept = this.#chainOf(statement);
    const chain = this.#reader.readChain(text, kept === NO_CHAIN ? undefined : toChain(kept));
    if (chain) return wouldChange(chain, kept, statement, this.book, this.#reader);
    const understood = understand(text, statement, this.book, this.#reader, this.#items);
    if (understood.type !== "orders") return understood.type === "refused";
    return understood.orders.some(({ before, after }) => !sameAmounts(wholeOf(before), wholeOf(after)));
  }

  #chainOf({ chat }: Statement): KeptChain {
    return this.#chains.get(chat) ?? NO_CHAIN;
  }
}

/** An edited chain is judged by its last text; what its earlier texts changed stays changed by it. */
function joinOutcomes(former: Outcome | undefined, latest: Outcome): Outcome {
  const changes = former && "changes" in former ? former.changes : [];
  if (changes.length === 0) return latest;
  if ("changes" in latest) return { ...latest, changes: [...changes, ...latest.changes] };
  return takenOutcome(changes, []);
}
