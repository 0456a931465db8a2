import type { Buy, Language, NewBuy, PickupTerms } from "../bot/store.ts";
import type { ItemTerms, Minimum } from "../core/buy/terms.ts";
import type { Commission } from "../core/commission.ts";

/** A buy as the database has it, with its items and chats. */
export interface BuyRow {
  readonly communityId: string;
  readonly id: string;
  readonly no: number;
  readonly status: Buy["status"];
  readonly title: string;
  readonly currency: string;
  readonly language: string;
  readonly leaderId: string;
  readonly draftedAt: Date;
  readonly openedAt: Date | null;
  readonly closesAt: Date | null;
  readonly endedAt: Date | null;
  readonly closedAt: Date | null;
  readonly minimumKind: "quantity" | "people" | "amount" | null;
  readonly minimum: bigint | number | null;
  readonly pickupFrom: Date | null;
  readonly pickupUntil: Date | null;
  readonly pickupPlace: string | null;
  readonly pickupKeep: string | null;
  readonly photo: string | null;
  readonly commissionPercent: number | null;
  readonly commissionEach: number | null;
  readonly coupled: boolean;
  readonly version: number;
}

/** An item as the database has it, with its tiers. */
export interface ItemRow {
  readonly no: number;
  readonly name: string;
  readonly unit: string | null;
  readonly aliases: readonly string[];
  readonly options: readonly string[];
  readonly price: number | null;
  readonly stock: number | null;
  readonly perPerson: number | null;
  readonly cost: number | null;
  readonly boxSize: number | null;
  readonly tiers: readonly { readonly from: number; readonly price: number }[];
}

/** Row → core's terms of an item. */
export function toItem(row: ItemRow): ItemTerms {
  return {
    name: row.name,
    aliases: row.aliases,
    options: row.options,
    tiers: row.tiers.map(({ from, price }) => ({ from, price })).sort((a, b) => a.from - b.from),
    ...(row.unit !== null && { unit: row.unit }),
    ...(row.price !== null && { price: row.price }),
    ...(row.stock !== null && { stock: row.stock }),
    ...(row.perPerson !== null && { perPerson: row.perPerson }),
    ...(row.cost !== null && { cost: row.cost }),
    ...(row.boxSize !== null && { boxSize: row.boxSize }),
  };
}

/** Row → a buy in our terms. */
export function toBuy(row: BuyRow, items: readonly ItemTerms[], chats: readonly string[]): Buy {
  const minimum = toMinimum(row);
  const { pickupFrom: from, pickupUntil: until, pickupPlace: place, pickupKeep: keep } = row;
  const hasPickup = [from, until, place, keep].some((each) => each !== null);
  return {
    community: row.communityId,
    id: row.id,
    no: row.no,
    status: row.status,
    language: row.language as Language,
    leader: row.leaderId,
    chats,
    coupled: row.coupled,
    version: row.version,
    terms: {
      title: row.title,
      currency: row.currency,
      items,
      openedAt: row.openedAt ?? row.draftedAt,
      ...(row.closesAt && { closesAt: row.closesAt }),
      ...(row.endedAt && { endedAt: row.endedAt }),
      ...(minimum && { minimum }),
    },
    ...(hasPickup && {
      pickup: {
        ...(from && { from }),
        ...(until && { until }),
        ...(place !== null && { place }),
        ...(keep !== null && { keep }),
      },
    }),
    ...(row.photo !== null && { photo: row.photo }),
    ...(row.closedAt && { closedAt: row.closedAt }),
    ...(row.commissionPercent !== null && { commission: { percent: row.commissionPercent } }),
    ...(row.commissionEach !== null && { commission: { each: row.commissionEach } }),
  };
}

/** The columns of a new draft. */
export function draftColumns(draft: NewBuy) {
  const { terms, pickup } = draft;
  return {
    status: "draft" as const,
    title: terms.title,
    text: draft.text,
    currency: terms.currency,
    language: draft.language,
    leaderId: draft.leader,
    draftedAt: draft.draftedAt,
    closesAt: terms.closesAt ?? null,
    pickupFrom: pickup?.from ?? null,
    pickupUntil: pickup?.until ?? null,
    pickupPlace: pickup?.place ?? null,
    pickupKeep: pickup?.keep ?? null,
    photo: draft.photo ?? null,
    ...commissionColumns(draft.commission),
    ...minimumColumns(terms.minimum),
  };
}

/** The columns of what is said anew of a pickup. */
export function pickupColumns({ from, until, place, keep }: PickupTerms) {
  return {
    ...((from || until) && { pickupFrom: from ?? null, pickupUntil: until ?? null }),
    ...(place !== undefined && { pickupPlace: place }),
    ...(keep !== undefined && { pickupKeep: keep }),
  };
}

/** The columns of a leader's share; of none, empty ones. */
export function commissionColumns(commission: Commission | null | undefined) {
  return {
    commissionPercent: commission && "percent" in commission ? commission.percent : null,
    commissionEach: commission && "each" in commission ? commission.each : null,
  };
}

/** The columns of an item, and its tiers. */
export function itemColumns(item: ItemTerms, no: number) {
  return {
    no,
    name: item.name,
    unit: item.unit ?? null,
    aliases: [...item.aliases],
    options: [...item.options],
    price: item.price ?? null,
    stock: item.stock ?? null,
    perPerson: item.perPerson ?? null,
    cost: item.cost ?? null,
    boxSize: item.boxSize ?? null,
    tiers: { create: item.tiers.map(({ from, price }) => ({ from, price })) },
  };
}

function toMinimum({ minimumKind, minimum }: BuyRow): Minimum | undefined {
  if (minimumKind === null || minimum === null) return undefined;
  const value = Number(minimum);
  if (minimumKind === "quantity") return { quantity: value };
  return minimumKind === "people" ? { people: value } : { amount: value };
}

function minimumColumns(minimum: Minimum | undefined) {
  if (!minimum) return { minimumKind: null, minimum: null };
  if ("quantity" in minimum) return { minimumKind: "quantity" as const, minimum: BigInt(minimum.quantity) };
  if ("people" in minimum) return { minimumKind: "people" as const, minimum: BigInt(minimum.people) };
  return { minimumKind: "amount" as const, minimum: BigInt(minimum.amount) };
}
