import { GrammyError, HttpError } from "grammy";
import { PlusoneError } from "../../bot/fault.ts";
import { SendFault, type SendOutcome } from "../../bot/ports.ts";

/** Nothing was sent: no connection came about. */
const noConnection =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** What a refusal of Telegram's means, by its words: there is no other key. The first that fits counts. */
const meanings: readonly { readonly words: RegExp; readonly outcome: SendOutcome }[] = [
  {
    words:
      /not enough rights|have no rights|need administrator rights|CHAT_ADMIN_REQUIRED|FORBIDDEN|RESTRICTED|TOPIC_CLOSED|USER_IS_BLOCKED|not accessible/i,
    outcome: "blocked",
  },
  {
    words: /not found|_ID_INVALID|query is too old|can't be (edited|deleted)|TOPIC_DELETED/i,
    outcome: "gone",
  },
];

/**
 * What a failed call means for what it was to send. Holds no token (the network's own errors have it in their
 * addresses) and nothing of what was to be sent.
 *
 * @returns what is no fault of Telegram's or of the network as it is: a bug
 */
export function toSendFault(method: string, error: unknown): unknown {
  if (error instanceof HttpError) {
    const { code, reachedNobody } = readNetworkFault(error);
    return new SendFault(reachedNobody ? "not-sent" : "unknown", `${method}: no answer (${code})`);
  }
  if (!(error instanceof GrammyError)) return error;

  const { error_code: status, description, parameters } = error;
  const message = `${method}: ${status} ${description}`;
  if (parameters.migrate_to_chat_id !== undefined) {
    return new SendFault("moved", message, { movedTo: String(parameters.migrate_to_chat_id) });
  }
  if (status === 429) return new SendFault("not-sent", message, { retryAfterMs: retryAfterMs(error) });
  if (status >= 500) return new SendFault("unknown", message);
  if (isTokenRefused(error)) return new SendFault("not-sent", message, { retryAfterMs: 60_000 });
  if (status === 403) return new SendFault("blocked", message);
  const meaning = meanings.find(({ words }) => words.test(description));
  return new SendFault(meaning?.outcome ?? "refused", message);
}

/** Whether an edit failed only because nothing would change. */
export const isNotModified = (error: unknown): boolean =>
  error instanceof GrammyError && error.description.includes("message is not modified");

/** Whether an edit failed only because the message's words are not where they were looked for: under a picture, or not. */
export const isOtherKind = (error: unknown): boolean =>
  error instanceof GrammyError && /there is no (text|caption) in the message to edit/.test(error.description);

/** Why nothing could be fetched, and how long to leave it. */
export type PollFault =
  | { readonly type: "conflict"; readonly reason: string }
  | { readonly type: "token"; readonly reason: string }
  | { readonly type: "passing"; readonly reason: string; readonly retryAfterMs?: number };

/** @throws what is no fault of Telegram's or of the network: a bug */
export function toPollFault(error: unknown): PollFault {
  if (error instanceof HttpError) return { type: "passing", reason: readNetworkFault(error).code };
  if (!(error instanceof GrammyError)) throw error;

  const reason = `${error.error_code} ${error.description}`;
  if (error.error_code === 409) return { type: "conflict", reason };
  if (isTokenRefused(error)) return { type: "token", reason };
  if (error.error_code === 429) return { type: "passing", reason, retryAfterMs: retryAfterMs(error) };
  return { type: "passing", reason };
}

/** Told where Telegram does not know the token. @param reason  in Telegram's words */
export const tokenRefused = (reason: string) =>
  new PlusoneError({
    code: "telegram-token-refused",
    message: `Telegram does not accept the bot's token (${reason}).`,
    advice:
      "Copy the token anew from BotFather (/mybots, your bot, API Token) into TELEGRAM_TOKEN; with a server of your own, look at TELEGRAM_API_ROOT too.",
  });

/** Told where another program reads with the token. @param reason  in Telegram's words */
export const readByAnother = (reason: string) =>
  /webhook/.test(reason) ? toldAnother(reason) : polledByAnother(reason);

const toldAnother = (reason: string) =>
  new PlusoneError({
    code: "telegram-webhook-of-another",
    message: `Another program has Telegram send this bot's updates to a webhook (${reason}).`,
    advice:
      "One token serves one program: stop the other one, or give it a bot of its own, then start Plusone again, which takes the webhook away.",
  });

const polledByAnother = (reason: string) =>
  new PlusoneError({
    code: "telegram-read-by-another",
    message: `Another program is reading this bot's messages (${reason}).`,
    advice:
      "One token serves one program: stop the other one, or give it a bot of its own. If you know of no other, revoke the token with BotFather.",
  });

/** Telegram says 401 to a token that it does not know, and 404 to what does not look like one. */
const isTokenRefused = ({ error_code, description }: GrammyError) =>
  error_code === 401 || (error_code === 404 && !description.includes("method"));

function retryAfterMs({ parameters, description }: GrammyError): number {
  const seconds = parameters.retry_after ?? Number(/retry after (\d+)/i.exec(description)?.[1] ?? 5);
  return seconds * 1000;
}

/** @returns `code`: a short word, never the address, which holds the token */
function readNetworkFault({ error }: HttpError): { code: string; reachedNobody: boolean } {
  if (!(error instanceof Error)) return { code: "unreadable answer", reachedNobody: false };
  if (error.message.includes("timed out after")) return { code: "time-out", reachedNobody: false };
  if ("type" in error && error.type === "invalid-json") return { code: "unreadable answer", reachedNobody: false };
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  // A connection that timed out while it was made has sent nothing; one that was made may have.
  const whileConnecting = code === "ETIMEDOUT" && !/\b(read|write) ETIMEDOUT/.test(error.message);
  return { code, reachedNobody: noConnection.test(code) || whileConnecting };
}
