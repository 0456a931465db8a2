import { anonymousWords } from "../anonymous-words.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { money, quoted, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, BuyStatus, ChangeTx, ForgottenWords } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { preview, takeOffer } from "./confirm.ts";

/** States of buys that are over. */
const OVER: readonly BuyStatus[] = ["settled", "failed", "cancelled"];

/** A buy that nobody has settled is over some day too. */
const OVER_AFTER_MS = 90 * 24 * 60 * 60_000;

/** `/forget`: what is kept of the doer, and what would go; or what has to be over first. */
export async function proposeForgetting(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  if (rest !== "") {
    const text = say(words.forgetHow, { command, text: quoted(rest) });
    return whisper(parts, doer, { text, ...choiceButtons(doer, [{ label: words.choices.kept, rest: [] }]) });
  }
  if (doer.anonymous) return whisper(parts, doer, { text: words.nobodyOrders });
  const { kept, refusal } = await parts.store.look(async (tx) => {
    const found = await tx.keptOf(doer.place.community.id, doer.person.id);
    return { kept: found, refusal: await refusalOf(tx, doer, found.buys) };
  });
  const { name } = doer.person;
  const facts = { name, buys: kept.buys.length, messages: kept.messages };
  const shown = say(words.forgetKept, facts);
  if (refusal) return whisper(parts, doer, { text: `${shown}\n\n${refusal}`, publicly: words.notPublicly });
  const text = `${shown}\n\n${say(words.forgetPreview, { name: anonymousName(doer) })}`;
  await preview(parts, doer, "forget", {}, text, words.forgetButton);
}

/** Their yes: who they are goes, what they ordered and paid stays under another name. Tallies and sums do not change. */
export async function forgetPerson(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const { id } = doer.person;
  const said = await takeOffer(parts, doer, asked, async (tx) => {
    const { buys } = await tx.keptOf(community.id, id);
    const refusal = await refusalOf(tx, doer, buys);
    if (refusal) return refusal;
    const name = anonymousName(doer);
    const forgotten: ForgottenWords[] = [];
    let unchanged = 0;
    for (const buy of buys.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      const anew = await anonymised(tx, buy, id, name);
      forgotten.push(...(anew ?? []));
      if (!anew?.every(({ text }) => text)) unchanged += 1;
    }
    await tx.forget(community.id, id, name, forgotten);
    await tx.audit({ community: community.id, actor: id, verb: "forgotten", after: { buys: buys.length } });
    return [say(words.forgotten, { name }), ...(unchanged > 0 ? [words.forgottenChains(unchanged)] : [])].join("\n");
  });
  if (said) whisper(parts, doer, { text: said });
}

/** Nothing of theirs may be under way. */
async function refusalOf(tx: ChangeTx, doer: Doer, buys: readonly Buy[]): Promise<string | undefined> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const { id } = doer.person;
  const titles = (of: readonly Buy[]) => of.map(({ terms }) => terms.title).join(words.comma);
  const led = (await tx.runningBuys(community.id)).filter((buy) => buy.leader === id && !isOver(buy, doer.at));
  if (led.length > 0) return say(words.forgetLeads, { titles: titles(led) });
  const running = buys.filter((buy) => !isOver(buy, doer.at));
  if (running.length > 0) return say(words.forgetOpen, { titles: titles(running) });
  const balances = await tx.balancesOf(buys);
  const kept = buys.find((buy) => balances.has(`${buy.id}:${id}`));
  if (!kept) return undefined;
  const amount = money(balances.get(`${kept.id}:${id}`)!, kept.terms.currency);
  const names = await tx.namesOf([{ community: community.id, person: kept.leader }]);
  return say(words.forgetBalance, { amount, name: names.get(kept.leader) ?? "?" });
}

function isOver({ status, closedAt }: Buy, at: Date): boolean {
  return OVER.includes(status) || (closedAt !== undefined && at.getTime() - closedAt.getTime() > OVER_AFTER_MS);
}

async function anonymised(tx: ChangeTx, buy: Buy, person: string, name: string) {
  const all = await tx.ledger.statementsOfBuy(buy.community, buy.id);
  const known = await tx.ledger.statementsOfBuy(buy.community, buy.id, buy.closedAt);
  return anonymousWords(buy, { known, all }, person, name)?.map((words) => ({ ...words, buy: buy.id }));
}

/** Tells people of a list apart, and nobody who they are. */
function anonymousName({ place, person }: Doer): string {
  const code = person.id.replaceAll("-", "").slice(-4);
  return say(wordsOf(place.community.language).forgetName, { code });
}
