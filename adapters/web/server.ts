import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { PlusoneError } from "../../bot/fault.ts";
import { refuse } from "./guard.ts";

/** For the person at this machine, or a proxy there. */
const HOST = "127.0.0.1";

/** A site that is being served. */
export interface Serving {
  readonly port: number;
  /** Ends what is open; new calls are refused. */
  stop(): Promise<void>;
}

/**
 * Serves the site, on 127.0.0.1 unless it is told otherwise.
 *
 * @param port  0 for any that is free
 */
export async function serve(site: Hono, port: number, host = HOST): Promise<Serving> {
  const listener = getRequestListener(site.fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => refuse("bad-request"), // not even a request: a Host that is none
  });
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (incoming, outgoing) => {
    void listener(incoming, outgoing); // it answers its own errors
  });
  await listen(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => close(server),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(cause.code === "EADDRINUSE" ? portTaken(port, host, cause) : cause),
    );
    server.listen(port, host, resolve);
  });
}

/** Whoever is being answered may hear the end. Connections opened in advance, as browsers do, are never idle to Node. */
const LAST_WORDS_MS = 200;

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const idle = setInterval(() => server.closeIdleConnections(), 10);
    const late = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS);
    server.close((fault) => {
      clearInterval(idle);
      clearTimeout(late);
      if (fault) reject(fault);
      else resolve();
    });
  });
}

function portTaken(port: number, host: string, cause: Error): PlusoneError {
  return new PlusoneError({
    code: "port-taken",
    message: `Port ${port} of ${host} is used by another program, so no page can be shown there.`,
    advice: "Stop that program, or choose another port in the settings.",
    cause,
  });
}
