import { describe, expect, test } from "vitest";
import { closedBuy as closed } from "../support/memory-buy.ts";

describe("what came short, shared out by hand", () => {
  const orders = { "Ada 502": "4 kg apples", 王姐: "4 kg apples, 1 kg pears", Cy: "1 kg apples" };
  const short = async () => {
    const buy = await closed("Apples $5/kg, pears $6/kg", orders);
    await buy.lin.says("/arrive apples 6/9");
    await buy.lin.presses(await buy.lin.hears(/3 kg short/), /Note/);
    await buy.lin.hears(/came short/);
    return buy;
  };

  test("who is named gets what was said, the others theirs as they came; undone it is as before", async () => {
    const { lin, person, handed } = await short();

    await lin.says("/short apples Ada 2, 王姐 3kg");
    const preview = await lin.hears(/by hand[\s\S]*Apples: 6 kg of 9 kg came/);
    expect(preview.text).toMatch(/Ada 502: Apples: 2 kg of 4 kg, \$10 back/);
    expect(preview.text).toMatch(/\$15 goes back in all/);
    await lin.presses(preview, /Share out/);
    await lin.hears(/2 people get less/);
    await person("王姐").hears(/3 kg of 4 kg, \$5 back/);
    expect(await handed()).toEqual(["Ada 502 1 2000", "Cy 1 1000", "王姐 1 3000", "王姐 2 1000"]);

    await lin.says("/short undo");
    await lin.presses(await lin.hears(/2 people would get all[\s\S]*pay \$15 more/), /Take it back/);
    await lin.hears(/Taken back: everybody gets what they ordered, and 2 people will hear it/);
    await person("Ada 502").hears(/forget what I said of too little[\s\S]*• Apples 4 kg$/i);
    await person("王姐").hears(/forget what I said of too little[\s\S]*• Apples 4 kg$|撤回[\s\S]*• Apples 4 kg$/i);
    expect(await handed()).toEqual(["Ada 502 1 4000", "Cy 1 1000", "王姐 1 4000", "王姐 2 1000"]);
    await person("王姐").says("/my");
    await person("王姐").hears(/To pay: \$26$/m);
  });

  test("where nothing goes back for it, the account says all the same who shared it out so, and why", async () => {
    const { lin, person } = await closed("Free apples $0/kg\npears $6/kg", {
      Ada: "4 kg apples, 1 kg pears",
      Bo: "2 kg apples",
    });
    await lin.says("/arrive apples 5/6");
    await lin.presses(await lin.hears(/1 kg short/), /Note/);
    await lin.says("/short apples Ada 3");
    await lin.presses(await lin.hears(/by hand/), /Share out/);
    await lin.hears(/1 person get less/);

    await person("Ada").says("/my why");
    await person("Ada").hears(/• Correction: Free apples: 3 kg of 4 kg came \(.*\), by Lin/);
    await person("Ada").says("/my");
    await person("Ada").hears(/• Correction: Free apples: 3 kg of 4 kg came[\s\S]*To pay: \$6$/m);
    await lin.says("/list");
    await lin.hears(/Ada: [^\n]*pears[^\n]*kg = \$6\n/i);
    await lin.says("/settle");
    const settled = await lin.hears(/Goods: \$6/);

    expect(settled.text).not.toMatch(/Correction/);
  });

  const doubts = [
    { words: "apples Zoe 2", heard: /“apples Zoe 2”: nobody of that name[\s\S]*Ada 502/, why: "she ordered none" },
    { words: "apples Ada 5", heard: /Ada 502 has ordered 4 kg, so 5 kg is too much/, why: "more than she ordered" },
    { words: "apples Ada 4, 王姐 3", heard: /that is 7 kg in all, and there is only 6 kg/, why: "more than came" },
    { words: "apples Ada 2 boxes", heard: /unit does not fit/, why: "it is sold by weight" },
    { words: "whatever", heard: /like: \/short Apples/, why: "neither a rule nor a name" },
  ];
  test("what cannot be is asked back with an example and the rules as buttons", async () => {
    const { lin } = await short();

    for (const { words, heard } of doubts) {
      await lin.says(`/short ${words}`);
      const asked = await lin.hears(heard);
      expect(asked.text).toMatch(/like: \/short Apples .*\d/);
      expect(asked.buttons).toHaveLength(3);
    }
  });

  test("before anything is counted, and where nothing is short, the leader hears what to do", async () => {
    const { lin } = await closed("Apples $5/kg", { Ada: "+4" });

    await lin.says("/short Ada 2");
    await lin.hears(/Write what came first: \/arrive/);
    await lin.says("/arrive 4");
    await lin.presses(await lin.hears(/as booked/), /Note/);
    await lin.says("/short Ada 2");
    await lin.hears(/Nothing of .* is short/);
  });
});

