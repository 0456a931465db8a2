import type { Logger } from "pino";
import { type Adapter, SendFault } from "./ports.ts";
import type { Claimed, OutgoingEnd, Store } from "./store.ts";

/** How outgoing messages are claimed and tried. */
export const OUTGOING = {
  /** Claimed at once. */
  batch: 20,
  /** How long a sender may take before its claim counts as lost. */
  leaseMs: 60_000,
  /** First pause after a failure that surely delivered nothing; doubled each time. */
  retryMs: 1_000,
  retryAtMostMs: 10 * 60_000,
  /** Tries before a message counts as undeliverable. */
  attempts: 20,
} as const;

/**
 * Sends what is due, chat by chat in order. A message is marked before it leaves; where the platform's answer leaves a
 * doubt it becomes `maybe` and is not sent again, since a platform cannot be asked whether it has it.
 */
export async function sendDue(store: Store, adapters: ReadonlyMap<string, Adapter>, log: Logger): Promise<number> {
  const claims = await store.claimOutgoing([...adapters.keys()], OUTGOING.batch, OUTGOING.leaseMs);
  const byChat = new Map<string, Claimed[]>();
  for (const claim of claims) byChat.set(claim.chat, [...(byChat.get(claim.chat) ?? []), claim]);
  await Promise.all(
    [...byChat.values()].map(async (own) => {
      for (const claim of own) await sendOne(store, adapters, log, claim);
    }),
  );
  return claims.length;
}

async function sendOne(
  store: Store,
  adapters: ReadonlyMap<string, Adapter>,
  log: Logger,
  claim: Claimed,
): Promise<void> {
  const adapter = adapters.get(claim.platform);
  if (!adapter) return;
  const end = await attempt(adapter, claim);
  const facts = { community: claim.community, outgoing: claim.id, kind: claim.kind, attempts: claim.attempts };
  if (end.state === "sent") log.info(facts, "sent");
  else log.warn({ ...facts, state: end.state, reason: end.error }, "not sent");
  await store.finishOutgoing(claim, end);
  if (end.state === "sent" && end.message && claim.kind === "live-post" && adapter.capabilities.pin) {
    // A post that could not be pinned is a post all the same: bots may lack the right.
    await adapter.pin(claim.externalChat, end.message).catch((fault: unknown) => {
      log.info({ ...facts, outcome: fault instanceof SendFault ? fault.outcome : "bug" }, "not pinned");
    });
  }
}

async function attempt(adapter: Adapter, claim: Claimed): Promise<OutgoingEnd> {
  try {
    const { id } = await adapter.post(claim.externalChat, claim.content);
    return { state: "sent", ...(id !== undefined && { message: id }) };
  } catch (fault) {
    if (!(fault instanceof SendFault)) throw fault;
    switch (fault.outcome) {
      case "unknown":
        return { state: "maybe", error: fault.outcome };
      case "gone":
      case "blocked":
      case "refused":
        return { state: "undeliverable", error: fault.outcome };
      case "not-sent":
      case "moved":
        if (claim.attempts >= OUTGOING.attempts) return { state: "undeliverable", error: fault.outcome };
        return { state: "pending", retryInMs: fault.retryAfterMs ?? pauseAfter(claim.attempts), error: fault.outcome };
      default:
        return fault.outcome satisfies never;
    }
  }
}

function pauseAfter(attempts: number): number {
  return Math.min(OUTGOING.retryMs * 2 ** (attempts - 1), OUTGOING.retryAtMostMs);
}
