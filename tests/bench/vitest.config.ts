import { defineConfig } from "vitest/config";

/** `npm run bench`: figures, as ratios within one run. Nothing here passes or fails by a clock. */
export default defineConfig({
  test: {
    include: ["tests/bench/**/*.bench.ts"],
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    reporters: ["dot"],
    execArgv: ["--max-semi-space-size=32"], // as `npm start` does
    server: { deps: { external: [/\/dist\//] } }, // what is measured is what runs: compiled, not as vitest would load it
  },
});
