import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import { isEnough } from "../rights.ts";
import type { Asked, Buy, BuyStatus, ChangeTx, DueTimer, Member } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { OFFER_MS, preview, takeOffer } from "./confirm.ts";
import { roleIn } from "./give-roles.ts";
import { personNamed } from "./person-named.ts";
import { sayWhich, titlesOf } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { tellPerson } from "./tell-person.ts";
import { absentTimer, excuse, saidBy } from "./timers.ts";

/** What changes hands: one buy, or all that somebody leads here. */
interface Handover {
  /** Without one: all buys and plans, and the community where they own it. */
  readonly buy?: string;
  /** Who leads it now. */
  readonly from: string;
}

const ALL = /^(?:all|everything|全部|所有|社区|社區|社群)(?:[\s:：]+|$)/iu;
const ME = /^(?:me|我|接手|我接手)$/iu;

/**
 * `/handover Ada` (or in reply to Ada) hands a buy to another leader, `/handover all Ada` everything that the doer leads;
 * Ada is asked first. `/handover me` takes a buy over from a leader who does not act.
 */
export async function proposeHandover(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  if (ME.test(rest)) return proposeTakeover(parts, doer, command);
  const isAll = ALL.test(rest);
  const name = rest.replace(ALL, "").trim();
  if (name === "" && !doer.repliedTo && !doer.about?.person) return showHow(parts, doer, command);
  // A reply may be to a buy's post: then it says which buy, and the name whom.
  const buy = isAll ? undefined : await runningBuy(parts, doer, command, () => true);
  const member = (isAll || buy) && (await personNamed(parts, doer, name));
  if (!member) return;
  const what: Handover = { ...(buy && { buy: buy.id }), from: buy?.leader ?? doer.person.id };
  if (member.id !== what.from) return offer(parts, doer, member, what, buy?.terms.title);
  whisper(parts, doer, { text: say(wordsOf(doer.language).handover.leadsAlready, { name: member.name }) });
}

async function offer(parts: Parts, doer: Doer, { id, name }: Member, what: Handover, title: string | undefined) {
  const { community, chat } = doer.place;
  const said = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const { handover: own, sayYes, sayNo } = wordsOf(community.language);
    const question = parts.clock.newId();
    const expiresAt = new Date(doer.at.getTime() + OFFER_MS);
    const data = { ...what, by: doer.person.id };
    await tx.ask(community.id, chat, id, { id: question, kind: "handover", data, askedAt: doer.at, expiresAt });
    const facts = { name, by: doer.person.name, title: title ?? community.name };
    await tellPerson(parts, tx, doer, id, "handover", {
      text: say(title === undefined ? own.offerAll : own.offer, facts),
      buttons: [
        [
          { label: own.take, data: `yes:${question}`, words: sayYes },
          { label: own.leave, data: `no:${question}`, words: sayNo },
        ],
      ],
    });
    return say(wordsOf(doer.language).handover.asked, facts);
  });
  if (said) whisper(parts, doer, { text: said });
  parts.wake();
}

/** They take it: from now on reminders, questions and accounts of it come to them. */
export async function acceptHandover(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { by, ...what } = asked.data as Handover & { readonly by: string };
  await transfer(parts, doer, asked, what, by);
}

/** A buy whose leader does not act: shows whose it is, and takes it over at a yes. */
async function proposeTakeover(parts: Parts, doer: Doer, command: string): Promise<void> {
  const buy = await runningBuy(parts, doer, command, ({ leader }) => leader !== doer.person.id);
  if (!buy) return;
  const words = wordsOf(doer.language);
  if (buy.leader === doer.person.id) {
    return whisper(parts, doer, { text: say(words.handover.leadsAlready, { name: doer.person.name }) });
  }
  const names = await parts.store.namesOf(buy.community, [buy.leader]);
  const text = say(words.handover.takeover, { title: buy.terms.title, name: names.get(buy.leader) ?? "?" });
  await preview(parts, doer, "takeover", { buy: buy.id, from: buy.leader }, text, words.handover.take);
}

/** The same by the button under the word that a buy's leader does not act. */
export async function takeOver(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (buy && buy.leader !== doer.person.id) await transfer(parts, doer, undefined, { buy: buyId, from: buy.leader });
}

/** The leader's yes to a takeover. */
export async function confirmTakeover(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  await transfer(parts, doer, asked, asked.data as Handover);
}

/**
 * The doer leads it from now on, and is a leader if they were none.
 *
 * @param by  who handed it over; without: it is taken
 */
