import {
  type Claimed,
  DEFERRED,
  type LivePost,
  type OutgoingEnd,
  type Place,
  type PostKind,
  type Unsent,
} from "../../../bot/store.ts";
import { type AddressRow, keyOf, type MemoryDatabase, type OutgoingRow, type PostRow } from "./database.ts";

/** A buy that closed so long ago has shown it. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** How long after a tally's change its posts are looked at once more. */
const SPARE_MS = 5_000;

type NewRow = Pick<OutgoingRow, "community" | "chat" | "kind" | "cause" | "part" | "content"> & {
  readonly person?: string | undefined;
  readonly buy?: string | undefined;
};

/** Queues a message, once for its cause and part, due at once. */
export function addOutgoing(db: MemoryDatabase, row: NewRow): void {
  const { community, chat, person, buy = null, kind, cause, part, content } = row;
  if (db.outgoing.where("cause", keyOf(community, cause, part)).length > 0) return;
  const { platform } = db.chats.get(chat)!;
  db.outgoing.put({
    ...{ community, chat, person, buy, kind, cause, part, content, platform },
    ...{ id: db.clock.newId(), state: "pending", dueAt: db.now(), createdAt: db.now(), attempts: 0, token: 0 },
  });
}

/** What is due so soon is waited for by what is said aloud. */
const SOON_MS = 1_000;

/** Whether a message waits to be sent, is due, and none in its chat is in its way. */
function isFree(db: MemoryDatabase, row: OutgoingRow, platforms: readonly string[]): boolean {
  if (row.dueAt > db.now() || !platforms.includes(row.platform)) return false;
  for (const other of db.outgoing.each("waiting", row.chat)) {
    if (other.state === "sending") return false;
    if (row.saidWith && !other.saidWith && other.dueAt <= db.in(SOON_MS)) return false;
    const isBehind = other.error === DEFERRED || (!row.saidWith && other.saidWith) || !isBefore(other, row);
    if (!isBehind) return false;
  }
  return true;
}

function isBefore(one: OutgoingRow, other: OutgoingRow): boolean {
  const byTime = one.createdAt.getTime() - other.createdAt.getTime();
  if (byTime !== 0) return byTime < 0;
  return one.cause === other.cause ? one.part < other.part : one.cause < other.cause;
}

/** Claims what is due: one of a chat at a time. */
export function claimOutgoing(
  db: MemoryDatabase,
  platforms: readonly string[],
  most: number,
  leaseMs: number,
): readonly Claimed[] {
  const free = db.outgoing.where("state", "pending").filter((row) => isFree(db, row, platforms));
  return free
    .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
    .slice(0, most)
    .flatMap((row) => claim(db, row, leaseMs, row.saidWith && row.id));
}

/** Claims what can be said in one message with one that is claimed. */
export function claimTogether(db: MemoryDatabase, first: Claimed, most: number, leaseMs: number): readonly Claimed[] {
  const { chat, kind, buy } = first;
  return db.outgoing
    .where("waiting", chat)
    .filter((row) => row.state === "pending" && row.saidWith && row.dueAt <= db.in(SOON_MS))
    .filter((row) => row.kind === kind && row.buy === buy)
    .sort((one, other) => (isBefore(one, other) ? -1 : 1))
    .slice(0, most)
    .flatMap((row) => claim(db, row, leaseMs, first.id));
}

function claim(db: MemoryDatabase, row: OutgoingRow, leaseMs: number, saidWith: string | undefined): Claimed[] {
  const address = currentAddress(db, row.chat);
  if (!address) return [];
  const claimed: OutgoingRow = {
    ...{ ...row, saidWith },
    ...{ state: "sending", token: row.token + 1, attempts: row.attempts + 1, leaseUntil: db.in(leaseMs) },
  };
  db.outgoing.put(claimed);
  const { community, id, token, platform, chat, buy, kind, content, attempts, person } = claimed;
  const known = db.identities.where("person", person ?? "").findLast((each) => each.platform === platform);
  return [
    {
      ...{ community, id, token, platform, chat, externalChat: address.externalId, buy, kind, content, attempts },
      ...{ saidWith: saidWith ?? null, person: person ?? null, error: row.error ?? null },
      isGroup: db.chats.get(chat)?.kind === "group",
      topic: (buy === null ? undefined : db.buys.get(buy)?.topics[chat]) ?? null,
      to: person === undefined ? null : (known?.externalId ?? ""),
    },
  ];
}

