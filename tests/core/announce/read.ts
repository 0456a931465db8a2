import { announce } from "../../../core/announce/announce.ts";
import type { BuyDraft, DraftItem } from "../../../core/announce/draft.ts";
import { formatAmount, NO_CURRENCY } from "../../../core/money.ts";
import { formatQuantity } from "../../../core/quantity.ts";
import { formatInstant } from "../../../core/time/zone.ts";

/** A draft in short words, for tables: what the text does not give is left out. */
export interface Short {
  /** `name | price/unit | stock 50 | each 2 | a, b | 20+ 4.50` */
  readonly items?: readonly string[];
  readonly currency?: string;
  readonly closes?: string;
  readonly pickup?: string;
  readonly minimum?: string;
  readonly problems?: readonly string[];
}

export interface Row extends Short {
  readonly text: string;
  readonly why: string;
  /** Default: Saturday, 21 November 2026, 10:00 in Shanghai. */
  readonly now?: string;
  readonly zone?: string;
}

export function read({ text, now = "2026-11-21T10:00:00+08:00", zone = "Asia/Shanghai" }: Row): BuyDraft {
  return announce(text, { now: new Date(now), zone });
}

/** What was read, as far as the row says anything about such things; problems and the closing always. */
export function short(row: Row): Short {
  const draft = read(row);
  const zone = row.zone ?? "Asia/Shanghai";
  const currency = draft.currency ?? NO_CURRENCY;
  const all: Short = {
    items: draft.items.map((item) => shortItem(item, currency)),
    ...(draft.currency !== undefined && { currency: draft.currency }),
    ...(draft.closesAt && { closes: shortTime(draft.closesAt, zone) }),
    ...(draft.pickup && { pickup: shortPickup(draft, zone) }),
    ...(draft.minimum && { minimum: shortMinimum(draft, currency) }),
    ...(draft.problems.length > 0 && { problems: draft.problems.map(({ field, code }) => `${field} ${code}`) }),
  };
  if (row.currency === undefined) delete (all as { currency?: string }).currency;
  if (row.items === undefined) delete (all as { items?: unknown }).items;
  return all;
}

/** What the row expects. */
export function expected({ text: _text, why: _why, now: _now, zone: _zone, ...rest }: Row): Short {
  return rest;
}

function shortItem({ name, price, unit, options, stock, perPerson, tiers = [] }: DraftItem, currency: string): string {
  const parts = [name, `${price === undefined ? "?" : formatAmount(price, currency)}${unit ? `/${unit}` : ""}`];
  if (stock !== undefined) parts.push(`stock ${formatQuantity(stock)}`);
  if (perPerson !== undefined) parts.push(`each ${formatQuantity(perPerson)}`);
  if (options.length > 0) parts.push(options.join(", "));
  for (const tier of tiers) parts.push(`${formatQuantity(tier.from)}+ ${formatAmount(tier.price, currency)}`);
  return parts.join(" | ");
}

/** `11-22 20:00`, with the year where it is not this one. */
function shortTime(at: Date, zone: string): string {
  const text = formatInstant(at, zone)
    .replace("T", " ")
    .replace(/(:00)?[+-]\d\d:\d\d$/, "");
  return text.replace(/^2026-/, "");
}

function shortPickup({ pickup }: BuyDraft, zone: string): string {
  const window = [
    pickup?.from ? shortTime(pickup.from, zone) : "",
    pickup?.until ? `- ${shortTime(pickup.until, zone)}` : "",
  ];
  return [...window, pickup?.place ? `@ ${pickup.place}` : ""].filter((part) => part !== "").join(" ");
}

function shortMinimum({ minimum }: BuyDraft, currency: string): string {
  if (!minimum) return "";
  if ("people" in minimum) return `${minimum.people} people`;
  return "quantity" in minimum ? formatQuantity(minimum.quantity) : formatAmount(minimum.amount, currency);
}
