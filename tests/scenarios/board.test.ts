import { expect, onTestFinished, test } from "vitest";
import type { Playground } from "../../adapters/web/index.ts";
import { run as boardLink } from "../../bot/cli/board.ts";
import { readConfig } from "../../bot/config.ts";
import { createLog } from "../../bot/log.ts";
import { start } from "../../bot/main.ts";
import { ask, Listening } from "../adapters/web/opened.ts";
import { BOARD_SETTINGS, BoardVisitor, fieldOf, formOf, linkOf } from "../support/board-visitor.ts";
import { subcommand } from "../support/command.ts";
import { FakeChat } from "../support/fake-chat.ts";
import { ownDatabase, ownFolder, running, runningOn } from "../support/scenario.ts";

/** A community with an open buy in which two have ordered, and where its board listens. */
async function openBuy(...others: readonly FakeChat[]) {
  const chat = new FakeChat();
  const [lin, ada, bo] = [chat.person("Lin", { leader: true }), chat.person("Ada 502"), chat.person("<b>Bo</b>")];
  const { board } = await running([chat, ...others], BOARD_SETTINGS);
  await lin.opens("Apples €5/kg, pears €6/kg");
  await ada.says("2 kg apples, 1 kg pears");
  await bo.says("+1 kg pears");
  return { chat, board: board!, lin, ada, bo };
}

/** The same when it has closed. */
async function closedBuy(...others: readonly FakeChat[]) {
  const all = await openBuy(...others);
  await all.lin.says("/close");
  await all.chat.posted(/final list/);
  return all;
}

/** The address of the first buy in the list, without its last part. */
async function buyOf(visitor: BoardVisitor): Promise<string> {
  return /\/board\/buys\/[0-9a-f-]{36}/.exec(await visitor.page("/board"))![0];
}

