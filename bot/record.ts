import { isCoupled, isCoupling } from "../core/buy/coupled.ts";
import { foldOrders } from "../core/buy/fold.ts";
import type { Orders, Verdict } from "../core/buy/ledger.ts";
import { isSoldOut } from "../core/buy/sold-out.ts";
import { isPasted, type Statement } from "../core/buy/statement.ts";
import { judgeBelated } from "./belated.ts";
import type { ReaderOf } from "./catalogs.ts";
import { tellLate } from "./late.ts";
import { joined, lineChanges, linesOfOrders } from "./line-changes.ts";
import type { EditIn, RecallIn, TextIn } from "./ports.ts";
import { refold } from "./refold.ts";
import type {
  Buy,
  LedgerTx,
  Line,
  LineChanges,
  MessageKey,
  NewEdit,
  NewRecall,
  NewStatement,
  OrderKey,
  Person,
  Place,
} from "./store.ts";
import { isLeaderOf, whichBuy } from "./which-buy.ts";

/** What somebody said, changed or took back, in a chat that we know. */
export interface Heard {
  readonly place: Place;
  /** Who; undefined for a recall, where the platform does not tell. */
  readonly person?: Person;
  readonly event: TextIn | EditIn | RecallIn;
  /** The buy that it is about, where that needs no guess: a button under its post was pressed. */
  readonly about?: string;
}

/** What came of it. */
export interface Recorded {
  readonly heard: Heard;
  readonly buy: Buy;
  /**
   * `delivered-late`: said in time, and the list was already final when it came. `which-buy`: it fits several buys of
   * its chat, `among`, and was not taken for any.
   */
  readonly verdict: Verdict | "delivered-late" | "which-buy";
  readonly among?: readonly Buy[];
  /** Whose it is, where only what they took back tells. */
  readonly by?: string;
}

/** The buys must be locked alone, since one person's order changes another's: run again with `alone`. */
export class NeedsAlone extends Error {
  override readonly name = "NeedsAlone";
}

/**
 * Stores what was said and brings lines and tallies in step with it, in one transaction for the whole batch. Delivering
 * the same again, or in another order, leaves the same rows: they are the fold of the statements.
 *
 * @throws NeedsAlone when `alone` is false and a buy is folded as a whole
 */
export async function record(
  tx: LedgerTx,
  heard: readonly Heard[],
  readerOf: ReaderOf,
  alone: boolean,
): Promise<readonly Recorded[]> {
  const buys = await tx.lockBuys(chatsOf(heard), alone);
  if (buys.length === 0) return [];

  const batch = await sort(tx, heard, buys, readerOf);
  const whole = new Set(wholeBuys(batch));
  if (whole.size > 0 && !alone) throw new NeedsAlone();

  const orders = [...batch.orders.values()].filter((order) => !whole.has(order.buy));
  const [recalls, statements, edits, , ofOrders, before] = await Promise.all([
    tx.addRecalls(batch.recalls),
    tx.addStatements(batch.statements),
    tx.addEdits(batch.edits),
    tx.lockOrders(orders),
    tx.statementsOf(orders),
    tx.linesOf(orders),
  ]);

  const verdicts: Verdict[] = [];
  for (const buy of batch.concerned) {
    if (!whole.has(buy.id)) continue;
    if (!buy.coupled) await tx.setCoupled(buy.community, buy.id);
    const ledger = await refold(tx, buy, readerOf, heard.map(causeOf));
    const booked = ledger.tally.items.map((item) => item.booked);
    if (isSoldOut(buy.terms, booked)) await tx.noteSoldOut(buy.community, buy.id);
    verdicts.push(...ledger.verdicts);
  }
  const apart = [...batch.concerned].filter((buy) => !whole.has(buy.id));
  const folded = foldApart(apart, ofOrders, before, readerOf);
  const belated = await judgeBelated(tx, [...batch.taken, ...batch.recalled], { recalls, statements, edits }, readerOf);
  const recorded = [...outcomes(heard, batch, [...verdicts, ...folded.verdicts]), ...belated];
  await tellLate(tx, recorded);
  tx.endWith(tx.saveLines(folded.changes));
  return recorded;
}

