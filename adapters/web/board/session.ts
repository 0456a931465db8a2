import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** Which cookie tells the session. Behind https its name alone keeps other sites of the same host from setting it. */
export interface SessionCookie {
  read(c: Context): string | undefined;
  write(c: Context, secret: string): void;
  clear(c: Context): void;
}

const WEEK_S = 7 * 24 * 60 * 60;

/** @param url  where the board is reached from outside */
export function sessionCookie(url: string): SessionCookie {
  const isSecure = url.startsWith("https:");
  const name = isSecure ? "__Host-plusone-board" : "plusone-board";
  const where = { path: isSecure ? "/" : "/board", secure: isSecure }; // that kind of name demands the path "/"
  return {
    read: (c) => getCookie(c, name),
    write: (c, secret) => setCookie(c, name, secret, { ...where, httpOnly: true, sameSite: "Lax", maxAge: WEEK_S }),
    clear: (c) => void deleteCookie(c, name, where),
  };
}

/** What the forms of a session carry: who cannot read its pages cannot know it. */
export function formToken(secret: string): string {
  return createHmac("sha256", secret).update("form").digest("base64url");
}

/** Whether a form is of this session, in a time that tells nothing. */
export function isOwnForm(secret: string, token: string): boolean {
  const [wanted, given] = [Buffer.from(formToken(secret)), Buffer.from(token)];
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
