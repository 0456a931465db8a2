import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { ownDatabase, runningOn, scenario } from "../support/scenario.ts";
import { bringForward, closesIn } from "../support/timers.ts";

test("leaders and helpers are made and unmade, a buy changes hands with both sides' word, and the log tells", async () => {
  const chat = await scenario();
  const [lin, ada, ben] = [chat.person("Lin", { leader: true }), chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $5/kg");
  await ben.says("/leader");
  await ben.hears(/Only a leader can use \/leader/);
  const order = await ada.says("2 kg apples");
  await ben.says("3 kg apples");

  await lin.says("/leader");
  await lin.hears(/Owner: Lin[\s\S]*asks Ada to lead/);
  await lin.says("/leader Zed");
  await lin.hears(/I know nobody called “Zed” here/);
  await lin.says("/leader helper Ben");
  await lin.hears(/Done\. Ben: Helper/);
  await ben.hears(/you help here now/);
  await ben.says("/close");
  await ben.hears(/Only a leader can use \/close/);
  await lin.says("/leader", { replyTo: order });
  await lin.hears(/I have asked Ada/);
  const offer = await ada.hears(/Lin asks you to lead/);
  await ada.says("/close");
  await ada.hears(/Only a leader/);
  await ada.presses(offer, /I will/);
  await ada.hears(/You lead here now/);
  await lin.hears(/Ada leads here now/);
  await ada.says("/leader remove Lin");
  await ada.hears(/Lin owns this community/);

  await ada.says("/close");
  await chat.posted(/final list/);
  await ben.says("/paid Ada");
  await ben.hears(/Ada is marked as paid/);
  await lin.says("/handover Ada");
  await lin.hears(/I have asked Ada/);
  await ada.presses(await ada.hears(/take over Apples/), /I take it over/);
  await ada.hears(/You lead it now: Apples/);
  await lin.hears(/Ada leads it now/);
  await lin.says("/handover me");
  await lin.hears(/Apples is led by Ada/);
  await lin.says("/leader remove Ada");
  await lin.hears(/Done\. Ada: Resident/);
  await ada.hears(/you have no role here/);

  await ada.says("/log");
  await ada.hears(/Only a leader can use \/log/);
  await lin.says("/log what");
  await lin.hears(/I can't read “what”/);
  await lin.says("/log");
  const log = await lin.hears(/📜 Apples/);
  expect(
    log.text
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/^.*\d\d:\d\d(?::\d\d)? /, "")),
  ).toEqual([
    "Lin: handed over from Lin to Ada",
    "Ben: marked Ada as paid: $10",
    "Plusone: the list became final",
    "Ada: closed the buy",
    "Lin: opened the buy",
  ]);
  await lin.says("/log all");
  const all = await lin.hears(/📜 Garden Court/);
  expect(all.text.match(/\w+: \w+ is now: \w+/g)).toEqual([
    "Lin: Ada is now: Resident",
    "Lin: Ada is now: Leader",
    "Lin: Ben is now: Helper",
  ]);
});

test("somebody is forgotten when nothing of theirs is under way: their name goes, the numbers stay", async () => {
  const chat = await scenario();
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
  await lin.opens("Apples $5/kg");
  await ada.says("2 kg apples");
  await ada.says("/forget everything");
  await ada.hears(/I can't read “everything”/);
  await ada.says("/forget");
  await ada.hears(/messages about buys \(1, buys: 1\)[\s\S]*still under way.*Apples/);
  await lin.says("/forget");
  await lin.hears(/hand it over first/);
  await lin.says("/close");
  await chat.posted(/final list/);
  await lin.says("/settle");
  await lin.presses(await lin.hears(/Ada: \$10/), /Settle/);
  await lin.hears(/settled/i);

  await ada.says("/forget");
  await ada.presses(await ada.hears(/“Neighbour \w{4}”/), /Forget me/);
  await ada.hears(/I do not know who you are any more/);

  await lin.says("/list");
  await lin.hears(/1\. Neighbour \w{4}: Apples 2 kg = \$10/);
  await ada.says("/my");
  await ada.hears(/You have no order|Nothing is open/);
  await lin.says("/again");
  await lin.hears(/This is what I read[\s\S]*Last time: 1 person; Apples 2 kg/);
  await ada.says("/tally past");
  await ada.hears(/Only a leader can use \/tally past/);
  await lin.says("/tally past");
  await lin.hears(
    /last buys here: 1[\s\S]*1 person ordered; more than once: 0 \(0%\)[\s\S]*• Apples: 2 kg for 1 person/,
  );
  await lin.says("/log all");
  expect((await lin.hears(/📜/)).text).toMatch(/Neighbour \w{4}: a person was forgotten/);
});

test("where a leader does nothing after a closing, the others hear of it and may take over; else the chat does", async () => {
  const url = await ownDatabase();
  const chat = new FakeChat();
  await runningOn(url, [chat]);
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada", { leader: true })];
  await lin.says("/settings quiet off");
  await lin.hears(/Changed/);
  await lin.opens("Apples $5/kg, order by 20:00 tomorrow");
  await ada.says("2 kg apples");
  await closesIn(url, 0);
  await chat.posted(/final list/);
  await bringForward(url, "supplier");
  await lin.hears(/not noted as sent to a supplier/);

  await bringForward(url, "absent", "leaders");
  await eventually("nobody else leads yet, so it is looked at again", () => bringForward(url, "absent", "chat"));
  await chat.posted(/heard nothing from Lin since[\s\S]*\/handover me/);
  await ada.says("/handover me");
  await ada.presses(await ada.hears(/Apples is led by Lin/), /take it over/);
  await lin.hears(/Ada leads it now/);
});
