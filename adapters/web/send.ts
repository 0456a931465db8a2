import { randomUUID } from "node:crypto";
import {
  type Adapter,
  type Capabilities,
  type Clock,
  type Content,
  SendFault,
  type SendOutcome,
} from "../../bot/ports.ts";
import { qrAddress } from "../../bot/qr-picture.ts";
import type { Chat, Entry } from "./chat.ts";
import type { Files } from "./files.ts";
import type { ChatMessage } from "./page/wire.ts";
import { CHAT } from "./receive.ts";
import type { Change, Room } from "./room.ts";

/** @source Telegram Bot API, InlineKeyboardButton: the port's limit, kept here so that the playground plays by it. */
const MAX_BUTTON_BYTES = 64;

/** The half of an adapter that speaks. */
export type Sending = Omit<Adapter, "platform" | "capabilities" | "start" | "stop">;

/**
 * The bot's side of the room.
 *
 * @param open  the room while the playground runs
 */
export function sendingInto(
  open: () => Room | undefined,
  { capabilities, clock, files }: { capabilities: Capabilities; clock: Pick<Clock, "now">; files: Files },
): Sending {
  async function change<Result>(chat: string, decide: (chat: Readonly<Chat>) => Change<Result>): Promise<Result> {
    const room = open();
    if (!room) throw new SendFault("not-sent", "the playground is not running");
    if (chat !== CHAT.id) throw new SendFault("gone", "the playground has no such chat");
    try {
      return await room.change(decide);
    } catch (fault) {
      if (fault instanceof SendFault) throw fault;
      throw new SendFault("not-sent", "the playground could not keep it", { cause: fault });
    }
  }

  async function add(
    chat: string,
    content: Content,
    more: Pick<ChatMessage, "to" | "replyTo" | "file">,
  ): Promise<{ id: string }> {
    checkContent(content, capabilities);
    const picture = content.qr === undefined ? undefined : await qrAddress(content.qr);
    return change(chat, ({ next, messages }) => {
      const id = String(next);
      const replyTo = more.replyTo !== undefined && messages.has(more.replyTo) ? more.replyTo : undefined;
      const message: ChatMessage = {
        ...{ id, from: "bot", at: clock.now().toISOString(), ...shownContent(content) },
        ...(picture !== undefined && { picture }),
        ...(more.to !== undefined && { to: more.to }),
        ...(replyTo !== undefined && { replyTo }),
        ...(more.file && { file: more.file }),
      };
      return { entries: [{ type: "shown", message }], result: { id } };
    });
  }

  return {
    post: async (chat, content, { replyTo } = {}) => add(chat, content, replyTo === undefined ? {} : { replyTo }),

    async edit(chat, id, content) {
      checkContent(content, capabilities);
      await change(chat, ({ messages }) => {
        const message = found(messages.get(id));
        if (message.from !== "bot") throw new SendFault("refused", "only messages of the bot can be edited by it");
        const { text: _text, buttons: _buttons, ...rest } = message;
        const edited = { ...rest, ...shownContent(content), editedAt: clock.now().toISOString() };
        return keep(sameContent(message, edited) ? [] : [{ type: "shown", message: edited }]);
      });
    },

    async react(chat, id, mark) {
      await change(chat, ({ messages }) => {
        const message = found(messages.get(id));
        if (message.recalledAt !== undefined) throw new SendFault("gone", "the message was taken back");
        return keep(message.mark === mark ? [] : [{ type: "shown", message: { ...message, mark } }]);
      });
    },

    async whisper({ chat, to, replyTo, press }, content) {
      if (!open()?.person(to)) throw new SendFault("gone", "the playground has no such person");
      await add(chat, content, { to, ...(replyTo !== undefined && { replyTo }) });
      if (press !== undefined) await change(CHAT.id, (state) => keep(answer(state, press)));
    },

    async giveDocument({ chat, to, replyTo }, { name, data, caption = name, isPicture }) {
      if (!open()?.person(to)) throw new SendFault("gone", "the playground has no such person");
      const key = randomUUID();
      await files.put(key, data);
      const file = { key, name, ...(isPicture && { isPicture }) };
      await add(chat, { text: caption }, { to, file, ...(replyTo !== undefined && { replyTo }) });
    },

    async answerPress(press, text) {
      await change(CHAT.id, (chat) => {
        if (!chat.presses.has(press)) throw new SendFault("gone", "no press waits under this id");
        return keep(answer(chat, press, text));
      });
    },

    async pin(chat, id) {
      await change(chat, ({ messages, pinned }) => {
        found(messages.get(id));
        return keep(pinned === id ? [] : [{ type: "pinned", message: id }]);
      });
    },

    isAdministrator: async (chat, person) => chat === CHAT.id && open()?.person(person)?.leader === true,
  };
}

const keep = (entries: readonly Entry[]): Change<undefined> => ({ entries, result: undefined });

function answer(chat: Readonly<Chat>, id: string, text?: string): Entry[] {
  const press = chat.presses.get(id);
  if (!press) return [];
  const { person, message, data } = press;
  const answered = { type: "answered", press: id, person, message, data, ...(text !== undefined && { text }) } as const;
  return [{ type: "answered", answer: answered }];
}

function found(message: ChatMessage | undefined): ChatMessage {
  if (!message) throw new SendFault("gone", "the playground has no such message");
  return message;
}

const shownContent = ({ text, buttons }: Content): Pick<ChatMessage, "text" | "buttons"> =>
  buttons && buttons.length > 0 ? { text, buttons } : { text };

function sameContent(one: ChatMessage, other: ChatMessage): boolean {
  return one.text === other.text && JSON.stringify(one.buttons) === JSON.stringify(other.buttons);
}

function checkContent({ text, buttons = [] }: Content, { maxText }: Capabilities): void {
  const refuse = (outcome: SendOutcome, why: string): never => {
    throw new SendFault(outcome, why);
  };
  if (text.trim() === "") refuse("refused", "a message needs words");
  if (text.length > maxText) refuse("refused", `a text of ${text.length} units is longer than ${maxText}`);
  const longest = Math.max(0, ...buttons.flat().map(({ data }) => Buffer.byteLength(data)));
  if (longest > MAX_BUTTON_BYTES)
    refuse("refused", `button data of ${longest} bytes is longer than ${MAX_BUTTON_BYTES}`);
}
