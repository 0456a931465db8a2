import { checkPacking } from "../../core/packing.ts";
import { tallyOf } from "../../core/tally.ts";
import { arrivalFacts, previewArrival } from "../actions/arrive.ts";
import { bagsOf, labelOf } from "../actions/bags.ts";
import { markOnBoard } from "../actions/confirm-payment.ts";
import { decideWith } from "../actions/decide-problem.ts";
import { handedLines, keyOf, type Supplied } from "../actions/handed-lines.ts";
import { handOutPart } from "../actions/mark-picked.ts";
import { isAllowed } from "../actions/may-lead.ts";
import { PAYABLE } from "../actions/note-payment.ts";
import { payFor } from "../actions/pay.ts";
import { UNDER_WAY } from "../actions/pick-buy.ts";
import { compareNames } from "../actions/pickup-orders.ts";
import { worthAmong } from "../actions/problem-text.ts";
import { proposeShares } from "../actions/share-out.ts";
import { shortOf } from "../actions/shortage.ts";
import { standingsOf } from "../actions/standings.ts";
import { proposeWeights } from "../actions/weigh.ts";
import type { Answer } from "../answers.ts";
import { clean, cleanText } from "../clean.ts";
import { commandOf } from "../command-of.ts";
import { command } from "../on-command.ts";
import { press } from "../on-press.ts";
import type { Doer, Parts } from "../parts.ts";
import type { ButtonIn, Content, Document, TextIn } from "../ports.ts";
import { isEnough } from "../rights.ts";
import type { Buy, BuyStatus, ChangeTx } from "../store.ts";
import type { About, Board, BoardStore, Said, Sheet, Somebody, SuppliedLine, Tick, Visitor } from "./ports.ts";
import { digestOf, newSecret } from "./secrets.ts";

/** A session ends at the latest after this time. */
const SESSION_MS = 7 * 24 * 60 * 60_000;

/** Buys in the list. */
const MOST_BUYS = 100;

/**
 * The leader's board, on the same parts as the chat.
 *
 * @param partsOf  asked when somebody looks, since the chats that carry the board are parts themselves
 */
