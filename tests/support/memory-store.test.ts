import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test, vi } from "vitest";
import { storeContract } from "../prisma/store-contract.ts";
import { MemoryChangeTx } from "./memory-store/change-tx.ts";
import { MemoryDatabase, MemoryStore } from "./memory-store/index.ts";
import { MemoryLedgerTx } from "./memory-store/ledger-tx.ts";

describe("the store in memory", () => {
  const methods = [MemoryStore, MemoryChangeTx, MemoryLedgerTx].flatMap(({ name, prototype }) =>
    Object.getOwnPropertyNames(prototype)
      .filter((method) => method !== "constructor")
      .map((method) => {
        const spied = vi.spyOn(prototype as unknown as Record<string, () => unknown>, method);
        return { name: `${name}.${method}`, calls: spied.mock.calls };
      }),
  );
  afterAll(() => void vi.restoreAllMocks());

  storeContract(async () => {
    const database = new MemoryDatabase({ now: () => new Date(), newId: () => randomUUID() });
    return { open: () => new MemoryStore(database), close: async () => undefined };
  });

  test("keeps a contract that leaves no method out", () => {
    expect(methods.filter(({ calls }) => calls.length === 0).map(({ name }) => name)).toEqual([]);
  });
});
