import { randomUUID } from "node:crypto";
import { describe } from "vitest";
import { storeContract } from "../prisma/store-contract.ts";
import { MemoryDatabase, MemoryStore } from "./memory-store/index.ts";

describe("the store in memory", () =>
  storeContract(async () => {
    const database = new MemoryDatabase({ now: () => new Date(), newId: () => randomUUID() });
    return { open: () => new MemoryStore(database), close: async () => undefined };
  }));
