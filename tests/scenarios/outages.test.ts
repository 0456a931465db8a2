import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { PrismaStore } from "../../prisma/store.ts";
import { copyDataFolder, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { community, ownFolder, runningOn, scenario } from "../support/scenario.ts";

test("PostgreSQL is killed in the middle of a buy: what is said meanwhile arrives, and the buy closes", async () => {
  const folder = ownFolder();
  await copyDataFolder(folder);
  const chat = new FakeChat();
  await runningOn(undefined, [chat], {}, folder);
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $5/kg");
  await ada.says("+2 apples");

  const killed = serverOf(folder);
  process.kill(killed, "SIGKILL");
  const meanwhile = [ada.says("one more apple"), ben.says("4 kg apples"), ada.says("/my"), ben.says("/my")];
  await Promise.all(meanwhile);
  await lin.says("/close");
  const list = await chat.posted(/final list/);

  expect(serverOf(folder)).not.toBe(killed);
  expect(list.text).toMatch(/Apples 7 kg[\s\S]*Ada: Apples 3 kg[\s\S]*Ben: Apples 4 kg/);
  expect(chat.posts.filter(({ text }) => /final list/.test(text))).toHaveLength(1);
  await ada.hears(/Apples 3 kg/);
  expect(ada.heard(/Apples 3 kg/)).toBe(1);
});

test("the queue is emptied before a closing: the buy closes all the same", async () => {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg, closes in 3 hours");
  await ada.says("+2 apples");

  await eventually("the closing is in the queue", async () => (await emptyQueue(url)) > 0);
  await withClient(url, (client) => client.query(`UPDATE timer SET "dueAt" = now() WHERE kind = 'close'`)); // nobody is told
  const list = await chat.posted(/final list/);

  expect(list.text).toMatch(/Ada: Apples 2 kg/);
});

test("every commit's reply is lost once: everything happens once all the same", async () => {
  let losses = 0;
  for (const method of ["record", "change"] as const) {
    const real = PrismaStore.prototype[method] as (work: never) => Promise<unknown>;
    let isSecond = false;
    vi.spyOn(PrismaStore.prototype, method).mockImplementation(async function (this: PrismaStore, work: never) {
      const result = await real.call(this, work);
      isSecond = !isSecond;
      if (!isSecond) return result;
      losses += 1;
      throw new Error("Connection terminated unexpectedly");
    } as never);
  }
  onTestFinished(() => void vi.restoreAllMocks());
  const chat = await scenario();
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");

  const post = await lin.opens("Apples $5/kg, pears $6/kg");
  const order = await ada.says("+2 apples");
  await ada.presses(post, /\+1 pears/);
  await ada.edits(order, "+3 apples");
  await lin.says("/open Plums $7/kg");
  await lin.presses(await lin.hears(/Plums/), /Drop/);
  await lin.hears(/Dropped/);
  await lin.says("/close");
  await lin.hears(/is closed/);
  const list = await chat.posted(/final list/);

  expect(list.text).toMatch(/Ada: Apples 3 kg, pears 1 kg/);
  expect(chat.posts).toHaveLength(2);
  expect(losses).toBeGreaterThan(6);
});

/** Pid of the server that runs on a folder. */
function serverOf(folder: string): number {
  return Number(readFileSync(join(folder, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
}

/** @returns how many jobs were in it */
function emptyQueue(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ jobs: number }>(
      "SELECT count(*)::int AS jobs FROM bullmq.job WHERE name = 'alarm'",
    );
    const jobs = rows[0]?.jobs ?? 0;
    if (jobs > 0) await client.query("TRUNCATE bullmq.job CASCADE");
    return jobs;
  });
}

test("a message for which the database takes too long each time is set apart; what others say counts, and a leader hears", async () => {
  const { url, chat } = await community();
  const lin = chat.person("Lin", { leader: true });
  const [ada, ben] = [chat.person("Ada"), chat.person("Ben")];
  await lin.opens("Apples $5/kg");
  await withClient(url, (client) => client.query(GIVES_UP));

  await Promise.all([ada.says("2 kg apples"), ben.says("66 kg apples"), lin.says("1 kg apples")]);
  await ben.says("3 kg apples");

  await ben.hears(/Something went wrong/);
  await lin.hears(/message by Ben could not be handled/);
  await lin.says("/close");
  await chat.posted(/final list[\s\S]*Apples 6 kg/);
  const parked = await withClient(url, (client) => client.query("SELECT event->>'text' AS text FROM parked"));
  expect(parked.rows).toEqual([{ text: "66 kg apples" }]);
});

/** The database ends the statement that stores those words, as if it had taken too long. */
const GIVES_UP = `
  CREATE FUNCTION give_up() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'canceling statement due to statement timeout' USING ERRCODE = '57014';
  END $$;
  CREATE TRIGGER give_up BEFORE INSERT ON statement FOR EACH ROW WHEN (NEW.text = '66 kg apples') EXECUTE FUNCTION give_up()`;
