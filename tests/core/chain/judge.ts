/** What a chain message should be read as: who ends up with what. */
export interface Expected {
  readonly kind: string;
  readonly title?: string;
  readonly entries?: readonly { readonly name: string; readonly result: Result; readonly unread?: true }[];
  readonly changes?: readonly Change[];
  /** Other lists of changes that are as right. */
  readonly changesAlso?: readonly (readonly Change[])[];
  /** Of a message that is a plain order. */
  readonly result?: Result;
}

/** Item number → quantity. */
type Result = Readonly<Record<string, number>>;

interface Change {
  readonly type: string;
  readonly name: string;
  readonly result?: Result;
}

interface Line {
  readonly item: number;
  readonly op: string;
  readonly quantity: number;
}

/** What `plusone interpret` prints. */
export interface Printed {
  readonly kind: string;
  readonly title?: string;
  readonly lines?: readonly Line[];
  readonly entries?: readonly { readonly name: string; readonly lines: readonly Line[]; readonly text?: string }[];
  readonly changes?: readonly { readonly type: string; readonly name: string; readonly lines?: readonly Line[] }[];
}

/** What differs, in words; nothing where the message is read right. Judges as the scorer of the message language does. */
export function differences(expected: Expected, printed: Printed): string[] {
  if (expected.kind !== printed.kind) return [`kind: ${expected.kind}, not ${printed.kind}`];
  if (expected.kind !== "chain") {
    const [wanted, got] = [show(expected.result ?? {}), show(sum(printed.lines))];
    return expected.result && wanted !== got ? [`result: ${wanted}, not ${got}`] : [];
  }
  const found: string[] = [];
  if (titleKey(expected.title) !== titleKey(printed.title))
    found.push(`title: ${JSON.stringify(expected.title)}, not ${JSON.stringify(printed.title)}`);
  found.push(...entryDifferences(expected, printed));
  const lines = [...(printed.entries ?? []), ...(printed.changes ?? [])].flatMap((each) => each.lines ?? []);
  if (lines.some(({ op }) => op !== "set")) found.push("a line is no `set`");
  if (expected.changes) {
    const got = changeKeys(printed.changes?.map((each) => ({ ...each, result: sum(each.lines) })) ?? []);
    const choices = [expected.changes, ...(expected.changesAlso ?? [])].map(changeKeys);
    if (!choices.includes(got)) found.push(`changes: ${choices[0]}, not ${got}`);
  }
  return found;
}

function entryDifferences(expected: Expected, printed: Printed): string[] {
  const found: string[] = [];
  const key = (name: string, result: Result) => `${fold(name)} ${show(result)}`;
  const left = (printed.entries ?? []).map((entry) => ({ ...entry, result: sum(entry.lines) }));
  for (const { name, result, unread } of expected.entries ?? []) {
    const isNothing = show(result) === "{}";
    const at = left.findIndex((entry) =>
      isNothing
        ? show(entry.result) === "{}" &&
          (fold(entry.name).includes(fold(name)) || fold(entry.text).includes(fold(name)))
        : key(entry.name, entry.result) === key(name, result),
    );
    const entry = left[at];
    if (entry) left.splice(at, 1);
    if ((!entry && (!isNothing || unread)) || (unread && !entry?.text)) found.push(`no ${key(name, result)}`);
  }
  const extra = left.filter(
    ({ name, result, text }) => fold(name) !== "" || fold(text) !== "" || show(result) !== "{}",
  );
  return [...found, ...extra.map(({ name, result }) => `not expected: ${key(name, result)}`)];
}

function changeKeys(changes: readonly Change[]): string {
  const keys = changes.map(({ type, name, result = {} }) => {
    if (type === "removed" || (type === "edited" && show(result) === "{}")) return `gone ${fold(name)}`;
    return type === "moved" ? `moved ${fold(name)}` : `${type} ${fold(name)} ${show(result)}`;
  });
  return keys.sort().join("; ");
}

function sum(lines: readonly Line[] = []): Result {
  const result: Record<string, number> = {};
  for (const { item, quantity } of lines) {
    result[item] = Math.round(((result[item] ?? 0) + quantity) * 1000) / 1000;
  }
  return result;
}

function show(result: Result): string {
  const parts = Object.entries(result).filter(([, quantity]) => quantity !== 0);
  return `{${parts
    .sort()
    .map(([item, quantity]) => `${item}: ${quantity}`)
    .join(", ")}}`;
}

function fold(text = ""): string {
  return text.normalize("NFKC").replace(/\s|\ufe0e|\ufe0f|[\u200b-\u200f]|\u2060/gu, "");
}

function titleKey(title = ""): string {
  return fold(title.normalize("NFKC").replace(/^\s*#?\s*(?:接龙|接龍|group\s*note)\s*[:,.。]?\s*/i, "")).replace(
    /[:。]+$/,
    "",
  );
}
