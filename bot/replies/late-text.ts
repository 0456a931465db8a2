import type { LateOrder } from "../late.ts";
import { quoted, say } from "./replies.ts";
import type { Words } from "./words.ts";

/** More are told by their number alone. */
const MOST = 10;

/** What came too late for a list and waits for a leader, each with how to accept it; nothing where nothing does. */
export function lateText(
  late: readonly LateOrder[],
  names: ReadonlyMap<string, string>,
  words: Words,
): readonly string[] {
  if (late.length === 0) return [];
  const lines = late.slice(-MOST).map(({ ref, person, text }) => {
    const said = text === "" ? words.lateTaken : quoted(text);
    return say(words.lateLine, { name: names.get(person) ?? "?", text: said, ref });
  });
  const more = late.length > MOST ? [`… ${late.length - MOST}`] : [];
  return ["", words.lateHead, ...more, ...lines];
}
