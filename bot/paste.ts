import { createHash } from "node:crypto";
import { foldBuy } from "../core/buy/fold.ts";
import { type KeptChain, NO_CHAIN, toChain } from "../core/buy/kept-chain.ts";
import type { Ledger } from "../core/buy/ledger.ts";
import type { Reader } from "../core/buy/reader.ts";
import { isPasted, PASTED, type Statement } from "../core/buy/statement.ts";
import { foldName } from "../core/buy/whom.ts";
import { counted, renderChain } from "../core/chain/render-chain.ts";
import { areAlike, type PastePlan, type PlannedStatement, planPaste } from "../core/paste/plan-paste.ts";
import { type PastedMessage, readPaste } from "../core/paste/read-paste.ts";
import { parseEvent, toTranscript } from "./cli/replay/transcript.ts";
import { linesOfOrders } from "./line-changes.ts";
import type { Parts } from "./parts.ts";
import { type Heard, record } from "./record.ts";
import type { Buy, Line, Member, Place } from "./store.ts";

/** What a paste would do to a buy. */
export interface SeenPaste {
  readonly buy: Buy;
  /** The chat that pastes of this buy count for. */
  readonly chat: string;
  readonly plan: PastePlan;
  /** Those whose orders it changes, with their lines before and after. */
  readonly changes: readonly {
    readonly name: string;
    readonly before: readonly Line[];
    readonly after: readonly Line[];
  }[];
  /** How many whom it names have an order and keep it as it is. */
  readonly unchanged: number;
  readonly after: Ledger;
  /** Names of newcomers that a member has too. */
  readonly namesakes: readonly string[];
  /** Names of newcomers beside names of others that may be theirs. */
  readonly alike: readonly (readonly [string, string])[];
  /** Who has ordered in a chain and in plain words. */
  readonly twofold: readonly string[];
}

type Store = Pick<Parts, "store" | "readerOf">;

/** The messages of a pasted text: a chain, a chat, or a transcript. Undefined where it does not tell who said what. */
export function readPasted(pasted: string, reader: Reader): readonly PastedMessage[] | undefined {
  // Marks that turn the direction of what follows would turn our lists too, by the names in them.
  const text = pasted.replace(/[\u202a-\u202e\u2066-\u2069]/gu, "");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0 || !lines.every((line) => line.startsWith("{"))) return readPaste(text, reader);
  const events = lines.map(parseEvent);
  const { messages, names } = toTranscript(events.flatMap((event) => (typeof event === "string" ? [] : [event])));
  if (events.some((event) => typeof event === "string")) return undefined;
  return messages.map(({ chat, id, person, name, versions, recalledAt, leader }) => ({
    speaker: names.get(person) ?? name,
    text: versions.at(-1)!.text,
    id: `${chat}\n${id}`,
    earlier: versions.slice(0, -1).map(({ text: former }) => former),
    ...(recalledAt && { recalled: true }),
    ...(leader && { leader }),
  }));
}

/**
 * What a paste would do to a buy, by folding what it adds with all that was said.
 *
 * @param chat  where it counts, unless something was pasted for this buy before
 * @param at    when it is taken to be said: stock that others have got stays theirs
 * @param anew  names a paste of which everything was said anew
 */
export async function lookAtPaste(
  { store, readerOf }: Store,
  buy: Buy,
  chat: string,
  messages: readonly PastedMessage[],
  at: Date,
  anew?: string,
): Promise<SeenPaste> {
  const said = await store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id));
  const members = await store.membersOf(buy.community);
  const reader = readerOf(buy);
  const home = said.find(isPasted)?.chat ?? chat;
  const before = foldBuy(buy.terms, reader, said);
  const speakers = new Set(said.filter((each) => !isPasted(each)).map(({ person }) => person));
  const leaders = new Set(members.filter(leads).map(({ name }) => foldName(name)));
  const known = {
    kept: before.chains.get(home) ?? NO_CHAIN,
    said: new Map(said.map(({ id, versions }) => [id, versions.at(-1)?.text ?? ""])),
    recalled: new Set(said.flatMap(({ id, recalledAt }) => (recalledAt ? [id] : []))),
    isMember: (person: string) => speakers.has(person),
  };
  const plan = planPaste(messages, known, reader, {
    personOf: (name) => personOf(buy.community, name),
    idOf: (content) => PASTED + digest(content).toString("base64url").slice(0, 18),
    isLeader: (name) => leaders.has(foldName(name)),
    ...(anew !== undefined && { anew }),
  });
  const after = foldBuy(buy.terms, reader, withPlan(said, plan, home, at));
  const names = new Map([...members.map(({ id, name }) => [id, name] as const), ...plan.people]);
  return { buy, chat: home, plan, after, ...comparison(plan, before, after, names, members, reader, said, home, at) };
}

