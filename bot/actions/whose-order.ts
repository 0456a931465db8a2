import { type Doer, type Parts, whisper } from "../parts.ts";
import { quoted, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, BuyStatus, OrderKey, Pickup } from "../store.ts";
import { alike, choiceButtons, type Named } from "./choices.ts";
import { isAllowed } from "./may-lead.ts";
import { endedBuy, meantBuy, pickBuy, pickEnded } from "./pick-buy.ts";
import { bookedBy, type Directory, directoryOf, forWhom, isNamed, type Somebody, whoIs } from "./who-is.ts";

/** Whose order a command is about, and of which buy. */
export interface Whose {
  readonly buy: Buy;
  readonly person: string;
  readonly personName: string;
  /** The doer's own. */
  readonly isOwn: boolean;
  /** Only what they have booked for this person without the app, who was named. */
  readonly for?: string;
}

/**
 * Whose order is meant: alone one's own; for leaders and helpers that of a name or a pickup code, or of whoever is replied
 * to. The name of somebody without the app means what was booked for them, on the account of who booked it. Where it cannot be told, the doer hears so.
 *
 * @param read  takes from the text what is no name
 */
export async function whoseOrder<Read extends { readonly name: string } = { readonly name: string }>(
  parts: Parts,
  doer: Doer,
  command: string,
  text: string,
  wanted: readonly BuyStatus[],
  read?: (text: string, isName: (name: string) => boolean) => Read,
): Promise<(Whose & Partial<Omit<Read, "name">>) | undefined> {
  const words = wordsOf(doer.language);
  const { place, person, about } = doer;
  const replied = await orderReplied(parts, doer);
  const other = doer.repliedTo && !doer.repliedTo.anonymous && doer.repliedTo.id !== person.externalId;
  // In private one speaks of oneself: nothing says of which group somebody else would be.
  const isAlone = place.kind === "direct";
  const namesNobody = text === "" && !replied && !other && !about?.person;
  const mayOthers = !namesNobody && !isAlone && (await isAllowed(parts, doer, "helper"));
  // To a picture, say, which is no statement.
  const author = other && mayOthers ? await parts.store.meetPerson(place, doer.repliedTo!) : undefined;
  const meant = about?.person ?? replied?.person ?? author?.id;
  const buy = await buyMeant(parts, doer, command, wanted, replied);
  if (!buy) return undefined;

  const directory = await directoryIn(parts, buy, mayOthers && /\d{4}/.test(text));
  const { people } = directory;
  const accounts = people.filter((each) => each.for === undefined);
  // On a page that shows just theirs, what stands behind a command is no name and no code; a button may say for whom.
  const isOnPage = about?.person !== undefined;
  const bookedFor = (said: string) => {
    const whom = about?.isChosen && about.person !== undefined ? forWhom(said) : undefined;
    return whom === undefined ? [] : bookedBy([{ person: about!.person! }], whom, people);
  };
  const isName = (said: string) => mayOthers && (isOnPage ? bookedFor(said).length > 0 : isNamed(said, directory));
  const { name, ...rest } = read ? read(text, isName) : { name: text };
  const isOther = name !== "" || isOnPage || (meant !== undefined && meant !== person.id);
  if (isOther && !mayOthers) {
    whisper(parts, doer, { text: say(isAlone ? words.aloneOnlyOwn : words.paidOnlyOwn, { command }) });
    return undefined;
  }
  const known = about?.person ?? (isOther ? (name === "" ? meant : undefined) : person.id);
  const chosen = bookedFor(name);
  const found =
    chosen.length > 0 ? chosen : known ? accounts.filter((each) => each.person === known) : whoIs(name, directory);
  const [first] = found;
  if (first && found.length === 1) {
    const { person: id, name: personName, for: whom } = first;
    const whose = { buy, person: id, personName, isOwn: !isOther, ...(whom !== undefined && { for: whom }) };
    return { ...(rest as Omit<Read, "name">), ...whose };
  }
  const mayName = mayOthers || (!isAlone && (await isAllowed(parts, doer, "helper")));
  const behind = isOther && name !== "" ? textBehind(doer, name) : (doer.called?.rest ?? "");
  const several = found.length > 1;
  const likely = several ? found : alike(name, accounts);
  const example = likely.find((each) => each.for !== undefined) ?? likely[0] ?? accounts[0];
  const facts = {
    title: buy.terms.title,
    name: quoted(name || author?.name || person.name),
    names: found.map(labelOf).join(words.comma),
  };
  const how = mayName && example ? [say(words.paidWrite, { command, example: writtenAs(example, words) })] : [];
  whisper(parts, doer, {
    text: [say(several ? words.paidWho : words.paidNobody, facts), ...how].join("\n"),
    ...(mayName &&
      choiceButtons(
        doer,
        likely.map((each) => ({ label: labelOf(each), rest: [...restFor(each, words), behind], buy: buy.id })),
      )),
  });
  return undefined;
}

