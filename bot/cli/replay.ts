import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { parseArgs } from "node:util";
import { priceOrders } from "../../core/buy/fold.ts";
import { formatAmount } from "../../core/money.ts";
import { ONE } from "../../core/quantity.ts";
import { isZone } from "../../core/time/zone.ts";
import { PlusoneError } from "../fault.ts";
import { type Played, type PlayedBuy, play } from "./replay/play.ts";
import { readTelegramExport } from "./replay/telegram-export.ts";
import { type Event, parseEvent, type Transcript, toTranscript } from "./replay/transcript.ts";

const USAGE = `plusone replay [--zone Asia/Shanghai] < transcript.jsonl
plusone replay --format telegram [--leader NAME] result.json

Plays a recorded chat and prints the buys that come out, as one JSON object. Nothing is sent.

  --zone ZONE     in which times without an offset are read (default Asia/Shanghai)
  --format NAME   transcript (one event a line), or telegram: a chat exported by Telegram Desktop as JSON
  --leader NAME   telegram: who may run commands beside whoever opened the first buy; may be repeated
`;

/** Of announcements that name no currency, in a zone that has none of its own. */
const CURRENCY = "CNY";

interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** `plusone replay`: what comes out of a recorded chat. @source message language, 3 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = readArguments(argv);
  if (values.help) {
    io.stdout.write(USAGE);
    return 0;
  }
  const events =
    values.format === "telegram"
      ? await readExport(positionals[0], values.zone, values.leader, io)
      : await readEvents(io);
  const transcript = toTranscript(events);
  const result = toOutput(play(transcript, values.zone, CURRENCY), transcript);
  await write(io.stdout, `${JSON.stringify(result)}\n`);
  return 0;
}

/** Resolves once the text has left, so that nothing is cut off when the process ends. */
function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => stream.write(text, (fault) => (fault ? reject(fault) : resolve())));
}

function readArguments(argv: readonly string[]) {
  const wrong = (message: string, cause?: unknown) =>
    new PlusoneError({ code: "replay-arguments", message, advice: USAGE, cause });
  const parsed = (() => {
    try {
      return parseArgs({
        args: [...argv],
        allowPositionals: true,
        options: {
          zone: { type: "string", default: "Asia/Shanghai" },
          format: { type: "string", default: "transcript" },
          leader: { type: "string", multiple: true, default: [] },
          help: { type: "boolean", short: "h", default: false },
        },
      });
    } catch (fault) {
      throw wrong(fault instanceof Error ? fault.message : "These arguments cannot be read.", fault);
    }
  })();
  const { zone, format } = parsed.values;
  if (!isZone(zone)) throw wrong(`There is no time zone called ${zone}.`);
  if (format !== "transcript" && format !== "telegram") throw wrong(`There is no format called ${format}.`);
  return parsed;
}

async function readEvents({ stdin, stderr }: Io): Promise<Event[]> {
  const events: Event[] = [];
  let number = 0;
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    const event = parseEvent(number === 1 ? line.replace(/^\ufeff/, "") : line);
    if (typeof event === "string") stderr.write(`line ${number} is left out: ${event}\n`);
    else events.push(event);
  }
  return events;
}

/** The export from a file, or from standard input where none is named. */
async function readExport(file: string | undefined, zone: string, leaders: readonly string[], { stdin }: Io) {
  const wrong = (cause?: unknown) =>
    new PlusoneError({
      code: "replay-export",
      message: `${file ?? "Standard input"} is no chat that Telegram Desktop exported as JSON.`,
      advice:
        "In Telegram Desktop open the chat, choose “Export chat history” and the format JSON; name the result.json.",
      cause,
    });
  const parsed: unknown = await (async () => {
    try {
      const bytes = file === undefined ? Buffer.concat(await stdin.toArray()) : await readFile(file);
      return JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, ""));
    } catch (fault) {
      throw wrong(fault);
    }
  })();
  const events = readTelegramExport(parsed, zone, new Set(leaders));
  if (!events) throw wrong();
  return events;
}

function toOutput({ buys, between, ignored }: Played, { names }: Transcript) {
  const unclear = buys.flatMap(({ ledger }) =>
    ledger.verdicts.flatMap((verdict) =>
      verdict.outcome === "unclear" ? [{ id: verdict.id, reason: verdict.reason as string }] : [],
    ),
  );
  return { buys: buys.map((buy) => toBuy(buy, names)), unclear: [...unclear, ...between], ignored };
}

function toBuy({ terms, status, chats, ledger }: PlayedBuy, names: ReadonlyMap<string, string>) {
  return {
    title: terms.title,
    status,
    chats,
    items: terms.items.map(({ name, unit }, index) => {
      const { booked, waitlisted } = ledger.tally.items[index]!;
      return {
        no: index + 1,
        name,
        ...(unit !== undefined && { unit }),
        ordered: booked / ONE,
        waitlisted: waitlisted / ONE,
      };
    }),
    orders: priceOrders(ledger.orders, ledger.tally).map(({ person, for: whom, lines, amount }) => ({
      name: names.get(person) ?? person,
      for: whom ?? null,
      lines: lines.map(({ item, quantity, waitlisted, option, note }) => ({
        item,
        quantity: quantity / ONE,
        ...(waitlisted > 0 && { waitlisted: waitlisted / ONE }),
        ...(option !== undefined && { option }),
        ...(note !== undefined && { note }),
      })),
      amount: formatAmount(amount, terms.currency),
    })),
    late: ledger.verdicts.filter(({ outcome }) => outcome === "late").map(({ id }) => id),
  };
}
