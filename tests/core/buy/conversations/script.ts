import { Readable, Writable } from "node:stream";
import { run } from "../../../../bot/cli/replay.ts";

/** What `plusone replay` says of a script, in short. */
export interface Outcome {
  readonly buys: readonly {
    readonly status: string;
    /** `苹果 12`, `苹果 6 (2 wait)`. */
    readonly items: readonly string[];
    /** `Lin: #1 2大 = 10.00`, `Lin for 302: …`. */
    readonly orders: readonly string[];
    readonly late?: readonly string[];
  }[];
  /** `9 item`. */
  readonly unclear?: readonly string[];
}

/**
 * Replays a chat of 21 November 2026 (a Saturday; the next day after `---`) in Shanghai. A line is
 * `10:00 Nat* | text`: time, name (`*` for a leader), text, with `/` between blanks for a line break in a chain. Messages
 * are numbered from 1 by line. `Nat >1 |` replies to message 1, `Nat @g2 |` speaks in another chat, `u2:Nat |` tells
 * people of one name apart; `10:05 edit 2 | text` and `10:06 recall 2` change a message.
 */
export async function replay(script: string, ...options: string[]): Promise<Outcome> {
  return short(JSON.parse(await replayRaw(toEvents(script), ...options)));
}

/** Runs the command on these lines. */
export async function replayRaw(input: string, ...options: string[]): Promise<string> {
  const out: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      out.push(Buffer.from(chunk));
      done();
    },
  });
  await run(options, { stdin: Readable.from([Buffer.from(input)]), stdout, stderr: process.stderr });
  return Buffer.concat(out).toString("utf8");
}

function toEvents(script: string): string {
  let [day, id] = ["2026-11-21", 0];
  const events: object[] = [];
  for (const row of script.trim().split("\n")) {
    const line = row.trim();
    if (line === "---") {
      day = "2026-11-22";
      continue;
    }
    const match =
      /^(\d\d:\d\d(?::\d\d)?) (?:(edit|recall) (\d+)|(?:(\S+?):)?(.+?)(\*)?)(?: @(\S+))?(?: >(\d+))?(?: \| (.*))?$/.exec(
        line,
      );
    if (!match) throw new Error(`Not a line of a script: ${line}`);
    const [, time = "", change, changed, person, name = "", star, chat = "g1", replyTo, text = ""] = match;
    const at = `${day}T${time.length === 5 ? `${time}:00` : time}+08:00`;
    const words = text.replaceAll(" / ", "\n");
    if (change === "edit") events.push({ at, chat, edit: changed, text: words });
    else if (change === "recall") events.push({ at, chat, recall: changed });
    else {
      events.push({
        at,
        chat,
        id: String(++id),
        from: person ?? name,
        name,
        text: words,
        ...(replyTo && { replyTo }),
        ...(star && { leader: true }),
      });
    }
  }
  return events.map((event) => JSON.stringify(event)).join("\n");
}

interface Printed {
  readonly buys: readonly {
    readonly status: string;
    readonly items: readonly { name: string; ordered: number; waitlisted: number }[];
    readonly orders: readonly {
      name: string;
      for: string | null;
      amount: string;
      lines: readonly { item: number; quantity: number; waitlisted?: number; option?: string }[];
    }[];
    readonly late: readonly string[];
  }[];
  readonly unclear: readonly { id: string; reason: string }[];
}

function short({ buys, unclear }: Printed): Outcome {
  return {
    buys: buys.map(({ status, items, orders, late }) => ({
      status,
      items: items.map(
        (item) => `${item.name} ${item.ordered}${item.waitlisted > 0 ? ` (${item.waitlisted} wait)` : ""}`,
      ),
      orders: orders.map(({ name, for: whom, lines, amount }) => {
        const words = lines.map(
          ({ item, quantity, waitlisted, option = "" }) =>
            `#${item} ${quantity}${option}${waitlisted ? ` (${waitlisted} wait)` : ""}`,
        );
        return `${name}${whom === null ? "" : ` for ${whom}`}: ${words.join(", ")} = ${amount}`;
      }),
      ...(late.length > 0 && { late }),
    })),
    ...(unclear.length > 0 && { unclear: unclear.map(({ id, reason }) => `${id} ${reason}`) }),
  };
}
