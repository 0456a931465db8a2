import { PlusoneError } from "./fault.ts";

/** One setting: the row that the check, `--help`, `.env.example` and the README's table are made from. */
interface Setting {
  readonly name: string;
  readonly meaning: string;
  /** As it would be written; undefined where leaving it out means something of its own. */
  readonly default?: string;
  /** Why the text will not do and what to write instead; undefined where it will. */
  readonly check?: (text: string) => string | undefined;
  /** Never shown or logged. */
  readonly secret?: true;
}

/** Every setting there is. Nothing else reads the environment. */
export const SETTINGS = [
  {
    name: "PLUSONE_DATA",
    meaning: "Folder for the database, its password and the playground's chat",
    default: ".plusone",
  },
  {
    name: "DATABASE_URL",
    meaning: "A PostgreSQL 14 or newer of your own, instead of the built-in one: postgresql://user:password@host/db",
    check: startsWith(["postgres://", "postgresql://"]),
    secret: true,
  },
  {
    name: "REDIS_URL",
    meaning:
      "A Redis for the queue, instead of the database: redis://host:6379 (its eviction policy must be noeviction)",
    check: startsWith(["redis://", "rediss://"]),
    secret: true,
  },
  {
    name: "TELEGRAM_TOKEN",
    meaning: "Your bot's token from BotFather: turns Telegram on",
    check: (text) =>
      /^\d+:[\w-]{20,}$/.test(text) ? undefined : "looks like 123456789:AbC…; copy it anew from BotFather",
    secret: true,
  },
  {
    name: "TELEGRAM_API_ROOT",
    meaning: "Where the Telegram Bot API answers, for a Bot API server of your own",
    default: "https://api.telegram.org",
    check: startsWith(["http://", "https://"]),
  },
  {
    name: "TELEGRAM_WEBHOOK_URL",
    meaning:
      "Where Telegram sends what happens, https, through a proxy of yours; without it, Plusone asks Telegram and needs no address",
    check: webhookUrl,
  },
  {
    name: "TELEGRAM_WEBHOOK_LISTEN",
    meaning: "Where that proxy finds Plusone, host:port",
    default: "127.0.0.1:8081",
    check: (text) => (/^[^\s/:]+:\d{1,5}$/.test(text) ? undefined : "must be host:port, such as 127.0.0.1:8081"),
  },
  {
    name: "WECHAT_PUPPET",
    meaning:
      "How WeChat is reached, at your own risk: wechaty-puppet-service, wechaty-puppet-wechat4u or another puppet's package; turns WeChat on",
    check: (text) =>
      /^(?:@[\w.-]+\/)?[\w-][\w.-]*$/.test(text)
        ? undefined
        : "must be the name of an npm package, such as wechaty-puppet-service",
  },
  {
    name: "WECHAT_TOKEN",
    meaning: "Token of the puppet: your gateway's, or a provider's",
    secret: true,
  },
  {
    name: "WECHAT_ENDPOINT",
    meaning: "Your gateway, host:port; without it, wechaty's public directory is asked where the token's is",
    check: (text) => (/^[^\s/]+:\d{1,5}$/.test(text) ? undefined : "must be host:port, such as 127.0.0.1:8788"),
  },
  {
    name: "WECHAT_TLS",
    meaning: "Whether the gateway speaks TLS: on or off",
    default: "on",
    check: oneOf(["on", "off"]),
  },
  {
    name: "WECHAT_PAGE",
    meaning: "Port of the operator's WeChat page, on 127.0.0.1: QR code and codes; its address is shown at the start",
    default: "8090",
    check: wholeNumber(0, 65_535),
  },
  {
    name: "WECHAT_DAILY",
    meaning: "Messages in one WeChat group in one day; answers to leaders and what ends a buy come on top",
    default: "120",
    check: wholeNumber(10, 2_000),
  },
  {
    name: "PLUSONE_PLAYGROUND",
    meaning: "Whether to open the playground: on, off, or auto (on while no real chat is configured)",
    default: "auto",
    check: oneOf(["auto", "on", "off"]),
  },
  {
    name: "PLUSONE_PORT",
    meaning: "Port of the playground and the operator's pages, on 127.0.0.1",
    default: "8080",
    check: wholeNumber(0, 65_535),
  },
  {
    name: "PLUSONE_BOARD_URL",
    meaning:
      "Where leaders reach their board, https, through a proxy of yours; without it, the board is on the playground's page only",
    check: boardUrl,
  },
  {
    name: "PLUSONE_BOARD_LISTEN",
    meaning: "Where that proxy finds the board, host:port",
    default: "127.0.0.1:8082",
    check: (text) => (/^[^\s/:]+:\d{1,5}$/.test(text) ? undefined : "must be host:port, such as 127.0.0.1:8082"),
  },
  {
    name: "PLUSONE_OPERATOR_PASSWORD",
    meaning:
      "Opens the operator's pages (the queue) at /operator/queues on PLUSONE_PORT of 127.0.0.1; without it there are none",
    check: (text) => (text.length >= 12 ? undefined : "must have 12 characters or more"),
    secret: true,
  },
  {
    name: "PLUSONE_ZONE",
    meaning: "Time zone (IANA) of communities that have not set their own; without it, the machine's",
    check: zoneName,
  },
  {
    name: "PLUSONE_LANGUAGE",
    meaning: "Language in which a new community is written to: en, zh-hans or zh-hant",
    default: "en",
    check: oneOf(["en", "zh-hans", "zh-hant"]),
  },
  {
    name: "PLUSONE_REPOST_MINUTES",
    meaning: "Where messages cannot be edited (WeChat): least minutes between two posts of a buy in a chat",
    default: "5",
    check: wholeNumber(1, 1_440),
  },
  {
    name: "PLUSONE_LOG",
    meaning: "What to log: error, warn, info or debug",
    default: "info",
    check: oneOf(["error", "warn", "info", "debug", "silent"]),
  },
] as const satisfies readonly Setting[];