/** What a sender held when its lease ran out becomes `maybe`. */
export function loseOutgoing(db: MemoryDatabase): readonly Unsent[] {
  const lost = db.outgoing.where("state", "sending").filter(({ leaseUntil }) => leaseUntil! < db.now());
  return lost.map((row) => {
    db.outgoing.put({ ...row, state: "maybe" });
    const { community, id, token, chat, buy, kind, person = null, saidWith = null } = row;
    return { community, id, token, chat, buy, kind, person, saidWith };
  });
}

/** Outgoing messages that are looked up later by their message. */
const POSTS: Readonly<Record<string, PostKind>> = {
  "live-post": "live",
  repost: "live",
  "final-list": "list",
  "pickup-notice": "notice",
  "pickup-reminder": "notice",
};

/** Ends a claim, if it is still ours, and tells that. A live post that was sent becomes the buy's post in its chat. */
export function finishOutgoing(db: MemoryDatabase, claim: Claimed, end: OutgoingEnd): boolean {
  const row = db.outgoing.get(claim.id);
  if (row?.state !== "sending" || row.token !== claim.token) return false;
  const message = end.state === "sent" ? end.message : undefined;
  const dueAt = db.in(end.state === "pending" ? end.retryInMs : 0);
  const attempts = row.attempts - (end.state === "pending" && (end.isUntried || end.error === DEFERRED) ? 1 : 0);
  const error = end.state === "sent" ? undefined : end.error;
  const saidWith = end.isAloud ? row.id : row.saidWith;
  db.outgoing.put({ ...row, state: end.state, leaseUntil: undefined, message, dueAt, attempts, error, saidWith });
  if (end.state === "pending" && end.movedTo !== undefined) {
    moveChat(db, { platform: claim.platform, from: claim.externalChat, to: end.movedTo });
  }
  if (end.state === "sent" && end.isTopicGone && claim.buy) {
    const buy = db.buys.get(claim.buy)!;
    const { [claim.chat]: _, ...topics } = buy.topics;
    db.buys.put({ ...buy, topics, version: buy.version + 1 });
  }
  const kind = POSTS[claim.kind];
  if (message !== undefined && claim.buy && kind) addPost(db, { buy: claim.buy, chat: claim.chat, message, kind });
  return true;
}

/** Reaches a chat by its new id from now on. */
export function moveChat(db: MemoryDatabase, move: { platform: string; from: string; to: string }): boolean {
  const { platform, from, to } = move;
  const old = db.addresses.get(keyOf(platform, from));
  const taken = db.addresses.get(keyOf(platform, to));
  if (!old || taken?.chat === old.chat) return false;
  if (taken) {
    const { community } = db.chats.get(taken.chat)!;
    if (db.buys.all().some((buy) => buy.community === community)) return false;
    db.addresses.drop(taken);
  }
  const { chat } = old;
  for (const row of db.addresses.where("chat", chat)) db.addresses.put({ ...row, current: false });
  db.addresses.put({ platform, externalId: to, chat, current: true });
  leaveLivePosts(db, chat);
  const rename = <Row extends { chat: string; message: string }>(table: {
    all(): Row[];
    drop(row: Row): void;
    put(row: Row): void;
  }) => {
    for (const row of table.all().filter((each) => each.chat === chat)) {
      table.drop(row);
      table.put({ ...row, message: `${from}/${row.message}` });
    }
  };
  rename(db.statements);
  rename(db.edits);
  rename(db.recalls);
  rename(db.posts);
  return true;
}

function leaveLivePosts(db: MemoryDatabase, chat: string): void {
  for (const post of db.posts.all()) {
    if (post.chat !== chat || post.kind !== "live" || db.buys.get(post.buy)?.status !== "open") continue;
    db.posts.drop(post);
    for (const row of db.outgoing.where("buy", post.buy)) {
      if (row.chat !== chat || row.kind !== "live-post" || row.state !== "sent") continue;
      db.outgoing.put({ ...row, state: "pending", attempts: 0, message: undefined, dueAt: db.now() });
    }
  }
}

