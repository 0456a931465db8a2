import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Deadlines that only a fault reaches, on a busy machine too.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    projects: [
      // Pure: files have nothing to hide from each other, and load the readers once.
      { extends: true, test: { name: "core", include: ["tests/core/**/*.test.ts"], isolate: false } },
      {
        extends: true,
        test: {
          name: "plusone",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/core/**"],
          globalSetup: ["tests/support/global-setup.ts"],
        },
      },
    ],
  },
});
