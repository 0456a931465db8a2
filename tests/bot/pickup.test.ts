import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { FakeChat, type FakePerson } from "../support/fake-chat.ts";
import { closedBuy } from "../support/memory-buy.ts";
import { nextSecond } from "../support/timers.ts";

const HOUR = 3_600_000;
const ORDERS = { "Ada 502": "2 kg apples, 1 kg pears", "Ben 301": "1 kg apples", "Cy 101": "1 kg pears" };

async function told(where = "at 302", chat?: FakeChat) {
  const buy = await closedBuy("Apples $5/kg, pears $6/kg", ORDERS, chat);
  await buy.lin.says(`/settings quiet off`);
  await buy.lin.hears(/Changed/);
  await buy.lin.says(`/pickup ${where}`);
  await buy.lin.presses(await buy.lin.hears(/3 people will be told/), /Send/);
  await buy.lin.hears(/3 people will hear it/);
  const notice = (name: string) => buy.person(name).hears(/is ready:/);
  const list = async (sign: RegExp) => {
    await eventually(`the list shows ${sign}`, async () => {
      await buy.lin.says("/pickup list");
      return sign.test((await buy.lin.hears(/have collected/)).text);
    });
  };
  return { ...buy, notice, list };
}

const codeIn = (text: string) => /Your code: (\d{4})/.exec(text)![1]!;