async function transfer(parts: Parts, doer: Doer, asked: Asked | undefined, what: Handover, by?: string) {
  const { community } = doer.place;
  const { id, name } = doer.person;
  const words = wordsOf(doer.language);
  const work = async (tx: ChangeTx): Promise<string> => {
    const known = await tx.lockRoles(community.id);
    if (by !== undefined && !isEnough(roleIn(known, by), "leader") && by !== doer.person.id) return words.changeGone;
    const buys = await heldBy(tx, community.id, what);
    if (what.buy !== undefined && buys.length === 0) return words.changeGone;
    for (const buy of buys) await tx.updateBuy(buy, { leader: id });
    const [own, former] = [roleIn(known, id), roleIn(known, what.from)];
    const role = what.buy === undefined && former === "owner" ? "owner" : isEnough(own, "leader") ? own : "leader";
    if (role !== own) await tx.grantRole(community.id, id, role, by ?? id);
    if (role === "owner" && former === "owner") await tx.grantRole(community.id, what.from, "leader", by ?? id);
    if (what.buy === undefined) await tx.movePlans(community.id, what.from, id);
    const facts = { community: community.id, actor: by ?? id, verb: "handed-over" as const, source: sourceOf(doer) };
    const before = { leader: what.from };
    const after = { leader: id, ...(role !== own && { role }) };
    if (what.buy === undefined) await tx.audit({ ...facts, before, after });
    await tx.audit(...buys.map((buy) => ({ ...facts, buy: buy.id, before, after })));
    const titles = buys.map(({ terms }) => terms.title).join(words.comma) || community.name;
    for (const person of new Set([what.from, by ?? what.from])) {
      if (person === id) continue;
      const text = say(wordsOf(community.language).handover.told, { name, title: titles });
      await tellPerson(parts, tx, doer, person, "handover", { text });
    }
    return say(words.handover.done, { title: titles });
  };
  const said = await (asked ? takeOffer(parts, doer, asked, work) : claimed(parts, doer, work));
  if (said) whisper(parts, doer, { text: said });
  parts.wake();
}

async function claimed(parts: Parts, doer: Doer, work: (tx: ChangeTx) => Promise<string>): Promise<string | undefined> {
  return parts.store.change(async (tx) =>
    (await tx.claim(doer.place.community.id, sourceOf(doer))) ? work(tx) : undefined,
  );
}

/** States of a buy that somebody has to see through. */
const RUNNING: readonly BuyStatus[] = ["open", "closed", "purchased", "arrived"];

/** What is still theirs, locked. */
async function heldBy(tx: ChangeTx, community: string, { buy, from }: Handover): Promise<readonly Buy[]> {
  const ids = buy === undefined ? (await tx.runningBuys(community)).map(({ id }) => id) : [buy];
  const held: Buy[] = [];
  for (const id of ids.toSorted()) {
    const locked = await tx.lockBuy(community, id);
    if (locked && locked.leader === from && RUNNING.includes(locked.status)) held.push(locked);
  }
  return held;
}

/** The buy whose post is replied to, else the only one that runs; where it cannot be told, the doer hears so. */
async function runningBuy(parts: Parts, doer: Doer, command: string, isMeant: (buy: Buy) => boolean) {
  const { place, replyTo } = doer;
  const words = wordsOf(doer.language);
  const replied = doer.about?.buy ?? (replyTo && (await parts.store.buyOfPost(place, replyTo)));
  const named = replied ? await parts.store.findBuy(place.community.id, replied) : undefined;
  if (named && RUNNING.includes(named.status)) return named;
  const running = (await parts.store.look((tx) => tx.runningBuys(place.community.id))).filter(isMeant);
  if (running.length === 1) return running[0];
  if (running.length === 0) whisper(parts, doer, { text: words.handover.none });
  else sayWhich(parts, doer, running, say(words.handover.which, { titles: titlesOf(running, words), command }));
  return undefined;
}

async function showHow(parts: Parts, doer: Doer, command: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const running = await parts.store.look((tx) => tx.runningBuys(community.id));
  const names = await parts.store.namesOf(
    community.id,
    running.map(({ leader }) => leader),
  );
  const rows = running.map(({ terms, leader }) => `• ${terms.title}${words.colon}${names.get(leader) ?? "?"}`);
  const leaders = (await parts.store.look((tx) => tx.rolesOf(community.id))).filter(({ role, id }) => {
    return isEnough(role, "leader") && id !== doer.person.id;
  });
  const choices =
    running.length === 0 ? [] : leaders.map(({ id, name }) => ({ label: name, rest: [{ person: id, name }] }));
  whisper(parts, doer, {
    text: [...rows, say(words.handover.how, { command })].join("\n"),
    ...choiceButtons(doer, choices),
  });
}

/**
 * Some time after the leader was reminded, by its timer: where nobody who leads or helps has done anything since the
 * closing, the other leaders hear of it and may take the buy over; where there is none, the chat does, two days later.
 */
export async function tellAbsent(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (buy?.status !== "closed" || (await tx.isTended(buy, buy.closedAt ?? at))) continue;
    const words = wordsOf(buy.language);
    const leaders = (await tx.rolesOf(buy.community)).filter(({ role }) => isEnough(role, "leader"));
    const others = leaders.filter(({ id }) => id !== buy.leader);
    const name = (await tx.namesOf([{ community: buy.community, person: buy.leader }])).get(buy.leader) ?? "?";
    const places = (await tx.placesOf([buy])).get(buy.id) ?? [];
    const sentence = others.length > 0 ? words.handover.absent : words.handover.absentAlone;
    const content = {
      text: [...excuse(timer, at, buy, community), say(sentence, { name, title: buy.terms.title })].join("\n"),
      buttons: [[{ label: words.handover.take, data: `take:${buy.id}`, words: "/handover me" }]],
    };
    if (others.length === 0 && timer.ref === "leaders") await tx.setTimers([absentTimer(buy, "chat", at)]);
    if (others.length === 0 && timer.ref === "chat") {
      await tx.addOutgoing(...saidBy(parts, timer, buy, "absent", places, content));
    }
    for (const { id } of others) {
      await tx.addOutgoing(...saidBy(parts, timer, buy, "absent", placeOfPerson(places, undefined), content, id));
    }
  }
}
