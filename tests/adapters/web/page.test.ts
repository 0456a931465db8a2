import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Playground } from "../../../adapters/web/index.ts";
import { built } from "../../support/database.ts";
import { faintTexts } from "../../support/faint-texts.ts";
import { describeWith, needChromium } from "../../support/needs.ts";
import { dataFolder, playgroundIn } from "./opened.ts";
import { ScriptedBot } from "./scripted-bot.ts";

const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

const desktop = { viewport: { width: 1280, height: 800 }, locale: "en-GB" };
const phone = { viewport: { width: 390, height: 844 }, locale: "en-GB", hasTouch: true, isMobile: true };

describeWith("chromium", "the playground's page", () => {
  let browser: Browser;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let playground: Playground;
  let bot: ScriptedBot;
  /** What the browser complained about: errors of scripts, and whatever the content security policy stopped. */
  let complaints: string[];

  beforeAll(async () => {
    await built();
    browser = await chromium.launch({ executablePath: await needChromium(), args: FLAGS });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    folder = await dataFolder();
    complaints = [];
    playground = playgroundIn(folder.path);
    bot = new ScriptedBot(playground);
    await playground.start(bot.deliver);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await playground.stop();
    await folder.remove();
  });

  async function visit(options: BrowserContextOptions = desktop): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(playground.url)) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(playground.url);
    await page.getByRole("radio", { name: "Lin" }).waitFor();
    return page;
  }

  const speakAs = (page: Page, name: string) => page.getByRole("radio", { name }).check();
  const say = async (page: Page, text: string) => {
    await page.getByRole("textbox", { name: "Message" }).fill(text);
    await page.getByRole("button", { name: "Send" }).click();
  };
  const bubble = (page: Page, text: string) =>
    page.locator(".message", { has: page.locator(".text", { hasText: text }) }).last();
  const openBuy = async (page: Page) => {
    await page.locator("#tries").getByRole("button", { name: "/open Fuji" }).click();
    await page.locator("#log").getByRole("button", { name: "Open it" }).click();
    await page.locator("#pin .post", { hasText: "Ordered: 0 kg" }).waitFor();
  };

  test("plays a whole buy: announced, opened by a button, ordered in two languages", async () => {
    const page = await visit();

    await openBuy(page);
    await speakAs(page, "王姐");
    await say(page, "苹果+2");
    await bubble(page, "苹果+2").getByText("Ordered").waitFor();
    await speakAs(page, "Alex");
    await page.locator("#tries").getByRole("button", { name: "2 apples please" }).click();
    await page.locator("#pin .post", { hasText: "Ordered: 4 kg" }).waitFor();

    expect(await page.locator("#pin .post").innerText()).toMatch(/1\. 王姐\s+2 kg\n2\. Alex\s+2 kg/);
    expect(complaints).toEqual([]);
  });

  test("a message of one's own is edited and taken back, those of others are not", async () => {
    const page = await visit();
    await openBuy(page);
    await speakAs(page, "王姐");
    await say(page, "+2");
    await bubble(page, "+2").hover();
    await bubble(page, "+2").getByRole("button", { name: "Edit" }).click();
    await page.getByRole("textbox", { name: "Message" }).fill("+5");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator("#pin .post", { hasText: "Ordered: 5 kg" }).waitFor();
    await bubble(page, "+5").getByText("Changed").waitFor();

    await speakAs(page, "Alex");
    await bubble(page, "+5").hover();
    await expect.poll(() => bubble(page, "+5").getByRole("button", { name: "Edit" }).count()).toBe(0);

    await speakAs(page, "王姐");
    await bubble(page, "+5").hover();
    await bubble(page, "+5").getByRole("button", { name: "Take back" }).click();
    await page.getByText("王姐 took back a message").waitFor();
    await page.locator("#pin .post", { hasText: "Ordered: 0 kg" }).waitFor();
    expect(complaints).toEqual([]);
  });

  test("a private word is seen by its person only, and a dot tells of it", async () => {
    const page = await visit();
    await speakAs(page, "王姐");
    await say(page, "which apples?");
    await page.getByText("Only 王姐 sees this").waitFor();

    await speakAs(page, "Alex");
    await expect.poll(() => page.getByText("Which apples do you mean?").count()).toBe(0);

    await playground.whisper({ chat: "playground", to: "p4" }, { text: "A word for 陳太" });
    await page.getByRole("radio", { name: "陳太, has a private word to read" }).waitFor();
    expect(await page.getByText("A word for 陳太").count()).toBe(0);
    await speakAs(page, "陳太");
    await page.getByText("A word for 陳太").waitFor();
    await expect.poll(() => page.getByRole("radio", { name: "has a private word" }).count()).toBe(0);
  });

  test("only what the bot says of this site's board is a link", async () => {
    const page = await visit();
    const own = `${playground.url}/board/enter/abc_-1`;
    await playground.post("playground", { text: `Your board: ${own}\nnot https://elsewhere.example/board/x` });
    await say(page, own);
    await bubble(page, own).waitFor();
    await page.getByText("elsewhere.example").waitFor();

    const links = await page.locator("#log .text a").evaluateAll((all) => all.map((each) => each.getAttribute("href")));
    expect(links).toEqual([own]);
    expect(complaints).toEqual([]);
  });

  test("the keyboard is enough: choose who speaks, write, edit the last message, walk through the chat", async () => {
    const page = await visit();
    await page.getByRole("radio", { name: "Lin" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("textbox", { name: "Message" }).focus();
    await page.keyboard.type("+2");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("thanks");
    await page.keyboard.press("Enter");
    // Shown at once as waiting; what can be edited is what the server has answered for.
    await bubble(page, "thanks").getByText("Ordered").waitFor();
    expect(bot.heard.at(-1)).toMatchObject({ sender: { id: "p2" }, text: "+2\nthanks" });

    await page.keyboard.press("ArrowUp");
    await page.getByText("Editing your message").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByText("Editing your message").isVisible()).toBe(false);

    await bubble(page, "thanks").focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Reply");
    await page.keyboard.press("Enter");
    await page.getByText("Replying to 王姐").waitFor();
  });

  test("what could not be sent says so, and is sent once when it is tried again", async () => {
    const page = await visit();
    await page.context().setOffline(true);
    await page.route("**/api/say", (route) => route.abort());
    await say(page, "+2");
    await page.getByText("Not sent").waitFor();
    await page.getByText("The server does not answer.").waitFor();

    await page.unroute("**/api/say");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => page.getByText("Not sent").count()).toBe(0);

    await bubble(page, "+2").waitFor();
    expect(await page.locator(".message").count()).toBe(1);
    // The chat shows it as soon as it is kept; the bot hears of it a moment later.
    await expect.poll(() => bot.heard.filter(({ type }) => type === "text").length).toBe(1);
  });

  test("goes on by itself after the server was started again", async () => {
    const page = await visit();
    await openBuy(page);
    const port = Number(new URL(playground.url).port);
    await playground.stop();
    await page.getByText("Connection lost").waitFor();

    playground = playgroundIn(folder.path, { port });
    const next = new ScriptedBot(playground);
    await playground.start(next.deliver);
    await page.getByText("You play everybody here").waitFor();
    await say(page, "hello again");

    await expect
      .poll(() => next.heard.some((event) => event.type === "text" && event.text === "hello again"))
      .toBe(true);
    await page.locator("#pin .post", { hasText: "Ordered: 0 kg" }).waitFor();
  });

  test("a text that is too long is answered in words, and stays in the field", async () => {
    const page = await visit();
    await page.getByRole("textbox", { name: "Message" }).fill("a".repeat(5000));

    await page.getByText("5000 characters, and 4096 is the most.").waitFor();

    expect(await page.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
  });

  test("speaks three languages, and remembers which", async () => {
    const page = await visit({ ...desktop, locale: "zh-TW" });
    expect(await page.title()).toBe("Plusone 試玩");

    await page.getByRole("radio", { name: "简体中文" }).check();
    await page.getByRole("heading", { name: "来玩一次团购" }).waitFor();
    await page.reload();

    await page.getByRole("heading", { name: "来玩一次团购" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
  });

  test("whatever people write is shown as words", async () => {
    const payloads = [
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      '"><svg onload=alert(1)>',
      "javascript:alert(1)",
      "<iframe srcdoc='<script>alert(1)</script>'>",
      "{{constructor.constructor('alert(1)')()}}",
      "</p><style>*{display:none}</style>",
      "<a href=//evil.example>x</a>",
    ];
    await playground.stop();
    const people = payloads.slice(0, 3).map((name, index) => ({ id: `p${index + 1}`, name, leader: index === 0 }));
    playground = playgroundIn(folder.path, { people });
    await playground.start(async () => {});
    const page = await (await browser.newContext(desktop)).newPage();
    page.on("dialog", (dialog) => complaints.push(dialog.message()));
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(playground.url);

    for (const text of payloads) {
      const { id } = await playground.post("playground", { text, buttons: [[{ label: text, data: "x" }]] });
      await playground.pin("playground", id!);
      await playground.whisper({ chat: "playground", to: "p1", replyTo: id! }, { text });
      await say(page, text);
      await bubble(page, text).waitFor();
    }

    expect(await page.locator("#log .bot .text", { hasText: payloads[0]! }).first().innerText()).toBe(payloads[0]);
    expect(await page.locator("#log, #pin, #dock, #guide").locator("script, img, iframe, a, style").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  const narrow = { ...phone, viewport: { width: 320, height: 568 } };
  const looks = [
    { name: "desktop", options: desktop, schemes: ["light", "dark"] },
    { name: "phone", options: phone, schemes: ["light"] },
    { name: "narrow phone", options: narrow, schemes: ["dark"] },
  ] as const;
  for (const { name, options, schemes } of looks) {
    for (const colorScheme of schemes) {
      test(`fits a ${name} in ${colorScheme}, with words that can be read`, async () => {
        const page = await visit({ ...options, colorScheme });
        await page.locator("#tries").getByRole("button", { name: "/open Fuji" }).click();
        await page.locator("#log").getByRole("button", { name: "Open it" }).click();
        await page.locator("#pin .post", { hasText: "Ordered: 0 kg" }).waitFor({ state: "attached" });
        await speakAs(page, "王姐");
        await say(
          page,
          "which apples, the ones with-a-very-long-name-that-never-ends-and-has-no-place-to-break-anywhere-at-all?",
        );
        await page.getByText("Only 王姐 sees this").waitFor();

        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
        expect(await page.evaluate(faintTexts)).toEqual([]);
        expect(complaints).toEqual([]);
        await keepPicture(page, `${name.replace(" ", "-")}-${colorScheme}`);
      });
    }
  }

  test("words that cannot be read would be noticed", async () => {
    const page = await visit();
    await page.evaluate(() => {
      const faint = document.createElement("p");
      faint.textContent = "faint";
      faint.style.color = "#aaa";
      document.getElementById("guide")?.append(faint);
    });

    expect(await page.evaluate(faintTexts)).toEqual([expect.stringMatching(/^2\.\d\d : faint$/)]);
  });

  test("nothing moves while the page comes up", async () => {
    const page = await visit();
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          const add = (entries: PerformanceEntryList) => {
            for (const entry of entries) sum += (entry as PerformanceEntry & { value: number }).value;
          };
          const observer = new PerformanceObserver((list) => add(list.getEntries()));
          observer.observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              add(observer.takeRecords());
              resolve(sum);
            }),
          );
        }),
    );

    expect(shift).toBeLessThan(0.02);
  });
});

/** `PLUSONE_PICTURES=folder` keeps what the page looked like, for people to look at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env["PLUSONE_PICTURES"];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
