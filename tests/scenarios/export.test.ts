import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run as exportBuy } from "../../bot/cli/export.ts";
import { subcommand } from "../support/command.ts";
import { eventually } from "../support/eventually.ts";
import { community, ownFolder } from "../support/scenario.ts";

test("the leader takes copies of a buy, whole, masked and for the supplier; nobody else does", async () => {
  const { url, chat } = await community();
  const [lin, ada] = [chat.person("Lin", { leader: true }), chat.person("Ada 502")];
  await lin.opens("Apples $5/kg, pears $6/kg");
  await ada.says("2 kg apples");

  await ada.says("/export");
  await ada.hears(/Only a leader/);
  await lin.says("/export csv");
  const orders = await lin.gets(/Orders.*\.csv$/);
  expect(orders.caption).toMatch(/no\. 1/);
  expect(new TextDecoder().decode(orders.data)).toMatch(/\r\n1,Ada 502,,Apples,,kg,2,2,,5\.00,10\.00,\r\n$/);
  await lin.says("/export csv masked");
  const masked = new TextDecoder().decode((await lin.gets(/Masked\.csv$/)).data);
  expect(masked).toContain("1,A** 5**,,Apples");
  expect(masked).not.toContain("Ada");

  await lin.says("/export the lot");
  const asked = await lin.hears(/“the lot”[\s\S]*\/export csv settlement/);
  await lin.presses(asked, /^XLSX$/);
  const workbook = await lin.gets(/\.xlsx$/);
  expect(String.fromCharCode(...workbook.data.slice(0, 2))).toBe("PK");

  await lin.says("/export 7");
  await lin.presses(await lin.hears(/There is no buy no\. 7 in this chat/), /^1\. Apples/);
  await eventually("the workbook once more", () => {
    return chat.given.filter(({ document }) => /\.xlsx$/.test(document.name)).length === 2;
  });
  await lin.says("/export 1 csv items");
  await lin.gets(/By-item\.csv$/);

  await lin.says("/close");
  await chat.posted(/final list/);
  await lin.says("/po csv");
  const order = new TextDecoder().decode((await lin.gets(/^Purchase-order-1-1\.csv$/)).data);
  expect(order).toBe("Item,Option,Ordered,Unit,Boxes,Per box\r\nApples,,2,kg,,\r\n");

  await ada.says("/tally picture");
  await ada.hears(/may use \/tally|Only/);
  await lin.says("/tally picture");
  const tally = await lin.gets(/\.png$/);
  expect(tally).toMatchObject({ isPicture: true, caption: expect.stringMatching(/no\. 1/) });
  expect(String.fromCharCode(...tally.data.slice(1, 4))).toBe("PNG");
  await lin.says("/pickup picture");
  await eventually("a second picture", () => chat.given.filter(({ document }) => document.isPicture).length === 2);
  expect(chat.given.filter(({ to }) => to !== lin.id)).toEqual([]);

  const file = join(ownFolder(), "copy.csv");
  const plusone = (...argv: string[]) => subcommand(exportBuy, { DATABASE_URL: url }, ...argv);
  expect(await plusone("1", "csv", "settlement", "masked", "--to", file)).toEqual({ status: 0, stdout: `${file}\n` });
  expect(readFileSync(file, "utf8")).toMatch(/\r\n1,A\*\* 5\*\*,10\.00,/);
  await expect(plusone("7")).rejects.toThrow("There is no buy 7.");
  await lin.says("/log");
  await lin.hears(/took a copy: .*Settlement-Masked\.csv/);
});
