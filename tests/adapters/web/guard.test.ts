import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SECURITY_HEADERS } from "../../../adapters/web/guard.ts";
import type { Playground } from "../../../adapters/web/index.ts";
import { built } from "../../support/database.ts";
import { ask, dataFolder, playgroundIn } from "./opened.ts";

const say = (text: string) => ({ key: crypto.randomUUID(), person: "p1", text, language: "en" }) as const;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request as no browser lets a page make it: with any Host. */
function send(url: string, method: string, path: string, headers: Record<string, string>, body = ""): Promise<Answer> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        if (path === "/api/events") response.destroy(); // it never ends by itself
      });
      response.on("close", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    call.on("error", reject);
    call.end(body);
  });
}

describe("the playground's door", () => {
  let playground: Playground;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let own: string;
  let healthy = true;

  beforeAll(async () => {
    await built();
    folder = await dataFolder();
    const health = async () => {
      if (!healthy) throw new Error("the health check itself fails");
      return { ok: healthy };
    };
    playground = playgroundIn(folder.path, { health });
    await playground.start(async () => {});
    own = new URL(playground.url).host;
  });
  afterAll(async () => {
    await playground.stop();
    await folder.remove();
  });

  const json = { "content-type": "application/json" };
  const answers = [
    { what: "the page", method: "GET", path: "/", headers: {}, status: 200 },
    { what: "its style", method: "GET", path: "/style.css", headers: {}, status: 200 },
    { what: "its icon", method: "GET", path: "/icon.svg", headers: {}, status: 200 },
    { what: "its script", method: "GET", path: "/page/main.js", headers: {}, status: 200 },
    { what: "a part of its script", method: "GET", path: "/page/words/en.js", headers: {}, status: 200 },
    { what: "the events", method: "GET", path: "/api/events", headers: {}, status: 200 },
    { what: "health", method: "GET", path: "/healthz", headers: {}, status: 200 },
    { what: "a path that is not there", method: "GET", path: "/page/../index.ts", headers: {}, status: 404 },
    {
      what: "a way out of the folder",
      method: "GET",
      path: "/page/..%2f..%2f..%2fpackage.json",
      headers: {},
      status: 404,
    },
    { what: "a method that is not there", method: "PUT", path: "/", headers: { origin: "own" }, status: 404 },
    {
      what: "a body that is no JSON",
      method: "POST",
      path: "/api/say",
      headers: { origin: "own", ...json },
      body: "{",
      status: 400,
    },
    {
      what: "a body that is no object",
      method: "POST",
      path: "/api/say",
      headers: { origin: "own", ...json },
      body: "[]",
      status: 400,
    },
    {
      what: "a form",
      method: "POST",
      path: "/api/say",
      headers: { origin: "own", "content-type": "text/plain" },
      body: JSON.stringify(say("x")),
      status: 400,
    },
    {
      what: "a foreign name for this machine",
      method: "GET",
      path: "/",
      headers: { host: "evil.example:80" },
      status: 403,
    },
    {
      what: "a foreign name on our port",
      method: "GET",
      path: "/api/events",
      headers: { host: "evil.example:own" },
      status: 403,
    },
    { what: "localhost on another port", method: "GET", path: "/", headers: { host: "localhost:1" }, status: 403 },
    { what: "localhost", method: "GET", path: "/", headers: { host: "localhost:own" }, status: 200 },
    { what: "a Host that is none", method: "GET", path: "/", headers: { host: "a b/c" }, status: 400 },
    {
      what: "a foreign page that writes",
      method: "POST",
      path: "/api/say",
      headers: { origin: "http://evil.example", ...json },
      body: JSON.stringify(say("x")),
      status: 403,
    },
    {
      what: "another port of this machine that writes",
      method: "POST",
      path: "/api/say",
      headers: { origin: "http://127.0.0.1:1", ...json },
      body: JSON.stringify(say("x")),
      status: 403,
    },
    {
      what: "a sandboxed page that writes",
      method: "POST",
      path: "/api/say",
      headers: { origin: "null", ...json },
      body: JSON.stringify(say("x")),
      status: 403,
    },
    {
      what: "somebody without an origin who writes",
      method: "POST",
      path: "/api/say",
      headers: json,
      body: JSON.stringify(say("x")),
      status: 403,
    },
    {
      what: "a foreign page that listens",
      method: "GET",
      path: "/api/events",
      headers: { "sec-fetch-site": "cross-site" },
      status: 403,
    },
    {
      what: "more than a body may be",
      method: "POST",
      path: "/api/say",
      headers: { origin: "own", ...json },
      body: JSON.stringify(say("x".repeat(70_000))),
      status: 413,
    },
  ];
  for (const { what, method, path, headers, body, status } of answers) {
    test(`${what}: ${status}, with every header`, async () => {
      const sent = Object.entries(headers).map(([name, value]) => [
        name,
        value === "own" ? playground.url : value.replace(":own", `:${new URL(playground.url).port}`),
      ]);

      const answer = await send(playground.url, method, path, { host: own, ...Object.fromEntries(sent) }, body);

      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject(SECURITY_HEADERS);
    });
  }

  test("nothing in the headers lets a script, a style or a picture come from elsewhere", () => {
    expect(SECURITY_HEADERS["content-security-policy"]).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  test("nothing in the page names another host", async () => {
    const paths = ["/", "/style.css", "/page/main.js", "/page/link.js", "/page/dom.js"];
    const texts = await Promise.all(paths.map(async (path) => (await fetch(playground.url + path)).text()));

    expect(texts.join("").match(/(?:https?:)?\/\/[a-z][\w-]*\.[\w.]+/gi)).toEqual(["http://www.w3.org"]); // the name of SVG
  });

  test("a failing health check is a no, with headers and without its words", async () => {
    healthy = false;
    const response = await fetch(`${playground.url}/healthz`);
    healthy = true;

    expect([response.status, await response.json()]).toEqual([503, { ok: false }]);
    expect(Object.fromEntries(response.headers)).toMatchObject(SECURITY_HEADERS);
  });

  const wrong = [
    { body: { ...say("x"), more: 1 }, why: "a field too many" },
    { body: { ...say("x"), key: undefined }, why: "a field too few" },
    { body: { ...say("x"), person: "p9" }, why: "a person who is not here" },
    { body: { ...say("x"), person: "bot" }, why: "the bot speaks for itself" },
    { body: { ...say("x"), text: 7 }, why: "a text that is none" },
    { body: { ...say("x"), language: "xx" }, why: "a language that is none" },
    { body: { ...say("x"), key: "k".repeat(101) }, why: "a key like a book" },
    { body: { ...say("x"), replyTo: {} }, why: "an answer to an object" },
    { body: JSON.parse('{"__proto__":{"person":"p1"}}'), why: "a prototype" },
  ];
  for (const { body, why } of wrong) {
    test(`${why} is refused`, async () => {
      const response = await ask(playground, "say", body);

      expect([response.status, await response.json()]).toMatchObject([400, { code: "bad-request" }]);
    });
  }

  test("a text that is too long is answered in words", async () => {
    const response = await ask(playground, "say", say("果".repeat(4097)));

    expect([response.status, await response.json()]).toEqual([
      400,
      { code: "too-long", message: "This text is too long. Shorten it and send it again." },
    ]);
  });

  test("the longest text is taken", async () => {
    expect((await ask(playground, "say", say("果".repeat(4096)))).status).toBe(200);
  });

  test("an empty text is none", async () => {
    expect(await (await ask(playground, "say", say(" \n "))).json()).toMatchObject({ code: "empty" });
  });
});

describe("the playground's pace", () => {
  test("a script that writes in a loop is slowed down, and told for how long", async () => {
    await built();
    const folder = await dataFolder();
    let now = Date.parse("2026-11-21T20:00:00Z");
    const pace = { burst: 3, perSecond: 0.5 };
    const playground = playgroundIn(folder.path, { pace, clock: { now: () => new Date(now) } });
    await playground.start(async () => {});

    const statuses: number[] = [];
    for (const text of ["1", "2", "3", "4"]) statuses.push((await ask(playground, "say", say(text))).status);
    const refused = await ask(playground, "say", say("5"));
    now += 2000;
    const later = await ask(playground, "say", say("6"));
    await playground.stop();
    await folder.remove();

    expect(statuses).toEqual([200, 200, 200, 429]);
    expect([refused.headers.get("retry-after"), await refused.json()]).toMatchObject(["2", { code: "too-fast" }]);
    expect(later.status).toBe(200);
  });

  test("a port that is taken is told in words", async () => {
    const folder = await dataFolder();
    const first = playgroundIn(folder.path);
    await first.start(async () => {});
    const other = await dataFolder();
    const second = playgroundIn(other.path, { port: Number(new URL(first.url).port) });

    await expect(second.start(async () => {})).rejects.toMatchObject({ code: "port-taken", advice: /another port/ });

    await first.stop();
    await Promise.all([folder.remove(), other.remove()]);
  });
});
