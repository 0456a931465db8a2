import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storeOrders } from "../../bot/actions/take-orders.ts";
import { anonymousWords } from "../../bot/anonymous-words.ts";
import { createCatalogs } from "../../bot/catalogs.ts";
import { compareRows, rowsFrom } from "../../bot/compare-rows.ts";
import { lateCause } from "../../bot/late.ts";
import type { Parts } from "../../bot/parts.ts";
import type { EditIn, RecallIn, TextIn } from "../../bot/ports.ts";
import { type Heard, NeedsAlone, record } from "../../bot/record.ts";
import {
  type Buy,
  type ChangeTx,
  DEFERRED,
  type Person,
  type Place,
  type Rows,
  type Store,
  type Unsent,
} from "../../bot/store.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import type { PayWay } from "../../core/pay/ways.ts";
import { FakeChat } from "../support/fake-chat.ts";

/** What several processes would have: stores on the same rows. */
export interface Stores {
  /** One more of them. */
  open(): Store;
  close(): Promise<void>;
}

const NOON = new Date("2026-11-21T12:00:00+08:00");
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
export const APPLES: ItemTerms = { name: "Apples", unit: "kg", aliases: [], options: [], price: 500, tiers: [] };
const PEARS: ItemTerms = { ...APPLES, name: "Pears" };
const DEFAULTS = { zone: "Asia/Shanghai", language: "en", currency: "CNY" } as const;
const readerOf = createCatalogs();

