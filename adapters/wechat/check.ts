import { loadWechaty, notInstalled } from "./puppet.ts";

/**
 * Whether the packages are there. A login is not tried: it would end the one of a Plusone that runs.
 *
 * @throws PlusoneError with what to install
 */
export async function checkWeChat(puppet: string): Promise<string> {
  const { VERSION } = await loadWechaty();
  await import(puppet).catch(notInstalled(puppet));
  return `wechaty ${VERSION} with ${puppet}; whether WeChat bears it shows at the login`;
}
