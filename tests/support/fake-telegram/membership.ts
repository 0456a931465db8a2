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
  const { bot } = world;
  const user: User = { id: bot.id, is_bot: true, first_name: bot.first_name, username: bot.username };
  const membership = world.botIn(chat) ?? {
    user,
    status: chat.type === "private" ? "member" : "left",
    anonymous: false,
  };
  chat.members.set(bot.id, membership);
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

const toChatMember = ({ user, status, anonymous }: FakeMember) =>
  ({ user, status, ...(status === "administrator" && { is_anonymous: anonymous }) }) as ChatMember;
