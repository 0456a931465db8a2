import { describe, expect, test } from "vitest";
import { PRESS_VERBS } from "../../bot/on-press.ts";
import type { Button } from "../../bot/ports.ts";
import { eventually } from "../support/eventually.ts";
import { FakeChat, type FakePerson, type Shown } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { type MemoryTown, memoryTown } from "../support/memory-town.ts";

/**
 * Every kind of press that the bot knows, brought about in every language: its button has words, or the text says them;
 * and who writes these has done and hears the same as who presses. So nothing is out of reach where there are no buttons.
 */
const LANGUAGES = ["en", "zh-hans", "zh-hant"] as const;
type Tongue = (typeof LANGUAGES)[number];

const HOUR = 60 * 60_000;
const GOODS = "Apples (苹果, 蘋果) $5/kg";
const ORDERS = { Ada: "apples 2 kg", Ben: "apples 1 kg" };

interface Scene {
  readonly chat: FakeChat;
  readonly town: MemoryTown;
  readonly lin: FakePerson;
  readonly person: (name: string) => FakePerson;
}

/** How a press comes to be offered, and to whom. */
interface Story {
  readonly begins: (language: Tongue) => Promise<Scene>;
  /** What happens then; gives who may press. */
  readonly goesOn: (scene: Scene) => Promise<FakePerson>;
  /** Where the button has no words, since the text says what to write: what that is. */
  readonly told?: string;
  /** Those who hear of it are told by other words with other numbers. */
  readonly isSaidOtherwise?: true;
  /** What has to be said behind the words, to have it done or to see what a press shows by itself. */
  readonly behind?: Readonly<Record<Tongue, string>>;
}

/** By how much the clock of a town is ahead. */
const ahead = new Map<MemoryTown, number>();

const says = async ({ town }: Scene, who: FakePerson, ...texts: readonly string[]) => {
  for (const text of texts) {
    await who.says(text, { at: new Date(Date.now() + (ahead.get(town) ?? 0)) });
    await town.answered();
  }
  await town.later(0);
};

/** The newest button of a kind that somebody sees. */
const offered = (chat: FakeChat, who: FakePerson, verb: string) =>
  eventually(`${who.name} is offered ${verb}`, () => {
    const fits = ({ data }: Button) => data.startsWith(`${verb}:`);
    const shown = chat.shown.findLast(
      ({ by, only, buttons }) => !by && (!only || only === who) && buttons.some((button) => fits(button)),
    );
    return shown && { shown, button: shown.buttons.find(fits)! };
  });

const presses = async (scene: Scene, who: FakePerson, verb: string) => {
  const { shown, button } = await offered(scene.chat, who, verb);
  await who.chat.deliver({ ...who.pressing(shown, /(?:)/), data: button.data });
  await scene.town.answered();
  await scene.town.later(0);
};

/** Time passes, and whatever is due is done in its turn. */
const daysPass = async ({ town }: Scene, days: number) => {
  for (let hours = 0; hours < 24 * days; hours += 6) await town.later(6 * HOUR);
  ahead.set(town, days * 24 * HOUR);
};

/** It was right. */
const OK = { en: "ok", "zh-hans": "好", "zh-hant": "好" };
/** Shows what one has now. */
const MINE = { en: "/my", "zh-hans": "/my", "zh-hant": "/my" };

const nothing = async (language: Tongue): Promise<Scene> => {
  const chat = new FakeChat({ edit: false, graceMs: 0 });
  const town = await memoryTown([chat], { language });
  const lin = chat.person("Lin", { leader: true });
  const people = new Map(["Ada", "Ben"].map((name) => [name, chat.person(name)]));
  return { chat, town, lin, person: (name) => people.get(name)! };
};

const open =
  (announcement = GOODS) =>
  async (language: Tongue): Promise<Scene> => {
    const scene = await nothing(language);
    await scene.lin.opens(announcement);
    return scene;
  };

const closed =
  (orders: Readonly<Record<string, string>> = ORDERS, announcement = GOODS) =>
  async (language: Tongue): Promise<Scene> =>
    closedBuy(announcement, orders, new FakeChat({ edit: false, graceMs: 0 }), language);

const proposed = async (scene: Scene, ...commands: readonly string[]) => {
  for (const command of commands) {
    await says(scene, scene.lin, command);
    await presses(scene, scene.lin, "yes");
  }
};

const told =
  (who: "lin" | "Ada" | "Ben", ...texts: readonly string[]) =>
  async (scene: Scene) => {
    const person = who === "lin" ? scene.lin : scene.person(who);
    await says(scene, person, ...texts);
    return person;
  };

