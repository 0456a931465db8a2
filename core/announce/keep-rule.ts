/** What says until when goods wait, and what becomes of those that nobody collects. */
const KEEP =
  /(?<![a-z])(?:kept|keep (?:them|it|orders?|goods|everything|until|till)|held (?:until|till|for)|(?:un|not )collected|no[- ]shows?)(?![a-z])|过时不候|過時不候|过期不[候留]|過期不[候留]|逾期|保留[到至]|留到|没来[取拿]|沒來[取拿]|未取/iu;

/** The longest rule that is kept, in UTF-16 units. */
const LONGEST = 200;

/** The sentence of an announcement that says until when goods are kept, as written; undefined where none does. */
export function keepRuleIn(announcement: string): string | undefined {
  const sentences = announcement.split(/\n|(?<=[。！!；;])|(?<=[a-z\d])\.\s/iu).map((each) => each.trim());
  const rule = sentences.find((each) => each.length <= LONGEST && KEEP.test(each));
  return rule?.replace(/^[-•*·\s]+|[。.；;\s]+$/gu, "");
}
