import type {
  CallbackQuery,
  ChatMemberUpdated,
  Message,
  MessageReactionUpdated,
  Chat as TelegramChat,
  Update,
  User,
  UserFromGetMe,
} from "grammy/types";
import type {
  ButtonIn,
  ChatRef,
  EditIn,
  Incoming,
  MembershipIn,
  MovedIn,
  ReactedIn,
  Sender,
  TextIn,
} from "../../bot/ports.ts";
import { idOf } from "./ids.ts";
import { cleanText } from "./text.ts";

const platform = "telegram";

/** What Telegram is asked for: all that is read here, and the changes of members by which the list of administrators is known to be old. */
export const allowedUpdates = [
  ...(["message", "edited_message", "callback_query", "message_reaction"] as const),
  ...(["my_chat_member", "chat_member"] as const),
];

/** What receiving works with. */
export interface Receiving {
  /** Our own account. */
  readonly me: Pick<UserFromGetMe, "username" | "can_read_all_group_messages">;
  /** When a button was pressed, by Telegram's clock, as nearly as can be told: Telegram does not say it. */
  readonly now: Date;
}

/** An update in our terms; undefined for what says nothing to a group buy. */
export function toIncoming(update: Update, receiving: Receiving): Incoming | undefined {
  if (update.message) return toMoved(update.message) ?? toText(update.message, receiving);
  if (update.edited_message) return toEdit(update.edited_message, update.update_id, receiving);
  if (update.callback_query) return toButton(update.callback_query, receiving);
  if (update.message_reaction) return toReacted(update.message_reaction, update.update_id);
  if (update.my_chat_member) return toMembership(update.my_chat_member, update.update_id, receiving);
  return undefined;
}

/** When it happened, where Telegram says that. */
export function toldIn(update: Update): Date | undefined {
  const {
    message,
    edited_message: edited,
    message_reaction: reaction,
    my_chat_member: own,
    chat_member: other,
  } = update;
  const date = message?.date ?? edited?.edit_date ?? reaction?.date ?? own?.date ?? other?.date;
  return date === undefined ? undefined : instant(date);
}

/** A group that becomes a supergroup says so twice: as its last message, and as the supergroup's first. */
function toMoved(message: Message): MovedIn | undefined {
  const { migrate_to_chat_id: to, migrate_from_chat_id: from, message_id, date } = message;
  const chat = toChat(message.chat);
  if (!chat || (to === undefined && from === undefined)) return undefined;
  return {
    type: "moved",
    platform,
    chat,
    id: `moved-${message_id}`,
    from: String(from ?? chat.id),
    to: String(to ?? chat.id),
    at: instant(date),
  };
}

function toText(message: Message, { me }: Receiving): TextIn | undefined {
  const photo = photoOf(message);
  // A picture that answers a message of ours may be a proof of something; any other says nothing without words.
  const isAnswer = photo !== undefined && message.reply_to_message?.from?.username === me.username;
  const words = message.text ?? message.caption ?? (isAnswer ? "" : undefined);
  const said = readSaid(message);
  if (words === undefined || !said) return undefined;
  const ours = forUs(words, message, me.username);
  return ours && { type: "text", ...said, ...ours, ...(photo && { photo }) };
}

/** An edit that leaves a photo without words takes back what was said; one of a location says nothing. */
function toEdit(message: Message, order: number, { me }: Receiving): EditIn | undefined {
  const words = message.text ?? message.caption ?? (message.location ? undefined : "");
  const said = readSaid(message);
  if (words === undefined || !said) return undefined;
  const ours = forUs(words, message, me.username);
  if (!ours) return undefined;
  return { type: "edit", ...said, text: ours.text, editedAt: instant(message.edit_date ?? message.date), order };
}

function toButton({ id, from, message, data }: CallbackQuery, { now }: Receiving): ButtonIn | undefined {
  if (!message || data === undefined) return undefined; // sent by way of another chat, or a game
  const chat = toChat(message.chat);
  const carrier = idOf(message);
  if (!chat || carrier === undefined) return undefined;
  // Whole seconds, as of messages: or what is said after the press in the same second would count as said before it.
  const pressedAt = instant(Math.floor(now.getTime() / 1000));
  const topic = topicOf(message as Message); // of one that cannot be seen any more, it is not told
  const where = { message: carrier, ...(topic !== undefined && { topic }) };
  return { type: "button", platform, chat, id, sender: toSender(from), ...where, data, pressedAt };
}

/** In which topic a message is. A message_thread_id without is_topic_message is a thread of replies, which cannot be written to. */
export function topicOf({ is_topic_message, message_thread_id }: Message): string | undefined {
  return is_topic_message && message_thread_id !== undefined ? String(message_thread_id) : undefined;
}

/** Comes only where we are an administrator, and never of bots. Emoji that somebody has drawn themselves mean nothing to us. */
function toReacted({ message_id, date, new_reaction, ...where }: MessageReactionUpdated, updateId: number) {
  const { user, actor_chat } = where;
  const chat = toChat(where.chat);
  const sender = user ? toSender(user) : actor_chat && readSender({ sender_chat: actor_chat, chat: where.chat });
  if (!chat || !sender) return undefined;
  const emoji = new_reaction.flatMap((reaction) => (reaction.type === "emoji" ? [reaction.emoji] : []));
  // The update has no other id; it keeps this one when it comes again.
  const id = `reacted-${updateId}`;
  const said = { sender, message: String(message_id), emoji, reactedAt: instant(date) };
  return { type: "reacted", platform, chat, id, ...said } satisfies ReactedIn;
}

