import {
  type Adapter,
  type Content,
  type Document,
  inPublic,
  type Mentions,
  SendFault,
  type Whisper,
} from "../../bot/ports.ts";
import { qrPicture } from "../../bot/qr-picture.ts";
import { checkContent } from "./limits.ts";
import { type Mentioned, named, type Outbox, type Saying } from "./outbox.ts";
import type { Reach } from "./reach.ts";
import type { Recent } from "./recent.ts";

export type Sending = Pick<
  Adapter,
  "post" | "giveDocument" | "edit" | "react" | "whisper" | "mention" | "answerPress" | "pin"
>;

export interface SendContext {
  readonly outbox: Outbox;
  readonly recent: Recent;
  readonly reach: Reach;
  /**
   * @param person  who is to hear it; left out: several
   * @throws SendFault when enough was said in a room today
   */
  checkDay(room: string, person?: string): void;
  newId(): string;
}

export function createSending(context: SendContext): Sending {
  const { outbox, recent, reach, checkDay, newId } = context;
  const never = async (what: string): Promise<never> => {
    throw new SendFault("refused", `WeChat knows no ${what}.`);
  };

  /** WeChat cannot answer a message, and often does not say what became of ours: then it gets an id of our own. */
  async function post(chat: string, content: Content): Promise<{ id: string }> {
    checkContent(content);
    return show(chat, { to: reach.sessionOf(chat), text: content.text, mentions: [], first: true });
  }

  /** Each in a paragraph of their own. What it says is known when they quote it. */
  async function mention(chat: string, { words, below }: Mentions): Promise<{ id: string }> {
    const to = reach.sessionOf(chat);
    checkDay(chat);
    const mentions: Mentioned[] = [];
    const paragraphs: string[] = [];
    for (const { to: person, text } of words) {
      const member = await reach.memberOf(chat, person);
      if (member) mentions.push(member);
      paragraphs.push(member ? named(member) + text : text);
    }
    const text = [...paragraphs, ...(below === undefined ? [] : [below])].join("\n\n");
    checkContent({ text });
    return show(chat, { to, text, mentions, namesThem: true, first: false, kept: true });
  }

  async function show(chat: string, saying: Saying): Promise<{ id: string }> {
    const id = (await outbox.say(saying)) ?? `own-${newId()}`;
    recent.add(chat, { id, text: saying.text });
    return { id };
  }

  /** How to reach somebody: alone, if the account may; and what to call them in the room. */
  async function waysTo({ chat, to }: Whisper): Promise<{ alone?: string; member?: Mentioned }> {
    if (chat === to || reach.isAlone(chat)) return { alone: chat };
    reach.sessionOf(chat); // or nobody is known
    const member = await reach.memberOf(chat, to);
    if (!member) return {};
    return { member, ...(member.id !== undefined && (await reach.isFriend(member.id)) && { alone: member.id }) };
  }

  /** To friends alone: a file in the room is for everybody. */
  async function giveDocument(word: Whisper, { name, data, caption }: Document): Promise<void> {
    const { alone } = await waysTo(word);
    if (alone === undefined) throw new SendFault("blocked", "WeChat: no friend of the account");
    await outbox.say({ to: alone, text: name, file: data, mentions: [], first: false });
    if (caption) await outbox.say({ to: alone, text: caption, mentions: [], first: false });
  }

  /** The code behind words that say the same: a puppet that sends no pictures is no reason to say these again. */
  async function sendCode(to: string, qr: string): Promise<void> {
    const file = await qrPicture(qr);
    await outbox.say({ to, text: "code.png", file, mentions: [], first: false }).catch((fault: unknown) => {
      if (!(fault instanceof SendFault)) throw fault;
    });
  }

  /** To friends alone; to everybody else with an @ in the room, together with what else waits to be said there. */
  async function whisper(word: Whisper, content: Content): Promise<void> {
    checkContent(content);
    const { alone, member } = await waysTo(word);
    if (alone === undefined && word.alone) {
      reach.login(); // or nobody is known as a friend
      throw new SendFault("blocked", "WeChat: no friend of the account");
    }
    if (alone !== undefined) {
      const kept = word.alone && { kept: true as const };
      await outbox.say({ to: alone, text: content.text, mentions: [], first: false, ...kept });
      if (content.qr !== undefined) await sendCode(alone, content.qr);
      return;
    }
    const said = inPublic(content);
    if (!said) return;
    checkDay(word.chat, word.to);
    await outbox.say({
      to: reach.sessionOf(word.chat),
      text: said.text,
      mentions: member ? [member] : [],
      first: false,
    });
  }

  return {
    post,
    giveDocument,
    whisper,
    mention,
    edit: () => never("edits"),
    react: () => never("reactions"),
    answerPress: () => never("buttons"),
    pin: () => never("pins"),
  };
}
