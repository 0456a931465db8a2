/** What says everybody. */
const ALL = /^(?:all|everybody|everyone|全部|所有人|大家|全体|全體)$/iu;

/** Between two that are named: a comma within a number ("12,50") is none. */
const BETWEEN = /\s*(?:[、;；，\n]|(?<!\d),|,(?!\d{1,3}(?!\d))|\s(?:and|&|和|跟)\s)\s*/iu;

/** Several that are named one after the other, with what stands behind each ("Ada 20, Ben 12.50"), or all; undefined for one. */
export function readSeveral(text: string): "all" | readonly string[] | undefined {
  const said = text.trim();
  if (ALL.test(said)) return "all";
  const parts = said.split(BETWEEN).filter((part) => part !== "");
  return parts.length > 1 ? parts : undefined;
}
