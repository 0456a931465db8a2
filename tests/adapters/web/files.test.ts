import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Playground } from "../../../adapters/web/index.ts";
import { built } from "../../support/database.ts";
import { dataFolder, Listening, playgroundIn } from "./opened.ts";

let folder: Awaited<ReturnType<typeof dataFolder>>;
let playground: Playground;

beforeEach(async () => {
  await built();
  folder = await dataFolder();
  playground = playgroundIn(folder.path);
  await playground.start(async () => {});
});
afterEach(async () => {
  await playground.stop();
  await folder.remove();
});

const data = Uint8Array.from({ length: 10_000 }, (_, index) => index % 251);

/** Gives Lin a file. @returns its key */
async function give(more: { name: string; isPicture?: true }): Promise<string> {
  await playground.giveDocument!({ chat: "playground", to: "p1" }, { data, caption: "The list", ...more });
  const page = await Listening.to(playground);
  const chat = await page.until((event) => (event.type === "chat" ? event : undefined));
  page.stop();
  const message = chat.messages.at(-1);
  expect(message).toMatchObject({ to: "p1", text: "The list", file: { name: more.name } });
  return message!.file!.key;
}

test("a file is for one person, and comes byte by byte under its name, to be kept", async () => {
  const key = await give({ name: "名单 1.xlsx" });

  const response = await fetch(`${playground.url}/files/${key}`);

  expect(new Uint8Array(await response.arrayBuffer())).toEqual(data);
  expect(response.headers.get("content-type")).toBe("application/octet-stream");
  expect(response.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95%201.xlsx");
});

test("a picture is shown, and nothing else is", async () => {
  const key = await give({ name: "tally.png", isPicture: true });

  const response = await fetch(`${playground.url}/files/${key}`);

  expect(response.headers.get("content-type")).toBe("image/png");
  expect(response.headers.get("content-disposition")).toMatch(/^inline;/);
});

test("there is nothing under other keys, and no way out of the folder", async () => {
  const answers = ["00000000-0000-4000-8000-000000000000", "..%2fplayground.jsonl"].map((key) =>
    fetch(`${playground.url}/files/${key}`),
  );

  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404]);
});

test("a restart keeps what a message still names, and no more", async () => {
  const key = await give({ name: "list.csv" });
  await playground.stop();
  const files = join(folder.path, "playground-files");
  writeFileSync(join(files, "left-over"), "x");

  playground = playgroundIn(folder.path);
  await playground.start(async () => {});

  expect(readdirSync(files)).toEqual([key]);
  expect((await fetch(`${playground.url}/files/${key}`)).status).toBe(200);
});