/** The order that was replied to. */
async function orderReplied(parts: Parts, { place, replyTo }: Doer): Promise<OrderKey | undefined> {
  if (!replyTo) return undefined;
  const key = { community: place.community.id, chat: place.chat, message: replyTo };
  const [replied] = await parts.store.record((tx) => tx.statementsAmong([key]));
  return replied;
}

/** The buy that a command about somebody's order means: that of the order replied to, else as far as it has to be. */
export async function buyMeant(
  parts: Parts,
  doer: Doer,
  command: string,
  wanted: readonly BuyStatus[],
  known?: OrderKey,
): Promise<Buy | undefined> {
  const replied = known ?? (await orderReplied(parts, doer));
  if (replied) return parts.store.findBuy(doer.place.community.id, replied.buy);
  return wanted.includes("open") ? pickAny(parts, doer, command, wanted) : pickEnded(parts, doer, command, wanted);
}

/** Everybody who may be named in a buy. @param withCodes  by their pickup codes too */
export async function directoryIn(parts: Parts, buy: Buy, withCodes: boolean): Promise<Directory> {
  const lines = await parts.store.linesOf(buy.community, buy.id);
  const names = await parts.store.namesOf(buy.community, [...new Set(lines.map((line) => line.person))]);
  const pickups = withCodes ? await parts.store.look((tx) => tx.pickupsOf(buy)) : new Map<string, Pickup>();
  const codes = [...pickups].flatMap(([person, { code }]) => (code === undefined ? [] : [[code, person] as const]));
  return directoryOf(lines, names, new Map(codes));
}

/** "302 (Ada)". */
export function labelOf({ name, for: whom }: Somebody): string {
  return whom === undefined ? name : `${whom} (${name})`;
}

/** As it is written behind a command: "Ada for 302". */
function writtenAs(somebody: Somebody, words: Words): string {
  return restFor(somebody, words)
    .map((each) => (typeof each === "string" ? each : each.name))
    .join(" ");
}

function restFor({ person, name, for: whom }: Somebody, words: Words): readonly (string | Named)[] {
  return [{ person, name }, ...(whom === undefined ? [] : [say(words.namedFor, { name: whom })])];
}

/** Nothing of one whom somebody has booked for is kept apart on their account: it is taken back as a whole, or not. */
export function sayWhole(parts: Parts, doer: Doer, command: string, whose: Whose, behind = ""): void {
  const { buy, person, personName: account, for: name = "" } = whose;
  const example = [command, account, behind].filter(Boolean).join(" ");
  const choice = { label: account, rest: [{ person, name: account }, behind], buy: buy.id };
  const text = say(wordsOf(doer.language).accountWhole, { name, account, example });
  whisper(parts, doer, { text, ...choiceButtons(doer, [choice]) });
}

/** What stands behind a command beside the name. */
function textBehind({ called }: Doer, name: string): string {
  return (called?.rest ?? "").replace(name, "").trim();
}

/** The one whose post is replied to, else one that has ended, else the one that is open, else one that is settled. */
async function pickAny(parts: Parts, doer: Doer, command: string, wanted: readonly BuyStatus[]) {
  const named = await meantBuy(parts, doer);
  if (named && wanted.includes(named.status)) return named;
  const ended = wanted.filter((status) => status !== "open" && status !== "settled");
  const found = await endedBuy(parts, doer, ended);
  if (found) return found;
  const isOpen = (await parts.store.buysOf(doer.place)).some(({ status }) => status === "open");
  const settled = !isOpen && wanted.includes("settled") ? await endedBuy(parts, doer, ["settled"]) : undefined;
  return settled ?? pickBuy(parts, doer, command, ["open"]);
}
