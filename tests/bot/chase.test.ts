import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";

const ORDERS = { Ada: "2 kg apples", Ben: "1 kg apples" };

describe("who is missing is shown before anything is done about it", () => {
  test("/pickup absent records nobody before a yes, and then who has not come meanwhile", async () => {
    const { lin } = await closedBuy("Apples $5/kg", ORDERS);

    await lin.says("/pickup absent");
    const asked = await lin.hears(/recorded as not come[\s\S]*Ada[\s\S]*Ben/);
    await lin.says("/picked Ada");
    await lin.hears(/Ada/);
    await lin.presses(asked, /Record/);

    await lin.hears(/1 person/);
  });

  test("/pickup absent is refused before the pickup has begun", async () => {
    const { lin } = await closedBuy("Apples $5/kg\nPickup: tomorrow 18:00-20:00 at 302", ORDERS);

    await lin.says("/pickup absent");

    await lin.hears(/nobody is missing yet/);
  });

  test("/pickup remind is no place", async () => {
    const { lin } = await closedBuy("Apples $5/kg", ORDERS);

    await lin.says("/pickup remind");

    expect((await lin.hears(/Apples/)).text).not.toMatch(/will be told/);
  });

  test("/pay list shows who owes, /pay remind reminds them at a yes", async () => {
    const { lin, person, town } = await closedBuy("Apples $5/kg", ORDERS);
    await lin.says("/settings quiet off");
    await lin.hears(/Changed/);
    await lin.says("/paid Ben");
    await lin.hears(/Ben/);

    await lin.says("/pay list");
    expect((await lin.hears(/Ada: \$10/)).text).not.toMatch(/Ben/);
    await lin.says("/pay remind");
    await lin.presses(await lin.hears(/reminded, each alone[\s\S]*Ada: \$10/), /Send/);
    await lin.hears(/goes out now/);
    await town.later(0);

    await person("Ada").hears(/\$10/);
  });

  test("/unpaid with nothing to take back is not in the log", async () => {
    const { lin, person } = await closedBuy("Apples $5/kg", ORDERS);
    await lin.says("/unpaid Ada");
    await lin.hears(/Ada/);

    await lin.says("/log");

    expect((await lin.hears(/closed|opened/i)).text).not.toMatch(/took back|taken back|unpaid/i);
    expect(person("Ada").name).toBe("Ada");
  });

  test("a leader who cannot be told alone hears in the chat how many are missing, not who", async () => {
    const { chat, lin, town } = await closedBuy("Apples $5/kg", ORDERS, new FakeChat({ open: true, alone: false }));
    await lin.says("/settings quiet off");
    await lin.hears(/Changed/);
    await lin.says("/pickup at 302");
    await lin.presses(await lin.hears(/2 people will be told/), /Send/);
    await lin.hears(/2 people will hear it/);
    await town.later(4 * 3_600_000);

    const said = await eventually("it is said", () =>
      chat.shown.find(({ text }) => text.includes("have not shown that they know")),
    );
    expect(said.text).toMatch(/Apples: 2 people have not shown/i);
    expect(chat.shown.some(({ by, text }) => !by && /Ada, Ben|Ben, Ada/.test(text))).toBe(false);
  });
});
