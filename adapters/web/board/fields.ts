import type { Context } from "hono";
import type { Tick } from "../../../bot/board/ports.ts";

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

/** What a tick is about; undefined where it cannot be one. */
export function tickOf(fields: Fields): Tick | undefined {
  const { person = "", for: whom = "", item = "", option = "", quantity = "" } = fields;
  if (!idOf(person) || !/^\d{1,4}$/.test(item) || !/^\d{1,15}$/.test(quantity)) return undefined;
  return { person, for: whom, option, item: Number(item), quantity: Number(quantity) };
}
