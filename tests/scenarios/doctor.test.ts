import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { built } from "../support/database.ts";

beforeAll(built);

describe("plusone doctor", () => {
  test("finds nothing wrong on a fresh machine", () => {
    const { status, stdout } = doctor({});

    expect(stdout).toMatch(/✓ database: PostgreSQL/);
    expect(stdout).toMatch(/✓ queue: BullMQ on postgresql/);
    expect(stdout).toMatch(/All is well/);
    expect(status).toBe(0);
  });

  const rows = [
    { settings: { PLUSONE_PORT: "x" }, says: /PLUSONE_PORT must be a whole number/, why: "a setting is misspelt" },
    {
      settings: { DATABASE_URL: "postgresql://u:geheim@127.0.0.1:1/x" },
      says: /127\.0\.0\.1:1\/x cannot be reached/,
      why: "the database is not there",
    },
    {
      settings: { REDIS_URL: "redis://127.0.0.1:1" },
      says: /✗ queue: The queue does not work/,
      why: "Redis is not there",
    },
    {
      settings: { TELEGRAM_TOKEN: "123456789:AAAAAAAAAAAAAAAAAAAAAAAA", TELEGRAM_API_ROOT: "http://127.0.0.1:1" },
      says: /✗ Telegram: /,
      why: "Telegram cannot be reached",
    },
  ];
  for (const { settings, says, why } of rows) {
    test(`says what to do when ${why}, and exits 1`, () => {
      const { status, stdout, stderr } = doctor(settings);

      expect(stdout).toMatch(says);
      expect(stdout).toMatch(/✗[^\n]*\n {4}\S/);
      expect(stdout + stderr).not.toMatch(/geheim|AAAAAAAA/);
      expect(status).toBe(1);
    });
  }
});

function doctor(settings: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "plusone-doctor-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { PATH, HOME } = process.env;
  return spawnSync(process.execPath, [join(packageRoot, "dist/bot/cli.js"), "doctor"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...(PATH && { PATH }), ...(HOME && { HOME }), PLUSONE_DATA: folder, ...settings },
  });
}
