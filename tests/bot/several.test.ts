import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { closedBuy } from "../support/memory-buy.ts";

const ORDERS = { Ada: "2 kg apples, 1 kg pears", Ben: "1 kg apples", "Cy 302": "3 kg apples", 王姐: "1 kg pears" };
const evening = () => closedBuy("Apples $5/kg, pears $6/kg", ORDERS);

describe("several who have paid", () => {
  test("are marked after a preview, each with an amount or all that is open, and taken back together", async () => {
    const { lin } = await evening();

    await lin.says("/paid Ada 20, Ben, 302 12.50");
    const asked = await lin.hears(/mark 3 people as paid:\n• Ada: \$20 – \$4 is then too much/);
    expect(asked.text).toMatch(/\n• Ben: \$5\n• Cy 302: \$12\.50 – \$2\.50 stays open/);
    await lin.says("/pay list");
    expect((await lin.hears(/still to be paid|still open|Ada: \$16/i)).text).toMatch(/Ada: \$16[\s\S]*Ben: \$5/);
    await lin.presses(asked, /Note/);
    const done = await lin.hears(/Marked as paid for Apples.*: Ada, Ben, Cy 302\. \/undo takes all of it back/i);
    await lin.says("/pay list");
    expect((await lin.hears(/王姐: \$6/)).text).toMatch(/Cy 302: \$2\.50/);

    await lin.presses(done, /Undo/);
    await lin.presses(await lin.hears(/marked Ada[\s\S]*marked Ben[\s\S]*marked Cy 302/), /Take it back/);
    await lin.hears(/Taken back/);
    await lin.says("/pay list");
    expect((await lin.hears(/Ada: \$16/)).text).toMatch(/Ben: \$5[\s\S]*Cy 302: \$15/);
  });

  test("may be all who owe something; of a resident it is all of their own", async () => {
    const { lin, person } = await evening();
    await person("Ada").says("/paid all");
    await person("Ada").hears(/noted that you paid[\s\S]*\$16/);
    await lin.says("/paid Ben");
    await lin.hears(/Ben is marked/);

    await lin.says("/paid all");
    const asked = await lin.hears(/mark 3 people as paid:/);
    expect(asked.text).toMatch(/• Ada: \$16\n• Cy 302: \$15\n• 王姐: \$6/);
    await lin.says("ok");
    await lin.hears(/Marked as paid/);
    await lin.says("/paid all");
    await lin.hears(/Nobody of these has anything/);
  });

  test("are those who are understood: the others are named, and one who is named twice counts once", async () => {
    const { lin } = await evening();
    await lin.says("/paid Ben");
    await lin.hears(/Ben is marked/);

    await lin.says("/paid Ada, Zoe, Ada 5, Ben, 王姐 99999999999");
    const asked = await lin.hears(/mark 1 person as paid:\n• Ada: \$16\n/);
    expect(asked.text).toMatch(/nobody is called so here: Zoe/);
    expect(asked.text).toMatch(/Named twice, counted once: Ada/);
    expect(asked.text).toMatch(/Marked as paid before: Ben/);
    expect(asked.text).toMatch(/Left out.*王姐/);
    await lin.presses(asked, /Leave/);
    await lin.says("/paid Zoe, Bea");
    await lin.hears(/nothing is noted[\s\S]*Zoe[\s\S]*Bea/);
  });

  test("are marked as shown or not at all: what has changed meanwhile is to be looked at again", async () => {
    const { lin } = await evening();
    await lin.says("/paid Ada, Ben");
    const asked = await lin.hears(/mark 2 people/);
    await lin.says("/refund Ada 3 small ones");
    const refund = await lin.hears(/to pay \$13/);

    await lin.presses(refund, /Change/);
    await eventually("the refund is booked", () => lin.heard(/To take it back/) > 0);
    await lin.presses(asked, /Note/);
    await lin.hears(/too old|Nothing was noted/);
    await lin.says("/pay list");
    expect((await lin.hears(/Ada: \$13/)).text).toMatch(/Ben: \$5/);
  });
});

describe("several who have collected", () => {
  test("are ticked after a preview, with what they get and owe, and taken back together", async () => {
    const { lin, person } = await evening();

    await lin.says("/picked Ada, Ben and 302");
    const asked = await lin.hears(/tick 3 people as having collected/);
    expect(asked.text).toMatch(/Ada \(\$16 open\)\n• Apples 2 kg\n• pears 1 kg\nBen/i);
    await lin.presses(asked, /Note/);
    const done = await lin.hears(/is collected: Ada, Ben, Cy 302/);
    await lin.says("/picked Ada, 王姐");
    await lin.presses(await lin.hears(/tick 1 person[\s\S]*Collected before: Ada/), /Leave/);
    await lin.presses(done, /Undo/);
    await lin.presses(await lin.hears(/ticked Ada[\s\S]*ticked Cy 302/), /Take it back/);
    await lin.hears(/Taken back/);
    await lin.says("/pickup list");
    await lin.hears(/0 of 4 have collected/);

    await lin.says("/picked all");
    await lin.presses(await lin.hears(/tick 4 people/), /Note/);
    await lin.hears(/is collected/);
    await lin.says("/picked all");
    await lin.hears(/waits for any of these/);
    expect(person("Ada").heard(/collected/)).toBe(0);
  });

  test("are none where the words are parts of what one gets", async () => {
    const { lin } = await evening();

    await lin.says("/picked Ada apples 1, pears 1");

    await lin.hears(/◐ Ada has collected Apples 1 kg, pears 1 kg/i);
  });
});
