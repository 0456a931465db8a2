import type { Message } from "grammy/types";
import { SendFault } from "../../bot/ports.ts";

type Numbered = Pick<Message, "message_id" | "ephemeral_message_id" | "date">;

/**
 * A message's id in our terms. Messages that one person alone sees all have the number 0; they have numbers of their
 * own, which are used again when one is gone, so the date belongs to the id.
 */
export function idOf({ message_id, ephemeral_message_id, date }: Numbered): string | undefined {
  if (message_id > 0) return String(message_id);
  return ephemeral_message_id === undefined ? undefined : `only-${ephemeral_message_id}-${date}`;
}

/** How a call names the message that it replies to. */
export function replyParameters(id: string): { message_id: number } | { ephemeral_message_id: number } {
  const [, own] = /^only-(\d+)-\d+$/.exec(id) ?? [];
  return own === undefined ? { message_id: toMessageId(id) } : { ephemeral_message_id: Number(own) };
}

/** @throws SendFault for what is no message of Telegram's, or none that can be named again */
export function toMessageId(id: string): number {
  if (!/^[1-9]\d{0,15}$/.test(id)) throw new SendFault("gone", "There is no message with this id.");
  return Number(id);
}

/** @throws SendFault for what is no chat of Telegram's */
export function toChatId(id: string): number {
  if (!/^-?[1-9]\d{0,15}$/.test(id)) throw new SendFault("gone", "There is no chat with this id.");
  return Number(id);
}
