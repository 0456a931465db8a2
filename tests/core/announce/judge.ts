/** What a post should be read as. Times are instants; a unit or a name that can be written in several ways lists them. */
export interface Expected {
  readonly items: readonly ExpectedItem[];
  readonly currency?: string;
  readonly closesAt?: string;
  readonly closesAtAlso?: readonly string[];
  readonly pickup?: { readonly from?: string; readonly until?: string; readonly place?: string };
  readonly minimum?: Readonly<Record<string, number>>;
  readonly problems?: readonly string[];
  /** Fields that are not looked at, because the post leaves them open. */
  readonly ignore?: readonly string[];
}

interface ExpectedItem {
  readonly name: string;
  readonly nameAlso?: readonly string[];
  readonly price: string;
  readonly unit?: string | readonly string[];
  readonly stock?: number;
  readonly perPerson?: number;
  readonly options?: readonly string[];
  readonly tiers?: readonly { readonly from: number; readonly price: string }[];
}

/** What `plusone announce` prints. */
export interface Printed {
  readonly currency?: string;
  readonly items: readonly {
    readonly name: string;
    readonly price?: string;
    readonly unit?: string;
    readonly options?: readonly string[];
    readonly stock?: number;
    readonly perPerson?: number;
    readonly tiers?: readonly { readonly from: number; readonly price: string }[];
  }[];
  readonly closesAt?: string;
  readonly pickup?: { readonly from?: string; readonly until?: string; readonly place?: string };
  readonly minimum?: Readonly<Record<string, number | string>>;
  readonly problems: readonly { readonly field: string }[];
}

/** What differs, in words, by field; nothing where the post is read right. Judges as the scorer of the message language does. */
export function differences(expected: Expected, printed: Printed): string[] {
  const found: [field: string, what: string][] = [
    ...itemDifferences(expected, printed),
    ...timeDifferences(expected, printed),
  ];
  const problems = (fields: readonly string[]) =>
    JSON.stringify([...new Set(fields.map((field) => (field === "price" ? "items" : field)))].sort());
  const [wanted, got] = [problems(expected.problems ?? []), problems(printed.problems.map(({ field }) => field))];
  if (wanted !== got) found.push(["problems", `${wanted}, not ${got}`]);
  const least = (minimum: Readonly<Record<string, number | string>> = {}) =>
    JSON.stringify(Object.entries(minimum).map(([key, value]) => [key, Number(value)]));
  if (least(expected.minimum) !== least(printed.minimum))
    found.push(["minimum", `${least(expected.minimum)}, not ${least(printed.minimum)}`]);
  return found.filter(([field]) => !expected.ignore?.includes(field)).map(([field, what]) => `${field}: ${what}`);
}

function itemDifferences(expected: Expected, printed: Printed): [string, string][] {
  const found: [string, string][] = [];
  if (expected.items.length === 0) {
    const priced = printed.items.filter(({ price }) => price !== undefined);
    return priced.length === 0 ? [] : [["items", `none, not ${priced.map(({ name }) => name).join()}`]];
  }
  const left = [...printed.items];
  for (const item of expected.items) {
    const names = [item.name, ...(item.nameAlso ?? [])];
    const fits = (each: Printed["items"][number]) => names.some((name) => sameName(name, each.name));
    const index = Math.max(
      left.findIndex((each) => fits(each) && Number(each.price) === Number(item.price)),
      -1,
    );
    const got = left[index];
    if (!got) {
      found.push([
        "items",
        `${item.name} ${item.price}, not among ${printed.items.map(({ name, price }) => `${name} ${price}`).join()}`,
      ]);
      continue;
    }
    left.splice(index, 1);
    const units = item.unit === undefined ? undefined : [item.unit].flat();
    if (units && !units.some((unit) => foldUnit(unit) === foldUnit(got.unit ?? "")))
      found.push(["unit", `${item.name}: ${units.join("/")}, not ${got.unit}`]);
    if (item.stock !== got.stock) found.push(["stock", `${item.name}: ${item.stock}, not ${got.stock}`]);
    if (item.perPerson !== got.perPerson)
      found.push(["perPerson", `${item.name}: ${item.perPerson}, not ${got.perPerson}`]);
    const steps = (tiers: ExpectedItem["tiers"] = []) =>
      JSON.stringify(tiers.map(({ from, price }) => [from, Number(price)]).sort());
    if (steps(item.tiers) !== steps(got.tiers))
      found.push(["tiers", `${item.name}: ${steps(item.tiers)}, not ${steps(got.tiers)}`]);
    const choice = (options: readonly string[] = []) => JSON.stringify(options.map(foldName).sort());
    if (choice(item.options) !== choice(got.options))
      found.push(["options", `${item.name}: ${choice(item.options)}, not ${choice(got.options)}`]);
  }
  if (left.length > 0) found.push(["items", `no ${left.map(({ name }) => name).join()}`]);
  if (expected.currency !== printed.currency) found.push(["currency", `${expected.currency}, not ${printed.currency}`]);
  return found;
}

