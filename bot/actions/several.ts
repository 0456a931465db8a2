import { readSeveral } from "../../core/read-several.ts";
import type { Doer, Parts } from "../parts.ts";
import { quoted, say } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, BuyStatus } from "../store.ts";
import { isAllowed } from "./may-lead.ts";
import { isNamed, type Somebody, whoIs } from "./who-is.ts";
import { buyMeant, directoryIn, labelOf } from "./whose-order.ts";

/** Those whom a command names, and of which buy. */
export interface Several<Said> {
  readonly buy: Buy;
  /** Left out: all. */
  readonly named?: readonly { readonly who: Somebody; readonly said: Said }[];
  /** Why others that were named are none of them, in words. */
  readonly leftOut: readonly string[];
}

/**
 * Whom a leader or helper names one after the other, or all of them.
 *
 * @param read  takes from each part of the text what is no name; undefined where it is no person's: then it is no such list
 * @returns     undefined: it is about one, or for somebody else to say; `told`: the doer has heard why it cannot be
 */
export async function severalNamed<Said extends { readonly name: string }>(
  parts: Parts,
  doer: Doer,
  command: string,
  text: string,
  wanted: readonly BuyStatus[],
  words: Words,
  read: (part: string, isName: (name: string) => boolean, buy: Buy) => Said | undefined,
): Promise<Several<Said> | "told" | undefined> {
  const several = readSeveral(text);
  if (!several || doer.about?.person !== undefined || doer.place.kind === "direct") return undefined;
  if (!(await isAllowed(parts, doer, "helper"))) return undefined;
  const buy = await buyMeant(parts, doer, command, wanted);
  if (!buy) return "told";
  const directory = await directoryIn(parts, buy, /\d{4}/.test(text));
  if (isCalled(text, directory.people)) return undefined;
  if (several === "all") return { buy, leftOut: [] };

  const named: { readonly who: Somebody; readonly said: Said }[] = [];
  const leftOut: string[] = [];
  for (const part of several) {
    const said = read(part, (name) => isNamed(name, directory), buy);
    if (!said) return undefined;
    const found = whoIs(said.name, directory);
    const [who] = found;
    if (!who) leftOut.push(say(words.several.unknown, { name: quoted(said.name || part) }));
    else if (found.length > 1) {
      const names = found.map(labelOf).join(words.comma);
      leftOut.push(say(words.several.unclear, { name: quoted(said.name), names }));
    } else if (named.some((each) => isWithin(each.who, who))) {
      leftOut.push(say(words.several.twice, { name: labelOf(who) }));
    } else named.push({ who, said });
  }
  return { buy, named, leftOut };
}

/** What stands behind a command, where "all" of who speaks for themselves alone is all of their own. */
export async function ownAll(parts: Parts, doer: Doer, text: string): Promise<string> {
  if (readSeveral(text) !== "all") return text;
  return doer.place.kind === "direct" || !(await isAllowed(parts, doer, "helper")) ? "" : text;
}

/** Whether somebody bears a text with commas, or "all", as a name. */
function isCalled(text: string, people: readonly Somebody[]): boolean {
  return people.some(({ name, for: whom }) => (whom ?? name).toLowerCase() === text.trim().toLowerCase());
}

/** Whether one is the other, or on the account that is named as a whole. */
function isWithin(one: Somebody, other: Somebody): boolean {
  return one.person === other.person && (one.for === other.for || one.for === undefined || other.for === undefined);
}
