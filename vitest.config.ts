import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

/** Deadlines that only a fault reaches, on a busy machine too. */
const patience = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 120_000 } } };

const CORE = ["tests/core/**/*.test.ts"];
const BOT = ["tests/bot/**/*.test.ts", "tests/adapters/{telegram,web,console}/*.test.ts", "tests/support/**/*.test.ts"];
const SCENARIOS = ["tests/scenarios/*.test.ts"];
/** What wechaty begins ends with the process. */
const WECHATY = ["tests/scenarios/wechat*.test.ts"];

/** Of those who load fast-check once for all their files. */
const setupFiles = ["tests/support/same-chance.ts"];

const project = (name: string, test: TestProjectInlineConfiguration["test"]): TestProjectInlineConfiguration => ({
  test: { ...patience, ...test, name },
});

export default defineConfig({
  test: {
    maxWorkers: 3,
    globalSetup: ["tests/support/global-setup.ts"], // of the whole run: what it starts is shared by all projects
    projects: [
      // Files that have nothing to hide from each other load what they test once, and find it warm.
      project("core", { include: CORE, setupFiles, isolate: false }),
      project("bot", { include: BOT, setupFiles, isolate: false }),
      project("scenarios", { include: SCENARIOS, exclude: WECHATY, isolate: false }),
      project("parts", {
        include: ["tests/**/*.test.ts"],
        exclude: [...CORE, ...BOT, "tests/scenarios/!(wechat*).test.ts"],
      }),
    ],
  },
});
