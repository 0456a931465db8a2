import type { Clock, Content } from "../../../bot/ports.ts";
import type {
  Allotment,
  Arrived,
  Asked,
  AuditEntry,
  Buy,
  Community,
  HandedPart,
  Language,
  NewEdit,
  NewStatement,
  Offer,
  Payment,
  Person,
  PersonKey,
  Pickup,
  Place,
  Plan,
  PostKind,
  Problem,
  Purchase,
  Rating,
  Timer,
} from "../../../bot/store.ts";
import type { Entry } from "../../../core/accounts.ts";
import type { PayWay } from "../../../core/pay/ways.ts";
import { type Found, Journal, Table } from "./table.ts";

export interface ChatRow {
  readonly id: string;
  readonly community: string;
  readonly platform: string;
  readonly kind: Place["kind"];
  readonly language?: Language;
  /** It lives on in another community. */
  readonly left?: true;
}

export interface AddressRow {
  readonly platform: string;
  readonly externalId: string;
  readonly chat: string;
  readonly current: boolean;
}

export interface IdentityRow extends PersonKey {
  readonly platform: string;
  readonly externalId: string;
}

export interface BuyRow extends Buy {
  /** By chat: in which part of it the buy was opened. */
  readonly topics: Readonly<Record<string, string>>;
  readonly draftedAt: Date;
  readonly openedAt?: Date | undefined;
}

export interface StatementRow extends NewStatement {
  readonly receivedAt: Date;
  /** When its first text was stored. */
  readonly textAt?: Date | undefined;
  readonly acceptedAt?: Date;
}

export interface LineRow {
  readonly buy: string;
  readonly person: string;
  readonly for: string;
  readonly item: number;
  readonly option: string;
  readonly quantity: number;
  readonly waitlisted: number;
  readonly note?: string;
}

export interface TallyRow {
  readonly buy: string;
  /** 0 for the buy as a whole. */
  readonly item: number;
  readonly booked: number;
  readonly waitlisted: number;
  readonly people: number;
  readonly changedAt: Date;
}

export interface TimerRow extends Timer {
  readonly state: "pending" | "done" | "cancelled" | "parked";
}

export interface OutgoingRow {
  readonly community: string;
  readonly id: string;
  readonly chat: string;
  readonly platform: string;
  readonly person: string | undefined;
  readonly buy: string | null;
  readonly kind: string;
  readonly cause: string;
  readonly part: number;
  readonly content: Content;
  readonly state: "pending" | "sending" | "sent" | "maybe" | "undeliverable";
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly attempts: number;
  readonly token: number;
  readonly leaseUntil?: Date | undefined;
  readonly message?: string | undefined;
  readonly error?: string | undefined;
  readonly saidWith?: string | undefined;
}

export interface PostRow {
  readonly buy: string;
  readonly chat: string;
  readonly message: string;
  readonly kind: PostKind;
  readonly shown?: string;
  readonly shownAt?: Date;
}

export interface PaymentRow extends Payment {
  readonly id: string;
  readonly evidence?: string;
}

export interface PayWayRow {
  readonly person: string;
  readonly way: PayWay;
}

export interface OrderRow extends Omit<Pickup, "isCollected" | "parts"> {
  readonly buy: string;
  readonly person: string;
}

export interface HandoverRow {
  /** Tells what was ticked together. */
  readonly doing: string;
  readonly id: string;
  readonly buy: string;
  readonly person: string;
  readonly isRevoked: boolean;
  /** None: all that is theirs. */
  readonly part?: HandedPart;
}

export interface ArrivalRow extends Arrived {
  readonly buy: string;
  /** Of which count it is. */
  readonly count: string;
}

export interface RatingRow extends Rating {
  readonly buy: string;
}

export interface ProblemRow extends Problem {
  readonly buy: string;
}

export interface AllotmentRow extends Allotment {
  readonly buy: string;
}

export interface OfferRow extends Offer {
  readonly buy: string;
}

/** Joins what a key is made of: texts hold no NUL. */
export function keyOf(...parts: readonly (string | number)[]): string {
  let key = String(parts[0]);
  for (let index = 1; index < parts.length; index++) key += `\0${parts[index]}`;
  return key;
}

/** What several stores may share, as processes share a database. Transactions come one after the other. */
export class MemoryDatabase {
  readonly clock: Clock;
  readonly #journal = new Journal();

