import pino from "pino";
import type { Incoming, TextIn } from "../../../bot/ports.ts";
import { prepareCatalog } from "../../../core/interpret/catalog.ts";
import { interpret } from "../../../core/interpret/interpret.ts";
import { createClient } from "../../../prisma/client.ts";
import { openPool } from "../../../prisma/pool.ts";
import { uuidOf } from "./neighbourhood.ts";

/** The program that one would write first: for each message a transaction of Prisma's, in the terms of its models. */
export function openObvious(url: string, connections: number) {
  const pool = openPool(url, { max: connections, log: pino({ level: "silent" }) });
  const prisma = createClient(pool);
  const catalog = prepareCatalog([{ name: "apples", unit: "kg" }]);

  async function store(message: TextIn): Promise<void> {
    interpret(message.text, { catalog });
    const communityId = uuidOf(Number(message.chat.id.slice(1)));
    const personId = uuidOf(Number(message.sender.id.slice(1)));
    const key = { communityId, buyId: communityId };
    await prisma.$transaction(
      async (tx) => {
        await tx.statement.create({
          data: {
            ...{ ...key, chatId: communityId, messageId: message.id, position: BigInt(message.position), personId },
            ...{ name: message.sender.name, saidAt: message.sentAt, text: message.text },
          },
        });
        await tx.line.upsert({
          where: {
            communityId_buyId_personId_forWhom_itemNo_option: { ...key, personId, forWhom: "", itemNo: 1, option: "" },
          },
          create: { ...key, personId, itemNo: 1, quantity: 2000 },
          update: { quantity: { increment: 2000 } },
        });
        await tx.tally.update({
          where: { communityId_buyId_itemNo: { ...key, itemNo: 1 } },
          data: { booked: { increment: 2000 }, changedAt: new Date() },
        });
      },
      { maxWait: 60_000, timeout: 60_000 },
    );
  }

  /** Two that upsert a row at once: Prisma asks the caller to try again. */
  async function untilStored(message: TextIn): Promise<void> {
    for (;;) {
      try {
        return await store(message);
      } catch (fault) {
        if (!["P2002", "P2034"].includes((fault as { code?: string }).code ?? "")) throw fault;
      }
    }
  }

  return {
    deliver: async (messages: readonly Incoming[]) => {
      for (const message of messages) if (message.type === "text") await untilStored(message);
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
