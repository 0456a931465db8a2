import { expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { running } from "../support/scenario.ts";
import { nextSecond } from "../support/timers.ts";

/** Two groups, each with a leader. */
async function twoGroups() {
  const court = new FakeChat();
  const park = new FakeChat({ platform: "other", id: "g2", title: "Park Side" });
  const lin = court.person("Lin", { leader: true });
  const mei = park.person("Mei", { leader: true, id: "m1" });
  await running([court, park]);
  return { court, park, lin, mei };
}

async function codeOf(lin: Awaited<ReturnType<typeof twoGroups>>["lin"]): Promise<string> {
  await lin.says("/link");
  return /\/link ([0-9a-f]{10})/.exec((await lin.hears(/within an hour/)).text)![1]!;
}

test("two groups become one community: a buy opens in both, and they share its stock", async () => {
  const { court, park, lin, mei } = await twoGroups();
  const code = await codeOf(lin);

  await mei.says(`/link ${code}`);
  await mei.presses(await mei.hears(/joins Garden Court/), /Link/);
  await mei.hears(/belongs to Garden Court now/);
  await lin.hears(/Park Side belongs to this community/);
  await lin.opens("apples $3/kg, only 3 kg in all");
  await park.posted(/🟢[\s\S]*apples/i);
  await lin.says("+2");
  await court.posted(/→ 2 kg/);
  const order = await mei.says("+2");

  await park.posted(/→ 3 kg \(\+ 1 kg waiting\)/);
  await court.posted(/→ 3 kg \(\+ 1 kg waiting\)/);
  await eventually("the order is marked", () => order.marks.length > 0);
  expect(order.marks).toEqual(["waitlisted"]);
  await mei.says("/close");
  await court.posted(/final list/);
  await park.posted(/final list/);
});

test("what leaders decide they are told on every platform: a late order, a payment with its picture", async () => {
  const { court, park, lin, mei } = await twoGroups();
  const ada = park.person("Ada", { id: "p2" });
  await mei.says(`/link ${await codeOf(lin)}`);
  await mei.presses(await mei.hears(/joins Garden Court/), /Link/);
  await lin.hears(/Park Side belongs to this community/);
  await lin.opens("apples $3/kg");
  await park.posted(/🟢[\s\S]*apples/i);
  await ada.says("+2");
  await court.posted(/→ 2 kg/);
  await mei.says("/close");
  await park.posted(/final list/);

  await ada.says("+1", { at: nextSecond() });
  const there = await lin.hears(/Ada wrote after/);
  const { words } = (await mei.hears(/Ada wrote after/)).buttons[0]!;
  await lin.presses(there, /Accept/);
  await lin.hears(/Accepted/);
  await park.posted(/Corrected[\s\S]*Ada: apples 3 kg/i);
  await mei.says(words!);
  await mei.hears(/changes nothing/);

  await ada.says("/paid 9", { photo: "transfer" });
  expect(await mei.hears(/Ada says \$9 is paid .* with this picture/)).toMatchObject({ photo: "transfer" });
  const shown = await lin.hears(/Ada says \$9 is paid .* with a picture in their own chat/);
  expect(shown.photo).toBeUndefined();
  await lin.presses(shown, /Mark as paid/);
  await lin.hears(/Ada.* is marked as paid/);
});

test("nothing is lost by a link: not while a buy is open, with a wrong code, or without a yes", async () => {
  const { park, lin, mei } = await twoGroups();
  const code = await codeOf(lin);
  await mei.opens("pears $4/kg");

  await mei.says("/link 0123456789");
  await mei.hears(/don't know that code/);
  await lin.says(`/link ${code}`);
  await lin.hears(/linked already/);
  await mei.says(`/link ${code}`);
  await mei.presses(await mei.hears(/joins Garden Court/), /Leave/);
  await mei.hears(/Left as it is/);
  await mei.says(`/link ${code}`);
  await mei.presses(await mei.hears(/joins Garden Court/), /Link/);
  await mei.hears(/something here is not over/);

  const order = await mei.says("+2 pears");
  await park.posted(/→ 2 kg/);
  await eventually("the order is marked", () => order.marks.length > 0);
  expect(order.marks).toEqual(["booked"]);
});

test("each chat is written to in its language, and each person in theirs", async () => {
  const { court, lin } = await twoGroups();
  const ada = court.person("Ada");
  await lin.says("/settings language 繁體");
  await lin.hears(/已改/);

  await lin.says("/open apples $3/kg");
  const preview = await lin.hears(/what I read/);
  await ada.says("/settings language en");
  await ada.hears(/Only a leader|團長/);
  await ada.says("/settings me");
  await ada.hears(/Which language|語言/);
  await ada.says("/settings me zh-hans");
  await ada.hears(/已改/);
  await lin.presses(preview, /Open/);
  await court.posted(/🟢/);
  await ada.says("+2 oranges please");

  await ada.hears(/没有这个商品/);
});
