import { capabilities } from "../../../adapters/telegram/limits.ts";
import type { Adapter, Deliver } from "../../../bot/ports.ts";

/** A platform with Telegram's limits whose calls cost nothing: what is measured is ours. */
export class BenchChat implements Adapter {
  readonly platform = "bench";
  readonly capabilities = capabilities;
  deliver: Deliver = () => Promise.reject(new Error("Nobody listens yet."));
  /** Marks given under messages. */
  marks = 0;

  async start(deliver: Deliver): Promise<void> {
    this.deliver = deliver;
  }

  async stop(): Promise<void> {}

  async post(): Promise<{ readonly id: string }> {
    return { id: "post" };
  }

  async edit(): Promise<void> {}

  async react(): Promise<void> {
    this.marks += 1;
  }

  async whisper(): Promise<void> {}

  async answerPress(): Promise<void> {}

  async pin(): Promise<void> {}

  async isAdministrator(): Promise<boolean> {
    return false;
  }
}
