import type { Context } from "hono";
import type { Numbers, Tick } from "../../../bot/board/ports.ts";
import { type Money, parseAmount } from "../../../core/money.ts";
import { MOST_PAYMENT } from "../../../core/payments.ts";
import { parseQuantity, type Quantity } from "../../../core/quantity.ts";

/** A form that was sent: its fields by name. */
export type Fields = Readonly<Record<string, string>>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An id that can be one; undefined for anything else. */
export function idOf(text: string | undefined): string | undefined {
  return text !== undefined && UUID.test(text) ? text : undefined;
}

/** The form of a request; undefined where it is none. */
export async function fieldsOf(c: Context): Promise<Fields | undefined> {
  if (!c.req.header("content-type")?.toLowerCase().startsWith("application/x-www-form-urlencoded")) return undefined;
  return Object.fromEntries(new URLSearchParams(await c.req.text()));
}

/** What tells this form from any other. */
export function keyOf(fields: Fields): string {
  return (fields["key"] ?? "").slice(0, 64);
}

/** The page to go back to: one of the board's, whatever a form says. */
export function backOf(fields: Fields, buy?: string): string {
  const said = fields["back"] ?? "";
  if (/^\/board(?:\/buys\/[0-9a-f-]{36}\/[a-z]{1,10}(?:\?by=[a-z]{1,10})?)?$/.test(said)) return said;
  return buy === undefined ? "/board" : `/board/buys/${buy}/orders`;
}

/** The most digits before the point that a quantity has: more are a slip. */
const MOST_DIGITS = 6;

/**
 * The numbers of a form that stand in fields with names like `weight:…`, by what follows the colon; those that are empty
 * are left out. Or the first that is none.
 */
export function numbersOf(fields: Fields, kind: string): { readonly numbers: Numbers } | { readonly unread: string } {
  const numbers = new Map<string, Quantity>();
  for (const [name, text] of Object.entries(fields)) {
    if (!name.startsWith(`${kind}:`) || text.trim() === "") continue;
    const plain = plainNumber(text);
    const quantity = plain.split(".")[0]!.length > MOST_DIGITS ? undefined : parseQuantity(plain);
    if (quantity === undefined) return { unread: text.slice(0, 20) };
    numbers.set(name.slice(kind.length + 1), quantity);
  }
  return { numbers };
}

/** An amount of money, more than nothing; undefined where it cannot be one. */
export function amountOf(text: string, currency: string): Money | undefined {
  const amount = parseAmount(plainNumber(text), currency);
  return amount === undefined || amount === 0 || amount > MOST_PAYMENT ? undefined : amount;
}

/** Some keyboards for numbers have a comma and no point, others write wide digits. */
function plainNumber(text: string): string {
  return text.normalize("NFKC").trim().replace(",", ".");
}

/** Names an item, or an option of it, in the names of fields. */
export function kindOf({ item, option }: { readonly item: number; readonly option: string }): string {
  return `${item}:${option}`;
}

/** What such a name names; undefined where it cannot be one. */
export function ofKind(name: string): { readonly item: number; readonly option: string } | undefined {
  const [, item, option] = /^(\d{1,4}):(.{0,200})$/su.exec(name) ?? [];
  return item === undefined || option === undefined ? undefined : { item: Number(item), option };
}

/** What a tick is about; undefined where it cannot be one. */
export function tickOf(fields: Fields): Tick | undefined {
  const { person = "", for: whom = "", item = "", option = "", quantity = "" } = fields;
  if (!idOf(person) || !/^\d{1,4}$/.test(item) || !/^\d{1,15}$/.test(quantity)) return undefined;
  return { person, for: whom, option, item: Number(item), quantity: Number(quantity) };
}
