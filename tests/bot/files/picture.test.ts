import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import * as canvas from "@napi-rs/canvas";
import { describe, expect, test } from "vitest";
import { loadFonts } from "../../../bot/files/fonts.ts";
import { drawPoster, type Poster, type PosterRow } from "../../../bot/files/picture.ts";
import { packageRoot } from "../../../bot/package-root.ts";
import { built } from "../../support/database.ts";

/** The bar: what a chat sends and shows at once. */
const MOST_BYTES = 300_000;

const poster = (rows: readonly PosterRow[], title = "周五水果团"): Poster => ({
  ...{ title, rows, facts: ["45 人"], foot: "Plusone · 18:05" },
});

async function pagesOf(drawn: Awaited<ReturnType<typeof drawPoster>>) {
  if ("none" in drawn) throw new Error(`no picture: ${drawn.none}`);
  return Promise.all(drawn.map(async (data) => ({ data, image: await canvas.loadImage(Buffer.from(data)) })));
}

describe("a list as pictures", () => {
  test("is a page of a phone's width, no higher than it must be", async () => {
    const pages = await pagesOf(await drawPoster(poster([{ text: "Apples", figure: "15 kg" }]), "en"));

    expect(pages).toHaveLength(1);
    expect(pages[0]!.image.width).toBe(1_000);
    expect(pages[0]!.image.height).toBeLessThan(500);
  });

  test("that is long takes more pages, none of them too large, also where it is full of Chinese", async () => {
    const detail =
      "红富士苹果（大）3.5斤、梨 1个、鲜虾仁水饺 2盒、鹽酥雞 1份、龍鬚菜 2把、嘅咗啲喺冇佢 — 要熟一点的".repeat(2);
    const rows = Array.from({ length: 30 }, (_, index) => ({
      ...{ text: `王姐 ${index}栋2单元501`, detail, figure: "✓", hasBox: true as const },
    }));

    const pages = await pagesOf(await drawPoster(poster(rows), "zh-hans"));

    expect(pages.length).toBeGreaterThan(3);
    for (const { data, image } of pages) {
      expect(image.height).toBeLessThanOrEqual(1_500);
      expect(data.length).toBeLessThan(MOST_BYTES);
    }
  });

  test("that is far too long is no picture", async () => {
    const rows = Array.from({ length: 400 }, (_, index) => ({ text: `Somebody ${index}`, detail: "Apples 2 kg" }));

    expect(await drawPoster(poster(rows), "en")).toEqual({ none: "too-long" });
  });

  test("is none where what draws is not installed, and that is no fault", async () => {
    await built();
    const lacking = `export const resolve = (name, context, next) => {
      if (name === "@napi-rs/canvas") throw Object.assign(new Error(name), { code: "ERR_MODULE_NOT_FOUND" });
      return next(name, context);
    };`;
    const code = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
    const hook = code(`import { register } from "node:module"; register(${JSON.stringify(code(lacking))});`);
    const draw = `import { drawPoster } from ${JSON.stringify(pathToFileURL(join(packageRoot, "dist/bot/files/picture.js")))};
      console.log(JSON.stringify(await drawPoster({ title: "x", facts: [], rows: [], foot: "" }, "en")));`;

    const words = ["--import", hook, "--input-type=module", "--eval", draw];
    const { stdout } = await promisify(execFile)(process.execPath, words);

    expect(JSON.parse(stdout)).toEqual({ none: "not-installed" });
  });

  test("keeps every row on its page, whatever people call themselves", async () => {
    const names = [
      "x".repeat(2_000),
      "word ".repeat(300),
      "苹".repeat(1_000),
      "",
      "\n\t",
      "👨‍👩‍👧‍👦".repeat(40),
      "\u0300\u0300",
    ];

    const pages = await pagesOf(
      await drawPoster(
        poster(
          names.map((text) => ({ text, figure: "3.5斤" })),
          names[0],
        ),
        "zh-hant",
      ),
    );

    for (const { image } of pages) expect(image.height).toBeLessThanOrEqual(1_500);
  });
});

describe("what has a shape", () => {
  const rows = [
    { text: "王姐 3栋2单元501", shown: "王姐 3栋2单元501", why: "simplified" },
    { text: "陳太 鹽酥雞 龍鬚菜 觔", shown: "陳太 鹽酥雞 龍鬚菜 觔", why: "traditional" },
    { text: "嘅咗啲喺冇佢", shown: "嘅咗啲喺冇佢", why: "Cantonese" },
    { text: "Nguyễn Привет さん", shown: "Nguyễn Привет さん", why: "neighbours from elsewhere" },
    { text: "🌸小美🍎", shown: "🌸小美🍎", why: "emoji are drawn as shapes" },
    { text: "¥12 NT$5 €3 £4 ×2 ✓ — …", shown: "¥12 NT$5 €3 £4 ×2 ✓ — …", why: "signs" },
    { text: "𠮷田", shown: "?田", why: "a letter that is missing is shown to be" },
    { text: "สมชาย Lin", shown: "? Lin", why: "a word of them once" },
    { text: "a\u{1fffe}b", shown: "ab", why: "what is no letter is not missed" },
  ];
  for (const language of ["zh-hans", "zh-hant"] as const) {
    for (const { text, shown, why } of rows) {
      test(`${text} in ${language} (${why})`, async () => {
        const { showable } = await loadFonts([text], language, canvas);

        expect(showable(text)).toBe(shown);
      });
    }
  }

  test("is really drawn: each of these characters looks unlike the others", async () => {
    const characters = [..."苹蘋果梨龍团團🍎🌸A1✓"];
    const { family } = await loadFonts(characters, "zh-hans", canvas);

    const shapes = characters.map((character) => {
      const context = canvas.createCanvas(80, 80).getContext("2d");
      context.font = `48px ${family}`;
      context.fillText(character, 10, 60);
      return Buffer.from(context.getImageData(0, 0, 80, 80).data).toString("base64");
    });

    expect(new Set(shapes).size).toBe(characters.length);
  });
});