export function createBoard(partsOf: () => Parts, store: BoardStore): Board {
  const findBuy = async ({ place }: Visitor, id: string) => {
    const buy = await partsOf().store.findBuy(place.community.id, id);
    return buy?.status === "draft" ? undefined : buy;
  };

  /** Does something about a buy in one of these states, for those who may. Rights were asked for when they came in. */
  const about = (
    visitor: Visitor,
    key: string,
    id: string,
    who: Visitor["who"],
    states: readonly BuyStatus[],
    act: (own: Parts, doer: Doer, buy: Buy) => Promise<void>,
  ) =>
    answering(partsOf(), visitor, key, { buy: id }, async (own, doer) => {
      const buy = await findBuy(visitor, id);
      if (buy && states.includes(buy.status) && isEnough(visitor.who, who)) await act(own, doer, buy);
    });

  return {
    async enter(link) {
      const secret = newSecret();
      const isTaken = await store.takeLink(digestOf(link), { digest: digestOf(secret), validMs: SESSION_MS });
      return isTaken ? secret : undefined;
    },

    async visitor(session) {
      const found = await store.findSession(digestOf(session));
      const place = found && (await partsOf().store.placeOf(found.community, found.chat));
      if (!found || !place) return undefined;
      const visitor: Visitor = { place, person: found.person, language: found.language, who: "helper" };
      const doer = doerOf(partsOf(), visitor, "look");
      if (!(await isAllowed(partsOf(), doer, "helper"))) return undefined;
      return (await isAllowed(partsOf(), doer, "leader")) ? { ...visitor, who: "leader" } : visitor;
    },

    link: async ({ place, person, language }) => partsOf().board?.link(place, person, language),

    leave: (session) => store.endSession(digestOf(session)),

    leaveEverywhere: ({ place, person }) => store.endSessions(place.community.id, person.id),

    buys: ({ place }) => store.buysOf(place.community.id, MOST_BUYS),

    async sheet(visitor, id) {
      const buy = await findBuy(visitor, id);
      return buy && sheetOf(partsOf(), store, buy);
    },

    say: (visitor, key, text, about = {}) =>
      answering(partsOf(), visitor, key, about, async (own, doer) => {
        const event = clean(textIn(visitor, doer, text)) as TextIn;
        const called = commandOf(event.text);
        if (called) await command(own, doer, called, event);
      }),

    press: (visitor, key, data, about = {}) =>
      answering(partsOf(), visitor, key, about, async (own, { message: id = "", ...doer }) => {
        await press(own, { ...doer, press: id }, clean(buttonIn(visitor, doer.at, id, data)) as ButtonIn);
      }),

    /** As they would be told themselves; only their own words could claim that it is paid. */
    async bill(visitor, id, { id: person, name }) {
      const theirs: Visitor = { ...visitor, person: { ...visitor.person, id: person, name, role: "resident" } };
      const { contents } = await answering(partsOf(), theirs, "bill", { buy: id }, (own, doer) =>
        payFor(own, doer, id),
      );
      return { contents: contents.map(({ buttons: _, ...content }) => content), documents: [] };
    },

    arrive: (visitor, key, id, arrived) =>
      about(visitor, key, id, "leader", UNDER_WAY, async (own, doer, buy) => {
        const { expected } = await own.store.look((tx) => arrivalFacts(tx, buy));
        const known = arrived.filter((each) =>
          expected.some(({ item, option }) => item === each.item && option === each.option),
        );
        if (known.length > 0) await previewArrival(own, doer, buy, expected, known);
      }),

    weigh: (visitor, key, id, weights) =>
      about(visitor, key, id, "leader", UNDER_WAY, (own, doer, buy) => proposeWeights(own, doer, buy, [...weights])),

    share: (visitor, key, id, gets) =>
      about(visitor, key, id, "leader", UNDER_WAY, (own, doer, buy) => proposeShares(own, doer, buy, gets)),

    hand: (visitor, key, id, person, parts) =>
      about(visitor, key, id, "helper", UNDER_WAY, (own, doer, buy) => handOutPart(own, doer, buy, person, parts)),

    pay: (visitor, key, id, person, amount) =>
      about(visitor, key, id, "helper", PAYABLE, (own, doer, buy) => markOnBoard(own, doer, buy, person, amount)),

    decide: (visitor, key, problem, decision, reason) =>
      answering(partsOf(), visitor, key, {}, async (own, doer) => {
        if (isEnough(visitor.who, "leader")) await decideWith(own, doer, problem, decision, cleanText(reason));
      }),

    async tick(visitor, id, tick, isOn) {
      const buy = await findBuy(visitor, id);
      if (!buy || !UNDER_WAY.includes(buy.status)) return false;
      const lines = await partsOf().store.look((tx) => handedLines(tx, buy));
      if (!lines.some((line) => isSameLine(line, tick) && line.quantity === tick.quantity)) return false;
      await (isOn ? store.addTick(buy, tick, visitor.person.id) : store.dropTick(buy, tick));
      return true;
    },
  };
}

/** Does something as it is done in the chat, and gives what the doer alone would have heard there. */
async function answering(
  parts: Parts,
  visitor: Visitor,
  key: string,
  about: About,
  act: (own: Parts, doer: Doer) => Promise<void>,
): Promise<Said> {
  const doer = { ...doerOf(parts, visitor, key), about };
  const contents: Content[] = [];
  const documents: Document[] = [];
  const isOwn = (answer: Answer) => "whisper" in answer && answer.whisper.to === doer.person.externalId;
  const give = (answers: readonly Answer[]) => {
    for (const answer of answers) {
      if (answer.type === "whisper" && isOwn(answer)) contents.push(answer.content);
      else if (answer.type === "documents" && isOwn(answer)) documents.push(...answer.documents);
      else if (answer.type === "whisper" || answer.type === "documents") parts.answers.give([answer]);
      // A mark is for a message, and nothing was said in the chat.
    }
  };
  await act({ ...parts, answers: { give, drain: () => parts.answers.drain() } }, doer);
  return { contents, documents };
}

/** @param key  tells what was done from anything else that the person does: doing it again does nothing */
function doerOf({ adapters, clock }: Parts, { place, person, language }: Visitor, key: string): Doer {
  const at = adapters.get(place.platform)?.now?.() ?? clock.now(); // what is said in the chat is dated so
  return { place, person, anonymous: false, message: `board.${person.id}.${key}`, at, language };
}

function textIn({ place, person }: Visitor, { at, message }: Doer, text: string): TextIn {
  return {
    type: "text",
    platform: place.platform,
    chat: { id: place.externalChat, kind: place.kind },
    id: message!,
    position: at.getTime(), // beyond all messages of its chat of that instant
    sender: { id: person.externalId, name: person.name },
    text,
    sentAt: at,
  };
}