const notified = async (scene: Scene) => {
  await proposed(scene, "/pickup at the gate, tomorrow 18:00-20:00");
  return scene.person("Ada");
};

const settled = async (scene: Scene) => {
  await proposed(scene, "/settle");
  return scene.person("Ada");
};

const surplus = async (scene: Scene) => {
  await proposed(scene, "/arrive apples 3");
  return scene.lin;
};

const STORIES: Readonly<Record<string, Story>> = {
  do: { begins: open(), goesOn: told("lin", "/order Zoe apples 2") },
  open: { begins: nothing, goesOn: told("lin", `/open ${GOODS}`) },
  drop: { begins: nothing, goesOn: told("lin", `/open ${GOODS}`) },
  step: { begins: nothing, goesOn: told("lin", "/open", GOODS) },
  again: {
    begins: open(),
    goesOn: async (scene) => {
      scene.chat.fails = ({ name, text }) => (name === "post" && /📋/.test(text) ? { outcome: "unknown" } : undefined);
      await says(scene, scene.person("Ada"), "apples 2 kg");
      await says(scene, scene.lin, "/close");
      await scene.town.later(HOUR);
      await offered(scene.chat, scene.lin, "again");
      scene.chat.fails = () => undefined;
      return scene.lin;
    },
  },
  accept: {
    begins: closed(),
    goesOn: async (scene) => {
      await scene.town.later(HOUR);
      await scene.person("Ada").says("apples +1", { at: new Date(Date.now() + HOUR) });
      return scene.lin;
    },
  },
  close: {
    begins: open(`${GOODS}, only 2kg`),
    goesOn: async (scene) => {
      await says(scene, scene.person("Ada"), "apples 2 kg");
      return scene.lin;
    },
  },
  skip: { begins: closed(), goesOn: told("lin", "/every fri 18:00") },
  end: { begins: closed(), goesOn: told("lin", "/every fri 18:00") },
  po: { begins: closed(), goesOn: told("lin", "/po") },
  export: { begins: closed(), goesOn: told("lin", "/export which") },
  short: {
    begins: closed(),
    goesOn: async (scene) => {
      await proposed(scene, "/arrive apples 2/3");
      return scene.lin;
    },
  },
  problem: {
    begins: closed(),
    goesOn: async (scene) => {
      await says(scene, scene.person("Ada"), "/issue 1 kg of the apples is bad");
      return scene.lin;
    },
    behind: OK,
  },
  offer: { begins: closed(ORDERS, `${GOODS}, only 2kg`), goesOn: surplus },
  want: {
    begins: closed(ORDERS, `${GOODS}, only 2kg`),
    goesOn: async (scene) => {
      await presses(scene, await surplus(scene), "offer");
      return scene.person("Ben");
    },
  },
  pass: {
    begins: closed(ORDERS, `${GOODS}, only 2kg`),
    goesOn: async (scene) => {
      await presses(scene, await surplus(scene), "offer");
      return scene.person("Ben");
    },
  },
  absent: {
    begins: closed(ORDERS, `${GOODS}\nPickup: tomorrow 18:00-20:00 at the gate`),
    goesOn: async (scene) => {
      await says(scene, scene.lin, "/picked Ben");
      await daysPass(scene, 3);
      return scene.lin;
    },
    behind: OK,
  },
  handed: {
    begins: closed(),
    goesOn: async (scene) => {
      await notified(scene);
      return told("lin", "/pickup list")(scene);
    },
  },
  collected: { begins: closed(), goesOn: notified },
  seen: { begins: closed(), goesOn: notified },
  pay: {
    begins: closed(),
    goesOn: async (scene) => {
      await says(scene, scene.lin, "/pay set Cash to Lin");
      return told("Ada", "/my")(scene);
    },
  },
  receipt: {
    begins: closed(),
    goesOn: async (scene) => {
      await settled(scene);
      return told("Ada", "/my")(scene);
    },
  },
  carry: {
    begins: closed(),
    goesOn: async (scene) => {
      await says(scene, scene.lin, "/paid Ada 15");
      return settled(scene);
    },
  },
  mark: {
    begins: closed(),
    goesOn: async (scene) => {
      await scene.person("Ada").says("/paid 10", { photo: "photo-1" });
      return scene.lin;
    },
  },
  unmark: { begins: closed(), goesOn: told("lin", "/paid Ada 10") },
  paid: { begins: closed(), goesOn: told("Ada", "/pay") },
  rate: {
    begins: closed(),
    goesOn: async (scene) => {
      const ada = await settled(scene);
      await daysPass(scene, 6);
      return ada;
    },
  },
  howmuch: { begins: closed(), goesOn: told("Ada", "/issue the apples are bad"), isSaidOtherwise: true },
  log: {
    begins: closed(),
    goesOn: (scene) => told("lin", ...Array.from({ length: 17 }, (_, no) => `/paid Ada 0.${no + 10}`), "/log")(scene),
  },
  take: {
    begins: closed(),
    goesOn: async (scene) => {
      const mei = scene.chat.person("Mei", { leader: true });
      await says(scene, mei, "/help");
      await daysPass(scene, 7);
      return mei;
    },
    behind: OK,
  },
  help: { begins: open(), goesOn: async ({ person }) => person("Ada") },
  my: { begins: open(), goesOn: told("Ada", "apples 2 kg") },
  why: { begins: open(), goesOn: told("Ada", "apples 2 kg", "/my") },
  more: { begins: open(), goesOn: told("Ada", "apples 2 kg"), told: "apples +1", behind: MINE },
  less: { begins: open(), goesOn: told("Ada", "apples 2 kg"), told: "apples -1", behind: MINE },
  keep: {
    begins: open(),
    goesOn: async (scene) => {
      await says(scene, scene.person("Ada"), "apples 2 kg");
      await proposed(scene, "/item apples price 6");
      return scene.person("Ada");
    },
    told: "/my", // it stays by itself, as the text says, and the press shows it
  },
  none: {
    begins: open(),
    goesOn: async (scene) => {
      await says(scene, scene.person("Ada"), "apples 2 kg");
      await proposed(scene, "/item apples price 6");
      return scene.person("Ada");
    },
    behind: MINE,
  },
  pick: {
    begins: open("Fuji apples (富士) $5/kg\nGala apples (嘎啦) $6/kg"),
    goesOn: told("Ada", "2 kg apples"),
    told: "Fuji apples 2 kg",
    behind: MINE,
  },
  yes: { begins: open(), goesOn: told("lin", "/cancel") },
  no: { begins: open(), goesOn: told("lin", "/cancel") },
};