describe("a pickup notice", () => {
  test("comes to who is taken onto the list when the others have theirs", async () => {
    const { chat, lin, notice } = await told();
    await notice("Ada 502");
    const dan = chat.person("Dan 7");
    await dan.says("1 kg apples", { at: nextSecond() });
    await lin.presses(await lin.hears(/Dan 7 wrote after/), /Accept/);

    const late = await dan.hears(/is ready:\n• Apples 1 kg\nStill to pay: \$5/i);
    expect(late.text).toMatch(/Your code: \d{4}/);
  });

  test("is seen by a sign under it, by whoever put it there", async () => {
    const { lin, person, notice, list } = await told("at 302", new FakeChat({ open: true }));
    const ada = await notice("Ada 502");
    await notice("Ben 301");

    await person("Cy 101").reacts(ada, "👎");
    // That the message is this notice is known a moment after it is shown.
    await eventually("Ben's sign counts", async () => {
      await person("Ben 301").reacts(ada, "👍");
      await lin.says("/pickup list");
      return /👀 Ben 301/.test((await lin.hears(/have collected/)).text);
    });

    await list(/📨 Cy 101[\s\S]*👀 Ben 301[\s\S]*📨 Ada 502/);
  });

  test("is seen in words: by themselves in the chat, as an answer to it, or in the private chat", async () => {
    const { person, notice, list } = await told();
    const [ada, ben, cy] = [person("Ada 502"), person("Ben 301"), person("Cy 101")];
    const [toAda] = [await notice("Ada 502"), await notice("Ben 301"), await notice("Cy 101")];

    await ben.says("ok");
    await ada.says("ok", { replyTo: toAda });
    await ada.hears(/see you there/);
    await ben.says("收到，谢谢");
    await ben.hears(/到时见/);
    await cy.writes("👍");
    await cy.hears(/see you there/);
    await list(/👀 Cy 101[\s\S]*👀 Ben 301[\s\S]*👀 Ada 502/);
    const before = ben.heard(/到时见/);
    await ben.says("收到");
    await list(/👀 Ben 301/);
    expect(ben.heard(/到时见/)).toBe(before);
  });

  test("is followed up once with those who have shown nothing, and the leader hears who they are", async () => {
    const { town, lin, person, notice } = await told();
    await person("Ada 502").presses(await notice("Ada 502"), /Got it/);
    await person("Ada 502").hears(/see you there/);
    await lin.says("/picked Ben 301");
    await lin.hears(/Ben 301 has collected/);

    await town.later(2 * HOUR);
    expect(person("Cy 101").heard(/have you seen/)).toBe(0);
    await town.later(1.1 * HOUR);

    const again = await person("Cy 101").hears(/Cy 101, have you seen[\s\S]*Your code: \d{4}/);
    const silent = await lin.hears(/have not shown that they know/);
    expect(silent.text).toMatch(/once more: Cy 101$/);
    await person("Cy 101").presses(again, /Got it/);
    await person("Cy 101").hears(/see you there/);
    await town.later(24 * HOUR);
    await lin.says("/pickup list");
    await lin.hears(/have collected/);
    const heard = ["Ada 502", "Ben 301", "Cy 101"].map((name) => person(name).heard(/have you seen/));
    expect(heard).toEqual([0, 0, 1]);
  });

  test("is answered with when they come: the leader sees it, and they are asked and counted as missing only after that", async () => {
    const { town, lin, person, notice, buy } = await told("at 302, tomorrow 18:00-20:00");
    const [ada, ben, cy] = [person("Ada 502"), person("Ben 301"), person("Cy 101")];
    const at = new Date();
    const from = (await buy()).pickup!.from!.getTime();
    await ada.says("late, in 4 days", { replyTo: await notice("Ada 502"), at });
    await ada.hears(/Noted, the leader sees that you come for Apples.* by /i);
    await notice("Cy 101");
    await cy.writes("明天来不了，改天吧");
    await cy.hears(/晚些来取/);
    await ben.says("friday it is, what a week", { at });
    await lin.says("/picked Ben 301");
    await lin.hears(/collected/);

    await lin.says("/pickup list");
    const list = await lin.hears(/1 of 3 have collected/);
    expect(list.text).toMatch(/👀 Ada 502 .*🕓 “late, in 4 days”/);
    expect(list.text).toMatch(/👀 Cy 101 .*🕓 “明天来不了，改天吧”/);

    await town.later(from - Date.now() + 1.1 * HOUR);
    await eventually("Cy hears that it still waits", () => cy.heard(/还在等您|still waits/) === 1);
    expect(ada.heard(/still waits/)).toBe(0);
    await town.later(2 * HOUR);
    expect((await lin.hears(/have not collected/)).text).toMatch(/: Cy 101$/);
    await lin.says("/pickup absent", { at: new Date(from + 4 * HOUR) });
    expect((await lin.hears(/come/)).text).not.toMatch(/Ada/);
    await town.later(4 * 24 * HOUR);
    expect((await lin.hears(/have not collected/)).text).toMatch(/: Ada 502$/);
  });

  test("does not go out while less came than is to be packed, and says what was not counted", async () => {
    const { lin } = await closedBuy("Apples $5/kg, pears $6/kg", ORDERS);
    await lin.says("/arrive apples 2");
    await lin.presses(await lin.hears(/1 kg short/), /Note/);
    await lin.hears(/came short/);

    await lin.says("/pickup at 302");
    await lin.hears(/can't be told yet[\s\S]*Apples: 3 kg are to be packed and only 2 kg came[\s\S]*\/short/);
    await lin.says("/arrive apples 3");
    await lin.presses(await lin.hears(/as booked/), /Note/);
    await lin.hears(/Not counted yet/);
    await lin.says("/pickup at 302");
    await lin.hears(/Not counted.*: pears[\s\S]*3 people will be told/i);
  });

  test("with a time sets the reminders of it; one that has passed is asked back", async () => {
    const { town, buy, lin } = await told("at 302, tomorrow 18:00-20:00");
    const { pickup } = await buy();
    expect(pickup?.place).toBe("302");
    expect(pickup!.until!.getTime() - pickup!.from!.getTime()).toBe(2 * HOUR);

    await lin.says("/pickup at 302, yesterday 18:00-20:00");
    await lin.hears(/has passed/);
    await town.later(pickup!.from!.getTime() - Date.now() + 1000);
    const { chat } = lin;
    await chat.posted(/can be collected now/);
  });
});

describe("handing over", () => {
  test("by a button for each, by the person's own, or in parts: what is left is shown and stays open", async () => {
    const { lin, person, notice, list } = await told();
    const [ada, ben, cy] = [await notice("Ada 502"), await notice("Ben 301"), await notice("Cy 101")];
    await lin.says("/pickup list");
    const shown = await lin.hears(/0 of 3 have collected/);

    await person("Ben 301").presses(shown, /Ben 301/);
    await person("Ben 301").hears(/Only/);
    await lin.presses(shown, /Ben 301/);
    await lin.hears(/Ben 301 has collected/);
    await lin.presses(shown, /Ben 301/);
    await lin.hears(/has collected already/);
    expect(ben.buttons.map(({ label }) => label)).toEqual(["Got it", "I have it"]);
    await person("Cy 101").presses(cy, /I have it/);
    await person("Cy 101").hears(/Cy 101 has collected/);

    await lin.says("/picked ada apples 1");
    await lin.hears(
      /◐ Ada 502 has collected Apples 1 kg\.[\s\S]*Still here:\n• Apples 1 kg\n• pears 1 kg\nStill to pay/i,
    );
    await list(/◐ Ada 502 .*\n• Apples 1 kg\n• pears 1 kg/i);
    await lin.says("/picked Ada apples 5");
    await lin.hears(/not so much left[\s\S]*• Apples 1 kg/);
    await lin.says("/picked Ada bananas 5");
    await lin.hears(/has no order/);
    await lin.says(`/picked ${codeIn(ada.text)} apples 1, pears 1kg`);
    await lin.hears(/✅ Ada 502 has collected/);
    await list(/3 of 3 have collected/);
    await lin.says("/picked Ada 502 undo");
    await lin.hears(/Taken back/);
    await list(/👀|📨 Ada 502/);
  });
});

describe("until when goods are kept", () => {
  test("stands in the post where people order, and in the notice", async () => {
    const chat = new FakeChat();
    const { lin, person } = await closedBuy(
      "Apples $5/kg\nUncollected bags go to the next in line.",
      { Ada: "+2" },
      chat,
    );
    await chat.posted(/Apples[\s\S]*How long it is kept: Uncollected bags go to the next in line$/m);

    await lin.says("/pickup keep");
    await lin.hears(/Now: Uncollected bags/);
    await lin.says("/pickup keep until 21:00");
    await lin.hears(/people see: until 21:00/);
    await lin.says("/pickup at 302");
    await lin.presses(await lin.hears(/1 person will be told/), /Send/);
    await person("Ada").hears(/is ready[\s\S]*at 302\nHow long it is kept: until 21:00\nYour code/);
    await lin.says("/pickup keep off");
    await lin.hears(/Nothing is said any more/);
  });
});

describe("packing", () => {
  test("at a glance, and as labels with door, goods, what is due, and the code", async () => {
    const { lin } = await told();

    await lin.says("/pack table");
    const table = await lin.hears(/at a glance/);
    expect(table.text).toMatch(/① Apples \(kg\) {2}② pears \(kg\)/i);
    expect(table.text).toMatch(/· ｜ 1 ｜ Cy 101\n1 ｜ · ｜ Ben 301\n2 ｜ 1 ｜ Ada 502\n3 ｜ 2 ｜ Σ/);
    await lin.says("/pack labels");
    const labels = await lin.hears(/Labels for/);
    expect(labels.text).toMatch(/502\nAda 502 · \d{4}\n• Apples 2 kg\n• pears 1 kg\nStill to pay: \$16/i);
    await lin.says("/pack boxes");
    await lin.hears(/I don't know “boxes” here.*\/pack items · \/pack table · \/pack labels/);
  });

  test("is too much for one table where there are many kinds", async () => {
    const items = Array.from({ length: 9 }, (_, index) => `Fruit${String.fromCharCode(97 + index)} $5/kg`);
    const order = items.map((each) => `${each.split(" ")[0]} 1kg`).join(", ");
    const { lin } = await closedBuy(items.join("\n"), { Ada: order });

    await lin.says("/pack table");

    await lin.hears(/too much for one table/);
  });
});

test("where a platform has no buttons, each choice says what to write", async () => {
  const chat = new FakeChat({ buttons: false });
  const say = async (who: FakePerson, words: string, heard: RegExp) => {
    await who.says(words);
    return who.hears(heard);
  };
  const { lin, person } = await closedBuyByWords(chat);

  await say(lin, "/po", /Mark as sent → \/po 1/);
  await say(lin, "/po 1", /revision 1 is with/);
  await say(lin, "/po", /Confirmed → \/po 2\nLess will come → \/po 3\nLater → \/po 4\nIt is here → \/po 5/);
  await say(lin, "/po 3", /write what came/);
  await say(lin, "/po 9", /“9” is nothing I can note[\s\S]*\/po 5 – It is here/);
  await say(lin, "/arrive apples 2", /1 kg short/);
  await say(lin, "ok", /came short[\s\S]*first come, first served → \/short 1/);
  await say(lin, "/short 3", /small orders first[\s\S]*Shall I/);
  await say(lin, "ok", /get less/);
  await say(lin, "/pickup at 302", /will be told/);
  await say(lin, "ok", /will hear it/);
  await person.hears(/is ready[\s\S]*→ got it/);
});

/** The same without a button to press. */
async function closedBuyByWords(chat: FakeChat) {
  const { memoryTown } = await import("../support/memory-town.ts");
  await memoryTown([chat]);
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
  await lin.says("/open Apples $5/kg");
  await lin.hears(/This is what I read/);
  await lin.says("ok");
  await chat.posted(/🟢/);
  await ada.says("+3");
  await lin.says("/close");
  await chat.posted(/final list/);
  return { lin, person: ada };
}
