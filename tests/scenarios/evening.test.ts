import { expect, test } from "vitest";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { community } from "../support/scenario.ts";
import { bringForward, bringForwardLater, timersOf } from "../support/timers.ts";

/** A closed buy: Ada has 2 kg of apples, Ben 1 kg and 1 kg of pears. */
async function closed() {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada 502"), chat.person("Ben 301")];
  await lin.says("/settings quiet off");
  await lin.hears(/Changed/);
  await lin.opens("Apples $5/kg, pears $6/kg");
  await ada.says("+2 apples");
  await ben.says("1 kg apples, 1 kg pears");
  await lin.says("/close");
  await chat.posted(/final list/);
  return { chat, url, lin, ada, ben };
}

test("each hears what is theirs, where and when, with a code; the leader sees who knows and ticks who comes", async () => {
  const { lin, ada, ben } = await closed();

  await ada.says("/pickup at 302");
  await ada.hears(/Only a leader/);
  await lin.says("/pickup");
  await lin.hears(/where and when/);
  await lin.says("/pickup at 302, tomorrow 18:00-20:00");
  const preview = await lin.hears(/2 people will be told/);
  expect(preview.text).toMatch(
    /Ben 301, your order of .* is ready:\n• Apples 1 kg\n• pears 1 kg\nStill to pay: \$11\nat 302/i,
  );
  expect(ada.heard(/is ready/)).toBe(0);
  await lin.presses(preview, /Send/);

  const notice = await ada.hears(
    /Ada 502, your order of .* is ready:\n• Apples 2 kg\nStill to pay: \$10\nat 302, tomorrow 18:00-20:00/,
  );
  const code = /Your code: (\d{4})/.exec(notice.text)![1]!;
  const other = /Your code: (\d{4})/.exec((await ben.hears(/Your code/)).text)![1]!;
  expect(other).not.toBe(code);
  await ada.presses(notice, /Got it/);
  await ada.hears(/see you there/);
  await lin.says("/pickup list");
  const list = await lin.hears(/0 of 2 have collected/);
  expect(list.text).toMatch(new RegExp(`📨 Ben 301 ${other} .*\n👀 Ada 502 ${code}`));

  await lin.says(`/picked ${code}`);
  await lin.hears(/Ada 502 has collected[\s\S]*Apples 2 kg[\s\S]*Still to pay: \$10/);
  await lin.says("/picked Ada");
  await lin.hears(/has collected already/);
  await lin.says("/picked Ada undo");
  await lin.hears(/Taken back: Ada 502/);
  await ben.says("/picked Ada 502");
  await ben.hears(/Only a leader/);
  await ben.says("collected mine, thanks");
  await ben.hears(/Ben 301 has collected/);
  await lin.says("/pickup list");
  await lin.hears(/1 of 2 have collected[\s\S]*✅ Ben 301/);
});

test("nothing is ticked of a buy that still takes orders", async () => {
  const { chat } = await community();
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
  await lin.opens("Apples $5/kg");
  const order = await ada.says("+2 apples");

  await lin.says("/picked", { replyTo: order });

  await lin.hears(/not waiting to be collected/);
});

test("who has not come is told to the leader after the pickup, recorded at a press, and comes after all", async () => {
  const { url, lin, ada } = await closed();
  await runOn(
    url,
    `UPDATE timer SET kind = 'no-show', state = 'pending', "dueAt" = now() + interval '1 day' WHERE kind = 'supplier'`,
  );
  await lin.says("/picked Ben 301");
  await lin.hears(/Ben 301 has collected/);

  expect(await bringForward(url, "no-show")).toBe(1);
  const told = await lin.hears(/have not collected .*: Ada 502/);
  await lin.presses(told, /not come/);
  await lin.hears(/1 person did not come/);
  await lin.says("/pickup list");
  await lin.hears(/🚫 Ada 502/);
  await ada.says("/picked");
  await ada.hears(/Ada 502 has collected/);
  await lin.says("/pickup list");
  await lin.hears(/2 of 2 have collected/);
});

