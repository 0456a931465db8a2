import { withClient } from "../support/database.ts";
import type { Campaign } from "./campaign.ts";
import type { Crowd } from "./crowd.ts";

/** Chats in which people order without pause, each in a buy of its own. */
const CHATS = ["north", "south", "east", "west"];

/** People of each chat. */
const PEOPLE = 300;

/** Opens a buy of apples in every chat; everybody has said hello. */
export async function openEverywhere(crowd: Crowd): Promise<void> {
  for (const chat of CHATS) {
    await crowd.opens(chat, "Apples $5/kg");
    const hellos = Array.from({ length: PEOPLE }, (_, index) => crowd.saying(chat, nameOf(index), "hello"));
    await crowd.deliver(...hellos);
  }
}

/**
 * Everybody orders, some of it delivered twice, as long as `goesOn`. Each batch waits for its acknowledgement.
 *
 * @returns how many orders were acknowledged
 */
export async function orderOn(
  crowd: Crowd,
  campaign: Campaign,
  goesOn: (acknowledged: number) => boolean,
  size = 100,
): Promise<number> {
  let acknowledged = 0;
  const inChat = async (chat: string) => {
    while (goesOn(acknowledged)) {
      const batch = Array.from({ length: size }, () =>
        crowd.saying(chat, nameOf(campaign.chance(PEOPLE)), "+1 apples"),
      );
      const again = batch.filter(() => campaign.chance(20) === 0);
      await Promise.all([crowd.deliver(...batch), crowd.deliver(...again)]);
      acknowledged += size;
    }
  };
  await Promise.all(CHATS.map(inChat));
  return acknowledged;
}

function nameOf(neighbour: number): string {
  return `neighbour ${neighbour}`;
}

/** Compares what was acknowledged with the rows. */
export async function compare(databaseUrl: string, acknowledged: number): Promise<Record<string, number>> {
  const { statements, ordered, tallied } = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ statements: number; ordered: number; tallied: number }>(
      `SELECT (SELECT count(*)::int FROM statement) AS statements,
              (SELECT coalesce(sum(quantity), 0)::int / 1000 FROM line) AS ordered,
              (SELECT coalesce(sum(booked), 0)::int / 1000 FROM tally) AS tallied`,
    );
    return rows[0]!;
  });
  return {
    acknowledged,
    lost: Math.max(0, acknowledged - Math.min(statements, ordered, tallied)),
    doubled: Math.max(0, Math.max(statements, ordered, tallied) - acknowledged),
  };
}
