import { foldOrders } from "../../core/buy/fold.ts";
import { isPasted, type Statement } from "../../core/buy/statement.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { EditIn, RecallIn } from "../ports.ts";
import { logText, namedIn } from "../replies/log-text.ts";
import { quoted, say, time, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, ChangeTx, Logged } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { preview } from "./confirm.ts";
import { checkMay } from "./may-lead.ts";
import { showMine } from "./show.ts";
import { storeOrders } from "./take-orders.ts";
import { UNDOABLE, type Undoable } from "./undoable.ts";

/** How far back is looked for what somebody did last, and through how many entries. */
const WITHIN_MS = 7 * 24 * 60 * 60_000;
const MOST_ENTRIES = 200;

/**
 * `/undo`: takes back what the doer did last. Their own order is as before their last word about it, at once; what they
 * did for others is shown first, or why it cannot be taken back.
 */
export async function undoLast(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  if (rest !== "") {
    const text = say(words.undoHow, { command, text: quoted(rest) });
    return whisper(parts, doer, { text, ...choiceButtons(doer, [{ label: words.choices.undo, rest: [] }]) });
  }
  const done = await parts.store.look((tx) => lastDone(tx, doer));
  const said = await lastSaid(parts, doer);
  if (said && (!done[0] || said.at > done[0].at)) return unsay(parts, doer, said);
  if (!done[0]) return whisper(parts, doer, { text: words.undoNothing });
  await proposeUndo(parts, doer, command, done);
}

async function proposeUndo(parts: Parts, doer: Doer, command: string, done: readonly Logged[]): Promise<void> {
  const [first] = done;
  const undo = UNDOABLE[first!.verb] ?? "forever"; // another version may log more
  const words = wordsOf(doer.language);
  const what = await textOf(parts, doer, done);
  if (undo === "nothing") return;
  if (typeof undo === "string") return whisper(parts, doer, { text: say(words.undoNot[undo], { what }) });
  if (!(await mayUndo(parts, doer, undo, first!, command))) return;
  const refusal = await parts.store.look((tx) => refusalOf(parts, tx, doer, undo, done));
  if (refusal) return whisper(parts, doer, { text: `${what}\n${refusal}` });
  const isSettled =
    first!.buy !== undefined && (await parts.store.findBuy(first!.community, first!.buy))?.status === "settled";
  const effects = [undo.effect, isSettled ? undo.settled : undefined].flatMap((each) => each ?? []);
  const text = [say(words.undoPreview, { what }), ...effects.map((each) => words.undoEffects[each])];
  await preview(parts, doer, "undo", { entries: done.map(({ id }) => id) }, text.join("\n"), words.undoButton);
}

/** The yes: takes it back, if it is still the last that they did. */
export async function undoShown(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { entries: shown } = asked.data as { readonly entries: readonly string[] };
  const words = wordsOf(doer.language);
  const { community, chat } = doer.place;
  const done = await parts.store.look((tx) => lastDone(tx, doer));
  const undo = done[0] && UNDOABLE[done[0].verb];
  const isShown = done.length > 0 && done.every(({ id }) => shown.includes(id));
  if (!isShown || !undo || typeof undo === "string") return whisper(parts, doer, { text: words.changeGone });
  if (!(await mayUndo(parts, doer, undo, done[0]!, words.undoButton))) return;

  // Words are taken back as words are: a second time changes nothing.
  for (const entry of done) await recallOf(parts, doer, undo, entry);
  const outcome = await parts.store.change(async (tx) => {
    const buys = await lockBuys(tx, done);
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    if (!(await tx.takeAsked(community.id, chat, doer.person.id, asked))) return words.changeGone;
    const again = await lastDone(tx, doer);
    if (again[0]?.id !== done[0]!.id) return words.changeGone;
    const refusal = undo.message ? undefined : await refusalOf(parts, tx, doer, undo, done);
    if (refusal) return refusal;
    let refused: string | undefined;
    const undone: Logged[] = [];
    for (const entry of done) {
      const late = await undo.run?.({ parts, doer, tx, entry, buy: buys.get(entry.buy ?? "") });
      refused ??= late;
      if (late) continue; // of several that were done together, the others go back all the same
      undone.push(entry);
      await tx.audit({
        ...{ community: community.id, actor: doer.person.id, verb: "undone", source: sourceOf(doer) },
        ...(entry.buy !== undefined && { buy: entry.buy }),
        after: { entry: { ...entry, at: entry.at.toISOString() } },
      });
    }
    return { undone, refused };
  });
  if (typeof outcome === "string") whisper(parts, doer, { text: outcome });
  else if (outcome) {
    const { undone, refused } = outcome;
    const what = undone.length > 0 ? [say(words.undone, { what: await textOf(parts, doer, undone) })] : [];
    whisper(parts, doer, { text: [...what, ...(refused ? [refused] : [])].join("\n") });
  }
  for (const { buy } of done) parts.wake(buy === undefined ? undefined : { community: community.id, id: buy });
}

/** Who may do it may take it back. */
async function mayUndo(parts: Parts, doer: Doer, { who }: Undoable, entry: Logged, command: string): Promise<boolean> {
  const needed = typeof who === "string" ? who : who(entry);
  return needed === "everybody" || checkMay(parts, doer, needed, command);
}

