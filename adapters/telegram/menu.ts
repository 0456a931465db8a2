import type { BotCommand, BotCommandScope } from "grammy/types";
import type { Logger } from "pino";
import { COMMANDS, type Command } from "../../bot/commands.ts";
import type { Language } from "../../bot/store.ts";
import type { Client } from "./client.ts";
import { toChatId } from "./ids.ts";

/** Commands that are sent so that nobody else in the group sees them: their answers are for one person too. */
const UNSEEN: ReadonlySet<string> = new Set(["my", "help"]);

/** Telegram knows languages by two letters: `zh` stands for both scripts. Without one: for everybody else. */
const GENERAL = [
  { language: "en", code: undefined },
  { language: "zh-hans", code: "zh" },
] as const;

/**
 * The menus of commands that Telegram's apps show behind "/": residents see theirs, administrators all of them, each in
 * the language of their app.
 */
export class Menus {
  readonly #client: Client;
  readonly #log: Logger;
  #state: "wanted" | "under-way" | "set" = "wanted";

  constructor(client: Client, log: Logger) {
    this.#client = client;
    this.#log = log;
  }

  /** Sets the general menus, unless they are; called again, it tries what has failed before. Never throws. */
  async set(): Promise<void> {
    if (this.#state !== "wanted") return;
    this.#state = "under-way";
    try {
      for (const { language, code } of GENERAL) {
        await this.#show({ type: "all_private_chats" }, inPrivate, language, code);
        await this.#show({ type: "all_group_chats" }, forEverybody, language, code);
        await this.#show({ type: "all_chat_administrators" }, forLeaders, language, code);
      }
      this.#state = "set";
    } catch (error) {
      this.#state = "wanted";
      this.#log.info({ err: error }, "the menus of commands could not be set yet");
    }
  }

  /**
   * Puts the menus of one chat into its language, where the general ones cannot: people whose app is Chinese see
   * simplified characters, unless their community writes traditional ones. @throws SendFault
   */
  async setFor(chat: string, language: Language): Promise<void> {
    const chat_id = toChatId(chat);
    for (const [scope, isShown] of [
      [{ type: "chat", chat_id }, forEverybody],
      [{ type: "chat_administrators", chat_id }, forLeaders],
    ] as const) {
      if (language === "zh-hant") await this.#show(scope, isShown, language, "zh");
      else await this.#client.call("deleteMyCommands", (api) => api.deleteMyCommands({ scope, language_code: "zh" }));
    }
  }

  async #show(
    scope: BotCommandScope,
    isShown: (command: Command) => boolean,
    language: Language,
    code: "zh" | undefined,
  ): Promise<void> {
    const commands = COMMANDS.filter(isShown).map((command) => entryOf(command, language, scope.type));
    await this.#client.call("setMyCommands", (api) =>
      api.setMyCommands({ commands, scope, ...(code && { language_code: code }) }),
    );
  }
}

const forLeaders = ({ id }: Command): boolean => id !== "start";
const forEverybody = (command: Command): boolean => forLeaders(command) && command.who === "everybody";
const inPrivate = ({ id }: Command): boolean => id === "start" || id === "help" || id === "settings";

/** @source Bot API, BotCommand: 256 characters at most */
function entryOf({ id, help }: Command, language: Language, scope: BotCommandScope["type"]): BotCommand {
  const isUnseen = UNSEEN.has(id) && scope !== "all_private_chats";
  return { command: id, description: help[language].slice(0, 256), ...(isUnseen && { is_ephemeral: true }) };
}
