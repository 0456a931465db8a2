/**
 * The objects of the Bot API as it documents them, as far as the fake sends them: each field with its kind, "?" behind those
 * that may be left out. Where an object comes in several kinds, a field of it says which.
 *
 * @source core.telegram.org/bots/api, "Available types" and "Getting updates", Bot API 10.3
 */
const OBJECTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Update: {
    update_id: "number",
    message: "Message?",
    edited_message: "Message?",
    callback_query: "CallbackQuery?",
    message_reaction: "MessageReactionUpdated?",
    my_chat_member: "ChatMemberUpdated?",
    chat_member: "ChatMemberUpdated?",
  },
  User: {
    ...{ id: "number", is_bot: "boolean", first_name: "string", last_name: "string?", username: "string?" },
    ...{ language_code: "string?", is_premium: "true?", added_to_attachment_menu: "true?" },
  },
  Bot: {
    ...{ id: "number", is_bot: "true", first_name: "string", username: "string", can_join_groups: "boolean" },
    ...{
      can_read_all_group_messages: "boolean",
      supports_inline_queries: "boolean",
      supports_guest_queries: "boolean?",
    },
    ...{ can_connect_to_business: "boolean", has_main_web_app: "boolean", has_topics_enabled: "boolean" },
    ...{
      allows_users_to_create_topics: "boolean",
      can_manage_bots: "boolean",
      supports_join_request_queries: "boolean",
    },
  },
  "Chat private": { id: "number", type: "string", first_name: "string", last_name: "string?", username: "string?" },
  "Chat group": { id: "number", type: "string", title: "string" },
  "Chat supergroup": { id: "number", type: "string", title: "string", username: "string?", is_forum: "true?" },
  "Chat channel": { id: "number", type: "string", title: "string", username: "string?" },
  Message: {
    ...{ message_id: "number", message_thread_id: "number?", from: "User?", sender_chat: "Chat?", date: "number" },
    ...{ chat: "Chat", is_topic_message: "boolean?", is_automatic_forward: "true?", reply_to_message: "Message?" },
    ...{ receiver_user: "User?", ephemeral_message_id: "number?", edit_date: "number?", author_signature: "string?" },
    ...{ media_group_id: "string?", text: "string?", entities: "MessageEntity[]?", caption: "string?" },
    ...{ caption_entities: "MessageEntity[]?", photo: "PhotoSize[]?", document: "Document?" },
    ...{ reply_markup: "InlineKeyboardMarkup?", forum_topic_created: "ForumTopicCreated?" },
    ...{ migrate_to_chat_id: "number?", migrate_from_chat_id: "number?" },
  },
  "MessageEntity mention": { type: "string", offset: "number", length: "number" },
  "MessageEntity bot_command": { type: "string", offset: "number", length: "number" },
  PhotoSize: {
    ...{ file_id: "string", file_unique_id: "string", width: "number", height: "number", file_size: "number?" },
  },
  Document: {
    ...{
      file_id: "string",
      file_unique_id: "string",
      file_name: "string?",
      mime_type: "string?",
      file_size: "number?",
    },
  },
  ForumTopicCreated: { name: "string", icon_color: "number", icon_custom_emoji_id: "string?" },
  InlineKeyboardMarkup: { inline_keyboard: "InlineKeyboardButton[][]" },
  InlineKeyboardButton: { text: "string", callback_data: "string?", url: "string?" },
  CallbackQuery: { id: "string", from: "User", message: "Message?", chat_instance: "string", data: "string?" },
  MessageReactionUpdated: {
    ...{ chat: "Chat", message_id: "number", user: "User?", actor_chat: "Chat?", date: "number" },
    ...{ old_reaction: "ReactionType[]", new_reaction: "ReactionType[]" },
  },
  "ReactionType emoji": { type: "string", emoji: "string" },
  ChatMemberUpdated: {
    ...{ chat: "Chat", from: "User", date: "number", old_chat_member: "ChatMember", new_chat_member: "ChatMember" },
  },
  "ChatMember creator": { status: "string", user: "User", is_anonymous: "boolean", custom_title: "string?" },
  "ChatMember administrator": {
    ...{
      status: "string",
      user: "User",
      can_be_edited: "boolean",
      is_anonymous: "boolean",
      can_manage_chat: "boolean",
    },
    ...{ can_delete_messages: "boolean", can_manage_video_chats: "boolean", can_restrict_members: "boolean" },
    ...{ can_promote_members: "boolean", can_change_info: "boolean", can_invite_users: "boolean" },
    ...{ can_post_stories: "boolean", can_edit_stories: "boolean", can_delete_stories: "boolean" },
    ...{ can_pin_messages: "boolean?", can_manage_topics: "boolean?", can_send_welcome_messages: "boolean" },
  },
  "ChatMember member": { status: "string", user: "User", until_date: "number?" },
  "ChatMember left": { status: "string", user: "User" },
  "ChatMember kicked": { status: "string", user: "User", until_date: "number" },
  WebhookInfo: {
    ...{ url: "string", has_custom_certificate: "boolean", pending_update_count: "number" },
    ...{ last_error_date: "number?", last_error_message: "string?" },
  },
  Answer: { ok: "true", result: "any" },
  Refusal: { ok: "false", error_code: "number", description: "string", parameters: "ResponseParameters?" },
  ResponseParameters: { migrate_to_chat_id: "number?", retry_after: "number?" },
};

/** The field that says which kind of an object it is. */
const KINDS: Readonly<Record<string, string>> = {
  Chat: "type",
  MessageEntity: "type",
  ReactionType: "type",
  ChatMember: "status",
};

/** What of a value is not as the Bot API documents it: where, and what is there. Nothing: all of it is. */
export function undocumented(kind: string, value: unknown, where = kind): readonly string[] {
  if (kind.endsWith("[]")) {
    if (!Array.isArray(value)) return [`${where} is no list`];
    return value.flatMap((each, index) => undocumented(kind.slice(0, -2), each, `${where}[${index}]`));
  }
  if (kind === "any") return [];
  if (kind === "true" || kind === "false") return String(value) === kind ? [] : [`${where} is not ${kind}`];
  if (/^(number|string|boolean)$/.test(kind)) {
    const isRight = typeof value === kind && (kind !== "number" || Number.isSafeInteger(value));
    return isRight ? [] : [`${where} is no ${kind}: ${JSON.stringify(value)}`];
  }
  if (typeof value !== "object" || value === null) return [`${where} is no ${kind}`];
  const given = value as Readonly<Record<string, unknown>>;
  const name = KINDS[kind] ? `${kind} ${String(given[KINDS[kind]])}` : kind;
  const fields = OBJECTS[name];
  if (!fields) return [`${where}: there is no ${name}`];
  const strange = Object.keys(given).filter((field) => !(field in fields) && given[field] !== undefined);
  return [
    ...strange.map((field) => `${where} has no ${field}`),
    ...Object.entries(fields).flatMap(([field, wanted]) => {
      const isOptional = wanted.endsWith("?");
      if (given[field] === undefined) return isOptional ? [] : [`${where} lacks ${field}`];
      return undocumented(isOptional ? wanted.slice(0, -1) : wanted, given[field], `${where}.${field}`);
    }),
  ];
}