type SettingName = (typeof SETTINGS)[number]["name"];

/** Which bot in Telegram, and how it hears. */
export interface TelegramSettings {
  readonly token: string;
  readonly apiRoot: string;
  /** Where Telegram sends what happens, and where that arrives; without it, it is asked for. */
  readonly webhook?: { readonly url: string; readonly host: string; readonly port: number };
}

/** The settings, checked. */
export interface Config {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly telegram: TelegramSettings | undefined;
  readonly wechat: WeChatSettings | undefined;
  readonly playground: boolean;
  readonly port: number;
  /** Where the board is reached, and where it listens; without it, the playground carries it. */
  readonly board: { readonly url: string; readonly host: string; readonly port: number } | undefined;
  readonly operatorPassword: string | undefined;
  readonly zone: string;
  readonly language: "en" | "zh-hans" | "zh-hant";
  readonly repostMs: number;
  readonly logLevel: string;
}

/** Which puppet plays the WeChat account, and what it needs. */
export interface WeChatSettings {
  /** An npm package. */
  readonly name: string;
  readonly token?: string;
  readonly endpoint?: string;
  readonly tls: boolean;
  /** Port of the operator's page. */
  readonly page: number;
  /** Messages in one group in one day. */
  readonly daily: number;
}

/**
 * Reads the settings; an empty one counts as left out.
 *
 * @throws PlusoneError that names all faults at once, each with what to write instead
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values = new Map<SettingName, string>();
  const faults: string[] = [];
  for (const setting of SETTINGS as readonly (Setting & { name: SettingName })[]) {
    const text = environment[setting.name]?.trim() || setting.default;
    if (text === undefined) continue;
    const fault = setting.check?.(text);
    if (fault) faults.push(`${setting.name} ${fault}.`);
    values.set(setting.name, text);
  }
  const puppet = values.get("WECHAT_PUPPET");
  const puppetToken = values.get("WECHAT_TOKEN");
  // Not written into the table, since it is about two settings.
  if (puppet === "wechaty-puppet-service" && !/^[a-zA-Z][\w-]*_./.test(puppetToken ?? "")) {
    faults.push(
      "WECHAT_TOKEN must be the gateway's, as in puppet_…_…; one of your own with wechaty's built-in certificate begins with insecure_.",
    );
  }
  if (faults.length > 0) {
    throw new PlusoneError({
      code: "bad-settings",
      message: faults.join("\n"),
      advice: "Correct this in the environment or in .env and start again. `plusone --help` lists all settings.",
    });
  }

  const token = values.get("TELEGRAM_TOKEN");
  const endpoint = values.get("WECHAT_ENDPOINT");
  const playground = values.get("PLUSONE_PLAYGROUND")!;
  return {
    dataFolder: values.get("PLUSONE_DATA")!,
    databaseUrl: values.get("DATABASE_URL"),
    redisUrl: values.get("REDIS_URL"),
    telegram: token ? telegramOf(token, values) : undefined,
    wechat: puppet
      ? {
          name: puppet,
          tls: values.get("WECHAT_TLS") === "on",
          page: Number(values.get("WECHAT_PAGE")),
          daily: Number(values.get("WECHAT_DAILY")),
          ...(puppetToken !== undefined && { token: puppetToken }),
          ...(endpoint !== undefined && { endpoint }),
        }
      : undefined,
    playground: playground === "on" || (playground === "auto" && !token && !puppet),
    port: Number(values.get("PLUSONE_PORT")),
    board: boardOf(values),
    operatorPassword: values.get("PLUSONE_OPERATOR_PASSWORD"),
    zone: values.get("PLUSONE_ZONE") ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: values.get("PLUSONE_LANGUAGE") as Config["language"],
    repostMs: Number(values.get("PLUSONE_REPOST_MINUTES")) * 60_000,
    logLevel: values.get("PLUSONE_LOG")!,
  };
}

function telegramOf(token: string, values: ReadonlyMap<SettingName, string>): TelegramSettings {
  const apiRoot = values.get("TELEGRAM_API_ROOT")!;
  const url = values.get("TELEGRAM_WEBHOOK_URL");
  if (!url) return { token, apiRoot };
  const [host = "", port] = values.get("TELEGRAM_WEBHOOK_LISTEN")!.split(":");
  return { token, apiRoot, webhook: { url, host, port: Number(port) } };
}

function boardOf(values: ReadonlyMap<SettingName, string>): Config["board"] {
  const url = values.get("PLUSONE_BOARD_URL");
  if (!url) return undefined;
  const [host = "", port] = values.get("PLUSONE_BOARD_LISTEN")!.split(":");
  return { url: new URL(url).origin, host, port: Number(port) };
}

/** The settings as lines of help: name, default, meaning. */
export function describeSettings(): string {
  return (SETTINGS as readonly Setting[])
    .map(
      (setting) => `  ${setting.name.padEnd(20)} ${setting.meaning}${setting.default ? ` [${setting.default}]` : ""}`,
    )
    .join("\n");
}

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = (SETTINGS as readonly Setting[]).map(
    (setting) => `# ${setting.meaning}.\n#${setting.name}=${setting.default ?? ""}\n`,
  );
  return `# Plusone's settings. Copy this file to .env and remove the # before what you set.\n\n${lines.join("\n")}`;
}

