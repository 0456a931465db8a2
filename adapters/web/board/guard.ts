import type { Context, MiddlewareHandler } from "hono";
import type { Clock } from "../../../bot/ports.ts";
import type { Language } from "../../../bot/store.ts";
import { hostsAt, type Pace, paced, SECURITY_HEADERS } from "../guard.ts";
import { note } from "./view.ts";
import { boardWordsOf } from "./words.ts";

/** What each session may ask for. */
const SESSION_PACE: Pace = { burst: 120, perSecond: 4 };

/** Sessions whose pace is remembered. */
const MOST_PACED = 1_000;

/** A page of this site may be named to it: without that, browsers do not say whose form it is. */
export function headed(url: () => string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const more = url().startsWith("https:") ? { "strict-transport-security": "max-age=31536000" } : {};
    const headers = { ...SECURITY_HEADERS, ...more, "referrer-policy": "same-origin" };
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}

/** Takes what is asked of this host, and forms of its own pages only. A proxy may name the host as it calls it itself. */
export function ownOriginOnly(url: () => string, port: () => number): MiddlewareHandler {
  return async (c, next) => {
    const own = new URL(url());
    const hosts = [own.host, ...hostsAt(port())];
    if (!hosts.includes(c.req.header("host")?.toLowerCase() ?? "")) return refuse(c, 403, "wrongForm");
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const origins = [own.origin, ...hostsAt(port()).map((host) => `http://${host}`)];
    return origins.includes(c.req.header("origin")?.toLowerCase() ?? "") ? next() : refuse(c, 403, "wrongForm");
  };
}

/** Slows each session down by itself. Undefined where it may go on; else when it may come again, in seconds. */
export function sessionPaces(clock: Pick<Clock, "now">): (c: Context, secret: string) => Promise<string | undefined> {
  const paces = new Map<string, MiddlewareHandler>();
  return async (c, secret) => {
    const pace = paces.get(secret) ?? paced(SESSION_PACE, clock);
    if (!paces.has(secret) && paces.size >= MOST_PACED) paces.delete(paces.keys().next().value!);
    paces.set(secret, pace);
    const refused = await pace(c, async () => {});
    return refused instanceof Response ? (refused.headers.get("retry-after") ?? "1") : undefined;
  };
}

/** A page that says why not. */
export function refuse(
  c: Context,
  status: 401 | 403 | 404 | 409 | 410 | 413 | 429 | 503,
  why: RefusalWord,
  language = languageOf(c),
) {
  const words = boardWordsOf(language);
  return c.html(note(language, words.board, words[why]), status);
}

type RefusalWord = "notIn" | "notFound" | "enterGone" | "wrongForm" | "tooFast" | "broken";

/** In which somebody reads who is not in, as their browser tells. */
export function languageOf(c: Context): Language {
  const tag = c.req.header("accept-language")?.split(",")[0]?.toLowerCase() ?? "";
  if (!tag.startsWith("zh")) return "en";
  return /hant|tw|hk|mo/.test(tag) ? "zh-hant" : "zh-hans";
}
