import { describe, expect, test } from "vitest";
import { commandOf } from "../../bot/command-of.ts";
import { COMMANDS, type CommandId } from "../../bot/commands.ts";
import { FakeChat, type FakePerson, type Shown } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { memoryTown } from "../support/memory-town.ts";

/** What may stand behind a command and is not what it needs. */
type Kind = "none" | "rubbish" | "item" | "person" | "time" | "number";

const KINDS: readonly Kind[] = ["none", "rubbish", "item", "person", "time", "number"];

/** The same in each language, and a buy with two people in it. The first of them says `asks` as a resident. */
const LANGUAGES = {
  en: {
    announcement: "Apples $5/kg, pears $6/kg",
    orders: { Ada: "2 kg apples, 1 kg pears", Ben: "1 kg apples" },
    short: "/arrive apples 2",
    said: { none: "", rubbish: "🥝🥝🥝", item: "melons 3", person: "Zoe", time: "tomorrow 9pm", number: "99999999999" },
  },
  "zh-hans": {
    announcement: "苹果5元/斤，梨6元/斤",
    orders: { 王姐: "苹果2斤，梨1斤", 阿明: "苹果1斤" },
    short: "/arrive 苹果2",
    said: { none: "", rubbish: "🥝🥝🥝", item: "西瓜 3", person: "小李", time: "明晚9点", number: "99999999999" },
  },
  "zh-hant": {
    announcement: "蘋果60元/斤，梨子50元/斤",
    orders: { 王姐: "蘋果2斤，梨子1斤", 阿明: "蘋果1斤" },
    short: "/arrive 蘋果2",
    said: { none: "", rubbish: "🥝🥝🥝", item: "西瓜 3", person: "小李", time: "明晚9點", number: "99999999999" },
  },
} as const;
type Tongue = keyof typeof LANGUAGES;

/**
 * What a command does with each kind:
 * `offers`: says again what was written, and how it is written, with an example that is accepted and buttons, each of
 * which is accepted; `shows`: that is something that it can do.
 */
type Does = "offers" | "shows";

interface Row {
  /** While the buy is open, when it is closed, and when some of it came short. */
  readonly when: "open" | "closed" | "short";
  readonly who?: "resident";
  readonly does: Readonly<Record<Kind, Does>>;
  /** No example can be given: it is not written but done by replying, or a code is copied. */
  readonly isUnwritten?: true;
}

function all(does: Does, others: Partial<Record<Kind, Does>> = {}): Record<Kind, Does> {
  return { none: does, rubbish: does, item: does, person: does, time: does, number: does, ...others };
}

const NOTHING_BUT_SHOWS = all("shows");

