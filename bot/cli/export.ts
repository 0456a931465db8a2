import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { buyFacts } from "../actions/buy-facts.ts";
import type { Io } from "../cli.ts";
import { readConfig } from "../config.ts";
import { PlusoneError } from "../fault.ts";
import { readWish, type Wish, writeCopy } from "../files/copy.ts";
import { createLog } from "../log.ts";
import { openStore } from "../main/database.ts";
import { wordsOf } from "../replies/replies.ts";
import type { Buy, Store } from "../store.ts";
import { buysOf, choicesText } from "./buys.ts";

const USAGE =
  "plusone export [BUY] [csv] [orders|items|doors|po|settlement] [masked] [--to FILE]: BUY is the buy's number or id; without csv or a sheet, all sheets as XLSX; FILE is where it goes (default: its own name, here).";

/** `plusone export`: what `/export` gives a leader, as a file in this folder; while Plusone goes on running. */
export async function run(argv: readonly string[], { stdout }: Io): Promise<number> {
  const { which, wish, to } = readArguments(argv);
  const opened = await openStore(readConfig(process.env), createLog({ level: "error" }));
  try {
    const { store } = opened;
    const buy = await findBuy(store, which);
    const facts = await store.look((tx) => buyFacts(tx, buy));
    const { name, data } = await writeCopy(facts, wish, wordsOf(buy.language));
    const file = to ?? name;
    await write(file, data);
    await store.change((tx) =>
      tx.audit({
        ...{ community: buy.community, actor: undefined, verb: "exported", buy: buy.id, source: "terminal" },
        after: { file: name },
      }),
    );
    stdout.write(`${file}\n`);
    return 0;
  } finally {
    await opened.close();
  }
}

function readArguments(argv: readonly string[]): { which: string | undefined; wish: Wish; to: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { to: { type: "string" } },
    });
    const [first = "", ...rest] = positionals;
    const isBuy = /^\d+$|^[0-9a-f-]{36}$/.test(first);
    const wish = readWish((isBuy ? rest : positionals).join(" "));
    if (!wish) throw new Error(`"${positionals.join(" ")}" is not understood.`);
    return { which: isBuy ? first : undefined, wish, to: values.to };
  } catch (cause) {
    throw fault(cause instanceof Error ? cause.message : "These arguments cannot be read.", USAGE, cause);
  }
}

/** The only one, or the one that is named. */
async function findBuy(store: Store, which: string | undefined): Promise<Buy> {
  const found: Buy[] = [];
  for await (const buy of buysOf(store, which)) found.push(buy);
  const [buy, ...others] = found;
  if (!buy) throw fault(`There is no buy${which === undefined ? "" : ` ${which}`}.`, "A leader opens one with /open.");
  if (others.length > 0) {
    throw fault(`There are several buys:\n${choicesText(found)}`, `Name one by its number or id. ${USAGE}`);
  }
  return buy;
}

/** It names people and what they owe: nobody else on this machine is to read it. */
async function write(file: string, data: Uint8Array): Promise<void> {
  try {
    await writeFile(file, data, { mode: 0o600 });
  } catch (cause) {
    throw fault(`${file} cannot be written.`, "Name another place with --to.", cause);
  }
}

function fault(message: string, advice: string, cause?: unknown): PlusoneError {
  return new PlusoneError({ code: "export", message, advice, cause });
}
