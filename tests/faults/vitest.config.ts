import { defineConfig } from "vitest/config";

/** `npm run test:faults`: three files at a time, since each waits much of its time for processes to start and end. */
export default defineConfig({
  test: {
    include: ["tests/faults/**/*.faults.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    maxWorkers: 3,
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
    reporters: ["default"],
    disableConsoleIntercept: true,
  },
});
