import { setTimeout as pauseFor } from "node:timers/promises";
import { Lane } from "./lane.ts";
import { type Parts, readyPlatforms } from "./parts.ts";
import { type Adapter, inPublic, SendFault, type Shown } from "./ports.ts";
import { say } from "./replies/replies.ts";
import type { Words } from "./replies/words.ts";
import { type ChangeTx, type Claimed, DEFERRED, type OutgoingEnd, type Unsent } from "./store.ts";
import { LEADER_WORDS, queueForLeaders, tellLeaders } from "./tell-leaders.ts";
import { together } from "./together.ts";
import { withoutButtons } from "./without-buttons.ts";

/** How outgoing messages are claimed and tried. */
export const OUTGOING = {
  /** Under way at once, each to another chat. */
  atOnce: 20,
  /** People whom one message mentions, where its text leaves room for so many. */
  together: 20,
  /** How long a sender may take before its claim counts as lost. */
  leaseMs: 60_000,
  /** First pause after a failure that surely delivered nothing; doubled each time. */
  retryMs: 1_000,
  retryAtMostMs: 10 * 60_000,
  /** Tries before a message whose chat moves on and on counts as undeliverable. */
  attempts: 20,
  /** First pause before the database is told again how a message ended. */
  finishMs: 100,
} as const;

/**
 * What ends a buy, answers a leader's command of just now, or is for leaders to decide: goes out at night too, and where
 * enough was said already.
 */
const URGENT: ReadonlySet<string> = new Set([
  ...["final-list", "cancelled", "live-post", "reopened", "greeting"],
  ...LEADER_WORDS,
]);

/** What leaders can do something about when people are awake. */
const BY_DAY: ReadonlySet<string> = new Set(["unheard"]);

/** Words to one person that name them: where the chat's platform does not know that person, the chat hears them. */
const NAMING: ReadonlySet<string> = new Set(["waiting-list", "account", "price"]);

/** What was refused when it was said with others is said by itself: so nobody's words are lost by somebody else's. */
const BY_ITSELF = "refused together";

/** What is known not to have been said, and waits to be said aloud. */
const PUT_BACK = { state: "pending", retryInMs: 0, isUntried: true, isAloud: true } as const;

/**
 * Sends what is due: one message of a chat after the other, chats without waiting for each other. A message is marked
 * before it leaves; where the platform's answer leaves a doubt it becomes `maybe` and is not sent again, since a
 * platform cannot be asked whether it has it. The leaders hear of that, and may have it sent again.
 *
 * Words to one person go to them alone. Where that cannot be they wait until all others have been tried, and are said in
 * the chat together, in as few messages as they take; each stays a row of its own.
 */
export class Outgoing {
  readonly #parts: Parts;
  readonly #lane: Lane;
  readonly #underWay = new Set<Promise<void>>();
  readonly #onEnd: (ended: Claimed) => void;
  #callOff = () => {};
  #isLost = false;
  #stopping = false;

  /** @param onEnd  something is to be looked at: a new live post that may be behind, or a message that is due later */
  constructor(parts: Parts, onEnd: (ended: Claimed) => void) {
    this.#parts = parts;
    this.#lane = new Lane(() => this.#sendDue(), parts.log);
    this.#onEnd = onEnd;
  }

  /** @param isLost  there are messages whose sender was gone before it knew whether they arrived */
  wake(isLost = false): void {
    this.#isLost ||= isLost;
    this.#lane.wake();
  }