/** What the doer did last and has not taken back: one entry, or several of one doing. */
async function lastDone(tx: ChangeTx, { place, person, at }: Doer): Promise<readonly Logged[]> {
  const since = new Date(at.getTime() - WITHIN_MS);
  const entries = await tx.logOf(place.community.id, { actor: person.id, since, most: MOST_ENTRIES });
  const undone = new Set(
    entries.flatMap(({ verb, after }) => (verb === "undone" ? [(after?.["entry"] as Logged | undefined)?.id] : [])),
  );
  const left = entries.filter(({ id, verb }) => UNDOABLE[verb] !== "nothing" && verb !== "undone" && !undone.has(id));
  const [last] = left;
  return left.filter(
    ({ id, verb, source }) => id === last?.id || (verb === last?.verb && source === last.source && source),
  );
}

async function refusalOf(parts: Parts, tx: ChangeTx, doer: Doer, undo: Undoable, done: readonly Logged[]) {
  for (const entry of done) {
    const buy = entry.buy === undefined ? undefined : await tx.findBuy(entry.community, entry.buy);
    const refusal = await undo.refusal?.({ parts, doer, tx, entry, buy });
    if (refusal) return refusal;
  }
  return undefined;
}

async function lockBuys(tx: ChangeTx, done: readonly Logged[]): Promise<ReadonlyMap<string, Buy>> {
  const buys = new Map<string, Buy>();
  for (const id of [...new Set(done.flatMap(({ buy }) => buy ?? []))].toSorted()) {
    const buy = await tx.lockBuy(done[0]!.community, id);
    if (buy) buys.set(id, buy);
  }
  return buys;
}

/** "Sat 21 Nov 20:00: closed the buy (Apples)". */
async function textOf(parts: Parts, doer: Doer, done: readonly Logged[]): Promise<string> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const [first] = done;
  const buy = first!.buy === undefined ? undefined : await parts.store.findBuy(community.id, first!.buy);
  const names = await parts.store.namesOf(community.id, [...new Set(done.flatMap(namedIn))]);
  const texts = new Set(done.toReversed().map((entry) => logText(entry, { buy, names, zone: community.zone }, words)));
  const when = time(first!.at, community.zone, words);
  return `${when}${words.colon}${[...texts].join(words.comma)}${buy ? ` (${buy.terms.title})` : ""}`;
}

async function recallOf(parts: Parts, doer: Doer, { message }: Undoable, entry: Logged): Promise<void> {
  const id = message?.(entry);
  if (id !== undefined) await storeOrders(parts, [recalling(doer, id)]);
}

/** What somebody said last that changed their order: of a message that was edited, the edit. */
interface Said {
  readonly buy: Buy;
  readonly statement: Statement;
  readonly at: Date;
}

async function lastSaid(parts: Parts, doer: Doer): Promise<Said | undefined> {
  const open = (await parts.store.buysOf(doer.place)).filter(
    ({ status, terms }) => status === "open" && !terms.endedAt,
  );
  const orders = open.map((buy) => ({ community: buy.community, buy: buy.id, person: doer.person.id }));
  if (orders.length === 0 || doer.anonymous) return undefined;
  const statements = await parts.store.record((tx) => tx.statementsOf(orders));
  const said = open.flatMap((buy) => {
    const own = statements.filter((each) => each.buy === buy.id && each.chat === doer.place.chat && !each.recalledAt);
    const { verdicts } = foldOrders(buy.terms, parts.readerOf(buy), own);
    const changed = new Set(verdicts.flatMap(({ id, outcome }) => (CHANGING.has(outcome) ? [id] : [])));
    return own
      .filter((statement) => changed.has(statement.id) && !isPasted(statement))
      .map((statement): Said => ({ buy, statement, at: statement.versions.at(-1)?.at ?? statement.saidAt }));
  });
  return said.toSorted((one, other) => one.at.getTime() - other.at.getTime()).at(-1);
}

const CHANGING: ReadonlySet<string> = new Set(["booked", "changed", "cancelled"]);

/** The message is taken back, or what it was edited to, as if its author had done that. */
async function unsay(parts: Parts, doer: Doer, { buy, statement }: Said): Promise<void> {
  const words = wordsOf(doer.language);
  const last = statement.versions.at(-1);
  const before = textBefore(statement);
  const event = before ? editing(doer, statement, before) : recalling(doer, statement.id);
  await storeOrders(parts, [event], before ? buy.id : undefined);
  const to = doer.person.externalId;
  parts.answers.give([{ type: "mark", place: doer.place, message: doer.message ?? "", mark: "changed", to }]);
  whisper(parts, doer, { text: say(words.unsaid, { text: (last?.text ?? "").slice(0, 100) }) }, { passing: true });
  await showMine(parts, doer, "/my", buy);
}

/** What a message said before its last edit; an edit to what it had said before is that edit taken back. */
function textBefore({ versions }: Statement): string | undefined {
  const said: string[] = [];
  for (const { text } of versions) {
    if (text === said.at(-2)) said.pop();
    else said.push(text);
  }
  return said.at(-2);
}

function recalling({ place, at }: Doer, message: string): RecallIn {
  const chat = { id: place.externalChat, kind: place.kind };
  return { type: "recall", platform: place.platform, chat, id: message, recalledAt: at };
}

function editing({ place, person, at }: Doer, statement: Statement, text: string): EditIn {
  return {
    ...{ type: "edit", platform: place.platform, chat: { id: place.externalChat, kind: place.kind } },
    ...{ id: statement.id, position: statement.position, sender: { id: person.externalId, name: person.name } },
    ...{ text, sentAt: statement.saidAt, editedAt: at },
  };
}
