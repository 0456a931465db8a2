import { meaningOf } from "../buy/compare-to-kept.ts";
import { type KeptChain, toChain } from "../buy/kept-chain.ts";
import { mayConcern } from "../buy/may-concern.ts";
import type { Reader } from "../buy/reader.ts";
import { foldName, likeness } from "../buy/whom.ts";
import { type Chain, type Entry, MAX_CHAIN_LENGTH } from "../chain/chain.ts";
import { keyOf, keysOf } from "../chain/keys.ts";
import { renderChain } from "../chain/render-chain.ts";
import { writeLines } from "../interpret/write-lines.ts";
import type { PastedMessage } from "./read-paste.ts";

/** What is known of the buy that a paste is for. */
export interface Known {
  /** The chain of the chat in which pastes of this buy are kept. */
  readonly kept: KeptChain;
  /** Statements of the buy by id: what each says now. */
  readonly said: ReadonlyMap<string, string>;
  /** Statements of the buy that were taken back, by id. */
  readonly recalled: ReadonlySet<string>;
  /** Whose statements came from a platform: their lines are theirs to change. */
  readonly isMember: (person: string) => boolean;
}

/** A statement to be made for somebody whom a paste names. */
export interface PlannedStatement {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly text: string;
  /** Said by somebody who leads: what they say about counts and limits is no order. */
  readonly leader: boolean;
}

/** What is asked about a paste, or not taken from it without a word. */
export type Doubt =
  /** It does not say whose it is. */
  | { readonly type: "nameless"; readonly text: string }
  /** A message longer than what is read. */
  | { readonly type: "too-long"; readonly text: string }
  /** What cannot be read is kept and not counted. */
  | { readonly type: "unread"; readonly name: string; readonly text: string }
  /** The line of somebody who orders here themselves says something else. */
  | { readonly type: "theirs"; readonly name: string; readonly text: string }
  /** It says what was said and changed before: an old copy, or a change back. */
  | { readonly type: "older"; readonly name: string; readonly text: string; readonly now: string }
  /** The newest chain of the paste lacks somebody's line: it stays. */
  | { readonly type: "missing"; readonly name: string; readonly now: string };

/** What a paste adds to a buy. */
export interface PastePlan {
  readonly statements: readonly PlannedStatement[];
  /** What statements that are there say now, and which were taken back. */
  readonly edits: readonly PlannedStatement[];
  readonly recalls: readonly PlannedStatement[];
  /** All who are named, also those with nothing new: person → name. */
  readonly people: ReadonlyMap<string, string>;
  readonly doubts: readonly Doubt[];
}

/** How a plan names things, and what it takes for new. */
export interface PlanOptions {
  /** The person of a name. */
  readonly personOf: (name: string) => string;
  /** A statement's id, from its content. */
  readonly idOf: (content: string) => string;
  readonly isLeader: (name: string) => boolean;
  /** Everything in the paste was said anew, though the same was pasted before; names this paste. */
  readonly anew?: string;
}

/**
 * What a paste adds to what is known. Every statement has an id made of what it says, so that the same in a later paste
 * is known again: what was pasted before books nothing, and an old copy of a line takes nothing back.
 *
 * @source message language, 1.6 and 3 (chains)
 */
export function planPaste(
  messages: readonly PastedMessage[],
  known: Known,
  reader: Reader,
  options: PlanOptions,
): PastePlan {
  return new Planning(known, reader, options).plan(messages);
}

class Planning {
  readonly #known: Known;
  readonly #reader: Reader;
  readonly #options: PlanOptions;
  readonly #statements: PlannedStatement[] = [];
  readonly #edits: PlannedStatement[] = [];
  readonly #recalls: PlannedStatement[] = [];
  readonly #people = new Map<string, string>();
  readonly #doubts: Doubt[] = [];
  /** How often each content came in this paste. */
  readonly #counts = new Map<string, number>();
  /** Whose each entry is, by its key: those of the kept chain, then those of this paste. */
  readonly #ownerOf = new Map<string, string>();
  /** By person: the lines that count by now. */
  readonly #now = new Map<string, Map<string, Entry>>();
  /** The same as far as this paste tells. */
  readonly #pasted = new Map<string, Map<string, Entry>>();
  /** Meanings that an entry has had: in the kept chain, and in this paste. */
  readonly #keptMeanings = new Map<string, ReadonlySet<string>>();
  readonly #pastedMeanings = new Map<string, Set<string>>();
  #last: Chain | undefined;