/** What a store promises, wherever its rows are; to be called in a suite. */
export function storeContract(openStores: () => Promise<Stores>): void {
  let stores: Stores;
  let store: Store;
  beforeAll(async () => {
    stores = await openStores();
    store = stores.open();
  });
  afterAll(() => stores.close());

  test("a store that is closed leaves the others as they are", async () => {
    await stores.open().close();

    expect((await store.now()).getTime()).toBeGreaterThan(0);
  });

  describe("meeting chats and people", () => {
    test("a chat met by eight at once is one chat in one community", async () => {
      const others = Array.from({ length: 8 }, () => stores.open());

      const places = await Promise.all(others.map((each) => each.meetChat("fake", chatOf("crowd"), DEFAULTS)));

      expect(new Set(places.map(({ chat, community }) => `${chat} ${community.id}`)).size).toBe(1);
    });

    test("a community has the settings of those who set none", async () => {
      const { community, ...place } = await newPlace(store);

      expect(place).toMatchObject({ platform: "fake", kind: "group" });
      expect(community).toMatchObject({ ...DEFAULTS, name: "Garden Court", lastCallMinutes: 30, remindPayment: true });
      expect(community.quiet).toEqual({ from: 22 * 60, until: 8 * 60 });
    });

    test("settings that are changed are met changed; quiet hours can be taken away", async () => {
      const { community, externalChat } = await newPlace(store);

      await store.change((tx) => tx.setCommunity(community.id, { zone: "Europe/Berlin", lastCallMinutes: 0 }));
      await store.change((tx) => tx.setCommunity(community.id, { quiet: null }));

      const { quiet: _, ...kept } = community;
      const { community: after } = await store.meetChat("fake", chatOf(externalChat), DEFAULTS);
      expect(after).toEqual({ ...kept, zone: "Europe/Berlin", lastCallMinutes: 0 });
    });

    test("a person keeps being one when their name changes", async () => {
      const at = await newPlace(store);

      const before = await store.meetPerson(at, { id: "u1", name: "Lin" });
      const after = await store.meetPerson(at, { id: "u1", name: "Lin 302" });

      expect(after.id).toBe(before.id);
      expect((await store.namesOf(at.community.id, [before.id])).get(before.id)).toBe("Lin 302");
    });

    test("a batch of people, some new, some renamed, met by eight at once, is each of them once", async () => {
      const at = await newPlace(store);
      const before = await store.meetPerson(at, { id: "u0", name: "Lin" });
      const chat = chatOf(at.externalChat);
      const met = Array.from({ length: 50 }, (_, index) => ({
        ...{ platform: "fake", chat, sender: { id: `u${index}`, name: `Neighbour ${index}` } },
      }));
      const others = Array.from({ length: 8 }, () => stores.open());

      const known = await Promise.all(
        others.map((each) => each.meetAll([...met, { platform: "fake", chat }], DEFAULTS)),
      );

      const ids = known.map((each) => each.map(({ person }) => person?.id));
      expect(new Set(ids.map((each) => each.join())).size).toBe(1);
      expect(new Set(ids[0]).size).toBe(51); // fifty people, and nobody
      expect(ids[0]?.[0]).toBe(before.id);
      expect((await store.namesOf(at.community.id, [before.id])).get(before.id)).toBe("Neighbour 0");
      expect(known[0]?.every(({ place }) => place.chat === at.chat)).toBe(true);
    });

    test("the same person in two communities is two: tenants do not see each other", async () => {
      const here = await store.meetPerson(await newPlace(store), { id: "u1", name: "Lin" });
      const there = await store.meetPerson(await newPlace(store), { id: "u1", name: "Lin" });

      expect(there.id).not.toBe(here.id);
    });

    test("who is only named, as in a pasted chain, keeps their name and is no member", async () => {
      const at = await newPlace(store);
      const lin = await personOf(store, at, "lin");
      const [wang, luo] = [randomUUID(), randomUUID()];

      await store.addNamed(at.community.id, new Map([[wang, "王姐"]]));
      await store.addNamed(at.community.id, new Map([...new Map([[wang, "王"]]), [luo, "阿罗"]]));

      expect(await store.namesOf(at.community.id, [wang, luo])).toEqual(
        new Map([
          [wang, "王姐"],
          [luo, "阿罗"],
        ]),
      );
      expect(await store.membersOf(at.community.id)).toEqual([{ id: lin.id, name: lin.name, role: "resident" }]);
    });

    test("who has become a leader is met as one, and named among the leaders", async () => {
      const at = await newPlace(store);
      const lin = await personOf(store, at, "lin");
      const before = await store.leadersOf(at);

      await store.change((tx) => tx.grantRole(at.community.id, lin.id, "leader", undefined));

      expect([lin.role, before]).toEqual(["resident", []]);
      expect((await personOf(store, at, "lin")).role).toBe("leader");
      expect(await store.leadersOf(at)).toEqual(["lin"]);
    });

    test("leaders are told once on each platform: where it was said, else where the buy is offered", async () => {
      const at = await newPlace(store);
      const [lin, ada] = [await personOf(store, at, "lin"), await personOf(store, at, "ada")];
      const apart = await newPlace(store);
      await store.change((tx) => tx.joinCommunity(apart, at.community.id));
      const other = await store.meetChat("fake", { id: apart.externalChat, kind: "group" }, DEFAULTS);
      const buy = await draftIn(store, other);
      await store.change((tx) => tx.grantRole(at.community.id, lin.id, "owner", undefined));

      const told = await store.look(async (tx) => {
        const where = async (chat: string, about: string | null) =>
          (await tx.ledger.leadersAt(at.community.id, chat, about)).map(({ person, chat: there }) => [person, there]);
        return [await where(at.chat, buy.id), await where(other.chat, null), await where(buy.id, buy.id)];
      });

      expect(ada.role).toBe("resident");
      expect(told).toEqual([[[lin.id, at.chat]], [[lin.id, other.chat]], [[lin.id, other.chat]]]);
    });

    test("of those who run the chat on their platform the first owns the community, the others lead it", async () => {
      const at = await newPlace(store);
      const [lin, ada] = [await personOf(store, at, "lin"), await personOf(store, at, "ada")];

      await Promise.all([lin, ada].map(({ id }) => store.change((tx) => tx.meetAdministrator(at.community.id, id))));

      const given = await store.look((tx) => tx.rolesOf(at.community.id));
      expect(given.map(({ role }) => role).sort()).toEqual(["leader", "owner"]);
    });

    test("who was told otherwise stays what they are, whatever their platform says", async () => {
      const at = await newPlace(store);
      const [lin, ada, ben] = await Promise.all(["lin", "ada", "ben"].map((name) => personOf(store, at, name)));
      await store.change((tx) => tx.meetAdministrator(at.community.id, lin!.id));
      await store.change((tx) => tx.grantRole(at.community.id, ada!.id, "resident", lin!.id));
      await store.change((tx) => tx.grantRole(at.community.id, ben!.id, "helper", lin!.id));

      expect(await store.change((tx) => tx.meetAdministrator(at.community.id, ada!.id))).toBe("resident");
      expect(await store.change((tx) => tx.meetAdministrator(at.community.id, ben!.id))).toBe("helper");
      const members = [
        { id: ben!.id, name: ben!.name, role: "helper" },
        { id: lin!.id, name: lin!.name, role: "owner" },
      ];
      expect(await store.look((tx) => tx.rolesOf(at.community.id))).toEqual(members);
      expect(await store.change((tx) => tx.lockRoles(at.community.id))).toEqual(members);
    });
  });

  describe("the log", () => {
    test("is read newest first, in pages: of a buy, of what concerns no buy, of what somebody did", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const [lin, ada] = [await personOf(store, place, "lin"), await personOf(store, place, "ada")];
      const community = place.community.id;
      for (const verb of ["buy-opened", "buy-extended", "buy-ended"] as const) {
        await store.change((tx) => tx.audit({ community, actor: lin.id, verb, buy: buy.id, source: verb }));
      }
      await store.change((tx) =>
        tx.audit({
          community,
          actor: ada.id,
          verb: "role-given",
          before: { role: "resident" },
          after: { role: "helper" },
        }),
      );

      const read = (which: Parameters<ChangeTx["logOf"]>[1]) => store.look((tx) => tx.logOf(community, which));
      const verbs = async (which: Parameters<ChangeTx["logOf"]>[1]) => (await read(which)).map(({ verb }) => verb);
      expect(await verbs({ buy: buy.id, most: 2 })).toEqual(["buy-ended", "buy-extended"]);
      expect(await verbs({ buy: buy.id, most: 2, skip: 2 })).toEqual(["buy-opened"]);
      expect(await verbs({ actor: lin.id, since: past(), most: 9 })).toEqual([
        ...["buy-ended", "buy-extended", "buy-opened"],
      ]);
      expect(await verbs({ actor: lin.id, since: inAnHour(), most: 9 })).toEqual([]);
      const [entry, ...more] = await read({ buy: null, most: 9 });
      expect(more).toEqual([]);
      const { id: _, at: __, ...kept } = entry!;
      expect(kept).toEqual({
        ...{ community, actor: ada.id, verb: "role-given" },
        ...{ before: { role: "resident" }, after: { role: "helper" } },
      });
    });

    test("tells of a closing by itself, and what it follows from", async () => {
      const { buy } = await openBuy(store, [APPLES]);

      await close(store, buy);

      const [entry, ...more] = await store.look((tx) => tx.logOf(buy.community, { buy: buy.id, most: 9 }));
      expect(more).toEqual([]);
      expect(entry).toMatchObject({ community: buy.community, verb: "buy-closed", buy: buy.id });
      expect(entry).toMatchObject({ actor: undefined, source: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    });

    test("tells whether somebody with a role has done anything for a buy since", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const [lin, ada] = [await personOf(store, place, "lin"), await personOf(store, place, "ada")];
      const did = (actor: string | undefined) =>
        store.change((tx) => tx.audit({ community: buy.community, actor, verb: "payment-claimed", buy: buy.id }));
      const isTended = (since: Date) => store.look((tx) => tx.isTended(buy, since));
      await did(undefined);
      await did(ada.id);
      await did(lin.id);

      expect(await isTended(past())).toBe(false);
      await store.change((tx) => tx.grantRole(buy.community, ada.id, "resident", lin.id));
      expect(await isTended(past())).toBe(false);
      await store.change((tx) => tx.grantRole(buy.community, lin.id, "helper", lin.id));
      expect(await isTended(past())).toBe(true);
      expect(await isTended(inAnHour())).toBe(false);
    });
  });

  describe("somebody who is forgotten", () => {
    test("has another name and no account; what was ordered, and all sums, are as they were", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const [ada, ben] = [await personOf(store, place, "ada"), await personOf(store, place, "ben")];
      const said = [
        { place, person: ada, event: text("ada", "m1", 1, "3 kg apples please") },
        { place, person: ada, event: text("ada", "m2", 2, "make it 2 kg") },
        { place, person: ben, event: text("ben", "m3", 3, "1 kg apples") },
      ];
      await store.record((tx) => record(tx, said, readerOf, false));
      await store.change(async (tx) => {
        await tx.grantRole(buy.community, ada.id, "helper", undefined);
        await tx.rate(buy, { person: ada.id, grade: 3, reason: "so sweet" });
        await tx.updateBuy(buy, { status: "settled", closedAt: new Date() });
      });
      const read = () =>
        store.look(async (tx) => ({
          kept: await tx.keptOf(buy.community, ada.id),
          said: await tx.ledger.statementsOfBuy(buy.community, buy.id),
          rows: await tx.ledger.rowsOf(buy.community, buy.id),
        }));
      const before = await read();

      const { said: all } = before;
      const words = anonymousWords(buy, { known: all, all }, ada.id, "Neighbour 1")!;
      const anew = words.map((each) => ({ ...each, buy: buy.id }));
      const quoting = {
        ...note(place, `${lateCause(buy.id, place.chat, "m2")}1`, "Ada wrote: 2 kg"),
        kind: "late-order",
      };
      await store.change((tx) => tx.addOutgoing(quoting));
      await store.change((tx) => tx.forget(buy.community, ada.id, "Neighbour 1", anew));

      const after = await read();
      expect([before.kept.buys.map(({ id }) => id), before.kept.messages]).toEqual([[buy.id], 2]);
      expect(after.rows).toEqual(before.rows);
      expect(compareRows(buy, after.rows, rowsFrom(buy, after.said))).toEqual([]);
      const own = after.said.filter(({ person }) => person === ada.id);
      expect(own.map(({ name, versions }) => [name, versions.map(({ text }) => text)]).sort()).toEqual([
        ["Neighbour 1", ["#1 =2"]],
        ["Neighbour 1", ["–"]],
      ]);
      expect(await store.namesOf(buy.community, [ada.id, ben.id])).toEqual(
        new Map([
          [ada.id, "Neighbour 1"],
          [ben.id, ben.name],
        ]),
      );
      expect((await claim(store, place)).map(({ content }) => content.text)).toEqual(["–"]);
      expect(await store.look((tx) => tx.ratingsOf(buy))).toEqual([{ person: ada.id, grade: 3 }]);
      expect(await store.look((tx) => tx.rolesOf(buy.community))).toEqual([]);
      const again = await personOf(store, place, "ada");
      expect(again.id).not.toBe(ada.id);
      expect(again.role).toBe("resident");
    });
  });

  describe("former buys", () => {
    test("are told newest first, with who had what, and what went wrong; drafts and open ones are none", async () => {
      const { place, buy } = await openBuy(store, [APPLES, PEARS]);
      const [ada, ben] = [await personOf(store, place, "ada"), await personOf(store, place, "ben")];
      const late = text("ben", "m4", 4, "+1 pears");
      const said = [
        { place, person: ada, event: text("ada", "m1", 1, "+3 apples") },
        { place, person: ben, event: text("ben", "m2", 2, "+1 apples") },
        { place, person: ben, event: text("ben", "m3", 3, "+2 pears") },
        { place, person: ben, event: late },
      ];
      await store.change((tx) => tx.updateBuy(buy, { endedAt: new Date(+late.sentAt - 1) }));
      await store.record((tx) => record(tx, said, readerOf, false));
      const window = { most: 5 };
      expect(await store.pastBuys(buy.community, window)).toEqual([]);
      await close(store, buy);
      const short = { for: "", item: 1, option: "", kind: "short", quantity: 1_000, refund: 0 } as const;
      await store.change(async (tx) => {
        await tx.allot(buy, [{ ...short, person: ada.id }], ada.id);
        await tx.giveCodes(buy, new Map([[ben.id, "1234"]]));
        await tx.markPickups(buy, [ben.id], { noShowAt: NOON });
      });
      const next = await draftIn(store, place);
      await store.change((tx) => tx.updateBuy(next, { status: "failed", openedAt: NOON, closedAt: NOON }));
      await draftIn(store, place);

      const [failed, held, ...more] = await store.pastBuys(buy.community, window);
      expect(more).toEqual([]);
      expect(failed).toMatchObject({ isHeld: false, people: [], late: 0, short: 0, missed: 0 });
      expect({ ...held, people: held?.people.toSorted() }).toEqual({
        ...{ isHeld: true, people: [ada.id, ben.id].sort(), late: 1, short: 1, missed: 1 },
        items: [
          { name: "Apples", unit: "kg", booked: 4_000, people: 2 },
          { name: "Pears", unit: "kg", booked: 2_000, people: 1 },
        ],
      });
      expect(await store.pastBuys(buy.community, { buy: buy.id })).toEqual([held]);
      expect(await store.pastBuys(buy.community, { most: 1 })).toEqual([failed]);
    });
  });

  describe("who leads what", () => {
    test("buys run from their opening until they are settled, newest first, and change hands with their plans", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const [lin, ada] = [await personOf(store, place, "lin"), await personOf(store, place, "ada")];
      const later = await draftIn(store, place);
      const over = await draftIn(store, place);
      const plan = { community: buy.community, id: randomUUID(), buy: buy.id, rule: "fri 18:00", nextAt: NOON };
      await store.change(async (tx) => {
        await tx.updateBuy(later, { status: "arrived", openedAt: NOON, closedAt: NOON, leader: ada.id });
        await tx.updateBuy(over, { status: "settled", openedAt: NOON, closedAt: NOON });
        await tx.createPlan({ ...plan, author: lin.id });
        await tx.movePlans(buy.community, lin.id, ada.id);
      });

      const running = await store.look((tx) => tx.runningBuys(buy.community));
      expect(running.map(({ id, leader }) => [id, leader === ada.id])).toEqual([
        [later.id, true],
        [buy.id, false],
      ]);
      expect(running[0]!.version).toBeGreaterThan(later.version);
      expect((await store.look((tx) => tx.findPlan(buy.community, plan.id)))?.author).toBe(ada.id);
    });
  });

  describe("languages", () => {
    test("a chat has its own, and a person theirs, in every community", async () => {
      const [place, other] = [await newPlace(store), await newPlace(store)];
      const lin = { id: randomUUID(), name: "Lin" };
      for (const each of [place, other]) await store.meetPerson(each, lin);

      await store.change(async (tx) => {
        await tx.setChatLanguage(place, "zh-hant");
        await tx.setPersonLanguage("fake", lin.id, "zh-hans");
      });

      const { chat, community } = place;
      expect((await store.placeOf(community.id, chat))?.community.language).toBe("zh-hant");
      expect((await store.placeOf(other.community.id, other.chat))?.community.language).toBe(DEFAULTS.language);
      for (const each of [place, other]) expect((await store.meetPerson(each, lin)).language).toBe("zh-hans");
      await store.change((tx) => tx.setPersonLanguage("fake", lin.id, undefined));
      expect(await store.meetPerson(place, lin)).not.toHaveProperty("language");
    });
  });

  describe("chats that are linked", () => {
    const codeIn = async (place: Place, expiresAt = inAnHour()): Promise<string> => {
      const code = randomUUID();
      const asker = await personOf(store, place, "asker");
      const asked = { id: randomUUID(), kind: "link", data: { code }, askedAt: NOON, expiresAt };
      await store.change((tx) => tx.ask(place.community.id, place.chat, asker.id, asked));
      return code;
    };

    test("a code leads to where it was asked for, until its time is over", async () => {
      const place = await newPlace(store);
      const code = await codeIn(place);
      const old = await codeIn(await newPlace(store), past());

      expect(await store.look((tx) => tx.linkOf(code, new Date()))).toEqual(place);
      expect(await store.look((tx) => tx.linkOf(old, new Date()))).toBeUndefined();
      expect(await store.look((tx) => tx.linkOf(code, inAnHour()))).toBeUndefined();
      expect(await store.look((tx) => tx.linkOf("no such code", new Date()))).toBeUndefined();
    });

    test("are groups of one community, each with its language, and a buy may be offered in both", async () => {
      const [court, park] = [await newPlace(store), await newPlace(store)];
      await store.change((tx) => tx.setCommunity(park.community.id, { language: "zh-hant" }));

      expect(await store.change((tx) => tx.joinCommunity(park, court.community.id))).toBe(true);

      const joined = await store.meetChat("fake", { id: park.externalChat, kind: "group" }, DEFAULTS);
      expect(joined.community).toEqual({ ...court.community, language: "zh-hant" });
      const groups = await store.look((tx) => tx.groupsOf(court.community.id));
      expect(groups.map(({ externalChat }) => externalChat).sort()).toEqual(
        [court.externalChat, park.externalChat].sort(),
      );
      expect(await store.look((tx) => tx.groupsOf(park.community.id))).toEqual([]);
      const buy = await draftIn(store, court);
      await store.change((tx) => tx.offerIn(buy, [joined]));
      const offered = await store.findBuy(buy.community, buy.id);
      expect(offered?.chats.toSorted()).toEqual([court.chat, joined.chat].sort());
      expect(offered?.version).toBeGreaterThan(buy.version);
    });

    test("stay apart while something of the one that would join is not over", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const target = (await newPlace(store)).community.id;

      expect(await store.change((tx) => tx.joinCommunity(place, target))).toBe(false);
      await store.change((tx) => tx.updateBuy(buy, { status: "settled", closedAt: NOON }));
      await store.change((tx) => tx.setTimers([{ buy, kind: "review", dueAt: inAnHour() }]));
      expect(await store.change((tx) => tx.joinCommunity(place, target))).toBe(false);
      expect((await store.placeOf(place.community.id, place.chat))?.community.id).toBe(place.community.id);
      await store.change((tx) => tx.cancelTimers(buy));
      expect(await store.change((tx) => tx.joinCommunity(place, target))).toBe(true);
    });
  });

  describe("a transaction", () => {
    test("that fails leaves nothing behind", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const before = await store.findBuy(buy.community, buy.id);

      const fails = store.change(async (tx) => {
        await tx.claim(buy.community, "message");
        await tx.updateBuy(buy, { status: "cancelled", endedAt: NOON });
        await tx.addOutgoing(note(place, "left"));
        await tx.setTimers([{ buy, kind: "close", dueAt: past() }]);
        throw new Error("on purpose");
      });

      await expect(fails).rejects.toThrow("on purpose");
      expect(await store.findBuy(buy.community, buy.id)).toEqual(before);
      expect(await claim(store, place)).toEqual([]);
      expect((await store.dueTimers("closings", 500)).filter((timer) => timer.buy === buy.id)).toEqual([]);
      expect(await store.change((tx) => tx.claim(buy.community, "message"))).toBe(true);
    });

    test("fails with what it ends with, and nothing is left of it", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const ada = await store.meetPerson(place, { id: randomUUID(), name: "Ada" });
      const key = { community: buy.community, buy: buy.id };
      const line = { ...key, person: ada.id, for: "", item: 1, option: "", quantity: 2_000, waitlisted: 0 };
      const ending = (item: number) =>
        store.record(async (tx) => {
          const tallies = [{ ...key, item, booked: 2_000, waitlisted: 0, people: 0 }];
          tx.endWith(tx.saveLines({ saved: [line], dropped: [], tallies }));
        });

      await expect(ending(99)).rejects.toThrow("tally");
      const afterFault = await store.linesOf(buy.community, buy.id);
      await ending(1);

      expect(afterFault).toEqual([]);
      expect(await store.linesOf(buy.community, buy.id)).toHaveLength(1);
      expect((await store.sumsOf(buy.community, buy.id)).items).toEqual([{ item: 1, quantity: 2_000, waitlisted: 0 }]);
    });

    test("knows what was posted of a buy in a chat last, whole where it was split", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const post = (cause: string, text: string) =>
        store.change((tx) => tx.addOutgoing({ ...note(place, cause, text), buy: buy.id, kind: "live-post" }));

      const long = `${"a".repeat(12)}\n${"b".repeat(12)}`;
      const none = await store.look((tx) => tx.lastPosted(buy, place.chat));
      await post("first", "first");
      await later(store);
      await post("second", long);
      await store.change((tx) => tx.addOutgoing({ ...note(place, "other"), buy: buy.id, kind: "greeting" }));

      expect(none).toBeUndefined();
      expect(await store.look((tx) => tx.lastPosted(buy, place.chat))).toMatchObject({
        text: long,
      });
    });

    test("claims a key once", async () => {
      const { community } = await newPlace(store);
      const claims = () => store.change((tx) => tx.claim(community.id, "press:1"));

      expect((await Promise.all([claims(), claims(), claims()])).filter(Boolean)).toHaveLength(1);
    });
  });

  describe("buys", () => {
    test("are found as they were drafted, counted within their community", async () => {
      const place = await newPlace(store);
      const leader = await personOf(store, place, "leader");
      const items = [
        {
          ...{ ...APPLES, aliases: ["fuji"], options: ["red", "green"], stock: 9_000, perPerson: 2_000 },
          tiers: [
            { from: 20_000, price: 400 },
            { from: 10_000, price: 450 },
          ],
        },
        { name: "Eggs", aliases: [], options: [], tiers: [] },
      ];
      const terms = {
        title: "Fruit",
        currency: "EUR",
        items,
        openedAt: NOON,
        closesAt: inAnHour(),
        minimum: { people: 3 },
      };
      const draft = (name: string) =>
        store.change((tx) =>
          tx.createBuy({
            ...{ place, leader: leader.id, language: "zh-hans", text: name, draftedAt: NOON },
            ...{ terms, pickup: { place: "Gate" }, photo: "picture" },
          }),
        );

      const first = await draft("one");
      const second = await draft("two");

      expect(await store.findBuy(first.community, first.id)).toEqual(first);
      expect(await store.findBuy(randomUUID(), first.id)).toBeUndefined();
      expect(first).toEqual({
        ...{ community: place.community.id, id: first.id, no: 1, status: "draft", language: "zh-hans" },
        ...{
          leader: leader.id,
          chats: [place.chat],
          coupled: true,
          version: 1,
          pickup: { place: "Gate" },
          photo: "picture",
        },
        terms: { ...terms, items: [{ ...items[0], tiers: [...items[0]!.tiers].reverse() }, items[1]] },
      });
      expect(second.no).toBe(2);
    });

    test("of a chat are offered newest first: drafts, open ones, and those that closed lately", async () => {
      const { place, buy: old } = await openBuy(store, [APPLES]);
      const buys = [await draftIn(store, place), await draftIn(store, place), await draftIn(store, place)];
      const [lately, dropped, draft] = buys as [Buy, Buy, Buy];
      const DAYS = 24 * HOUR;
      await store.change(async (tx) => {
        await tx.updateBuy(old, { status: "closed", closedAt: new Date(Date.now() - 3 * DAYS) });
        await tx.updateBuy(lately, { status: "open", openedAt: NOON });
        await tx.closeBuys([{ buy: lately, status: "failed", closedAt: new Date(Date.now() - DAYS), cause: "t" }]);
        await tx.updateBuy(dropped, { status: "cancelled" });
      });

      expect((await store.buysOf(place)).map(({ id }) => id)).toEqual([draft.id, lately.id]);
      expect((await store.lastBuy(place))?.id).toBe(lately.id);
      expect((await store.lastBuys(place, 5)).map(({ no }) => no)).toEqual([lately.no, old.no]);
      expect((await store.lastBuys(place, 5, old.no)).map(({ id }) => id)).toEqual([old.id]);
      expect(await store.lastBuys(place, 5, draft.no)).toEqual([]);
      expect(await store.findBuy(lately.community, lately.id)).toMatchObject({ status: "failed", version: 3 });
    });

    test("change by what is said about them, and forget what is taken away", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      const at = inAnHour();
      const change = (to: Parameters<Parameters<Parameters<Store["change"]>[0]>[0]["updateBuy"]>[1]) =>
        store.change((tx) => tx.updateBuy(buy, to));

      await change({ closesAt: at, endedAt: NOON, closedAt: NOON, status: "closed" });
      const closed = await store.findBuy(buy.community, buy.id);
      await change({ endedAt: null, closedAt: null, status: "open" });
      const open = await store.findBuy(buy.community, buy.id);

      expect(closed).toMatchObject({ status: "closed", closedAt: NOON, terms: { closesAt: at, endedAt: NOON } });
      expect(open?.terms).toEqual({ ...buy.terms, openedAt: NOON, closesAt: at });
      expect(open).toMatchObject({ status: "open", version: buy.version + 3 });
      expect(open).not.toHaveProperty("closedAt");
    });

    test("whose item is changed have it so, and are folded as a whole from when there is a limit", async () => {
      const { buy } = await openBuy(store, [APPLES, PEARS]);
      const changed = { ...PEARS, name: "Nashi", price: 700, stock: 4_000, tiers: [{ from: 2_000, price: 650 }] };

      await store.change((tx) => tx.updateItem(buy, 2, changed));

      const after = await store.findBuy(buy.community, buy.id);
      expect(after?.terms.items).toEqual([APPLES, changed]);
      expect([buy.coupled, after?.coupled]).toEqual([false, true]);
    });

    test("that have ever opened are paged through by their keys", async () => {
      const opened = await Promise.all([1, 2, 3].map(() => openBuy(store, [APPLES])));
      const draft = await draftIn(store, await newPlace(store));

      const found: Buy[] = [];
      for (
        let page = await store.buysAfter(undefined, 2);
        page.length > 0;
        page = await store.buysAfter(page.at(-1), 2)
      ) {
        found.push(...page);
      }

      const ids = found.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(opened.map(({ buy }) => buy.id)));
      expect(ids).not.toContain(draft.id);
    });

    test("are known by their posts, once each, until a post is gone", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      await store.change(async (tx) => {
        await tx.addPost(buy, place.chat, "m1", "live");
        await tx.addPost(buy, place.chat, "m1", "live");
      });
      const [post, ...others] = await store.stalePosts(["fake"], [buy]);

      const keys = [{ community: buy.community, chat: place.chat, message: "m1" }];
      expect(await store.buyOfPost(place, "m1")).toBe(buy.id);
      expect(await store.record((tx) => tx.postsAmong(keys))).toEqual([{ ...keys[0], buy: buy.id }]);
      expect(others).toEqual([]);
      await store.postGone(post!);
      expect(await store.buyOfPost(place, "m1")).toBeUndefined();
    });

    test("have entries, in the order of their making", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const entry = { kind: "refund", amount: -300, reason: "bruised", author: lin.id, at: NOON } as const;
      const entries = [
        { ...entry, at: new Date(+NOON + 1), kind: "delivery", amount: 200, person: lin.id, item: 1 } as const,
        { ...entry, person: lin.id, problem: randomUUID() },
        { ...entry, at: new Date(+NOON + 2), kind: "price" } as const,
      ];

      await store.change((tx) => tx.addEntries(buy, entries));

      expect(await store.entriesOf(buy.community, buy.id)).toEqual([entries[1], entries[0], entries[2]]);
      const payments = await store.look((tx) => tx.paymentsOf([buy]));
      expect(payments.get(`${buy.id}:${lin.id}`)).toEqual({ words: [], entries: -100 });
    });

    test("locked alone, are changed by one after the other", async () => {
      const [{ place, buy }, other] = [await openBuy(store, [APPLES]), await openBuy(store, [APPLES])];
      const lin = await personOf(store, place, "lin");
      const entriesOf = async (tx: ChangeTx) => (await tx.entriesOf([buy, other.buy])).get(buy.id) ?? [];
      const add = () =>
        store.change(async (tx) => {
          const locked = await tx.lockBuy(buy.community, buy.id);
          const amount = 100 + (await entriesOf(tx)).length;
          await tx.addEntries(locked!, [{ kind: "price", amount, reason: "", author: lin.id, at: NOON }]);
        });

      await Promise.all(Array.from({ length: 4 }, add));

      const amounts = (await store.look(entriesOf)).map(({ amount }) => amount);
      expect(amounts.sort()).toEqual([100, 101, 102, 103]);
      expect(await store.look((tx) => tx.entriesOf([other.buy]))).toEqual(new Map());
      expect(await store.change((tx) => tx.lockBuy(buy.community, randomUUID()))).toBeUndefined();
    });

    test("have words about payments, which can be taken back by their kind", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const [claim, mark] = [randomUUID(), randomUUID()];
      await store.change(async (tx) => {
        await tx.addPayment(buy, { id: claim, person: lin.id, kind: "claim", by: lin.id });
        const part = { kind: "mark", amount: 250, for: "302", evidence: "photo" } as const;
        await tx.addPayment(buy, { id: mark, person: lin.id, by: lin.id, ...part });
      });
      const before = await store.look((tx) => tx.paymentsOf([buy]));

      const other = randomUUID();
      const back = { id: other, person: lin.id, kind: "mark", amount: -50, by: lin.id } as const;
      await store.change((tx) => tx.addPayment(buy, back)); // given back
      expect(await store.look((tx) => tx.findPayment(buy.community, other))).toMatchObject({ amount: -50 });
      const one = () => store.change((tx) => tx.revokePayment(buy, other));
      expect([await one(), await one()]).toEqual([true, false]);
      const revoked = await store.change((tx) => tx.revokePayments(buy, lin.id, ["mark"]));
      const again = await store.change((tx) => tx.revokePayments(buy, lin.id, ["mark"]));

      const key = `${buy.id}:${lin.id}`;
      const payments = await store.look((tx) => tx.paymentsOf([buy]));
      const found = (id: string) => store.look((tx) => tx.findPayment(buy.community, id));
      expect(new Set(before.get(key)!.words)).toEqual(
        new Set([{ kind: "claim" }, { kind: "mark", amount: 250, for: "302" }]),
      );
      expect([revoked, again]).toEqual([1, 0]);
      expect(payments.get(key)).toEqual({ words: [{ kind: "claim" }], entries: 0 });
      const about = { buy: buy.id, person: lin.id };
      expect(await found(mark)).toEqual({ ...about, kind: "mark", amount: 250, for: "302", isRevoked: true });
      expect(await found(claim)).toEqual({ ...about, kind: "claim", isRevoked: false });
      expect(await found(randomUUID())).toBeUndefined();
    });

    test("leave people with what they have kept from buys of the same leader, until it is used", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const next = await draftIn(store, place);
      const { buy: other } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const entry = { kind: "carried", reason: "kept", author: lin.id, person: lin.id, at: NOON } as const;
      const add = (to: Buy, amount: number) => store.change((tx) => tx.addEntries(to, [{ ...entry, amount }]));
      const balances = () => store.look((tx) => tx.balancesOf([next, other]));

      await add(buy, 250);
      expect(await balances()).toEqual(new Map([[`${next.id}:${lin.id}`, 250]]));
      await add(next, -100);
      expect(await balances()).toEqual(new Map([[`${next.id}:${lin.id}`, 150]]));
      await store.change((tx) => tx.updateBuy(next, { status: "cancelled" }));
      expect(await balances()).toEqual(new Map([[`${next.id}:${lin.id}`, 250]]));
      await add(buy, -250);
      expect(await balances()).toEqual(new Map());
    });

    test("let what was kept be used once, by whoever asks at the same time", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const entry = { kind: "carried", reason: "kept", author: lin.id, person: lin.id, at: NOON } as const;
      const next = await Promise.all([1, 2, 3, 4].map(() => draftIn(store, place)));
      await store.change((tx) => tx.addEntries(buy, [{ ...entry, amount: 250 }]));

      const used = await Promise.all(
        next.map((each) =>
          stores.open().change(async (tx) => {
            const balance = (await tx.lockBalances([each])).get(`${each.id}:${lin.id}`) ?? 0;
            if (balance > 0) await tx.addEntries(each, [{ ...entry, amount: -balance }]);
            return balance;
          }),
        ),
      );

      expect(used.sort()).toEqual([0, 0, 0, 250]);
    });

    test("have a leader's share, which can be taken away", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      const change = async (commission: Buy["commission"] | null) => {
        await store.change((tx) => tx.updateBuy(buy, { commission: commission ?? null }));
        return (await store.findBuy(buy.community, buy.id))?.commission;
      };

      expect(buy.commission).toBeUndefined();
      expect(await change({ percent: 550 })).toEqual({ percent: 550 });
      expect(await change({ each: 30 })).toEqual({ each: 30 });
      await store.change((tx) => tx.updateBuy(buy, { endedAt: NOON }));
      expect((await store.findBuy(buy.community, buy.id))?.commission).toEqual({ each: 30 });
      expect(await change(null)).toBeUndefined();
    });

    test("are paid in the ways that their leader has set, of each kind one", async () => {
      const { place } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const of = place.community.id;
      const ways: PayWay[] = [
        { kind: "paynow", account: "+6591234567", holder: "Lin" },
        { kind: "text", text: "Alipay: lin" },
        { kind: "picture", photo: "p1", platform: "web", text: "code" },
      ];
      for (const way of ways) await store.change((tx) => tx.setPayWay(of, lin.id, way));
      await store.change((tx) => tx.setPayWay(of, lin.id, { kind: "text", text: "cash" }));
      const known = () => store.look((tx) => tx.payWaysOf(of, lin.id));

      expect(new Set(await known())).toEqual(new Set([ways[0], ways[2], { kind: "text", text: "cash" }]));
      expect(await store.change((tx) => tx.dropPayWays(of, lin.id, "paynow"))).toBe(1);
      expect(await store.change((tx) => tx.dropPayWays(of, lin.id))).toBe(2);
      expect(await known()).toEqual([]);
      await store.change((tx) => tx.setPayWay(of, lin.id, ways[0]!));
      await store.change((tx) => tx.forget(of, lin.id, "Neighbour 1", []));
      expect(await known()).toEqual([]);
    });

    test("have codes for the pickup, and what is known of who was told and who has come", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const [lin, mei] = [(await personOf(store, place, "lin")).id, (await personOf(store, place, "mei")).id];
      const pickups = () => store.look((tx) => tx.pickupsOf(buy));
      const collected = () => store.look((tx) => tx.collectedOf([buy]));

      await store.change(async (tx) => {
        await tx.markPickups(buy, [lin], { noticedAt: NOON, noShowAt: NOON });
        await tx.giveCodes(buy, new Map([[lin, "1111"]]));
        await tx.giveCodes(buy, new Map([[lin, "2222"]]));
        await tx.markPickups(buy, [lin], { comes: { said: "friday", at: NOON } });
        await tx.markPickups(buy, [lin], { seenAt: NOON, noShowAt: null, comes: { said: "later" } });
        await tx.markPickups(buy, [mei], { comes: { said: "friday", at: NOON } });
        await tx.addHandover(buy, lin, mei, { for: "302", item: 1, option: "red", quantity: 500 });
        await tx.addHandover(buy, mei, lin, { item: 1, option: "", quantity: 500 });
        await tx.addHandover(buy, mei, lin);
      });
      const told = await pickups();
      const came = await collected();
      const revoked = [1, 2].map(() => store.change((tx) => tx.revokeHandovers(buy, mei)));

      expect(told.get(lin)).toEqual({
        ...{ code: "1111", noticedAt: NOON, seenAt: NOON, isCollected: false, comes: { said: "later" } },
        parts: [{ for: "302", item: 1, option: "red", quantity: 500 }],
      });
      expect(told.get(mei)).toEqual({ isCollected: true, comes: { said: "friday", at: NOON } });
      expect(came).toEqual(new Map([[buy.id, new Set([mei])]]));
      expect((await Promise.all(revoked)).sort()).toEqual([0, 2]);
      expect(await collected()).toEqual(new Map());
    });

    test("are found by who was told of their pickup and has not shown to have seen it", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const [lin, mei] = [(await personOf(store, place, "lin")).id, (await personOf(store, place, "mei")).id];
      const waiting = async (id: string) => (await store.unseenPickups("fake", id)).filter((key) => key.buy === buy.id);
      await store.change((tx) => tx.markPickups(buy, [lin, mei], { noticedAt: NOON }));

      const whileOpen = await waiting("lin");
      await store.change((tx) => tx.updateBuy(buy, { status: "arrived", openedAt: NOON, closedAt: NOON }));
      const before = await waiting("lin");
      await store.change((tx) => tx.markPickups(buy, [lin], { seenAt: NOON }));

      expect(whileOpen).toEqual([]);
      expect(before).toEqual([{ community: buy.community, buy: buy.id, person: lin }]);
      expect(await waiting("lin")).toEqual([]);
      expect(await waiting("mei")).toHaveLength(1);
      expect(await store.unseenPickups("elsewhere", "mei")).toEqual([]);
      expect(await store.placeOfLast("elsewhere", "mei")).toBeUndefined();
    });

    test("say where and when goods are fetched, and until when they are kept; another window replaces the first", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      const until = new Date(+NOON + HOUR);
      const pickup = async () => (await store.findBuy(buy.community, buy.id))!.pickup;

      const before = await pickup();
      await store.change((tx) => tx.updateBuy(buy, { pickup: { from: NOON, place: "302" } }));
      await store.change((tx) => tx.updateBuy(buy, { pickup: { keep: "then it is given away" } }));
      const kept = await pickup();
      await store.change((tx) => tx.updateBuy(buy, { pickup: { until } }));

      expect(before).toBeUndefined();
      expect(kept).toEqual({ from: NOON, place: "302", keep: "then it is given away" });
      expect(await pickup()).toEqual({ until, place: "302", keep: "then it is given away" });
    });

    test("have complaints, bound to a line, with a picture and what the leader decided and why", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const id = randomUUID();
      const line = { person: lin.id, for: "mum", item: 1, option: "red" };
      const problem = { ...line, id, quantity: 500, text: "rotten", photo: "file-1", state: "open" } as const;
      const plain = { ...line, id: randomUUID(), text: "late", state: "open" } as const;

      await store.change((tx) => tx.addProblem(buy, problem));
      await later(store);
      await store.change((tx) => tx.addProblem(buy, plain));
      const before = await store.look((tx) => tx.problemsOf(buy));
      const decision = { state: "declined", reason: "too late", by: buy.leader, at: NOON } as const;
      await store.change((tx) => tx.updateProblem(buy, plain.id, { text: "late / all of it", quantity: 1500 }));
      await store.change((tx) => tx.updateProblem(buy, id, { text: "rotten" }));
      await store.change((tx) => tx.decideProblem(buy, id, decision));

      expect(before).toEqual([problem, plain]);
      const more = { ...plain, text: "late / all of it", quantity: 1500 };
      expect((await store.look((tx) => tx.problemsOf(buy)))[1]).toEqual(more);
      expect(await store.look((tx) => tx.findProblem(buy.community, id))).toEqual({
        ...{ ...problem, state: "declined", reason: "too late", buy: buy.id },
      });
      const undone = { state: "open", reason: "", by: buy.leader, at: NOON } as const;
      await store.change((tx) => tx.decideProblem(buy, id, undone));
      expect((await store.look((tx) => tx.problemsOf(buy)))[0]).toEqual(problem);
    });

    test("keep what came over and was offered to those who wait, and what became of it", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const [lin, mei] = [(await personOf(store, place, "lin")).id, (await personOf(store, place, "mei")).id];
      const offer = { person: lin, for: "", item: 1, option: "red", quantity: 500, state: "open" } as const;

      await store.change((tx) => tx.putOffers(buy, [offer, { ...offer, person: mei }]));
      await store.change((tx) => tx.putOffers(buy, [{ ...offer, quantity: 700, state: "taken" }]));
      await store.change((tx) => tx.putOffers(buy, []));

      const offers = await store.look((tx) => tx.offersOf(buy));
      expect(new Map(offers.map((each) => [each.person, each]))).toEqual(
        new Map([
          [lin, { ...offer, quantity: 700, state: "taken" }],
          [mei, { ...offer, person: mei }],
        ]),
      );
    });

    test("forget the last count, and the last tick of a pickup, and keep those before", async () => {
      const { place, buy } = await openBuy(store, [APPLES, PEARS]);
      const ada = await personOf(store, place, "ada");
      const apples = { item: 1, option: "", counted: 5_000 };
      const [more, pears] = [
        { ...apples, counted: 6_000 },
        { item: 2, option: "", counted: 2_000 },
      ];
      await store.change((tx) => tx.addArrivals(buy, [apples], ada.id));
      await store.change((tx) => tx.addArrivals(buy, [more, pears], ada.id));
      await store.change((tx) => tx.addHandover(buy, ada.id, ada.id, { item: 1, option: "", quantity: 1_000 }));
      await store.change((tx) => tx.addHandover(buy, ada.id, ada.id));

      await store.change((tx) => tx.dropLastArrivals(buy));
      expect(await store.look((tx) => tx.arrivedOf(buy))).toEqual([apples]);
      await store.change((tx) => tx.dropLastArrivals(buy));
      await store.change((tx) => tx.dropLastArrivals(buy));
      expect(await store.look((tx) => tx.arrivedOf(buy))).toEqual([]);

      const pickup = async () => (await store.look((tx) => tx.pickupsOf(buy))).get(ada.id);
      expect((await pickup())?.isCollected).toBe(true);
      expect(await store.change((tx) => tx.revokeLastHandover(buy, ada.id))).toBe(1);
      expect(await pickup()).toMatchObject({ isCollected: false, parts: [{ item: 1, quantity: 1_000 }] });
      expect(await store.change((tx) => tx.revokeLastHandover(buy, ada.id))).toBe(1);
      expect(await store.change((tx) => tx.revokeLastHandover(buy, ada.id))).toBe(0);
    });

    test("have a purchase order with its revisions, from when the supplier has it", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      const order = randomUUID();
      const line = { item: 1, option: "", quantity: 12_000 };
      const revise = (no: number, quantity: number) =>
        store.change((tx) => {
          const lines = [{ ...line, quantity, over: 0, boxes: 1, cost: 100 }];
          return tx.addRevision(buy, { order, no, text: "12 kg", by: buy.leader, at: NOON, lines });
        });
      const isPurchased = () => store.look((tx) => tx.isPurchased(buy));

      const before = [await isPurchased(), await store.look((tx) => tx.purchaseOf(buy))];
      await revise(1, 12_000);
      await revise(2, 14_000);
      const at = new Date(+NOON + HOUR);
      await store.change((tx) => tx.setPurchaseState(buy, order, { state: "short", by: buy.leader, at }));

      expect(before).toEqual([false, undefined]);
      expect(await isPurchased()).toBe(true);
      expect(await store.look((tx) => tx.purchaseOf(buy))).toEqual({
        ...{ id: order, state: "short", stateAt: at },
        revisions: [
          { no: 1, sentAt: NOON, lines: [line] },
          { no: 2, sentAt: NOON, lines: [{ ...line, quantity: 14_000 }] },
        ],
      });
      await store.change((tx) => tx.dropRevision(buy, order, 2));
      expect((await store.look((tx) => tx.purchaseOf(buy)))?.revisions.map(({ no }) => no)).toEqual([1]);
    });

    test("keep the last count of what came, and what each gets of it until that is forgotten", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const arrived = (counted: number, option = "") => ({ item: 1, option, counted });
      const share = {
        person: lin.id,
        for: "mum",
        item: 1,
        option: "",
        kind: "short",
        quantity: 500,
        refund: 250,
      } as const;
      const weighed = { ...share, kind: "weighed", quantity: 1_240, refund: -120 } as const;

      await store.change((tx) => tx.addArrivals(buy, [arrived(9_000), arrived(1_000, "red")], buy.leader));
      await later(store); // counts are told apart by their instants
      await store.change((tx) => tx.addArrivals(buy, [arrived(8_000)], buy.leader));
      await store.change((tx) => tx.allot(buy, [share], buy.leader));
      const counts = await store.look((tx) => tx.arrivedOf(buy));
      await store.change((tx) => tx.allot(buy, [{ ...weighed, quantity: 1_000, refund: 0 }], buy.leader));
      await store.change((tx) => tx.allot(buy, [weighed], buy.leader));
      const shared = await store.look((tx) => tx.allotmentsOf(buy));
      await store.change((tx) => tx.forgetAllotments(buy, "short"));

      expect(new Map(counts.map(({ option, counted }) => [option, counted]))).toEqual(
        new Map([
          ["", 8_000],
          ["red", 1_000],
        ]),
      );
      expect(new Set(shared)).toEqual(new Set([share, weighed]));
      expect(await store.look((tx) => tx.allotmentsOf(buy))).toEqual([weighed]);
    });

    test("that come again have plans, until those end", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const plan = { community: buy.community, id: randomUUID(), buy: buy.id, rule: "fri", author: buy.leader };
      await store.change((tx) => tx.createPlan({ ...plan, nextAt: NOON }));
      const nextAt = new Date(+NOON + HOUR);

      const kept = await store.look((tx) => tx.findPlan(buy.community, plan.id));
      await store.change((tx) => tx.updatePlan(kept!, { nextAt }));
      const planned = await store.plansOf(place);
      await store.change((tx) => tx.updatePlan(kept!, { endedAt: NOON }));

      expect(kept).toEqual({ ...plan, nextAt: NOON, endedAt: undefined });
      expect(planned).toEqual([{ ...plan, nextAt, endedAt: undefined }]);
      expect(await store.plansOf(place)).toEqual([]);
    });
  });

  describe("a button under private words", () => {
    test("is of a group by its buy, its question, or its complaint, for whoever is known there and nobody else", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const id = randomUUID();
      const asked = { id, kind: "item", data: {}, askedAt: NOON, expiresAt: inAnHour() };
      await store.change((tx) => tx.ask(place.community.id, place.chat, lin.id, asked));

      const problem = {
        id: randomUUID(),
        person: lin.id,
        for: "",
        item: 1,
        option: "",
        text: "bad",
        state: "open",
      } as const;
      await store.change((tx) => tx.addProblem(buy, problem));

      const placeOf = async (sender: string, about: string) =>
        (await store.placeOfButton(place.platform, sender, about))?.externalChat;

      expect(await placeOf(lin.externalId, buy.id)).toBe(place.externalChat);
      expect(await placeOf(lin.externalId, id)).toBe(place.externalChat);
      expect(await placeOf(lin.externalId, place.chat)).toBe(place.externalChat);
      expect(await placeOf("nobody", place.chat)).toBeUndefined();
      expect(await placeOf(lin.externalId, problem.id)).toBe(place.externalChat);
      expect(await placeOf("nobody", buy.id)).toBeUndefined();
      expect(await placeOf(lin.externalId, randomUUID())).toBeUndefined();
    });
  });

  describe("a question to a person", () => {
    test("takes the place of the one before it, and is answered once", async () => {
      const { community, chat, ...place } = await newPlace(store);
      const lin = await personOf(store, { community, chat, ...place }, "lin");
      const ask = (id: string, data: object) => ({ id, kind: "item", data, askedAt: NOON, expiresAt: inAnHour() });
      const first = ask("q1", { price: 1 });
      const second = { ...ask("q2", { price: 2, note: undefined }), onPage: true } as const;
      await store.change((tx) => tx.ask(community.id, chat, lin.id, first));
      await store.change((tx) => tx.ask(community.id, chat, lin.id, second));

      const asked = await store.askedOf(community.id, chat, lin.id);
      const answers = [];
      for (const each of [first, second, second]) {
        answers.push(await store.change((tx) => tx.takeAsked(community.id, chat, lin.id, each)));
      }

      expect(asked).toEqual({ ...second, data: { price: 2 } });
      expect(answers).toEqual([false, true, false]);
      expect(await store.askedOf(community.id, chat, lin.id)).toBeUndefined();
    });
  });

  describe("what is said", () => {
    for (const stock of [undefined, 5_000]) {
      const limits = stock === undefined ? "without a limit" : "with little stock";

      test(`${limits}, is kept as the fold of its words, whatever the order, repetition and batches of delivery`, async () => {
        await fc.assert(
          fc.asyncProperty(said, chance, fc.integer({ min: 1, max: 5 }), async (messages, random, size) => {
            const events = messages.flatMap(eventsOf);
            const order = [...events, ...events.slice(0, 4)]
              .map((event) => ({ event, key: random.next().value }))
              .sort((one, other) => one.key - other.key)
              .map(({ event }) => event);

            const straight = await play(store, events, 100, stock);
            const shuffled = await play(store, order, size, stock);

            expect(plain(shuffled.kept)).toEqual(plain(straight.kept));
            for (const { buy, kept, statements } of [straight, shuffled]) {
              expect(compareRows(buy, kept, rowsFrom(buy, statements))).toEqual([]);
              for (const { item, quantity, waitlisted } of kept.sums.items) {
                const lines = kept.lines.filter((line) => line.item === item);
                expect(quantity).toBeLessThanOrEqual(stock ?? quantity);
                expect(quantity).toBe(lines.reduce((sum, line) => sum + line.quantity, 0));
                expect(waitlisted).toBe(lines.reduce((sum, line) => sum + line.waitlisted, 0));
              }
              expect(await store.sumsOf(buy.community, buy.id)).toEqual(kept.sums);
              expect(lineTexts(await store.linesOf(buy.community, buy.id))).toEqual(lineTexts(kept.lines));
            }
          }),
          { numRuns: 15 },
        );
      });

      test(`${limits}, edited and then taken back is taken back, and the log alone makes the same rows`, async () => {
        await fc.assert(
          fc.asyncProperty(said, async (messages) => {
            const all = messages.map((each) => ({ ...each, edit: each.edit ?? "apples 4 kg", isRecalled: true }));

            const gone = await play(store, all.flatMap(eventsOf), 3, stock);
            const { buy, kept, statements } = await play(store, messages.flatMap(eventsOf), 3, stock);
            await store.change(async (tx) => {
              await tx.ledger.replaceRows(buy, { lines: [], sums: { items: [], people: 0 }, people: [] });
              await tx.ledger.replaceRows(buy, rowsFrom(buy, statements));
            });

            expect(gone.kept.lines).toEqual([]);
            expect(gone.kept.sums.people).toBe(0);
            expect(sorted(await store.look((tx) => tx.ledger.rowsOf(buy.community, buy.id)))).toEqual(sorted(kept));
          }),
          { numRuns: 8 },
        );
      });
    }

    test("of a buy with little stock is folded alone: nothing beyond the stock is booked", async () => {
      const { place, buy } = await openBuy(store, [{ ...APPLES, stock: 3000 }]);
      const heard = await Promise.all(
        ["u1", "u2", "u3"].map(async (who, index) => ({
          ...{ place, person: await personOf(store, place, who), event: text(who, `s${index}`, index, "+2 apples") },
        })),
      );

      await expect(store.record((tx) => record(tx, heard, readerOf, false))).rejects.toThrow(NeedsAlone);
      await Promise.all(heard.map((each) => store.record((tx) => record(tx, [each], readerOf, true))));

      const lines = await store.linesOf(buy.community, buy.id);
      expect(lines.reduce((sum, line) => sum + line.quantity, 0)).toBe(3000);
      expect(lines.reduce((sum, line) => sum + line.waitlisted, 0)).toBe(3000);
      const timers = (await store.dueTimers("others", 500)).filter((timer) => timer.buy === buy.id);
      expect(timers.map(({ kind }) => kind)).toEqual(["sold-out"]); // noted by each of them, once
    });

    test("by one person to two processes at once is not lost to either", async () => {
      const { place, buy } = await openBuy(store, [APPLES, PEARS]);
      const person = await personOf(store, place, "u1");
      const two = [stores.open(), stores.open()];

      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          two[index % 2]!.record((tx) =>
            record(tx, [{ place, person, event: text("u1", `m${index}`, index, "+1 apples") }], readerOf, false),
          ),
        ),
      );

      expect(await store.linesOf(buy.community, buy.id)).toMatchObject([{ item: 1, quantity: 20_000 }]);
      expect(await store.sumsOf(buy.community, buy.id)).toEqual({
        items: [
          { item: 1, quantity: 20_000, waitlisted: 0 },
          { item: 2, quantity: 0, waitlisted: 0 },
        ],
        people: 1,
      });
    });

    test("goes by what another process has made of the chat's buys since it was here last", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const person = await personOf(store, place, "u1");
      const other = stores.open();
      let said = 0;
      const say = (words: string) =>
        store.record((tx) =>
          record(tx, [{ place, person, event: text("u1", `m${++said}`, said, words) }], readerOf, false),
        );
      await say("+1 apples");

      await other.change((tx) => tx.updateItem(buy, 1, { ...APPLES, name: "Pears", aliases: ["apples"] }));
      await say("+1 pears");
      await other.change((tx) => tx.updateBuy(buy, { status: "cancelled", endedAt: NOON }));
      await say("+1 pears");
      const next = await draftIn(other, place, [PEARS]);
      await other.change((tx) => tx.updateBuy(next, { status: "open", openedAt: NOON }));
      await say("+1 pears");

      expect(await store.linesOf(buy.community, buy.id)).toMatchObject([{ item: 1, quantity: 2000 }]);
      expect(await store.linesOf(buy.community, next.id)).toMatchObject([{ item: 1, quantity: 1000 }]);
    });

    test("in time is not on the list where only an edit of after the end came before it, and it is told", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const say = (event: TextIn | EditIn) =>
        store.record((tx) => record(tx, [{ place, person: lin, event }], readerOf, true));
      const first = text("lin", "m1", 1, "+1 apples");
      await store.change((tx) => tx.updateBuy(buy, { endedAt: new Date(+first.sentAt + 1_000) }));

      await say({ ...first, type: "edit", text: "+2 apples", editedAt: new Date(+first.sentAt + 2_000) });
      await close(store, buy);
      const told = await say(first);

      const { closedAt } = (await store.findBuy(buy.community, buy.id))!;
      const listed = await store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id, closedAt));
      expect(told).toMatchObject([{ verdict: "delivered-late" }]);
      expect(listed.flatMap(({ versions }) => versions.map((version) => version.text))).toEqual(["+2 apples"]);
    });

    test("is read of several buys at once; those of which nothing was said are left out", async () => {
      const [{ place, buy }, quiet] = [await openBuy(store, [APPLES]), await openBuy(store, [APPLES])];
      const lin = await personOf(store, place, "lin");
      await store.record((tx) =>
        record(tx, [{ place, person: lin, event: text("lin", "m1", 1, "+2 apples") }], readerOf, false),
      );

      const { statements, lines } = await store.look(async ({ ledger }) => ({
        statements: await ledger.statementsOfBuys([buy, quiet.buy]),
        lines: await ledger.linesOfBuys([buy, quiet.buy]),
      }));

      expect([...statements].map(([id, own]) => [id, own.map((each) => each.id)])).toEqual([[buy.id, ["m1"]]]);
      expect([...lines].map(([id, own]) => [id, own.map(({ quantity }) => quantity)])).toEqual([[buy.id, [2_000]]]);
    });

    test("and cannot be handled is kept, where its chat is known", async () => {
      const place = await newPlace(store);
      const event = text("lin", "m1", 1, "+1 apples");

      await store.park(place, event, "a bug");

      await expect(store.park(undefined, event, "a bug")).rejects.toThrow("unknown chat");
    });

    test("after the list was final is not on it, until a leader accepts it, as it was then", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const say = (...events: (TextIn | EditIn | RecallIn)[]) =>
        store.record((tx) =>
          record(
            tx,
            events.map((event) => ({ place, person: lin, event })),
            readerOf,
            true,
          ),
        );
      const first = text("lin", "m1", 1, "+1 apples");
      const late = text("lin", "m2", 2, "+5 apples");
      const listed = (at: Date) => store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id, at));
      const closed = async () => (await store.findBuy(buy.community, buy.id))!.closedAt!;

      await say(first);
      await close(store, buy);
      const told = await say(late);
      await say({ ...first, type: "edit", text: "+9 apples", editedAt: new Date(+NOON + HOUR) });
      await say({ type: "recall", platform: "fake", chat: first.chat, id: "m1", recalledAt: new Date(+NOON + HOUR) });
      const final = await listed(await closed());
      const accepted = await store.change((tx) => tx.acceptStatement(buy, place.chat, "m2", true));
      const gone = await store.change((tx) => tx.acceptStatement(buy, place.chat, "m3", true));
      const corrected = await listed(await closed());
      await store.change((tx) => tx.acceptStatement(buy, place.chat, "m2", false));
      expect(await listed(await closed())).toEqual(final);

      expect(told.map(({ verdict }) => verdict)).toEqual(["delivered-late"]);
      expect(final.map(({ id, versions, recalledAt }) => [id, versions.length, recalledAt])).toEqual([
        ["m1", 1, undefined],
      ]);
      expect([accepted, gone]).toEqual([true, false]);
      expect(corrected.map(({ id, versions }) => [id, versions.length]).sort()).toEqual([
        ["m1", 1],
        ["m2", 1],
      ]);
    });

    test("by each person, and where last, is known by buy and person", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const said = [text("lin", "m1", 1, "+1 apples"), text("lin", "m2", 2, "苹果2")];
      for (const event of said)
        await store.record((tx) => record(tx, [{ place, person: lin, event }], readerOf, false));

      const [speakers, places, names, same] = await store.look(async (tx) => [
        await tx.speakersOf([buy]),
        await tx.placesOf([buy]),
        await tx.namesOf([{ community: buy.community, person: lin.id }]),
        await tx.placesOf([buy], new Map([[place.community.id, place.community]])),
      ]);

      const key = `${buy.id}:${lin.id}`;
      expect(speakers).toEqual(new Map([[key, { chat: place.chat, said: "+1 apples\n苹果2" }]]));
      await store.change((tx) => tx.setPersonLanguage("fake", lin.externalId, "zh-hant"));
      const asked = await store.look((tx) => tx.speakersOf([buy]));
      expect(asked.get(key)).toMatchObject({ language: "zh-hant" });
      expect(places).toEqual(new Map([[buy.id, [place]]]));
      expect(same).toEqual(places);
      const last = await personOf(store, place, `last-${buy.id}`);
      expect(await store.placeOfLast("fake", last.externalId)).toBeUndefined();
      const event = { ...text("lin", "m3", 3, "+3"), sender: { id: last.externalId, name: "Last" } };
      await store.record((tx) => record(tx, [{ place, person: last, event }], readerOf, false));
      expect(await store.placeOfLast("fake", last.externalId)).toEqual(place);
      expect(await store.groupsWith("fake", last.externalId)).toEqual([place]);
      expect(await store.groupsWith("elsewhere", last.externalId)).toEqual([]);
      expect(await store.ordersOf("fake", last.externalId)).toEqual([
        { community: buy.community, buy: buy.id, person: last.id },
      ]);
      expect(await store.ordersOf("elsewhere", last.externalId)).toEqual([]);
      await store.change((tx) => tx.updateBuy(buy, { status: "cancelled" }));
      expect(await store.ordersOf("fake", last.externalId)).toEqual([]);
      expect(names).toEqual(new Map([[lin.id, "Person lin"]]));
    });
  });

  describe("things to be done", () => {
    test("a timer is claimed once, and not before its time", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: past() }]));
      const [timer] = await timersOf(store, "closings", buy);

      const claims = await Promise.all(
        Array.from({ length: 8 }, () => store.takeClosings({ one: timer! }, async () => undefined)),
      );

      const taken = claims.flatMap((each) => each.taken);
      expect(taken).toHaveLength(1);
      expect(taken[0]).toMatchObject({ buy: { id: buy.id }, timer: { kind: "close" } });
    });

    test("many timers are claimed with their buys, once, whoever takes them; what fails leaves all of them", async () => {
      const buys = (await Promise.all(Array.from({ length: 12 }, () => openBuy(store, [APPLES])))).map(
        ({ buy }) => buy,
      );
      await store.change((tx) => tx.setTimers(buys.map((buy) => ({ buy, kind: "close", dueAt: past() }))));
      const fails = store.takeClosings({ most: 500 }, async () => {
        throw new Error("on purpose");
      });
      await expect(fails).rejects.toThrow("on purpose");

      const done: string[] = [];
      const take = () =>
        store.takeClosings({ most: 5 }, async (_tx, due) => {
          done.push(...due.flatMap(({ buy }) => buy?.id ?? []));
        });
      for (let round = 0; round < 8; round++) await Promise.all([take(), take()]);

      const own = done.filter((id) => buys.some((buy) => buy.id === id));
      expect(own.sort()).toEqual(buys.map(({ id }) => id).sort());
    });

    test("a timer that was parked is due again for a version that knows its kind", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      const kind = `kind-${buy.id}`;
      await store.change((tx) => tx.setTimers([{ buy, kind, dueAt: past() }]));
      const [timer] = await timersOf(store, "others", buy);
      await store.takeTimers({ one: timer! }, (tx, due) =>
        tx.park(
          due.map((each) => each.timer),
          "unknown kind",
        ),
      );
      const parked = await timersOf(store, "others", buy);

      await store.unparkTimers(["another"]);
      await store.unparkTimers([kind]);

      expect(parked).toEqual([]);
      expect(await timersOf(store, "others", buy)).toHaveLength(1);
    });

    test("a timer that was moved is not done at its old time", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: past() }]));
      const [timer] = await timersOf(store, "closings", buy);

      await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: inAnHour() }]));

      expect((await store.takeClosings({ one: timer! }, async () => undefined)).taken).toEqual([]);
      expect(await timersOf(store, "closings", buy)).toEqual([]);
    });

    test("a closing that is put off is due again when it says", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: past() }]));
      const [timer] = await timersOf(store, "closings", buy);
      const putOff = (dueAt: Date) =>
        store.takeClosings({ one: timer! }, (tx, due) => tx.postpone([{ timer: due[0]!.timer, dueAt }]));

      await putOff(past());
      expect(await timersOf(store, "closings", buy)).toHaveLength(1);
      await putOff(inAnHour());
      expect(await timersOf(store, "closings", buy)).toEqual([]);
    });

    test("a timer that failed is tried again after its pause, and one that was put off when it says", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      await store.change((tx) => tx.setTimers(["a", "b"].map((ref) => ({ buy, kind: "x", ref, dueAt: past() }))));
      const [a, b] = (await timersOf(store, "others", buy)).sort((one, other) => (one.ref < other.ref ? -1 : 1));

      await store.failTimer(a!, "Error", 60_000);
      await store.failTimer(a!, "Error", 0); // it is not the one that failed any more
      await store.takeTimers({ one: b! }, (tx, due) => tx.postpone([{ timer: due[0]!.timer, dueAt: inAnHour() }]));
      const waiting = await timersOf(store, "others", buy);
      await store.change((tx) => tx.setTimers(["a", "b"].map((ref) => ({ buy, kind: "x", ref, dueAt: past() }))));

      expect(waiting).toEqual([]);
      expect((await timersOf(store, "others", buy)).map(({ ref, attempts }) => `${ref}${attempts}`).sort()).toEqual([
        "a0",
        "b0",
      ]);
    });

    test("timers of a buy can be cancelled by their kind, or all but those that open another", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      const kinds = ["last-call", "sold-out", "open-planned"];
      await store.change((tx) => tx.setTimers(kinds.map((kind) => ({ buy, kind, dueAt: past() }))));
      const left = async () => (await timersOf(store, "others", buy)).map(({ kind }) => kind).sort();
      await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: inAnHour() }]));
      const waiting = await store.look((tx) => tx.timersOf(buy));

      await store.change((tx) => tx.cancelTimers(buy, ["last-call"]));
      const some = await left();
      await store.change((tx) => tx.cancelTimers(buy));

      expect(waiting.map(({ kind }) => kind).sort()).toEqual(["close", ...kinds].sort());
      expect(waiting.at(-1)).toMatchObject({ kind: "close", buy: buy.id, community: buy.community, attempts: 0 });
      expect(some).toEqual(["open-planned", "sold-out"]);
      expect(await left()).toEqual(["open-planned"]);
      expect((await store.look((tx) => tx.timersOf(buy))).map(({ kind }) => kind)).toEqual(["open-planned"]);
    });

    test("an outgoing message is queued once for its cause, claimed by one, and sent in the order of its parts", async () => {
      const at = await newPlace(store);
      const queue = () => store.change((tx) => tx.addOutgoing(note(at, "note:1", "a".repeat(30))));
      await queue();
      await queue();

      const claims = (await Promise.all([claim(store, at), claim(store, at)])).flat();

      expect(claims.map((each) => each.content.text.length)).toEqual([20]);
      await store.finishOutgoing(claims[0]!, { state: "sent", message: "1" });
      expect((await claim(store, at)).map((each) => each.content.text.length)).toEqual([10]);
    });

    test("what follows from how a message ended is written with it, or neither is", async () => {
      const at = await newPlace(store);
      await store.change((tx) => tx.addOutgoing(note(at, "note:follows")));
      const [held] = await claim(store, at);
      const follow = (cause: string, fails: boolean) =>
        store.finishOutgoing(held!, { state: "undeliverable", error: "gone" }, async (tx) => {
          await tx.addOutgoing(note(at, cause, cause));
          if (fails) throw new Error("The database is away.");
        });

      await expect(follow("lost", true)).rejects.toThrow(/away/);
      expect(await claim(store, at)).toEqual([]); // it is still under way
      await follow("kept", false);
      await follow("again", false); // it is not ours any more

      const [next] = await claim(store, at);
      expect(next?.content.text).toBe("kept");
      await store.finishOutgoing(next!, { state: "sent" });
      expect(await claim(store, at)).toEqual([]);
    });

    test("what a sender held when its lease ran out may have left: it is not sent again unasked", async () => {
      const at = await newPlace(store);
      await store.change((tx) => tx.addOutgoing(note(at, "note:2")));
      const [held] = await claim(store, at, -1);

      const due = await store.due(["fake"]);
      const lost = await lostOf(store);
      await store.finishOutgoing(held!, { state: "sent", message: "1" });

      expect(due.lost).toBe(true);
      expect(lost).toContainEqual(expect.objectContaining({ id: held!.id, kind: "note" }));
      expect(await store.due(["fake"])).toMatchObject({ lost: false });
      expect(await claim(store, at)).toEqual([]);
      expect(await store.change((tx) => tx.resend(at.community.id, held!.id))).toBe(true);
    });

    test("messages of a chat go out one after the other, also where one has to wait", async () => {
      const at = await newPlace(store);
      await store.change((tx) => tx.addOutgoing(note(at, "note:first", "first")));
      await store.change((tx) => tx.addOutgoing(note(at, "note:second", "second")));

      const [first, ...others] = await claim(store, at);
      const whileSending = await claim(store, at);
      await store.finishOutgoing(first!, { state: "pending", retryInMs: 60_000, error: "not-sent" });
      const whileWaiting = await claim(store, at);

      expect(first!.content.text).toBe("first");
      expect([...others, ...whileSending, ...whileWaiting]).toEqual([]);
    });

    test("what its platform wants to send later holds up nothing behind it, and was no try", async () => {
      const at = await newPlace(store);
      await store.change((tx) => tx.addOutgoing(note(at, "note:first", "reminder")));
      await store.change((tx) => tx.addOutgoing(note(at, "note:second", "list")));

      const [reminder] = await claim(store, at);
      await store.finishOutgoing(reminder!, { state: "pending", retryInMs: 60_000, error: DEFERRED });
      const [list] = await claim(store, at);
      await store.finishOutgoing(list!, { state: "pending", retryInMs: 0, error: DEFERRED });
      await later(store);
      const [again] = await claim(store, at);

      expect([reminder!.content.text, list!.content.text]).toEqual(["reminder", "list"]);
      expect(again).toMatchObject({ content: { text: "list" }, attempts: 1 });
    });

    test("what is in doubt is sent again only when a leader asks for it", async () => {
      const at = await newPlace(store);
      await store.change((tx) => tx.addOutgoing(note(at, "note:4")));
      const [held] = await claim(store, at);
      await store.finishOutgoing(held!, { state: "maybe", error: "unknown" });
      const resend = () => store.change((tx) => tx.resend(at.community.id, held!.id.slice(0, 8)));

      const unasked = await claim(store, at);
      const isAgain = await resend();
      const again = await claim(store, at);
      const isTwice = await resend();

      expect([unasked.length, isAgain, again.length, isTwice]).toEqual([0, true, 1, false]);
    });

    describe("what is to be said aloud", () => {
      /** Three messages to people, each tried alone in vain, and one to all. */
      async function aloud() {
        const at = await newPlace(store);
        const people = await Promise.all(["a", "b", "c"].map((id) => personOf(store, at, id)));
        for (const [index, { id }] of people.entries()) {
          await store.change((tx) => tx.addOutgoing({ ...note(at, `note:${index}`, `to ${index}`), to: id }));
        }
        await store.change((tx) => tx.addOutgoing(note(at, "note:all", "to all")));
        const tried: string[] = [];
        for (let index = 0; index < 3; index += 1) {
          const [held] = await claim(store, at);
          tried.push(held!.content.text);
          const end = { state: "pending", retryInMs: 0, error: "not alone", isUntried: true, isAloud: true } as const;
          await store.finishOutgoing(held!, end);
        }
        await later(store);
        return { at, tried };
      }

      test("waits for all else of its chat, and is claimed together then, in its order", async () => {
        const { at, tried } = await aloud();

        const [all] = await claim(store, at);
        const meanwhile = await claim(store, at);
        await store.finishOutgoing(all!, { state: "sent", message: "1" });
        const [first, ...others] = await claim(store, at);
        const company = await store.claimTogether(first!, 1, HOUR);
        const rest = await store.claimTogether(first!, 9, HOUR);

        expect(tried).toEqual(["to 0", "to 1", "to 2"]);
        expect([all!.content.text, ...meanwhile]).toEqual(["to all"]);
        expect([first, ...others, ...company, ...rest].map((each) => each!.content.text)).toEqual(tried);
        expect([...company, ...rest].map(({ saidWith, attempts, to }) => [saidWith, attempts, to])).toEqual([
          [first!.id, 1, "b"],
          [first!.id, 1, "c"],
        ]);
        expect(await claim(store, at)).toEqual([]);
      });

      test("waits also for what is due in a moment, since that may have to be said with it", async () => {
        const { at } = await aloud();
        const [all] = await claim(store, at);
        await store.finishOutgoing(all!, { state: "pending", retryInMs: 300, error: DEFERRED });

        let next = await claim(store, at);
        while (next.length === 0) next = await claim(store, at);

        expect(next.map(({ content }) => content.text)).toEqual(["to all"]);
      });

      test("of another kind is not claimed with it, and waits for its turn", async () => {
        const { at } = await aloud();
        const [all] = await claim(store, at);
        await store.finishOutgoing(all!, { state: "sent" });
        const mei = await personOf(store, at, "mei");
        await store.change((tx) => tx.addOutgoing({ ...note(at, "other"), kind: "other", to: mei.id }));
        const [other] = await claim(store, at);
        const aside = { state: "pending", retryInMs: 0, error: "", isUntried: true, isAloud: true } as const;
        await store.finishOutgoing(other!, aside);
        await later(store);

        const claims = await claim(store, at);
        const company = await store.claimTogether(claims[0]!, 9, HOUR);
        for (const each of [...claims, ...company]) await store.finishOutgoing(each, { state: "sent" });

        expect(other!.kind).toBe("other");
        expect([...claims, ...company].map(({ kind }) => kind)).toEqual(["note", "note", "note"]);
        expect((await claim(store, at)).map(({ kind }) => kind)).toEqual(["other"]);
      });

      test("and is in doubt is sent again together, tried alone first; what is known to have arrived is not", async () => {
        const { at } = await aloud();
        const [all] = await claim(store, at);
        await store.finishOutgoing(all!, { state: "sent" });
        const [first] = await claim(store, at, -1);
        const [second, third] = await store.claimTogether(first!, 9, -1);
        await store.finishOutgoing(second!, { state: "sent", message: "2" });

        const lost = (await lostOf(store)).filter(({ chat }) => chat === at.chat);
        const isAgain = await store.change((tx) => tx.resend(at.community.id, first!.id));
        const isTwice = await store.change((tx) => tx.resend(at.community.id, third!.id));
        const again: unknown[] = [];
        for (let [next] = await claim(store, at); next; [next] = await claim(store, at)) {
          again.push([next.content.text, next.saidWith]);
          await store.finishOutgoing(next, { state: "sent" });
        }

        expect(lost.map(({ saidWith }) => saidWith)).toEqual([first!.id, first!.id]);
        expect(new Set(lost.map(({ person }) => person)).size).toBe(2);
        expect([isAgain, isTwice]).toEqual([true, false]);
        expect(again).toEqual([
          [first!.content.text, null],
          [third!.content.text, null],
        ]);
      });
    });

    test("a chat that has moved is written to where it is now", async () => {
      const at = await newPlace(store);
      const moved = randomUUID();
      await store.change((tx) => tx.addOutgoing(note(at, "note:5")));
      const [held] = await claim(store, at);

      await store.finishOutgoing(held!, { state: "pending", retryInMs: 0, error: "moved", movedTo: moved });

      expect(await store.meetChat("fake", chatOf(at.externalChat), DEFAULTS)).toMatchObject({ past: true });
      expect((await claim(store, at)).map(({ externalChat }) => externalChat)).toEqual([moved]);
      expect((await store.meetChat("fake", chatOf(moved), DEFAULTS)).chat).toBe(at.chat);
      expect((await store.meetChat("fake", chatOf(at.externalChat), DEFAULTS)).chat).toBe(at.chat);
      expect((await store.placeOf(at.community.id, at.chat))?.externalChat).toBe(moved);
    });

    test("edits of one second give the text of the last, in whatever order and however often they come", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const at = past();
      const said = {
        ...{ community: buy.community, buy: buy.id, chat: place.chat, position: 1, person: lin.id, name: "lin" },
        ...{ saidAt: at, text: "+1", reply: false, leader: false },
      };
      const edits = [7, 8, 9].map((order) => ({ at, order, text: `+${order}` }));
      const anyOrder = fc.shuffledSubarray([...edits, ...edits], { minLength: 6 });
      let count = 0;

      await fc.assert(
        fc.asyncProperty(anyOrder, fc.boolean(), async (delivered, isTogether) => {
          count += 1;
          const message = `edited-${count}`;
          const key = { community: buy.community, buy: buy.id, chat: place.chat, message };
          const rows = delivered.map((edit) => ({ ...key, ...edit }));
          await store.record((tx) => tx.addStatements([{ ...said, message }]));
          for (const batch of isTogether ? [rows] : rows.map((row) => [row])) {
            await store.record((tx) => tx.addEdits(batch));
          }

          const statements = await store.record((tx) => tx.statementsOf([{ ...key, person: lin.id }]));
          const { versions } = statements.find(({ id }) => id === message)!;
          expect(versions).toEqual([
            { at, text: "+1" },
            { at, text: "+9" },
          ]);
        }),
        { numRuns: 20 },
      );
    });

    test("of a chat that has moved, what is said now is nothing that was said before, though it has its number", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const moved = randomUUID();
      const said = (text: string, saidAt: Date) => ({
        ...{ community: buy.community, buy: buy.id, chat: place.chat, message: "5", position: 5, person: lin.id },
        ...{ name: "lin", saidAt, text, reply: false, leader: false },
      });
      await store.record((tx) => tx.addStatements([said("+1", past())]));

      expect(await store.moveChat("fake", place.externalChat, moved)).toBe(true);
      await store.record((tx) => tx.addStatements([said("+2", past())]));

      const statements = await store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id));
      expect(statements.map(({ id }) => id).sort()).toEqual([`${place.externalChat}/5`, "5"].sort());
      expect(await store.moveChat("fake", place.externalChat, moved)).toBe(false);
      expect((await store.meetChat("fake", chatOf(moved), DEFAULTS)).past).toBeUndefined();
      expect((await store.meetChat("fake", chatOf(place.externalChat), DEFAULTS)).past).toBe(true);
    });

    test("who was heard under the new id before the move was is in the chat that they were in", async () => {
      const at = await newPlace(store);
      const early = await newPlace(store);

      expect(await store.moveChat("fake", at.externalChat, early.externalChat)).toBe(true);

      expect((await store.meetChat("fake", chatOf(early.externalChat), DEFAULTS)).chat).toBe(at.chat);
    });

    const words = (chat: string, id: string): TextIn => ({
      ...{ type: "text", platform: "fake", chat: chatOf(chat), id, position: Number(id), text: "+1" },
      ...{ sender: { id: "lin", name: "Lin" }, sentAt: past() },
    });

    /** Words as they are taken from a chat: what fails is tried once more. */
    const hear = async (by: Store, event: TextIn) => {
      const adapters = new Map([["fake", new FakeChat()]]);
      const parts = { ...{ store: by, adapters, readerOf, defaults: DEFAULTS }, wake: () => {} } as unknown as Parts;
      const take = () => storeOrders(parts, [event]);
      return (await take().catch(take)).length;
    };

    test("a process that met a chat before it moved takes nothing twice that was said there before", async () => {
      const other = stores.open();
      const { place, buy } = await openBuy(store, [APPLES]);
      const said = words(place.externalChat, "5");
      await hear(other, said);
      const moved = randomUUID();
      await store.moveChat("fake", place.externalChat, moved);

      // A word under the new id, by which the other knows the buy as it is now, and the old one once more.
      await hear(other, words(moved, "6"));
      await hear(other, said);

      const statements = await store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id));
      expect(statements.map(({ id }) => id).sort()).toEqual(["6", `${place.externalChat}/5`].sort());
    });

    test("a process that met the new id before the move hears what is ordered there after it", async () => {
      const other = stores.open();
      const { place, buy } = await openBuy(store, [APPLES]);
      const moved = randomUUID();
      expect(await hear(other, words(moved, "4"))).toBe(0);
      await store.moveChat("fake", place.externalChat, moved);

      expect(await hear(other, words(moved, "5"))).toBe(1);
      const newcomer = { ...words(moved, "6"), sender: { id: "ada", name: "Ada" } };
      expect(await hear(other, newcomer)).toBe(1);

      const statements = await store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id));
      expect(statements.map(({ id }) => id).sort()).toEqual(["5", "6"]);
    });

    test("a new id that has become a chat with a buy of its own stays that, and who is not known has not moved", async () => {
      const at = await newPlace(store);
      const { place: other } = await openBuy(store, [APPLES]);

      expect(await store.moveChat("fake", at.externalChat, other.externalChat)).toBe(false);
      expect(await store.moveChat("fake", randomUUID(), randomUUID())).toBe(false);

      expect((await store.meetChat("fake", chatOf(at.externalChat), DEFAULTS)).chat).toBe(at.chat);
    });

    test("what is for one person is sent to them by the id that their platform knows, or to none", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      const lin = await personOf(store, place, "lin");
      const stranger = randomUUID();
      await store.change(async (tx) => {
        await tx.addOutgoing({ ...note(place, "a"), to: lin.id });
        const notice = { community: buy.community, buy: buy.id, chat: place.chat, kind: "waiting-list", cause: "b" };
        await tx.ledger.addNotices([
          { ...notice, person: stranger, content: { text: "x" } },
          { ...notice, person: stranger, content: { text: "again" } },
        ]);
        await tx.addOutgoing(note(place, "c"));
      });

      const to: (string | null | undefined)[] = [];
      for (let [next] = await claim(store, place); next; [next] = await claim(store, place)) {
        to.push(next.to);
        await store.finishOutgoing(next, { state: "sent" });
      }

      expect(to.sort()).toEqual(["", "lin", null]);
    });

    test("what a buy has to say goes to the topic in which it was opened, until that is gone; other words do not", async () => {
      const place = { ...(await newPlace(store)), topic: "30" };
      const buy = await draftIn(store, place);
      const said = (cause: string) => store.change((tx) => tx.addOutgoing({ ...note(place, cause), buy: buy.id }));
      const topics: unknown[] = [];
      const send = async (isTopicGone = false) => {
        const [held] = await claim(store, place);
        topics.push(held!.topic ?? undefined);
        await store.finishOutgoing(held!, { state: "sent", ...(isTopicGone && { isTopicGone }) });
      };
      const known = async () => (await store.look((tx) => tx.placesOf([buy]))).get(buy.id)?.map(({ topic }) => topic);

      await store.change((tx) => tx.addOutgoing(note(place, "hello")));
      await send();
      await said("reminder");
      const before = await known();
      await send(true);
      await said("list");
      await send();

      expect(topics).toEqual([undefined, "30", undefined]);
      expect([before, await known()]).toEqual([["30"], [undefined]]);
      expect((await store.findBuy(buy.community, buy.id))!.version).toBe(buy.version + 1); // or who keeps it goes on with the topic
    });

    test("a live post that was sent is the buy's post; one that was in doubt is, when it shows itself", async () => {
      const shown: unknown[] = [];
      for (const doubt of [false, true]) {
        const { place, buy } = await openBuy(store, [APPLES]);
        await store.change((tx) => tx.addOutgoing({ ...note(place, "post"), buy: buy.id, kind: "live-post" }));
        const [held] = await claim(store, place);
        await store.finishOutgoing(held!, doubt ? { state: "maybe", error: "x" } : { state: "sent", message: "m7" });
        shown.push(await store.buyOfPost(place, "m7").then((found) => found === buy.id));
        shown.push(await store.isSent(buy, "live-post"));
        await store.adoptPost(place, buy.id, "m7");
        shown.push(await store.buyOfPost(place, "m7").then((found) => found === buy.id));
        shown.push(await store.isSent(buy, "live-post"));
      }

      expect(shown).toEqual([true, true, true, true, false, false, true, true]);
    });

    test("a live post that is lost is sent once more, one that is there or whose buy has ended is not", async () => {
      const sent: number[] = [];
      for (const [isGone, isOpen] of [
        [true, true],
        [false, true],
        [true, false],
      ]) {
        const { place, buy } = await openBuy(store, [APPLES]);
        await store.change((tx) => tx.addOutgoing({ ...note(place, "post"), buy: buy.id, kind: "live-post" }));
        const [held] = await claim(store, place);
        await store.finishOutgoing(held!, { state: "sent", message: "m7" });
        const [post] = await store.stalePosts(["fake"], [buy]);
        if (isGone) await store.postGone(post!);
        if (!isOpen) await store.change((tx) => tx.updateBuy(buy, { status: "cancelled" }));

        await store.change((tx) => tx.replacePosts(place));
        sent.push((await claim(store, place)).length);
      }

      expect(sent).toEqual([1, 0, 0]);
    });

    test("a live post is behind until it shows what its buy and tally are", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      await store.change((tx) => tx.addPost(buy, place.chat, "m1", "live"));
      const behind = async () => (await store.stalePosts(["fake"])).filter((post) => post.buy === buy.id);
      const show = async (version: number) => {
        const [post] = await store.stalePosts(["fake"], [buy]);
        const readAt = new Date(+post!.readAt + HOUR); // long after the last change
        await store.postsShown([{ post: { ...post!, readAt }, shown: `open:${version}:digest` }]);
      };

      const fresh = await behind();
      await show(1);
      const ofOldVersion = await behind();
      await show(2);
      const upToDate = await behind();
      const elsewhere = await store.stalePosts(["nowhere"], [buy]);
      const [post] = await store.stalePosts(["fake"], [buy]);
      const about = (await store.shownBuys([buy, buy])).get(buy.id);

      expect([fresh, ofOldVersion, upToDate, elsewhere].map((posts) => posts.length)).toEqual([1, 1, 0, 0]);
      expect(post).toMatchObject({ buy: buy.id, message: "m1", shown: "open:2:digest", platform: "fake" });
      expect(about).toMatchObject({
        zone: "Asia/Shanghai",
        languages: new Map([[place.chat, DEFAULTS.language]]),
        sums: { items: [{ item: 1, quantity: 0, waitlisted: 0 }], people: 0 },
        buy: { id: buy.id, version: 2 },
      });
    });

    test("what is due is told, with when the next thing will be", async () => {
      const { buy } = await openBuy(store, [APPLES]);
      await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: new Date(Date.now() + 60_000) }]));

      const due = await store.due(["nowhere"]);

      expect(due).toMatchObject({ outgoing: false });
      expect(due.nextInMs).toBeGreaterThan(0);
      expect(due.nextInMs).toBeLessThan(61_000);
    });

    test("what is due now is told by its kind", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      await store.change(async (tx) => {
        await tx.setTimers(["close", "other"].map((kind) => ({ buy, kind, dueAt: past() })));
        await tx.addOutgoing(note(place, "note"));
      });

      expect(await store.due(["fake"])).toMatchObject({ closings: true, timers: true, outgoing: true });
    });

    test("what is sent to a chat whose claim was lost is not marked by the loser", async () => {
      const { place, buy } = await openBuy(store, [APPLES]);
      await store.change((tx) => tx.addOutgoing({ ...note(place, "note:3"), buy: buy.id }));
      const [held] = await claim(store, place);

      await store.finishOutgoing({ ...held!, token: held!.token - 1 }, { state: "undeliverable", error: "gone" });

      expect(await store.change((tx) => tx.resend(buy.community, held!.id))).toBe(false);
      await store.finishOutgoing(held!, { state: "sent", message: "1" });
      expect(await store.isSent(buy, "note")).toBe(true);
    });
  });
}