/** Buys in which nothing couples people: each person's order is folded from their own statements. */
function foldApart(
  apart: readonly Buy[],
  statements: readonly (Statement & { readonly buy: string })[],
  before: readonly (Line & { readonly buy: string })[],
  readerOf: ReaderOf,
): { readonly changes: LineChanges; readonly verdicts: readonly Verdict[] } {
  const verdicts: Verdict[] = [];
  const statementsBy = groupBy(statements, ({ buy }) => buy);
  const linesBy = groupBy(before, ({ buy }) => buy);
  const changes = apart.map((buy) => {
    const folded: Orders = foldOrders(buy.terms, readerOf(buy), statementsBy.get(buy.id) ?? []);
    verdicts.push(...folded.verdicts);
    return lineChanges(buy, linesBy.get(buy.id) ?? [], linesOfOrders(folded.orders));
  });
  return { changes: joined(changes), verdicts };
}

interface Batch {
  readonly statements: NewStatement[];
  readonly edits: NewEdit[];
  readonly recalls: NewRecall[];
  /** Orders that must be folded again, each once. */
  readonly orders: Map<string, OrderKey>;
  /** Open buys that something here is about. */
  readonly concerned: Set<Buy>;
  /** Which buy each event was taken for. */
  readonly taken: Map<Heard, Buy>;
  /** What was taken back, and whose it was. */
  readonly recalled: (readonly [Heard, Buy, string])[];
  /** Events that fit several buys. */
  readonly doubtful: Map<Heard, readonly Buy[]>;
  /** Questions about a buy in plain words: they are answered, not stored. */
  readonly asked: Map<Heard, Recorded>;
}

/** Decides which buy each event is about. */
async function sort(tx: LedgerTx, heard: readonly Heard[], buys: readonly Buy[], readerOf: ReaderOf): Promise<Batch> {
  const byId = new Map(buys.map((buy) => [buy.id, buy]));
  const byChat = groupBy(
    buys.flatMap((buy) => buy.chats.map((chat) => ({ chat, buy }))),
    ({ chat }) => chat,
  );
  const buysHere = ({ place }: Heard) => (byChat.get(place.chat) ?? []).map(({ buy }) => buy);
  const posts = await tx.postsAmong(heard.flatMap((each) => replyOf(each) ?? []));
  const known = await tx.statementsAmong(
    heard.filter((each) => needsPast(each, buysHere(each))).map((each) => keyOf(each, each.event.id)),
  );
  const batch: Batch = {
    statements: [],
    edits: [],
    recalls: [],
    orders: new Map(),
    concerned: new Set(),
    taken: new Map(),
    recalled: [],
    doubtful: new Map(),
    asked: new Map(),
  };
  const pastOf = groupBy(known, messageKey);
  const concern = (buy: Buy, person: string) => {
    if (buy.status !== "open") return;
    batch.concerned.add(buy);
    batch.orders.set(`${buy.id}:${person}`, { community: buy.community, buy: buy.id, person });
  };

  for (const each of heard) {
    const key = keyOf(each, each.event.id);
    const past = pastOf.get(messageKey(key)) ?? [];
    if (each.event.type === "recall") {
      const closings = past.flatMap(({ buy }) => byId.get(buy)?.closedAt?.getTime() ?? []);
      const closedAt = closings.length > 0 ? new Date(Math.max(...closings)) : undefined;
      batch.recalls.push({ ...key, at: each.event.recalledAt, closedAt });
      for (const row of past) {
        const buy = byId.get(row.buy);
        if (!buy) continue;
        concern(buy, row.person);
        batch.recalled.push([each, buy, row.person]);
      }
      // A statement of the same batch is concerned already; one that comes later finds the recall.
      continue;
    }
    const { person, event } = each;
    if (!person) continue;

    const reply = replyOf(each);
    const repliedTo =
      each.about ?? (reply && posts.find((post) => post.chat === reply.chat && post.message === reply.message)?.buy);
    const here = buysHere(each).filter((buy) => (each.about ?? buy.id) === buy.id);
    const { among, choice } = whichBuy(event, person, here, repliedTo, readerOf);
    if (choice && !choice.buy) batch.doubtful.set(each, choice.among);
    const chosen = choice?.buy;
    const asked = chosen || choice ? undefined : questionOf(each, person, event, among, readerOf);
    if (asked) batch.asked.set(each, asked);
    if (chosen) {
      batch.taken.set(each, chosen);
      batch.statements.push(statementOf(each, person, event, chosen, chosen.id === repliedTo));
      if (event.type === "edit") batch.edits.push(editOf(key, chosen, event, event.text));
      concern(chosen, person.id);
    }
    if (event.type === "edit") {
      // Whatever the message was about before, even if we only hear of that later, it no longer is.
      // What a leader has pasted is of one buy, though it may have been pasted for others too.
      const elsewhere = isPasted(event) ? here : buysHere(each);
      const others = elsewhere.filter(({ id, terms }) => id !== chosen?.id && terms.openedAt <= event.sentAt);
      for (const buy of others) batch.edits.push(editOf(key, buy, event, ""));
    }
    for (const row of past) {
      const buy = byId.get(row.buy);
      if (!buy || buy.id === chosen?.id) continue;
      concern(buy, row.person);
      if (!batch.taken.has(each)) batch.taken.set(each, buy);
    }
  }
  return batch;
}

