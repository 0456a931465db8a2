import { describe, expect, test } from "vitest";
import { describeSettings, readConfig, SETTINGS } from "../../bot/config.ts";
import { PlusoneError } from "../../bot/fault.ts";

describe("the settings", () => {
  test("need not be there at all", () => {
    const config = readConfig({});

    expect(config).toMatchObject({ dataFolder: ".plusone", playground: true, port: 8080, telegram: undefined });
  });

  test("left empty count as left out", () => {
    expect(readConfig({ TELEGRAM_TOKEN: "", DATABASE_URL: "  " }).databaseUrl).toBeUndefined();
  });

  test("a real chat turns the playground off, unless it is asked for", () => {
    const token = "123456789:AbCdEfGhIjKlMnOpQrStUvWxYz";

    expect(readConfig({ TELEGRAM_TOKEN: token }).playground).toBe(false);
    expect(readConfig({ TELEGRAM_TOKEN: token, PLUSONE_PLAYGROUND: "on" }).playground).toBe(true);
  });

  test("all faults are told at once, each with what to write instead", () => {
    const faulty = { PLUSONE_PORT: "80a", PLUSONE_ZONE: "Mars/Base", TELEGRAM_TOKEN: "secret-but-wrong" };

    const fault = faultOf(() => readConfig(faulty));

    expect(fault.message).toMatch(/PLUSONE_PORT must be a whole number/);
    expect(fault.message).toMatch(/PLUSONE_ZONE must be an IANA time zone/);
    expect(fault.message).toMatch(/TELEGRAM_TOKEN looks like/);
    expect(fault.message).not.toContain("secret-but-wrong");
  });

  test("help names every one", () => {
    for (const { name } of SETTINGS) expect(describeSettings()).toContain(name);
  });
});

function faultOf(work: () => unknown): PlusoneError {
  try {
    work();
  } catch (fault) {
    if (fault instanceof PlusoneError) return fault;
  }
  throw new Error("It did not fail as it must.");
}