  constructor(known: Known, reader: Reader, options: PlanOptions) {
    this.#known = known;
    this.#reader = reader;
    this.#options = options;
    const live = known.kept.entries.filter(({ removed }) => !removed);
    for (const { id, entry, owner, known: meanings } of keyed(live)) {
      this.#ownerOf.set(id, owner);
      this.#keptMeanings.set(id, meanings);
      linesIn(this.#now, owner).set(id, entry);
    }
    for (const { entry, owner, known: meanings } of known.kept.entries.filter(({ removed }) => removed)) {
      const id = `1 ${keyOf(entry.name)}`;
      if (this.#ownerOf.has(id)) continue;
      this.#ownerOf.set(id, owner);
      this.#keptMeanings.set(id, meanings);
    }
  }

  plan(messages: readonly PastedMessage[]): PastePlan {
    for (const message of messages) {
      if (message.text.length > MAX_CHAIN_LENGTH) {
        this.#doubts.push({ type: "too-long", text: message.text.slice(0, 40) });
        continue;
      }
      const kept = this.#last ?? (this.#known.kept.entries.length > 0 ? toChain(this.#known.kept) : undefined);
      const chain = message.recalled ? undefined : this.#reader.readChain(message.text, kept);
      if (chain) this.#takeChain(chain, message.speaker);
      else this.#takeWords(message);
    }
    this.#compareEnds();
    return {
      statements: this.#statements,
      edits: this.#edits,
      recalls: this.#recalls,
      people: this.#people,
      doubts: this.#doubts,
    };
  }

  #takeWords({ speaker, text, id, earlier = [], recalled, leader }: PastedMessage): void {
    if (!mayConcern(text, this.#reader)) return;
    if (speaker === undefined) {
      this.#doubts.push({ type: "nameless", text });
      return;
    }
    const person = this.#meet(speaker);
    const content = id === undefined ? this.#countedContent("words", person, keyOf(text)) : `message\n${id}`;
    const leads = leader ?? this.#options.isLeader(speaker);
    const planned = { id: this.#idOf(content), person, name: speaker, text, leader: leads };
    const former = this.#known.said.get(planned.id);
    if (former === undefined) {
      if (!recalled) this.#statements.push(planned);
    } else if (recalled) {
      if (!this.#known.recalled.has(planned.id)) this.#recalls.push(planned);
    } else if (former !== text && !this.#known.recalled.has(planned.id)) {
      if (earlier.includes(former)) this.#edits.push(planned);
      else this.#doubts.push({ type: "older", name: speaker, text, now: former });
    }
  }

  #takeChain(chain: Chain, speaker: string | undefined): void {
    this.#last = chain;
    const by = speaker === undefined ? undefined : this.#meet(speaker);
    const lines = new Map<string, Map<string, Entry>>();
    for (const [id, owner, entry] of this.#ownersOf(chain, speaker)) linesIn(lines, owner).set(id, entry);
    if (by !== undefined && this.#pasted.has(by)) linesIn(lines, by);
    for (const [person, own] of lines) {
      if (this.#known.isMember(person)) this.#judgeTheirs(own);
      else this.#takeLines(person, own, chain.title, person === by);
    }
  }

  /** Whose the entries of a message are. */
  #ownersOf({ entries }: Chain, speaker: string | undefined): [string, string, Entry][] {
    const ids = keysOf(entries).map(({ id }) => id);
    const fresh = entries.filter((entry, at) => entry.name !== "" && !this.#ownerOf.has(ids[at]!));
    const by = speaker === undefined ? undefined : this.#options.personOf(speaker);
    const hasLine = by !== undefined && [...this.#ownerOf.values()].includes(by);
    // A line under another name is the speaker's where it is all that they add, and they have none yet.
    const own =
      fresh.find(({ name }) => likeness(name, speaker) === 2) ??
      (hasLine ? undefined : (fresh.find(({ name }) => likeness(name, speaker) === 1) ?? only(fresh)));
    return entries.flatMap((entry, at): [string, string, Entry][] => {
      if (entry.name === "" && by === undefined) {
        this.#doubts.push({ type: "nameless", text: entry.words });
        return [];
      }
      const isOwn = by !== undefined && (entry.name === "" || entry === own);
      const owner = this.#ownerOf.get(ids[at]!) ?? (isOwn ? by : this.#meet(entry.name));
      this.#ownerOf.set(ids[at]!, owner);
      if (!this.#people.has(owner)) this.#people.set(owner, entry.name);
      return [[ids[at]!, owner, entry]];
    });
  }

  #judgeTheirs(own: ReadonlyMap<string, Entry>): void {
    for (const [id, entry] of own) {
      if (this.#keptMeanings.get(id)?.has(meaningOf(entry))) continue;
      if (this.#isNewMeaning(id, entry)) this.#doubts.push({ type: "theirs", name: entry.name, text: entry.words });
    }
  }

  /** Somebody's lines in a message. Who posts it may go back and take out; others' copies only add and change. */
  #takeLines(person: string, own: ReadonlyMap<string, Entry>, title: string, isTheirMessage: boolean): void {
    const former = this.#pasted.get(person);
    const isNew = [...own].filter(([id, entry]) => this.#isNewMeaning(id, entry)).length > 0;
    const pasted = isTheirMessage ? new Map(own) : new Map([...(former ?? []), ...own]);
    const isChange = isTheirMessage ? !former || meaningOfAll(pasted) !== meaningOfAll(former) : isNew;
    if (!isChange) return;
    this.#pasted.set(person, pasted);

    const id = this.#idOf(this.#countedContent("lines", person, meaningOfAll(pasted)));
    const now = linesIn(this.#now, person);
    const next = isTheirMessage ? pasted : new Map([...now, ...pasted]);
    if (this.#known.said.has(id) || meaningOfAll(next) === meaningOfAll(now)) return;
    if (!isTheirMessage && this.#options.anew === undefined && this.#isOldCopy(next, now)) return;
    this.#now.set(person, new Map(next));
    const text = this.#textOf(title, next);
    this.#statements.push({ id, person, name: this.#people.get(person)!, text, leader: false });
  }

  /** Whether lines differ from what counts only by what was said and changed before. */
  #isOldCopy(next: ReadonlyMap<string, Entry>, now: ReadonlyMap<string, Entry>): boolean {
    return [...next].every(([id, entry]) => {
      const [meaning, present] = [meaningOf(entry), now.get(id)];
      return (present && meaningOf(present) === meaning) || this.#keptMeanings.get(id)?.has(meaning);
    });
  }

  #isNewMeaning(id: string, entry: Entry): boolean {
    const meanings = this.#pastedMeanings.get(id) ?? new Set();
    this.#pastedMeanings.set(id, meanings);
    const meaning = meaningOf(entry);
    if (meanings.has(meaning)) return false;
    meanings.add(meaning);
    return true;
  }

  /** The lines as their author would have posted them; as the bot writes them where the chain told more. */
  #textOf(title: string, lines: ReadonlyMap<string, Entry>): string {
    const entries = [...lines.values()];
    const posted = renderChain({ title, entries });
    const read = this.#reader.readChain(posted, undefined)?.entries ?? [];
    const saysTheSame =
      read.length === entries.length && read.every((entry, at) => meaningOf(entry) === meaningOf(entries[at]!));
    if (saysTheSame) return posted;
    return renderChain({ title: "", entries: entries.map(asWritten) });
  }

  /** Where the paste ends elsewhere than what counts: lines that it lacks, and old copies. */
  #compareEnds(): void {
    const named = new Set(this.#last && keysOf(this.#last.entries).map(({ id }) => id));
    for (const [person, now] of this.#now) {
      if (this.#known.isMember(person)) continue;
      const pasted = this.#pasted.get(person);
      for (const [id, entry] of now) {
        const [name, said] = [entry.name, pasted?.get(id)];
        if (said && meaningOf(said) !== meaningOf(entry)) {
          this.#doubts.push({ type: "older", name, text: said.words, now: entry.words });
        } else if (this.#last && !said && !named.has(id)) {
          this.#doubts.push({ type: "missing", name, now: entry.words });
        }
      }
      for (const [id, entry] of pasted ?? []) {
        if (entry.text !== undefined) this.#doubts.push({ type: "unread", name: entry.name, text: entry.text });
        else if (!now.has(id) && entry.lines.length > 0) {
          this.#doubts.push({ type: "older", name: entry.name, text: entry.words, now: "–" });
        }
      }
    }
  }

  #meet(name: string): string {
    const person = this.#options.personOf(name);
    if (!this.#people.has(person)) this.#people.set(person, name);
    return person;
  }

  /** Content of which the second in a paste is another than the first. */
  #countedContent(...parts: readonly string[]): string {
    const content = parts.join("\n");
    const count = (this.#counts.get(content) ?? 0) + 1;
    this.#counts.set(content, count);
    return `${content}\n${count}`;
  }

  #idOf(content: string): string {
    const { anew, idOf } = this.#options;
    return idOf(anew === undefined ? content : `${content}\n${anew}`);
  }
}

/** Entries of a chain with their keys. */
function keyed<Row extends { readonly entry: Entry }>(rows: readonly Row[]): (Row & { readonly id: string })[] {
  const keys = keysOf(rows.map(({ entry }) => entry));
  return rows.map((row, at) => ({ ...row, id: keys[at]!.id }));
}

function linesIn(lines: Map<string, Map<string, Entry>>, person: string): Map<string, Entry> {
  const own = lines.get(person) ?? new Map<string, Entry>();
  lines.set(person, own);
  return own;
}

function meaningOfAll(lines: ReadonlyMap<string, Entry>): string {
  return [...lines]
    .map(([id, entry]) => `${id} ${meaningOf(entry)}`)
    .sort()
    .join("\n\n");
}

function only<Row>(rows: readonly Row[]): Row | undefined {
  return rows.length === 1 ? rows[0] : undefined;
}

function asWritten(entry: Entry): Entry {
  const { name, lines, note, text, cancelled } = entry;
  if (text !== undefined || cancelled) return entry;
  const noted = lines.map((line) => ({ ...(note !== undefined && { note }), ...line }));
  return { ...entry, words: writeLines(noted, name) };
}

/** Two names that may be one person's: alike, and not the same. */
export function areAlike(one: string, other: string): boolean {
  return foldName(one) !== foldName(other) && likeness(one, other) === 1;
}