  /** Resolves when all that may be sent now has been. */
  async idle(): Promise<void> {
    await this.#lane.idle();
    while (this.#underWay.size > 0) {
      await Promise.all(this.#underWay);
      await this.#lane.idle();
    }
  }

  /** Ends those under way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#lane.stop();
    this.#callOff();
    await Promise.all(this.#underWay);
  }

  async #sendDue(): Promise<void> {
    const { store } = this.#parts;
    if (this.#isLost) {
      this.#isLost = false;
      await store.loseOutgoing((tx, lost) => queueUnsent(tx, lost, "maybe"));
    }
    const { platforms, posts } = this.#room();
    const most = Math.min(posts, OUTGOING.atOnce - this.#underWay.size);
    const claims = await store.claimOutgoing(platforms, most, OUTGOING.leaseMs);
    for (const claim of claims) {
      const sending: Promise<void> = this.#send(claim)
        .catch((fault: unknown) => {
          // Its lease runs out, and it becomes `maybe`.
          this.#parts.log.error({ ...factsOf(claim), err: fault }, "how a message ended could not be kept");
          return undefined;
        })
        .then((end) => {
          this.#underWay.delete(sending);
          this.#lane.wake();
          if (end?.state !== "sent" || claim.kind === "live-post") this.#onEnd(claim);
        });
      this.#underWay.add(sending);
    }
  }

  /** Where there is room for posts now, and for how many; looks again when there is some where there was none. */
  #room(): { readonly platforms: readonly string[]; readonly posts: number } {
    const { pacing } = this.#parts;
    const rooms = readyPlatforms(this.#parts).map((platform) => ({ platform, ...pacing.roomOn(platform) }));
    const waits = rooms.flatMap(({ posts, inMs }) => (posts === 0 ? [inMs] : []));
    this.#callOff();
    if (waits.length > 0) this.#callOff = pacing.runIn(Math.ceil(Math.min(...waits)), () => this.wake());
    const open = rooms.filter(({ posts }) => posts > 0);
    return { platforms: open.map(({ platform }) => platform), posts: Math.max(0, ...open.map(({ posts }) => posts)) };
  }

  async #send(claim: Claimed): Promise<OutgoingEnd> {
    const { adapters, log, pacing } = this.#parts;
    const adapter = adapters.get(claim.platform)!;
    const deferMs = adapter.deferMs?.(claim.externalChat, urgencyOf(claim.kind)) ?? 0;
    if (deferMs > 0) return this.#finish(claim, { state: "pending", retryInMs: deferMs, error: DEFERRED });
    const wait = pacing.take("post", claim);
    if (wait > 0) {
      // Nobody else sends to this chat meanwhile: what comes after this one waits for it.
      return this.#finish(claim, {
        state: "pending",
        retryInMs: Math.ceil(wait),
        error: claim.error === BY_ITSELF ? BY_ITSELF : "its chat must wait",
        isUntried: true,
      });
    }
    if (claim.saidWith) return this.#sayTogether(adapter, claim);
    const end = await this.#attempt(adapter, claim);
    await this.#end([claim], [end]);
    if (end.state === "sent" && end.message && claim.kind === "live-post" && adapter.capabilities.pin) {
      // A post that could not be pinned is a post all the same: bots may lack the right.
      await adapter.pin(claim.externalChat, end.message).catch((fault: unknown) => {
        log.info({ ...factsOf(claim), outcome: fault instanceof SendFault ? fault.outcome : "bug" }, "not pinned");
      });
    }
    return end;
  }

  async #attempt(adapter: Adapter, claim: Claimed): Promise<OutgoingEnd> {
    const content = withoutButtons(claim.content, adapter.capabilities);
    const isForAll = claim.to === "" && NAMING.has(claim.kind);
    const { to } = claim;
    if (to === null || to === undefined || isForAll) {
      const [end] = await this.#ends([claim], () => adapter.post(claim.externalChat, content, topicOf(claim)));
      return end!;
    }
    const mayMention = adapter.mention !== undefined && claim.isGroup && to !== "";
    const [end] = await this.#ends([claim], async () => {
      let id: string | undefined;
      const onShown = (message: string) => {
        id = message;
      };
      const where = {
        ...{ chat: claim.externalChat, to, ...topicOf(claim) },
        ...(mayMention && { alone: true as const }),
        ...(LEADER_WORDS.has(claim.kind) && { isLeader: true as const }),
      };
      await adapter.whisper({ ...where, onShown }, content);
      return { ...(id !== undefined && { id }) };
    });
    if (!mayMention || end!.state !== "undeliverable" || end!.error !== "blocked") return end!;
    return inPublic(claim.content) ? { ...PUT_BACK, error: "not alone" } : { state: "sent" }; // to nobody, as it was meant
  }

  /** Says what one person cannot be told alone, and in the same message what others cannot. */
  async #sayTogether(adapter: Adapter, first: Claimed): Promise<OutgoingEnd> {
    const most = first.error === BY_ITSELF ? 0 : OUTGOING.together - 1;
    const company = most > 0 ? await this.#parts.store.claimTogether(first, most, OUTGOING.leaseMs) : [];
    const { said, mentions } = together([first, ...company], adapter.capabilities);
    const isSaid = new Set(said);
    for (const claim of company) {
      if (!isSaid.has(claim)) await this.#finish(claim, { ...PUT_BACK, error: "no room" });
    }
    const areLeaders = said.every(({ kind }) => LEADER_WORDS.has(kind));
    const whole = { ...mentions, ...(areLeaders && { areLeaders: true as const }) };
    const ends = await this.#ends(said, () => adapter.mention!(first.externalChat, whole, topicOf(first)));
    const isRefused = said.length > 1 && ends[0]!.state === "undeliverable" && ends[0]!.error === "refused";
    await this.#end(
      said,
      isRefused ? said.map((claim) => ({ ...PUT_BACK, error: claim === first ? BY_ITSELF : "refused" })) : ends,
    );
    return ends[0]!;
  }

  /** How it ends for each of these, whom one call tells. */
  async #ends(claims: readonly Claimed[], send: () => Promise<Shown>): Promise<readonly OutgoingEnd[]> {
    try {
      const { id, isTopicGone } = await send();
      const sent = { state: "sent", ...(id !== undefined && { message: id }) } as const;
      return claims.map((_, index) => (isTopicGone && index === 0 ? { ...sent, isTopicGone } : sent));
    } catch (fault) {
      if (fault instanceof SendFault) return claims.map((claim) => this.#endOf(fault, claim));
      // What an adapter did not foresee may have happened before or after the message left.
      this.#parts.log.error({ ...factsOf(claims[0]!), err: fault }, "an adapter failed in a way that it does not know");
      return claims.map(() => ({ state: "maybe", error: "bug" }));
    }
  }

  /** Writes down how it ended for each of these, and tells the leaders once of what has not arrived. */
  async #end(claims: readonly Claimed[], ends: readonly OutgoingEnd[]): Promise<void> {
    const { log } = this.#parts;
    for (const [index, claim] of claims.entries()) {
      const end = ends[index]!;
      if (end.state === "sent") log.info(factsOf(claim), "sent");
      else if (end.isAloud) log.debug({ ...factsOf(claim), reason: end.error }, "waits to be said aloud");
      else log.warn({ ...factsOf(claim), state: end.state, reason: end.error }, "not sent");
      // With the first of a message its leaders are told of all of it, so that they are told when the others are lost.
      const unsent = claims.filter((_, other) => ends[other]!.state === end.state);
      const isTold = end.state === "maybe" || end.state === "undeliverable";
      await this.#finish(claim, end, isTold ? (tx) => queueUnsent(tx, unsent, end.state) : undefined);
    }
    const [first] = ends;
    if (first?.state === "sent" && first.isTopicGone) await this.#tellOfTopic(claims[0]!);
  }

  #endOf(fault: SendFault, claim: Claimed): OutgoingEnd {
    const { outcome } = fault;
    if (fault.retryAfterMs) this.#parts.pacing.pause(claim, fault.retryAfterMs);
    switch (outcome) {
      case "unknown":
        return { state: "maybe", error: outcome };
      case "gone":
      case "blocked":
      case "refused":
        return { state: "undeliverable", error: outcome };
      case "moved":
      case "not-sent":
        // That nobody was reached, or a token refused, says nothing of the message: it waits, however long that lasts.
        if (outcome === "moved" && claim.attempts >= OUTGOING.attempts)
          return { state: "undeliverable", error: outcome };
        return {
          state: "pending",
          retryInMs: fault.retryAfterMs ?? pauseAfter(claim.attempts),
          error: outcome,
          ...(fault.movedTo !== undefined && { movedTo: fault.movedTo }),
        };
      default:
        return outcome satisfies never;
    }
  }

  /** Tells the database, as long as the claim holds: what is known to have arrived must not become a doubt. */
  async #finish(claim: Claimed, end: OutgoingEnd, follows?: (tx: ChangeTx) => Promise<void>): Promise<OutgoingEnd> {
    const { store, clock } = this.#parts;
    const until = clock.now().getTime() + OUTGOING.leaseMs / 2;
    for (let pause: number = OUTGOING.finishMs; ; pause *= 2) {
      try {
        await store.finishOutgoing(claim, end, follows);
        return end;
      } catch (fault) {
        if (this.#stopping || clock.now().getTime() + pause > until) throw fault;
        await pauseFor(pause);
      }
    }
  }

  async #tellOfTopic(claim: Claimed): Promise<void> {
    const place = await this.#parts.store.placeOf(claim.community, claim.chat);
    if (!place) return;
    const title = await this.#titleOf(claim);
    await tellLeaders(this.#parts, place, (words) => ({ text: say(words.topicGone, { title }) }));
  }

  async #titleOf({ community, buy }: Unsent): Promise<string> {
    return (buy && (await this.#parts.store.findBuy(community, buy))?.terms.title) ?? "";
  }
}

