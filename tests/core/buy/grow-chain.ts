/** A line of a chain of fruit. */
export interface Row {
  readonly person: number;
  readonly item: "苹果" | "梨";
  readonly quantity: number;
}

/** A name that no other holds. */
export function nameOf(person: number): string {
  const surnames = "王李张刘陈杨黄赵周吴徐孙马朱胡";
  const given = "伟芳娜敏静秀丽强磊洋";
  return `${surnames[Math.floor(person / 10) % 15]}${given[person % 10]}${person >= 150 ? "二" : ""}`;
}

/** A chain as WeChat prints it. */
export function print(rows: readonly Row[]): string {
  const lines = rows.map(({ person, item, quantity }, at) => `${at + 1}. ${nameOf(person)} ${item}${quantity}`);
  return ["#接龙", "水果团", "", ...lines].join("\n");
}

/** Chance from a seed. @source Marsaglia, Xorshift RNGs (2003) */
export function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/**
 * A chain that grows as in a busy room: one after the other adds a line, changes their own or takes it out; some do so in a
 * copy of an older version.
 */
export function growChain(people: number, forks: number, seed: number) {
  const roll = chance(seed);
  const versions: (readonly Row[])[] = [[]];
  const has = new Map<number, Row>();
  const posts: { readonly person: number; readonly text: string }[] = [];
  const post = (person: number, from: readonly Row[], row: Row | undefined) => {
    const others = from.filter((each) => each.person !== person);
    const at = from.findIndex((each) => each.person === person);
    const next = row ? others.toSpliced(at < 0 ? others.length : at, 0, row) : others;
    versions.push(next);
    posts.push({ person, text: print(next) });
    if (row) has.set(person, row);
    else has.delete(person);
  };
  const forkAt = new Set<number>();
  while (forkAt.size < forks) forkAt.add(3 + roll(people - 3));
  for (let person = 0; person < people; person++) {
    const row: Row = { person, item: roll(2) === 0 ? "苹果" : "梨", quantity: 1 + roll(9) };
    const back = forkAt.has(person) ? 1 + roll(Math.min(5, versions.length - 2)) : 0;
    post(person, versions.at(-1 - back)!, row);
    if (person % 7 === 3) post(person, versions.at(-1)!, { ...row, quantity: row.quantity + 1 });
    if (person % 29 === 11) post(person, versions.at(-1)!, undefined);
  }
  const expected = [...has].map(([person, { item, quantity }]) => `p${person} ${item}${quantity}`).sort();
  return { posts, expected };
}
