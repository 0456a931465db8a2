/** Words of an entry, parted into what stands and what was struck out. */
export interface Struck {
  readonly standing: string;
  readonly struck: string;
}

const BETWEEN_TILDES = /[~～]{2}([^\n]{1,500}?)[~～]{2}/g;
/** Characters that draw a line through the one before them. */
const OVERLAY = /(\P{M})(?:\u0335|\u0336|\u0337|\u0338)+/gu;

/** Parts `~~struck~~` and s̶t̶r̶u̶c̶k̶ words from those that stand. */
export function partStruck(words: string): Struck {
  if (!/~~|～～|\u0335|\u0336|\u0337|\u0338/.test(words)) return { standing: words, struck: "" };

  let struck = "";
  const standing = words
    .replace(BETWEEN_TILDES, (_, inside: string) => {
      struck += ` ${inside} `;
      return " ";
    })
    .replace(OVERLAY, (_, character: string) => {
      struck += character;
      return " ";
    });
  return { standing, struck: struck.replace(/\s+/g, " ").trim() };
}

const CANCEL =
  "(?:取消|退单|退單|退掉|退订|退訂|退团|退團|退出|退款|退|不要|唔要|唔使|跳过|跳過|不订|不訂|不买|不買|不参加|不參加|不需要|cancel(?:l?ed|ling)?|withdraw[ns]?|withdrew|dropp?(?:ed|ing)? out|pull(?:ed|ing)? out|not taking|no longer wants?|none|nil|pass(?:ing)?(?: this time)?|skip(?:ped|ping)?(?: this (?:time|one))?|no need|[❌✖✗✘]\ufe0f?)";
const BEFORE = "(?:这次|這次|今次|这回|本次|已经|已經|已|我|先|全部|全|都|本单|此单|此條|此条)?";
const AFTER = "(?:[,，]|了|啦|喇|咗|掉|先|谢谢|謝謝|哦|哈|吧|please|pls|sorry|thanks|the order|order|all|\\s){0,4}";
const APART = "[\\s,，、;；:：.。·—–>→-]";

const AT_END = new RegExp(`(${APART}{0,6})[（(【[]?\\s?${BEFORE}${CANCEL}${AFTER}[）)】\\]]?[\\s。.!！~]{0,6}$`, "i");
const AT_START = new RegExp(`^[（(【[]?\\s?${BEFORE}${CANCEL}${AFTER}(?:[）)】\\]]|${APART})\\s*`, "i");

/** An entry with a word that cancels. */
export interface Cancelled {
  /** The words without the one that cancels. */
  readonly text: string;
  /** Whether it follows the last word directly: 苹果2 梨不要了 cancels only the pears. */
  readonly attached: boolean;
}

/** The entry without the 取消, 退, 不要了, "cancelled" at its end or start; undefined where it has none. */
export function withoutCancelWord(text: string): Cancelled | undefined {
  if (!/取消|退|要|使|跳|订|訂|买|買|参|參|cancel|withdr|out|tak|wants|none|nil|pass|skip|need|[❌✖✗✘]/i.test(text))
    return undefined;

  const end = AT_END.exec(text);
  if (end) {
    const bracket = /^[（(【[]/.test(end[0].slice(end[1]!.length));
    const before = text.slice(0, end.index);
    // 少冰不要 and 香菜不要 speak of how it is made; only with a blank or 了 it is the entry that is not wanted.
    const plain = /不要[\s。.!！~]*$/.test(end[0]) && end[1] === "" && !bracket;
    if (!plain && !(/[a-z]$/i.test(before) && /^[a-z]/i.test(end[0])))
      return { text: before, attached: end[1] === "" && !bracket };
  }
  const start = AT_START.exec(text);
  return start ? { text: text.slice(start[0].length), attached: false } : undefined;
}
