import type { FaultCode } from "./model.ts";
import type { Refused, RequestName, Requests, ServerEvent, Taken } from "./wire.ts";

/** How long to wait before asking again for a stream that the server has refused. */
const AGAIN_MS = 2000;

/** How long the server may take for an answer. */
const PATIENCE_MS = 10_000;

/** Hears the server, for as long as the page is open; a lost connection is made anew. */
export function listen(heard: (event: ServerEvent) => void, changed: (connection: "live" | "lost") => void): void {
  const source = new EventSource("/api/events");
  source.onopen = () => changed("live");
  source.onmessage = ({ data }: MessageEvent<string>) => heard(JSON.parse(data) as ServerEvent);
  source.onerror = () => {
    changed("lost");
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => listen(heard, changed), AGAIN_MS);
  };
}

/** Asks the server for something: the id of what was kept, or why it was not. */
export async function ask<Name extends RequestName>(
  name: Name,
  request: Requests[Name],
): Promise<Taken | { readonly fault: FaultCode }> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`/api/${name}`, { method: "POST", headers, body: JSON.stringify(request), signal });
    const body = (await answer.json()) as Taken | Refused;
    return "code" in body ? { fault: body.code } : body;
  } catch (fault) {
    console.warn("no answer from the server", fault);
    return { fault: "offline" };
  }
}
