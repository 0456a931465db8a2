import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiFault, type Injected } from "./faults.ts";
import { type Args, methods } from "./methods.ts";
import type { PollRequest } from "./updates.ts";
import type { FakeWorld } from "./world.ts";

/** One call that reached the server. */
export interface Call {
  readonly method: string;
  readonly args: Args;
  readonly at: Date;
  /** HTTP status of the answer; undefined while there is none, and for ever where the connection was cut. */
  status: number | undefined;
}

/** A fault to come, and who is told when it strikes. */
export interface Planned {
  readonly fault: Injected;
  readonly onStrike?: (() => void) | undefined;
}

/** The Bot API over HTTP, on a free port of 127.0.0.1. */
export class BotApiServer {
  readonly calls: Call[] = [];
  private readonly world: FakeWorld;
  private readonly token: string;
  private readonly faults = new Map<string, Planned[]>();
  private server: Server | undefined;
  private port = 0;

  constructor(world: FakeWorld, token: string) {
    this.world = world;
    this.token = token;
  }

  get root(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Listens, on the same port as before where there was one. */
  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        // A fault of the fake itself: loud, so that no test takes it for Telegram's.
        response.writeHead(500).end(`The fake Bot API failed: ${String(error)}`);
        throw error;
      });
    });
    server.keepAliveTimeout = 60_000;
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(this.port, "127.0.0.1", resolve);
    });
    this.port = (server.address() as AddressInfo).port;
  }

  /** Hangs up on everybody and refuses connections. */
  async hangUp(): Promise<void> {
    const server = this.server;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  /** Lets the next calls of a method fail. */
  inject(method: string, planned: Planned, times: number): void {
    const waiting = this.faults.get(method) ?? [];
    this.faults.set(method, [...waiting, ...Array.from({ length: times }, () => planned)]);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.root);
    const [, token, method = ""] = /^\/bot([^/]*)\/(\w+)$/.exec(url.pathname) ?? [];
    if (token === undefined) return reply(response, 404, { ok: false, error_code: 404, description: "Not Found" });
    if (token !== this.token) {
      return reply(response, 401, { ok: false, error_code: 401, description: "Unauthorized" });
    }
    const args = await readArgs(request, url);
    const call: Call = { method, args, at: this.world.now(), status: undefined };
    this.calls.push(call);
    this.world.changed();

    const planned = this.faults.get(method)?.shift();
    if (!planned) return this.finish(call, response, await this.run(method, args, response));
    const { fault } = planned;
    planned.onStrike?.();
    if (fault.type === "answer") return this.finish(call, response, fault.fault);
    if (fault.type === "page") {
      call.status = fault.status;
      response.writeHead(fault.status, { "content-type": "text/html" }).end("<html>Bad Gateway</html>");
      return;
    }
    if (fault.done) await this.run(method, args, response);
    if (fault.type === "cut") response.socket?.destroy();
  }

  private async run(method: string, args: Args, response: ServerResponse): Promise<unknown> {
    try {
      if (method === "getUpdates") return await this.getUpdates(args, response);
      const run = methods[method];
      if (!run) throw new ApiFault(404, "Not Found: method not found");
      return run(this.world, args);
    } catch (error) {
      if (error instanceof ApiFault) return error;
      throw error;
    }
  }

  private async getUpdates(args: Args, response: ServerResponse): Promise<unknown> {
    if (this.world.webhook) {
      throw new ApiFault(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const polling = this.world.updates.poll(args as PollRequest, gone.signal);
    this.world.changed();
    const result = await polling;
    this.world.changed();
    if (result !== "conflict") return result;
    throw new ApiFault(
      409,
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    );
  }

  private finish(call: Call, response: ServerResponse, result: unknown): void {
    const fault = result instanceof ApiFault ? result : undefined;
    call.status = fault?.status ?? 200;
    this.world.changed();
    const body = fault
      ? { ok: false, error_code: fault.status, description: fault.message, parameters: fault.parameters }
      : { ok: true, result };
    // Like every web server, it tells what time it is there.
    if (!response.headersSent) response.setHeader("date", this.world.now().toUTCString());
    reply(response, call.status, body);
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Arguments come in the query, as a form or as JSON. @source Bot API, Making requests */
async function readArgs(request: IncomingMessage, url: URL): Promise<Args> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const sent = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name, plainOrJson(value)]));
  if (type.startsWith("multipart/form-data")) return { ...query, ...readParts(sent, type) };
  const body = sent.toString("utf8");
  if (body === "") return query;
  if (type.includes("application/json")) return { ...query, ...JSON.parse(body) };
  const form = [...new URLSearchParams(body)].map(([name, value]) => [name, plainOrJson(value)]);
  return { ...query, ...Object.fromEntries(form) };
}

/**
 * A form in parts. A file is a part of its own, to which its argument leads: "attach://name". Split by hand: the parser of
 * Node's own `formData()` is stricter than Telegram is, and takes no file name without quotes.
 */
function readParts(body: Buffer, type: string): Args {
  const [, boundary = ""] = /boundary=(\S+)/.exec(type) ?? [];
  const parts = new Map<string, unknown>();
  for (const part of body.toString("latin1").split(`--${boundary}`).slice(1, -1)) {
    const head = part.indexOf("\r\n\r\n");
    const data = Buffer.from(part.slice(head + 4, -2), "latin1");
    const header = Buffer.from(part.slice(0, head), "latin1").toString("utf8");
    const [, name = "", file] = /name="([^"]*)"(?:;filename=([^;\s]*))?/.exec(header) ?? [];
    parts.set(name, file === undefined ? data.toString("utf8") : { name: file, data });
  }
  const meant = (value: unknown) => {
    if (typeof value !== "string") return value;
    return value.startsWith("attach://") ? parts.get(value.slice("attach://".length)) : plainOrJson(value);
  };
  return Object.fromEntries([...parts].map(([name, value]) => [name, meant(value)]));
}

const plainOrJson = (value: string): unknown => (/^[[{]|^-?\d+$/.test(value) ? JSON.parse(value) : value);