function chatOf(id: string) {
  return { id, kind: "group", title: "Garden Court" } as const;
}

/** A chat of its own. */
export function newPlace(store: Store): Promise<Place> {
  return store.meetChat("fake", chatOf(randomUUID()), DEFAULTS);
}

function personOf(store: Store, place: Place, id: string): Promise<Person> {
  return store.meetPerson(place, { id, name: `Person ${id}` });
}

/** A buy in a chat of its own, open since noon. */
export async function openBuy(store: Store, items: readonly ItemTerms[]): Promise<{ place: Place; buy: Buy }> {
  const place = await newPlace(store);
  const draft = await draftIn(store, place, items);
  await store.change((tx) => tx.updateBuy(draft, { status: "open", openedAt: NOON }));
  return { place, buy: draft };
}

async function draftIn(store: Store, place: Place, items: readonly ItemTerms[] = [APPLES]): Promise<Buy> {
  const leader = await personOf(store, place, "leader");
  const terms = { title: "Fruit", currency: "CNY", items, openedAt: NOON };
  const draftedAt = new Date();
  return store.change((tx) =>
    tx.createBuy({
      place,
      leader: leader.id,
      language: "en",
      text: "",
      terms: { ...terms, openedAt: draftedAt },
      draftedAt,
    }),
  );
}

