import { InputFile, type RawApi } from "grammy";
import type { InlineKeyboardMarkup, Message, ReactionTypeEmoji } from "grammy/types";
import {
  type Adapter,
  type Button,
  type Content,
  type Document,
  inPublic,
  type Mark,
  type Mentions,
  SendFault,
  type Shown,
  type Where,
  type Whisper,
} from "../../bot/ports.ts";
import { qrPicture } from "../../bot/qr-picture.ts";
import { fitText } from "../../bot/split-text.ts";
import type { Client } from "./client.ts";
import { isNotModified, isOtherKind } from "./faults.ts";
import { idOf, replyParameters, toChatId, toMessageId } from "./ids.ts";
import { checkContent, maxCaption, maxDocumentBytes, maxPressAnswer, roomyCaption } from "./limits.ts";
import { cleanText, countdownLength, renderMentions, renderText } from "./text.ts";
import type { Topics } from "./topics.ts";

/**
 * The emoji for each mark, of those that Telegram takes as reactions; behind it what stands for it where a group allows only
 * some. What is not booked is said in words too, and has no other. @source Bot API, ReactionTypeEmoji
 */
const emojiFor: Record<Mark, readonly ReactionTypeEmoji["emoji"][]> = {
  booked: ["👍", "❤"],
  changed: ["✍", "👌", "👍"],
  waitlisted: ["👀"],
  unclear: ["🤔"],
  late: ["😢"],
};

/** The sending half of an adapter. */
export type Sending = Pick<
  Adapter,
  "post" | "giveDocument" | "edit" | "react" | "whisper" | "mention" | "remove" | "answerPress" | "pin"
>;

/** What is needed to send; `ways` remembers which ways to a person are closed. */
export interface SendContext {
  readonly client: Client;
  readonly topics: Topics;
  readonly ways: { isClosed(way: string): boolean; close(way: string): void };
}

