import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WechatyInterface } from "wechaty/impls";
import { PlusoneError } from "../../bot/fault.ts";

/** wechaty's own object: one login, from its start to its stop. */
export type Bot = WechatyInterface;
/** A puppet, as wechaty has it. */
export type Puppet = Bot["puppet"];
/** A message, as a puppet tells it. */
export type MessagePayload = Awaited<ReturnType<Puppet["messagePayload"]>>;

/** Which puppet plays the account, and what it needs. */
export interface PuppetSettings {
  /** An npm package: "wechaty-puppet-service", "wechaty-puppet-wechat4u" … */
  readonly name: string;
  readonly token?: string;
  /** host:port of a gateway; without one, wechaty's public directory is asked for the token's. */
  readonly endpoint?: string;
  /** Whether the gateway speaks TLS. */
  readonly tls?: boolean;
}

/** Not a literal type: its types change those of Node's own `util.promisify`, in every file of the project. */
const SERVICE: string = "wechaty-puppet-service";

/** What we need to know of it. */
type Service = new (options: {
  token?: string;
  endpoint?: string;
  tls?: { disable: boolean };
}) => Puppet & { _payloadStore: { storeDir: string } };

/** Loads wechaty: a second and 60 MB, so only where WeChat is on. */
export async function loadWechaty(): Promise<typeof import("wechaty")> {
  const wechaty = await import("wechaty").catch(notInstalled("wechaty"));
  wechaty.log.level("silent"); // its errors reach us as events; its log would name people and tokens
  return wechaty;
}

/**
 * A puppet of its own for each login. What it writes (caches with names, and the token in their paths) stays below
 * `folder`.
 */
export async function openPuppet(
  { name, token, endpoint, tls = true }: PuppetSettings,
  folder: string,
): Promise<Puppet> {
  if (name !== SERVICE) {
    const loaded = await import(name).catch(notInstalled(name));
    const Made = loaded.default?.default ?? loaded.default;
    return new Made(token === undefined ? {} : { token }) as Puppet;
  }
  const loaded: { PuppetService: Service } = await import(SERVICE).catch(notInstalled(SERVICE));
  const puppet = new loaded.PuppetService({
    ...(token !== undefined && { token }),
    ...(endpoint !== undefined && { endpoint }),
    ...(!tls && { tls: { disable: true } }),
  });
  // It knows no setting for this and would write into the home folder.
  puppet._payloadStore.storeDir = newCaches(join(folder, "caches"));
  return puppet;
}

/**
 * Caches of one login. Two would lock each other out, and a store that finds itself locked out ends the process. Those of
 * the login before may still be open; older ones go.
 */
function newCaches(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const age = (path: string) => Date.now() - statSync(path).mtimeMs;
  const former = readdirSync(folder).map((name) => join(folder, name));
  for (const old of former.sort((one, other) => age(one) - age(other)).slice(1)) {
    rmSync(old, { recursive: true, force: true });
  }
  return mkdtempSync(join(folder, "login-"));
}

/**
 * The file with which a puppet logs in again without a QR code. Whoever has it has the account, so it is ours alone
 * before anything stands in it.
 *
 * @returns its name as wechaty wants it
 */
export function memoryIn(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const name = join(folder, "login");
  const file = `${name}.memory-card.json`;
  if (!existsSync(file)) writeFileSync(file, "{}", { mode: 0o600 });
  chmodSync(file, 0o600);
  return name;
}

/** Says what to install where a package is missing. */
export function notInstalled(name: string) {
  return (cause: unknown): never => {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND";
    if (!isMissing) throw cause;
    throw new PlusoneError({
      code: "wechat-not-installed",
      message: `WeChat is on in the settings, and the package ${name} is not installed.`,
      advice: `Run: npm install ${name}. (npm ci --omit=optional leaves WeChat out.)`,
      cause,
    });
  };
}
