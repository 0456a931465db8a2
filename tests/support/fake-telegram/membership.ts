import type { ChatMember, ChatMemberUpdated, User } from "grammy/types";
import type { FakeChat, FakeMember, FakeMessage } from "./chats.ts";
import type { FakeWorld } from "./world.ts";

/** Something that happened; `confirmed` resolves when the bot has confirmed that it was told. */
export interface Happened {
  readonly confirmed: Promise<void>;
}

/** Privacy mode keeps from a bot what is not meant for it, unless it is an administrator. @source core.telegram.org/bots/features */
export function botSees(world: FakeWorld, { chat, text, replyTo, onlyFor, more }: FakeMessage): boolean {
  const status = world.botIn(chat)?.status;
  if (chat.type === "private") return true;
  if (!status || status === "left" || status === "kicked") return false;
  if (world.bot.can_read_all_group_messages || status === "administrator" || onlyFor) return true;
  if (more.migrate_to_chat_id || more.migrate_from_chat_id || replyTo?.from.id === world.bot.id) return true;
  return text.startsWith("/") && (!/^\/\w+@/.test(text) || text.includes(`@${world.bot.username}`));
}

export function changeBot(world: FakeWorld, chat: FakeChat, by: User, status: FakeMember["status"]): Happened {
  const membership = world.botIn(chat) ?? {
    user: world.me,
    status: chat.type === "private" ? "member" : "left",
    anonymous: false,
  };
  chat.members.set(world.me.id, membership);
  const update = memberUpdate(world, chat, by, membership, status);
  return { confirmed: world.updates.push("my_chat_member", { my_chat_member: update }) };
}

export function memberUpdate(
  world: FakeWorld,
  chat: FakeChat,
  from: User,
  member: FakeMember,
  status: FakeMember["status"],
): ChatMemberUpdated {
  const before = toChatMember(member);
  member.status = status;
  world.changed();
  return {
    chat: chat.toJson(),
    from,
    date: world.seconds(),
    old_chat_member: before,
    new_chat_member: toChatMember(member),
  };
}

/** A member as it stands in updates and results: an administrator with the rights that most have. */
export function toChatMember({ user, status, anonymous }: FakeMember): ChatMember {
  switch (status) {
    case "creator":
      return { status, user, is_anonymous: anonymous };
    case "administrator":
      return {
        ...{ status, user, can_be_edited: false, is_anonymous: anonymous, can_manage_chat: true },
        ...{ can_delete_messages: true, can_manage_video_chats: true, can_restrict_members: true },
        ...{ can_promote_members: false, can_change_info: true, can_invite_users: true, can_pin_messages: true },
        ...{ can_post_stories: false, can_edit_stories: false, can_delete_stories: false, can_manage_topics: false },
        can_send_welcome_messages: false,
      };
    case "kicked":
      return { status, user, until_date: 0 };
    default:
      return { status, user };
  }
}