/** Content → calls of the Bot API. */
export function createSending({ client, topics, ways }: SendContext): Sending {
  /** A text, under its picture where it has one and there is room for it, else with the picture below it. */
  async function send(chat: string, content: Content, more: SendOptions, mention?: number): Promise<Message> {
    checkContent(content);
    const chat_id = toChatId(chat);
    const rendered = renderText(content, mention);
    const photo = await pictureOf(content);
    const isUnder = photo !== undefined && rendered.text.length <= maxCaption;
    if (isUnder) {
      const { text: caption, entities: caption_entities } = rendered;
      const under = { caption, ...(caption_entities && { caption_entities }), ...keyboard(content), ...more };
      try {
        const message = await client.call("sendPhoto", (api) => api.sendPhoto({ chat_id, photo, ...under }));
        topics.add(message);
        return message;
      } catch (error) {
        if (!isRefused(error)) throw error; // a picture that Telegram has no more: the text says it too
      }
    }
    const message = await client.call("sendMessage", (api) =>
      api.sendMessage({
        chat_id,
        ...rendered,
        link_preview_options: { is_disabled: true },
        ...keyboard(content),
        ...more,
      }),
    );
    topics.add(message);
    if (photo !== undefined && !isUnder) await sendBelow(chat_id, photo, more);
    return message;
  }

  /** The text has arrived and says it all: a picture that does not is no reason to say it again. */
  async function sendBelow(chat_id: number, photo: string | InputFile, more: SendOptions): Promise<void> {
    try {
      await client.call("sendPhoto", (api) => api.sendPhoto({ chat_id, photo, ...more }));
    } catch (error) {
      if (!(error instanceof SendFault)) throw error;
    }
  }

  async function post(chat: string, content: Content, { replyTo, topic }: Where = {}): Promise<Shown> {
    if (replyTo !== undefined) return known(await reply(chat, content, replyTo));
    const [message, isTopicGone] = await inTopic(topic, (where) =>
      content.photo === undefined ? send(chat, content, where) : postPhoto(chat, content, where),
    );
    return { ...known(message), ...(isTopicGone && { isTopicGone }) };
  }

  /** Says something in a topic; where that is closed or gone, in the general one. */
  async function inTopic(
    topic: string | undefined,
    say: (where: { message_thread_id?: number }) => Promise<Message>,
  ): Promise<readonly [message: Message, isTopicGone: boolean]> {
    if (topic === undefined) return [await say({}), false];
    try {
      return [await say({ message_thread_id: toMessageId(topic) }), false];
    } catch (error) {
      if (!isTopicGone(error)) throw error;
      return [await say({}), true];
    }
  }

  /** Chats in which a picture waits for the text below it. */
  const pictured = new Map<string, string>();
  /** Posts whose text stands below their picture, not under it. */
  const below = new Set<string>();

  /** A picture with its text under it; where that is too long, the text below it, which is the post then. */
  async function postPhoto(chat: string, content: Content, where: SendOptions): Promise<Message> {
    const { photo, ...words } = content;
    checkContent(content);
    const chat_id = toChatId(chat);
    const { text: caption, entities: caption_entities } = renderText(words);
    const isUnder = caption.length <= roomyCaption;
    const under = isUnder && { caption, ...(caption_entities && { caption_entities }), ...keyboard(content) };
    // The text is tried again alone where only that has failed.
    if (isUnder || pictured.get(chat) !== photo) {
      try {
        const message = await client.call("sendPhoto", (api) =>
          api.sendPhoto({ chat_id, photo: photo!, ...under, ...where }),
        );
        topics.add(message);
        if (isUnder) return message;
        pictured.set(chat, photo!);
      } catch (error) {
        if (!isRefused(error)) throw error; // a picture that Telegram has no more: a buy goes on without it
      }
    }
    const message = await send(chat, words, where);
    pictured.delete(chat);
    below.add(`${chat} ${message.message_id}`);
    return message;
  }

  /** Only their private chat will do: files for one person alone are known nowhere else. */
  async function giveDocument({ to }: Whisper, { name, data, caption, isPicture }: Document): Promise<void> {
    if (data.length > maxDocumentBytes) throw new SendFault("refused", `A file takes ${maxDocumentBytes} bytes.`);
    if (caption !== undefined && caption.length > maxCaption) {
      throw new SendFault("refused", `A caption takes ${maxCaption} characters, this one has ${caption.length}.`);
    }
    const message = { chat_id: toChatId(to), ...(caption && { caption: cleanText(caption) }) };
    const file = new InputFile(data, fileName(name));
    await (isPicture
      ? client.call("sendPhoto", (api) => api.sendPhoto({ ...message, photo: file }))
      : client.call("sendDocument", (api) => api.sendDocument({ ...message, document: file })));
  }

  /** Answers a message; if it is gone meanwhile, says the same without pointing at it, in the same topic. */
  async function reply(chat: string, content: Content, replyTo: string | undefined): Promise<Message> {
    const target = replyTo === undefined ? undefined : replyParameters(replyTo);
    // What everybody sees cannot answer a message that one person alone sees.
    if (!target || "ephemeral_message_id" in target) return send(chat, content, {});
    try {
      return await send(chat, content, { reply_parameters: target });
    } catch (error) {
      if (!isReplyGone(error)) throw error;
      const [message] = await inTopic(topics.of(chat, replyTo), (where) => send(chat, content, where));
      return message;
    }
  }

  async function edit(chat: string, message: string, content: Content): Promise<void> {
    checkContent(content);
    if (content.photo === undefined || below.has(`${chat} ${message}`)) return editText(chat, message, content);
    const isUnder = await editCaption(chat, message, content);
    if (isUnder) return;
    below.add(`${chat} ${message}`);
    await editText(chat, message, content);
  }

  /** @returns false if the message has no picture: its text stands below that, in a message of its own */
  async function editCaption(chat: string, message: string, content: Content): Promise<boolean> {
    const target = { chat_id: toChatId(chat), message_id: toMessageId(message) };
    const fitting = { ...content, text: fitText(content.text, maxCaption - countdownLength) };
    const { text: caption, entities: caption_entities } = renderText(fitting);
    return client.call("editMessageCaption", async (api) => {
      try {
        const words = { caption, ...(caption_entities && { caption_entities }) };
        await api.editMessageCaption({ ...target, ...words, ...keyboard(content) });
      } catch (error) {
        if (isOtherKind(error)) return false;
        if (!isNotModified(error)) throw error;
      }
      return true;
    });
  }

  async function editText(chat: string, message: string, content: Content): Promise<void> {
    const target = { chat_id: toChatId(chat), message_id: toMessageId(message) };
    await client.call("editMessageText", (api) =>
      api
        .editMessageText({
          ...target,
          ...renderText(content),
          link_preview_options: { is_disabled: true },
          ...keyboard(content),
        })
        .catch((error: unknown) => {
          if (!isNotModified(error)) throw error; // what is wanted is there already
        }),
    );
  }

  async function react(chat: string, message: string, mark: Mark): Promise<void> {
    const target = { chat_id: toChatId(chat), message_id: toMessageId(message) };
    for (const emoji of emojiFor[mark]) {
      const reaction = [{ type: "emoji" as const, emoji }];
      const way = waysTo.react(chat, emoji);
      if (ways.isClosed(way)) continue;
      try {
        await client.call("setMessageReaction", (api) => api.setMessageReaction({ ...target, reaction }));
        return;
      } catch (error) {
        if (!isReactionInvalid(error)) throw error;
        ways.close(way);
      }
    }
    throw new SendFault("refused", "The group allows none of the reactions that would do.");
  }

  /**
   * Takes the most private way that is open: a message in the group that they alone see, else their private chat if
   * they have started the bot, else (unless it is to be said to them alone) a short reply that everybody sees. Goes on to the next way only when it is certain
   * that nothing was sent.
   */
  async function whisper(word: Whisper, content: Content): Promise<void> {
    const { chat, to, replyTo, topic, onShown } = word;
    const isPrivate = chat === to;
    if (!isPrivate && (await tried(waysTo.alone(chat, to), () => sendAlone(word, content)))) return;
    if (!isPrivate && (await tried(waysTo.direct(to), () => send(to, content, {})))) return;
    if (!isPrivate && word.alone) throw new SendFault("blocked", "There is no way to them alone.");
    const said = isPrivate ? content : inPublic(content);
    if (!said) return;
    // Who is answered is told so; else they are mentioned, or nobody would know that it is for them.
    const isMeant = isPrivate || replyTo !== undefined;
    const [shown] = isMeant
      ? [await reply(chat, said, replyTo)]
      : await inTopic(topic, (where) => send(chat, said, where, toChatId(to)));
    if (!isPrivate) tell(onShown, shown);
  }

  /** Each in a paragraph of their own. */
  async function mention(chat: string, mentions: Mentions, { topic }: Where = {}): Promise<Shown> {
    const rendered = renderMentions(mentions);
    checkContent({ ...mentions, text: rendered.text });
    const [message, isTopicGone] = await inTopic(topic, (where) =>
      client.call("sendMessage", (api) =>
        api.sendMessage({
          chat_id: toChatId(chat),
          ...rendered,
          link_preview_options: { is_disabled: true },
          ...keyboard(mentions),
          ...where,
        }),
      ),
    );
    topics.add(message);
    return { ...known(message), ...(isTopicGone && { isTopicGone }) };
  }

  async function remove(chat: string, message: string): Promise<void> {
    const target = { chat_id: toChatId(chat), message_id: toMessageId(message) };
    await client.call("deleteMessage", (api) => api.deleteMessage(target));
  }

  async function sendAlone({ chat, to, replyTo, press, topic, onShown }: Whisper, content: Content): Promise<void> {
    if (ways.isClosed(waysTo.aloneAnywhere)) throw new SendFault("blocked", "This server has no messages for one.");
    const receiver = { receiver_user_id: toChatId(to) };
    const thread = topics.of(chat, replyTo) ?? topic;
    const bound = {
      ephemeral_message_parameters: { ...receiver, ...(press !== undefined && { callback_query_id: press }) },
      ...(replyTo !== undefined && { reply_parameters: replyParameters(replyTo) }),
      ...(replyTo === undefined && thread !== undefined && { message_thread_id: toMessageId(thread) }),
    };
    const message = await send(chat, content, bound).catch(async (error: unknown) => {
      // What it answers may be gone, or too long ago: 15 seconds for a message of this kind.
      if (!isSurelyNotTaken(error)) throw error;
      const [bare] = await inTopic(thread, (where) =>
        send(chat, content, { ephemeral_message_parameters: receiver, ...where }),
      );
      return bare;
    });
    // A server of before 2026 does not know what was asked of it, and has shown the message to everybody.
    if (message.ephemeral_message_id !== undefined) return;
    ways.close(waysTo.aloneAnywhere);
    tell(onShown, message);
  }

  /** @returns false if this way is closed: surely nothing was sent */
  async function tried(way: string, go: () => Promise<unknown>): Promise<boolean> {
    if (ways.isClosed(way)) return false;
    try {
      await go();
      return true;
    } catch (error) {
      if (!isSurelyNotTaken(error)) throw error;
      ways.close(way);
      return false;
    }
  }

  async function answerPress(press: string, text?: string): Promise<void> {
    const words = text === undefined ? undefined : shorten(cleanText(text));
    await client.call("answerCallbackQuery", (api) =>
      api.answerCallbackQuery({
        callback_query_id: press,
        // The small notice shows one short line for some seconds; more than that waits for an OK.
        ...(words && { text: words, show_alert: words.length > 60 || words.includes("\n") }),
      }),
    );
  }

  async function pin(chat: string, message: string): Promise<void> {
    const target = { chat_id: toChatId(chat), message_id: toMessageId(message) };
    await client.call("pinChatMessage", (api) => api.pinChatMessage({ ...target, disable_notification: true }));
  }

  return { post, giveDocument, edit, react, whisper, mention, remove, answerPress, pin };
}