function buttonIn({ place, person }: Visitor, at: Date, id: string, data: string): ButtonIn {
  return {
    type: "button",
    platform: place.platform,
    chat: { id: place.externalChat, kind: place.kind },
    sender: { id: person.externalId, name: person.name },
    message: "",
    pressedAt: at,
    ...{ id, data },
  };
}

async function sheetOf(parts: Parts, store: BoardStore, buy: Buy): Promise<Sheet> {
  const [sums, ticks, facts] = await Promise.all([
    parts.store.sumsOf(buy.community, buy.id),
    store.ticksOf(buy),
    parts.store.look((tx) => factsOf(tx, buy)),
  ]);
  const { handed, names, arrived, pickups, expected, supplied, problems } = facts;
  const isNoticed = [...pickups.values()].some(({ noticedAt }) => noticedAt);
  const byName = (among: readonly Supplied[]) =>
    among.map((each) => suppliedLine(each, names)).sort((one, other) => compareNames(one.name, other.name));
  const bags = bagsOf(handed, names).map(({ lines, ...bag }) => {
    const code = pickups.get(bag.person)?.code;
    const isPacked = (line: (typeof lines)[number]) =>
      ticks.some((tick) => isSameLine(tick, line) && tick.quantity === line.quantity);
    return {
      ...bag,
      label: labelOf(bag, names),
      ...(code !== undefined && { code }),
      lines: lines.map((line) => ({ ...line, isPacked: isPacked(line) })),
    };
  });
  return {
    ...{ buy, sums, bags, people: facts.people },
    prices: facts.entries.filter(({ kind }) => kind === "price"),
    tally: tallyOf(buy.terms, sums.items),
    checks: checkPacking(handed, arrived),
    expected: expected.map((each) => {
      const came = arrived.find(({ item, option }) => item === each.item && option === each.option)?.counted;
      return { ...each, ...(came !== undefined && { came }) };
    }),
    supplied: byName(supplied),
    // What is told stays.
    short: (isNoticed ? [] : shortOf(supplied, arrived))
      .filter(({ open }) => open.length > 0)
      .map(({ item, option, left, open }) => ({ item, option, left, lines: byName(open) }))
      .sort((one, other) => one.item - other.item),
    isShared: !isNoticed && supplied.some(({ allotted }) => allotted.short),
    problems: problems.map((problem, index) => ({
      ...problem,
      no: index + 1,
      name: problem.for || (names.get(problem.person) ?? "?"),
      worth: worthAmong(buy, supplied, facts.entries, problems, problem),
    })),
  };
}

function suppliedLine({ line, unweighed, allotted }: Supplied, names: ReadonlyMap<string, string>): SuppliedLine {
  const { item, option, person } = line;
  return {
    ...{ key: keyOf(line), item, option, gets: unweighed },
    name: line.for || (names.get(person) ?? "?"),
    ...(allotted.weighed && { weighed: allotted.weighed.quantity }),
  };
}

async function factsOf(tx: ChangeTx, buy: Buy) {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const booked = (await tx.entriesOf([buy])).get(buy.id) ?? [];
  const handed = await handedLines(tx, buy);
  const ids = [...new Set([...lines, ...booked].flatMap(({ person }) => person ?? []))];
  const problems = await tx.problemsOf(buy);
  const named = [...ids, ...booked.map(({ author }) => author), ...problems.map(({ person }) => person)];
  const names = await tx.namesOf([...new Set(named)].map((person) => ({ community: buy.community, person })));
  const entries = booked.map((entry) => ({ ...entry, authorName: names.get(entry.author) ?? "?" }));
  const standings = standingsOf(buy, lines, await tx.paymentsOf([buy]), ids);
  const pickups = await tx.pickupsOf(buy);
  const people = ids
    .map(
      (id): Somebody => ({
        ...{ id, name: names.get(id) ?? "?", pickup: pickups.get(id), standing: standings.get(id)! },
        lines: lines.filter(({ person }) => person === id),
        entries: entries.filter(({ person }) => person === id),
        gets: handed.some(({ person }) => person === id),
      }),
    )
    .sort((one, other) => compareNames(one.name, other.name));
  const { expected, supplied } = await arrivalFacts(tx, buy);
  return { entries, handed, names, pickups, people, expected, supplied, problems, arrived: await tx.arrivedOf(buy) };
}

function isSameLine(one: Omit<Tick, "quantity">, other: Omit<Tick, "quantity">): boolean {
  return one.person === other.person && one.for === other.for && one.item === other.item && one.option === other.option;
}