test("every kind of press is played", () => {
  expect(Object.keys(STORIES).sort()).toEqual([...PRESS_VERBS].sort());
});

describe("what a press does is done by words as well", () => {
  test.each(Object.entries(STORIES))("%s", async (verb, story) => {
    const played = LANGUAGES[verb.length % LANGUAGES.length]; // one of them to its end
    for (const language of LANGUAGES) {
      const pressed = await story.begins(language);
      const who = await story.goesOn(pressed);
      const { shown, button } = await offered(pressed.chat, who, verb);
      const words = button.words ?? story.told ?? "";
      expect(words, `${language}: ${button.label} under ${shown.text}`).not.toBe("");
      if (language !== played) continue;

      const written = await story.begins(language);
      const same = await story.goesOn(written);
      const other = await offered(written.chat, same, verb);
      const byPress = await heardAfter(pressed, () => presses(pressed, who, verb));
      const said = [other.button.words ?? words, ...(story.behind ? [story.behind[language]] : [])];
      const byWords = await heardAfter(written, () => says(written, same, ...said));

      const compared = (heard: readonly string[]) =>
        story.isSaidOtherwise ? heard.map((each) => each.split(" ")[0]) : heard;
      expect(byPress.length, `${language}: ${words}`).toBeGreaterThan(0);
      expect(compared(byWords), `${language}: ${words}`).toEqual(expect.arrayContaining([...compared(byPress)]));
    }
  });
});

/** Who hears of which numbers from then on, and which files are given: words may be in another language. */
async function heardAfter({ chat, town }: Scene, act: () => Promise<void>): Promise<readonly string[]> {
  const before = new Set(chat.shown);
  await act();
  await town.later(2_000); // what that sets going is over too
  const said = chat.shown.filter((each: Shown) => !each.by && !before.has(each));
  const given = chat.given.map(({ document }) => document.name);
  const numbersOf = (text: string) => text.replace(CODES, "").match(/\d+(?:\.\d+)?/g) ?? [];
  return [...said.map(({ only, text }) => [only?.name ?? "all", ...numbersOf(text)].join(" ")), ...given];
}

/** What is another in every scene or language: codes, times, months. */
const CODES = /\d{1,2}月|\b\d{4}\b|\b[0-9a-f]{8}\b|\d{1,2}:\d{2}(?::\d{2})?/g;