/** Books what was seen: as statements of those whom it names, in one transaction. */
export async function recordPaste({ store, readerOf }: Store, seen: SeenPaste, place: Place, at: Date): Promise<void> {
  const { statements, edits, recalls, people } = seen.plan;
  const planned = [...statements, ...edits];
  await store.addNamed(
    seen.buy.community,
    new Map(planned.map(({ person, name }) => [person, people.get(person) ?? name])),
  );
  const common = (id: string) => ({
    ...{ id, platform: place.platform, chat: { id: place.externalChat, kind: place.kind } },
  });
  const toHeard = (each: PlannedStatement, position: number): Heard => ({
    place: { ...place, chat: seen.chat },
    person: { id: each.person, name: each.name, externalId: "", role: each.leader ? "leader" : "resident" },
    about: seen.buy.id,
    event: {
      ...{ type: "text", ...common(each.id), position, sender: { id: "", name: each.name } },
      ...{ text: each.text, sentAt: at },
    },
  });
  const heard: Heard[] = [
    ...statements.map(toHeard),
    ...edits.map((each, index): Heard => {
      const { event, ...rest } = toHeard(each, index);
      return { ...rest, event: { ...event, type: "edit", editedAt: at } as Heard["event"] };
    }),
    ...recalls.map(({ id }): Heard => {
      return { place: { ...place, chat: seen.chat }, event: { type: "recall", ...common(id), recalledAt: at } };
    }),
  ];
  await store.record((tx) => record(tx, heard, readerOf, true));
}

/** Whether there is something to book. */
export function isEmpty({ statements, edits, recalls }: PastePlan): boolean {
  return statements.length + edits.length + recalls.length === 0;
}

/** Names everything that a paste would book, and what that changes for whom. */
export function effectsOf({ plan: { statements, edits, recalls }, changes }: SeenPaste): string[] {
  return [
    ...[...statements, ...edits, ...recalls].map(({ id, text }) => `${id} ${text}`),
    ...changes.map((change) => JSON.stringify(change)),
  ].map((effect) => digest(effect).toString("base64url"));
}

/** The chain as it would stand, to go on with; undefined where there is none. */
export function chainAfter({ after, chat }: SeenPaste): string | undefined {
  const kept: KeptChain = after.chains.get(chat) ?? NO_CHAIN;
  return toChain(kept).entries.length > 0 ? renderChain(counted(toChain(kept))) : undefined;
}

/** Statements as they are when a plan is booked. */
function withPlan(said: readonly Statement[], plan: PastePlan, chat: string, at: Date): Statement[] {
  const changed = new Map(plan.edits.map((each) => [each.id, each.text]));
  const recalled = new Set(plan.recalls.map(({ id }) => id));
  return [
    ...said.map((statement) => {
      const text = changed.get(statement.id);
      if (recalled.has(statement.id)) return { ...statement, recalledAt: at };
      return text === undefined ? statement : { ...statement, versions: [...statement.versions, { text, at }] };
    }),
    ...plan.statements.map(({ id, person, name, text, leader }, position): Statement => {
      return { chat, id, position, person, name, saidAt: at, versions: [{ text, at }], leader };
    }),
  ];
}

function comparison(
  plan: PastePlan,
  before: Ledger,
  after: Ledger,
  names: ReadonlyMap<string, string>,
  members: readonly Member[],
  reader: Reader,
  said: readonly Statement[],
  chat: string,
  at: Date,
) {
  const [old, now] = [byPerson(before), byPerson(after)];
  const people = [...plan.people.keys()];
  const changed = people.filter((person) => JSON.stringify(old.get(person)) !== JSON.stringify(now.get(person)));
  const newcomers = changed.filter((person) => !old.has(person)).map((person) => names.get(person)!);
  const others = [...now.keys()].flatMap((person) => names.get(person) ?? []);
  const memberNames = new Set(members.map(({ name }) => foldName(name)));
  return {
    changes: changed.map((person) => ({
      ...{ name: names.get(person)!, before: old.get(person) ?? [], after: now.get(person) ?? [] },
    })),
    unchanged: people.filter((person) => now.has(person) && !changed.includes(person)).length,
    namesakes: newcomers.filter((name) => memberNames.has(foldName(name))),
    alike: newcomers.flatMap((name) => {
      const other = others.find((each) => areAlike(name, each));
      return other === undefined ? [] : [[name, other] as const];
    }),
    twofold: changed.filter(isTwofold).map((person) => names.get(person)!),
  };

  function isTwofold(person: string): boolean {
    const theirs = withPlan(said, plan, chat, at).filter((each) => each.person === person);
    const kinds = new Set(theirs.map(({ versions }) => reader.isChain(versions.at(-1)?.text ?? "")));
    return kinds.size > 1 && now.has(person);
  }
}

function byPerson({ orders }: Ledger): ReadonlyMap<string, readonly Line[]> {
  const lines = new Map<string, Line[]>();
  for (const line of linesOfOrders(orders)) lines.set(line.person, [...(lines.get(line.person) ?? []), line]);
  return lines;
}

function leads({ role }: Member): boolean {
  return role === "leader" || role === "owner";
}

/** The person of a community who has only a name: the same name is the same person. */
function personOf(community: string, name: string): string {
  const hex = digest(`${community}\n${foldName(name) || name}`).toString("hex");
  // A UUID of version 8: made of what we choose. @source RFC 9562, 5.8
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
