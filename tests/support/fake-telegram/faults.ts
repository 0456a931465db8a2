import type { ResponseParameters } from "grammy/types";

/** What the Bot API answers when it does not do what it was asked. */
export class ApiFault extends Error {
  readonly status: number;
  readonly parameters: ResponseParameters | undefined;

  constructor(status: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

/** @param rest  what comes after "Bad Request: " */
export const badRequest = (rest: string) => new ApiFault(400, `Bad Request: ${rest}`);
export const forbidden = (rest: string) => new ApiFault(403, `Forbidden: ${rest}`);

/** A fault to come: what happens to a call instead of, or after, being done. */
export type Injected =
  /** Answered with an error, and not done. */
  | { readonly type: "answer"; readonly fault: ApiFault }
  /** The connection is cut: before anything is done, or after it is done and before the answer. */
  | { readonly type: "cut"; readonly done: boolean }
  /** Taken and never answered. */
  | { readonly type: "silence"; readonly done: boolean }
  /** A page of some machine between: not the Bot API's JSON. */
  | { readonly type: "page"; readonly status: number };

export const tooManyRequests = (retryAfterSeconds: number): Injected => ({
  type: "answer",
  fault: new ApiFault(429, `Too Many Requests: retry after ${retryAfterSeconds}`, { retry_after: retryAfterSeconds }),
});
export const serverError = (status: 500 | 502 | 504 = 500): Injected => ({
  type: "answer",
  fault: new ApiFault(status, status === 500 ? "Internal Server Error" : "Bad Gateway"),
});
export const answers = (fault: ApiFault): Injected => ({ type: "answer", fault });
export const replyLost: Injected = { type: "cut", done: true };
export const connectionCut: Injected = { type: "cut", done: false };
export const silence: Injected = { type: "silence", done: false };
export const doneInSilence: Injected = { type: "silence", done: true };
export const gatewayPage: Injected = { type: "page", status: 502 };
