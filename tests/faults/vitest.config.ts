import { defineConfig } from "vitest/config";

/** `npm run test:faults`: one campaign after the other, since each wants the machine to itself; quick ones in pairs. */
export default defineConfig({
  test: {
    include: ["tests/faults/**/*.faults.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    maxWorkers: process.env["PLUSONE_FAULTS"] === "quick" ? 2 : 1,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
    reporters: ["default"],
    disableConsoleIntercept: true,
  },
});
