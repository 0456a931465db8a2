import type { BuyRow } from "../support/memory-store/database.ts";
import { type BuyPlay, nameOf } from "./buy-play.ts";
import { FAULTS, type Fault } from "./faults.ts";
import { type Expected, expect, type Said } from "./model.ts";
import type { World } from "./world.ts";

const CLOSINGS: ReadonlySet<string> = new Set(["buy-closed", "buy-failed"]);

/** What people do. */
export const DEEDS = [
  ...(["add", "set", "cancel", "talk", "chain", "edit", "recall", "pay", "accept"] as const),
  ...(["planned", "ended", "extended", "reopened", "repriced"] as const),
] as const;

export type Deed = (typeof DEEDS)[number];

/** What a world came to. */
export interface Figures {
  readonly buys: number;
  readonly messages: number;
  readonly notices: number;
  /** Notices of which it is not known whether they arrived. */
  readonly maybe: number;
  readonly deaths: number;
  readonly events: number;
  readonly faults: ReadonlyMap<Fault, number>;
  /** How often people did what. */
  readonly deeds: ReadonlyMap<Deed, number>;
  /** What is not as it must be, in words. */
  readonly wrong: readonly string[];
}

/** Compares what is kept, and what stands in the chats, with what must have come of what people said. */
export function check(world: World, deaths: number): Figures {
  const { database, plays, platform, faults, time } = world;
  const wrong = [
    ...plays.flatMap((play) => checkBuy(world, play).map((words) => `${play.chat} ${play.announcedAt}: ${words}`)),
    ...checkNotices(world),
    ...checkPosts(world),
    ...database.parked.all().map(({ error }) => `an event was parked: ${error}`),
    ...database.timers
      .all()
      .filter(({ state }) => state === "pending" || state === "parked")
      .map(({ kind, state }) => `a timer is left ${state}: ${kind}`),
  ];
  const notices = database.outgoing.all();
  return {
    ...{
      buys: plays.length,
      deaths,
      events: time.events,
      wrong,
      faults: new Map(allFaults(faults.counts)),
      deeds: deedsOf(plays),
    },
    messages: plays.reduce((sum, { said }) => sum + said.length, 0),
    notices: notices.length,
    maybe: notices.filter(({ state }) => state === "maybe").length,
  };

  function allFaults(counts: ReadonlyMap<Fault, number>): [Fault, number][] {
    return (Object.keys(FAULTS) as Fault[]).map((fault) => [fault, counts.get(fault) ?? 0]);
  }

  /** What was delivered must have been confirmed: a chat repeats it until then. */
  function checkBuy(of: World, play: BuyPlay): string[] {
    const { row } = play;
    if (!row?.closedAt) return ["missed: the buy did not close"];
    const people = new Map(
      database.identities.where("community", row.community).map((each) => [each.person, each.externalId]),
    );
    const expected = expect(play.lastOffer, countedOf(of, play, row, row.closedAt.getTime()));
    const unconfirmed = play.said.filter(({ event }) => !platform.confirmed.has(event)).length;
    return [
      ...(unconfirmed > 0 ? [`lost: ${unconfirmed} messages were never confirmed`] : []),
      ...checkTerms(play, row),
      ...checkAccepted(of, play, row),
      ...checkLines(of, row, people, expected),
      ...checkList(of, row, expected),
      ...checkKinds(of, play, row, people, expected),
    ];
  }
}

function deedsOf(plays: readonly BuyPlay[]): ReadonlyMap<Deed, number> {
  const deeds = new Map<Deed, number>(DEEDS.map((deed) => [deed, 0]));
  const add = (deed: Deed, times = 1) => void deeds.set(deed, deeds.get(deed)! + times);
  for (const { said, paid, accepted, isPlanned, turn } of plays) {
    for (const { wish, edits, recall } of said) {
      add(wish.type);
      add("edit", edits.length);
      if (recall) add("recall");
    }
    add("pay", paid.size);
    add("accept", accepted.size);
    if (isPlanned) add("planned");
    if (turn) add(turn);
  }
  return deeds;
}

