import { SendFault, type SendOutcome } from "../../bot/ports.ts";

/** What the errors of wechaty, gRPC and the puppets say, by their words: there is no other key. The first that fits counts. */
const MEANINGS: readonly { readonly words: RegExp; readonly outcome: SendOutcome; readonly code: string }[] = [
  {
    words: /no grpc manager|NO CLIENT|NOPUPPET|not logged in|ECONNREFUSED|No connection established|ENOTFOUND/i,
    outcome: "not-sent",
    code: "no connection",
  },
  { words: /UNAUTHENTICATED|Invalid Wechaty TOKEN/i, outcome: "not-sent", code: "token refused" },
  { words: /Unsupported API|not implemented|UNIMPLEMENTED/i, outcome: "refused", code: "not supported" },
  { words: /no room found|no payload found|not exist/i, outcome: "gone", code: "not found" },
];

/** After these nothing works any more until a new login is made. */
const BROKEN = /UNAVAILABLE|no grpc manager|NO CLIENT|CANCELLED|ECONNRE|Connection dropped|once\(status\)|NOPUPPET/i;

/** The token is wrong: only a person can mend that. */
const REFUSED = /UNAUTHENTICATED|Invalid Wechaty TOKEN|requires a SNI/i;

/**
 * What a failed call means for what it was to send. Holds nothing of what was to be sent, and no token, which stands in
 * addresses and paths.
 */
export function toSendFault(error: unknown): SendFault {
  if (error instanceof SendFault) return error;
  const words = wordsOf(error);
  const meaning = MEANINGS.find((each) => each.words.test(words));
  // Who fails otherwise may have sent it first.
  return new SendFault(meaning?.outcome ?? "unknown", `WeChat: ${meaning?.code ?? codeOf(error)}`);
}

/** Whether an error means that a login works no more. */
export const isBroken = (error: unknown): boolean => BROKEN.test(wordsOf(error));

/** Whether an error means that the account or the gateway refuses us. */
export const isRefused = (error: unknown): boolean => REFUSED.test(wordsOf(error));

/** The id of a message that a puppet has announced and cannot tell. @source wechaty, puppet-mixin */
export const missedIn = (error: unknown): string | undefined =>
  /message not found for id: (\S+)/.exec(wordsOf(error))?.[1];

/** A short word for the log: never the error's own, which may quote people, addresses and tokens. */
export function codeOf(error: unknown): string {
  const code = /^\s*(\d{1,2} [A-Z_]+)/.exec(wordsOf(error))?.[1];
  if (code) return code;
  return error instanceof Error ? error.name : typeof error;
}

/** wechaty wraps errors into errors. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === "string" ? error : JSON.stringify(error);
  return [error.message, "details" in error ? error.details : "", error.cause ? wordsOf(error.cause) : ""].join(" ");
}
