import type { Writable } from "node:stream";

/** Writes lines, and between them a prompt where somebody sits in front of it. No cursor is moved, so any terminal will do. */
export class Terminal {
  private readonly output: Writable;
  private readonly prompts: boolean;
  private shown = "";

  constructor(output: Writable, prompts: boolean) {
    this.output = output;
    this.prompts = prompts;
  }

  /** Prints lines. A prompt that stands there is written over, and put below. */
  print(lines: readonly string[]): void {
    const prompt = this.shown;
    for (const line of lines) {
      const before = this.shown === "" ? "" : "\r";
      this.output.write(`${before}${line.padEnd(2 * this.shown.length)}\n`); // twice: a Chinese character is two wide
      this.shown = "";
    }
    if (prompt !== "" && lines.length > 0) this.prompt(prompt);
  }

  /** Says that the next line may come. */
  prompt(text: string): void {
    if (!this.prompts) return;
    this.shown = text;
    this.output.write(text);
  }

  /** The person has ended the line with the prompt. */
  entered(): void {
    this.shown = "";
  }
}
