import { expect, test } from "vitest";
import type { Incoming } from "../../bot/ports.ts";
import { eventually } from "../support/eventually.ts";
import { FakeChat, type FakePerson } from "../support/fake-chat.ts";
import { community, running, scenario } from "../support/scenario.ts";

test("events that come twice and in any order end in the same list", async () => {
  const lists: string[] = [];
  for (const order of [(events: Incoming[]) => events, shuffledTwice]) {
    const chat = await scenario();
    const lin = chat.person("Lin", { leader: true });
    const people = ["Ada", "Ben", "Chen"].map((name) => chat.person(name));
    await lin.opens("Apples $5/kg, pears $6/kg, plums $7/kg");
    const start = Date.now();

    const events = people.flatMap((person, index) => talkOf(person, start + index));
    for (const some of inGroups(order(events), 4)) await chat.deliver(...some);
    await lin.says("/close", { at: new Date(start + 60_000) });
    lists.push((await chat.posted(/final list/)).text);
  }

  expect(lists[0]).toMatch(/Ada: Apples 4 kg, pears 1 kg/);
  expect(byPerson(lists[1]!)).toEqual(byPerson(lists[0]!));
});

test("two processes on one database: every event reaches both, and everything happens once", async () => {
  const { chat } = await community({ processes: 2 });
  const toBoth = (...events: Incoming[]) => Promise.all([chat.deliver(...events), chat.deliver(...events)]);
  const lin = chat.person("Lin", { leader: true });
  const people = Array.from({ length: 12 }, (_, index) => chat.person(`Neighbour ${index + 1}`));
  await toBoth(lin.saying("/open Apples $5/kg (stock 10 kg), pears $6/kg"));
  await toBoth(lin.pressing(await lin.hears(/\n/), /Open/));
  await chat.posted(/🟢/);

  await Promise.all(
    people.flatMap((person) => [toBoth(person.saying("+1 apples")), toBoth(person.saying("2 kg pears"))]),
  );
  await toBoth(lin.saying("/close"));
  const list = await chat.posted(/final list/);

  expect(list.text).toMatch(/Apples 10 kg \(\+ 2 kg waiting\)\npears 24 kg/i);
  expect(list.text).toMatch(/Total: .*194/);
  await eventually("the post says so", () => chat.posts.some(({ text }) => /🔒/.test(text)));
  expect(chat.posts).toHaveLength(2);
});

test("three chats, two hundred orders at once: each buy has its own, and all of them", async () => {
  const chats = ["one", "two", "three"].map((platform) => new FakeChat({ platform, id: platform }));
  await running(chats);
  await Promise.all(
    chats.map(async (chat) => {
      const lin = chat.person("Lin", { leader: true });
      await lin.opens(`Apples of ${chat.id} $5/kg`);
    }),
  );

  await Promise.all(
    Array.from({ length: 200 }, (_, index) => {
      const chat = chats[index % 3]!;
      return chat.deliver(chat.person(`Neighbour ${index}`).saying(`${(index % 7) + 1} kg apples`));
    }),
  );

  const kilos = [0, 1, 2].map((own) =>
    Array.from({ length: 200 }, (_, index) => (index % 3 === own ? (index % 7) + 1 : 0)).reduce((a, b) => a + b, 0),
  );
  for (const [index, chat] of chats.entries()) {
    await chat.people.get("u1")!.says("/close");
    const list = await chat.posted(/final list/);
    expect(list.text).toContain(`Apples of ${chat.id} ${kilos[index]} kg`);
  }
});

test("an event that cannot be handled is told, and holds up no other", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const mina = chat.person("Mina");
  const alex = chat.person("Alex");
  await lin.opens("Apples $5/kg");

  const bad = { ...mina.saying("+1 apples"), id: "no database takes \0" };
  const good = alex.saying("+2 apples");
  await chat.deliver(bad, good);

  await mina.hears(/went wrong/);
  await lin.hears(/message by Mina could not be handled/);
  await alex.says("/my");
  await alex.hears(/Apples 2 kg/);
  expect(alex.heard(/Apples 2 kg/)).toBe(1);
});

/** Orders, changes and recalls of one person, a second apart. */
function talkOf(person: FakePerson, start: number): Incoming[] {
  const at = (second: number) => new Date(start + second * 1000);
  const first = person.saying("+2 apples", { at: at(1) });
  const wish = person.saying("3 kg plums", { at: at(2) });
  const more = person.saying("one more apple", { at: at(3) });
  const last = person.saying("pears 5", { at: at(4) });
  const shown = (id: string) => person.chat.shown.find((each) => each.id === id)!;
  return [
    first,
    wish,
    more,
    last,
    person.editing(shown(first.id), "+3 apples", at(5)),
    person.recalling(shown(wish.id), at(6)),
    person.editing(shown(last.id), "pears 4", at(7)),
    person.editing(shown(last.id), "pears 1", at(8)),
    person.saying("what a day!", { at: at(9) }),
  ];
}

/** Each event twice, in an order that is the same in every run. */
function shuffledTwice(events: Incoming[]): Incoming[] {
  let seed = 7;
  const next = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed;
  };
  return [...events, ...events]
    .map((event) => ({ event, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ event }) => event);
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** The lines of a list without their numbers, sorted: who ordered first depends on nothing that people see. */
function byPerson(list: string): string[] {
  return list
    .split("\n")
    .map((line) => line.replace(/^\d+\. /, ""))
    .sort();
}
