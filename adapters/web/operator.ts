import { createHash, timingSafeEqual } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { auth } from "hono/utils/basic-auth";
import type { Logger } from "pino";
import type { Clock } from "../../bot/ports.ts";
import { ownPageOnly, refuse, SECURITY_HEADERS, secured } from "./guard.ts";
import { type Serving, serve } from "./server.ts";

/** What the operator's pages are made of. */
export interface OperatorSettings {
  /** Who knows it is the operator; any name goes with it. */
  readonly password: string;
  /** Answers what is at `path` and below. Rejecting: the queue cannot be looked at now. */
  readonly queues: { readonly path: string; readonly fetch: (request: Request) => Promise<Response> };
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
}

/** Wrong passwords that are listened to at once, and the time that each is forgotten after. */
const TRIES = 5;
const TRY_EVERY_MS = 30_000;

/** The pages are Bull Board's, which styles as it draws and names its own base. Scripts are files, as everywhere. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; form-action 'none'; base-uri 'self'; frame-ancestors 'none'";

/** Puts the operator's pages on a site. Everything on them can only be read. */
export function addOperatorPages(site: Hono, { password, queues, clock, log }: OperatorSettings): void {
  const guard = operatorOnly({ password, clock, log });
  const answer = async (request: Request): Promise<Response> => {
    const page = await queues.fetch(request).catch((fault: unknown) => {
      log.warn({ err: fault }, "the queue could not be looked at");
      return new Response("The queue cannot be looked at just now. See the log, and try again.", { status: 503 });
    });
    const headers = new Headers(page.headers);
    headers.set("content-security-policy", PAGE_POLICY);
    return new Response(page.body, { status: page.status, headers });
  };
  for (const path of [queues.path, `${queues.path}/*`]) site.get(path, guard, (c) => answer(c.req.raw));
}

/** A site with the operator's pages alone, where there is no playground that carries them. */
export async function serveOperator(settings: OperatorSettings & { readonly port: number }): Promise<Serving> {
  const site = new Hono();
  let serving: Serving | undefined;
  site.use(secured);
  site.use(ownPageOnly(() => serving?.port ?? settings.port));
  addOperatorPages(site, settings);
  site.notFound(() => refuse("not-found"));
  site.onError((fault, c) => {
    settings.log.error({ fault: fault.name, route: c.req.routePath }, "an operator's page failed");
    return refuse("broken");
  });
  serving = await serve(site, settings.port);
  return serving;
}

/** Lets those through who name the password (HTTP Basic). After some wrong ones nobody is heard for a while. */
function operatorOnly({
  password,
  clock,
  log,
}: Pick<OperatorSettings, "password" | "clock" | "log">): MiddlewareHandler {
  const wanted = digest(password);
  let [left, seenMs] = [TRIES, clock.now().getTime()];

  return async (c, next) => {
    const nowMs = clock.now().getTime();
    left = Math.min(TRIES, left + Math.max(0, nowMs - seenMs) / TRY_EVERY_MS);
    seenMs = nowMs;
    const named = auth(c.req.raw);
    if (!named) return askForPassword();
    // Heard or not must not depend on the password, or guessing would go on.
    if (left < 1) return refuse("too-fast", { "retry-after": String(Math.ceil(((1 - left) * TRY_EVERY_MS) / 1000)) });
    if (timingSafeEqual(digest(named.password), wanted)) return next();
    left -= 1;
    log.warn({ left: Math.floor(left) }, "somebody named a wrong operator's password");
    return askForPassword();
  };
}

function askForPassword(): Response {
  return new Response("These pages are the operator's: PLUSONE_OPERATOR_PASSWORD opens them, with any name.", {
    status: 401,
    headers: { ...SECURITY_HEADERS, "www-authenticate": 'Basic realm="Plusone", charset="UTF-8"' },
  });
}

/** Of one length, whatever was named. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
