import type { RequestName, Requests } from "./page/wire.ts";

/** What a field of a request may hold. */
type Field = (value: unknown) => boolean;

/** Far above any text that is answered in words, far below what would be work to look at. */
const LONGEST = 60_000;

const short: Field = (value) => typeof value === "string" && value.length > 0 && value.length <= 100;
const text: Field = (value) => typeof value === "string" && value.length <= LONGEST;
const language: Field = (value) => value === "en" || value === "zh-hans" || value === "zh-hant";
const optional =
  (field: Field): Field =>
  (value) =>
    value === undefined || field(value);

/** Every request and its fields; more than these are refused. */
const FIELDS: { readonly [Name in RequestName]: { readonly [Key in keyof Required<Requests[Name]>]: Field } } = {
  say: { key: short, person: short, text, language, replyTo: optional(short) },
  edit: { person: short, message: short, text, language },
  recall: { person: short, message: short },
  press: { person: short, message: short, data: short, language },
};

/** All that the page may ask. */
export const REQUEST_NAMES = Object.keys(FIELDS) as readonly RequestName[];

/** The body as the request that it should be; undefined where it is none. */
export function readRequest<Name extends RequestName>(name: Name, body: unknown): Requests[Name] | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return undefined;

  const fields: Readonly<Record<string, Field>> = FIELDS[name];
  const values = new Map<string, unknown>(Object.entries(body));
  const known = [...values.keys()].every((key) => Object.hasOwn(fields, key));
  const right = Object.entries(fields).every(([key, field]) => field(values.get(key)));
  return known && right ? (body as Requests[Name]) : undefined;
}
