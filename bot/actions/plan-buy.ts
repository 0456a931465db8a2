import { termsAgain, timesAgain } from "../../core/buy/again.ts";
import { nextOccurrence, readRecurrence, writeRecurrence } from "../../core/time/recurrence.ts";
import { weekdayOf } from "../../core/time/wall.ts";
import { wallAt } from "../../core/time/zone.ts";
import type { AuditVerb } from "../audit.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { draftText } from "../replies/layout.ts";
import { say, time, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, DueTimer, NewBuy, Place, Plan } from "../store.ts";
import { askAgain, type Choice } from "./choices.ts";
import { closingOf } from "./move-closing.ts";
import { draftButtons, openBuy } from "./open-buy.ts";
import { meantBuy } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { pastLines } from "./show-past.ts";
import { excuse, saidBy } from "./timers.ts";

/** A planned opening that comes later than this after its time is left out, and so is one whose closing has passed. */
const TOO_LATE_MS = 6 * 60 * 60_000;

/** `/again`, perhaps with a closing: drafts a former buy anew, with times as far apart as then. */
export async function draftAgain(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const former = await formerBuy(parts, doer);
  const words = wordsOf(doer.language);
  if (!former) return whisper(parts, doer, { text: words.againNone });
  const closesAt = text ? closingOf(parts, doer, command, text) : undefined;
  if (text && !closesAt) return;
  const { community } = doer.place;
  const draft = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    return tx.createBuy(repeatedBuy(former, doer.place, doer.person.id, doer.at, closesAt));
  });
  if (!draft) return;
  const shown = [draftText(draft, [], community.zone, words), ...(await pastLines(parts, doer, former))];
  whisper(parts, doer, { text: shown.join("\n"), buttons: draftButtons(draft, words) });
}

/** `/every fri 18:00`: a buy opens again and again. Alone it shows the plans; "off" ends, "skip" leaves one out. */
export async function planBuy(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const words = wordsOf(doer.language);
  if (!text) return showPlans(parts, doer, command);
  if (/^(off|end|stop|停|取消|结束|結束)$/i.test(text) || /^(skip|跳过|跳過)$/i.test(text)) {
    const plans = await parts.store.plansOf(doer.place);
    const [plan] = plans;
    if (!plan || plans.length > 1) return showPlans(parts, doer, command);
    return /^(skip|跳)/i.test(text) ? skipPlan(parts, doer, plan.id) : endPlan(parts, doer, plan.id);
  }
  const rule = readRecurrence(text);
  if (!rule) {
    const plans = await parts.store.plansOf(doer.place);
    const ofPlan = [
      { label: words.skipButton, rest: ["skip"] },
      { label: words.endButton, rest: ["off"] },
    ];
    const choices = plans.length === 1 ? ofPlan : await likelyRules(parts, doer);
    return askAgain(parts, doer, say(words.planHow, { command }), { choices });
  }
  const buy = await formerBuy(parts, doer);
  if (!buy) return whisper(parts, doer, { text: words.againNone });

  const { community } = doer.place;
  const nextAt = nextOccurrence(rule, doer.at, community.zone);
  const id = parts.clock.newId();
  const plan = {
    community: community.id,
    id,
    buy: buy.id,
    rule: writeRecurrence(rule),
    nextAt,
    author: doer.person.id,
  };
  const isNew = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return false;
    await tx.createPlan(plan);
    await tx.setTimers([{ buy, kind: "open-planned", ref: id, dueAt: nextAt }]);
    const after = { rule: plan.rule, plan: id };
    const [actor, source] = [doer.person.id, sourceOf(doer)];
    await tx.audit({ community: community.id, actor, verb: "plan-made", buy: buy.id, source, after });
    return true;
  });
  if (isNew) whisper(parts, doer, planContent(doer, { ...plan, endedAt: undefined }, buy));
  parts.wake();
}

/** Leaves out the next opening of a plan. */
export async function skipPlan(parts: Parts, doer: Doer, planId: string): Promise<void> {
  await changePlan(parts, doer, planId, "plan-skipped", async (tx, plan, buy) => {
    const rule = readRecurrence(plan.rule);
    if (!rule || !plan.nextAt) return plan;
    const nextAt = nextOccurrence(rule, plan.nextAt, doer.place.community.zone);
    await tx.updatePlan(plan, { nextAt });
    await tx.setTimers([{ buy, kind: "open-planned", ref: plan.id, dueAt: nextAt }]);
    return { ...plan, nextAt };
  });
}

/** Ends a plan. */
export async function endPlan(parts: Parts, doer: Doer, planId: string): Promise<void> {
  await changePlan(parts, doer, planId, "plan-ended", async (tx, plan) => {
    const endedAt = await tx.now();
    await tx.updatePlan(plan, { endedAt });
    return { ...plan, endedAt };
  });
}

