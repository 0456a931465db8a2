import fc from "fast-check";
import type { Message, Update, User } from "grammy/types";
import { describe, expect, test } from "vitest";
import { allowedUpdates, toIncoming } from "../../../adapters/telegram/receive.ts";
import { anyText } from "../../support/any-text.ts";

const now = new Date("2026-11-22T12:00:00Z");
const said = 1_795_348_800; // 2026-11-22T12:00:00Z in Telegram's seconds
const me = { username: "PlusoneBot", can_read_all_group_messages: true };
const group = { id: -1_001_234, type: "supergroup" as const, title: "Green Court" };
const lin: User = { id: 501, is_bot: false, first_name: "Lin", last_name: "Wu", language_code: "zh-hans" };
const read = (update: Partial<Update>) => toIncoming({ update_id: 9001, ...update } as Update, { me, now });
const message = (more: Partial<Message>) =>
  read({ message: { message_id: 42, date: said, chat: group, from: lin, ...more } as NonNullable<Update["message"]> });

describe("a message", () => {
  test("brings who, where, when and what", () => {
    expect(message({ text: "苹果+2" })).toEqual({
      type: "text",
      platform: "telegram",
      chat: { id: "-1001234", kind: "group", title: "Green Court" },
      id: "42",
      position: 42,
      sender: { id: "501", name: "Lin Wu", language: "zh-hans" },
      text: "苹果+2",
      sentAt: now,
    });
  });

  test("in private is said in the chat of that one person", () => {
    const chat = { id: 501, type: "private" as const, first_name: "Lin" };

    expect(message({ text: "/my", chat })).toMatchObject({ chat: { id: "501", kind: "direct" }, text: "/my" });
  });

  const photo = [{ file_id: "f", file_unique_id: "u", width: 1, height: 1 }];
  const ours = { id: 7, is_bot: true, first_name: "Plusone" };
  const original = { message_id: 40, date: said, chat: group, from: ours };
  const command = (length: number) => [{ type: "bot_command" as const, offset: 0, length }];
  const rows: { more: Partial<Message>; reads: object | undefined; why: string }[] = [
    { more: { caption: "+2 apples", photo }, reads: { text: "+2 apples" }, why: "the words under a photo are words" },
    { more: { photo }, reads: undefined, why: "a photo without words says nothing" },
    {
      more: {
        photo,
        reply_to_message: {
          ...original,
          from: { ...ours, username: "PlusoneBot" },
          text: "To pay: $6",
        } as Message["reply_to_message"] & object,
      },
      reads: { text: "", photo: "f", replyTo: { id: "40" } },
      why: "one that answers us may be a proof",
    },
    {
      more: {
        photo,
        reply_to_message: {
          ...original,
          from: { ...ours, is_bot: false, username: "ben" },
          text: "Look",
        } as Message["reply_to_message"] & object,
      },
      reads: undefined,
      why: "one that answers a neighbour is talk",
    },
    {
      more: {
        text: "+2",
        reply_to_message: { ...original, text: "Apples\n0 kg" } as Message["reply_to_message"] & object,
      },
      reads: { replyTo: { id: "40", text: "Apples\n0 kg" } },
      why: "a reply brings what it replies to",
    },
    {
      more: {
        text: "+2",
        reply_to_message: { ...original, caption: "Pears", photo } as Message["reply_to_message"] & object,
      },
      reads: { replyTo: { id: "40", text: "Pears" } },
      why: "the post that is replied to may be a photo",
    },
    {
      more: { text: "/tally@plusonebot", entities: command(17) },
      reads: { text: "/tally", toUs: true },
      why: "our name is left out",
    },
    {
      more: { text: "/open@PlusoneBot Apples\n$3", entities: command(16) },
      reads: { text: "/open Apples\n$3" },
      why: "and what stands behind it is kept",
    },
    {
      more: { text: "/start@PlusoneBot buys", entities: command(17) },
      reads: { text: "/start buys" },
      why: "what the link says by which we were added",
    },
    { more: { text: "/open@OtherBot Apples", entities: command(14) }, reads: undefined, why: "meant for another bot" },
    { more: { text: "/开团@PlusoneBot苹果" }, reads: { text: "/开团 苹果" }, why: "Chinese needs no space" },
    { more: { text: "/开团@302室 苹果" }, reads: { text: "/开团@302室 苹果" }, why: "no name of a bot" },
    { more: { text: "@PlusoneBot 苹果+2" }, reads: { text: "苹果+2", toUs: true }, why: "addressed to us" },
    { more: { text: "@mei +2 for you?" }, reads: { text: "@mei +2 for you?" }, why: "addressed to a neighbour" },
    { more: { text: "a\0b\uD83C" }, reads: { text: "ab\uFFFD" }, why: "no database holds a NUL or half an emoji" },
    { more: { text: "🍎" }, reads: { text: "🍎" }, why: "a whole emoji is kept" },
    {
      more: { text: "/close", from: { id: 1_087_968_824, is_bot: true, first_name: "Group" }, sender_chat: group },
      reads: { sender: { id: "-1001234", name: "Green Court", anonymous: true } },
      why: "an administrator who does not show themselves speaks for the group",
    },
    {
      more: {
        text: "Apples!",
        from: { id: 777_000, is_bot: false, first_name: "Telegram" },
        sender_chat: { id: -1_009, type: "channel", title: "News" },
        is_automatic_forward: true,
      },
      reads: undefined,
      why: "a post of the linked channel is nobody's",
    },
    {
      more: {
        text: "+1",
        from: { id: 136_817_688, is_bot: true, first_name: "Channel" },
        sender_chat: { id: -1_008, type: "channel", title: "Lin's channel" },
      },
      reads: undefined,
      why: "who writes as a channel cannot be known again",
    },
    { more: { text: "+1", from: { id: 8, is_bot: true, first_name: "Other" } }, reads: undefined, why: "another bot" },
    { more: { new_chat_members: [lin] }, reads: undefined, why: "somebody joined" },
    { more: { photo: [], media_group_id: "7", caption: "+2" }, reads: { text: "+2" }, why: "the words of an album" },
    { more: { photo: [], media_group_id: "7" }, reads: undefined, why: "the other pictures of an album" },
    {
      more: { migrate_to_chat_id: -1_009_999 },
      reads: { type: "moved", from: "-1001234", to: "-1009999" },
      why: "the group's last word: it is a supergroup now",
    },
    {
      more: { migrate_from_chat_id: -99 },
      reads: { type: "moved", from: "-99", to: "-1001234" },
      why: "and the supergroup's first",
    },
    {
      more: { text: "红的", message_id: 0, ephemeral_message_id: 3, receiver_user: ours },
      reads: { id: `only-3-${said}`, text: "红的" },
      why: "an answer that we alone see has a number of its own",
    },
    { more: { text: "later", message_id: 0 }, reads: undefined, why: "a message that is not sent yet" },
  ];
  for (const { more, reads, why } of rows) {
    test(`${JSON.stringify(more.text ?? more.caption ?? Object.keys(more)[0])}: ${why}`, () => {
      if (reads) expect(message(more)).toMatchObject(reads);
      else expect(message(more)).toBeUndefined();
    });
  }
});

