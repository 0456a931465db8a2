import { saysWrong } from "./complaint-words.ts";
import { saysSeen } from "./seen-words.ts";
import { fold } from "./text/fold.ts";
import { readTime } from "./time/read-time.ts";

/** When somebody says that they come for their goods. */
export interface Coming {
  /** In their words. */
  readonly said: string;
  /** By when, where they name a time: of a day without an hour its end. */
  readonly at?: Date;
}

/** What says that it will not be when it is told. */
const LATER =
  /(?<![a-z])(?:later?|delayed|tomorrow|tmr|another (?:day|time)|next (?:day|week)|can'?t (?:make|come|collect)|cannot (?:make|come|collect)|won'?t make|not (?:today|tonight))(?![a-z])|晚点|晚一点|晚些|迟点|迟一点|迟些|改天|改日|明天|后天|过几天|来不了|去不了|过不来|赶不上|赶不及|来不及|不能来|没空|听日/u;

/** A part of what they say that tells when they cannot. */
const CANNOT =
  /(?<![a-z])(?:can'?t|cannot|won'?t|not (?:today|tonight))(?![a-z])|来不了|去不了|过不来|赶不上|赶不及|来不及|不能|没空|不行/u;

/** What says that they come, where a time stands beside it. */
const COME =
  /(?<![a-z])(?:come|coming|collect(?:ing)?|pick(?:ing)?(?: (?:it|them))? ?up|fetch|get (?:it|them)|be there|drop by|back)(?![a-z])|[来去取拿领到回]/u;

/** A question, or of something else. */
const OTHER =
  /[?？]|吗|呢$|几点|多久|什么时候|何时|(?<![a-z])(?:until when|what time|when (?:is|are|do|does|can|will)|paid|pay|refund)(?![a-z])|付|转了|转账|退|订|加/u;

/** Longer words say more than that, in UTF-16 units. */
const LONGEST = 80;

/** A time alone is an answer where hardly anything else is said. */
const BARE = 16;

/**
 * Reads when somebody comes for their goods, from words that answer a word about their pickup: "late until friday",
 * 晚点周五来, "Saturday 10am". Undefined where they say something else.
 */
export function readComing(words: string, when: { readonly now: Date; readonly zone: string }): Coming | undefined {
  const said = words.trim();
  const { text } = fold(said);
  if (said === "" || said.length > LONGEST || OTHER.test(text) || saysWrong(said)) return undefined;
  const isLater = LATER.test(text);
  if (!isLater && saysSeen(said, true)) return undefined;
  const parts = said.split(/(?<=[,，。;；!！])/u);
  const read = readTime(parts.filter((part) => !CANNOT.test(fold(part).text)).join(""), when);
  const at = "at" in read && !read.past ? (read.until ?? read.at) : undefined;
  if (!isLater && (!at || !(COME.test(text) || text.length <= BARE))) return undefined;
  return { said, ...(at && { at }) };
}
