import { type Doer, type Parts, whisper } from "../parts.ts";
import { say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, ChangeTx, DueTimer } from "../store.ts";
import { actOnce } from "./act-once.ts";
import { choiceButtons, undoing } from "./choices.ts";
import { comesAfter } from "./coming.ts";
import { carryOut, preview } from "./confirm.ts";
import { handedLines } from "./handed-lines.ts";
import { logDone } from "./log-done.ts";
import { UNDER_WAY } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { excuse, saidBy } from "./timers.ts";

/**
 * After the pickup's end, by its timer: the leader hears who has not come, and may record it. Where nobody is ticked at
 * all, it is not known who came, and nothing is said.
 */
export async function tellMissing(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !UNDER_WAY.includes(buy.status)) continue;
    // Of one who said when they come, the timer names them.
    const missing = (await absentOf(tx, buy, at)).filter((person) => timer.ref === "" || person === timer.ref);
    const came = (await tx.collectedOf([buy])).get(buy.id);
    if (missing.length === 0 || !came) continue;
    const words = wordsOf(buy.language);
    const names = await tx.namesOf(missing.map((person) => ({ community: buy.community, person })));
    const facts = {
      title: buy.terms.title,
      names: missing.map((person) => names.get(person) ?? "?").join(words.comma),
    };
    const content = {
      text: [...excuse(timer, at, buy, community), say(words.noShow, facts)].join("\n"),
      publicly: say(words.chase.missing, { title: facts.title, people: words.persons(missing.length) }),
      buttons: [[{ label: words.noShowButton, data: `absent:${buy.id}`, words: "/pickup absent" }]],
    };
    const places = placeOfPerson((await tx.placesOf([buy])).get(buy.id) ?? [], undefined);
    await tx.addOutgoing(...saidBy(parts, timer, buy, "no-show", places, content, buy.leader));
  }
}

/** The leader's press: those who have not come by now are recorded as such. It is undone by `/picked` and their name. */
export async function recordMissing(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const words = wordsOf(doer.language);
  await actOnce(parts, doer, buyId, async (tx, buy) => {
    return record(tx, doer, buy, await absentOf(tx, buy, doer.at), words);
  });
}

/** `/pickup absent`: shows who would be recorded as not come; not before the pickup has begun. */
export async function proposeMissing(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const { title } = buy.terms;
  const begins = buy.pickup?.from ?? buy.pickup?.until;
  if (begins && doer.at < begins) {
    const facts = { title, time: time(begins, doer.place.community.zone, words) };
    return whisper(parts, doer, say(words.chase.early, facts));
  }
  const people = await parts.store.look((tx) => absentOf(tx, buy, doer.at));
  if (people.length === 0) return whisper(parts, doer, say(words.chase.allCame, { title }));
  const names = await parts.store.namesOf(buy.community, people);
  const rows = people.map((person) => `• ${names.get(person) ?? "?"}`);
  const text = [say(words.chase.absent, { title }), ...rows].join("\n");
  const publicly = `${say(words.chase.absent, { title })} ${words.persons(people.length)}`;
  await preview(parts, doer, "absent", { buy: buy.id, people }, text, words.noShowButton, publicly);
}

/** Their yes: of those who were shown, who has not come meanwhile. */
export async function recordShown(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, people } = asked.data as { readonly buy: string; readonly people: readonly string[] };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const missing = (await absentOf(tx, buy, doer.at)).filter((person) => people.includes(person));
    return record(tx, doer, buy, missing, words);
  });
}

async function record(tx: ChangeTx, doer: Doer, buy: Buy, missing: readonly string[], words: Words) {
  await tx.markPickups(buy, missing, { noShowAt: await tx.now() });
  for (const person of missing) await logDone(tx, doer, buy, "no-show", { person });
  const text = say(words.noShowNoted, { people: words.persons(missing.length) });
  return { text, ...choiceButtons(doer, missing.length > 0 ? [undoing(doer)] : []) };
}

/** Who has not collected all that is theirs. */
export async function missingOf(tx: ChangeTx, buy: Buy): Promise<readonly string[]> {
  const pickups = await tx.pickupsOf(buy);
  const people = new Set((await handedLines(tx, buy)).map(({ person }) => person));
  return [...people].filter((person) => !pickups.get(person)?.isCollected);
}

/** Those of them who have not said that they come later than now. */
async function absentOf(tx: ChangeTx, buy: Buy, at: Date): Promise<readonly string[]> {
  const pickups = await tx.pickupsOf(buy);
  return (await missingOf(tx, buy)).filter((person) => !comesAfter(pickups.get(person), at));
}
