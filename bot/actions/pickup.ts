import { announce } from "../../core/announce/announce.ts";
import { checkPacking, type PackCheck } from "../../core/packing.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { windowText } from "../replies/layout.ts";
import { quantity, say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, ChangeTx, PickupTerms } from "../store.ts";
import { proposePickupReminder } from "./chase-now.ts";
import { askAgain, choiceButtons, undoing } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { handedLines } from "./handed-lines.ts";
import { proposeMissing } from "./no-show.ts";
import { buyCaredFor, pickBuy, pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { showPickups } from "./pickup-list.ts";
import { noticeText, sendNotices, whereLines } from "./pickup-notices.ts";
import { pickupOrders } from "./pickup-orders.ts";
import { nameOf } from "./purchase.ts";
import { chaseTimer, timersOfPickup } from "./timers.ts";

/** The longest word of the leader's that goes into every notice. */
const MOST_WHERE = 300;

/** What shows a list instead of sending notices. */
const LIST = /^(?:list|名单|名單|谁|誰|who)$/iu;

/** What says until when goods are kept; "off" behind it takes that away. */
const KEEP = /^(?:keep|保留|存放)(?![\p{L}\p{N}])[\s:：]*|^(?:keep|保留|存放)(?=\p{Script=Han})/iu;
/** What records those who have not come. */
const ABSENT = /^(?:absent|no-?shows?|没来|沒來|未取)$/iu;
/** What asks those again who have shown nothing. */
const REMIND = /^(?:remind(?:er)?|chase|nudge|提醒|催一下|催)$/iu;
const OFF = /^(?:off|none|取消|不留|无|無)$/iu;

/**
 * `/pickup`: shows what everybody who has ordered would be told, where and when; `list`: who has come; `absent`: who has
 * not; `remind`: who has shown nothing is asked again; `keep`: until when
 * goods are kept and what becomes of them then.
 */
export async function proposePickup(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  if (rest.length > MOST_WHERE) return whisper(parts, doer, { text: say(words.tooLong, { most: MOST_WHERE }) });
  if (KEEP.test(rest)) return setKeep(parts, doer, command, rest.replace(KEEP, "").trim());
  const cared = LIST.test(rest) ? await buyCaredFor(parts, doer) : undefined;
  const buy = cared ?? (await pickEnded(parts, doer, command, UNDER_WAY));
  if (!buy) return;
  if (LIST.test(rest)) return showPickups(parts, doer, buy);
  if (ABSENT.test(rest)) return proposeMissing(parts, doer, buy);
  if (REMIND.test(rest)) return proposePickupReminder(parts, doer, buy);
  const { zone } = doer.place.community;
  const said = rest === "" ? undefined : announce(`Pickup: ${rest}`, { now: doer.at, zone }).pickup;
  const ends = said?.until ?? said?.from;
  if (ends && ends <= doer.at) {
    return askAgain(parts, doer, say(words.pickupPast, { command, time: time(ends, zone, words) }));
  }
  const where = whereLines(buy, rest, zone, words);
  if (where.length === 0) {
    const choices = [{ label: words.choices.whoCame, rest: ["list"], buy: buy.id }];
    return askAgain(parts, doer, say(words.pickupHow, { command }), { choices });
  }

  const { orders, checks } = await parts.store.look((tx) => factsOf(tx, buy));
  const [first] = orders;
  if (!first) return whisper(parts, doer, { text: say(words.pickupNobody, { title: buy.terms.title }) });
  const short = shortText(buy, checks, words);
  if (short) return whisper(parts, doer, { text: short });
  const ways = await parts.store.look((tx) => tx.payWaysOf(buy.community, buy.leader));
  const sample = noticeText(buy, { ...first, code: first.pickup?.code ?? "1234" }, where, ways, wordsOf(buy.language));
  const told = orders.filter(({ pickup }) => pickup?.noticedAt).length;
  const uncounted = checks.filter(({ came }) => came === undefined).map((each) => nameOf(buy, each));
  const text = [
    ...(told > 0 ? [say(words.pickupAgain, { people: words.persons(told) })] : []),
    ...(uncounted.length > 0 ? [say(words.pickupUncounted, { items: uncounted.join(words.comma) })] : []),
    ...(ends ? [say(words.pickupTimes, { window: windowText(said, zone, words) })] : []),
    words.noWayBack,
    "",
    say(words.pickupPreview, { people: words.persons(orders.length), title: buy.terms.title }),
    sample,
  ];
  const window = { ...(ends && { from: said?.from, until: said?.until }), place: said?.place };
  await preview(parts, doer, "pickup", { buy: buy.id, where: rest, window }, text.join("\n"), words.sendButton);
}

/** The leader's yes: each gets a code and hears what is theirs, what is due, where and when. Once for each yes. */
export async function sendPickup(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, where: said, window } = asked.data as SendPickup;
  await carryOut(parts, doer, asked, id, async (tx, before) => {
    const words = wordsOf(doer.language);
    if (!UNDER_WAY.includes(before.status)) return say(words.pickupOver, { title: before.terms.title });
    const { orders, checks } = await factsOf(tx, before);
    const short = shortText(before, checks, words);
    if (short) return short;
    const now = await tx.now();
    const buy = await withWindow(tx, before, window, now);
    const codes = await sendNotices(parts, tx, doer, buy, orders, said, `pickup:${asked.id}`);
    const people = orders.map(({ person }) => person);
    await tx.setTimers([chaseTimer(buy, now)]);
    const where = whereLines(buy, said, doer.place.community.zone, wordsOf(buy.language));
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "pickup-notices", buy: buy.id },
      ...{ source: sourceOf(doer), after: { people: people.length, where: where.join(" ") } },
    });
    return say(words.pickupSent, { people: words.persons(people.length), example: codes.get(people[0]!) ?? "" });
  });
}

