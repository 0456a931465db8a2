import type { Sent } from "../../bot/ports.ts";
import { quietAround } from "../../core/time/quiet.ts";
import { wallAt } from "../../core/time/zone.ts";
import type { Pace } from "./limits.ts";

/** How much was said today in which room, and when nothing is said unasked. */
export class Day {
  private sent: Sent = { day: "", byRoom: {} };
  private readonly pace: Pace;
  private readonly zone: string;
  private readonly now: () => Date;

  constructor(parts: { pace: Pace; zone: string; now: () => Date }) {
    this.pace = parts.pace;
    this.zone = parts.zone;
    this.now = parts.now;
  }

  load(sent: Sent): void {
    this.sent = sent;
  }

  /** What is to be kept of it. */
  get today(): Sent {
    const { year, month, day } = wallAt(this.now(), this.zone);
    const date = `${year}-${month}-${day}`;
    if (this.sent.day !== date) this.sent = { day: date, byRoom: {} };
    return this.sent;
  }

  /**
   * One more message to a room or person, by any id that stays the same today.
   *
   * @returns  whether it was the last but for the reserve
   */
  count(to: string): boolean {
    const { day, byRoom } = this.today;
    const count = (byRoom[to] ?? 0) + 1;
    this.sent = { day, byRoom: { ...byRoom, [to]: count } };
    return count === this.pace.daily;
  }

  /** @param ofReserve  whether what is kept for answers to leaders is used up too */
  isFull(to: string, ofReserve = false): boolean {
    return (this.today.byRoom[to] ?? 0) >= this.pace.daily + (ofReserve ? this.pace.reserve : 0);
  }

  /** Until the night is over; 0 by day. */
  nightMs(): number {
    const now = this.now();
    const night = quietAround(now, { from: this.pace.nightFrom, until: this.pace.nightUntil }, this.zone);
    return night ? night.until.getTime() - now.getTime() : 0;
  }
}
