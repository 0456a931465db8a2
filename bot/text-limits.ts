/** A message longer than this is answered, not read. @source message language, and Telegram's own limit */
export const MOST_TEXT = 4_096;

/** An announcement or a chain longer than this is answered, not read. */
export const MOST_LONG_TEXT = 20_000;

/** Chains and announcements may be longer than what people write themselves. */
export function isTooLong(text: string): boolean {
  if (text.length <= MOST_TEXT) return false;
  return text.length > MOST_LONG_TEXT || !/^\s{0,20}[#＃]?(接[龙龍]|group note)/i.test(text);
}