/** The time of a plan has come: opens its buy again, tells the leader, and plans the next. */
export async function openPlanned(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    const plan = await tx.findPlan(timer.community, timer.ref);
    const rule = plan && readRecurrence(plan.rule);
    // A plan has one timer, at the buy that it repeats.
    if (!buy || !plan || !rule || plan.endedAt || plan.buy !== buy.id) continue;
    const place = (await tx.placesOf([buy])).get(buy.id)?.[0];
    if (!place) continue; // the chat is gone

    const nextAt = nextOccurrence(rule, at, community.zone);
    // A timer that failed before is due later than what it is for.
    const plannedAt = plan.nextAt && plan.nextAt < timer.dueAt ? plan.nextAt : timer.dueAt;
    const next = repeatedBuy(buy, place, buy.leader, plannedAt);
    const { closesAt } = next.terms;
    const isTooLate = at.getTime() - plannedAt.getTime() > TOO_LATE_MS || (closesAt !== undefined && closesAt <= at);
    const opened = isTooLate ? buy : await tx.createBuy(next);
    if (!isTooLate) await openBuy(parts, tx, place, opened, plannedAt);
    await tx.updatePlan(plan, { nextAt, buy: opened.id });
    await tx.setTimers([{ buy: opened, kind: "open-planned", ref: plan.id, dueAt: nextAt }]);

    const words = wordsOf(buy.language);
    const facts = { title: buy.terms.title, time: time(nextAt, community.zone, words) };
    const said = say(isTooLate ? words.planMissed : words.planOpened, facts);
    const content = {
      text: [...excuse({ ...timer, dueAt: plannedAt }, at, buy, community), said].join("\n"),
      buttons: planButtons(plan, words),
    };
    await tx.addOutgoing(...saidBy(parts, timer, buy, "plan", placeOfPerson([place], undefined), content, plan.author));
    await tx.audit({
      community: community.id,
      actor: undefined,
      verb: isTooLate ? "plan-missed" : "buy-opened",
      buy: opened.id,
      source: timer.id,
    });
  }
}

/** A former buy as it is offered anew. */
function repeatedBuy(former: Buy, place: Place, leader: string, at: Date, closesAt?: Date): NewBuy {
  const times = timesAgain(former.terms, former.pickup, at, place.community.zone);
  const { place: where, keep } = former.pickup ?? {};
  const { from, until } = times;
  return {
    place,
    leader,
    language: former.language,
    text: "",
    terms: termsAgain(former.terms, at, closesAt ?? times.closesAt),
    ...(former.pickup && {
      pickup: {
        ...{ ...(from && { from }), ...(until && { until }) },
        ...{ ...(where !== undefined && { place: where }), ...(keep && { keep }) },
      },
    }),
    draftedAt: at,
    ...(former.photo !== undefined && { photo: former.photo }),
    ...(former.commission && { commission: former.commission }),
    againOf: former.id,
  };
}

/** The buy whose post is replied to, else the chat's last. */
async function formerBuy(parts: Parts, doer: Doer): Promise<Buy | undefined> {
  return (await meantBuy(parts, doer)) ?? parts.store.lastBuy(doer.place);
}

async function showPlans(parts: Parts, doer: Doer, command: string): Promise<void> {
  const plans = await parts.store.plansOf(doer.place);
  if (plans.length === 0) {
    return askAgain(parts, doer, say(wordsOf(doer.language).planHow, { command }), {
      choices: await likelyRules(parts, doer),
    });
  }
  for (const plan of plans) {
    const buy = await parts.store.findBuy(plan.community, plan.buy);
    if (buy) whisper(parts, doer, planContent(doer, plan, buy));
  }
}

/** When the last buy may open again and again: at the hour at which it was opened, each week or each day. */
async function likelyRules(parts: Parts, doer: Doer): Promise<readonly Choice[]> {
  const former = await formerBuy(parts, doer);
  if (!former) return [{ label: "/open", command: "open", rest: [] }];
  const { zone } = doer.place.community;
  const words = wordsOf(doer.language);
  const opened = wallAt(former.terms.openedAt, zone);
  const { hour, minute } = opened;
  const rules = { weekly: { weekday: weekdayOf(opened), hour, minute }, daily: { hour, minute } };
  return (["weekly", "daily"] as const).map((often) => {
    const next = nextOccurrence(rules[often], doer.at, zone);
    return {
      label: say(words.choices[often], { time: time(next, zone, words) }),
      rest: [writeRecurrence(rules[often])],
    };
  });
}

async function changePlan(
  parts: Parts,
  doer: Doer,
  planId: string,
  verb: AuditVerb,
  change: (tx: ChangeTx, plan: Plan, buy: Buy) => Promise<Plan>,
): Promise<void> {
  const { community } = doer.place;
  const outcome = await parts.store.change(async (tx) => {
    const { plan, buy } = await lockPlan(tx, community.id, planId);
    if (!plan || !buy || plan.endedAt || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const [actor, source] = [doer.person.id, sourceOf(doer)];
    const before = { plan: plan.id, nextAt: plan.nextAt?.toISOString() ?? null };
    await tx.audit({ community: community.id, actor, verb, buy: buy.id, source, before });
    return { plan: await change(tx, plan, buy), buy };
  });
  if (!outcome) return whisper(parts, doer, { text: wordsOf(doer.language).draftGone });
  whisper(parts, doer, planContent(doer, outcome.plan, outcome.buy));
  parts.wake();
}

/** A plan with the buy that it repeats, locked; it may be opening just now, and repeat the new one from then on. */
export async function lockPlan(tx: ChangeTx, community: string, id: string) {
  let plan = await tx.findPlan(community, id);
  for (;;) {
    const buy = plan && (await tx.lockBuy(community, plan.buy));
    const now = await tx.findPlan(community, id);
    if (now?.buy === plan?.buy) return { plan: now, buy };
    plan = now;
  }
}

function planContent(doer: Doer, plan: Plan, buy: Buy) {
  const words = wordsOf(doer.language);
  const { zone } = doer.place.community;
  const facts = { title: buy.terms.title, ...(plan.nextAt && { time: time(plan.nextAt, zone, words) }) };
  if (plan.endedAt) return { text: say(words.planEnded, facts) };
  return { text: say(words.planMade, facts), buttons: planButtons(plan, words) };
}

function planButtons({ id }: Plan, { skipButton, endButton }: { skipButton: string; endButton: string }) {
  return [
    [
      { label: skipButton, data: `skip:${id}`, words: "/every skip" },
      { label: endButton, data: `end:${id}`, words: "/every off" },
    ],
  ];
}
