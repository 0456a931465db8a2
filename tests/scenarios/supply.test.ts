import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { community } from "../support/scenario.ts";
import { bringForward, nextSecond } from "../support/timers.ts";

/** An open buy of apples in boxes of 12, and pears. */
async function opened() {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  await lin.says("/settings quiet off");
  await lin.hears(/Changed/);
  const post = await lin.opens("Apples $5/kg, pears $6/kg");
  return { chat, url, lin, post, ada: chat.person("Ada"), ben: chat.person("Ben"), cy: chat.person("Cy") };
}

test("a purchase order counts in boxes, is numbered, and shows what changed since it was sent", async () => {
  const { chat, url, lin, ada, ben } = await opened();
  await ada.says("10 kg apples, 2 kg pears");
  await lin.says("/item apples box 12");
  await lin.presses(await lin.hears(/comes in boxes of 12 kg/), /Change/);
  await lin.says("/close");
  await chat.posted(/final list/);
  await lin.says("/item apples cost 3.20");
  await lin.presses(await lin.hears(/costs us \$3\.20/), /Change/);

  expect(await bringForward(url, "supplier")).toBe(1);
  await lin.hears(/not noted as sent to a supplier yet/);
  await ada.says("/po");
  await ada.hears(/Only a leader/);
  await lin.says("/po");
  const order = await lin.hears(/Order for .*, no\. 1-1\n1\. Apples 12 kg \(1 × 12 kg\)\n2\. pears 2 kg/i);
  expect(order.text).toMatch(/More than booked, because of the boxes: Apples 2 kg/);
  expect(order.text).toMatch(/Costs \$38\.40/);
  await lin.presses(order, /Mark as sent/);
  await lin.hears(/revision 1 is with the supplier/);
  await lin.presses(order, /Mark as sent/);
  await lin.hears(/^Noted\.$/);

  await ben.says("3 kg apples", { at: nextSecond() });
  const late = await lin.hears(/Ben/);
  await lin.presses(late, /Accept|list/);
  await chat.posted(/Corrected[\s\S]*Apples 13 kg/);
  await lin.says("/po");
  const changed = await lin.hears(/Changed since revision 1, not yet sent:\nApples: 12 kg → 24 kg/);
  expect(changed.text).toMatch(/no\. 1-2/);
  await lin.presses(changed, /Mark as sent/);
  await lin.hears(/revision 2 is with/);
  await lin.says("/po");
  await lin.presses(await lin.hears(/Revision 2 is with the supplier since/), /Less/);
  await lin.hears(/write what came/);
  await lin.says("/po");
  await lin.hears(/The supplier will bring less \(revision 2/);
  await lin.says("/reopen");
  await lin.hears(/purchase order/);
});

test("what came is compared, a shortage is shared out with refunds, undone, and stays once people know", async () => {
  const { chat, lin, ada, ben, cy } = await opened();
  await ada.says("4 kg apples");
  await ben.says("4 kg apples, 1 kg pears");
  await cy.says("1 kg apples");
  await lin.says("/close");
  await chat.posted(/final list/);

  await lin.says("/short first");
  await lin.hears(/Nothing is open|write what came/i);
  await lin.says("/arrive bananas 3");
  await lin.hears(/Write what came[\s\S]*Booked: Apples 9 kg, pears 1 kg/i);
  await lin.says("/arrive apples 6/9 kg");
  await lin.presses(await lin.hears(/Apples: 6 kg of 9 kg, 3 kg short/), /Note it/);
  await lin.hears(/Not counted yet: pears/i);
  const ask = await lin.hears(/Apples came short/);
  await lin.presses(ask, /small orders first/);
  const small = await lin.hears(/small orders first[\s\S]*Apples: 6 kg of 9 kg came/);
  expect(small.text).toMatch(/Ben: Apples: 1 kg of 4 kg, \$15 back/);
  await lin.presses(ask, /proportion/);
  const fair = await lin.hears(/in proportion[\s\S]*\$15 goes back in all/);
  expect(fair.text).toMatch(/Ada: Apples: 3 kg of 4 kg, \$5 back/);
  expect(fair.text).toMatch(/Ben: Apples: 3 kg of 4 kg, \$5 back/);
  await lin.presses(fair, /Share out/);
  await lin.hears(/Done: 3 people get less/);
  await ben.hears(/Ben, less of[\s\S]*• Apples: 3 kg of 4 kg, \$5 back/);
  await lin.says("/short first");
  await lin.hears(/shared out already/);

  await lin.says("/short undo");
  await lin.presses(await lin.hears(/3 people would get all[\s\S]*pay \$15 more/), /Take it back/);
  await lin.hears(/Taken back/);
  await ben.says("/my");
  await ben.hears(/To pay: \$26$/m);
  await lin.says("/short first come");
  await lin.presses(await lin.hears(/first come, first served[\s\S]*Cy: Apples: ×?0 kg of 1 kg/), /Share out/);
  await lin.hears(/Done: 2 people get less/);
  await ben.says("/my");
  await ben.hears(/To pay: \$16$/m);

  await lin.says("/arrive pears 1");
  await lin.presses(await lin.hears(/✓ pears: 1 kg, as booked/i), /Note it/);
  await lin.says("/pickup at 302");
  const preview = await lin.hears(/2 people will be told/);
  await lin.presses(preview, /Send/);
  const notice = await ben.hears(/is ready:\n• Apples 2 kg\n• pears 1 kg\nStill to pay: \$16/i);
  expect(cy.heard(/is ready/)).toBe(0);
  await eventually("Ada knows", () => ada.heard(/is ready/) === 1);
  await lin.says("/short undo");
  await lin.hears(/notices of .* are out/);
  expect(notice.text).toMatch(/Your code: \d{4}/);
});

test("bags are packed from house to house, sorted by item, and compared with what came", async () => {
  const { chat, lin } = await opened();
  const [far, near, none] = [chat.person("王姐 10栋2单元301"), chat.person("Li 2号楼502"), chat.person("Zoe")];
  await far.says("2 kg apples");
  await near.says("1 kg apples, 3 kg pears");
  await near.says("for mum: 1 kg pears");
  await none.says("1 kg pears");
  await lin.says("/close");
  await chat.posted(/final list/);
  await lin.says("/arrive apples 3, pears 4");
  await lin.presses(await lin.hears(/pears: 4 kg of 5 kg, 1 kg short/i), /Note it/);
  await lin.hears(/came short/);

  await lin.says("/pack");
  const bags = await lin.hears(/Packing for/);
  expect(bags.text).toMatch(
    /— House 2 —\n▢ Li 2号楼502: Apples 1 kg, pears 3 kg\n▢ mum \(Li 2号楼502\): pears 1 kg\n\n— House 10 —\n▢ 王姐 10栋2单元301: Apples 2 kg\n\n— Others —\n▢ Zoe: pears 1 kg\n\n✓ Apples: 3 kg of 3 kg\n⚠️ pears: 5 kg are to be packed and only 4 kg came/i,
  );
  await lin.says("/pack items");
  await lin.hears(/\nApples\n▢ Li 2号楼502 1 kg\n▢ 王姐 10栋2单元301 2 kg\n\npears\n/i);
});
