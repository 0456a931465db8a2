import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, BuyStatus, ChangeTx, DueTimer, Rating } from "../store.ts";
import { isLeading } from "./may-lead.ts";
import { pickEnded } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { excuse, reviewTimer, saidBy, saidInEach } from "./timers.ts";

/** States of buys that people can say something about. */
export const RATED: readonly BuyStatus[] = ["closed", "purchased", "arrived", "settled"];

/** The longest reason that is kept. */
const MOST_REASON = 500;

/** From bad to good. */
const GRADES = ["👎", "😐", "👍"] as const;

/** `/rate`: from who ordered, why they liked it or not; from a leader alone, what all have said. */
export async function rateInWords(parts: Parts, doer: Doer, command: string, reason: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, RATED);
  if (!buy) return;
  if (reason === "" && (await isLeading(parts, doer))) return showRatings(parts, doer, buy);
  const words = wordsOf(doer.language);
  if (reason === "") return whisper(parts, doer, { text: say(words.rateHow, { command }), buttons: gradeButtons(buy) });
  const grade = GRADES.findIndex((each) => reason.startsWith(each)) + 1;
  await rate(parts, doer, buy, { ...(grade > 0 && { grade }), reason: reason.slice(0, MOST_REASON) });
}

/** The same by a tap. */
export async function rateByPress(parts: Parts, doer: Doer, buyId: string, grade: string): Promise<void> {
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (buy && /^[123]$/.test(grade)) await rate(parts, doer, buy, { grade: Number(grade) });
}

/** Who ordered has one voice: the last grade and the last reason count. */
async function rate(parts: Parts, doer: Doer, buy: Buy, said: Omit<Rating, "person">): Promise<void> {
  const words = wordsOf(doer.language);
  const lines = await parts.store.linesOf(buy.community, buy.id);
  if (doer.anonymous || !lines.some(({ person }) => person === doer.person.id)) {
    return whisper(parts, doer, { text: say(words.rateNobody, { title: buy.terms.title }) });
  }
  await parts.store.change(async (tx) => {
    if (await tx.claim(buy.community, sourceOf(doer))) await tx.rate(buy, { person: doer.person.id, ...said });
  });
  whisper(parts, doer, { text: said.reason === undefined ? words.rateThanks : words.rateNoted });
}

/** Some time after the settlement, by its timer: everybody is asked, once for a buy; a day later the leader hears what was said. */
export async function askForRatings(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !RATED.includes(buy.status)) continue;
    const places = (await tx.placesOf([buy])).get(buy.id) ?? [];
    if (timer.ref === "summary") {
      const ratings = await tx.ratingsOf(buy);
      if (ratings.length === 0) continue;
      const words = wordsOf(buy.language);
      const text = [...excuse(timer, at, buy, community), await summary(tx, buy, ratings, words)].join("\n");
      const publicly = say(words.chase.rated, { title: buy.terms.title, people: words.persons(ratings.length) });
      await tx.addOutgoing(
        ...saidBy(parts, timer, buy, "ratings", placeOfPerson(places, undefined), { text, publicly }, buy.leader),
      );
      continue;
    }
    if (!(await tx.claim(buy.community, `review:${buy.id}`))) continue;
    const contentFor = (told: Buy) => {
      const asked = say(wordsOf(told.language).rateAsk, { title: buy.terms.title });
      return { text: [...excuse(timer, at, told, community), asked].join("\n"), buttons: gradeButtons(buy) };
    };
    await tx.addOutgoing(...saidInEach(parts, timer, buy, "review", places, contentFor));
    await tx.setTimers([reviewTimer(buy, "summary", at)]);
  }
}

async function showRatings(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const text = await parts.store.look(async (tx) => summary(tx, buy, await tx.ratingsOf(buy), words));
  whisper(parts, doer, { text });
}

async function summary(tx: ChangeTx, buy: Buy, ratings: readonly Rating[], words: Words): Promise<string> {
  const names = await tx.namesOf(ratings.map(({ person }) => ({ community: buy.community, person })));
  const counts = GRADES.map((sign, index) => `${sign} ${ratings.filter(({ grade }) => grade === index + 1).length}`);
  const reasons = ratings.flatMap(({ person, grade, reason }) => {
    if (reason === undefined) return [];
    const sign = grade && !reason.startsWith(GRADES[grade - 1]!) ? `${GRADES[grade - 1]} ` : "";
    return [`${names.get(person) ?? "?"}${words.colon}${sign}${reason}`];
  });
  return [say(words.ratings, { title: buy.terms.title }), counts.reverse().join("  "), ...reasons].join("\n");
}

function gradeButtons(buy: Buy) {
  return [
    GRADES.map((label, index) => ({ label, data: `rate:${buy.id}:${index + 1}`, words: `/rate ${label}` })).reverse(),
  ];
}
