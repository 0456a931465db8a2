import { availableParallelism } from "node:os";

/** Several rounds of several things in turn, so that whatever else the machine does falls on all of them. */
export function measure(
  work: Readonly<Record<string, () => unknown>>,
  rounds = 15,
  msEach = 30,
): Map<string, number[]> {
  const found = new Map<string, number[]>(Object.keys(work).map((name) => [name, []]));
  for (const run of Object.values(work)) repeat(run, msEach); // warm
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(work)) found.get(name)!.push(repeat(run, msEach));
  }
  return found;
}

/** Microseconds of one run, over runs that take `ms` together. */
function repeat(run: () => unknown, ms: number): number {
  const begun = performance.now();
  const results: unknown[] = [];
  let count = 0;
  do {
    for (let i = 0; i < 20; i++) results[i] = run(); // kept, so that no run is thrown away unmade
    count += 20;
  } while (performance.now() - begun < ms);
  return ((performance.now() - begun) * 1000) / count;
}

/** Ratios of each to one of them, round by round: median and spread. */
export function ratios(found: ReadonlyMap<string, readonly number[]>, against: string): string[] {
  const base = found.get(against)!;
  return [...found].map(([name, values]) => {
    const own = values.map((value, round) => value / base[round]!).sort((a, b) => a - b);
    const micros = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    const [low, middle, high] = [own[0]!, own[Math.floor(own.length / 2)]!, own.at(-1)!];
    return `${name.padEnd(44)} ${micros.toFixed(1).padStart(8)} µs  ${middle.toFixed(2).padStart(7)} × [${low.toFixed(2)}–${high.toFixed(2)}]`;
  });
}

/** Median of rounds, and their least and most. */
export function spread(values: readonly number[], digits = 2): string {
  const own = [...values].sort((a, b) => a - b);
  if (own.length === 0) return "–";
  const [low, high] = [own[0]!, own.at(-1)!];
  return `${median(own).toFixed(digits)} [${low.toFixed(digits)}–${high.toFixed(digits)}]`;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** The value that so many per cent do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const own = [...values].sort((a, b) => a - b);
  return own[Math.min(own.length - 1, Math.floor((own.length * percent) / 100))]!;
}

/** Prints figures under a title, with the machine's shape. */
export function report(title: string, lines: readonly string[]): void {
  const machine = `${availableParallelism()} cores, Node ${process.versions.node}`;
  process.stdout.write(`\n${title} (${machine}; median of rounds [least–most])\n  ${lines.join("\n  ")}\n`);
}