/** "What did I order?", "how many are there now?", "I have paid": words about a buy that order nothing. */
function questionOf(
  heard: Heard,
  person: Person,
  event: TextIn | EditIn,
  among: readonly Buy[],
  readerOf: ReaderOf,
): Recorded | undefined {
  for (const buy of event.type === "text" ? among : []) {
    const reading = readerOf(buy).read(event.text, {});
    const { kind } = reading;
    if (kind !== "mine" && kind !== "tally" && kind !== "paid" && kind !== "received") continue;
    const verdict: Verdict = {
      chat: heard.place.chat,
      id: event.id,
      person: person.id,
      outcome: "nothing",
      ...reading,
    };
    return { heard, buy, verdict };
  }
  return undefined;
}

/** Edits and recalls act on what is stored; so does a text where its buy may have been chosen otherwise before. */
function needsPast({ event }: Heard, buysHere: readonly Buy[]): boolean {
  return event.type !== "text" || buysHere.length > 1;
}

/** The buys, by id, in which one person's order may change another's, or does so by what is said now. */
function wholeBuys({ concerned, statements, edits }: Batch): ReadonlySet<string> {
  const coupling = [...statements, ...edits].filter(({ text }) => text !== undefined && isCoupling(text));
  const coupled = new Set(coupling.map(({ buy }) => buy));
  const whole = [...concerned].filter((buy) => buy.coupled || isCoupled(buy.terms) || coupled.has(buy.id));
  return new Set(whole.map(({ id }) => id));
}

function outcomes(heard: readonly Heard[], batch: Batch, verdicts: readonly Verdict[]): Recorded[] {
  const byMessage = new Map(verdicts.map((verdict) => [`${verdict.chat}:${verdict.id}`, verdict]));
  return heard.flatMap((each): Recorded[] => {
    const among = batch.doubtful.get(each);
    if (among?.[0]) return [{ heard: each, buy: among[0], verdict: "which-buy", among }];
    const buy = batch.taken.get(each) ?? batch.recalled.find(([recall]) => recall === each)?.[1];
    if (!buy) return [batch.asked.get(each)].filter((question) => question !== undefined);
    const verdict = buy.status === "open" && byMessage.get(`${each.place.chat}:${each.event.id}`);
    return verdict ? [{ heard: each, buy, verdict }] : [];
  });
}

/** Names a delivery: the same event again has the same name. */
function causeOf({ place, event }: Heard): string {
  const at = event.type === "edit" ? event.editedAt : event.type === "recall" ? event.recalledAt : event.sentAt;
  return `${place.chat}:${event.id}:${event.type}:${at.getTime()}`;
}

function statementOf({ place }: Heard, person: Person, event: TextIn | EditIn, buy: Buy, reply: boolean): NewStatement {
  return {
    community: place.community.id,
    buy: buy.id,
    chat: place.chat,
    message: event.id,
    position: event.position,
    person: person.id,
    name: person.name,
    saidAt: event.sentAt,
    text: event.type === "text" ? event.text : undefined,
    reply,
    leader: isLeaderOf(person, buy),
    closedAt: buy.closedAt,
  };
}

function editOf(
  key: MessageKey,
  { id: buy, closedAt }: Buy,
  { editedAt: at, order = 0 }: Pick<EditIn, "editedAt" | "order">,
  text: string,
): NewEdit {
  return { ...key, buy, at, order, text, closedAt };
}

function chatsOf(heard: readonly Heard[]) {
  // By their ids: a chat that has moved has two.
  const places = new Map(heard.map(({ place }) => [`${place.platform}:${place.externalChat}`, place]));
  return [...places.values()].map((place) => ({ ...place, community: place.community.id }));
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function messageKey({ chat, message }: Pick<MessageKey, "chat" | "message">): string {
  return `${chat}:${message}`;
}

function replyOf(each: Heard): MessageKey | undefined {
  if (each.event.type === "recall" || !each.event.replyTo) return undefined;
  return keyOf(each, each.event.replyTo.id);
}

function keyOf({ place }: Heard, message: string): MessageKey {
  return { community: place.community.id, chat: place.chat, message };
}