  readonly communities = this.#table<Community & { readonly lastBuyNo: number }>((row) => row.id, {});
  readonly chats = this.#table<ChatRow>((row) => row.id, {});
  readonly addresses = this.#table<AddressRow, "chat">((row) => keyOf(row.platform, row.externalId), {
    chat: (row) => row.chat,
  });
  readonly people = this.#table<
    PersonKey & { readonly name: string; readonly role?: Person["role"]; readonly language?: Language }
  >((row) => row.person, {});
  readonly identities = this.#table<IdentityRow, "person" | "community">(
    (row) => keyOf(row.community, row.platform, row.externalId),
    { person: (row) => row.person, community: (row) => row.community },
  );
  readonly buys = this.#table<BuyRow, "chat">((row) => row.id, { chat: (row) => row.chats });
  readonly statements = this.#table<StatementRow, "buy" | "order" | "message">(
    (row) => keyOf(row.buy, row.chat, row.message),
    {
      buy: (row) => row.buy,
      order: (row) => keyOf(row.buy, row.person),
      message: (row) => keyOf(row.chat, row.message),
    },
  );
  readonly edits = this.#table<NewEdit & { readonly receivedAt: Date }, "statement">(
    (row) => keyOf(row.buy, row.chat, row.message, row.at.getTime()),
    { statement: (row) => keyOf(row.buy, row.chat, row.message) },
  );
  readonly recalls = this.#table<{
    readonly chat: string;
    readonly message: string;
    readonly at: Date;
    readonly receivedAt: Date;
  }>((row) => keyOf(row.chat, row.message), {});
  readonly lines = this.#table<LineRow, "buy" | "order">(
    (row) => keyOf(row.buy, row.person, row.for, row.item, row.option),
    { buy: (row) => row.buy, order: (row) => keyOf(row.buy, row.person) },
  );
  readonly tallies = this.#table<TallyRow, "buy">((row) => keyOf(row.buy, row.item), { buy: (row) => row.buy });
  readonly dialogues = this.#table<Asked & { readonly chat: string; readonly person: string }>(
    (row) => keyOf(row.chat, row.person),
    {},
  );
  readonly actions = this.#table<{ readonly community: string; readonly key: string }>(
    (row) => keyOf(row.community, row.key),
    {},
  );
  readonly timers = this.#table<TimerRow, "state" | "buy">((row) => row.id, {
    state: (row) => row.state,
    buy: (row) => row.buy ?? undefined,
  });
  readonly outgoing = this.#table<OutgoingRow, "cause" | "state" | "buy" | "waiting">((row) => row.id, {
    cause: (row) => keyOf(row.community, row.cause, row.part),
    state: (row) => row.state,
    buy: (row) => row.buy ?? undefined,
    /** In the way of what comes after it in its chat. */
    waiting: (row) => (row.state === "pending" || row.state === "sending" ? row.chat : undefined),
  });
  readonly posts = this.#table<PostRow, "message" | "buy" | "kind">((row) => keyOf(row.buy, row.chat, row.message), {
    message: (row) => keyOf(row.chat, row.message),
    kind: (row) => row.kind,
    buy: (row) => row.buy,
  });
  readonly entries = this.#table<Entry & { readonly id: string; readonly buy: string }, "buy" | "kind">(
    (row) => row.id,
    {
      kind: (row) => row.kind,
      buy: (row) => row.buy,
    },
  );
  readonly payments = this.#table<PaymentRow, "buy">((row) => row.id, { buy: (row) => row.buy });
  readonly payWays = this.#table<PayWayRow, "person">(({ person, way }) => keyOf(person, way.kind), {
    person: (row) => row.person,
  });
  readonly orders = this.#table<OrderRow, "buy">((row) => keyOf(row.buy, row.person), { buy: (row) => row.buy });
  readonly handovers = this.#table<HandoverRow, "buy">((row) => row.id, { buy: (row) => row.buy });
  readonly purchases = this.#table<Purchase & { readonly buy: string }>((row) => row.buy, {});
  readonly arrivals = this.#table<ArrivalRow, "buy">((row) => keyOf(row.count, row.item, row.option), {
    buy: (row) => row.buy,
  });
  readonly ratings = this.#table<RatingRow, "buy">(({ buy, person }) => keyOf(buy, person), { buy: ({ buy }) => buy });
  readonly problems = this.#table<ProblemRow, "buy">(({ id }) => id, { buy: ({ buy }) => buy });
  readonly allotments = this.#table<AllotmentRow, "buy">(
    (row) => keyOf(row.buy, row.person, row.for, row.item, row.option, row.kind),
    { buy: (row) => row.buy },
  );
  readonly offers = this.#table<OfferRow, "buy">((row) => keyOf(row.buy, row.person, row.for, row.item, row.option), {
    buy: (row) => row.buy,
  });
  readonly plans = this.#table<Plan>((row) => row.id, {});
  readonly audits = this.#table<AuditEntry & { readonly id: string; readonly at: Date }, "buy">((row) => row.id, {
    buy: (row) => row.buy ?? undefined,
  });
  readonly parked = this.#table<{
    readonly id: string;
    readonly community: string;
    readonly event: unknown;
    readonly error: string;
  }>((row) => row.id, {});

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** One after the other, all of it or nothing. Inside of one nobody may ask for another. */
  transaction<T>(work: () => Promise<T> | T): Promise<T> {
    return this.#journal.transaction(work);
  }

  /** Rises with each change. */
  get changes(): number {
    return this.#journal.changes;
  }

  now(): Date {
    return this.clock.now();
  }

  /** So many milliseconds from now. */
  in(ms: number): Date {
    return new Date(this.now().getTime() + ms);
  }

  #table<Row, By extends string = never>(
    key: (row: Row) => string,
    by: Readonly<Record<By, (row: Row) => Found>>,
  ): Table<Row, By> {
    return new Table(this.#journal, key, by);
  }
}
