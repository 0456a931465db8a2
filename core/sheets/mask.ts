/** What is left out of a masked text. */
const STAR = "*";

/** A name of which the first character of each word is left: "王小姐 302" → "王** 3**", "Lin Mei" → "L** M**". */
export function maskName(name: string): string {
  return name.replace(/[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu, (word) => {
    const [first = "", ...rest] = word;
    return /^[\p{L}\p{N}]/u.test(first) ? first + STAR.repeat(Math.min(2, rest.length)) : STAR;
  });
}

/**
 * A note without what leads to a person: telephone numbers (five digits and more, with blanks, dots or hyphens between),
 * addresses with an @, and words of Latin letters and digits such as account names.
 */
export function maskContacts(note: string): string {
  return note
    .replace(/[^\s,;，；、:：]+@[^\s,;，；、]+/gu, `${STAR}@${STAR}`)
    .replace(/@[\w.-]{3,}/gu, `@${STAR}`)
    .replace(/\+?\d(?:[ .\-–]?\d){4,}/gu, (digits) => digits.slice(0, 1) + STAR.repeat(3))
    .replace(/(?<![\p{Script=Latin}\d_-])(?=[a-z_-]*\d)(?=\d*[a-z_-])[a-z\d_-]{6,}/giu, STAR.repeat(3));
}
