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

  test("the board has an address of its own where one is set, with TLS unless it is on this machine", () => {
    expect(readConfig({}).board).toBeUndefined();
    expect(readConfig({ PLUSONE_BOARD_URL: "https://board.example/" }).board).toEqual({
      ...{ url: "https://board.example", host: "127.0.0.1", port: 8082 },
    });
    expect(readConfig({ PLUSONE_BOARD_URL: "http://localhost:8082" }).board?.url).toBe("http://localhost:8082");
    for (const url of ["http://board.example", "https://board.example/a", "https://board.example/?a", "here"]) {
      expect(faultOf(() => readConfig({ PLUSONE_BOARD_URL: url })).message).toMatch(/BOARD_URL must be an address/);
    }
  });

  test("a webhook of Telegram's has an address, and a place where it arrives", () => {
    const token = "123456789:AbCdEfGhIjKlMnOpQrStUvWxYz";
    const url = "https://plusone.example/telegram";

    expect(readConfig({ TELEGRAM_TOKEN: token }).telegram?.webhook).toBeUndefined();
    expect(readConfig({ TELEGRAM_TOKEN: token, TELEGRAM_WEBHOOK_URL: url }).telegram?.webhook).toEqual({
      ...{ url, host: "127.0.0.1", port: 8081 },
    });
    expect(
      faultOf(() => readConfig({ TELEGRAM_WEBHOOK_URL: "here", TELEGRAM_WEBHOOK_LISTEN: "8081" })).message,
    ).toMatch(/TELEGRAM_WEBHOOK_URL must be an address[\s\S]*TELEGRAM_WEBHOOK_LISTEN must be host:port/);
  });

  test("a puppet turns WeChat on, and the playground off", () => {
    const settings = {
      WECHAT_PUPPET: "wechaty-puppet-service",
      WECHAT_TOKEN: "insecure_a",
      WECHAT_ENDPOINT: "127.0.0.1:8788",
    };

    const config = readConfig(settings);

    expect(config.wechat).toEqual({
      ...{
        name: "wechaty-puppet-service",
        token: "insecure_a",
        endpoint: "127.0.0.1:8788",
        tls: true,
        page: 8090,
        daily: 120,
      },
    });
    expect(config.playground).toBe(false);
    expect(readConfig({}).wechat).toBeUndefined();
  });

  test.each([
    [{ WECHAT_PUPPET: "wechaty-puppet-service" }, /WECHAT_TOKEN must be the gateway's/, "a gateway wants its token"],
    [{ WECHAT_PUPPET: "wechaty-puppet-service", WECHAT_TOKEN: "0123" }, /insecure_/, "a token names its certificate"],
    [{ WECHAT_PUPPET: "../evil" }, /WECHAT_PUPPET must be the name of an npm package/, "a path is no package"],
    [{ WECHAT_PUPPET: "wechaty-puppet-wechat4u", WECHAT_ENDPOINT: "here" }, /WECHAT_ENDPOINT must be/, "no port"],
  ])("of WeChat that cannot work are told: %o", (settings, words, _why) => {
    expect(faultOf(() => readConfig(settings)).message).toMatch(words);
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