/** What is kept until the leader's yes; instants as JSON has them. */
interface SendPickup {
  readonly buy: string;
  /** In the leader's words; empty: as announced. */
  readonly where: string;
  readonly window: { readonly from?: string; readonly until?: string; readonly place?: string };
}

/** A window that the leader has just told holds from now on, with the reminders that belong to it. */
async function withWindow(tx: ChangeTx, buy: Buy, { from, until, place }: SendPickup["window"], now: Date) {
  const isNew = from !== undefined || until !== undefined;
  if (!isNew && place === undefined) return buy;
  const pickup: PickupTerms = {
    ...(from !== undefined && { from: new Date(from) }),
    ...(until !== undefined && { until: new Date(until) }),
    ...(place !== undefined && { place }),
  };
  await tx.updateBuy(buy, { pickup });
  const changed = (await tx.findBuy(buy.community, buy.id))!;
  if (!isNew) return changed;
  await tx.cancelTimers(buy, ["remind-pickup", "no-show"]);
  await tx.setTimers(timersOfPickup(changed, now));
  return changed;
}

/** `/pickup keep until 21:00, then it is given away`: people see it where they order and where they are told. */
async function setKeep(parts: Parts, doer: Doer, command: string, said: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = await pickBuy(parts, doer, command, ["open", ...UNDER_WAY]);
  if (!buy) return;
  if (said === "") {
    const off = buy.pickup?.keep ? [{ label: words.choices.keepOff, rest: ["keep off"], buy: buy.id }] : [];
    const how = say(words.keepHow, { command, keep: buy.pickup?.keep || "–" });
    return whisper(parts, doer, { text: how, ...choiceButtons(doer, off) });
  }
  const keep = OFF.test(said) ? "" : said;
  const isSet = await parts.store.change(async (tx) => {
    await tx.lockBuy(buy.community, buy.id);
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return false;
    await tx.updateBuy(buy, { pickup: { keep } });
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "pickup-keep", buy: buy.id, source: sourceOf(doer) },
      ...{ before: { keep: buy.pickup?.keep ?? "" }, after: { keep } },
    });
    return true;
  });
  const text = keep === "" ? words.keepOff : say(words.keepSet, { keep });
  if (isSet) whisper(parts, doer, { text, ...choiceButtons(doer, [undoing(doer)]) });
  parts.wake(buy);
}

async function factsOf(tx: ChangeTx, buy: Buy) {
  const orders = (await pickupOrders(tx, buy)).filter(({ pickup }) => !pickup?.isCollected);
  return { orders, checks: checkPacking(await handedLines(tx, buy), await tx.arrivedOf(buy)) };
}

/** What is to be packed must be there before people are told that it is; undefined where it is, or was not counted. */
function shortText(buy: Buy, checks: readonly PackCheck[], words: Words): string | undefined {
  const short = checks.filter(({ came, packed }) => came !== undefined && came < packed);
  if (short.length === 0) return undefined;
  const rows = short.map((each) => {
    const { unit } = buy.terms.items[each.item - 1] ?? {};
    const facts = {
      name: nameOf(buy, each),
      packed: quantity(each.packed, unit),
      came: quantity(each.came ?? 0, unit),
    };
    return say(words.packTooMuch, facts);
  });
  return [say(words.pickupShort, { title: buy.terms.title }), ...rows].join("\n");
}
