import type { Receipt } from "../../bot/ports.ts";

/** What receipts work with. */
export interface ReceiptsParts {
  readonly gatherMs: number;
  /** Until something may be said unasked; 0: now. */
  waitMs(): number;
  say(room: string, text: string): void;
}

/** Orders of a room that are acknowledged together: "记下了：王姐 苹果2、阿罗 梨1". Of each person's lines the newest word counts. */
export class Receipts {
  private readonly parts: ReceiptsParts;
  private readonly rooms = new Map<string, Map<string, Receipt>>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(parts: ReceiptsParts) {
    this.parts = parts;
  }

  add(room: string, receipt: Receipt): void {
    const waiting = this.rooms.get(room);
    if (waiting) {
      const lines = [...(waiting.get(receipt.person)?.lines ?? []), ...receipt.lines];
      waiting.set(receipt.person, { ...receipt, lines: new Map(lines) });
      return;
    }
    this.rooms.set(room, new Map([[receipt.person, receipt]]));
    this.later(room, Math.max(this.parts.gatherMs, this.parts.waitMs()));
  }

  /** Nothing is said any more. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private later(room: string, ms: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.give(room);
    }, ms);
    timer.unref();
    this.timers.add(timer);
  }

  private give(room: string): void {
    const waitMs = this.parts.waitMs();
    if (waitMs > 0) {
      this.later(room, waitMs); // the night has begun meanwhile
      return;
    }
    const receipts = [...(this.rooms.get(room)?.values() ?? [])];
    this.rooms.delete(room);
    const [first] = receipts;
    if (!first) return;
    this.parts.say(
      room,
      first.frame.replace("{orders}", () =>
        receipts.map(({ name, lines }) => [name, ...lines.values()].join(" ")).join(first.comma),
      ),
    );
  }
}
