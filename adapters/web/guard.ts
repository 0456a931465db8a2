import type { MiddlewareHandler } from "hono";
import type { Clock } from "../../bot/ports.ts";
import type { RefusalCode, Refused } from "./page/wire.ts";

/** Sent with every answer, whatever it is. Nothing is loaded from elsewhere and no script stands in a page. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** Refusals in words, for whoever reads them outside the page, with their HTTP status. */
const REFUSALS = {
  "bad-request": { status: 400, message: "This is not a request that the playground knows." },
  empty: { status: 400, message: "A message needs words." },
  "too-long": { status: 400, message: "This text is too long. Shorten it and send it again." },
  "wrong-origin": { status: 403, message: "The playground answers its own page only, at 127.0.0.1 or localhost." },
  "not-yours": { status: 403, message: "Only the person who wrote this, or for whom it is, can do that." },
  "not-found": { status: 404, message: "There is nothing here." },
  "taken-back": { status: 409, message: "This message was taken back." },
  "too-large": { status: 413, message: "This is more than the playground takes at once." },
  "too-fast": { status: 429, message: "That was a lot at once. Wait a moment and try again." },
  broken: { status: 500, message: "The playground could not do this. See the log of the server." },
  "not-kept": { status: 503, message: "The playground cannot keep this at the moment. Try again." },
} as const satisfies Record<RefusalCode, { status: number; message: string }>;

/** The answer to a request that is not taken. */
export function refuse(code: RefusalCode, headers: Readonly<Record<string, string>> = {}): Response {
  const { status, message } = REFUSALS[code];
  const body: Refused = { code, message };
  return Response.json(body, { status, headers: { ...SECURITY_HEADERS, ...headers } });
}

/** Puts the headers on every answer that has none of its own. */
export const secured: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
};

/**
 * Lets through what comes from this machine's own page. A foreign name that resolves to 127.0.0.1 (DNS rebinding) shows
 * in Host, a foreign page in Origin and Sec-Fetch-Site.
 *
 * @param port  on which the server listens
 */
export function ownPageOnly(port: () => number): MiddlewareHandler {
  return async (c, next) => {
    const hosts = hostsAt(port());
    if (!hosts.includes(c.req.header("host")?.toLowerCase() ?? "")) return refuse("wrong-origin");

    const origin = c.req.header("origin")?.toLowerCase();
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return refuse("wrong-origin");
    if (c.req.method === "GET" || c.req.method === "HEAD") {
      const foreign = c.req.path.startsWith("/api/") && isForeign(c.req.header("sec-fetch-site"));
      return foreign ? refuse("wrong-origin") : next();
    }
    // A browser names the origin of every POST; who does not is no browser, and says so by leaving it out.
    return origin === undefined ? refuse("wrong-origin") : next();
  };
}

const isForeign = (site: string | undefined): boolean =>
  site !== undefined && site !== "same-origin" && site !== "none";

/** The names of this machine at a port, as a request may call it. */
export function hostsAt(port: number): readonly string[] {
  const names = ["127.0.0.1", "localhost"];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}

/** How much may come at once, and how fast after that. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** Takes requests up to a pace; the others are told when to come again. */
export function paced({ burst, perSecond }: Pace, clock: Pick<Clock, "now">): MiddlewareHandler {
  let left = burst;
  let seenMs = clock.now().getTime();

  return async (_c, next) => {
    const nowMs = clock.now().getTime();
    left = Math.min(burst, left + (Math.max(0, nowMs - seenMs) / 1000) * perSecond);
    seenMs = nowMs;
    if (left < 1) return refuse("too-fast", { "retry-after": String(Math.ceil((1 - left) / perSecond)) });
    left--;
    return next();
  };
}
