import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { linkOf } from "../support/board-visitor.ts";
import { eventually } from "../support/eventually.ts";
import { faintTexts } from "../support/faint-texts.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { describeWith, needChromium } from "../support/needs.ts";
import { running } from "../support/scenario.ts";

const PAGES = ["orders", "goods", "pack", "pack?by=item", "pack?by=door", "pickup", "money", "problems", "files"];

const LOOKS = [
  { width: 1280, height: 800, colorScheme: "light" },
  { width: 390, height: 844, colorScheme: "dark" },
  { width: 320, height: 568, colorScheme: "light" },
] as const;

/** Names and notes that would be markup, or would run, if they were not taken for words. */
const EVIL = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  "{{alert(1)}}",
  "</p><style>*{display:none}</style>",
];

describeWith("chromium", "the board in a browser", () => {
  test("two helpers pack together, also without a connection; it fits every screen, and whatever people are called is words", async () => {
    const chat = new FakeChat();
    const lin = chat.person("Lin", { leader: true });
    const { board } = await running([chat], {
      PLUSONE_BOARD_URL: "http://127.0.0.1:8082",
      PLUSONE_BOARD_LISTEN: "127.0.0.1:0",
    });
    await lin.opens("Fuji apples 红富士苹果 $5/kg, pears 梨 $6/kg, eggs $4");
    await Promise.all(EVIL.map((name) => chat.person(name).says("+1 kg pears")));
    const ada = chat.person("Ada 3栋2单元501");
    await ada.says("2 kg apples, 1 kg pears");
    await chat.person("王姐 3栋1单元302").says("苹果3斤");
    await chat.person("an-extraordinarily-long-name-that-never-ends-and-has-no-place-to-break").says("10 eggs");
    await lin.says("/close");
    await chat.posted(/final list/);
    await ada.says(`/issue apples, 1 was ${EVIL[1]}`);
    await lin.hears(/🛠 #1 Ada/);

    const browser = await chromium.launch({ executablePath: await needChromium(), args: ["--no-sandbox"] });
    onTestFinished(() => browser.close());
    const complaints: string[] = [];
    const open = async (context: BrowserContext): Promise<Page> => {
      const page = await context.newPage();
      page.on("dialog", (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
      page.on("pageerror", (fault) => complaints.push(fault.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !message.text().includes("ERR_INTERNET_DISCONNECTED"))
          complaints.push(message.text());
      });
      return page;
    };
    const enter = async (link: string, options = {}) => {
      const page = await open(await browser.newContext({ viewport: { width: 390, height: 844 }, ...options }));
      await page.goto(board + link);
      await page.getByRole("button", { name: "Open my board" }).click();
      await page.getByRole("heading", { name: "Group buys" }).waitFor();
      return page;
    };
    const [one, other] = [await enter(await linkOf127(lin)), await enter(await linkOf127(lin))];
    const buy = (await one.locator(".buys a").first().getAttribute("href"))!.replace(/\/orders$/, "");

    const line = (page: Page) => page.getByRole("checkbox", { name: /^eggs/ });
    await Promise.all([one, other].map((page) => page.goto(`${board}${buy}/pack`)));
    await line(one).click();
    await expect.poll(() => line(other).getAttribute("aria-checked")).toBe("true");
    await other.context().setOffline(true);
    await line(other).click();
    await other.getByText("No connection").waitFor();
    expect(await line(other).getAttribute("aria-checked")).toBe("false");
    await other.context().setOffline(false);
    await expect.poll(() => line(one).getAttribute("aria-checked")).toBe("false");

    const looksGood = async (name: string, shown = name) => {
      await one.goto(board + (name === "" ? "/board" : `${buy}/${name}`));
      for (const { width, height, colorScheme } of LOOKS) {
        await one.setViewportSize({ width, height });
        await one.emulateMedia({ colorScheme });
        await one.evaluate(() => {
          for (const each of document.querySelectorAll("details")) each.open = true;
        });
        const seen = `${shown} at ${width} in ${colorScheme}`;
        expect(await one.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), seen).toBe(0);
        expect(await one.evaluate(smallTargets), seen).toEqual([]);
        if (width < 1280) expect(await one.evaluate(faintTexts), seen).toEqual([]); // both schemes
        await keepPicture(one, `board-${shown.replace("?by=", "-") || "buys"}-${width}-${colorScheme}`);
      }
    };
    for (const name of ["", ...PAGES]) await looksGood(name);
    await one.goto(`${board}${buy}/goods`);
    await one.getByRole("textbox", { name: "eggs: Came" }).fill("8");
    await one.getByRole("button", { name: "Compare" }).click();
    await one.getByText(/eggs: ×8 of ×10/).waitFor();
    await keepPicture(one, "board-answer");
    await one.locator(".answer button").first().click();
    await one.getByText(/eggs came short/).waitFor();
    await one.getByRole("link", { name: "Back" }).click();
    expect(await one.getByRole("textbox", { name: "eggs: Came" }).inputValue()).toBe("8");

    await looksGood("goods", "goods-short");
    await one.getByRole("textbox", { name: "eggs: Gets" }).fill("8,5");
    await one.getByText("Filled in so far: 8.5 of ×8").waitFor();

    await one.goto(`${board}${buy}/money`);
    const owing = one.locator("li", { hasText: "王姐" });
    await owing.getByRole("textbox", { name: "Amount" }).fill("5");
    await owing.getByRole("button", { name: "Mark paid" }).click();
    const said = one.locator("#said");
    await said.getByText("$2.50 stays open").waitFor();
    await said.getByRole("button", { name: "Note it" }).click();
    await said.getByText("is marked as paid").waitFor();
    await looksGood("money", "money-part");

    await one.goto(`${board}${buy}/pickup`);
    const wang = one.locator("li", { hasText: "王姐" });
    const part = wang.getByRole("textbox", { name: /or so much of it/ });
    await wang.getByText("Only a part").click();
    await part.fill("1");
    await part.blur();
    await other.goto(`${board}${buy}/pickup`);
    await other.locator("li", { hasText: "Ada" }).getByRole("button", { name: "Hand over" }).first().click();
    await one.getByRole("heading", { name: "1 collected" }).waitFor();
    expect(await part.inputValue()).toBe("1"); // what was filled in is kept
    await wang.getByRole("button", { name: "Hand over" }).last().click();
    await one.locator("#said").getByText("◐ 王姐").waitFor();
    await wang.getByText("a part is collected").waitFor();
    await wang.getByRole("button", { name: "Undo" }).click();
    await one.locator("#said").getByText("has not collected").waitFor();
    for (const count of [2, 3]) {
      await one.getByRole("button", { name: "Hand over" }).nth(1).click(); // the first is of the code
      await one.getByRole("heading", { name: `${count} collected` }).waitFor();
      await one
        .locator("#said")
        .getByText(/collected/)
        .waitFor();
    }
    expect(new URL(one.url()).pathname).toBe(`${buy}/pickup`);

    await one.goto(`${board}${buy}/problems`);
    await one.getByRole("textbox", { name: /Reason/ }).fill("you are right\n");
    await one.getByRole("button", { name: "Refund $5" }).click();
    await one.getByRole("heading", { name: "0 to decide" }).waitFor();
    await one.getByText("refunded: you are right").waitFor();

    await one.goto(`${board}${buy}/pack`);
    await one.emulateMedia({ media: "print" });
    expect(await one.locator("nav").isVisible()).toBe(false);
    expect(await one.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    await keepPicture(one, "board-print");
    await one.emulateMedia({ media: "screen" });
    await one.goto(`${board}${buy}/orders`);
    expect(await one.locator("main :is(script, img, style, iframe)").count()).toBe(0);
    await eventually("all names stand there", async () => {
      const text = await one.locator("main").innerText();
      return EVIL.every((name) => text.includes(name));
    });
    expect(complaints).toEqual([]);
  });
});

/** The path of a link to a board that is on this machine. */
const linkOf127 = (person: Parameters<typeof linkOf>[0]) => linkOf(person, /127\.0\.0\.1/);

/** Buttons, fields and tabs that a thumb would miss: less than 44 px high. Runs in the page. */
function smallTargets(): string[] {
  return [...document.querySelectorAll("button, input:not([type=hidden]), nav a, .buys a")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
    .map((each) => each.outerHTML);
}

/** `PLUSONE_PICTURES=folder` keeps what the pages looked like, for people to look at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env["PLUSONE_PICTURES"];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