/** The README's table of settings. */
export function settingsTable(): string {
  const rows = (SETTINGS as readonly Setting[]).map(
    (setting) => `| \`${setting.name}\` | ${setting.meaning} | ${setting.default ? `\`${setting.default}\`` : "–"} |`,
  );
  return ["| setting | meaning | default |", "| --- | --- | --- |", ...rows].join("\n");
}

function startsWith(prefixes: readonly string[]) {
  return (text: string) =>
    prefixes.some((prefix) => text.startsWith(prefix)) ? undefined : `must begin with ${prefixes.join(" or ")}`;
}

/** A Bot API server of one's own takes http too; Telegram says no to it by itself. */
function webhookUrl(text: string): string | undefined {
  return URL.canParse(text) && /^https?:\/\/[^/]/.test(text)
    ? undefined
    : "must be an address of yours that begins with https://";
}

/** Names and debts are on the board: only on this machine may it go without TLS. */
function boardUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOwn = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  return url && url.pathname === "/" && url.search === "" && (url.protocol === "https:" || isOwn)
    ? undefined
    : "must be an address of yours without a path, such as https://board.example.org";
}

function oneOf(words: readonly string[]) {
  return (text: string) => (words.includes(text) ? undefined : `must be one of ${words.join(", ")}`);
}

function wholeNumber(least: number, most: number) {
  return (text: string) =>
    /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`;
}

function zoneName(text: string): string | undefined {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return undefined;
  } catch {
    return `must be an IANA time zone such as Asia/Shanghai or Europe/London, not ${JSON.stringify(text)}`;
  }
}
