import { expect, test } from "vitest";
import { Chance } from "../simulation/chance.ts";

/** Figures that must be nought in every campaign, by name. */
const NEVER: readonly string[] = ["lost", "doubled", "missed", "early", "left over", "posts behind", "wrong"];

/** What strikes when follows from it. */
export const seedOfRun = Number(process.env["PLUSONE_FAULTS_SEED"] ?? 1);
const isQuick = process.env["PLUSONE_FAULTS"] !== "full";

/** What a campaign is given. */
export interface Campaign {
  /** A whole number below `below`, by the seed: what strikes when can be told again, if not to the millisecond. */
  chance(below: number): number;
  /** How many of them: a tenth with `--quick`, and `least` at least. */
  many(full: number, least?: number): number;
  /** A thirtieth with `--quick`, and `least` at least: of what costs more than it tells beside the rest. */
  few(full: number, least: number): number;
  /** A fault has struck in this way. */
  hit(path: string, times?: number): void;
}

/**
 * A fault, struck again and again. Prints one line with its figures. Fails where something was lost, doubled, missed,
 * early or left over, and where one of the ways in which it should strike was never taken.
 *
 * @param paths  the ways in which it strikes
 */
export function fault(
  title: string,
  paths: readonly string[],
  body: (campaign: Campaign) => Promise<Readonly<Record<string, number>>>,
): void {
  test(title, async () => {
    const chance = chanceOf(title);
    const hits = new Map(paths.map((path) => [path, 0]));
    const share = (part: number, full: number, least: number) =>
      isQuick ? Math.max(least, Math.ceil(full / part)) : full;
    const campaign: Campaign = {
      chance: (below) => chance.between(0, below - 1),
      many: (full, least = 1) => share(10, full, least),
      few: (full, least) => share(30, full, least),
      hit: (path, times = 1) => void hits.set(path, (hits.get(path) ?? 0) + times),
    };

    const figures = await body(campaign);

    const words = [...hits, ...Object.entries(figures)].map(([name, count]) => `${count} ${name}`);
    console.log(`  ${title}: ${words.join(", ")}`);
    for (const [path, count] of hits) expect(count, `it never struck: ${path}`).toBeGreaterThan(0);
    for (const name of NEVER) expect(figures[name] ?? 0, name).toBe(0);
  });
}

/** Does it so many times, `atOnce` of them beside each other. */
export async function inTurns(many: number, atOnce: number, work: (no: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let no = next++; no < many; no = next++) await work(no);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

function chanceOf(title: string): Chance {
  return new Chance([...title].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt(0)!) | 0, seedOfRun));
}
