import type { Catalog } from "../interpret/catalog.ts";
import { readLines } from "../interpret/read-lines.ts";
import { readWritten } from "../interpret/read-written.ts";
import { toItemNames } from "./item-names.ts";
import type { EntryContext } from "./read-entry.ts";

const known = new WeakMap<Catalog, EntryContext>();

/** What reading entries needs of a buy; made once for each catalog. */
export function contextOf(catalog: Catalog): EntryContext {
  const before = known.get(catalog);
  if (before) return before;

  const context: EntryContext = {
    readLines: (fragment) => readLines(fragment, catalog),
    readWritten: (text) => readWritten(text, catalog),
    items: toItemNames(catalog.items),
    soldByBlock: catalog.items.some(({ unit }) => unit !== undefined && /[块塊]/.test(unit)),
  };
  known.set(catalog, context);
  return context;
}