describe("what came", () => {
  const rows = [
    { said: "苹果 5公斤", hears: /8斤到了10斤/, why: "in another unit of mass" },
    { said: "苹果两斤", hears: /8斤到了2斤/, why: "a Chinese number" },
    { said: "苹果两斤半", hears: /8斤到了2\.5斤/, why: "and a half" },
    { said: "苹果少2", hears: /8斤到了6斤/, why: "so much less" },
    { said: "苹果缺2斤", hears: /8斤到了6斤/, why: "the same with a unit" },
    { said: "苹果 2 short", hears: /8斤到了6斤/, why: "the same in English" },
    { said: "苹果 6斤/8斤", hears: /8斤到了6斤/, why: "of how much" },
    { said: "苹果 1/2 斤", hears: /8斤到了1斤/, why: "one of two is no half" },
    { said: "苹果 8箱", hears: /苹果 8箱”：单位和卖法对不上/, why: "nobody knows how much is in a box" },
    { said: "苹果 9少", hears: /看不出/, why: "no such words" },
    { said: "苹果少9", hears: /看不出/, why: "more than there should be" },
    { said: "橙 1箱，苹果 8", hears: /橙：12个，数量对/, why: "a supplier's box whose size is known" },
  ];
  test("is read with its unit, which is turned into the item's, or asked about", async () => {
    const { lin } = await closed("苹果 5元/斤\n橙 2元/个", { 王姐: "苹果8斤，橙12个" }, undefined, "zh-hans");
    await lin.says("/item 橙 每箱 12");
    await lin.says("ok");
    for (const { said, hears, why } of rows) {
      await lin.says(`/arrive ${said}`);
      expect(await lin.hears(hears), why).toBeDefined();
    }
  });
});