const ROWS: Readonly<Record<CommandId, Row>> = {
  // Any words may be goods: the draft shows them, and opens nothing before a yes.
  open: { when: "closed", isUnwritten: true, does: all("offers", { item: "shows", person: "shows" }) },
  again: { when: "closed", does: all("offers", { none: "shows", time: "shows" }) },
  every: { when: "closed", does: all("offers") },
  close: { when: "open", does: all("offers", { none: "shows" }) },
  extend: { when: "open", does: all("offers", { time: "shows" }) },
  reopen: { when: "closed", does: all("offers", { none: "shows", time: "shows" }) },
  accept: { when: "closed", isUnwritten: true, does: all("offers") },
  cancel: { when: "open", does: all("offers", { none: "shows" }) },
  item: { when: "open", does: all("offers") },
  order: { when: "open", does: all("offers") },
  import: { when: "open", does: all("offers") },
  tally: { when: "open", does: all("offers", { none: "shows" }) },
  list: { when: "open", does: all("offers", { none: "shows" }) },
  my: { when: "open", who: "resident", does: all("offers", { none: "shows" }) },
  refund: { when: "closed", does: all("offers") },
  delivery: { when: "closed", does: all("offers") },
  discount: { when: "closed", does: all("offers") },
  pay: { when: "closed", who: "resident", does: all("offers", { none: "shows" }) },
  paid: { when: "closed", does: all("offers") },
  unpaid: { when: "closed", does: all("offers") },
  po: { when: "closed", does: all("offers", { none: "shows" }) },
  arrive: { when: "closed", does: all("offers") },
  short: { when: "short", does: all("offers") },
  pack: { when: "closed", does: all("offers", { none: "shows" }) },
  // Any words may be a place: the preview shows them, and sends nothing before a yes.
  pickup: { when: "closed", does: all("shows", { none: "offers" }) },
  picked: { when: "closed", does: all("offers") },
  issue: { when: "closed", who: "resident", does: all("offers") },
  settle: { when: "closed", does: all("offers", { none: "shows" }) },
  export: { when: "closed", does: all("offers", { none: "shows" }) },
  // Any words are a reason.
  rate: { when: "closed", who: "resident", does: all("shows", { none: "offers" }) },
  settings: { when: "closed", does: all("offers", { none: "shows" }) },
  link: { when: "closed", isUnwritten: true, does: all("offers", { none: "shows" }) },
  leader: { when: "closed", does: all("offers", { none: "shows" }) },
  handover: { when: "closed", does: all("offers", { none: "shows" }) },
  log: { when: "closed", does: all("offers", { none: "shows" }) },
  undo: { when: "closed", does: all("offers", { none: "shows" }) },
  forget: { when: "closed", does: all("offers", { none: "shows" }) },
  // These need nothing, and show what they always show.
  board: { when: "closed", does: NOTHING_BUT_SHOWS },
  help: { when: "closed", does: NOTHING_BUT_SHOWS },
  start: { when: "closed", does: NOTHING_BUT_SHOWS },
};

