/** What has been changed since a transaction began, so that it can be taken back. */
export class Journal {
  #undos: (() => void)[] | undefined;
  #last: Promise<void> = Promise.resolve();
  /** How many changes there have been, those taken back too. */
  changes = 0;

  /** Remembers how to take back what is being changed. Outside of a transaction nothing is taken back. */
  note(undo: () => void): void {
    this.changes += 1;
    this.#undos?.push(undo);
  }

  /** Does the work, after all that was begun before; where it fails, nothing of it has happened. */
  async transaction<T>(work: () => Promise<T> | T): Promise<T> {
    const before = this.#last;
    let end = () => {};
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    this.#undos = [];
    try {
      return await work();
    } catch (fault) {
      const undos = this.#undos;
      this.changes += undos.length;
      this.#undos = undefined; // what is taken back is not remembered again
      for (const undo of undos.reverse()) undo();
      throw fault;
    } finally {
      this.#undos = undefined;
      end();
    }
  }
}

/** Under what a row is found: one thing, several, or none. */
export type Found = string | readonly string[] | undefined;

/** Rows by their key, and by what else they are looked for. A row is never changed, only put in the place of another. */
export class Table<Row, By extends string = never> {
  readonly #rows = new Map<string, Row>();
  readonly #journal: Journal;
  readonly #keyOf: (row: Row) => string;
  readonly #indexes: ReadonlyMap<string, Index<Row>>;

  /** @param by  by name: what rows are also looked for by, one thing or several; a row without it is not found that way */
  constructor(journal: Journal, keyOf: (row: Row) => string, by: Readonly<Record<By, (row: Row) => Found>>) {
    this.#journal = journal;
    this.#keyOf = keyOf;
    const names = Object.entries<(row: Row) => Found>(by);
    this.#indexes = new Map(names.map(([name, of]) => [name, { of, groups: new Map() }]));
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  all(): Row[] {
    return [...this.#rows.values()];
  }

  /** Those that have this, in the order in which they came. */
  where(name: By, value: string): Row[] {
    const group = this.#indexes.get(name)!.groups.get(value);
    return group ? [...group.values()] : [];
  }

  /** The same, to be looked at and not written meanwhile: nothing is copied. */
  each(name: By, value: string): Iterable<Row> {
    return this.#indexes.get(name)!.groups.get(value)?.values() ?? [];
  }

  /** Writes a row in the place of the one with its key. */
  put(row: Row): void {
    this.#replace(this.#keyOf(row), row);
  }

  delete(key: string): void {
    this.#replace(key, undefined);
  }

  /** Takes away the row with this one's key. */
  drop(row: Row): void {
    this.delete(this.#keyOf(row));
  }

  #replace(key: string, row: Row | undefined): void {
    const before = this.#rows.get(key);
    this.#write(key, before, row);
    this.#journal.note(() => this.#write(key, row, before));
  }

  #write(key: string, before: Row | undefined, after: Row | undefined): void {
    if (after === undefined) this.#rows.delete(key);
    else this.#rows.set(key, after);
    for (const { of, groups } of this.#indexes.values()) {
      const now = after === undefined ? undefined : of(after);
      const was = before === undefined ? undefined : of(before);
      if (typeof now === "string" && now === was) {
        groups.get(now)!.set(key, after!);
        continue;
      }
      for (const old of listOf(was)) {
        if (now === old || (Array.isArray(now) && now.includes(old))) continue;
        const group = groups.get(old);
        group?.delete(key);
        if (group?.size === 0) groups.delete(old);
      }
      for (const value of listOf(now)) {
        const group = groups.get(value);
        if (group) group.set(key, after!);
        else groups.set(value, new Map([[key, after!]]));
      }
    }
  }
}

/** Rows by what they are looked for by. */
interface Index<Row> {
  readonly of: (row: Row) => Found;
  readonly groups: Map<string, Map<string, Row>>;
}

function listOf(found: Found): readonly string[] {
  return found === undefined ? [] : typeof found === "string" ? [found] : found;
}
