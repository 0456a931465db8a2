import type { UnclearOutcome } from "../../core/buy/ledger.ts";
import type { Button, Content } from "../ports.ts";
import { quantity, say } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";

/** Most choices offered as buttons: more would fill the screen, and the name is quicker to write. */
const MOST_CHOICES = 8;

/**
 * What to ask about a message that cannot be booked as it is: short, with the choices as buttons.
 *
 * @param message  the message that it is about
 */
export function question(buy: Buy, outcome: UnclearOutcome, words: Words, message: string): Content {
  const { items } = buy.terms;
  const names = (numbers: readonly number[]) => numbers.flatMap((no) => items[no - 1]?.name ?? []);
  const candidates = outcome.candidates ?? [];
  switch (outcome.reason) {
    case "unknown-item":
      return { text: say(words.unclear["unknown-item"], { items: items.map(({ name }) => name).join(words.comma) }) };
    case "item": {
      if (candidates.length === 0) return { text: words.unclear.itemNone };
      const buttons = candidates.map((no) => ({
        label: items[no - 1]?.name ?? `#${no}`,
        data: `pick:${buy.id}:${message}.${no}`,
      }));
      return withChoices(say(words.unclear.item, { items: names(candidates).join(words.or) }), buttons);
    }
    case "unit": {
      const units = new Set(items.flatMap(({ name, unit }) => (unit ? [`${unit} (${name})`] : [])));
      return { text: say(words.unclear.unit, { items: [...units].join(words.comma) }) };
    }
    case "quantity":
      return { text: words.unclear.quantity };
    case "limit": {
      const item = items.find((each, index) => each.perPerson !== undefined && isAmong(index + 1, candidates));
      const most = item?.perPerson === undefined ? "" : quantity(item.perPerson, item.unit);
      return { text: say(words.unclear.limit, { item: item?.name ?? buy.terms.title, quantity: most }) };
    }
    case "not-yours":
      return { text: words.unclear["not-yours"] };
    default:
      return outcome.reason satisfies never;
  }
}

/** Which option of an item: it is booked, and the person may still say which. */
export function questionOfOption(buy: Buy, no: number, words: Words, message: string): Content {
  const item = buy.terms.items[no - 1];
  const options = item?.options ?? [];
  const buttons = options.map((option, index) => ({
    label: option,
    data: `pick:${buy.id}:${message}.${no}.${index + 1}`,
  }));
  const text = say(words.unclear.option, { item: item?.name ?? `#${no}`, items: options.join(words.or) });
  return withChoices(text, buttons);
}

function withChoices(text: string, buttons: readonly Button[]): Content {
  const fits = buttons.length <= MOST_CHOICES && buttons.every(({ data }) => Buffer.byteLength(data) <= 64);
  return fits ? { text, buttons: buttons.map((button) => [button]) } : { text };
}

function isAmong(no: number, candidates: readonly number[]): boolean {
  return candidates.length === 0 || candidates.includes(no);
}
