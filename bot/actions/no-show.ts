import type { Doer, Parts } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, DueTimer } from "../store.ts";
import { actOnce } from "./act-once.ts";
import { choiceButtons, undoing } from "./choices.ts";
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
    const missing = await missingOf(tx, buy);
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
    const missing = await missingOf(tx, buy);
    await tx.markPickups(buy, missing, { noShowAt: await tx.now() });
    for (const person of missing) await logDone(tx, doer, buy, "no-show", { person });
    const text = say(words.noShowNoted, { people: words.persons(missing.length) });
    return { text, ...choiceButtons(doer, missing.length > 0 ? [undoing(doer)] : []) };
  });
}

/** Who has not collected all that is theirs. */
export async function missingOf(tx: ChangeTx, buy: Buy): Promise<readonly string[]> {
  const pickups = await tx.pickupsOf(buy);
  const people = new Set((await handedLines(tx, buy)).map(({ person }) => person));
  return [...people].filter((person) => !pickups.get(person)?.isCollected);
}
