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
import type { Pictures } from "./pictures.ts";
import type { Reach } from "./reach.ts";
import type { Recent } from "./recent.ts";

/** The sending half of an adapter. */
export type Sending = Pick<
  Adapter,
  "post" | "giveDocument" | "edit" | "react" | "whisper" | "mention" | "answerPress" | "pin"
>;

/** What sending works with. */
export interface SendContext {
  readonly outbox: Outbox;
  readonly recent: Recent;
  readonly reach: Reach;
  readonly pictures: Pick<Pictures, "find">;
  /**
   * @param isLeader  who is to hear it leads there
   * @throws SendFault when enough was said in a room today
   */
  checkDay(room: string, person: string | undefined, isLeader: boolean): void;
  newId(): string;
}

/** Content → what the account says. */
export function createSending(context: SendContext): Sending {
  const { outbox, recent, reach, pictures, checkDay, newId } = context;
  /** Which picture each room was shown last: it is not shown again with every word about it. */
  const shownIn = new Map<string, string>();
  const never = async (what: string): Promise<never> => {
    throw new SendFault("refused", `WeChat knows no ${what}.`);
  };

  /** WeChat cannot answer a message, and often does not say what became of ours: then it gets an id of our own. */
  async function post(chat: string, content: Content): Promise<{ id: string }> {
    checkContent(content);
    const to = reach.sessionOf(chat);
    const shown = await show(chat, { to, text: content.text, mentions: [], first: true });
    await showPicture(chat, to, content);
    return shown;
  }

  /** A picture that belongs to words that are said in a room. */
  async function showPicture(chat: string, to: string, { photo }: Content): Promise<void> {
    if (photo === undefined || shownIn.get(chat) === photo) return;
    shownIn.set(chat, photo);
    await sendPhoto(to, photo);
  }

  async function sendPhoto(to: string, photo: string): Promise<void> {
    const picture = await pictures.find(photo).catch(() => undefined);
    if (picture) await sendPicture(to, picture.name, picture.data);
  }

  /** Behind words that say the same: a puppet that sends no pictures is no reason to say these again. */
  async function sendPicture(to: string, name: string, file: Uint8Array): Promise<void> {
    await outbox.say({ to, text: name, file, mentions: [], first: false }).catch((fault: unknown) => {
      if (!(fault instanceof SendFault)) throw fault;
    });
  }

  /** Each in a paragraph of their own. What it says is known when they quote it. */
  async function mention(chat: string, { words, below, areLeaders }: Mentions): Promise<{ id: string }> {
    const to = reach.sessionOf(chat);
    checkDay(chat, undefined, areLeaders === true);
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
      if (content.qr !== undefined) await sendPicture(alone, "code.png", await qrPicture(content.qr));
      if (content.photo !== undefined) await sendPhoto(alone, content.photo);
      return;
    }
    const said = inPublic(content);
    if (!said) return;
    checkDay(word.chat, word.to, word.isLeader === true);
    const to = reach.sessionOf(word.chat);
    await outbox.say({
      to,
      text: said.text,
      mentions: member ? [member] : [],
      first: false,
    });
    await showPicture(word.chat, to, said);
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
