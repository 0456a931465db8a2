import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isChatter } from "../../../core/interpret/chatter.ts";
import { prepareCatalog, recognise } from "../../../core/interpret/interpret.ts";
import { tokenise } from "../../../core/interpret/tokenise.ts";
import { fold } from "../../../core/text/fold.ts";
import { CHINESE } from "../../../core/text/words/chinese.ts";
import { ENGLISH } from "../../../core/text/words/english.ts";
import { CAKE, FRUIT, goods, SHOP } from "./support.ts";

const catalogs = [FRUIT, SHOP, CAKE, goods("Fuji apples/kg", "雪梨/斤", "小黄鱼/块")].map(prepareCatalog);

/** What the recognisers would see in a text that leaves as chatter; undefined of a text that does not leave. */
function seenIn(text: string, catalog: (typeof catalogs)[number]): string | undefined {
  const folded = fold(text);
  const tokens = tokenise(folded, catalog);
  if (!isChatter(tokens, { catalog })) return undefined;
  const { reading } = recognise(folded, tokens, { catalog, mine: { 1: 2000 } });
  return reading.kind;
}

/** Words about people and things that no lexicon has. */
const UNKNOWN = "umbrella|gate|cinema|the cat|门口|公园|下雨|猫|电影|快递".split("|");
const WORDS = [ENGLISH, CHINESE].map((words) => Object.values(words).flatMap((list) => list.split("|")));

describe("what leaves as chatter", () => {
  test("holds nothing that a recogniser would take, made of the words of the lexicon", () => {
    const [english, chinese] = WORDS.map((words) => fc.constantFrom(...words, ...UNKNOWN, ",", "!"));
    const sentence = fc.oneof(
      fc.array(english!, { minLength: 1, maxLength: 7 }).map((words) => words.join(" ")),
      fc.array(chinese!, { minLength: 1, maxLength: 7 }).map((words) => words.join("")),
    );
    fc.assert(
      fc.property(sentence, fc.constantFrom(...catalogs), (text, catalog) => {
        expect(["none", undefined]).toContain(seenIn(text, catalog));
      }),
      { numRuns: 2000 },
    );
  });

  test("holds no order and no request, in any text of the tables of tests", () => {
    const folder = import.meta.dirname;
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith(".test.ts"))
      .flatMap((name) => readFileSync(join(folder, name), "utf8").match(/"(?:[^"\\\n]|\\.)+"/g) ?? [])
      .map((quoted) => JSON.parse(quoted.replace(/\\(?!["\\nrtu])/g, "")) as string);

    const taken = texts.flatMap((text) =>
      catalogs.map((catalog) => seenIn(text, catalog)).some((seen) => !HARMLESS.has(seen)) ? [text] : [],
    );

    expect(texts.length).toBeGreaterThan(1000);
    expect(taken.filter((text) => !DECIDED_HERE.test(text))).toEqual([]);
  });

  test("is most of what a group says", () => {
    const talk = [
      "see you at the gate at six then, don't forget the umbrella",
      "今天天气真好，下午带孩子去公园走走吧",
      "谢谢团长！辛苦了",
      "ok noted, thanks for organising",
    ];

    expect(talk.filter((text) => seenIn(text, catalogs[0]!) === undefined)).toEqual([]);
  });
});

/** "a range" is no misspelt orange, and "apples: 2" in a list no order of cake: only here this is known. */
const DECIDED_HERE = /(?:^| )an? |[:：]/;
const HARMLESS: ReadonlySet<string | undefined> = new Set([undefined, "none", "unclear"]);
