import { expect, test } from "vitest";
import { withClient } from "../support/database.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";

test("each hears what is due and how to pay; what is paid in parts or too much is kept apart, and carried to the next buy", async () => {
  const url = await ownDatabase();
  const chat = new FakeChat();
  await runningOn(url, [chat], { PLUSONE_ZONE: "Asia/Singapore" });
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada 502"), chat.person("Ben")];

  await ada.says("/pay set paynow 9123 4567");
  await ada.hears(/Only a leader/);
  await lin.says("/pay set paynow 6123 4567");
  await lin.hears(/no PayNow number.*\/pay set paynow 9123 4567/);
  await lin.says("/pay set paynow 9123 4567 Lin Wu");
  expect(await lin.hears(/PayNow \+65 9123 4567 \(Lin Wu\)/)).toMatchObject({ qr: /^0002/ });
  await lin.says("/pay set", { photo: "wechat-code" });
  expect(await lin.hears(/Scan the leader's code/)).toMatchObject({ photo: "wechat-code" });

  await lin.opens("Apples S$5/kg, pears S$6/kg");
  await lin.says("/settle commission 10");
  await lin.hears(/I did not understand “10”/);
  await lin.says("/settle commission 10%");
  await lin.hears(/Your commission on .*: 10%/);
  await lin.says("/item apples cost 3");
  await lin.presses(await lin.hears(/costs us S\$3/), /Change/);
  await ada.says("2 kg apples");
  await ben.says("1 kg apples, 1 kg pears");
  await ada.says("/pay");
  expect(await ada.hears(/Apples 2 kg = S\$10[\s\S]*still open: what is to be paid is certain/)).not.toHaveProperty(
    "qr",
  );
  await lin.says("/close");
  await chat.posted(/final list/);

  await ada.says("/pay");
  const due = await ada.hears(/To pay: S\$10\n[\s\S]*PayNow \+65 9123 4567 \(Lin Wu\)[\s\S]*#1 Ada 502/);
  expect(due.qr).toMatch(/540510\.00.*#1 Ada 502/);
  expect(await ada.hears(/Scan the leader's code/)).toMatchObject({ photo: "wechat-code" });
  await ada.says("paid 4, thanks");
  await ada.hears(/noted that you paid[\s\S]*Said to be paid: S\$4/);
  await ada.says("/my");
  await ada.presses(await ada.hears(/Said to be paid: S\$4[\s\S]*How to pay: PayNow/), /How to pay/);
  expect((await ada.hears(/To pay: S\$10/)).qr).toMatch(/54046\.00/);

  await lin.says("/paid Ada 502 4");
  await lin.hears(/Ada 502 is marked as paid[\s\S]*S\$4 of S\$10\nStill open: S\$6/);
  await ben.says("/paid 12.50", { photo: "transfer" });
  await ben.hears(/noted that you paid/);
  const shown = await lin.hears(/Ben says S\$12\.50 is paid .* with this picture/);
  expect(shown.photo).toBe("transfer");
  await ben.presses(shown, /Mark/);
  await ben.hears(/Only a leader or helper|Only a/);
  await lin.presses(shown, /Mark/);
  await lin.hears(/Ben is marked as paid[\s\S]*Paid too much: S\$1\.50/);
  await lin.presses(shown, /Mark/);
  await lin.hears(/noted before, so nothing has changed: Ben/);
  await lin.says("/paid Ada 502");
  await lin.hears(/S\$10 of S\$10/);
  await lin.says("/delivery 3 by quantity");
  await lin.presses(
    await lin.hears(/Ada 502: \+S\$1\.50, to pay S\$11\.50\nBen: \+S\$1\.50, to pay S\$12\.50/),
    /Change/,
  );
  await lin.hears(/Delivery \+S\$3 for 2 people/);
  await ada.hears(
    /Delivery \+S\$1\.50[\s\S]*To pay now: S\$11\.50\nMarked as paid: S\$10 of S\$11\.50\nStill open: S\$1\.50/,
  );
  await ada.says("", { photo: "proof", replyTo: chat.posts.at(-1)! });
  await ada.presses(await ada.hears(/Does this picture show that you have paid S\$1\.50/), /I have paid/);
  expect(await lin.hears(/Ada 502 says S\$7\.50 is paid|Ada 502 says S\$1\.50 is paid/)).toMatchObject({
    photo: "proof",
  });
  await lin.says("/paid Ben -99");
  await lin.hears(/Only S\$0 too much of Ben is noted/);
  await lin.says("/refund Ben 2 one pear was bad");
  await lin.presses(await lin.hears(/Ben: −S\$2/), /Change/);
  await lin.hears(/Refund −S\$2/);

  await lin.says("/settle Ben");
  await lin.hears(
    /🧾 .*no\. 1: Ben\n[\s\S]*pears 1 kg = S\$6[\s\S]*Refund −S\$2[\s\S]*To pay: S\$10\.50[\s\S]*too much: S\$2/i,
  );
  await lin.says("/settle");
  const preview = await lin.hears(
    /Ada 502: [^\n]*Paid S\$10 \(S\$1\.50 open\) \(says it is paid\)\nBen: S\$11, Delivery S\$1\.50, Refund −S\$2 = S\$10\.50 \(S\$2 to give back\)/,
  );
  expect(preview.text).toMatch(/Money in: paid S\$22\.50, still to come S\$1\.50, to give back −S\$2\n/);
  expect(preview.text).toMatch(/Money out: supplier S\$9, delivery S\$3, commission S\$1\.90, left over S\$8\.10\n/);
  expect(preview.text).toMatch(
    /✓ In S\$22 = out S\$22\nYour commission \(10%\): S\$1\.90 \(S\$0\.20 less by refunds\)/,
  );
  await lin.presses(preview, /Settle/);
  const question = await ben.hears(/Ben, for .* you have paid S\$2 more than was due.*with Lin/);
  expect(ada.heard(/more than was due/)).toBe(0);
  const press = ben.pressing(question, /Keep S\$2/);
  await chat.deliver(press, press);
  await ben.hears(/S\$2 is taken off your next buy with Lin/);
  await ben.says("/pay back");
  await ben.hears(/Lin hears that you would like S\$2 back/);
  await lin.hears(/Ben would like the S\$2 back .*\/paid Ben -2\.00/);
  await ben.says("/pay keep");
  await ben.hears(/S\$2 is taken off your next buy/);
  await ben.says("/my receipt");
  await ben.hears(/From another buy −S\$2[\s\S]*From another buy S\$2[\s\S]*To pay: S\$12\.50[\s\S]*Nothing is open ✓/);

  await lin.opens("Plums S$4/kg");
  await ben.says("1 kg plums");
  await ben.says("/my");
  await ben.hears(/Plums 1 kg\nTo pay: S\$4\nKept from before, taken off when the list closes: S\$2/);
  await lin.says("/close");
  await chat.posted(/Plums[\s\S]*final list[\s\S]*Ben: From another buy −S\$2: kept from an earlier buy/);
  await ben.says("/pay");
  expect((await ben.hears(/To pay: S\$2\n/)).qr).toMatch(/54042\.00/);
  await withClient(url, async (client) => {
    const { rows } = await client.query(`SELECT sum(amount)::int AS sum FROM entry WHERE kind = 'carried'`);
    expect(rows).toEqual([{ sum: 0 }]);
  });
});
