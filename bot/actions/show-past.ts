import { type Review, reviewOf, usualOf } from "../../core/review.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { quantity, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";
import { checkLead } from "./may-lead.ts";

/** Former buys that are looked back on. */
const MOST_BUYS = 12;

/** Items that are named. */
const MOST_ITEMS = 10;

const PAST = /^(?:past|history|stats|以往|往期|历史|歷史)$/iu;

/** Whether `/tally` is asked about former buys. */
export function asksForPast(rest: string): boolean {
  return PAST.test(rest);
}

/** `/tally past`: what the community's last buys say together; for leaders. */
export async function showPast(parts: Parts, doer: Doer, command: string): Promise<void> {
  if (!(await checkLead(parts, doer, command))) return;
  const words = wordsOf(doer.language);
  const review = await reviewHere(parts, doer);
  if (review.buys === 0) return whisper(parts, doer, { text: words.past.nothing });
  const { past } = words;
  const counts = [
    [past.failed, review.failed],
    [past.late, review.late],
    [past.short, review.short],
    [past.missed, review.missed],
  ] as const;
  const text = [
    say(past.head, { buys: review.buys }),
    say(past.people, {
      people: words.persons(review.people),
      again: review.repeating,
      percent: review.people === 0 ? 0 : Math.round((100 * review.repeating) / review.people),
    }),
    ...counts.flatMap(([label, count]) => (count > 0 ? [`${label}${words.colon}${count}`] : [])),
    "",
    past.items,
    ...review.items.slice(0, MOST_ITEMS).map(({ name, unit, booked, people, buys, usual }) =>
      say(past.item, {
        ...{ name, booked: quantity(booked, unit), people: words.persons(people), buys },
        usual: quantity(usual, unit),
      }),
    ),
  ];
  whisper(parts, doer, { text: text.join("\n"), publicly: words.notPublicly });
}

/** Beside the draft of a buy that comes again: how it went last time, and what to expect. */
export async function pastLines(parts: Parts, doer: Doer, former: Buy): Promise<readonly string[]> {
  const words = wordsOf(doer.language);
  const [last] = await parts.store.pastBuys(former.community, { buy: former.id });
  if (!last || last.people.length === 0) return [];
  const review = await reviewHere(parts, doer);
  const booked = last.items.filter((item) => item.booked > 0);
  const notes = [
    [words.past.late, last.late],
    [words.past.short, last.short],
    [words.past.missed, last.missed],
  ] as const;
  return [
    "",
    say(words.past.last, {
      people: words.persons(last.people.length),
      items: booked.map(({ name, unit, booked: amount }) => `${name} ${quantity(amount, unit)}`).join(words.comma),
    }),
    ...notes.flatMap(([label, count]) => (count > 0 ? [`${label}${words.colon}${count}`] : [])),
    ...expected(former, review, words),
  ];
}

/** Only of what was offered more than once: of one buy it is what was said already. */
function expected({ terms }: Buy, review: Review, words: Words): readonly string[] {
  const known = terms.items.flatMap(({ name, unit }) => {
    const usual = usualOf(review, name, unit);
    return usual && usual.buys > 1 ? [`${name} ${quantity(usual.usual, unit)}`] : [];
  });
  return known.length > 0 ? [say(words.past.expected, { items: known.join(words.comma) })] : [];
}

async function reviewHere(parts: Parts, { place }: Doer): Promise<Review> {
  return reviewOf(await parts.store.pastBuys(place.community.id, { most: MOST_BUYS }));
}