/** Has the live posts of open buys that a chat has lost sent once more. */
export function replacePosts(db: MemoryDatabase, { chat }: Place): void {
  for (const buy of db.buys.where("chat", chat)) {
    const isThere = db.posts.where("buy", buy.id).some((post) => post.chat === chat && post.kind === "live");
    if (buy.status !== "open" || isThere) continue;
    for (const row of db.outgoing.where("buy", buy.id)) {
      if (row.chat !== chat || row.kind !== "live-post" || !["sent", "undeliverable"].includes(row.state)) continue;
      db.outgoing.put({ ...row, state: "pending", attempts: 0, message: undefined, dueAt: db.now() });
    }
  }
}

/** Has a message sent again whose arrival is in doubt, or that surely has not arrived, with those that were said with it. */
export function resend(db: MemoryDatabase, id: string): boolean {
  const again = db.outgoing
    .all()
    .filter((row) => row.id.startsWith(id) || row.saidWith?.startsWith(id))
    .filter(({ state }) => state === "maybe" || state === "undeliverable");
  for (const row of again) {
    db.outgoing.put({ ...row, state: "pending", attempts: 0, error: undefined, saidWith: undefined, dueAt: db.now() });
  }
  return again.length > 0;
}

/** Where a chat is reached now. */
export function currentAddress(db: MemoryDatabase, chat: string): AddressRow | undefined {
  return db.addresses.where("chat", chat).find(({ current }) => current);
}

/** Remembers a post, once. */
export function addPost(db: MemoryDatabase, post: PostRow): void {
  if (!db.posts.get(keyOf(post.buy, post.chat, post.message))) db.posts.put(post);
}

/** A live post of which it was in doubt whether it arrived has shown itself. */
export function adoptPost(db: MemoryDatabase, { chat }: Place, buy: string, message: string): void {
  const doubtful = db.outgoing
    .where("buy", buy)
    .filter((row) => row.chat === chat && row.kind === "live-post" && row.state === "maybe");
  for (const row of doubtful) db.outgoing.put({ ...row, state: "sent", message });
  if (doubtful.length > 0) addPost(db, { buy, chat, message, kind: "live" });
}

/** Live posts of some buys; without those, all that may show less than is known. */
export function stalePosts(
  db: MemoryDatabase,
  platforms: readonly string[],
  buys: readonly { readonly id: string }[] | undefined,
): readonly LivePost[] {
  const posts = buys
    ? buys.flatMap(({ id }) => db.posts.where("buy", id))
    : db.posts.where("kind", "live").filter((post) => isStale(db, post));
  return posts.flatMap(({ buy, chat, message, kind, shown = null }) => {
    const { platform, community, kind: chatKind } = db.chats.get(chat)!;
    const address = currentAddress(db, chat);
    if (kind !== "live" || !address || !platforms.includes(platform)) return [];
    const where = { community, chat, platform, externalChat: address.externalId, isGroup: chatKind === "group" };
    return [{ ...where, buy, message, shown, readAt: db.now() }];
  });
}

function isStale(db: MemoryDatabase, { buy: id, shown, shownAt }: PostRow): boolean {
  const buy = db.buys.get(id)!;
  if (buy.status !== "open" && !(buy.closedAt && buy.closedAt > db.in(-DAY_MS))) return false;
  if (!shownAt || !shown?.startsWith(`${buy.status}:${buy.version}:`)) return true;
  for (const { changedAt } of db.tallies.each("buy", id)) {
    if (changedAt.getTime() > shownAt.getTime() - SPARE_MS) return true;
  }
  return false;
}

/** Remembers what posts show. */
export function postsShown(
  db: MemoryDatabase,
  posts: readonly { readonly post: LivePost; readonly shown: string }[],
): void {
  for (const { post, shown } of posts) {
    const row = db.posts.get(keyOf(post.buy, post.chat, post.message));
    if (row) db.posts.put({ ...row, shown, shownAt: post.readAt });
  }
}