/** Makes a list final, as the closings do: an hour ahead, which no clock reaches here. */
async function close(store: Store, buy: Buy): Promise<void> {
  await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: past() }]));
  const [timer] = await timersOf(store, "closings", buy);
  await store.takeClosings({ one: timer! }, async (tx) =>
    tx.closeBuys([{ buy, status: "closed", closedAt: new Date((await tx.now()).getTime() + HOUR), cause: timer!.id }]),
  );
}

async function timersOf(store: Store, which: "closings" | "others", buy: Buy) {
  return (await store.dueTimers(which, 500)).filter((timer) => timer.buy === buy.id);
}

async function claim(store: Store, at: Place, leaseMs = 60_000) {
  const claims = await store.claimOutgoing(["fake"], 100, leaseMs);
  return claims.filter((each) => each.chat === at.chat);
}

async function lostOf(store: Store): Promise<readonly Unsent[]> {
  const all: Unsent[] = [];
  await store.loseOutgoing(async (_tx, lost) => {
    all.push(...lost);
  });
  return all;
}

function note(place: Place, cause: string, words = "x") {
  return { place, kind: "note", cause, content: { text: words }, maxText: 20 };
}

/** Waits until the database's clock has gone on. */
async function later(store: Store): Promise<void> {
  const before = await store.now();
  while ((await store.now()) <= before);
}

