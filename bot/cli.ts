#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PlusoneError } from "./fault.ts";
import { packageRoot } from "./package-root.ts";

/** What a subcommand gets from the process that it runs in. */
export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

interface Subcommand {
  readonly usage: string;
  readonly does: string;
  /** Loads only what it needs. Resolves to the exit code. */
  readonly run: (argv: readonly string[], io: Io) => Promise<number>;
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  start: {
    usage: "start [--pretty]",
    does: "runs Plusone: the playground, or the chats that are configured",
    run: async (argv, io) => (await import("./cli/start.ts")).run(argv, io),
  },
  chat: {
    usage: "chat",
    does: "the same in this terminal: play a leader and residents",
    run: async (argv, io) => (await import("./cli/chat.ts")).run(argv, io),
  },
  demo: {
    usage: "demo",
    does: "plays a short scripted community through the real stack, and checks the list",
    run: async (argv, io) => (await import("./cli/demo.ts")).run(argv, io),
  },
  doctor: {
    usage: "doctor",
    does: "checks Node, folder, database, queue, tokens and clock, and says what to do",
    run: async (argv, io) => (await import("./cli/doctor.ts")).run(argv, io),
  },
  import: {
    usage: "import FILE [--buy N] [--new] [--yes]",
    does: "books what is new in a copied chain or chat, after showing it; - reads the input",
    run: async (argv, io) => (await import("./cli/import.ts")).run(argv, io),
  },
  export: {
    usage: "export [BUY] [csv] [SHEET] [masked] [--to FILE]",
    does: "writes a copy of a buy as a spreadsheet: what /export gives a leader",
    run: async (argv, io) => (await import("./cli/export.ts")).run(argv, io),
  },
  board: {
    usage: "board [BUY]",
    does: "a link to the board for whoever leads a buy, where the chat cannot give it to them alone",
    run: async (argv, io) => (await import("./cli/board.ts")).run(argv, io),
  },
  verify: {
    usage: "verify [--fix] [buy]",
    does: "compares what is kept of all buys, or of one, with what was said; --fix puts it right",
    run: async (argv, io) => (await import("./cli/verify.ts")).run(argv, io),
  },
  interpret: {
    usage: "interpret [--explain] < messages.jsonl",
    does: "what messages mean, as JSON lines",
    run: async (argv, io) => (await import("./cli/interpret.ts")).run(argv, io),
  },
  announce: {
    usage: "announce < announcements.jsonl",
    does: "what announcements mean, as JSON lines",
    run: async (argv, io) => (await import("./cli/announce.ts")).run(argv, io),
  },
  replay: {
    usage: "replay [--zone Asia/Shanghai] < transcript.jsonl",
    does: "plays a recorded chat and prints the buys that come out",
    run: async (argv, io) => (await import("./cli/replay.ts")).run(argv, io),
  },
};

async function main(argv: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = argv;
  if (name === "--version" || name === "-v") return print(version());
  const wantsHelp = name === "--help" || name === "-h" || name === "help" || rest.includes("--help");
  if (wantsHelp) return print(await help());

  const subcommand = SUBCOMMANDS[name];
  if (!subcommand) {
    process.stderr.write(`plusone: there is no "${name}". plusone --help lists what there is.\n`);
    return 2;
  }
  if (existsSync(".env")) process.loadEnvFile(".env");
  return subcommand.run(rest, process);
}

async function help(): Promise<string> {
  const { describeSettings } = await import("./config.ts");
  const rows = Object.values(SUBCOMMANDS).map(({ usage, does }) => `  plusone ${usage}\n      ${does}`);
  return `Plusone keeps the list for group buys in a community's chat.\n\n${rows.join("\n")}\n\nSettings, from the environment or .env:\n${describeSettings()}`;
}

function version(): string {
  return (JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string }).version;
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  if (!(fault instanceof PlusoneError)) throw fault;
  process.stderr.write(`${fault.message}\n${fault.advice}\n`);
  process.exitCode = 1;
}
