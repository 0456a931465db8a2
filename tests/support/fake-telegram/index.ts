/**
 * Telegram for tests: a Bot API server over real HTTP, with groups and people who use them.
 *
 *     const telegram = await startFakeTelegram();
 *     const group = telegram.group("Green Court");
 *     const ada = group.user("Ada", { status: "creator" });
 *     const lin = group.user("Lin");
 *     // … start Plusone with telegram.token and telegram.apiRoot …
 *     await ada.says("/open Apples $3/kg until 20:00");
 *     const preview = await group.hears("Open this buy?");
 *     const press = await ada.presses(preview, "Open");
 *     const order = await lin.says("+2 apples");
 *     await telegram.until(() => order.marks.includes("👍"));
 *     await lin.edits(order, "+3 apples");
 *     await group.hears(/3 kg/);
 *     await telegram.close();
 *
 * It does what the documentation of the Bot API says and what was reported of the real one (sources stand where the
 * code follows them); it has never been compared with the real one, call by call.
 */
import type { UserFromGetMe } from "grammy/types";
import type { FakeMember } from "./chats.ts";
import type { Injected } from "./faults.ts";
import { FakeGroup } from "./people.ts";
import { BotApiServer, type Call } from "./server.ts";
import { FakeWorld } from "./world.ts";

export type { FakeMessage } from "./chats.ts";
export * from "./faults.ts";
export type { FakeGroup, FakeUser } from "./people.ts";
export type { Call } from "./server.ts";

export interface FakeTelegramOptions {
  /** Telegram's clock; its dates are whole seconds of it. Default: the real one. */
  readonly now?: () => Date;
  readonly token?: string;
  /** What getMe says that is not usual: `{ can_read_all_group_messages: false }` is privacy mode. */
  readonly bot?: Partial<UserFromGetMe>;
  /** False: a server of before 2026, which posts for everybody what was meant for one. Default: true. */
  readonly ephemeral?: boolean;
}

export class FakeTelegram {
  readonly token: string;
  readonly world: FakeWorld;
  private readonly server: BotApiServer;

  constructor({
    now = () => new Date(),
    token = "7000000001:test-token-of-nobody",
    bot = {},
    ephemeral = true,
  }: FakeTelegramOptions) {
    this.token = token;
    this.world = new FakeWorld({ now, bot });
    this.world.ephemeral = ephemeral;
    this.server = new BotApiServer(this.world, token);
  }

  /** What to use in place of https://api.telegram.org. */
  get apiRoot(): string {
    return this.server.root;
  }

  /** A new group; the bot is in it already unless `bot` is "left". */
  group(
    title: string,
    { type = "supergroup", bot = "member" }: { type?: "group" | "supergroup"; bot?: FakeMember["status"] } = {},
  ): FakeGroup {
    const chat = this.world.addGroup(title, type);
    const { me } = this.world;
    if (bot !== "left") chat.members.set(me.id, { user: me, status: bot, anonymous: false });
    return new FakeGroup(this.world, chat);
  }

  /** Every call that has come, in order; `getUpdates` too. */
  get calls(): readonly Call[] {
    return this.server.calls;
  }

  callsTo(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Waits until something is so: looked at again whenever anything happens here. */
  until(wanted: () => boolean, withinMs = 120_000): Promise<true> {
    const report = () => `Calls: ${this.calls.map(({ method, status }) => `${method} ${status ?? "…"}`).join(", ")}`;
    return this.world.until(() => wanted() || undefined, report, withinMs);
  }

  /** Waits until the bot has confirmed all that has happened so far. */
  async confirmed(): Promise<void> {
    await this.until(() => this.world.updates.pending.length === 0);
  }

  /**
   * Lets the next calls of a method fail.
   *
   * @param onStrike  is called when one does
   */
  failNext(method: string, fault: Injected, times = 1, onStrike?: () => void): void {
    this.server.inject(method, { fault, onStrike }, times);
  }

  /** From now on nobody listens, and every open connection is cut. */
  goesDown(): Promise<void> {
    return this.server.hangUp();
  }

  /** Listens again, on the same port. */
  comesBack(): Promise<void> {
    return this.server.listen();
  }

  close(): Promise<void> {
    this.world.webhooks.stop();
    return this.server.hangUp();
  }

  listen(): Promise<void> {
    return this.server.listen();
  }
}

/** Starts a fake Telegram on a free port of 127.0.0.1. */
export async function startFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const telegram = new FakeTelegram(options);
  await telegram.listen();
  return telegram;
}
