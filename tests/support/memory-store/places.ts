import type { Place } from "../../../bot/store.ts";
import type { MemoryDatabase } from "./database.ts";
import { currentAddress } from "./outgoing.ts";

/** Names by person. */
export function namesOf(db: MemoryDatabase, people: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    people.flatMap((id) => {
      const name = db.people.get(id)?.name;
      return name ? [[id, name] as const] : [];
    }),
  );
}

/** Where a chat is reached now. */
export function placeOf(db: MemoryDatabase, chat: string): Place | undefined {
  const address = currentAddress(db, chat);
  const row = db.chats.get(chat);
  if (!address || !row) return undefined;
  const { lastBuyNo: _, ...community } = db.communities.get(row.community)!;
  const { language = community.language } = row;
  return {
    community: { ...community, language },
    chat,
    platform: address.platform,
    externalChat: address.externalId,
    kind: row.kind,
  };
}

/** The groups of a community, by their ids. */
export function groupsOf(db: MemoryDatabase, community: string): readonly Place[] {
  const groups = db.chats.all().filter((row) => row.community === community && row.kind === "group" && !row.left);
  return groups.sort((one, other) => (one.id < other.id ? -1 : 1)).flatMap(({ id }) => placeOf(db, id) ?? []);
}