/** Tells the leaders, once for each message, of what has not arrived as far as is known: they may have it sent again. */
async function queueUnsent(tx: ChangeTx, unsent: readonly Unsent[], state: "maybe" | "undeliverable"): Promise<void> {
  for (const message of byMessage(unsent.filter(({ kind }) => !LEADER_WORDS.has(kind)))) {
    const { community, chat, buy, kind, id, token, saidWith } = message[0]!;
    const title = (buy && (await tx.findBuy(community, buy))?.terms.title) ?? "";
    const people = [...new Set(message.flatMap(({ person }) => person ?? []))].map((person) => ({ community, person }));
    const names = [...(await tx.namesOf(people)).values()];
    const cause = `${saidWith ?? id}:${state}:${token}`;
    await queueForLeaders(tx.ledger, { community, chat, buy, cause }, "unsent", (words) => ({
      text: [
        say(words[state], { what: say(nameOf(kind, words), { title }) }),
        ...(names.length > 0 ? [`→ ${names.join(words.comma)}`] : []),
      ].join("\n"),
      buttons: [
        [
          {
            label: words.sendAgain,
            data: `again:${saidWith ?? id}`,
            words: `/log send ${(saidWith ?? id).slice(0, 8)}`,
          },
        ],
      ],
    }));
  }
}

/** Those that one message said, or was to say, together. */
function byMessage<T extends Unsent>(unsent: readonly T[]): readonly (readonly T[])[] {
  const messages = new Map<string, T[]>();
  for (const each of unsent) {
    const key = `${each.community}:${each.saidWith ?? each.id}`;
    messages.set(key, [...(messages.get(key) ?? []), each]);
  }
  return [...messages.values()];
}

function urgencyOf(kind: string): "now" | "by-day" | "usual" {
  if (BY_DAY.has(kind)) return "by-day";
  return URGENT.has(kind) ? "now" : "usual";
}

function topicOf({ topic }: Claimed): { readonly topic?: string } {
  return typeof topic === "string" ? { topic } : {};
}

function nameOf(kind: string, { kinds }: Words): string {
  return kind in kinds ? kinds[kind as keyof typeof kinds] : kind;
}

function factsOf({ community, id, kind, attempts }: Claimed) {
  return { community, outgoing: id, kind, attempts };
}

function pauseAfter(attempts: number): number {
  return Math.min(OUTGOING.retryMs * 2 ** (attempts - 1), OUTGOING.retryAtMostMs);
}
