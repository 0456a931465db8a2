import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import type { FakePerson } from "../support/fake-chat.ts";
import { scenario } from "../support/scenario.ts";

/** Takes back what they did last, having read what that was. */
async function undoes(person: FakePerson, shown: RegExp): Promise<void> {
  await person.says("/undo");
  await person.presses(await person.hears(shown), /Take it back/);
  await person.hears(/Taken back/);
}

test("what was done last is taken back, step by step, as far as the world allows", async () => {
  const chat = await scenario();
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada")];
  const post = await lin.opens("Apples $5/kg, order by 20:00 tomorrow");
  await ada.says("/undo");
  await ada.hears(/nothing of yours/);

  // One's own order: the last word, then the one before; of an edit, the edit.
  await ada.says("2 kg apples");
  const more = await ada.says("+1 kg apples");
  await ada.edits(more, "+4 kg apples");
  await ada.says("/undo");
  await ada.hears(/“\+4 kg apples” does not count/);
  await ada.hears(/Apples 3 kg/);
  await ada.says("撤销");
  await ada.hears(/“\+1 kg apples”/);
  await ada.hears(/Apples 2 kg/);

  // What a leader did: a price, an amount, a time, an order for somebody, a setting.
  await lin.says("/item apples price 4");
  await lin.presses(await lin.hears(/\$4 instead of \$5/), /Change/);
  await lin.hears(/^Done/);
  await lin.says("/discount Ada 1 for helping");
  await lin.presses(await lin.hears(/Discount/), /Change/);
  await ada.hears(/Discount −\$1/);
  await lin.says("/extend 21:00 tomorrow");
  await lin.hears(/now closes at/);
  await lin.says("/order 302 apples 2");
  await lin.hears(/Booked for 302/);
  await lin.says("/settings zone Europe/Berlin");
  await lin.hears(/zone Europe\/Berlin/);
  await lin.says("/export csv"); // changes nothing, so it is not what is taken back
  await lin.gets(/\.csv$/);
  await lin.says("/undo please");
  await lin.hears(/I can't read “please”/);
  await undoes(lin, /changed the settings: zone Europe\/Berlin/);
  await undoes(lin, /ordered for 302 \(Apples\)/);
  await undoes(lin, /moved the closing to .* 21:00[\s\S]*closes when it was/);
  await undoes(lin, /Discount −\$1 for Ada: for helping[\s\S]*opposite amounts/);
  await ada.hears(/Discount \+\$1.*To pay now: \$8/);
  await undoes(lin, /\$4 instead of \$5[\s\S]*Who would pay more than now is asked/);
  await ada.hears(/gone up from \$4 to \$5/);
  await lin.says("/settings");
  await lin.hears(/zone Asia\/Shanghai/);
  await lin.says("/undo");
  await lin.hears(/opened the buy[\s\S]*\/cancel calls the buy off/);

  // A closing, until the supplier has the order.
  await lin.says("/close");
  await chat.posted(/final list[\s\S]*Ada: Apples 2 kg = \$10/);
  await undoes(lin, /closed the buy \(Apples\)[\s\S]*takes orders again/);
  await chat.posted(/takes orders again until .* 20:00/);
  await eventually("the post says so", () => /Open until/.test(post.text));
  await lin.says("/close");
  await eventually("it is closed again", () => chat.posts.filter(({ text }) => /final list/.test(text)).length === 2);
  await lin.says("/po");
  const order = await lin.hears(/no\. 1-1/);
  await lin.presses(order, /Mark as sent/);
  await lin.hears(/revision 1/);
  await undoes(lin, /purchase order: with the supplier/);
  await lin.presses(order, /Mark as sent/);
  await lin.hears(/revision 1/);

  // What came, how it was shared out, and who has collected.
  const counts = async () => {
    await lin.says("/arrive apples 1/2 kg");
    await lin.presses(await lin.hears(/1 kg short/), /Note it/);
    return lin.hears(/came short/);
  };
  await counts();
  await undoes(lin, /counted what came: Apples 1 kg/);
  await lin.presses(await counts(), /first come/);
  await lin.presses(await lin.hears(/\$5 goes back/), /Share out/);
  await lin.hears(/Done: 1 person/);
  await undoes(lin, /shared out what came short[\s\S]*Everybody gets what they ordered/);
  await ada.says("/picked");
  await ada.hears(/collected|Apples 2 kg/i);
  await undoes(ada, /ticked Ada as collected/);
  await lin.says("/paid Ada 4");
  await lin.hears(/Ada is marked as paid/);
  await undoes(lin, /marked Ada as paid/);
  await lin.says("/log");
  const log = await lin.hears(/📜/);
  expect(log.text).toMatch(/took back: purchase order: with the supplier/);
  expect(log.text).toMatch(/took back: closed the buy/);
});
