import { describe, expect, test } from "vitest";
import { plusone } from "../support/command.ts";
import { copyDataFolder } from "../support/database.ts";
import { ownFolder } from "../support/scenario.ts";

describe("plusone doctor", () => {
  test("finds nothing wrong on a fresh machine", async () => {
    const settings = {
      PLUSONE_DATA: ownFolder(),
      WECHAT_PUPPET: "wechaty-puppet-service",
      WECHAT_TOKEN: "insecure_one",
    };
    const { status, stdout } = await plusone(settings, "doctor");

    expect(stdout).toMatch(/✓ database: PostgreSQL/);
    expect(stdout).toMatch(/✓ queue: BullMQ on postgresql/);
    expect(stdout).toMatch(/✓ WeChat login: never yet/);
    expect(stdout).toMatch(/All is well/);
    expect(status).toBe(0);
  });

  const rows = [
    {
      settings: { PLUSONE_PORT: "x" },
      says: [/✗ settings: .*PLUSONE_PORT must be a whole number/],
      why: "a setting is misspelt",
    },
    {
      settings: { DATABASE_URL: "postgresql://u:geheim@127.0.0.1:1/x" },
      says: [/✗ .*127\.0\.0\.1:1\/x cannot be reached/],
      why: "the database is not there",
    },
    {
      settings: {
        REDIS_URL: "redis://127.0.0.1:1",
        TELEGRAM_TOKEN: "123456789:AAAAAAAAAAAAAAAAAAAAAAAA",
        TELEGRAM_API_ROOT: "http://127.0.0.1:1",
      },
      says: [/✗ queue: The queue does not work/, /✗ Telegram: /],
      why: "Redis is not there and Telegram cannot be reached",
    },
  ];
  for (const { settings, says, why } of rows) {
    test(`says what to do when ${why}, and exits 1`, async () => {
      const folder = ownFolder();
      await copyDataFolder(folder);
      const { status, stdout, stderr } = await plusone({ PLUSONE_DATA: folder, ...settings }, "doctor");

      const faults = stdout.match(/✗[^\n]*\n {4}\S/g) ?? []; // each with what to do about it
      expect(faults, stdout).toHaveLength(says.length);
      for (const [index, fault] of faults.entries()) expect(fault).toMatch(says[index]!);
      expect(stdout + stderr).not.toMatch(/geheim|AAAAAAAA/);
      expect(status).toBe(1);
    });
  }
});
