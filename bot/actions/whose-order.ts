import { type Doer, type Parts, whisper } from "../parts.ts";
import { quoted, say, wordsOf } from "../replies/replies.ts";
import type { Buy, BuyStatus } from "../store.ts";
import { alike, choiceButtons } from "./choices.ts";
import { isAllowed } from "./may-lead.ts";
import { endedBuy, meantBuy, pickBuy, pickEnded } from "./pick-buy.ts";

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
  const { place, person, replyTo, about } = doer;
  const key = replyTo && { community: place.community.id, chat: place.chat, message: replyTo };
  const [replied] = key ? await parts.store.record((tx) => tx.statementsAmong([key])) : [];
  const other = doer.repliedTo && !doer.repliedTo.anonymous && doer.repliedTo.id !== person.externalId;
  // In private one speaks of oneself: nothing says of which group somebody else would be.
  const isAlone = place.kind === "direct";
  const namesNobody = text === "" && !replied && !other && !about?.person;
  const mayOthers = !namesNobody && !isAlone && (await isAllowed(parts, doer, "helper"));
  // To a picture, say, which is no statement.
  const author = other && mayOthers ? await parts.store.meetPerson(place, doer.repliedTo!) : undefined;
  const meant = about?.person ?? replied?.person ?? author?.id;
  const buy = replied
    ? await parts.store.findBuy(place.community.id, replied.buy)
    : await (wanted.includes("open") ? pickAny(parts, doer, command, wanted) : pickEnded(parts, doer, command, wanted));
  if (!buy) return undefined;

  const lines = await parts.store.linesOf(buy.community, buy.id);
  const names = await parts.store.namesOf(buy.community, [...new Set(lines.map((line) => line.person))]);
  const forNames = [...new Set(lines.map((line) => line.for).filter((each) => each !== ""))];
  // On a page that shows just theirs, what stands behind a command is no name and no code.
  const readsNames = mayOthers && about?.person === undefined;
  const owner = readsNames && /^\d{4}$/.test(text) ? await ownerOf(parts, buy, text) : undefined;
  const isName = (said: string) =>
    owner !== undefined || (readsNames && isNameAmong(said, [...names.values(), ...forNames]));
  const { name, ...rest } = read ? read(text, isName) : { name: text };
  const isOther = name !== "" || about?.person !== undefined || (meant !== undefined && meant !== person.id);
  if (isOther && !mayOthers) {
    whisper(parts, doer, { text: say(isAlone ? words.aloneOnlyOwn : words.paidOnlyOwn, { command }) });
    return undefined;
  }
  const known = about?.person ?? owner ?? (isOther ? (name === "" ? meant : undefined) : person.id);
  const exact = [...names].filter(([id, each]) => (known ? id === known : each.toLowerCase() === name.toLowerCase()));
  const found =
    exact.length > 0 || known
      ? exact
      : [...names].filter(([, each]) => each.toLowerCase().includes(name.toLowerCase()));
  const booked = known ? [] : lines.filter((line) => line.for.toLowerCase() === name.toLowerCase());
  const bookers = [...new Set(booked.map((line) => line.person))];
  const [booker] = bookers;
  if (found.length === 0 && booker !== undefined && bookers.length === 1) {
    const personName = names.get(booker) ?? "?";
    return { ...(rest as Omit<Read, "name">), buy, person: booker, personName, isOwn: false, for: booked[0]!.for };
  }
  const [[id, personName] = []] = found;
  // "302" is part of "Ada 302", and somebody has booked for 302: nobody knows which is meant.
  if (found.length === 1 && booked.length > 0 && exact.length === 0 && id !== booker) {
    const facts = { name: quoted(name), names: [personName, `${name} (${names.get(booker!)})`].join(words.comma) };
    whisper(parts, doer, { text: say(words.paidWho, { ...facts, title: buy.terms.title }) });
    return undefined;
  }
  if (found.length === 1 && id !== undefined && personName !== undefined) {
    return { ...(rest as Omit<Read, "name">), buy, person: id, personName, isOwn: !isOther };
  }
  const mayName = mayOthers || (!isAlone && (await isAllowed(parts, doer, "helper")));
  const behind = isOther && name !== "" ? textBehind(doer, name) : (doer.called?.rest ?? "");
  const several = found.length > 1 ? found : bookers.map((each) => [each, names.get(each) ?? "?"] as const);
  const people = [...(several.length > 1 ? several : names)].map((each) => ({ person: each[0], name: each[1] }));
  const likely = several.length > 1 ? people : alike(name, people);
  const [example] = likely.length > 0 ? likely : people;
  const facts = {
    title: buy.terms.title,
    name: quoted(name || author?.name || person.name),
    names: several.map(([, each]) => each).join(words.comma),
  };
  const how = mayName && example ? [say(words.paidWrite, { command, example: example.name })] : [];
  whisper(parts, doer, {
    text: [say(several.length > 1 ? words.paidWho : words.paidNobody, facts), ...how].join("\n"),
    ...(mayName &&
      choiceButtons(
        doer,
        likely.map((each) => ({ label: each.name, rest: [each, behind], buy: buy.id })),
      )),
  });
  return undefined;
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

/** Whether a text with digits at its end is a name as a whole: one that is borne, or a door that is part of one. */
function isNameAmong(said: string, names: readonly string[]): boolean {
  if (names.some((name) => name.toLowerCase() === said.toLowerCase())) return true;
  return /^\d+$/.test(said) && names.filter((name) => name.includes(said)).length === 1;
}

async function ownerOf(parts: Parts, buy: Buy, code: string): Promise<string | undefined> {
  const pickups = await parts.store.look((tx) => tx.pickupsOf(buy));
  return [...pickups].find(([, pickup]) => pickup.code === code)?.[0];
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