/** Being made an administrator, or no longer being one, matters where it changes what we hear. */
function toMembership(changed: ChatMemberUpdated, updateId: number, { me }: Receiving): MembershipIn | undefined {
  const { old_chat_member: before, new_chat_member: after } = changed;
  const chat = toChat(changed.chat);
  const was = isMember(before);
  const is = isMember(after);
  if (!chat || (!was && !is)) return undefined;
  // In privacy mode an ordinary member hears only what is meant for it.
  const isBlind = (member: typeof after) =>
    chat.kind === "group" && !me.can_read_all_group_messages && member.status !== "administrator";
  if (was && is && isBlind(before) === isBlind(after)) return undefined;
  return {
    type: "membership",
    platform,
    chat,
    id: `membership-${updateId}`, // the update has no other id; it keeps this one when it comes again
    change: was && is ? "hearing" : is ? "added" : "removed",
    ...(!changed.from.is_bot && { sender: toSender(changed.from) }),
    ...(is && isBlind(after) && { blind: true as const }),
    at: instant(changed.date),
  };
}

const isMember = (member: ChatMemberUpdated["new_chat_member"]): boolean =>
  member.status === "restricted" ? member.is_member : member.status !== "left" && member.status !== "kicked";

/** Who said it, where and when; undefined for what no person said. */
function readSaid(message: Message): Omit<TextIn, "type" | "text"> | undefined {
  const id = idOf(message);
  const chat = toChat(message.chat);
  const sender = readSender(message);
  if (id === undefined || !chat || !sender) return undefined;
  const topic = topicOf(message);
  const replied = readReplied(message);
  return {
    platform,
    chat,
    id,
    position: message.message_id,
    ...(topic !== undefined && { topic }),
    sender,
    ...(replied && { replyTo: replied }),
    sentAt: instant(message.date),
  };
}

/**
 * The person; or the chat itself, in whose name an administrator writes who does not show themselves. Nobody for posts
 * of a linked channel, for people who write as their channel, and for bots.
 */
function readSender({
  from,
  sender_chat,
  chat,
  author_signature,
}: Pick<Message, "from" | "sender_chat" | "chat" | "author_signature">): Sender | undefined {
  if (sender_chat) {
    if (sender_chat.id !== chat.id) return undefined;
    return { id: String(chat.id), name: cleanText(author_signature ?? chat.title ?? ""), anonymous: true };
  }
  return from && !from.is_bot ? toSender(from) : undefined;
}

function readReplied({ reply_to_message: replied }: Message): TextIn["replyTo"] {
  // In a topic, a message that replies to nothing claims to reply to the one that opened the topic.
  if (!replied || replied.forum_topic_created) return undefined;
  const id = idOf(replied);
  const text = replied.text ?? replied.caption;
  const photo = photoOf(replied);
  const sender = readSender(replied);
  return id === undefined
    ? undefined
    : { id, ...(text !== undefined && { text: cleanText(text) }), ...(photo && { photo }), ...(sender && { sender }) };
}

/** The largest of the sizes in which Telegram keeps a picture. */
const photoOf = ({ photo }: Pick<Message, "photo">): string | undefined => photo?.at(-1)?.file_id;

/**
 * The words without our name, where they are addressed to us by it: "/open@our_bot apples" is "/open apples".
 *
 * @returns undefined for a command to another bot
 */
function forUs(
  words: string,
  { entities, caption_entities }: Message,
  ourName: string,
): Pick<TextIn, "text" | "toUs"> | undefined {
  const text = cleanText(words);
  const isOurs = (name: string) => name.toLowerCase() === ourName.toLowerCase();
  const [, command, name, rest] = /^(\/[^\s@]+)@(\w+)(.*)$/s.exec(text) ?? [];
  if (command !== undefined && name !== undefined && rest !== undefined) {
    if (isOurs(name)) return { text: /^\S/.test(rest) ? `${command} ${rest}` : command + rest, toUs: true };
    // Telegram marks commands in latin letters only: "/开团@302室" is words.
    const marked = (entities ?? caption_entities ?? []).some(({ type, offset }) => type === "bot_command" && !offset);
    return marked ? undefined : { text };
  }
  const [, mentioned, said] = /^@(\w+)[\s,，:：]+(.+)$/s.exec(text) ?? [];
  return mentioned !== undefined && said !== undefined && isOurs(mentioned) ? { text: said, toUs: true } : { text };
}

function toChat(chat: TelegramChat): ChatRef | undefined {
  if (chat.type === "channel") return undefined;
  if (chat.type === "private") return { id: String(chat.id), kind: "direct" };
  return { id: String(chat.id), kind: "group", title: cleanText(chat.title) };
}

function toSender({ id, first_name, last_name, language_code }: User): Sender {
  return {
    id: String(id),
    name: cleanText(last_name ? `${first_name} ${last_name}` : first_name),
    ...(language_code && { language: language_code.toLowerCase() }),
  };
}

/** Telegram counts seconds, Date milliseconds. */
const instant = (seconds: number) => new Date(seconds * 1000);
