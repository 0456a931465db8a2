import { type FileHandle, open } from "node:fs/promises";
import type { Incoming } from "./ports.ts";

/** How much of the file is read at once, in bytes. */
const CHUNK = 4 * 1024 * 1024;

/** Some events of the file. */
export interface Chunk {
  readonly events: readonly Incoming[];
  /** Lines among them that cannot be read: the disk, or somebody else, has changed them. */
  readonly damaged: number;
  /** They are stored elsewhere by now. */
  done(): Promise<void>;
}

/**
 * A file of events that nobody will send again, one JSON object a line, in the order in which they came. What `append`
 * has resolved for survives the end of the process and of the machine.
 */
export class Spool {
  readonly #file: FileHandle;
  /** Bytes that hold whole lines. */
  #size: number;
  /** Bytes whose events are done with. */
  #done = 0;
  #waiting: { readonly lines: string; readonly written: () => void; readonly failed: (reason: unknown) => void }[] = [];
  #writing: Promise<void> | undefined;

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  /** Opens the file, made if missing. A last line that a crash has torn is cut off: nobody was told that it is kept. */
  static async open(path: string): Promise<Spool> {
    const file = await open(path, "a+", 0o600);
    const { size } = await file.stat();
    const whole = await endOfLines(file, size);
    if (whole < size) await file.truncate(whole);
    return new Spool(file, whole);
  }

  get isEmpty(): boolean {
    return this.#done === this.#size && this.#waiting.length === 0 && !this.#writing;
  }

  /** Resolves when the events are on the disk: those of a moment with one flush. */
  append(events: readonly Incoming[]): Promise<void> {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
    return new Promise((written, failed) => {
      this.#waiting.push({ lines, written, failed });
      this.#writing ??= this.#write();
    });
  }

  /** The next events that are not done with, and what to call when they are; undefined when there are none. */
  async next(most: number): Promise<Chunk | undefined> {
    await this.#writing;
    const left = this.#size - this.#done;
    if (left === 0) return undefined;
    let bytes = await this.#read(Math.min(CHUNK, left));
    while (!bytes.includes(10)) bytes = await this.#read(Math.min(bytes.length * 2, left));

    const events: Incoming[] = [];
    let [at, damaged] = [0, 0];
    for (let end = bytes.indexOf(10); end >= 0 && events.length < most; end = bytes.indexOf(10, at)) {
      const event = parse(bytes.toString("utf8", at, end));
      if (event) events.push(event);
      else damaged += 1;
      at = end + 1;
    }
    return { events, damaged, done: () => this.#forget(at) };
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #read(length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    await this.#file.read(bytes, 0, length, this.#done);
    return bytes;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const lines = Buffer.from(group.map((each) => each.lines).join(""));
      try {
        await this.#file.appendFile(lines);
        await this.#file.datasync();
        this.#size += lines.length;
        for (const { written } of group) written();
      } catch (fault) {
        await this.#file.truncate(this.#size).catch(() => undefined); // what was half written is not kept
        for (const { failed } of group) failed(fault);
      }
    }
    this.#writing = undefined;
  }

  /** The file is emptied when all of it is done with. Until then a crash brings everything again, which does no harm. */
  async #forget(bytes: number): Promise<void> {
    this.#done += bytes;
    if (!this.isEmpty) return;
    this.#done = 0;
    this.#size = 0;
    await this.#file.truncate(0);
  }
}

/** Where the last whole line ends. */
async function endOfLines(file: FileHandle, size: number): Promise<number> {
  for (let end = size; end > 0; ) {
    const bytes = Buffer.alloc(Math.min(CHUNK, end));
    await file.read(bytes, 0, bytes.length, end - bytes.length);
    const last = bytes.lastIndexOf(10);
    if (last >= 0) return end - bytes.length + last + 1;
    end -= bytes.length;
  }
  return 0;
}

/** Fields that hold an instant. */
const INSTANTS: ReadonlySet<string> = new Set([
  "sentAt",
  "editedAt",
  "recalledAt",
  "pressedAt",
  "at",
  "awayFrom",
  "awayUntil",
]);

function parse(line: string): Incoming | undefined {
  try {
    return JSON.parse(line, (key, value) => (INSTANTS.has(key) ? new Date(value as string) : value)) as Incoming;
  } catch {
    return undefined;
  }
}
