import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { type Campaign, inTurns } from "./campaign.ts";
import type { Crowd } from "./crowd.ts";

/** Opens buys that close within seconds, with an order each, and waits for their lists. */
export async function closings(crowd: Crowd, campaign: Campaign): Promise<Record<string, number>> {
  const effects = campaign.many(500);
  await inTurns(effects, 50, async (no) => {
    const chat = `chat ${no}`;
    await crowd.opens(chat, `Apples $5/kg, closes in ${3 + campaign.chance(5)} seconds`);
    await crowd.deliver(crowd.saying(chat, "neighbour", ORDER));
    await eventually(`the list of ${chat} is posted`, () => crowd.posted(chat, /final list/).length > 0, 60_000);
  });
  return { effects };
}

/** What people say in a buy here. */
export const ORDER = "+1 apples";

/**
 * Each buy closed once, not before its time, with what was said in time and acknowledged before, by what the chat knows,
 * and with just what had been stored by then; and its list says so. One that a slow machine has opened after its time is
 * late from then on.
 */
export async function compareClosings(databaseUrl: string, crowd: Crowd): Promise<Record<string, number>> {
  const rows = await withClient(databaseUrl, async (client) => {
    const found = await client.query<{
      chat: string;
      status: string;
      early: boolean;
      lateMs: number;
      closedAt: Date;
      end: Date;
      booked: number;
      heard: number;
    }>(
      `SELECT c.title AS chat, b.status, b."closedAt", least(b."closesAt", b."endedAt") AS end, b."closedAt" < least(b."closesAt", b."endedAt") AS early,
              extract(epoch FROM b."closedAt" - greatest(least(b."closesAt", b."endedAt"),
                (SELECT min(o."createdAt") FROM outgoing o WHERE o."buyId" = b.id AND o.kind = 'live-post')))::float8
                * 1000 AS "lateMs",
              (SELECT sum(booked)::int / 1000 FROM tally t WHERE t."buyId" = b.id) AS booked,
              (SELECT count(*)::int FROM statement s
                WHERE s."buyId" = b.id AND s."receivedAt" < b."closedAt" AND s.text = '${ORDER}'
                  AND date_trunc('second', s."saidAt") <= date_trunc('second', least(b."closesAt", b."endedAt"))) AS heard
         FROM buy b JOIN buy_chat bc ON bc."buyId" = b.id JOIN chat c ON c.id = bc."chatId"`,
    );
    return found.rows;
  });
  const figures = { missed: 0, doubled: 0, early: 0, lost: 0, "ms late at most": 0 };
  const said = [...crowd.acknowledged.values()].filter(({ event }) => event.text === ORDER);
  for (const { chat, status, early, lateMs, closedAt, end, booked, heard } of rows) {
    const lists = crowd.posted(chat, /final list/);
    if (status !== "closed" || lists.length === 0) figures.missed += 1;
    if (lists.length > 1) figures.doubled += 1;
    if (early) figures.early += 1;
    const inTime = said.filter(({ event }) => event.chat.id === chat && secondOf(event.sentAt) <= secondOf(end));
    const acknowledged = inTime.filter(({ at }) => at < closedAt).length;
    figures.lost += Math.max(0, Math.max(acknowledged, heard) - booked);
    figures.doubled += Math.max(0, booked - Math.min(inTime.length, heard));
    if (booked > 0 && !new RegExp(`Apples ${booked} kg`).test(lists[0] ?? "")) figures.lost += 1;
    figures["ms late at most"] = Math.max(figures["ms late at most"], Math.round(lateMs));
  }
  return figures;
}

function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