/** Messages that the final list must know: what was confirmed before it, what was stored then, and what was accepted since. */
function countedOf({ database, platform }: World, play: BuyPlay, row: BuyRow, closedAt: number): Said[] {
  const isInTime = (at: Date) => Math.floor(at.getTime() / 1000) <= Math.floor(play.end / 1000);
  const wasConfirmed = (event: Parameters<typeof platform.confirmed.get>[0]) =>
    (platform.confirmed.get(event) ?? Number.POSITIVE_INFINITY) < closedAt;
  return play.said.flatMap((said): Said[] => {
    const { event, edits, recall } = said;
    const key = `${row.id}\0${row.chats[0]}\0${event.id}`;
    const stored = database.statements.get(key);
    const acceptedAt = stored?.acceptedAt?.getTime();
    /** Of what is accepted all counts that was known then, whenever it was said. */
    const counts = (at: Date, change: Parameters<typeof wasConfirmed>[0], storedAt: Date | undefined) => {
      if (acceptedAt !== undefined && storedAt && storedAt.getTime() <= acceptedAt) return true;
      const isKnown = wasConfirmed(change) || (storedAt && storedAt.getTime() < closedAt);
      return isKnown && (acceptedAt !== undefined || isInTime(at));
    };
    const knownEdits = database.edits.where("statement", key);
    const counted = edits.filter(({ event: edit }) => {
      const kept = knownEdits.find(({ at }) => at.getTime() === edit.editedAt.getTime());
      return counts(edit.editedAt, edit, kept?.receivedAt);
    });
    if (acceptedAt === undefined && !isInTime(event.sentAt)) return [];
    // Of a message whose first words are not known yet, an edit tells what it says.
    if (!counts(event.sentAt, event, stored?.textAt) && counted.length === 0) return [];
    const kept = database.recalls.get(`${row.chats[0]}\0${event.id}`);
    if (recall && counts(recall.recalledAt, recall, kept?.receivedAt)) return [];
    const last = counted.sort((one, other) => one.event.editedAt.getTime() - other.event.editedAt.getTime()).at(-1);
    const { position, sender, sentAt } = event;
    return [{ person: sender.id, at: sentAt.getTime(), position, wish: last?.wish ?? said.wish }];
  });
}

function checkTerms(play: BuyPlay, row: BuyRow): string[] {
  const { openedAt, closesAt, endedAt } = row.terms;
  const ended = play.turn === "ended" ? play.turnAt : undefined;
  return [
    ...(play.openings.includes(openedAt.getTime()) ? [] : ["it opened when nobody said so"]),
    ...(closesAt?.getTime() === play.closesAt ? [] : ["its closing is not as announced"]),
    ...(endedAt?.getTime() === ended ? [] : [`it ended at ${endedAt?.getTime()}, not at ${ended}`]),
    ...(row.terms.items[0]?.price === play.lastOffer.items[0]?.price ? [] : ["its price is another"]),
    ...(row.closedAt!.getTime() >= play.end + 10_000 ? [] : ["early: the list was final before its grace was over"]),
  ];
}

/** What the leader pressed to accept, and nothing else, is accepted. */
function checkAccepted({ database }: World, { accepted }: BuyPlay, row: BuyRow): string[] {
  const kept = database.statements
    .where("buy", row.id)
    .flatMap(({ message, acceptedAt }) => (acceptedAt ? message : []));
  return different("accepted", kept, [...accepted]);
}

/** Lines, tallies and the state of a buy. */
export function checkLines(
  { database }: Pick<World, "database">,
  row: BuyRow,
  people: ReadonlyMap<string, string>,
  expected: Pick<Expected, "orders" | "sums"> & { readonly status: string },
): string[] {
  const kept = database.lines
    .where("buy", row.id)
    .map(({ person, item, quantity, waitlisted }) => `${people.get(person)} ${item}: ${quantity} ${waitlisted}`);
  const said = [...expected.orders].flatMap(([person, order]) =>
    [...order].map(([item, { booked, waiting }]) => `${person} ${item}: ${booked * 1000} ${waiting * 1000}`),
  );
  const sums = database.tallies
    .where("buy", row.id)
    .filter(({ item }) => item > 0)
    .sort((one, other) => one.item - other.item)
    .map(({ booked, waitlisted }) => `${booked} ${waitlisted}`);
  const all = expected.sums.map(({ booked, waiting }) => `${booked * 1000} ${waiting * 1000}`);
  return [
    ...different("lines", kept, said),
    ...different("tallies", sums, all),
    ...different("state", [row.status], [expected.status]),
  ];
}

/** What the last list says that each has to pay. */
export function checkList({ database }: Pick<World, "database">, row: BuyRow, { amounts }: Expected): string[] {
  const [list] = database.outgoing
    .where("buy", row.id)
    .filter(({ kind }) => kind === "final-list")
    .slice(-1);
  const said = [list]
    .flatMap((each) => each ?? [])
    .flatMap(({ content }) =>
      [...content.text.matchAll(/^\d+\. (.+?): .* = \D*([\d.]+)$/gm)].map(([, name, amount]) => `${name} ${amount}`),
    );
  const due = [...amounts].map(
    ([person, amount]) => `${nameOf(person)} ${amount % 100 ? (amount / 100).toFixed(2) : amount / 100}`,
  );
  return different("amounts", said, due);
}