function timeDifferences(expected: Expected, printed: Printed): [string, string][] {
  const found: [string, string][] = [];
  const [wanted, got] = [expected.closesAt, printed.closesAt];
  const right = [wanted, ...(expected.closesAtAlso ?? [])].some((time) => sameInstant(time, got));
  const leftOut = got === undefined && expected.problems?.includes("closesAt");
  if (!right && !leftOut) found.push(["closesAt", `${wanted}, not ${got}`]);
  for (const field of ["from", "until"] as const) {
    const [time, read] = [expected.pickup?.[field], printed.pickup?.[field]];
    if (!sameInstant(time, read)) found.push([`pickup.${field}`, `${time}, not ${read}`]);
  }
  const [place, at] = [expected.pickup?.place, printed.pickup?.place];
  if (place === undefined || at === undefined ? place !== at : !sameName(place, at))
    found.push(["pickup.place", `${place}, not ${at}`]);
  return found;
}

function sameInstant(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return Date.parse(one) === Date.parse(other);
}

function foldName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** One name may hold the other, where at least two signs are common. */
function sameName(one: string, other: string): boolean {
  const [short = "", long = ""] = [foldName(one), foldName(other)].sort((a, b) => [...a].length - [...b].length);
  return short !== "" && (short === long || ([...short].length >= 2 && long.includes(short)));
}

const UNITS: readonly (readonly [string, string])[] = [
  ["kg", "kg kgs kilo kilos kilogram kilograms 公斤 千克"],
  ["g", "g gram grams 克"],
  ["lb", "lb lbs pound pounds 磅"],
  ["pc", "pc pcs piece pieces each ea unit 个 個 颗 顆"],
  ["pack", "pack packs packet packets pkt pkts"],
  ["dozen", "dozen dozens doz dz 打"],
  ["box", "box boxes"],
  ["loaf", "loaf loaves"],
  ["只", "只 隻"],
  ["条", "条 條"],
  ["张", "张 張"],
  ["双", "双 雙"],
  ["笼", "笼 籠"],
  ["bunch", "bunch bunches"],
];
const UNIT_OF = new Map(UNITS.flatMap(([unit, words]) => words.split(" ").map((word) => [word, unit] as const)));

function foldUnit(unit: string): string {
  const plain = unit
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/^(?:\/|per\s+|每|一(?=\D)|an?\s+)/, "");
  const counted = /^(\d+(?:\.\d+)?)\s*(.*)$/.exec(plain);
  if (counted) {
    const rest = foldUnit(counted[2] ?? "");
    return Number(counted[1]) === 1 ? rest : `${Number(counted[1])}${rest === "pc" ? "" : rest}`;
  }
  const one = /^[a-z]{3,}[^s]s$/.test(plain) ? plain.slice(0, -1) : plain;
  return UNIT_OF.get(plain) ?? UNIT_OF.get(one) ?? one;
}
