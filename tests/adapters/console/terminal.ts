import { tmpdir } from "node:os";
import { PassThrough } from "node:stream";
import { pino } from "pino";
import { type Console, type ConsoleSettings, createConsole } from "../../../adapters/console/index.ts";

/** A console whose keyboard and screen are in the test's hands. */
export class TestTerminal {
  readonly console: Console;
  readonly input = new PassThrough();
  private printed = "";
  private readonly waiting = new Set<() => void>();

  constructor(settings: Partial<ConsoleSettings> = {}) {
    const output = new PassThrough();
    output.setEncoding("utf8").on("data", (text: string) => {
      this.printed += text;
      for (const resume of this.waiting) resume();
      this.waiting.clear();
    });
    const clock = { now: () => new Date() };
    this.console = createConsole({
      stdin: this.input,
      stdout: output,
      clock,
      log: pino({ level: "silent" }),
      folder: tmpdir(),
      ...settings,
    });
  }

  /** Everything on the screen. */
  get screen(): string {
    return this.printed;
  }

  types(...lines: readonly string[]): void {
    this.input.write(lines.map((line) => `${line}\n`).join(""));
  }

  /** Resolves with the screen once this stands on it, below `after` characters. */
  async shows(text: string | RegExp, after = 0): Promise<string> {
    for (;;) {
      const part = this.printed.slice(after);
      if (typeof text === "string" ? part.includes(text) : text.test(part)) return part;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }
}