/** How many notices of each kind must have been queued, and for whom. */
function checkKinds(
  { database }: World,
  play: BuyPlay,
  row: BuyRow,
  people: ReadonlyMap<string, string>,
  expected: Expected,
) {
  const rows = database.outgoing.where("buy", row.id);
  const counts = (kind: string) =>
    rows.filter((each) => each.kind === kind).map(({ person = "all" }) => people.get(person) ?? person);
  const isClosed = expected.status === "closed";
  const owing = [...expected.amounts].filter(([, amount]) => isClosed && amount > 0).map(([person]) => person);
  const reminders = owing.flatMap((person) => (play.paid.has(person) ? [person] : [person, person, person]));
  const hasOrders = isClosed && expected.orders.size > 0;
  const { turn, accepted } = play;
  const calls = turn === "ended" ? [] : turn === "reopened" ? ["all", "all"] : ["all"];
  const isBooked = isClosed && expected.sums.some(({ booked }) => booked > 0);
  const lists = counts("final-list").length;
  const least = turn === "reopened" ? 2 : 1;
  const ended = database.audits.where("buy", row.id).filter(({ verb }) => CLOSINGS.has(verb));
  return [
    ...different("closings", [String(ended.length)], [turn === "reopened" ? "2" : "1"]),
    // What is accepted may be what its minimum lacked.
    ...(accepted.size > 0 ? [] : different("last closing", [ended.at(-1)!.verb], [`buy-${expected.status}`])),
    ...different("live posts", counts("live-post"), ["all"]),
    ...different("last calls", counts("last-call"), calls),
    ...(lists < least || lists > least + accepted.size ? [`final lists: ${lists}`] : []),
    ...different("payment reminders", counts("payment-reminder"), reminders),
    ...different("open payments", counts("payments-open"), owing.length > 0 ? ["leader"] : []),
    ...different("settlements", counts("settlement"), isBooked ? ["all"] : []),
    ...different(
      "pickup reminders",
      counts("pickup-reminder"),
      play.offer.hasPickup && hasOrders ? ["all", "all", "all"] : [],
    ),
  ];
}

/** Each notice stands in its chat as often as is known of it: once where it was sent, at most once where that is in doubt. */
function checkNotices({ database, platform }: World): string[] {
  const chats = new Map(database.addresses.all().map(({ chat, externalId }) => [chat, externalId]));
  const people = new Map(database.identities.all().map(({ person, externalId }) => [person, externalId]));
  const live = new Set(database.posts.all().flatMap(({ kind, message }) => (kind === "live" ? [message] : [])));
  const key = (chat: string | undefined, to: string | undefined, text: string) => `${chat}\0${to ?? ""}\0${text}`;
  const known = new Map<string, { sent: number; maybe: number; shown: number }>();
  const left: string[] = [];
  for (const { chat, person, content, state, kind } of database.outgoing.all()) {
    if (state === "pending" || state === "sending") left.push(`lost: a notice was left ${state}: ${kind}`);
    if (state === "undeliverable") left.push(`lost: a notice counts as undeliverable: ${kind}`);
    if (kind === "live-post") continue; // it has other words by now
    const of = key(chats.get(chat), person && people.get(person), content.text);
    const counts = known.get(of) ?? { sent: 0, maybe: 0, shown: 0 };
    known.set(of, counts);
    if (state === "sent") counts.sent += 1;
    if (state === "maybe") counts.maybe += 1;
  }
  for (const { id, chat, to, text } of platform.shown) {
    const counts = live.has(id) ? undefined : known.get(key(chat, to, text));
    if (counts) counts.shown += 1;
  }
  return [
    ...left,
    ...[...known].flatMap(([of, { sent, maybe, shown }]) => {
      if (shown < sent) return [`lost: ${sent} sent and ${shown} there: ${JSON.stringify(of)}`];
      return shown > sent + maybe
        ? [`doubled: ${sent} sent, ${maybe} in doubt, ${shown} there: ${JSON.stringify(of)}`]
        : [];
    }),
  ];
}

/** Each live post shows what its buy has. */
function checkPosts({ database, platform }: World): string[] {
  return database.posts.all().flatMap(({ kind, buy: id, message }) => {
    const shown = platform.message(message);
    if (kind !== "live" || !shown) return [];
    const sums = database.tallies.where("buy", id);
    const people = sums.find(({ item }) => item === 0)?.people ?? 0;
    const counts = sums.filter(({ item, booked }) => item > 0 && booked > 0).map(({ booked }) => booked / 1000);
    const isThere = counts.every((count) => new RegExp(`→ .*\\b${count}\\b`).test(shown.text));
    return isThere && shown.text.includes(`${people} `) ? [] : [`a live post is behind: ${shown.text}`];
  });
}

function different(what: string, is: readonly string[], must: readonly string[]): string[] {
  const [kept, wanted] = [[...is].sort().join(", "), [...must].sort().join(", ")];
  return kept === wanted ? [] : [`${what}: is [${kept}], must be [${wanted}]`];
}