test("a leader enters by a link that opens once, sees the orders, and ticks what is packed", async () => {
  const { chat, board, lin, ada } = await openBuy();
  await lin.says("/item apples price 4");
  await lin.presses(await lin.hears(/€4 instead of €5/), /Change/);
  await lin.hears(/^Done/);
  await lin.says("/discount Ada 502 2 helped with the boxes");
  await lin.presses(await lin.hears(/Ada 502: −€2/), /Change/);
  await ada.hears(/Discount −€2/);
  await lin.says("/close");
  await chat.posted(/final list/);
  await ada.says("/board");
  await ada.hears(/Only/);

  const link = await linkOf(lin);
  const visitor = new BoardVisitor(board);
  const looks = [await visitor.get(link), await visitor.get(link)]; // a chat that makes a preview
  expect(looks.map(({ status }) => status)).toEqual([200, 200]);
  const entered = await visitor.enter(link);
  expect(entered.headers.get("location")).toBe("/board");
  expect(entered.headers.get("set-cookie")).toMatch(
    /^__Host-plusone-board=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  const again = await new BoardVisitor(board).enter(link);
  expect([again.status, await again.text()]).toEqual([410, expect.stringContaining("Write /board in the chat")]);
  expect((await new BoardVisitor(board).get("/board")).status).toBe(401);

  const buy = await buyOf(visitor);
  const orders = await visitor.page(`${buy}/orders`);
  expect(orders).toContain("Apples 2 kg");
  expect(orders).toContain("&lt;b&gt;Bo&lt;/b&gt;");
  expect(orders).not.toContain("<b>Bo</b>");
  expect(await (await visitor.press(orders, /The words behind it/)).text()).toContain("“+1 kg pears”");
  const why = await (await visitor.press(orders.slice(orders.indexOf("Ada 502")), /The words behind it/)).text();
  for (const page of [orders, why]) {
    expect(page).toMatch(/Price −€1: Apples: €4 instead of €5/);
    expect(page).toMatch(/Discount −€2: helped with the boxes/);
    expect(page.match(/by Lin/g)).toHaveLength(2);
  }

  const pack = await visitor.page(`${buy}/pack`);
  expect(pack).toContain("0 of 3 packed");
  expect((await visitor.press(pack, /Apples 2 kg/)).status).toBe(303);
  const packed = await visitor.page(`${buy}/pack?by=item`);
  expect(packed).toContain("1 of 3 packed");
  expect((await visitor.press(packed, /Ada 502 2 kg/)).status).toBe(303);
  expect(await visitor.page(`${buy}/pack?by=door`)).toContain("0 of 3 packed");

  const tag = (await visitor.get(`${buy}/pack`)).headers.get("etag")!;
  expect((await visitor.get(`${buy}/pack`, { "if-none-match": tag })).status).toBe(304);
  const fields = formOf(pack, /Apples 2 kg/).fields;
  await visitor.send(`${buy}/tick`, fields);
  expect((await visitor.get(`${buy}/pack`, { "if-none-match": tag })).status).toBe(200);
  expect((await visitor.send(`${buy}/tick`, { ...fields, quantity: "3000" })).status).toBe(409);
  expect((await visitor.send(`${buy}/tick`, { ...fields, token: "x" })).status).toBe(403);
  const elsewhere = { origin: "https://elsewhere.example" };
  expect((await visitor.send(`${buy}/tick`, fields, elsewhere)).status).toBe(403);
});

test("from the counts to the money: everything goes the way of the commands, once, and is in the log", async () => {
  const { board, lin, ada } = await closedBuy();
  const visitor = await BoardVisitor.of(lin, board);
  const buy = await buyOf(visitor);

  const goods = await visitor.page(`${buy}/goods`);
  const [apples, pears] = [fieldOf(goods, "Apples: Came"), fieldOf(goods, "pears: Came")];
  const preview = await (await visitor.press(goods, /Compare/, { [apples]: "2", [pears]: "1,5" })).text();
  expect(preview).toMatch(/pears.*1\.5 kg/);
  await lin.says("ok"); // in the chat, to somebody else
  expect(await visitor.page(`${buy}/goods`)).not.toContain('value="1.5"'); // nothing is noted before the yes
  const noted = await (await visitor.press(preview, /^<button>(?!Leave)/)).text();
  expect(noted).toContain("pears came short");
  expect(await visitor.page(`${buy}/goods`)).toContain('value="1.5"');
  expect(await visitor.page(`${buy}/pack`)).toContain("0.5 kg too little");

  const pickup = await visitor.page(`${buy}/pickup`);
  const { action, fields } = formOf(pickup.slice(pickup.indexOf("Ada 502")), /Hand over/);
  const twice = await Promise.all([visitor.send(action, fields), visitor.send(action, fields)]);
  const answers = await Promise.all(twice.map((each) => each.text()));
  expect(answers.filter((each) => each.includes("Ada 502 has collected"))).toHaveLength(1);
  expect(await visitor.page(`${buy}/pickup`)).toContain("1 collected");

  const money = await visitor.page(`${buy}/money`);
  await lin.says("/pay set sepa DE89 3704 0044 0532 0130 00 Lin Wang");
  await lin.hears(/DE89/);
  const bill = await (await visitor.press(money.slice(money.indexOf("Ada 502")), /Show the bill/)).text();
  expect(bill).toMatch(/Your order|Ada 502|€16/);
  expect(bill).toMatch(/<img class="qr" alt="Scan to pay" src="data:image\/png;base64,/);
  const few = { [apples]: "2x" };
  expect(await (await visitor.press(goods, /Compare/, few)).text()).toContain("I cannot read “2x” as a number");
  const bo = money.slice(money.indexOf("Bo&lt;"));
  expect(await (await visitor.press(bo, /Mark paid/, { amount: "Ada" })).text()).toContain("Nothing was done");
  const door = await (await visitor.press(bo, /Mark paid/, { amount: "502" })).text(); // Ada's door
  expect(door).toContain("Bo&lt;");
  expect(door).toContain("€496 is then too much");
  expect(door).not.toContain("Ada");
  const part = await (await visitor.press(money.slice(money.indexOf("Ada 502")), /Mark paid/, { amount: "10" })).text();
  expect(part).toMatch(/Ada 502 has €16 of .* still to pay. You note that €10 is paid.\n€6 stays open/);
  expect(await visitor.page(`${buy}/money`)).not.toContain("Paid €");
  const marked = await (await visitor.press(part, /Note it/)).text();
  expect(marked).toContain("Ada 502 is marked as paid");
  expect(await visitor.page(`${buy}/money`)).toContain("Paid €10");
  expect(await (await visitor.press(marked, /Undo/)).text()).toContain("Taken back: Ada 502");
  const open = await visitor.page(`${buy}/money`);
  expect(open).not.toContain("Paid €");
  const all = await (await visitor.press(open.slice(open.indexOf("Ada 502")), /Mark paid/)).text();
  expect(all).toContain("Marked as paid: €16 of €16");
  const more = await (await visitor.press(open.slice(open.indexOf("Bo&lt;")), /Mark paid/, { amount: "20" })).text();
  expect(more).toContain("€14 is then too much");
  const bos = await (await visitor.press(open.slice(open.indexOf("Bo&lt;")), /Mark paid/)).text();
  expect(await (await visitor.press(more, /Note it/)).text()).toContain(
    "has to pay for Apples / pears has changed meanwhile",
  );
  await visitor.press(bos, /Undo/);
  const anew = await (
    await visitor.press(open.slice(open.indexOf("Bo&lt;")), /Mark paid/, { key: "2", amount: "20" })
  ).text();
  await visitor.press(anew, /Note it/);
  const over = await visitor.page(`${buy}/money`);
  const back = await (await visitor.press(over.slice(over.indexOf("Bo&lt;")), /Give €14 back/)).text();
  expect(back).toContain("has paid €14 too much");
  await visitor.press(back, /Given back/);
  expect(await visitor.page(`${buy}/money`)).not.toContain("too much");

  const files = await visitor.page(`${buy}/files`);
  const file = await visitor.press(files, /^<button[^>]*>CSV/);
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename\*=UTF-8''.*\.csv$/);
  expect(await file.text()).toContain("Ada 502,,Apples");
  const log = await (await visitor.press(files, /What was done/)).text();
  for (const deed of [/Ada 502.*collected|collected.*Ada 502/, /paid.*Ada 502|Ada 502.*paid/, /took a copy/]) {
    expect(log).toMatch(deed);
  }
  await lin.says("/undo");
  await lin.hears(/<b>Bo<\/b>/);
  await ada.says("/my");
});

test("what is short is shared out by hand, pieces are weighed, a part is handed over, a complaint is answered", async () => {
  const { board, lin, ada } = await closedBuy();
  const visitor = await BoardVisitor.of(lin, board);
  const buy = await buyOf(visitor);
  const goods = await visitor.page(`${buy}/goods`);
  expect(goods).not.toContain("Came short");
  const answer = async (pressed: Promise<Response>) => (await pressed).text();
  const counted = await answer(visitor.press(goods, /Compare/, { [fieldOf(goods, "pears: Came")]: "1.5" }));
  await visitor.press(counted, /Note it/);

  const short = await visitor.page(`${buy}/goods`);
  expect(short).toContain("pears: 1.5 kg to share out");
  const toShare = short.slice(short.indexOf("Came short"));
  const gets = (person: string) => fieldOf(short, `${person}, pears: Gets`);
  const press = (page: string, label: RegExp, fields = {}) => answer(visitor.press(page, label, fields));
  expect(await press(toShare, /first come/i)).toMatch(/&lt;b&gt;Bo&lt;\/b&gt;: pears: 0 kg of 1 kg, €6 back/);
  const byHand = /^<button>Show me first/;
  expect(await press(toShare, byHand)).toContain("Nothing was filled in");
  expect(await press(toShare, byHand, { [gets("Ada 502")]: "1.2" })).toContain("Ada 502 has ordered 1 kg");
  const shared = await press(toShare, byHand, { [gets("Ada 502")]: "0,5" });
  expect(shared).toMatch(/Ada 502: pears: 0.5 kg of 1 kg, €3 back/);
  expect(await press(shared, /Share out/)).toContain("get less and will hear it");

  const weights = await visitor.page(`${buy}/goods`);
  expect(weights).toContain("Take the sharing back");
  const apples = weights.slice(weights.indexOf("Apples: 0 of 1 weighed"));
  const weight = fieldOf(weights, "Ada 502, Apples: Weight");
  expect(await press(apples, byHand, { [weight]: "a lot" })).toContain("I cannot read “a lot” as a number");
  const weighed = await press(apples, byHand, { [weight]: "2.2" });
  expect(weighed).toContain("Ada 502: Apples: 2.2 kg for 2 kg, +€1");
  await visitor.press(weighed, /Note it/);
  await ada.hears(/goods of .* were weighed/);
  expect(await visitor.page(`${buy}/goods`)).toContain("weighs 2.2 kg");

  const pickup = await visitor.page(`${buy}/pickup`);
  const waiting = pickup.slice(pickup.indexOf("Ada 502"));
  const handed = await press(waiting.slice(waiting.indexOf("Only a part")), /Hand over/, {
    [fieldOf(pickup, "Ada 502, Apples: or so much of it")]: "1",
    "all:2:": "0.5",
  });
  expect(handed).toContain("◐ Ada 502 has collected pears 0.5 kg, Apples 1 kg");
  const rest = await visitor.page(`${buy}/pickup`);
  expect(rest).toMatch(/Ada 502[\s\S]*• Apples 1.2 kg<[\s\S]*a part is collected/);
  expect(rest).toContain("2 still to come");
  const tooMuch = { [fieldOf(rest, "Ada 502, Apples: or so much of it")]: "1.3" };
  const again = rest.slice(rest.indexOf("Ada 502"));
  expect(await press(again.slice(again.indexOf("Only a part")), /Hand over/, tooMuch)).toContain("not so much left");
  await visitor.press(again, /^<button class="quiet">Undo/);
  expect(await visitor.page(`${buy}/pickup`)).toContain("• Apples 2.2 kg");

  await ada.says("/issue apples, 1 was <b>bad</b>");
  await lin.hears(/#1 Ada 502/);
  const problems = await visitor.page(`${buy}/problems`);
  expect(problems).toContain("apples, 1 was &lt;b&gt;bad&lt;/b&gt;");
  const decide = formOf(problems, /Refund €5/);
  const why = { reason: "you are right" };
  const declined = await visitor.send(decide.action, { ...decide.fields, decision: "declined" });
  expect(await declined.text()).toContain("Why not?");
  const refund = { ...decide.fields, decision: /value="(refund\.\d+)"/.exec(problems)![1]!, ...why };
  expect(await (await visitor.send(decide.action, refund)).text()).toMatch(/already|decided|Refunded: €5/);
  await ada.hears(/€5 goes back to you[\s\S]*you are right/);
  expect(await visitor.page(`${buy}/problems`)).toMatch(/0 to decide[\s\S]*refunded: you are right/);
});

test("where nothing can be said to one person alone, the link is given in private or on the server, never in the room", async () => {
  const chat = new FakeChat({ alone: false });
  const lin = chat.person("Lin", { leader: true });
  const url = await ownDatabase();
  const { board } = await runningOn(url, [chat], BOARD_SETTINGS);
  await lin.opens("Apples €5/kg");

  await lin.says("/board");
  await lin.hears(/Write to me in private/);
  expect(chat.shown.filter(({ text }) => text.includes("/board/enter/"))).toEqual([]);
  await lin.writes("/board");
  const { text } = await lin.hears(/board\.example\.org/);
  const first = new BoardVisitor(board!);
  expect((await first.enter(new URL(/https:\S+/.exec(text)![0]).pathname)).status).toBe(303);

  const { status, stdout } = await subcommand(boardLink, { DATABASE_URL: url, ...BOARD_SETTINGS });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^For Lin, Garden Court\./)]);
  const visitor = new BoardVisitor(board!);
  expect((await visitor.enter(new URL(/https:\S+/.exec(stdout)![0]).pathname)).status).toBe(303);
  expect(await visitor.page("/board")).toContain("Apples");
  await expect(subcommand(boardLink, { DATABASE_URL: url, ...BOARD_SETTINGS }, "9")).rejects.toThrow("no buy 9");
  const noAddress = subcommand(boardLink, { DATABASE_URL: url, PLUSONE_PLAYGROUND: "off" });
  await expect(noAddress).rejects.toThrow("The board has no address");
});

