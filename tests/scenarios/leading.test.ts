import { expect, test } from "vitest";
import { scenario } from "../support/scenario.ts";

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
    "Ben: marked Ada as paid",
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
