import type { Message, Update } from "grammy/types";
import { idOf } from "./ids.ts";
import { topicOf } from "./receive.ts";

/** Messages that are remembered: enough for those that an answer may still come to. */
const most = 10_000;

/**
 * In which topic of its group a message is, as far as this process has seen it. A reply lands in the topic of what it
 * replies to by itself; this is for the reply whose message is gone, which would land in the general topic.
 */
export class Topics {
  private readonly threads = new Map<string, string>();

  /** Takes note of the messages of an update. */
  see({ message, edited_message, callback_query }: Update): void {
    for (const seen of [message, edited_message, callback_query?.message]) {
      if (seen?.is_topic_message) this.add(seen as Message);
    }
  }

  /** Takes note of a message of ours. */
  add(message: Message): void {
    const id = idOf(message);
    const topic = topicOf(message);
    if (topic === undefined || id === undefined) return;
    if (this.threads.size >= most) this.threads.delete(this.threads.keys().next().value!);
    this.threads.set(`${message.chat.id} ${id}`, topic);
  }

  of(chat: string, message: string | undefined): string | undefined {
    return message === undefined ? undefined : this.threads.get(`${chat} ${message}`);
  }
}