test("who is no helper any more is out, a helper sees no files, and other communities are not there", async () => {
  const elsewhere = new FakeChat({ platform: "elsewhere", id: "g2", title: "Elm Street" });
  const { board, lin, ada } = await closedBuy(elsewhere);
  const mia = elsewhere.person("Mia", { leader: true });
  await mia.opens("Honey $9");
  const neighbour = await BoardVisitor.of(mia, board);
  await lin.says("/leader helper Ada 502");
  await ada.hears(/you help here now/);
  const helper = await BoardVisitor.of(ada, board);
  const leader = await BoardVisitor.of(lin, board);
  const buy = await buyOf(leader);

  expect(await helper.page(`${buy}/pack`)).toContain("0 of 3 packed");
  expect(await helper.page(`${buy}/orders`)).not.toContain("The words behind it");
  const token = formOf(await helper.page(`${buy}/pack`), /Log out/).fields["token"]!;
  const refused = [
    (await helper.get(`${buy}/files`)).status,
    (await helper.send(`${buy}/do`, { what: "export", as: "csv", token, key: "1" })).status,
    (await leader.get(`${buy.replace(/[0-9a-f]{4}$/, "0000")}/orders`)).status,
    (await leader.get("/board/elsewhere")).status,
    (await neighbour.get(`${buy}/pack`)).status,
    (await leader.get(`${await buyOf(neighbour)}/orders`)).status,
  ];
  expect(refused).toEqual([404, 404, 404, 404, 404, 404]);

  await lin.says("/leader remove Ada 502");
  await ada.hears(/no role here any more/);
  expect((await helper.get(`${buy}/pack`)).status).toBe(401);
  const left = await leader.press(await leader.page("/board"), /Log out/);
  expect([left.status, (await leader.get("/board")).status]).toEqual([200, 401]);
});

