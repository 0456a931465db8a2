import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { text as textOf } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { endOf, isInTime } from "../../core/buy/closing.ts";
import { createCatalogs } from "../catalogs.ts";
import { cleanText } from "../clean.ts";
import type { Io } from "../cli.ts";
import { readConfig } from "../config.ts";
import { PlusoneError } from "../fault.ts";
import { createLog } from "../log.ts";
import { openStore } from "../main/database.ts";
import { chainAfter, isEmpty, lookAtPaste, readPasted, recordPaste } from "../paste.ts";
import { pasteText } from "../replies/paste-text.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, Place, Store } from "../store.ts";
import { buysOf, choicesText } from "./buys.ts";

const USAGE =
  "plusone import FILE [--buy N] [--new] [--yes]: FILE holds a copied chain, chat or transcript (- for the input); N is the buy's number or id; --new: all of it was said anew; --yes: without asking.";

const YES = /^\s*(?:y|yes|ok|好|好的|是)\s*$/i;

/**
 * `plusone import FILE`: shows what a copied chain or chat would book in an open buy, books it at a yes, and prints the
 * merged chain, to be posted by hand. A Plusone that runs may go on: its post follows within a minute.
 *
 * @returns 1 where the answer was no
 */
export async function run(argv: readonly string[], { stdin, stdout, stderr }: Io): Promise<number> {
  const { file, which, isNew, isYes } = readArguments(argv);
  if (file === "-" && !isYes) throw fault("The input cannot hold both the text and your answer.", "Add --yes.");
  const text = cleanText((file === "-" ? await textOf(stdin) : await readText(file)).replace(/^\ufeff/, ""));
  const opened = await openStore(readConfig(process.env), createLog({ level: "error" }));
  try {
    const parts = { store: opened.store, readerOf: createCatalogs() };
    const { buy, place } = await findOpen(parts.store, which);
    const words = wordsOf(buy.language);
    const messages = readPasted(text, parts.readerOf(buy));
    if (!messages) throw fault("It cannot be told who said what in that text.", "Paste a chain, or words with names.");

    const at = await parts.store.now();
    if (!isInTime(at, endOf(buy.terms)))
      throw fault(`${buy.terms.title} takes no orders any more.`, "/reopen it first.");
    const seen = await lookAtPaste(parts, buy, place.chat, messages, at, isNew ? at.toISOString() : undefined);
    stdout.write(`${pasteText(seen, "/import", words)}\n`);
    if (!isEmpty(seen.plan)) {
      if (!isYes && !YES.test(await ask(`\n${words.bookButton}? [y/N] `, { stdin, stderr }))) {
        stdout.write(`${words.left}\n`);
        return 1;
      }
      await recordPaste(parts, seen, place, at);
      const people = new Set([...seen.plan.statements, ...seen.plan.edits, ...seen.plan.recalls].map((e) => e.person));
      await parts.store.change((tx) =>
        tx.audit({
          ...{ community: buy.community, actor: undefined, verb: "imported", buy: buy.id, source: "terminal" },
          after: { people: people.size },
        }),
      );
      stdout.write(`\n${say(words.importBooked, { people: words.persons(people.size) })}\n`);
    }
    const chain = chainAfter(seen);
    if (chain !== undefined) stdout.write(`\n${words.importChain}\n\n${chain}\n`);
    return 0;
  } finally {
    await opened.close();
  }
}

function readArguments(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        buy: { type: "string" },
        new: { type: "boolean", default: false },
        yes: { type: "boolean", default: false },
      },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Error("One file, please.");
    return { file, which: values.buy, isNew: values.new, isYes: values.yes };
  } catch (cause) {
    throw fault(cause instanceof Error ? cause.message : "These arguments cannot be read.", USAGE, cause);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw fault(`${file} cannot be read.`, USAGE, cause);
  }
}

/** The open buy that is meant: the only one, or the one that is named. */
async function findOpen(store: Store, which: string | undefined): Promise<{ buy: Buy; place: Place }> {
  const found: Buy[] = [];
  for await (const each of buysOf(store, which)) if (each.status === "open") found.push(each);
  const [buy, ...others] = found;
  if (!buy)
    throw fault(`No ${which === undefined ? "buy" : `buy ${which}`} is open.`, "A leader opens one with /open.");
  if (others.length > 0) {
    throw fault(
      `Several buys are open:\n${choicesText(found)}`,
      "Name one with --buy, by its number or, where that fits two, its id.",
    );
  }
  const place = buy.chats[0] && (await store.placeOf(buy.community, buy.chats[0]));
  if (!place) throw fault(`${buy.terms.title} has no chat.`, "Open it again in a chat.");
  return { buy, place };
}

async function ask(question: string, { stdin, stderr }: Pick<Io, "stdin" | "stderr">): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await Promise.race([
      lines.question(question),
      new Promise<string>((no) => lines.once("close", () => no(""))),
    ]);
  } finally {
    lines.close();
  }
}

function fault(message: string, advice: string, cause?: unknown): PlusoneError {
  return new PlusoneError({ code: "import", message, advice, cause });
}
