import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Logger } from "pino";
import type { Adapter, Capabilities, Clock, Deliver } from "../../bot/ports.ts";
import { ConsoleChat } from "./chat.ts";
import { readLine } from "./command.ts";
import { obey } from "./obey.ts";
import { noteLine } from "./print.ts";
import { sendingInto } from "./send.ts";
import { Terminal } from "./terminal.ts";

/** What the terminal's chat is made of. */
export interface ConsoleSettings {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
  /** The data folder: files that the bot gives are put into `exports`. */
  readonly folder: string;
  /** Whether a prompt says who speaks: for people, not for pipes. Default: no. */
  readonly prompts?: boolean;
  /** How long `:press` waits for its button. */
  readonly patienceMs?: number;
}

/** The chat in a terminal: every line of the input is said by somebody or is a command. */
export interface Console extends Adapter {
  /** Resolves when the input has ended, or `:quit` came, and the bot has stored what was said. */
  readonly ended: Promise<void>;
}

const CAPABILITIES: Capabilities = {
  edit: true,
  react: true,
  buttons: true,
  pin: true,
  ephemeral: true,
  direct: false,
  recall: true,
  resends: false,
  adminList: true,
  files: true,
  maxText: 4096,
  editEveryMs: 1000,
  graceMs: 300,
};

/** The chat in a terminal. */
export function createConsole(settings: ConsoleSettings): Console {
  const { stdin, stdout, clock, log, folder, prompts = false, patienceMs = 5000 } = settings;
  const chat = new ConsoleChat(clock.now());
  const terminal = new Terminal(stdout, prompts);
  const print = (lines: readonly string[]): void => terminal.print(lines);
  const presses = new Map<string, string>();
  const stopping = new AbortController();
  const { promise: ended, resolve: end } = withResolver();
  let reading: Promise<void> | undefined;

  async function readAll(deliver: Deliver): Promise<void> {
    const lines = createInterface({ input: stdin, terminal: false });
    stopping.signal.addEventListener("abort", () => lines.close());
    stdout.once("error", () => stopping.abort()); // nobody reads any more: `plusone chat | head`
    const turn = { chat, deliver, presses, print, clock, patienceMs, stopping: stopping.signal };
    const ready = (): void => terminal.prompt(`${chat.speaker.name}> `);

    let begun = "";
    ready();
    for await (const line of lines) {
      terminal.entered();
      if (stopping.signal.aborted) break;
      if (line.endsWith("\\")) {
        begun += `${line.slice(0, -1)}\n`;
        continue;
      }
      const { speaker, command } = readLine(begun + line, chat.people);
      begun = "";
      if (command.do === "quit") break;
      await obey(command, speaker ?? chat.speaker, turn);
      ready();
    }
    lines.close();
  }

  return {
    platform: "console",
    capabilities: CAPABILITIES,
    ended,
    ...sendingInto(chat, { capabilities: CAPABILITIES, folder: join(folder, "exports"), presses, print }),

    async start(deliver) {
      print([noteLine("A group chat in which you play everybody. You speak as Lin; :help shows what can be written.")]);
      reading = readAll(deliver)
        .catch((fault: unknown) => log.warn({ err: fault }, "console input ended with a fault"))
        .finally(end);
    },

    async stop() {
      stopping.abort();
      await reading;
    },
  };
}

/** A promise that is kept from outside: `Promise.withResolvers` is newer than Node 20. */
function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