describe("goods sold by weight", () => {
  const orders = { Ada: "2 kg salmon", Ben: "1 kg salmon, 1 box eggs" };
  const announcement = "Salmon $20/kg, eggs $4/box";

  test("each pays what their piece weighs, hears the difference, and sees it; it can be written anew and undone", async () => {
    const { lin, person, handed } = await closed(announcement, orders);
    const [ada, ben] = [person("Ada"), person("Ben")];

    await lin.says("/arrive salmon Ada 2.24kg, Ben 950g");
    const preview = await lin.hears(/by weight[\s\S]*Ada: Salmon: 2.24 kg for 2 kg, \+\$4.80/i);
    expect(preview.text).toMatch(/Ben: Salmon: 0.95 kg for 1 kg, −\$1/i);
    expect(ada.heard(/weighed/)).toBe(0);
    await lin.presses(preview, /Note/);
    await lin.hears(/Those concerned will hear it/);
    await ada.hears(/Ada, your goods of .* were weighed:\n• Salmon: 2.24 kg for 2 kg, \+\$4.80/i);
    await ada.says("/my");
    await ada.hears(/Correction \$4.80: Salmon: 2.24 kg by weight for 2 kg[\s\S]*To pay: \$44.80/i);
    expect(await handed()).toEqual(["Ada 1 2240", "Ben 1 950", "Ben 2 1000"]);
    await lin.says("/pack");
    await lin.hears(/✓ Salmon: 3.19 kg of 3.19 kg/i);

    await lin.says("/arrive salmon Ada 2.5");
    await lin.presses(await lin.hears(/2.5 kg for 2 kg, \+\$5.20/), /Note/);
    await ada.hears(/2.5 kg for 2 kg/);
    await ada.says("/my");
    await ada.hears(/To pay: \$50$/m);

    await lin.says("/arrive undo");
    await lin.presses(await lin.hears(/2 people would pay/), /Take it back/);
    await lin.hears(/2 people will hear it/);
    await ben.hears(/you pay what you ordered/);
    await ada.says("/my");
    await ada.hears(/To pay: \$40$/m);
    expect(await handed()).toEqual(["Ada 1 2000", "Ben 1 1000", "Ben 2 1000"]);
    await lin.says("/arrive undo");
    await lin.hears(/No weights are noted/);
  });

  test("a weight far from what was ordered is pointed at; words that fit nobody are asked back", async () => {
    const { lin } = await closed(announcement, orders);

    await lin.says("/arrive salmon Ada 22.4");
    await lin.hears(/⚠️ Ada: Salmon/i);
    await lin.says("/arrive salmon Zoe 1.2");
    await lin.hears(/“salmon Zoe 1.2”[\s\S]*\/arrive all[\s\S]*Booked: Salmon 3 kg/i);
    await lin.says("/arrive salmon Ada 1.2, eggs 3");
    await lin.hears(/“eggs 3”[\s\S]*with names: \/arrive Salmon Ada 2kg/i);
    await lin.says("/arrive bananas 3");
    await lin.hears(/“bananas 3”: I can't tell of which item/);
    await lin.says("/arrive");
    await lin.hears(/^Write what came/);
  });

  test("what was shared out is not undone under a weight", async () => {
    const { lin } = await closed("Salmon $20/kg", { Ada: "2 kg", Ben: "1 kg" });
    await lin.says("/arrive 2");
    await lin.presses(await lin.hears(/1 kg short/), /Note/);
    await lin.presses(await lin.hears(/came short/), /small/);
    await lin.presses(await lin.hears(/Ada: Salmon: 1 kg of 2 kg/i), /Share/);
    await lin.hears(/get less/);

    await lin.says("/arrive Ada 1.1kg");
    await lin.presses(await lin.hears(/1.1 kg for 1 kg, \+\$2/), /Note/);
    await lin.hears(/Those concerned/);
    await lin.says("/short undo");
    await lin.hears(/Take the weights back first/);
  });
});

describe("what came over", () => {
  test("is offered to those who wait, as they came: a yes books it, a no passes it on", async () => {
    const { lin, person, handed } = await closed("Apples $5/kg, limited to 4kg", {
      Ada: "3 kg apples",
      Ben: "3 kg apples",
      Cy: "1 kg apples",
    });
    const [ben, cy] = [person("Ben"), person("Cy")];
    expect(await handed()).toEqual(["Ada 1 3000", "Ben 1 1000"]);

    await lin.says("/arrive 6");
    await lin.presses(await lin.hears(/6 kg of 4 kg, 2 kg over/), /Note/);
    const asked = await lin.hears(/these wait for it[\s\S]*• Ben: Apples 2 kg, \$10/);
    await lin.presses(asked, /Offer/);
    await lin.hears(/Offered to 1 person/);
    await lin.presses(asked, /Offer/);
    await lin.hears(/Nothing is left over/);
    const offer = await ben.hears(/Ben, you were waiting[\s\S]*• Apples 2 kg, \$10/);
    await cy.presses(offer, /Yes/);
    await cy.hears(/no open offer/);
    await ben.presses(offer, /No/);
    await ben.hears(/somebody else/);
    await cy.hears(/Cy, you were waiting[\s\S]*• Apples 1 kg, \$5/);
    await lin.says("/pickup at 302");
    await lin.presses(await lin.hears(/2 people will be told/), /Send/);
    await ben.hears(/is ready/);
    expect(cy.heard(/is ready/)).toBe(0);
    await cy.says("/my yes");
    await cy.hears(/It is yours: Apples 1 kg/);
    await cy.hears(/Cy, your order of .* is ready:\n• Apples 1 kg\nStill to pay: \$5\n.*302\nYour code: \d{4}/i);
    await lin.hears(/Cy takes what came over/);

    expect(await handed()).toEqual(["Ada 1 3000", "Ben 1 1000", "Cy 1 1000"]);
    await cy.says("/my");
    await cy.hears(/Correction \$5: Apples: 1 kg more[\s\S]*To pay: \$5$/m);
    await ben.presses(offer, /Yes/);
    await ben.hears(/no open offer/);
  });

  test("comes on top of what was weighed, and undone weights leave it", async () => {
    const { lin, person, handed } = await closed("Apples $5/kg, limited to 4kg", { Ada: "3 kg", Ben: "3 kg" });
    const ben = person("Ben");
    await lin.says("/arrive 6");
    await lin.presses(await lin.hears(/2 kg over/), /Note/);
    await lin.presses(await lin.hears(/these wait for it/), /Offer/);
    const offer = await ben.hears(/you were waiting/);
    await lin.says("/arrive apples Ben 1.1kg");
    await lin.presses(await lin.hears(/1\.1 kg for 1 kg, \+\$0\.50/), /Note/);
    await ben.hears(/were weighed/);

    await ben.presses(offer, /Yes/);
    await ben.hears(/It is yours: Apples 2 kg/);
    expect(await handed()).toEqual(["Ada 1 3000", "Ben 1 3100"]);
    await ben.says("/my");
    await ben.hears(/To pay: \$15\.50$/m);
    await lin.says("/arrive undo");
    await lin.presses(await lin.hears(/Take it back|would pay/), /Take it back/);
    await ben.hears(/weigh/i);

    expect(await handed()).toEqual(["Ada 1 3000", "Ben 1 3000"]);
    await ben.says("/my");
    await ben.hears(/To pay: \$15$/m);
  });
});
