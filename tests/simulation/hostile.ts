import fc from "fast-check";
import { handleBatch } from "../../bot/on-message.ts";
import type { EditIn, Incoming } from "../../bot/ports.ts";
import { anyText } from "../support/any-text.ts";
import { OFFER, Shared } from "./shared.ts";
import { type Wish, wordsOf } from "./wishes.ts";

const MALLORY = "u9";

/** Texts in one world: each is said or put in the place of another, by somebody with a name of the same kind. */
export const TEXTS = 40;

/** Pieces of attacks, and of what people write: chance puts them together. */
const PIECES = [
  ...["<script>alert(1)</script>", "<b>", "&lt;", "&#0;", "[x](tg://user?id=1)", "*_`~", "{title}", "{name}", "{1}"],
  ...[
    "' OR 1=1 --",
    '"; DROP TABLE line; --',
    "=HYPERLINK(1)",
    "@SUM(A1)",
    "+1+cmd|' /C calc'!A0",
    "\\",
    "%s%n",
    "../",
  ],
  ...[
    "\0",
    "\ud800",
    "\udc00",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u2028",
    "\r\n",
    "\t",
    "\u0301\u0301",
  ],
  ...[
    "#接龙",
    "1. ",
    "2. Ada ",
    "Ada",
    "Ben",
    "Lin",
    "@all",
    "mangoes",
    "eggs",
    "+",
    "-",
    "1",
    "２",
    "999999999",
    "1e9",
  ],
  ...[
    "0x10",
    "½",
    "-0",
    "NaN",
    "两斤半",
    "箱",
    "cancel",
    "取消",
    "帮Ada",
    "for Ben",
    "不要了",
    "改成",
    "ok",
    "/close",
    "/open",
  ],
  ...[
    "/order Ada 9 eggs",
    "/paid Ada",
    "/settings",
    "/forget",
    "/leader",
    "/undo",
    "接龙",
    "S$1",
    "，",
    "：",
    "\n",
    " ",
  ],
] as const;

const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((all) => all.join("")) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((all) => all.join(" ")) },
  { weight: 2, arbitrary: anyText({ maxLength: 120 }) },
  { weight: 1, arbitrary: fc.constantFrom(...PIECES).map((piece) => piece.repeat(400)) },
);

/** What a resident says to do harm, with the name that they go by; `isEdit`: in the place of what they said before. */
export const attacks = fc.array(fc.record({ text: hostile, name: hostile, isEdit: fc.boolean() }), {
  minLength: TEXTS,
  maxLength: TEXTS,
});

/** What no name may bring into a list of ours: ends of lines, controls, and what turns the direction of writing. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/**
 * Ada and Ben have ordered, and Mallory says all this. Gives what is wrong then, in words: an event that is refused for
 * good would be parked, so that it throws here; and whatever was said, what the others have is as it was.
 */
export async function attack(
  said: readonly { readonly text: string; readonly name: string; readonly isEdit: boolean }[],
): Promise<readonly string[]> {
  const shared = new Shared();
  await shared.opened();
  const orders: readonly [string, Wish][] = [
    ["u1", { type: "add", item: 1, count: 3 }],
    ["u2", { type: "set", item: 2, count: 2 }],
  ];
  const events: Incoming[] = orders.map(([person, wish]) => shared.says(person, wordsOf(wish, OFFER, [])));
  events.push(shared.says(MALLORY, "hello")); // so that there is something of theirs to edit: nobody can edit others' words
  for (const { text, name, isEdit } of said) {
    const event = shared.says(MALLORY, text, name);
    const { type: _, ...rest } = event;
    const edit: EditIn = { ...rest, type: "edit", id: String(Number(event.id) - 1), editedAt: event.sentAt };
    events.push(isEdit ? edit : event);
  }

  await handleBatch(shared.parts(), events, () => undefined);

  const { database, buy } = shared;
  const mallory = database.identities.all().find(({ externalId }) => externalId === MALLORY)?.person;
  const others = database.lines.where("buy", buy.id).filter(({ person }) => person !== mallory);
  const theirs = others.map(({ item, quantity }) => `${item}: ${quantity}`).sort();
  const names = database.people.all().map(({ name }) => name);
  return [
    ...(theirs.join() === "1: 3000,2: 2000" ? [] : [`the others have ${theirs.join()}`]),
    ...(buy.status === "open" ? [] : [`the buy is ${buy.status}`]),
    ...names
      .filter((name) => name === "" || NOT_IN_NAMES.test(name))
      .map((name) => `a name is ${JSON.stringify(name)}`),
  ];
}