function past(): Date {
  return new Date(Date.now() - SECOND);
}

function inAnHour(): Date {
  return new Date(Date.now() + HOUR);
}

const said = fc.array(
  fc.record({
    who: fc.constantFrom("u1", "u2", "u3"),
    text: fc.constantFrom(
      ...["+2 apples", "apples 3 kg", "apples -1", "cancel", "make it 5", "for mum: 1 kg apples", "#接龙\n1. mum 1kg"],
    ),
    edit: fc.option(fc.constantFrom("apples 4 kg", "hello", "+1 apples"), { nil: undefined }),
    isRecalled: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);
const chance = fc.infiniteStream(fc.nat());

/** Delivers events in batches to a new buy, and gives what is kept. */
async function play(
  store: Store,
  events: readonly (TextIn | EditIn | RecallIn)[],
  size: number,
  stock: number | undefined,
) {
  const { place, buy } = await openBuy(store, [{ ...APPLES, price: 333, ...(stock !== undefined && { stock }) }]);
  for (let start = 0; start < events.length; start += size) {
    const heard: Heard[] = await Promise.all(
      events.slice(start, start + size).map(async (event) => ({
        ...{ place, event },
        ...(event.type !== "recall" && { person: await personOf(store, place, event.sender.id) }),
      })),
    );
    await store
      .record((tx) => record(tx, heard, readerOf, false))
      .catch((fault: unknown) => {
        if (!(fault instanceof NeedsAlone)) throw fault;
        return store.record((tx) => record(tx, heard, readerOf, true));
      });
  }
  const { community, id } = buy;
  return store.look(async (tx) => ({
    buy: (await tx.findBuy(community, id))!,
    kept: await tx.ledger.rowsOf(community, id),
    statements: await tx.ledger.statementsOfBuy(community, id),
  }));
}

/** Rows without what differs from one buy to another: people by the order of their lines' quantities. */
function plain({ lines, sums, people }: Rows) {
  const shown = lines.map(({ for: whom, item, quantity, waitlisted }) => `${whom} ${item} ${quantity} ${waitlisted}`);
  return { lines: shown.sort(), sums, people: people.length };
}

function sorted({ lines, sums, people }: Rows) {
  return { lines: lineTexts(lines), sums, people: [...people].sort() };
}

const LINE = ["person", "for", "item", "option", "quantity", "waitlisted", "note"] as const;

function lineTexts(lines: Rows["lines"]): string[] {
  return lines.map((line) => JSON.stringify(LINE.map((name) => line[name]))).sort();
}

function eventsOf(
  { who, text: words, edit, isRecalled }: { who: string; text: string; edit: string | undefined; isRecalled: boolean },
  index: number,
): (TextIn | EditIn | RecallIn)[] {
  const first = text(who, `m${index}`, index, words);
  const at = (ms: number) => new Date(first.sentAt.getTime() + ms);
  const changed: EditIn = { ...first, type: "edit", text: edit ?? "", editedAt: at(500) };
  const taken: RecallIn = { type: "recall", platform: "fake", chat: first.chat, id: first.id, recalledAt: at(700) };
  return [first, ...(edit === undefined ? [] : [changed]), ...(isRecalled ? [taken] : [])];
}

function text(who: string, id: string, index: number, words: string): TextIn {
  return {
    type: "text",
    platform: "fake",
    chat: { id: "ignored", kind: "group" },
    id,
    position: index,
    sender: { id: who, name: `Person ${who}` },
    text: words,
    sentAt: new Date(NOON.getTime() + (index + 1) * SECOND),
  };
}
