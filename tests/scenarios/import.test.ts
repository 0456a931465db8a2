import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run as importFile } from "../../bot/cli/import.ts";
import { run as verify } from "../../bot/cli/verify.ts";
import { plusone, subcommand } from "../support/command.ts";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { community, ownFolder, scenario } from "../support/scenario.ts";

test("a pasted chain is shown, booked at a yes, and comes back to go on with; later only what is new is booked", async () => {
  const chat = await scenario({ PLUSONE_LANGUAGE: "zh-hans" });
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  const post = await lin.opens("苹果 5元/斤，梨 6元/斤");
  await ada.says("苹果1斤");

  await ada.says("/import #接龙\n1. 王姐 苹果2");
  await ada.hears(/只有团长|团长/);
  await lin.says("/import #接龙\n水果团\n\n1. 王姐 苹果2\n2. 阿罗 梨1\n3. 302 苹果两三斤");
  const shown = await lin.hears(/您贴的内容会这样记/);
  expect(shown.text).toMatch(/新增\n\+ 王姐：苹果 2斤\n\+ 阿罗：梨 1斤/);
  expect(shown.text).toMatch(/⚠️ 302：“302 苹果两三斤”我看不懂/);
  expect(shown.text).toMatch(/• 苹果 3斤\n• 梨 1斤/);
  expect(post.text).not.toMatch(/苹果[^\n]*3斤/);
  await lin.presses(shown, /记下/);
  await lin.hears(/已记下：3人/);
  await lin.hears(/^#接龙\n水果团\n\n1\. 王姐 苹果2\n2\. 阿罗 梨1\n3\. 302 苹果两三斤$/);
  await eventually("the post shows it", () => /苹果[^\n]*→ 3斤/.test(post.text));

  await lin.says("导入\n#接龙\n水果团\n\n1. 王姐 苹果3\n2. 阿罗 梨1\n3. 302 苹果1\n4. 小李 梨2");
  const more = await lin.hears(/会这样记/);
  expect(more.text).toMatch(
    /新增\n\+ 302：苹果 1斤\n\+ 小李：梨 2斤\n\n有改动\n± 王姐：苹果 2斤 → 苹果 3斤\n\n1人不变/,
  );
  await lin.says("ok");
  await lin.hears(/已记下：3人/);
  await lin.says("/名单");
  const list = await lin.hears(/^苹果 \/ 梨\n1\./);
  expect(list.text).toMatch(/Ada：苹果 1斤[\s\S]*302：苹果 1斤|302：苹果 1斤[\s\S]*Ada：苹果 1斤/);
  expect(list.text.match(/王姐/g)).toHaveLength(1);

  await lin.says("/import #接龙\n水果团\n\n1. 王姐 苹果3\n2. 阿罗 梨1\n3. 302 苹果1\n4. 小李 梨2");
  await lin.hears(/4人不变\n\n没有新的要记/);
});

test("one buy spans this chat and a pasted one, with one stock: nobody loses what they have", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.opens("Eggs $5/tray, only 5");
  await ada.says("2 trays of eggs");

  await lin.says("/import\nWa\u202eng:\neggs 2\n\nBo:\neggs 2\n\nAda:\nthank you");
  const shown = await lin.hears(/what your paste would book/);
  expect(shown.text).toMatch(/\+ Wang: Eggs 2 tray\n\+ Bo: Eggs 1 tray \(\+ 1 tray waiting\)/i);
  await lin.presses(shown, /Book it/);
  await lin.hears(/Booked for 2 people/);

  await ada.says("/my");
  await ada.hears(/Eggs 2 tray/i);
  await ada.says("eggs -1");
  await lin.says("/list");
  expect((await lin.hears(/Bo/)).text).toMatch(/Bo: Eggs 2 tray =/i);
});

test("who bears a member's name is counted apart, and the leader hears so; a member's own line is left to them", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg");
  await ada.says("2 kg");
  const own = await ada.says("#Group Note\nApples\n1. Ada 2 kg\n2. mum 1 kg");

  await lin.says("/import", { replyTo: own });
  await lin.hears(/was counted when it was posted/);
  await lin.says("/import #Group Note\nApples\n1. Ada 9 kg\n2. Lin 1 kg");
  const shown = await lin.hears(/would book/);
  expect(shown.text).toMatch(/Ada orders here too: “Ada 9 kg” is not booked/);
  expect(shown.text).toMatch(/Lin is also the name of somebody in this chat/);
  await lin.presses(shown, /Leave/);
  await lin.hears(/Left as it is/);
  await lin.says("/my");
  await lin.hears(/no order/);
});

