import { type Adapter, type Content, SendFault, type Whisper } from "../../bot/ports.ts";
import { checkContent } from "./limits.ts";
import type { Mentioned, Outbox } from "./outbox.ts";
import type { Recent } from "./recent.ts";

export type Sending = Pick<Adapter, "post" | "edit" | "react" | "whisper" | "answerPress" | "pin">;

export interface SendContext {
  readonly outbox: Outbox;
  readonly recent: Recent;
  /** A person of a room as the room calls them; undefined where they are not there any more. */
  memberOf(room: string, person: string): Promise<Mentioned | undefined>;
  /** Whether the account may write to a person outside of rooms. */
  isFriend(person: string): Promise<boolean>;
  newId(): string;
}

export function createSending({ outbox, recent, memberOf, isFriend, newId }: SendContext): Sending {
  const never = async (what: string): Promise<never> => {
    throw new SendFault("refused", `WeChat knows no ${what}.`);
  };

  /** WeChat cannot answer a message, and often does not say what became of ours: then it gets an id of our own. */
  async function post(chat: string, content: Content): Promise<{ id: string }> {
    checkContent(content);
    const id = (await outbox.say({ to: chat, text: content.text, mentions: [], first: true })) ?? `own-${newId()}`;
    recent.add(chat, { id, text: content.text });
    return { id };
  }

  /** To friends alone; to everybody else with an @ in the room, together with what else waits to be said there. */
  async function whisper({ chat, to }: Whisper, content: Content): Promise<void> {
    checkContent(content);
    if (chat === to || (await isFriend(to))) {
      await outbox.say({ to, text: content.text, mentions: [], first: false });
      return;
    }
    const member = await memberOf(chat, to);
    await outbox.say({ to: chat, text: content.text, mentions: member ? [member] : [], first: false });
  }

  return {
    post,
    whisper,
    edit: () => never("edits"),
    react: () => never("reactions"),
    answerPress: () => never("buttons"),
    pin: () => never("pins"),
  };
}
