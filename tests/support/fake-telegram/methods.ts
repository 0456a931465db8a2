import type { InlineKeyboardButton } from "grammy/types";
import type { FakeChat, FakeMessage } from "./chats.ts";
import { badRequest } from "./faults.ts";
import { toChatMember } from "./membership.ts";
import { reactionEmoji } from "./reactions.ts";
import type { UpdateKind } from "./updates.ts";
import type { FakeWorld } from "./world.ts";

/** A call's arguments, as they came: unchecked. */
export type Args = Readonly<Record<string, unknown>>;

/** What the Bot API does, method by method, except `getUpdates`, which is held. @source core.telegram.org/bots/api */
export const methods: Readonly<Record<string, (world: FakeWorld, args: Args) => unknown>> = {
  getMe: (world) => world.bot,

  sendMessage(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    const text = readText(args, "message is too long");
    const buttons = readButtons(args);
    const replyTo = readReply(chat, args);
    const onlyFor = readReceiver(world, chat, args);
    const message = chat.add({
      from: world.me,
      date: world.seconds(),
      text,
      buttons,
      replyTo,
      topic: readTopic(chat, args, replyTo),
      onlyFor,
    });
    world.changed();
    return message.toJson();
  },

  sendPhoto(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    const photo = args["photo"] as string | { data: Buffer } | undefined;
    const file_id = typeof photo === "object" ? world.keepPhoto(photo.data) : String(photo);
    if (!world.photos.has(file_id)) throw badRequest("wrong file identifier/HTTP URL specified");
    const replyTo = readReply(chat, args);
    const onlyFor = readReceiver(world, chat, args);
    const message = chat.add({
      from: world.me,
      date: world.seconds(),
      text: readCaption(args),
      buttons: readButtons(args),
      replyTo,
      topic: readTopic(chat, args, replyTo),
      onlyFor,
      more: { photo: [{ file_id, file_unique_id: file_id, width: 90, height: 90 }] },
    });
    world.changed();
    return message.toJson();
  },

  sendDocument(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    const file = args["document"] as { name: string; data: Buffer } | undefined;
    if (!file?.data?.length) throw badRequest("file must be non-empty");
    const more = {
      document: { file_id: "document", file_unique_id: "document", file_name: file.name, file_size: file.data.length },
    };
    const said = { from: world.me, date: world.seconds(), text: readCaption(args) };
    const message = chat.add({ ...said, topic: readTopic(chat, args, undefined), more });
    world.changed();
    return message.toJson();
  },

  editMessageCaption(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    const message = chat.find(Number(args["message_id"]));
    if (!message) throw badRequest("message to edit not found");
    if (!message.more.photo) throw badRequest("there is no caption in the message to edit");
    return changed(world, message, readCaption(args), args);
  },

  editMessageText(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    const message = chat.find(Number(args["message_id"]));
    if (!message) throw badRequest("message to edit not found");
    if (message.from.id !== world.bot.id) throw badRequest("message can't be edited");
    if (message.more.photo) throw badRequest("there is no text in the message to edit");
    return changed(world, message, readText(args, "MESSAGE_TOO_LONG"), args);
  },

  deleteMessage(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    const message = chat.find(Number(args["message_id"]));
    if (!message) throw badRequest("message to delete not found");
    if (message.from.id !== world.bot.id && world.botIn(chat)?.status !== "administrator") {
      throw badRequest("message can't be deleted");
    }
    message.deleted = true;
    world.changed();
    return true;
  },

  setMessageReaction(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    const message = chat.find(Number(args["message_id"]));
    if (!message) throw badRequest("message to react not found");
    const wanted = (args["reaction"] ?? []) as readonly { type: string; emoji: string }[];
    // Bots may set one reaction each, and only from Telegram's list.
    const allowed = chat.reactions ?? reactionEmoji;
    if (wanted.length > 1 || wanted.some(({ emoji }) => !allowed.includes(emoji))) {
      throw badRequest("REACTION_INVALID");
    }
    message.reactions.set(
      world.bot.id,
      wanted.map(({ emoji }) => emoji),
    );
    world.changed();
    return true;
  },

  answerCallbackQuery(world, args) {
    const press = world.presses.get(String(args["callback_query_id"]));
    if (!press || press.answer !== undefined) {
      throw badRequest("query is too old and response timeout expired or query ID is invalid");
    }
    const text = String(args["text"] ?? "");
    if (text.length > 200) throw badRequest("MESSAGE_TOO_LONG");
    press.answer = text;
    press.alert = args["show_alert"] === true;
    world.changed();
    return true;
  },

  pinChatMessage(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    const message = chat.find(Number(args["message_id"]));
    if (!message) throw badRequest("message to pin not found");
    if (chat.type !== "private" && world.botIn(chat)?.status !== "administrator") {
      throw badRequest("not enough rights to manage pinned messages in the chat");
    }
    chat.pinned = message;
    world.changed();
    return true;
  },

  getChat(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    return { ...chat.toJson(), accent_color_id: 0, max_reaction_count: 11 };
  },

  getChatAdministrators(world, args) {
    const chat = world.chatForBot(args["chat_id"]);
    if (chat.type === "private") throw badRequest("there are no administrators in the private chat");
    return [...chat.members.values()]
      .filter(({ status }) => status === "creator" || status === "administrator")
      .map(toChatMember);
  },

  deleteMyCommands(world, args) {
    world.commands.delete(menuKey(args));
    return true;
  },

  setMyCommands(world, args) {
    const commands = (args["commands"] ?? []) as readonly { command: string; description: string }[];
    if (commands.length > 100) throw badRequest("BOT_COMMANDS_TOO_MUCH");
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
      if (!description || description.length > 256) throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
    }
    world.commands.set(menuKey(args), commands);
    return true;
  },

  setWebhook(world, args) {
    const url = String(args["url"] ?? "");
    const secret = args["secret_token"] as string | undefined;
    // A server of one's own takes http on its own machine. @source tdlib/telegram-bot-api, README, --local
    if (url !== "" && !/^https:|^http:\/\/127\.0\.0\.1[:/]/.test(url)) {
      throw badRequest("bad webhook: An HTTPS URL must be provided for webhook");
    }
    if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret)) {
      throw badRequest("secret token contains unallowed characters");
    }
    if (args["allowed_updates"]) world.updates.allow(args["allowed_updates"] as readonly UpdateKind[]);
    if (args["drop_pending_updates"] === true) world.updates.drop();
    world.updates.interruptPoll();
    world.webhook = url;
    if (url === "") world.webhooks.stop();
    else {
      const most = args["max_connections"] as number | undefined;
      world.webhooks.start(url, { ...(secret !== undefined && { secret }), ...(most && { most }) });
    }
    return true;
  },

  deleteWebhook(world, args) {
    world.webhook = "";
    world.webhooks.stop();
    if (args["drop_pending_updates"] === true) world.updates.drop();
    return true;
  },

  getWebhookInfo({ webhook, webhooks, updates }) {
    const { lastError } = webhooks;
    return {
      url: webhook,
      has_custom_certificate: false,
      pending_update_count: updates.pending.length,
      ...(lastError && { last_error_date: lastError.date, last_error_message: lastError.message }),
    };
  },
};