test("what is said in a topic says in which, and so does a button there; a thread of replies is none", () => {
  const inTopic = { message_id: 40, date: said, chat: group, message_thread_id: 30, is_topic_message: true };
  const callback_query = { id: "9", from: lin, chat_instance: "x", data: "my", message: inTopic };

  expect(message({ text: "+2", message_thread_id: 30, is_topic_message: true })).toMatchObject({ topic: "30" });
  expect(message({ text: "+2", message_thread_id: 30 })).not.toHaveProperty("topic");
  expect(read({ callback_query } as Partial<Update>)).toMatchObject({ message: "40", topic: "30" });
});

test("in a topic, what replies to nothing claims to reply to the topic's first message, and is believed not to", () => {
  const first = {
    message_id: 40,
    date: said,
    chat: group,
    forum_topic_created: { name: "Fruit", icon_color: 7_322_096 },
  };
  const replied = first as NonNullable<Message["reply_to_message"]>;

  const heard = message({ text: "+2", message_thread_id: 40, is_topic_message: true, reply_to_message: replied });

  expect(heard).toMatchObject({ text: "+2" });
  expect(heard).not.toHaveProperty("replyTo");
});

describe("an edit", () => {
  const edited = (more: Partial<Message>) =>
    read({
      edited_message: {
        message_id: 42,
        date: said,
        edit_date: said + 60,
        chat: group,
        from: lin,
        ...more,
      } as NonNullable<Update["edited_message"]>,
    });

  test("is the whole message anew, said when it was first said", () => {
    expect(edited({ text: "苹果+3" })).toMatchObject({
      type: "edit",
      id: "42",
      text: "苹果+3",
      sentAt: now,
      editedAt: new Date("2026-11-22T12:01:00Z"),
      order: 9001,
    });
  });

  test("that leaves a photo without words takes back what was said", () => {
    expect(edited({ photo: [] })).toMatchObject({ type: "edit", id: "42", text: "" });
  });

  test("of a live location says nothing", () => {
    expect(edited({ location: { latitude: 1, longitude: 2 } })).toBeUndefined();
  });
});

