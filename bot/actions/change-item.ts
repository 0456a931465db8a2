import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { itemTexts } from "../replies/item-text.ts";
import { itemLine } from "../replies/layout.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy } from "../store.ts";
import { askAgain, type Choice, choiceButtons, undoing } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { effectOf, effectTexts } from "./item-effect.ts";
import { itemNamed } from "./item-named.ts";
import { changedItem, OF_SUPPLY, readSetting, type Setting, settingIn } from "./item-setting.ts";
import { endedBuy, pickBuy, UNDER_WAY } from "./pick-buy.ts";
import { isFinal, replaceItem, withItem } from "./replace-item.ts";

/** What is to change of an item, as it is kept until the leader says yes. */
interface ItemChange {
  readonly buy: string;
  /** Its number, from 1. */
  readonly no: number;
  readonly set: Setting;
}

/** `/item`: a new price, stock or name. Shows what that would do to the orders that are there. */
export async function proposeItem(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = await buyToChange(parts, doer, command);
  if (!buy) return;
  const read = readSetting(rest, buy.terms);
  if (isFinal(buy) && !(read && OF_SUPPLY.has(read.set.what))) {
    return whisper(parts, doer, { text: say(words.itemFinal, { title: buy.terms.title }) });
  }
  if (!read) {
    const items = buy.terms.items.map(({ name }) => name).join(words.comma);
    const named = itemNamed(rest, buy.terms);
    const example = buy.terms.items[rest === "" ? 0 : (named ?? 1) - 1]?.name ?? "1";
    const set = settingIn(rest);
    const choices = buy.terms.items.flatMap(({ name }, index): Choice[] => {
      const isClear = readSetting(`#${index + 1} ${set}`, buy.terms) !== undefined;
      return isClear ? [{ label: `${name} ${set}`, rest: [{ item: index + 1, name }, set], buy: buy.id }] : [];
    });
    const others = buy.terms.items.map(({ name }, index) => {
      return { label: name, rest: [{ item: index + 1, name }], buy: buy.id };
    });
    const how = say(words.itemHow, { example, items });
    // An item alone: as it is now, and what may be changed.
    const isNamed = rest !== "" && named !== undefined;
    return askAgain(parts, doer, isNamed ? `${itemLine(buy, named, undefined, words)}\n${how}` : how, {
      choices: choices.length > 0 ? choices : others,
      ...(isNamed && { said: "" }),
    });
  }
  const item = buy.terms.items[read.no - 1]!;
  if (read.unit !== undefined && read.unit !== item.unit?.toLowerCase()) {
    return whisper(parts, doer, { text: say(words.itemUnit, { item: item.name, unit: item.unit ?? "×1" }) });
  }
  const changed = withItem(buy, read.no, changedItem(item, read.set));
  if (JSON.stringify(changed.terms.items) === JSON.stringify(buy.terms.items)) {
    return whisper(parts, doer, { text: say(words.itemSame, { item: item.name }) });
  }
  const statements = await parts.store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id));
  const effect = effectOf(buy.terms, changed.terms, statements);
  if (read.set.what === "name" && effect.isOtherwise) return whisper(parts, doer, { text: words.itemRename });
  const text = [changeText(buy, read.no, read.set, words), ...effectTexts(buy, read.no, changed, effect, words)];
  await preview(parts, doer, "item", { buy: buy.id, no: read.no, set: read.set } satisfies ItemChange, text.join("\n"));
}

/** One that is open, else the last that is under way: what its supplier asks is often known only then. */
async function buyToChange(parts: Parts, doer: Doer, command: string): Promise<Buy | undefined> {
  const isAnyOpen = (await parts.store.buysOf(doer.place)).some(({ status }) => status === "open");
  const ended = isAnyOpen ? undefined : await endedBuy(parts, doer, UNDER_WAY);
  return ended ?? pickBuy(parts, doer, command, ["open", ...UNDER_WAY]);
}

/** The leader's yes: the item is as they said from now on, and everybody's order is made anew from their words. */
export async function changeItem(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, no, set } = asked.data as ItemChange;
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const before = buy.terms.items[no - 1];
    if (!before) return say(words.itemFinal, { title: buy.terms.title });
    const after = changedItem(before, set);
    const refusal = await replaceItem(parts, tx, doer, buy, no, after, asked.id);
    if (refusal) return refusal;
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "item-changed", buy: buy.id, source: sourceOf(doer) },
      before: { no, item: before },
      after: { no, item: after },
    });
    const text = say(words.changed, { what: changeText(buy, no, set, words) });
    return { text, ...choiceButtons(doer, [undoing(doer)]) };
  });
}

function changeText(buy: Buy, no: number, set: Setting, words: Words): string {
  const item = buy.terms.items[no - 1]!;
  return itemTexts(item, changedItem(item, set), buy.terms.currency, words).join("\n");
}

/** Somebody keeps what has become dearer. */
export async function keepItem(parts: Parts, doer: Doer, buyId: string, no: string): Promise<void> {
  const { community } = doer.place;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return;
    const buy = await tx.findBuy(community.id, buyId);
    if (!buy) return;
    const facts = { community: community.id, actor: doer.person.id, verb: "price-kept", buy: buyId } as const;
    await tx.audit({ ...facts, source: sourceOf(doer), after: { no: Number(no) } });
  });
}