type SendOptions = Omit<Parameters<RawApi["sendMessage"]>[0], "chat_id" | "text">;

/** The picture that goes with a text: one that Telegram has, or a code that is drawn. */
async function pictureOf({ photo, qr }: Content): Promise<string | InputFile | undefined> {
  return photo ?? (qr === undefined ? undefined : new InputFile(await qrPicture(qr), "code.png"));
}

/** Names of ways to a person that may be closed. */
export const waysTo = {
  /** Messages in groups that one person alone sees. */
  aloneAnywhere: "alone",
  alone: (chat: string, person: string) => `alone ${chat} ${person}`,
  direct: (person: string) => `direct ${person}`,
  react: (chat: string, emoji: string) => `react ${chat} ${emoji}`,
};

/** The rows of buttons as Telegram takes them; without any, an edit takes away those that were there. */
function keyboard({ buttons = [] }: Pick<Content, "buttons">): { reply_markup?: InlineKeyboardMarkup } {
  const rows = buttons.filter((row) => row.length > 0);
  if (rows.length === 0) return {};
  const toKey = ({ label, data }: Button) => ({ text: cleanText(label), callback_data: data });
  return { reply_markup: { inline_keyboard: rows.map((row) => row.map(toKey)) } };
}

function tell(onShown: Whisper["onShown"], message: Message): void {
  const id = idOf(message);
  if (id !== undefined) onShown?.(id);
}

const isSurelyNotTaken = (error: unknown): boolean =>
  error instanceof SendFault && ["blocked", "gone", "refused"].includes(error.outcome);

/** It is sent without quotes, so that nothing in it may end it. */
const fileName = (name: string): string => cleanText(name).replace(/[\s\p{Cc}"';:\\/]+/gu, "_") || "file";

const isRefused = (error: unknown): boolean => error instanceof SendFault && error.outcome === "refused";

function known(message: Message): { id?: string } {
  const id = idOf(message);
  return id === undefined ? {} : { id };
}

const isReactionInvalid = (error: unknown): boolean =>
  error instanceof SendFault && error.message.includes("REACTION_INVALID");

const isTopicGone = (error: unknown): boolean =>
  error instanceof SendFault && /message thread not found|TOPIC_(CLOSED|DELETED|ID_INVALID)/.test(error.message);

const isReplyGone = (error: unknown): boolean =>
  error instanceof SendFault && error.outcome === "gone" && /repl(y|ied)\b.*not found/.test(error.message);

/** At most as long as the answer to a press may be, and no emoji cut in two. */
function shorten(text: string): string {
  if (text.length <= maxPressAnswer) return text;
  return `${text.slice(0, maxPressAnswer - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