describe("a pressed button", () => {
  const carrier: Message = { message_id: 40, date: said, chat: group };
  const press = { id: "p1", from: lin, message: carrier, chat_instance: "c", data: "open:7" };

  test("brings the message that carries it, and what it stands for", () => {
    expect(read({ callback_query: press })).toEqual({
      type: "button",
      platform: "telegram",
      chat: { id: "-1001234", kind: "group", title: "Green Court" },
      id: "p1",
      sender: { id: "501", name: "Lin Wu", language: "zh-hans" },
      message: "40",
      data: "open:7",
      pressedAt: now,
    });
  });

  test("was pressed in whole seconds, or what is said in the same second would seem to come before it", () => {
    const heard = toIncoming({ update_id: 1, callback_query: press }, { me, now: new Date(now.getTime() + 999) });

    expect(heard).toMatchObject({ pressedAt: now });
  });

  test("under a message too old to be shown is a press all the same", () => {
    const message = { chat: group, message_id: 40, date: 0 as const };

    expect(read({ callback_query: { ...press, message } })).toMatchObject({ message: "40" });
  });

  test("in a message that was sent by way of another chat is none of ours", () => {
    const { message: _, ...elsewhere } = press;

    expect(read({ callback_query: { ...elsewhere, inline_message_id: "i" } })).toBeUndefined();
  });
});

describe("a reaction", () => {
  const like = { type: "emoji" as const, emoji: "👍" as const };
  const own = { type: "custom_emoji" as const, custom_emoji_id: "5" };
  const reaction = { chat: group, message_id: 40, date: said, old_reaction: [], new_reaction: [like, own] };
  const reads = (more: object) =>
    read({ message_reaction: { ...reaction, ...more } as Update["message_reaction"] & object });

  test("tells who has put which emoji under what", () => {
    expect(reads({ user: lin })).toEqual({
      type: "reacted",
      platform: "telegram",
      chat: { id: "-1001234", kind: "group", title: "Green Court" },
      id: "reacted-9001",
      sender: { id: "501", name: "Lin Wu", language: "zh-hans" },
      message: "40",
      emoji: ["👍"],
      reactedAt: now,
    });
    expect(reads({ user: lin, new_reaction: [] })).toMatchObject({ emoji: [] });
  });

  test("in the group's name is the group's; of a channel it is nobody's", () => {
    expect(reads({ actor_chat: group })).toMatchObject({ sender: { id: "-1001234", anonymous: true } });
    expect(reads({ actor_chat: { id: -1_009, type: "channel", title: "News" } })).toBeUndefined();
  });
});