test("what changed between the question and the yes is shown again; a second delivery of the yes books nothing more", async () => {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  const bo = chat.person("Bo", { leader: true });
  await lin.opens("Apples $5/kg");
  await lin.says("/import #Group Note\nApples\n1. Wang 2 kg\n2. Luo 1 kg");
  const first = await lin.hears(/would book/);
  await bo.says("/import #Group Note\nApples\n1. Wang 4 kg");
  const second = await bo.hears(/would book/);
  const yes = bo.pressing(second, /Book/);
  await chat.deliver(yes);
  await chat.deliver(yes);
  await bo.hears(/Booked for 1 person/);

  await lin.presses(first, /Book/);
  await lin.hears(/Something has changed meanwhile[\s\S]*± Wang: Apples 4 kg → Apples 2 kg/);
  await lin.says("no");
  await lin.hears(/Left/);

  await lin.says("/list");
  expect((await lin.hears(/Wang/)).text).toMatch(/^1\. Wang: Apples 4 kg = \$20$/m);
  expect(bo.heard(/Booked/)).toBe(1);
  const statements = await withClient(url, (client) => client.query(`SELECT 1 FROM statement`));
  expect(statements.rowCount).toBe(1);
});

test("a paste that does not tell who said what, and one after the closing, book nothing and say what to do", async () => {
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  await lin.says("/import Wang: 2 apples");
  await lin.hears(/Nothing is open/);
  await lin.opens("Apples $5/kg, pears $6/kg");

  await lin.says("/import");
  await lin.hears(/I can't tell who said what[\s\S]*\/import\nMrs Lee: Apples \+1/);
  await lin.says("/import 2 kg apples");
  await lin.hears(/I can't tell who said what/);
  await lin.says(`/import Wang: 2 kg apples\n${"thank you all\n".repeat(287)}`);
  await lin.hears(/its end may be missing[\s\S]*\+ Wang: Apples 2 kg/);
  await lin.says("no");
  await lin.says("/import Wang: 2 kg apples");
  const shown = await lin.hears(/would book/);
  await lin.says("/close");
  await chat.deliver({ ...lin.pressing(shown, /Book/), pressedAt: new Date(Date.now() + 2_000) });
  await lin.hears(/takes no orders any more/);
});

test("the terminal takes a transcript: an edit in a later one changes what was booked, and all rows are what was said", async () => {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  await lin.opens("Apples $5/kg");
  const file = join(ownFolder(), "chat.jsonl");
  const settings = { DATABASE_URL: url };
  const imported = async (...more: readonly string[]) =>
    (await subcommand(importFile, settings, file, "--yes", ...more)).stdout;
  const said = [
    { at: "2026-11-21T20:00:00+08:00", chat: "w", id: "1", from: "a", name: "Wang", text: "2 kg apples" },
    { at: "2026-11-21T20:01:00+08:00", chat: "w", id: "2", from: "b", name: "Luo", text: "1 kg apples" },
    {
      at: "2026-11-21T20:01:30+08:00",
      chat: "w",
      id: "3",
      from: "l",
      name: "Boss",
      text: "we're at 3 kg",
      leader: true,
    },
  ];
  const later = [
    { at: "2026-11-21T20:02:00+08:00", chat: "w", edit: "1", text: "4 kg apples" },
    { at: "2026-11-21T20:03:00+08:00", chat: "w", recall: "2" },
  ];
  const write = (rows: readonly object[]) => {
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join("\n"));
  };

  write(said);
  const asked = await plusone(settings, "import", file);
  expect(asked).toMatchObject({ status: 1, stdout: expect.stringMatching(/\+ Wang: Apples 2 kg[\s\S]*Left as it is/) });
  expect(await imported("--buy", "1")).toMatch(/Booked for 2 people/);
  write([...said, ...later]);
  expect(await imported()).toMatch(/± Wang: Apples 2 kg → Apples 4 kg\n± Luo: Apples 1 kg → –/);
  expect(await imported()).toMatch(/nothing new/);

  write(said); // an old copy
  expect(await imported()).toMatch(/Wang: “2 kg apples” was said before/);

  await lin.says("/list");
  await lin.hears(/^1\. Wang: Apples 4 kg = \$20\n\nTotal: \$20/m);
  expect((await subcommand(verify, settings)).stdout).toMatch(/all rows are what was said/);
  await expect(imported("--buy", "7")).rejects.toMatchObject({
    message: "No buy 7 is open.",
    advice: expect.stringMatching(/^A leader/),
  });
});