/** A menu is set for whom and in which language. */
function menuKey(args: Args): string {
  const scope = JSON.stringify(args["scope"] ?? { type: "default" });
  return `${scope} ${String(args["language_code"] ?? "")}`.trim();
}

function changed(world: FakeWorld, message: FakeMessage, text: string, args: Args): unknown {
  if (!message.change(text, readButtons(args), world.seconds())) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  }
  world.changed();
  return message.toJson();
}

function readCaption(args: Args): string {
  const caption = String(args["caption"] ?? "").trim();
  if (caption.length > 1024) throw badRequest("message caption is too long");
  return caption;
}

function readText(args: Args, tooLong: string): string {
  const text = String(args["text"] ?? "").trim();
  if (text === "") throw badRequest("message text is empty");
  if (text.length > 4096) throw badRequest(tooLong);
  return text;
}

function readButtons(args: Args): readonly (readonly InlineKeyboardButton[])[] {
  const markup = args["reply_markup"] as { inline_keyboard?: InlineKeyboardButton[][] } | undefined;
  const rows = markup?.inline_keyboard ?? [];
  for (const button of rows.flat()) {
    const bytes = "callback_data" in button ? Buffer.byteLength(String(button.callback_data)) : 1;
    if (bytes < 1 || bytes > 64) throw badRequest("BUTTON_DATA_INVALID");
    if (!button.text) throw badRequest("text buttons are unallowed in the inline keyboard");
  }
  return rows;
}

function readReply(chat: FakeChat, args: Args): FakeMessage | undefined {
  const reply = args["reply_parameters"] as
    | { message_id?: number; ephemeral_message_id?: number; allow_sending_without_reply?: boolean }
    | undefined;
  if (!reply) return undefined;
  const message = reply.ephemeral_message_id
    ? chat.messages.find(({ ephemeralId }) => ephemeralId === reply.ephemeral_message_id)
    : chat.find(Number(reply.message_id));
  // In topics the permission to do without the reply is not heard. @source ReplyParameters
  if (!message && (!reply.allow_sending_without_reply || chat.topics.size > 0 || reply.ephemeral_message_id)) {
    throw badRequest("message to be replied not found");
  }
  return message;
}

/** A reply goes where the replied message is, whatever else is asked. @source tdlib/telegram-bot-api, issue 447 */
function readTopic(chat: FakeChat, args: Args, replyTo: FakeMessage | undefined): number | undefined {
  const topic = args["message_thread_id"];
  if (topic !== undefined && !chat.topics.has(Number(topic))) throw badRequest("message thread not found");
  const where = replyTo ? replyTo.topic : (topic as number | undefined);
  if (where !== undefined && chat.closedTopics.has(where)) throw badRequest("TOPIC_CLOSED");
  return where;
}

function readReceiver(world: FakeWorld, chat: FakeChat, args: Args) {
  const wanted = args["ephemeral_message_parameters"] as { receiver_user_id: number } | undefined;
  if (!wanted || !world.ephemeral) return undefined;
  const receiver = chat.members.get(wanted.receiver_user_id);
  if (chat.type === "private" || !receiver || receiver.status === "left" || receiver.status === "kicked") {
    throw badRequest("user not found");
  }
  return receiver.user;
}
