import { hasNumberedLines, isMarked } from "../chain/looks-like-chain.ts";
import type { Statement } from "./statement.ts";
import type { BuyTerms } from "./terms.ts";

/**
 * Whether one person's order can change another's by the terms of a buy: where stock is limited, what one gives back
 * another gets. Where nothing couples people, orders can be folded from their own statements (`foldOrders`).
 */
export function isCoupled({ items }: Pick<BuyTerms, "items">): boolean {
  return items.some(({ stock }) => stock !== undefined);
}

/** Whether anything that was said in a buy, in whichever of its versions, may change another's order (`isCoupling`). */
export function saysCoupling(statements: Iterable<Pick<Statement, "versions">>): boolean {
  for (const { versions } of statements) if (versions.some(({ text }) => isCoupling(text))) return true;
  return false;
}

/**
 * Whether what somebody says may change another's order, or need what others said to be understood: a chain. From then
 * on the buy is folded as a whole. Also true of some texts that turn out to be none, which does no harm.
 */
export function isCoupling(text: string): boolean {
  return isMarked(text) || hasNumberedLines(text);
}
