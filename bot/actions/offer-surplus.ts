import { allot } from "../../core/shortage.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import { money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Allotment, Buy, ChangeTx, Notice, Offer } from "../store.ts";
import { tellLeadersOf } from "../tell-leaders.ts";
import { actOnce } from "./act-once.ts";
import { isOf, keyOf, pricing, type Supplied, suppliedLines } from "./handed-lines.ts";
import { listenersOf } from "./listeners.ts";
import { logDone } from "./log-done.ts";
import { namesIn } from "./names-in.ts";
import { endedBuy, UNDER_WAY } from "./pick-buy.ts";
import { noticeLate } from "./pickup-notices.ts";
import { nameOf } from "./purchase.ts";
import { firstWords } from "./shortage.ts";

/** What the leader is asked where more came than people are to get and somebody waits for it; undefined where nobody does. */
export async function surplusContent(
  parts: Parts,
  community: string,
  buyId: string,
  words: Words,
): Promise<Content | undefined> {
  const found = await parts.store.look(async (tx) => {
    const buy = await tx.findBuy(community, buyId);
    if (!buy) return undefined;
    const offers = await nextOffers(tx, buy);
    const names = await namesIn(tx, buy, offers);
    return { buy, offers, names, cost: pricing(buy, await suppliedLines(tx, buy)) };
  });
  if (!found || found.offers.length === 0) return undefined;
  const { buy, offers, names, cost } = found;
  const rows = offers.map((offer) => `• ${whoseText(offer, names)}${words.colon}${offerText(buy, offer, cost, words)}`);
  return {
    text: [say(words.surplusAsk, { title: buy.terms.title }), ...rows].join("\n"),
    buttons: [[{ label: words.surplusButton, data: `offer:${buyId}`, words: "/arrive offer" }]],
  };
}

/** The leader's press: those who wait are asked, as they came, as far as it lasts. */
export async function offerSurplus(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const words = wordsOf(doer.language);
  await actOnce(parts, doer, buyId, async (tx, buy) => {
    const people = UNDER_WAY.includes(buy.status) ? await offerNext(tx, doer, buy) : 0;
    return people === 0 ? words.surplusNone : say(words.surplusOffered, { people: words.persons(people) });
  });
  parts.wake();
}

/** Their yes: it is booked on top of what they have, at the price that holds. */
export async function takeOffer(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const taken = await parts.store.change(async (tx) => {
    const buy = await tx.lockBuy(community.id, buyId);
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const supplied = await suppliedLines(tx, buy);
    const own = UNDER_WAY.includes(buy.status) ? openOf(await tx.offersOf(buy), doer.person.id) : [];
    if (own.length === 0) return { text: words.offerGone };
    const cost = pricing(buy, supplied);
    for (const offer of own) {
      const { line, unweighed, gets, allotted } = supplied.find((each) => keyOf(each.line) === keyOf(offer))!;
      const { person, for: whom, item, option, quantity: more } = offer;
      const own = { person, for: whom, item, option };
      const ofAll = cost(item, unweighed + more);
      const refund = cost(item, line.quantity) - ofAll;
      const surplus: Allotment = { ...own, kind: "surplus", quantity: unweighed + more, refund };
      // What is theirs already was weighed; the rest comes on top.
      const weighed = allotted.weighed && { ...allotted.weighed, quantity: allotted.weighed.quantity + more };
      const both = weighed ? [surplus, { ...weighed, refund: ofAll - cost(item, weighed.quantity) }] : [surplus];
      await tx.allot(buy, both, person);
      const amount = cost(item, gets + more) - cost(item, gets);
      const { unit } = buy.terms.items[item - 1]!;
      const facts = { item: nameOf(buy, offer), quantity: quantity(offer.quantity, unit) };
      const reason = say(wordsOf(buy.language).offerReason, facts);
      await tx.addEntries(buy, [{ person, item, kind: "correction", amount, reason, author: person, at: doer.at }]);
    }
    await tx.putOffers(
      buy,
      own.map((offer) => ({ ...offer, state: "taken" as const })),
    );
    await logDone(tx, doer, buy, "surplus-taken", { offers: own });
    await noticeLate(parts, tx, doer, buy, doer.person.id);
    const lines = (their: Words) => own.map((offer) => offerText(buy, offer, cost, their)).join(their.comma);
    return { text: say(words.offerTaken, { lines: lines(words) }), buy, lines };
  });
  if (!taken) return;
  whisper(parts, doer, { text: taken.text });
  const { buy, lines } = taken;
  if (!buy) return;
  const facts = { name: doer.person.name, title: buy.terms.title };
  await tellLeadersOf(parts, buy, doer.place, (their) => ({
    text: say(their.offerTold, { ...facts, lines: lines(their) }),
  }));
}

