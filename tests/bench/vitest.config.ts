import { defineConfig } from "vitest/config";

/** `npm run bench`: figures, as ratios within one run. Nothing here passes or fails by a clock. */
export default defineConfig({
  test: { include: ["tests/bench/**/*.bench.ts"], fileParallelism: false, testTimeout: 600_000, reporters: ["dot"] },
});
