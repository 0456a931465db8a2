import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import type { Board } from "../../bot/board/ports.ts";
import type { Clock } from "../../bot/ports.ts";
import type { Assets } from "./assets.ts";
import { addBoard } from "./board/index.ts";
import { ownPageOnly, type Pace, paced, refuse, secured } from "./guard.ts";
import type { Live } from "./live.ts";
import { addOperatorPages, type OperatorSettings } from "./operator.ts";
import type { RequestName } from "./page/wire.ts";
import { REQUEST_NAMES, readRequest } from "./requests.ts";
import type { Visit } from "./visit.ts";

/** Whether Plusone works, and what an operator should know. Rejecting is a no. */
export type Health = () => Promise<{ readonly ok: boolean }>;

/** What the site is made of. */
export interface SiteParts {
  readonly assets: Assets;
  readonly live: Live;
  readonly visit: Visit;
  /** Whether a person of this id is in the chat. */
  readonly knows: (person: string) => boolean;
  /** A file that the bot has given to somebody in the chat. */
  readonly fileOf: (key: string) => Promise<{ name: string; data: Uint8Array; isPicture?: true } | undefined>;
  /** Called after something was kept that the bot must hear of. */
  readonly kept: () => void;
  readonly health: Health;
  readonly port: () => number;
  readonly pace: Pace;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
  /** Without it there are no such pages. */
  readonly operator?: OperatorSettings | undefined;
  /** The leader's board, the same. */
  readonly board?: Board | undefined;
}

/** The longest body that is read at all. */
const MOST_BODY_BYTES = 64 * 1024;

/** Every route of the playground. */
export function createSite(parts: SiteParts): Hono {
  const site = new Hono();
  site.use(secured);
  site.use(ownPageOnly(parts.port));

  for (const [path, { type, body }] of parts.assets) site.get(path, (c) => c.body(body, 200, { "content-type": type }));
  site.get("/api/events", () => parts.live.open() ?? refuse("too-fast", { "retry-after": "5" }));
  site.get("/files/:key", async (c) => {
    const file = await parts.fileOf(c.req.param("key"));
    if (!file) return refuse("not-found");
    const [type, way] = file.isPicture ? ["image/png", "inline"] : ["application/octet-stream", "attachment"];
    const name = `filename*=UTF-8''${encodeURIComponent(file.name)}`;
    return c.body(Uint8Array.from(file.data), 200, { "content-type": type, "content-disposition": `${way}; ${name}` });
  });
  site.get("/healthz", async (c) => {
    const health = await parts.health().catch((fault: unknown) => {
      parts.log.warn({ fault: fault instanceof Error ? fault.name : typeof fault }, "health could not be told");
      return { ok: false };
    });
    return c.json(health, health.ok ? 200 : 503);
  });

  site.use("/api/*", paced(parts.pace, parts.clock));
  site.use("/api/*", bodyLimit({ maxSize: MOST_BODY_BYTES, onError: () => refuse("too-large") }));
  for (const name of REQUEST_NAMES) site.post(`/api/${name}`, (c) => take(c, name, parts));

  if (parts.board) {
    const url = () => `http://127.0.0.1:${parts.port()}`;
    addBoard(site, { board: parts.board, url, port: parts.port, clock: parts.clock, log: parts.log });
  }
  if (parts.operator) addOperatorPages(site, parts.operator);
  site.notFound(() => refuse("not-found"));
  site.onError((fault, c) => {
    parts.log.error({ fault: fault.name, route: c.req.routePath }, "playground request failed");
    return refuse("broken");
  });
  return site;
}

/** One request of the page, kept before it is answered. */
async function take<Name extends RequestName>(c: Context, name: Name, parts: SiteParts): Promise<Response> {
  const request = readRequest(name, await readJson(c));
  if (!request || !parts.knows(request.person)) return refuse("bad-request");

  const outcome = await parts.visit[name](request).catch((fault: unknown) => {
    const code = fault instanceof Error && "code" in fault ? fault.code : undefined; // ENOSPC, EIO …
    parts.log.error({ code, route: name }, "playground could not keep what was sent");
    return { refused: "not-kept" } as const;
  });
  if ("refused" in outcome) return refuse(outcome.refused);
  parts.kept();
  return c.json(outcome);
}

/** Undefined where it is no JSON, or does not say that it is: a form of a foreign page cannot say so. */
async function readJson(c: Context): Promise<unknown> {
  if (c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() !== "application/json") return undefined;
  const text = await c.req.text();
  try {
    return JSON.parse(text);
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}