/** Their no: whoever waits next is asked. */
export async function passOffer(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const words = wordsOf(doer.language);
  await actOnce(parts, doer, buyId, async (tx, buy) => {
    const own = openOf(await tx.offersOf(buy), doer.person.id);
    if (own.length === 0) return words.offerGone;
    await tx.putOffers(
      buy,
      own.map((offer) => ({ ...offer, state: "declined" as const })),
    );
    if (UNDER_WAY.includes(buy.status)) await offerNext(tx, doer, buy);
    return words.offerPassed;
  });
  parts.wake();
}

/** `/my yes`, `/my no`: the same in words. */
export async function answerOffer(parts: Parts, doer: Doer, isYes: boolean): Promise<void> {
  const buy = await endedBuy(parts, doer, UNDER_WAY);
  if (!buy) return whisper(parts, doer, { text: wordsOf(doer.language).offerGone });
  return isYes ? takeOffer(parts, doer, buy.id) : passOffer(parts, doer, buy.id);
}

function openOf(offers: readonly Offer[], person: string): readonly Offer[] {
  return offers.filter((offer) => offer.person === person && offer.state === "open");
}

/** Offers what nobody was offered yet. How many people it is offered to. */
async function offerNext(tx: ChangeTx, doer: Doer, buy: Buy): Promise<number> {
  const offers = await nextOffers(tx, buy);
  if (offers.length === 0) return 0;
  await tx.putOffers(buy, offers);
  await logDone(tx, doer, buy, "surplus-offered", { offers });
  const names = await namesIn(tx, buy, offers);
  const listener = await listenersOf(tx, [buy]);
  const people = [...new Set(offers.map(({ person }) => person))];
  const cost = pricing(buy, await suppliedLines(tx, buy));
  await tx.ledger.addNotices(
    people.map((person): Notice => {
      const { chat = doer.place.chat, words } = listener(buy, person);
      const lines = offers
        .filter((offer) => offer.person === person)
        .map((offer) => `• ${offerText(buy, offer, cost, words)}`);
      const facts = { name: names.get(person) ?? "?", title: buy.terms.title, lines: lines.join("\n") };
      const buttons = [
        [
          { label: words.offerTake, data: `want:${buy.id}`, words: "/my yes" },
          { label: words.offerPass, data: `pass:${buy.id}`, words: "/my no" },
        ],
      ];
      return {
        ...{ community: buy.community, buy: buy.id, chat, person, kind: "waiting-list" },
        ...{ cause: `surplus:${sourceOf(doer)}`, content: { text: say(words.offerNotice, facts), buttons } },
      };
    }),
  );
  return people.length;
}

/** What is over of each item, for those who wait for it and were not asked yet, as they came. */
async function nextOffers(tx: ChangeTx, buy: Buy): Promise<readonly Offer[]> {
  const supplied = await suppliedLines(tx, buy);
  const offers = await tx.offersOf(buy);
  const asked = new Set(offers.map(keyOf));
  const since = await firstWords(tx, buy);
  return (await tx.arrivedOf(buy)).flatMap((each): Offer[] => {
    const among = supplied.filter(({ line }) => isOf(line, each));
    // What is short for some is not over for others.
    if (among.some(({ allotted }) => allotted.short)) return [];
    const gone = among.reduce((sum, { gets }) => sum + gets, 0);
    const promised = offers.filter((offer) => offer.state === "open" && isOf(offer, each));
    const over = each.counted - gone - promised.reduce((sum, offer) => sum + offer.quantity, 0);
    const waiting = among.filter(({ line }) => line.waitlisted > 0 && !asked.has(keyOf(line)));
    const demands = waiting.map(({ line }) => ({ wanted: line.waitlisted, since: since.get(line.person) ?? 0 }));
    const shares = over > 0 ? allot(over, demands, "first-come") : demands.map(() => 0);
    return waiting.map((each, index) => offerOf(each, shares[index]!)).filter((offer) => offer.quantity > 0);
  });
}

function offerOf({ line: { person, for: whom, item, option } }: Supplied, amount: number): Offer {
  return { person, for: whom, item, option, quantity: amount, state: "open" };
}

function whoseText({ person, for: whom }: Offer, names: ReadonlyMap<string, string>): string {
  const name = names.get(person) ?? "?";
  return whom ? `${whom} (${name})` : name;
}

/** "Apples 2 kg, $10". */
function offerText(buy: Buy, offer: Offer, cost: ReturnType<typeof pricing>, words: Words): string {
  const { unit } = buy.terms.items[offer.item - 1]!;
  const amount = cost(offer.item, offer.quantity);
  const price = amount === 0 ? "" : words.comma + money(amount, buy.terms.currency);
  return `${nameOf(buy, offer)} ${quantity(offer.quantity, unit)}${price}`;
}