test("every route is shut to who is not in, and every answer carries the same headers", async () => {
  const { board, lin } = await closedBuy();
  const leader = await BoardVisitor.of(lin, board);
  const stranger = new BoardVisitor(board);
  const buy = await buyOf(leader);
  const { token } = formOf(await leader.page("/board"), /Log out/).fields as { token: string };
  const pages = [
    "",
    "/elsewhere",
    ...["orders", "goods", "pack", "pickup", "money", "problems", "files"].map((tab) => `${buy.slice(6)}/${tab}`),
  ];
  const posts = [`${buy}/do`, `${buy}/tick`, "/board/press", "/board/link", "/board/leave"];

  for (const path of pages) {
    const looked = await stranger.get(`/board${path}`);
    expect([path, looked.status]).toEqual([path, path === "/elsewhere" ? 404 : 401]);
    expect(looked.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect([looked.headers.get("x-content-type-options"), looked.headers.get("cache-control")]).toEqual([
      "nosniff",
      "no-store",
    ]);
    expect(await looked.text()).not.toContain("Apples");
  }
  for (const path of posts) {
    const statuses = [
      (await stranger.send(path, { token, key: "1" })).status,
      (await leader.send(path, { key: "1" })).status,
      (await leader.send(path, { token, key: "1" }, { origin: "https://elsewhere.example" })).status,
      (await leader.send(path, { token, key: "1" }, { origin: "null" })).status,
      (await leader.get(path)).status,
    ];
    expect([path, ...statuses]).toEqual([path, 401, 403, 403, 403, 404]);
  }
  expect((await leader.send(`${buy}/do`, { token, what: "constructor" })).status).toBe(404);
  const back = await leader.send("/board/press", { token, key: "1", data: "x", back: "https://elsewhere.example" });
  expect(await back.text()).not.toContain("elsewhere.example");
  // The rest of what is too long is not read, so this connection ends with it.
  expect((await leader.send(`${buy}/do`, { token, text: "x".repeat(200_000) })).status).toBe(413);
});

test("a pasted chain is read, shown and booked once; the playground carries the board too", async () => {
  const log = createLog({ level: "silent" });
  const settings = { DATABASE_URL: await ownDatabase(), PLUSONE_DATA: ownFolder(), PLUSONE_PORT: "0" };
  const plusone = await start(readConfig(settings), { log });
  onTestFinished(() => plusone.stop());
  const url = plusone.playground!;
  const listening = await Listening.to({ url } as Playground);
  onTestFinished(() => listening.stop());
  const word = (pattern: RegExp) =>
    listening.until((event) =>
      event.type === "message" && pattern.test(event.message.text) ? event.message : undefined,
    );
  const say = (text: string) =>
    ask({ url } as Playground, "say", { key: crypto.randomUUID(), person: "p1", text, language: "en" });
  await say("/open Apples $5/kg");
  const { id, buttons } = await word(/This is what I read/);
  await ask({ url } as Playground, "press", { person: "p1", message: id, data: buttons![0]![0]!.data, language: "en" });
  await word(/Open/);
  await say("/board");
  const { text } = await word(/\/board\/enter\//);
  const visitor = new BoardVisitor(url, url);
  const entered = await visitor.enter(new URL(/http:\S+/.exec(text)![0]).pathname);
  expect(entered.headers.get("set-cookie")).toMatch(
    /^plusone-board=[\w-]{43}; Max-Age=604800; Path=\/board; HttpOnly; SameSite=Lax$/,
  );

  const buy = await buyOf(visitor);
  const files = await visitor.page(`${buy}/files`);
  const chain = "#接龙\nApples\n1. Mei 2 kg\n2. 老张 3 kg";
  const preview = await (await visitor.press(files, /Read it/, { text: chain })).text();
  expect(preview).toMatch(/Mei.*2 kg/);
  expect(await visitor.page(`${buy}/orders`)).not.toContain("Mei");
  const yes = formOf(preview, /^<button>(?!Leave)/);
  const twice = await Promise.all([visitor.send(yes.action, yes.fields), visitor.send(yes.action, yes.fields)]);
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  const orders = await visitor.page(`${buy}/orders`);
  expect(orders).toContain("5 kg");
  expect(orders.match(/Mei/g)).toHaveLength(1);
});
