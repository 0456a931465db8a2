import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { prepareCatalog } from "../../core/interpret/catalog.ts";
import { interpret } from "../../core/interpret/interpret.ts";
import { measure, median, ratios, report } from "./measure.ts";

const FRUIT = [
  { name: "红富士苹果", unit: "斤", aliases: ["苹果"] },
  { name: "雪梨", unit: "斤" },
  { name: "Oranges", unit: "bag" },
  { name: "Fuji apples", unit: "kg" },
  { name: "樱桃", unit: "盒", options: ["大", "小"] },
];

/** What getUpdates brings for a plain message in a group. */
const UPDATE = JSON.stringify({
  update_id: 815_001_234,
  message: {
    message_id: 40_213,
    from: { id: 5_012_345_678, is_bot: false, first_name: "王姐", username: "wang_jie", language_code: "zh-hans" },
    chat: { id: -1_001_234_567_890, title: "花园小区团购群", type: "supergroup" },
    date: 1_795_300_000,
    reply_to_message: {
      message_id: 40_200,
      from: { id: 7_000_000_001, is_bot: true, first_name: "Plusone", username: "plusone_bot" },
      chat: { id: -1_001_234_567_890, title: "花园小区团购群", type: "supergroup" },
      date: 1_795_299_000,
      text: "红富士苹果 5元/斤，雪梨 6元/斤，今晚9点截单",
    },
    text: "苹果2斤，雪梨1斤",
    entities: [{ offset: 0, length: 3, type: "bold" }],
  },
});

test("reading, against JSON.parse of a Telegram update", () => {
  const catalog = prepareCatalog(FRUIT);
  const read = (text: string) => () => interpret(text, { catalog });
  const chain = (entries: number) =>
    `#接龙\n水果团\n\n${Array.from({ length: entries }, (_, i) => `${i + 1}. 邻居${i} 苹果${(i % 5) + 1}`).join("\n")}`;

  const found = measure({
    "JSON.parse of an update": () => JSON.parse(UPDATE),
    "plain order: 苹果2斤": read("苹果2斤"),
    "plain order: +2 apples": read("+2 apples"),
    "two lines: 苹果2斤，雪梨1斤": read("苹果2斤，雪梨1斤"),
    "polite: hi could I have 2 kg apples please": read("hi could I have 2 kg apples please, thanks!"),
    "chatter: see you at the gate at six": read("see you at the gate at six then, don't forget the umbrella"),
    "chatter: 今天天气真好": read("今天天气真好，下午带孩子去公园走走吧"),
  });
  // apart, so that no message is read in the wake of what long chains leave to collect
  const chains = measure({ "chain of 1": read(chain(1)), "chain of 100": read(chain(100)) });

  report("Reading", ratios(found, "JSON.parse of an update"));
  const perEntry = chains.get("chain of 100")!.map((value, round) => value / chains.get("chain of 1")![round]!);
  report("A chain of 100 entries", [`${median(perEntry).toFixed(1)} × a chain of 1 (bar: 100)`]);
});

test("loading the reader", () => {
  const module = JSON.stringify(join(packageRoot, "dist/core/buy/reader.js"));
  const program = `
    const before = process.memoryUsage.rss();
    const begun = performance.now();
    const { readerOf } = await import(${module});
    readerOf(${JSON.stringify(FRUIT)}).read("苹果2斤", {});
    console.log(performance.now() - begun, (process.memoryUsage.rss() - before) / 2 ** 20);`;
  const runs = Array.from({ length: 5 }, () => {
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    return stdout.trim().split(" ").map(Number);
  });

  report("Loading the reader, to the first reading", [
    `${median(runs.map(([ms]) => ms!)).toFixed(0)} ms (bar: 150), ${median(runs.map(([, mb]) => mb!)).toFixed(0)} MB more (bar: 40)`,
  ]);
});