/** Words of the program that nobody should read. */
const EVER =
  /undefined|\bnull\b|NaN|\[object|\{\w+\}|[0-9a-f]{8}-[0-9a-f]{4}-|\b(?:open-steps|zh-han[st]|unknown-item|no-time)\b/;
/** Settings are called as they are written. */
const INTERNAL: Partial<Record<CommandId, RegExp>> = { settings: /undefined|\bnull\b|NaN|\[object|\{\w+\}/ };

describe("wrong words behind a command are answered with what was understood and what to do", () => {
  for (const { id } of COMMANDS) {
    const { does } = ROWS[id];
    const kinds = KINDS.filter((kind) => does[kind] !== "shows");
    test(`/${id}, asking about: ${kinds.join(", ") || "nothing"}`, async () => {
      await Promise.all((Object.keys(LANGUAGES) as Tongue[]).map((language) => check(id, language)));
    });
  }
});

async function check(id: CommandId, language: Tongue): Promise<void> {
  const row = ROWS[id];
  const { said } = LANGUAGES[language];
  const sayings = KINDS.map((kind) => ({ kind, words: `/${id} ${said[kind]}`.trim() }));
  const scene = await sceneFor(row, language);
  const asked: Asked[] = [];
  for (const { kind, words } of sayings) {
    if (row.does[kind] !== "shows") asked.push({ kind, words, answer: await scene.answerTo(words) });
  }
  const done = await triedOut(scene, row, id, asked);
  for (const { kind, words } of sayings) {
    if (row.does[kind] === "shows") done.push({ words, text: (await scene.answerTo(words)).text });
  }

  for (const { kind, words, answer } of asked) {
    const what = `${words} → ${answer.text}\n${answer.buttons.map(({ label }) => `[${label}]`).join(" ")}`;
    expect(answer.text, what).not.toMatch(INTERNAL[id] ?? EVER);
    // Of "/paid melons 3" the name is not known.
    expect(answer.text, what).toContain(id === "paid" ? said[kind].split(" ")[0] : said[kind]);
    expect(answer.buttons.length, what).toBeGreaterThan(0);
  }
  for (const { words, text } of done) {
    expect(text, `${words} → ${text}`).not.toMatch(INTERNAL[id] ?? EVER);
    for (const each of asked) expect(asAsked(words, text), words).not.toBe(asAsked(each.words, each.answer.text));
  }
}

interface Asked {
  readonly kind: Kind;
  readonly words: string;
  readonly answer: Pick<Shown, "text" | "buttons">;
}

/** The example of the first answer typed, and the buttons of the one with most of them pressed: what is heard then. */
async function triedOut(scene: Scene, row: Row, id: CommandId, asked: readonly Asked[]) {
  const done: { readonly words: string; readonly text: string }[] = [];
  const [first] = asked;
  if (!first) return done;
  const most = asked.reduce((one, other) => (other.answer.buttons.length > one.answer.buttons.length ? other : one));
  for (const { label, data, words } of most.answer.buttons) {
    if (words?.startsWith("/")) expect(commandOf(words), words).toBeDefined();
    if (data.startsWith("do:")) done.push({ words: `[${label}]`, text: (await scene.answerTo({ data })).text });
  }
  if (row.isUnwritten) return done;
  const example = exampleIn(first.answer.text, id);
  expect(example, first.answer.text).toBeDefined();
  done.push({ words: example!, text: (await scene.answerTo(example!)).text });
  return done;
}

/** An answer without what it says again. */
function asAsked(words: string, text: string): string {
  const behind = commandOf(words)?.rest ?? "";
  return behind === "" ? text : text.replaceAll(behind, "…");
}

/** The first thing in an answer that can be written as it stands there: behind a colon, or in a line of its own. */
function exampleIn(text: string, id: CommandId): string | undefined {
  if (id === "import") return /\/import\n[\s\S]*/.exec(text)?.[0];
  const lines = new RegExp(
    `(?<=[:：] ?|^|· )/${id} (?!–|alone)[^\\n]*?(?=$| – | · | or |\\. |, |; |[。；，、（(：])`,
    "gm",
  );
  const alone = /alone|单发|單發/.test(text) ? [`/${id}`] : [];
  return [...(text.match(lines) ?? []), ...alone][0];
}

interface Scene {
  /** Says something, or presses a button, and gives what is heard of it: the first words, or the name of a file. */
  answerTo(said: string | { readonly data: string }): Promise<Pick<Shown, "text" | "buttons">>;
}

async function sceneFor({ when, who }: Row, language: Tongue): Promise<Scene> {
  const { announcement, orders, short } = LANGUAGES[language];
  const chat = new FakeChat({ graceMs: 0 });
  const { lin, town } =
    when === "open" ? await openBuy(chat, language) : await closedBuy(announcement, orders, chat, language);
  if (when === "short") {
    await lin.says(short);
    await lin.presses(await lin.hears(/⚠️/), /Note|记下|記下/);
    await lin.hears(/came short|缺货|缺貨/);
  }
  const speaker = who === "resident" ? [...chat.people.values()].find(({ name }) => name in orders)! : lin;
  const told = () => chat.shown.filter(({ only }) => only === speaker);
  return {
    answerTo: async (said) => {
      await town.answered();
      const [words, files] = [told().length, chat.given.length];
      if (typeof said === "string") await speaker.says(said);
      else await chat.deliver(pressOf(speaker, said.data));
      await town.answered();
      const file = chat.given[files] && { text: chat.given[files].document.name, buttons: [] };
      const answer = told()[words] ?? file;
      expect(answer, `the answer to ${JSON.stringify(said)}`).toBeDefined();
      return answer!;
    },
  };
}

async function openBuy(chat: FakeChat, language: Tongue) {
  const { announcement, orders } = LANGUAGES[language];
  const town = await memoryTown([chat], { language });
  const lin = chat.person("Lin", { leader: true });
  await lin.opens(announcement);
  for (const [name, said] of Object.entries(orders)) await chat.person(name).says(said);
  return { lin, town };
}

function pressOf({ sender, chat }: FakePerson, data: string) {
  const { platform, ref } = chat;
  const id = `p${chat.nextId().id}`;
  return { type: "button", platform, chat: ref, id, sender, message: "", data, pressedAt: new Date() } as const;
}