test("the settlement is posted by itself once, with sums for all and names for the leader only; /settle ends the buy", async () => {
  const { chat, url, lin, ada, ben } = await closed();
  await lin.says("/refund Ada 502 1 one was bad");
  await lin.presses(await lin.hears(/Refund/), /Change/);
  await lin.says("/paid Ada 502");
  await lin.hears(/Ada 502 is marked as paid/);
  await ben.says("paid already, thanks");
  await ben.hears(/noted that you paid/);

  expect(await bringForwardLater(url, "problems-end")).toBe(1);
  await eventually("the settlement is set", async () => (await bringForward(url, "settlement")) === 1);
  const posted = await chat.posted(/Settlement of/);
  expect(posted.text).toMatch(
    /Apples 3 kg = \$15\npears 1 kg = \$6\n\nGoods: \$21\nRefund: −\$1\nTo pay in all: \$20\nPaid: \$9\nStill open: \$11 \(1 person\)/i,
  );
  expect(posted.text).not.toMatch(/Ada|Ben/);
  const accounts = await lin.hears(/Ben 301: \$11 = \$11 \(\$11 open\) \(says it is paid\)/);
  expect(accounts.text).toMatch(/Ada 502: \$10, Refund −\$1 = \$9 ✓/);
  expect(await bringForward(url, "settlement")).toBe(0);

  await ada.says("/settle");
  await ada.hears(/Only a leader/);
  await lin.says("/paid Ben 301");
  await lin.hears(/Ben 301 is marked as paid/);
  await lin.says("/settle");
  await lin.presses(await lin.hears(/Everything is paid ✓[\s\S]*archived/), /Settle/);
  await lin.hears(/is settled\./);
  await eventually(
    "the last word is posted",
    () => chat.posts.filter(({ text }) => /Settlement of/.test(text)).length === 2,
  );
  expect(chat.posts.at(-1)!.text).toMatch(/Everything is paid ✓/);
  expect((await timersOf(url, "remind-payment")).filter(({ state }) => state === "pending")).toEqual([]);
  await lin.says("/settle");
  await lin.hears(/Settled, for the record:[\s\S]*✓ In \$20 = out \$20/);
});

test("what is wrong is bound to a line, decided with a tap, answered to the person and in their account", async () => {
  const { url, lin, ada, ben } = await closed();

  await ben.says("/issue the bag was torn");
  await ben.hears(/Yours are: Apples, pears/i);
  await ben.says("/issue 1 apple was rotten");
  await ben.hears(/noted for Apples/);
  await ada.says("/issue one of them is bad");
  await ada.hears(/noted for Apples/);
  const first = await lin.hears(/Ben 301 about Apples 1 kg .*: “1 apple was rotten”/);
  await ben.presses(first, /Refund/);
  await ben.hears(/Only a leader/);
  await lin.presses(first, /Refund \$5/);
  await ben.hears(/Ben 301, \$5 goes back to you for “1 apple was rotten”/);
  await lin.presses(first, /Decline/);
  await lin.hears(/decided before/);
  await ben.says("/my");
  await ben.hears(/Refund −\$5: 1 apple was rotten[\s\S]*To pay: \$6$/m);

  expect(await bringForwardLater(url, "problems-end")).toBe(1);
  const again = await eventually("Lin hears of Ada's once more", () =>
    lin.heard(/Ada 502 about Apples/) === 2 ? lin : undefined,
  );
  await again.presses(await lin.hears(/Ada 502 about Apples/), /Replace/);
  await ada.hears(/will be replaced/);
  expect(lin.heard(/Ben 301 about Apples/)).toBe(1);
});

test("people are asked once how it was; who ordered has one voice, and the leader reads what they say", async () => {
  const { chat, url, lin, ada, ben } = await closed();
  const zoe = chat.person("Zoe");
  await bringForwardLater(url, "problems-end");
  await eventually("the settlement is set", async () => (await bringForward(url, "settlement")) === 1);
  await eventually("the question is set", async () => (await bringForward(url, "review", "ask")) === 1);
  const asked = await chat.posted(/How was/);

  await ada.presses(asked, /👎/);
  await ada.hears(/tells why/);
  await ada.presses(asked, /👍/);
  await ben.says("/rate pears too hard");
  await ben.hears(/leader will read it/);
  await zoe.presses(asked, /👍/);
  await zoe.hears(/Only who ordered/);

  await eventually("the summary is set", async () => (await bringForward(url, "review", "summary")) === 1);
  const summary = await lin.hears(/What people say of/);
  expect(summary.text).toMatch(/👍 1 {2}😐 0 {2}👎 0\nBen 301: pears too hard$/);
  expect(chat.posts.filter(({ text }) => /How was/.test(text))).toHaveLength(1);
});

async function runOn(url: string, sql: string): Promise<void> {
  await withClient(url, (client) => client.query(sql));
}
