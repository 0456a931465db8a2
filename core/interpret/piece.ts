import type { Catalog } from "./catalog.ts";
import type { Token } from "./tokens.ts";

/** A token before it is known where it stands. */
export type Piece = Omit<Token, "start" | "text">;
/** A piece becomes a token where it stands: thousands are made for every message, so none is copied. */
export type Growing = { -readonly [Field in keyof Token]: Token[Field] };

/** An item by its number or letter; no items where the catalog has none such. */
export function refPiece(catalog: Catalog, number: number, end: number, rule: string): Piece {
  const exists = number >= 1 && number <= catalog.items.length;
  return { kind: "item", end, items: exists ? [number] : [], strength: 0, rule };
}
