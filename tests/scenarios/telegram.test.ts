import { expect, onTestFinished, test } from "vitest";
import { hastyTelegram } from "../adapters/telegram/open.ts";
import { eventually } from "../support/eventually.ts";
import { startFakeTelegram } from "../support/fake-telegram/index.ts";
import { running } from "../support/scenario.ts";

test("a buy in a Telegram group: open, order, edit, close", async () => {
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  const group = telegram.group("Green Court");
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  const wang = group.user("王姐");
  await running([hastyTelegram(telegram)]);

  await ada.says("/open Fuji apples $3.50/kg, pears $4/kg");
  const preview = await ada.hears(/This is what I read/);
  await ada.presses(preview, "Open");
  const post = await group.hears(/🟢 Open/);
  const order = await lin.says("+2 apples");
  await telegram.until(() => order.marks.length > 0);
  await lin.edits(order, "+3 apples");
  await wang.says("pears 两斤");
  await wang.says("see you at 6pm");
  await eventually("the post shows what was ordered", () => /Fuji apples.*→ 3 kg[\s\S]*pears.*→ 1 kg/i.test(post.text));
  await ada.says("/close");

  const list = await group.hears(/final list/);
  expect(list.text).toMatch(/Lin: Fuji apples 3 kg = \$10\.50/);
  expect(list.text).toMatch(/王姐: pears 1 kg = \$4/i);
});

test("a question that the group had to see is gone when it is answered; a reaction is no answer", async () => {
  const telegram = await startFakeTelegram({ ephemeral: false });
  onTestFinished(() => telegram.close());
  const group = telegram.group("Green Court", { bot: "administrator" });
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  await running([hastyTelegram(telegram)]);
  await ada.says("/open red apples $3/kg, green apples $4/kg");
  await ada.presses(await group.hears(/This is what I read/), "Open");
  await group.hears(/🟢 Open/);

  await lin.says("+2 apples");
  const question = await group.hears(/Which one do you mean/);
  await (await lin.reacts(question, "👍")).confirmed;
  const other = await group.user("Mei").says("+1 green apples");
  await telegram.until(() => other.marks.includes("👍"));
  expect(question.deleted).toBe(false);
  const clear = await lin.says("+2 red apples");

  await telegram.until(() => clear.marks.includes("👍") && question.deleted);
});

test("where only a private chat is private, its buttons are those of the group", async () => {
  const telegram = await startFakeTelegram({ ephemeral: false });
  onTestFinished(() => telegram.close());
  const group = telegram.group("Green Court", { bot: "administrator" });
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  await running([hastyTelegram(telegram)]);
  await lin.writes("/start");
  await lin.hears(/From now on I can write to you here/);

  await ada.says("/open red apples $3/kg, green apples $4/kg");
  await ada.presses(await group.hears(/This is what I read/), "Open"); // by which it is learnt that nothing else is private
  const post = await group.hears(/🟢 Open/);
  await lin.says("+2 apples");
  const question = await lin.hears(/Which one do you mean/);
  expect(question.chat).toBe(lin.direct);
  await lin.presses(question, "red apples");

  await telegram.until(() => /red apples.*→ 2 kg/i.test(post.text));
});

test("the post has help under it, for each in their role", async () => {
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  const group = telegram.group("Green Court");
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  await running([hastyTelegram(telegram)]);
  await ada.says("/open apples $3/kg, closes in 3 hours");
  await ada.presses(await ada.hears(/This is what I read/), "Open");
  const post = await group.hears(/🟢 Open until .* · ⏳/);

  await lin.presses(post, "Help");
  await ada.presses(post, "Help");

  expect((await lin.hears(/To order, just write/)).text).not.toMatch(/\/close/);
  await ada.hears(/\/close/);
  expect(telegram.callsTo("sendMessage").find(({ args }) => String(args["text"]).includes("🟢"))?.args).toMatchObject({
    entities: [
      { type: "bold", offset: 0 },
      { type: "date_time", date_time_format: "r" },
    ],
  });
});

test("a photo post keeps its photo, whether it is opened as it is or by a reply to it", async () => {
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  const group = telegram.group("Green Court");
  const ada = group.user("Ada", { status: "creator" });
  const lin = group.user("Lin");
  await running([hastyTelegram(telegram)]);

  await ada.says("/open apples $3/kg", { photo: true });
  await ada.presses(await ada.hears(/🖼 .*apples/i), "Open");
  const apples = await group.until(({ text, more, fromBot }) => fromBot && more.photo !== undefined && /🟢/.test(text));
  await ada.says("/open", { replyTo: await lin.says("pears $4/kg", { photo: true }) });
  await ada.presses(await ada.hears(/🖼 .*pears/i), "Open");
  const pears = await group.until(({ text, more }) => more.photo !== undefined && /pears[\s\S]*🟢/i.test(text));
  await lin.says("+2", { replyTo: apples });
  await lin.says("+3", { replyTo: pears });

  await eventually("both show what was ordered", () => /→ 2 kg/.test(apples.text) && /→ 3 kg/.test(pears.text));
});
