import {
  type Adapter,
  type Capabilities,
  type Content,
  type Deliver,
  type Incoming,
  SendFault,
} from "../../bot/ports.ts";
import type { Chance } from "./chance.ts";
import type { Faults } from "./faults.ts";
import type { VirtualTime } from "./virtual-time.ts";

export const PLATFORM = "simulated";

const CAPABILITIES: Capabilities = {
  ...{ edit: true, react: true, buttons: true, pin: true, ephemeral: true, direct: false, recall: true },
  ...{ resends: true, adminList: true, files: false, maxText: 4096, editEveryMs: 3_000, graceMs: 10_000 },
};

/** Something of the bot's that stands in a chat. */
export interface Shown {
  readonly id: string;
  readonly chat: string;
  /** Whom alone it is for. */
  readonly to: string | undefined;
  text: string;
  readonly buttons: readonly string[];
}

/** Where a process takes what its chats deliver. */
export interface Ears {
  readonly deliver: Deliver;
  /** Calls in its name. */
  as(run: () => void): void;
  readonly isAlive: boolean;
}

/** The platform of all chats: keeps what is shown in them, and delivers what is said until it is confirmed. */
export class Platform {
  readonly shown: Shown[] = [];
  readonly #byId = new Map<string, Shown>();
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #faults: Faults;
  readonly #ears: () => readonly Ears[];
  readonly confirmed = new Map<Incoming, number>();
  #count = 1_000_000;

  constructor(time: VirtualTime, chance: Chance, faults: Faults, ears: () => readonly Ears[]) {
    this.#time = time;
    this.#chance = chance;
    this.#faults = faults;
    this.#ears = ears;
  }

  /** Somebody did something: it is delivered some time later, perhaps twice, after others, or very late. */
  happen(event: Incoming): void {
    const delayMs = this.#faults.strikes("late delivery")
      ? this.#chance.between(20_000, 15 * 60_000)
      : this.#faults.strikes("slow delivery")
        ? this.#chance.between(1_000, 9_000)
        : this.#chance.between(1, 400);
    this.#time.in(delayMs, () => this.#deliver(event));
    if (this.#faults.strikes("delivered twice")) {
      this.#time.in(this.#chance.between(1, 60_000), () => this.#deliver(event));
    }
  }

  /** Until somebody confirms it. */
  #deliver(event: Incoming): void {
    const again = () => this.#time.in(this.#chance.between(500, 4_000), () => this.#deliver(event));
    const ears = this.#ears().filter(({ isAlive }) => isAlive);
    if (ears.length === 0) {
      again();
      return;
    }
    const chosen = this.#chance.pick(ears);
    let isOver = false;
    chosen.as(() => {
      chosen.deliver([event]).then(
        () => {
          isOver = true;
          if (!this.confirmed.has(event)) this.confirmed.set(event, this.#time.now);
        },
        () => {
          isOver = true;
          again();
        },
      );
    });
    // Whoever has it may be gone.
    const watch = () => {
      if (isOver) return;
      if (chosen.isAlive) this.#time.in(5_000, watch);
      else again();
    };
    this.#time.in(5_000, watch);
  }

  /** The chats as a process reaches them. */
  adapterOf(isLeader: (person: string) => boolean): Adapter {
    return {
      platform: PLATFORM,
      capabilities: CAPABILITIES,
      start: async () => undefined,
      stop: async () => undefined,
      post: (chat, content) => this.#call("post", () => ({ id: this.#show(chat, content) })),
      whisper: ({ chat, to }, content) => this.#call("whisper", () => void this.#show(chat, content, to)),
      edit: (_chat, message, { text }) =>
        this.#call("edit", () => {
          this.#byId.get(message)!.text = text;
        }),
      react: () => this.#call("react", () => undefined),
      answerPress: async () => undefined,
      pin: async () => undefined,
      isAdministrator: async (_chat, person) => isLeader(person),
    };
  }

  #show(chat: string, { text, buttons = [] }: Content, to?: string): string {
    this.#count += 1;
    const id = String(this.#count);
    const shown = { id, chat, to, text, buttons: buttons.flat().map(({ data }) => data) };
    this.shown.push(shown);
    this.#byId.set(id, shown);
    return id;
  }

  async #call<T>(what: string, act: () => T): Promise<T> {
    if (this.#faults.strikes("slow chat")) await this.#time.pause(this.#chance.between(1, 2_000));
    if (this.#faults.strikes("chat 429")) {
      throw new SendFault("not-sent", what, { retryAfterMs: this.#chance.between(1_000, 9_000) });
    }
    if (this.#faults.strikes("chat 500")) throw new SendFault("unknown", what);
    const result = act();
    if (this.#faults.strikes("chat reply lost")) throw new SendFault("unknown", what);
    return result;
  }

  message(id: string): Shown | undefined {
    return this.#byId.get(id);
  }
}
