import { compareDoors, parseDoor } from "../../core/door.ts";
import { codesFor } from "../../core/pickup-codes.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { linesText, pickupLines } from "../replies/layout.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, ChangeTx, Line, Notice, Pickup } from "../store.ts";
import { carryOut, preview } from "./confirm.ts";
import { handedLines } from "./handed-lines.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { standingsOf } from "./remind-payment.ts";

/** The longest word of the leader's that goes into every notice. */
const MOST_WHERE = 300;

/** What shows a list instead of sending notices. */
const LIST = /^(?:list|名单|名單|谁|誰|who)$/iu;

/** `/pickup`: shows what everybody who has ordered would be told, where and when; `/pickup list` who has come. */
export async function proposePickup(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  if (LIST.test(rest)) return showPickups(parts, doer, buy);
  if (rest.length > MOST_WHERE) return whisper(parts, doer, { text: say(words.tooLong, { most: MOST_WHERE }) });
  const { zone } = doer.place.community;
  const where = rest === "" ? pickupLines(buy, zone, words) : [rest];
  if (where.length === 0) return whisper(parts, doer, { text: say(words.pickupHow, { command }) });

  const orders = await parts.store.look((tx) => waitingOrders(tx, buy));
  const [first] = orders;
  if (!first) return whisper(parts, doer, { text: say(words.pickupNobody, { title: buy.terms.title }) });
  const sample = noticeText(buy, { ...first, code: first.pickup?.code ?? "1234" }, where, wordsOf(buy.language));
  const told = orders.filter(({ pickup }) => pickup?.noticedAt).length;
  const text = [
    say(words.pickupPreview, { people: words.persons(orders.length), title: buy.terms.title }),
    ...(told > 0 ? [say(words.pickupAgain, { people: words.persons(told) })] : []),
    "",
    sample,
  ];
  await preview(parts, doer, "pickup", { buy: buy.id, where: rest }, text.join("\n"), words.sendButton);
}

/** The leader's yes: each gets a code and hears what is theirs, what is due, where and when. Once for each yes. */
export async function sendPickup(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, where: said } = asked.data as { readonly buy: string; readonly where: string };
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const words = wordsOf(doer.language);
    if (!UNDER_WAY.includes(buy.status)) return say(words.pickupOver, { title: buy.terms.title });
    const orders = await waitingOrders(tx, buy);
    const own = wordsOf(buy.language);
    const where = said === "" ? pickupLines(buy, doer.place.community.zone, own) : [said];
    const codes = await giveCodes(parts, tx, buy, orders);
    const chats = await tx.chatsOfPeople([buy]);
    const notices = orders.map((order): Notice => {
      const { person } = order;
      const text = noticeText(buy, { ...order, code: codes.get(person)! }, where, own);
      const buttons = [[{ label: own.seenButton, data: `seen:${buy.id}` }]];
      return {
        ...{ community: buy.community, buy: buy.id, chat: chats.get(`${buy.id}:${person}`) ?? doer.place.chat, person },
        ...{ kind: "pickup-notice", cause: `pickup:${asked.id}`, content: { text, buttons } },
      };
    });
    await tx.ledger.addNotices(notices);
    const people = orders.map(({ person }) => person);
    await tx.markPickups(buy, people, { noticedAt: await tx.now() });
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "pickup-notices", buy: buy.id },
      ...{ source: sourceOf(doer), after: { people: people.length, where: where.join(" ") } },
    });
    return say(words.pickupSent, { people: words.persons(people.length), example: codes.get(people[0]!) ?? "" });
  });
}

interface WaitingOrder {
  readonly person: string;
  readonly name: string;
  readonly lines: readonly Line[];
  /** What is still to be paid: a leader marks that somebody has. */
  readonly open: number;
  readonly pickup: Pickup | undefined;
}

/** Orders that are not collected, in the order in which somebody walks from door to door. */
async function waitingOrders(tx: ChangeTx, buy: Buy): Promise<WaitingOrder[]> {
  return (await ordersOf(tx, buy)).filter(({ pickup }) => !pickup?.isCollected);
}

async function ordersOf(tx: ChangeTx, buy: Buy): Promise<WaitingOrder[]> {
  const lines = await handedLines(tx, buy);
  const booked = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const standings = standingsOf(buy, booked, await tx.paymentsOf([buy]));
  const pickups = await tx.pickupsOf(buy);
  const people = [...new Set(lines.map(({ person }) => person))];
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  return people
    .map((person) => ({
      ...{ person, name: names.get(person) ?? "?", lines: lines.filter((line) => line.person === person) },
      ...{ open: standings.get(person)?.unmarked ?? 0, pickup: pickups.get(person) },
    }))
    .sort((one, other) => compareDoors(parseDoor(one.name), parseDoor(other.name)) || compare(one.name, other.name));
}

/** Who has a code keeps it. */
async function giveCodes(parts: Parts, tx: ChangeTx, buy: Buy, orders: readonly WaitingOrder[]) {
  const known = [...(await tx.pickupsOf(buy))].flatMap(([person, { code }]) => (code ? [[person, code] as const] : []));
  const has = new Map(known);
  const without = orders.map(({ person }) => person).filter((person) => !has.has(person));
  const fresh = codesFor(without, has.values(), () =>
    Number.parseInt(parts.clock.newId().replaceAll("-", "").slice(-8), 16),
  );
  await tx.giveCodes(buy, fresh);
  return new Map([...has, ...fresh]);
}

function noticeText(
  buy: Buy,
  { name, lines, open, code }: Pick<WaitingOrder, "name" | "lines" | "open"> & { readonly code: string },
  where: readonly string[],
  words: Words,
): string {
  return [
    say(words.pickupNotice, { name, title: buy.terms.title }),
    linesText(buy, lines, words),
    ...(open > 0 ? [say(words.pickupDue, { amount: money(open, buy.terms.currency) })] : []),
    ...where,
    say(words.pickupCode, { code }),
  ].join("\n");
}

/** Who has been told, has seen it, has come. */
async function showPickups(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const orders = await parts.store.look((tx) => ordersOf(tx, buy));
  const came = orders.filter(({ pickup }) => pickup?.isCollected).length;
  const rows = orders.map(({ name, pickup, open }) => {
    const due = open > 0 ? ` ${say(words.stillOpen, { amount: money(open, buy.terms.currency) })}` : "";
    return `${stateOf(pickup)} ${name}${pickup?.code ? ` ${pickup.code}` : ""}${due}`;
  });
  const head = say(words.pickupList, { title: buy.terms.title, came, all: orders.length });
  whisper(parts, doer, { text: [head, words.pickupSigns, ...rows].join("\n"), publicly: words.notPublicly });
}

function stateOf(pickup: Pickup | undefined): string {
  if (pickup?.isCollected) return "✅";
  if (pickup?.noShowAt) return "🚫";
  if (pickup?.seenAt) return "👀";
  return pickup?.noticedAt ? "📨" : "·";
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
