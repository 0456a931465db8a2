import { describe, expect, test } from "vitest";
import { run } from "../../bot/cli/verify.ts";
import { plusone, subcommand } from "../support/command.ts";
import { copyDataFolder, withClient } from "../support/database.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { ownFolder, community as running, runningOn, wake } from "../support/scenario.ts";
import { minutesPass, nextSecond } from "../support/timers.ts";

const verify = (url: string, ...argv: readonly string[]) => subcommand(run, { DATABASE_URL: url }, ...argv);

/** A community that has ordered from two buys, one of them with little stock; the bot goes on running. */
async function community() {
  const { url, chat } = await running();
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $3.33/kg, 5+ at $3");
  await ada.says("1.5 kg apples, extra ripe");
  await ben.says("2 kg apples");
  await ben.says("for mum: 1 kg apples");
  await lin.says("/open Eggs $5 a box, only 3 boxes");
  await lin.presses(await lin.hears(/Eggs/), /Open/);
  await chat.posted(/Eggs/);
  await ada.says("+2 eggs");
  await ben.says("+2 eggs");
  return { url, chat, lin, ada, ben };
}

describe("plusone verify", () => {
  test("finds every row as it was said, of open, closed and cancelled buys, also after what came too late", async () => {
    const { url, chat, lin, ada } = await community();
    const eggs = chat.posts.find(({ text }) => /^Eggs/.test(text))!;
    const belated = ada.saying("5 eggs");
    const edited = ada.saying("1 kg apples");
    await chat.deliver(edited);
    const tooLate = ada.editing(chat.shown.find(({ id }) => id === edited.id)!, "9 kg apples");
    await lin.says("/close", { replyTo: eggs, at: nextSecond() });
    await chat.posted(/Eggs: the final list/);
    await chat.deliver(belated);
    await lin.says("/close", { at: nextSecond() });
    await chat.posted(/Apples: the final list/);
    await chat.deliver(tooLate);
    const pears = await lin.opens("Pears $4/kg");
    await ada.presses(pears, /\+1/);
    await lin.says("/cancel", { at: new Date(Date.now() - 5_000) });
    await lin.hears(/would call off Pears/);
    await lin.says("ok", { at: new Date(Date.now() - 4_000) });
    await chat.posted(/Pears is cancelled/);

    const { status, stdout } = await verify(url);

    expect(stdout).toBe("3 buys compared: all rows are what was said.\n");
    expect(status).toBe(0);
  });

  test("knows what a leader took onto a final list, and what counts since a buy was opened again", async () => {
    const { url, chat, lin, ada, ben } = await community();
    const eggs = chat.posts.find(({ text }) => /^Eggs/.test(text))!;
    await lin.says("/discount Ada 2 helped", { replyTo: eggs });
    await lin.presses(await lin.hears(/helped/), /Change/);
    await lin.says("/close", { replyTo: eggs });
    await chat.posted(/Eggs: the final list[\s\S]*helped/);
    const late = await ben.says("cancel eggs", { replyTo: eggs, at: nextSecond() });
    await lin.hears(/Ben wrote after/);
    await lin.says("/accept", { replyTo: late });
    const list = await chat.posted(/Corrected[\s\S]*Eggs: the final list/);
    const apples = chat.posts.find(({ text }) => /^Apples/.test(text))!;
    await lin.says("/close", { replyTo: apples });
    await chat.posted(/Apples: the final list/);
    await ada.says("9 kg apples", { replyTo: apples, at: nextSecond() });
    await lin.hears(/Ada wrote after/);
    await ben.says("#接龙\nApples\n1. Cai apples 2", { replyTo: apples, at: nextSecond() });
    await lin.hears(/Ben wrote after[\s\S]*Apples/);
    await lin.says("/reopen", { replyTo: apples });
    await lin.presses(await lin.hears(/Apples takes orders again/), /Take orders again/);
    await chat.posted(/Apples takes orders again/);

    const { stdout, status } = await verify(url);

    expect(list.text).toMatch(/helped/);
    expect(stdout).toBe("2 buys compared: all rows are what was said.\n");
    expect(status).toBe(0);
  });

  const corruptions = [
    {
      sql: `UPDATE line SET quantity = 9000 WHERE "itemNo" = 1 AND quantity = 1500`,
      says: /Ada, Apples: the row has 9 kg \(extra ripe\), what was said comes to 1\.5 kg \(extra ripe\)/,
      also: /Ada pays \$29\.97 by the rows, \$5 by what was said/,
      why: "another quantity",
    },
    {
      sql: `UPDATE line SET note = 'green' WHERE note IS NOT NULL`,
      says: /Ada, Apples: the row has 1\.5 kg \(green\)/,
      why: "another note",
    },
    {
      sql: `DELETE FROM line WHERE "forWhom" <> ''`,
      says: /Ben for mum, Apples: the row has nothing, what was said comes to 1 kg/,
      also: /Ben pays/,
      why: "a lost line",
    },
    {
      sql: `INSERT INTO line ("communityId", "buyId", "personId", "forWhom", "itemNo", quantity)
            SELECT "communityId", "buyId", "personId", 'nobody', "itemNo", 5000 FROM line WHERE "forWhom" <> ''`,
      says: /Ben for nobody, Apples: the row has 5 kg, what was said comes to nothing/,
      why: "a line that nobody said",
    },
    {
      sql: `UPDATE line SET quantity = 2000, waitlisted = 0 WHERE waitlisted > 0`,
      says: /Ben, Eggs: the row has 2 box, what was said comes to 1 box and 1 box waiting/,
      why: "more than there is",
    },
    {
      sql: `UPDATE tally SET booked = booked + 1000 WHERE booked = 4500`,
      says: /Apples in all: the tally has 5\.5 kg, what was said comes to 4\.5 kg/,
      also: /Ben pays \$9 by the rows, \$9\.99 by what was said/,
      why: "a tally that has drifted",
    },
    {
      sql: `DELETE FROM tally WHERE "itemNo" = 1`,
      says: /Apples in all: the tally has nothing, what was said comes to 4\.5 kg/,
      why: "a lost tally",
    },
    {
      sql: `INSERT INTO tally ("communityId", "buyId", "itemNo", booked)
            SELECT "communityId", "buyId", 9, 1000 FROM tally WHERE booked = 4500`,
      says: /item 9 in all: the tally has ×1, what was said comes to nothing/,
      why: "a tally of no item",
    },
    {
      sql: `UPDATE buy SET coupled = false WHERE coupled`,
      says: /Eggs .*\n {4}it is kept as if nobody's order could change another's, and by what was said it can/,
      why: "limited stock as if there were no limit",
    },
    {
      sql: `UPDATE tally SET people = 7 WHERE "itemNo" = 0`,
      says: /people who ordered: the tally has 7, by what was said it is 2/,
      why: "people who are none",
    },
    {
      sql: `DELETE FROM tally WHERE "itemNo" = 0`,
      says: /people who ordered: the tally has 0, by what was said it is 2/,
      why: "a count of people that is lost",
    },
    {
      sql: `UPDATE line SET "personId" = (SELECT id FROM person WHERE name = 'Lin') WHERE "forWhom" <> ''`,
      says: /Lin for mum, Apples: the row has 1 kg, what was said comes to nothing/,
      also: /Lin pays \$3\.33 by the rows, \$0 by what was said/,
      why: "somebody else's line",
    },
    {
      sql: `UPDATE tally SET waitlisted = 0 WHERE waitlisted > 0`,
      says: /Eggs in all: the tally has 3 box, what was said comes to 3 box and 1 box waiting/,
      why: "a waiting list that is forgotten",
    },
    {
      sql: `UPDATE line SET quantity = 3000 - quantity, waitlisted = 1000 - waitlisted WHERE quantity + waitlisted = 2000
              AND "buyId" IN (SELECT id FROM buy WHERE title = 'Eggs')`,
      says: /Ada, Eggs: the row has 1 box and 1 box waiting, what was said comes to 2 box/,
      also: /Ben, Eggs: the row has 2 box, what was said comes to 1 box and 1 box waiting/,
      why: "places on the waiting list that are swapped",
    },
  ];
  test("says in plain words where rows differ, and makes them anew, while the bot runs", async () => {
    const { url, chat, ada, lin } = await community();
    const before = await rows(url);
    for (const { sql, says, also = says, why } of corruptions) {
      await withClient(url, (client) => client.query(sql));

      const found = await verify(url);
      const mended = await verify(url, "--fix");

      expect(found.stdout, why).toMatch(says);
      expect(found.stdout, why).toMatch(also);
      expect(found.status, why).toBe(1);
      expect(mended.stdout, why).toMatch(/rebuilt from what was said/);
      expect(mended.status, why).toBe(0);
      expect(await rows(url), why).toEqual(before);
    }

    await ada.says("one more kg of apples");
    await lin.says("/tally", { replyTo: chat.posts.find(({ text }) => /^Apples/.test(text))! });
    await lin.hears(/→ 5\.5 kg/);
    expect((await verify(url)).status).toBe(0);
  });

  test("says which buy nothing will close, sets that right, and leaves codes that people were told", async () => {
    const { url, chat, lin, ada } = await community();
    const eggs = chat.posts.find(({ text }) => /^Eggs/.test(text))!;
    await lin.says("/close", { replyTo: eggs });
    await chat.posted(/Eggs: the final list/);
    await lin.says("/pickup lobby, tonight", { replyTo: eggs });
    await lin.presses(await lin.hears(/2 people/), /Send/);
    await ada.hears(/code/i);
    await minutesPass(url, 5);
    await withClient(url, async (client) => {
      await client.query(
        `UPDATE buy SET "closesAt" = now() - interval '1 minute', version = version + 1 WHERE title = 'Apples'`,
      );
      await client.query(`UPDATE timer SET state = 'pending', "dueAt" = now() + interval '1 day' WHERE kind = 'close'`);
      await client.query(
        `UPDATE "order" SET code = NULL WHERE "personId" = (SELECT id FROM person WHERE name = 'Ada')`,
      );
    });

    const found = await verify(url);
    const mended = await verify(url, "--fix");
    wake(url);

    expect(found.stdout).toMatch(/Apples .*\n {4}it closes at .*, and nothing waits to close it\n/);
    expect(found.stdout).toMatch(
      /Eggs .*\n {4}it is closed, and waits to be closed at .*\n {4}Ada was told of the pickup, and/,
    );
    expect(mended.stdout).toMatch(/2 rebuilt from what was said\. What people were told is left/);
    expect(mended.status).toBe(1);
    await chat.posted(/Apples: the final list/);
    expect((await verify(url)).stdout).toMatch(/1 differ\. What people were told/);
  });

  test("replays the whole log: from statements alone come the same rows", async () => {
    const { url } = await community();
    const before = await rows(url);
    await withClient(url, (client) => client.query(`DELETE FROM line; DELETE FROM tally`));

    await verify(url, "--fix");

    expect(await rows(url)).toEqual(before);
  });

  test("takes one buy by its number, and says what there is not", async () => {
    const { url } = await community();
    await withClient(url, (client) => client.query(`UPDATE tally SET booked = 0`));

    const one = await verify(url, "2");
    const wrong = await plusone({ DATABASE_URL: url }, "verify", "--mend");

    expect(one.stdout).toMatch(/^Eggs \(buy 2, open/);
    expect(one.stdout).toMatch(/1 buy compared, 1 differ/);
    await expect(verify(url, "77")).rejects.toThrow("There is no buy 77");
    expect(wrong).toMatchObject({ status: 1, stderr: expect.stringMatching(/--fix/) });
  });

  test("looks into the built-in database while the bot has it", async () => {
    const folder = ownFolder();
    await copyDataFolder(folder);
    const chat = new FakeChat();
    await runningOn(undefined, [chat], {}, folder);
    const lin = chat.person("Lin", { leader: true });
    await lin.opens("Apples $3/kg");
    await lin.says("I want 2 kg apples");

    const { status, stdout } = await plusone({ PLUSONE_DATA: folder }, "verify");

    expect(stdout).toBe("1 buy compared: all rows are what was said.\n");
    expect(status).toBe(0);
  });
});

async function rows(url: string) {
  return withClient(url, async (client) => {
    const all = async (sql: string) => (await client.query(sql)).rows as unknown[];
    return {
      lines: await all(`SELECT * FROM line ORDER BY "buyId", "personId", "forWhom", "itemNo", option`),
      coupled: await all(`SELECT id, coupled FROM buy ORDER BY id`),
      tallies: await all(`SELECT "buyId", "itemNo", booked, waitlisted, people FROM tally ORDER BY "buyId", "itemNo"`),
    };
  });
}
