import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Begun in this order, the others behind them: what takes longest must not begin last. */
const LONGEST = [
  "points",
  "chat",
  "kills",
  "database",
  "simulation",
  "reminders",
  "webhook",
  "queue",
  "starts",
  "spool",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.faults.ts`));
      return place < 0 ? LONGEST.length : place;
    };
    return [...files].sort((a, b) => placeOf(a) - placeOf(b));
  }
}

/** `npm run test:faults`: three files at a time, since each waits much of its time for processes to start and end. */
export default defineConfig({
  test: {
    include: ["tests/faults/**/*.faults.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
    reporters: ["default"],
    disableConsoleIntercept: true,
  },
});
