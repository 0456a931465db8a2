/** Messages that a quote is looked for among, by room. */
const most = 300;

interface Said {
  readonly id: string;
  readonly text: string;
}

/** A quote as WeChat puts it into the text of who quotes. */
const QUOTE = /^[「"]([\s\S]{1,64}?)[:：]\s?([\s\S]*)[」"]\n(?:- ?){5,}-?\s*\n([\s\S]*)$/;

/**
 * What was said in each room of late. WeChat tells of a quote by the quoted words alone, and gives our own messages no id
 * where the puppet knows none: the words lead back to the message.
 */
export class Recent {
  private readonly rooms = new Map<string, Said[]>();

  add(room: string, said: Said): void {
    const all = this.rooms.get(room) ?? [];
    all.push(said);
    if (all.length > most) all.shift();
    this.rooms.set(room, all);
  }

  /** Whose words a message quotes, the quoted words, and its own. */
  static parts(text: string): { readonly name: string; readonly quoted: string; readonly own: string } | undefined {
    const [, name, quoted, own] = QUOTE.exec(text) ?? [];
    return name === undefined || quoted === undefined || own === undefined ? undefined : { name, quoted, own };
  }

  /** The words without the quote, and what was quoted. Of several messages with these words it is the last. */
  readQuote(room: string, text: string): { readonly text: string; readonly replyTo?: { id: string; text: string } } {
    const parts = Recent.parts(text);
    if (!parts) return { text };
    const { quoted, own } = parts;
    // Long messages are quoted in part.
    const begins = quoted.replace(/(?:\.\.\.|…)\s*$/, "").trim();
    const all = this.rooms.get(room) ?? [];
    const found =
      all.findLast((said) => said.text.trim() === quoted.trim()) ??
      (begins.length >= 8 ? all.findLast((said) => said.text.trim().startsWith(begins)) : undefined);
    return { text: own, replyTo: found ? { id: found.id, text: found.text } : { id: "quoted", text: quoted } };
  }
}
