import type { Parts } from "../parts.ts";
import { payShort } from "../replies/account-text.ts";
import { money, say } from "../replies/replies.ts";
import type { Buy, ChangeTx, DueTimer, Place, Timer } from "../store.ts";
import { listenersOf } from "./listeners.ts";
import { standingsOf } from "./standings.ts";
import { excuse, LAST_PAYMENT, nextPayment, saidBy } from "./timers.ts";

/** States in which money may be owed. */
const OWING: ReadonlySet<string> = new Set(["closed", "purchased", "arrived"]);

/**
 * Reminders of what is not paid: to each who owes something alone, three times in all; each sets the next. Who has
 * said or was marked to have paid is left in peace. With the last one the leader hears who still owes.
 */
export async function remindPayment(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  const owing = due.flatMap(({ timer, buy, community }) =>
    buy && OWING.has(buy.status) && (community.remindPayment || !isPlanned(timer)) ? [{ timer, buy, community }] : [],
  );
  const buys = owing.map(({ buy }) => buy);
  if (buys.length === 0) return;
  const lines = await tx.ledger.linesOfBuys(buys);
  const payments = await tx.paymentsOf(buys);
  const listener = await listenersOf(tx, buys);
  for (const { timer, buy, community } of owing) {
    const standings = standingsOf(buy, lines.get(buy.id) ?? [], payments);
    const unmarked = [...standings].filter(([, standing]) => standing.unmarked > 0);
    if (unmarked.length === 0) continue;
    await tx.setTimers(nextPayment(buy, timer, at));

    const names = await tx.namesOf(unmarked.map(([person]) => ({ community: buy.community, person })));
    const { title, currency } = buy.terms;
    const ways = await tx.payWaysOf(buy.community, buy.leader);
    for (const [person, { open }] of unmarked) {
      if (open === 0) continue;
      const facts = { name: names.get(person) ?? "?", title, amount: money(open, currency) };
      const { words, places, told } = listener(buy, person);
      const head = excuse(timer, at, told, community);
      const content = {
        text: [...head, say(words.paymentDue, facts), ...payShort(ways, currency, words)].join("\n"),
        buttons: [
          [
            { label: words.paidButton, data: `paid:${buy.id}`, words: "/paid" },
            ...(ways.length > 0 ? [{ label: words.pay.button, data: `pay:${buy.id}`, words: "/pay" }] : []),
          ],
        ],
      };
      await tx.addOutgoing(...saidBy(parts, timer, buy, "payment-reminder", places, content, person));
    }
    if (timer.ref !== LAST_PAYMENT) continue;
    const { words, places, told } = listener(buy, buy.leader);
    const rows = unmarked.map(([person, standing]) => {
      const row = `${names.get(person) ?? "?"}${words.colon}${money(standing.unmarked, currency)}`;
      return standing.open === 0 ? `${row} ${words.saysPaid}` : row;
    });
    const text = [...excuse(timer, at, told, community), say(words.paymentsOpen, { title }), ...rows].join("\n");
    const publicly = say(words.chase.owing, { title, people: words.persons(rows.length) });
    await tx.addOutgoing(...saidBy(parts, timer, buy, "payments-open", places, { text, publicly }, buy.leader));
  }
}

/** Planned ones are numbered; what a leader asks for goes whatever is set. */
function isPlanned({ ref }: Timer): boolean {
  return /^\d+$/.test(ref);
}

/** Who has not paid all, by a leader's count, in the order of the list. */
export async function owingIn(tx: ChangeTx, buy: Buy) {
  const standings = standingsOf(buy, await tx.ledger.linesOfBuy(buy.community, buy.id), await tx.paymentsOf([buy]));
  const owing = [...standings].filter(([, { unmarked }]) => unmarked > 0);
  const names = await tx.namesOf(owing.map(([person]) => ({ community: buy.community, person })));
  return owing.map(([person, standing]) => ({ person, standing, name: names.get(person) ?? "?" }));
}

/** Where somebody is reached: the chat in which they spoke of the buy last, else its first. */
export function placeOfPerson(places: readonly Place[], chat: string | undefined): readonly Place[] {
  const place = places.find((each) => each.chat === chat) ?? places[0];
  return place ? [place] : [];
}
