import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { createPlayground, type Playground, type PlaygroundSettings } from "../../../adapters/web/index.ts";
import type { RequestName, Requests, ServerEvent } from "../../../adapters/web/page/wire.ts";

/** An empty data folder of a test's own. */
export async function dataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "plusone-web-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A playground on any free port, which logs nothing and slows nobody down. */
export function playgroundIn(folder: string, more: Partial<PlaygroundSettings> = {}): Playground {
  return createPlayground({
    ...{ port: 0, folder, log: pino({ level: "silent" }), clock: { now: () => new Date() } },
    ...{ pace: { burst: 10_000, perSecond: 10_000 }, retryMs: 5 },
    ...more,
  });
}

/** Asks as the page does. */
export function ask<Name extends RequestName>(
  { url }: Playground,
  name: Name,
  body: Requests[Name],
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/api/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, ...headers },
    body: JSON.stringify(body),
  });
}

/** What a page hears, from the moment it begins to look. */
export class Listening {
  readonly events: ServerEvent[] = [];
  private readonly ending = new AbortController();
  private readonly waiting = new Set<() => void>();
  private ended: Promise<void> = Promise.resolve();

  static async to({ url }: Playground): Promise<Listening> {
    const listening = new Listening();
    const response = await fetch(`${url}/api/events`, { signal: listening.ending.signal });
    if (!response.ok || !response.body) throw new Error(`no events: ${response.status}`);
    listening.ended = listening.read(response.body);
    return listening;
  }

  /** The first event, now or later, that this finds something in. */
  async until<Found>(find: (event: ServerEvent) => Found | undefined): Promise<Found> {
    let seen = 0;
    for (;;) {
      for (; seen < this.events.length; seen++) {
        const found = find(this.events[seen]!);
        if (found !== undefined) return found;
      }
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** Resolves when the server has ended the stream. */
  get end(): Promise<void> {
    return this.ended;
  }

  stop(): void {
    this.ending.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    try {
      for await (const bytes of body) {
        const blocks = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
        rest = blocks.pop() ?? "";
        const data = blocks.filter((block) => block.startsWith("data: "));
        this.events.push(...data.map((block) => JSON.parse(block.slice("data: ".length)) as ServerEvent));
        for (const resume of this.waiting) resume();
        this.waiting.clear();
      }
    } catch (error) {
      if (!this.ending.signal.aborted) throw error;
    }
  }
}
