import type { Buy } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { type BuyRow, type ItemRow, toBuy, toItem } from "./rows.ts";

/** A buy with its items and chats. */
export async function findBuy(prisma: TransactionClient, communityId: string, id: string): Promise<Buy | undefined> {
  const row = await prisma.buy.findUnique({ where: { communityId_id: { communityId, id } }, include: WHOLE_BUY });
  return row ? wholeBuy(row) : undefined;
}

/** What a buy is read with. */
export const WHOLE_BUY = {
  items: { include: { tiers: true }, orderBy: { no: "asc" } },
  chats: true,
} as const satisfies Prisma.BuyInclude;

/** A buy read with `WHOLE_BUY`, in our terms. */
export function wholeBuy(row: BuyRow & { items: ItemRow[]; chats: { chatId: string }[] }): Buy {
  return toBuy(
    row,
    row.items.map(toItem),
    row.chats.map((chat) => chat.chatId),
  );
}
