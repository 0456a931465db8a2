import { amountOf, tallyOf } from "../../core/tally.ts";
import { COMMANDS } from "../commands.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { exampleOf, livePost, myOrder } from "../replies/layout.ts";
import { say, wordsOf } from "../replies/replies.ts";
import { isEnough } from "../rights.ts";
import type { Buy, Person } from "../store.ts";
import { isLeading } from "./may-lead.ts";
import { pickBuy, SHOWN } from "./pick-buy.ts";
import { showWords } from "./show-words.ts";

/** `/my`: the person's own order, to them alone. */
export async function showMine(parts: Parts, doer: Doer, command: string, known?: Buy): Promise<void> {
  const buy = known ?? (await pickBuy(parts, doer, command, SHOWN));
  if (!buy) return;
  const words = wordsOf(doer.language);
  const lines = await parts.store.linesOf(buy.community, buy.id);
  const mine = lines.filter((line) => line.person === doer.person.id);
  const entries = (await parts.store.entriesOf(buy.community, buy.id)).filter(
    ({ person }) => person === doer.person.id,
  );
  if (mine.length === 0 && entries.length === 0) {
    return whisper(
      parts,
      doer,
      { text: say(words.noOrder, { title: buy.terms.title, example: exampleOf(buy) }) },
      { passing: true },
    );
  }
  const amount = amountOf(mine, tallyOf(buy.terms, lines));
  const order = { name: doer.person.name, lines: mine, amount };
  whisper(
    parts,
    doer,
    {
      text: myOrder(buy, order, entries, doer.place.community.zone, words),
      buttons: [[{ label: words.why, data: `why:${buy.id}` }]],
    },
    { passing: true },
  );
}

/** `/my why`: the words behind the own order. */
export async function showWhy(parts: Parts, doer: Doer, command: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, SHOWN);
  if (buy) await showWords(parts, doer, buy);
}

/** `/tally`: what all have ordered. */
export async function showTally(parts: Parts, doer: Doer, command: string, known?: Buy): Promise<void> {
  const buy = known ?? (await pickBuy(parts, doer, command, SHOWN));
  if (!buy) return;
  const { items, people } = await parts.store.sumsOf(buy.community, buy.id);
  const { zone } = doer.place.community;
  whisper(parts, doer, { text: livePost(buy, tallyOf(buy.terms, items), people, zone, wordsOf(doer.language)) });
}

/** `/help`: how to order, and the commands that they may use. */
export async function showHelp(parts: Parts, doer: Doer): Promise<void> {
  const isLeader = await isLeading(parts, doer);
  showCommands(parts, doer, isLeader ? "leader" : doer.person.role);
}

/** The same as for somebody of a role. */
export function showCommands(parts: Parts, doer: Doer, role: Person["role"]): void {
  const words = wordsOf(doer.language);
  const isLeader = isEnough(role, "leader");
  const commands = COMMANDS.filter(({ id, who }) => id !== "start" && isEnough(role, who));
  const lines = commands.map((command) => `/${command.id} – ${command.help[doer.language]}`);
  whisper(
    parts,
    doer,
    {
      text: [isLeader ? words.helpForLeaders : words.helpForResidents, "", ...lines].join("\n"),
    },
    { passing: true },
  );
}
