import { createHash, randomBytes } from "node:crypto";

/** A secret that nobody guesses, as it may stand in an address or a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret. */
export function digestOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
