/** How long a no is believed: people press Start, and groups change their settings. */
const believedMs = 60 * 60_000;
const most = 10_000;

/** Who has refused something of late, so that they need not be asked again for every message. */
export class Unwilling {
  private readonly until = new Map<string, number>();
  private readonly now: () => Date;

  constructor(now: () => Date) {
    this.now = now;
  }

  add(who: string): void {
    if (this.until.size >= most) this.until.clear();
    this.until.set(who, this.now().getTime() + believedMs);
  }

  has(who: string): boolean {
    return (this.until.get(who) ?? 0) > this.now().getTime();
  }

  delete(who: string): void {
    this.until.delete(who);
  }
}
