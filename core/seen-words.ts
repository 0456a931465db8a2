import { fold } from "./text/fold.ts";

const MANNERS = String.raw`[\s,，.。!！~～、]*(?:谢谢|多谢|唔该|感谢|辛苦了?|thanks?(?: you| u| so much)?|thx|ty|cheers|团长|群主|哈|啦|了|🙏|👍|😊|ok|okay)?[\s.。!！~～🙏👍😊]*`;

/** What says by itself that a word has arrived, or that its reader is about to come. */
const CLEAR =
  "收到|收到收到|已收到通知|看到了?|got it|gotcha|noted|roger(?: that)?|understood|on my way|omw|on the way|coming(?: now| soon| over)?|i'?m coming|be there(?: soon| in [0-9]{1,2} ?min(?:ute)?s?)?|i'?ll be there|will come|will be there|马上来|马上到|马上去|这就来|这就去|就来|来了|我来了|出发了|在路上|路上了?|我在路上|一会儿?来|一会儿?去|等下来|等下去|等会儿?来|等会儿?去|稍后来|稍后去|晚点来|晚点去|下班来|下班去|今晚来|今晚去|即刻来|而家嚟|依家嚟|就嚟";

/** What says so only as an answer to that very word. */
const ANSWER =
  "ok(?:ay)?|okie|okk?|k|yes|yep|sure|alright|all right|great|good|perfect|will do|see you|see ya|thank you|thanks|thx|好|好的|好滴|好哒|好呀|好啊|好嘞|行|嗯|嗯嗯|可以|知道了?|知道啦|明白了?|明白啦|了解了?|谢谢|多谢|收|1|👍|👌|🙏|💪|✅|🆗";

/** "收到，马上来", "ok, on my way": a few of them together; so few that no text takes long to read. */
const BETWEEN = String.raw`[\s,，.。!！~～、]{0,3}`;
const MORE = `(?:${BETWEEN}(?:${CLEAR}|${ANSWER})){0,2}`;
const SEEN = new RegExp(`^(?:(?:${ANSWER})${BETWEEN})?(?:${CLEAR})${MORE}${MANNERS}$`, "u");
const ANSWERED = new RegExp(`^(?:${ANSWER})${MORE}${MANNERS}$`, "u");

/** Longer words say more than that, in UTF-16 units. */
const LONGEST = 40;

/**
 * Whether somebody says that they have seen the word that their goods are ready: the whole of what they say is that.
 *
 * @param isAnswer  it replies to that word, or stands where nothing else is spoken of
 */
export function saysSeen(words: string, isAnswer: boolean): boolean {
  if (words.length > LONGEST) return false;
  const text = fold(words).text.trim();
  return SEEN.test(text) || (isAnswer && ANSWERED.test(text));
}

/** Emoji that say no, or something else than that a word was seen. */
const NOT_SEEN: ReadonlySet<string> = new Set(["👎", "🤔", "😢", "😭", "😡", "🤬", "💩", "🤮", "🖕", "💔", "😱", "🤨"]);

/** Whether a sign under a word says that it was seen: any but those of dislike and doubt. */
export function showsSeen(emoji: readonly string[]): boolean {
  return emoji.some((each) => !NOT_SEEN.has(each));
}