describe("a change of our membership", () => {
  const rows = [
    { from: "left", to: "member", change: "added", why: "somebody added us" },
    { from: "kicked", to: "administrator", change: "added", why: "added again, with rights at once" },
    { from: "member", to: "kicked", change: "removed", why: "somebody removed us" },
    { from: "administrator", to: "left", change: "removed", why: "the group was left" },
    { from: "member", to: "administrator", change: undefined, why: "a promotion: we were there already" },
  ];
  for (const { from, to, change, why } of rows) {
    test(`${from} → ${to}: ${change ?? "nothing"} (${why})`, () => {
      const member = (status: string) => ({ status, user: { id: 7, is_bot: true, first_name: "Plusone" } });

      const heard = read({
        my_chat_member: {
          chat: group,
          from: lin,
          date: said,
          old_chat_member: member(from),
          new_chat_member: member(to),
        } as NonNullable<Update["my_chat_member"]>,
      });

      if (!change) return expect(heard).toBeUndefined();
      expect(heard).toEqual({
        type: "membership",
        platform: "telegram",
        chat: { id: "-1001234", kind: "group", title: "Green Court" },
        id: "membership-9001",
        change,
        sender: { id: "501", name: "Lin Wu", language: "zh-hans" },
        at: now,
      });
    });
  }
});

describe("in privacy mode, with which bots are born", () => {
  const added = (status: string, chat: object) =>
    toIncoming(
      {
        update_id: 9001,
        my_chat_member: {
          chat,
          from: lin,
          date: said,
          old_chat_member: { status: "left" },
          new_chat_member: { status },
        } as NonNullable<Update["my_chat_member"]>,
      },
      { me: { ...me, can_read_all_group_messages: false }, now },
    );

  test("who is added as an ordinary member hears only what is meant for it", () => {
    expect(added("member", group)).toMatchObject({ change: "added", blind: true });
  });

  const promoted = (from: string, to: string) =>
    toIncoming(
      {
        update_id: 9002,
        my_chat_member: {
          chat: group,
          from: lin,
          date: said,
          old_chat_member: { status: from },
          new_chat_member: { status: to },
        } as NonNullable<Update["my_chat_member"]>,
      },
      { me: { ...me, can_read_all_group_messages: false }, now },
    );

  test("who is made an administrator hears everything from now on, and who is none any more does not", () => {
    const heard = promoted("member", "administrator");

    expect(heard).toMatchObject({ type: "membership", change: "hearing", id: "membership-9002" });
    expect(heard).not.toHaveProperty("blind");
    expect(promoted("administrator", "member")).toMatchObject({ change: "hearing", blind: true });
    expect(promoted("member", "member")).toBeUndefined();
  });

  test("an administrator hears everything", () => {
    expect(added("administrator", group)).not.toHaveProperty("blind");
  });

  test("and so does everybody in private", () => {
    expect(added("member", { id: 501, type: "private", first_name: "Lin" })).not.toHaveProperty("blind");
  });
});

test("what is asked for is what is read, and how the list of administrators is known to be old", () => {
  expect([...allowedUpdates].sort()).toEqual([
    "callback_query",
    "chat_member",
    "edited_message",
    "message",
    "message_reaction",
    "my_chat_member",
  ]);
});

test("any text whatever is read without its NULs, and nothing in it is half a character", () => {
  fc.assert(
    fc.property(anyText(), fc.constantFrom("", "\0", "\uDC00", "\uD800"), (text, odd) => {
      const heard = message({ text: `x${text}${odd}${text}` });

      if (heard?.type !== "text") return expect(heard).toBeUndefined();
      expect(heard.text).not.toContain("\0");
      expect(Buffer.from(heard.text, "utf8").toString("utf8")).toBe(heard.text);
    }),
  );
});
