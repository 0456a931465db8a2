import type { Line } from "../store.ts";

/** Somebody who may be named in a buy: by their account, or one of those for whom somebody has booked. */
export interface Somebody {
  readonly person: string;
  /** Of the account. */
  readonly name: string;
  /** Only what stands on it for this one. */
  readonly for?: string;
}

/** All who may be named. */
export interface Directory {
  readonly people: readonly Somebody[];
  /** By pickup code: whose it is. */
  readonly codes: ReadonlyMap<string, string>;
}

/** Everybody with lines, and those for whom they have booked. @param names  by person */
export function directoryOf(
  lines: readonly Line[],
  names: ReadonlyMap<string, string>,
  codes: ReadonlyMap<string, string> = new Map(),
): Directory {
  const accounts = [...names].map(([person, name]): Somebody => ({ person, name }));
  const booked = lines.flatMap(({ person, for: whom }): Somebody[] =>
    whom === "" ? [] : [{ person, name: names.get(person) ?? "?", for: whom }],
  );
  const unique = new Map(booked.map((each) => [JSON.stringify([each.person, each.for]), each]));
  return { people: [...accounts, ...unique.values()], codes };
}

/** "Ada for 302", 王姐代302: of one account, what stands on it for one person. */
const FOR = /^(.*?)(?:(?:^|\s)for\s+|\s*[代给給替]\s*)(.+)$/isu;

/**
 * Who is meant by a name, a pickup code, or a name and for whom: who is called just so, else whose name it is a part of.
 * Several where it cannot be told: a door may be somebody's name, somebody's code, and a part of a name.
 */
export function whoIs(said: string, directory: Directory): readonly Somebody[] {
  const { people, codes } = directory;
  const wanted = said.replace(/^@/, "").toLowerCase();
  if (wanted === "") return [];
  const accounts = people.filter((each) => each.for === undefined);
  const called = accounts.filter(({ name }) => name.toLowerCase() === wanted);
  const owner = accounts.filter(({ person }) => person === codes.get(said));
  const within = accounts.filter(({ name }) => name.toLowerCase().includes(wanted));
  const whole = [...new Set([...called, ...owner])];
  const booked = bookedBy(
    accounts.filter((each) => !whole.includes(each)),
    wanted,
    people,
  );
  const bookers = new Set(booked.map(({ person }) => person));
  const partly = called.length > 0 ? [] : within.filter((each) => !whole.includes(each) && !bookers.has(each.person));
  const found = [...whole, ...booked, ...partly];
  if (found.length > 0) return found;
  const [, account = "", whom = ""] = FOR.exec(said) ?? [];
  return account === "" ? [] : bookedBy(whoIs(account.trim(), directory), whom, people);
}

/** What one of these has booked for a person called so. */
export function bookedBy(
  among: readonly Pick<Somebody, "person">[],
  whom: string,
  people: readonly Somebody[],
): readonly Somebody[] {
  const wanted = whom.trim().toLowerCase();
  return people.filter(
    (each) => each.for?.toLowerCase() === wanted && among.some(({ person }) => person === each.person),
  );
}

/** Whether a text that ends in digits is a name as a whole: one that is borne, a code, or a door that is part of a name. */
export function isNamed(said: string, directory: Directory): boolean {
  const found = whoIs(said, directory);
  const isCalled = ({ name, for: whom }: Somebody) => (whom ?? name).toLowerCase() === said.toLowerCase();
  if (directory.codes.has(said) || found.some((each) => isCalled(each) || FOR.test(said))) return true;
  return /^\d+$/.test(said) && found.length === 1;
}

/** The one behind "for 302" where the account is known already; undefined for other words. */
export function forWhom(said: string): string | undefined {
  const [, account, whom] = FOR.exec(said) ?? [];
  return account === "" ? whom?.trim() : undefined;
}
