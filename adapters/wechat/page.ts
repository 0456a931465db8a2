import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PlusoneError } from "../../bot/fault.ts";
import type { Codes } from "./codes.ts";
import type { Room } from "./known.ts";

/** What the operator's page works with. */
export interface PageParts {
  /** On 127.0.0.1; 0 for any that is free. */
  readonly port: number;
  /** To the operator's terminal, never to the log. */
  show(text: string): void;
  readonly codes: Codes;
  missing(): readonly Room[];
  isOn(): boolean;
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/**
 * What the operator sees of WeChat: the QR code to log in with, and the codes that leaders write in their rooms. On this
 * machine only and under an address that nobody can guess, since whoever sees it can take the account.
 */
export class Page {
  private readonly parts: PageParts;
  private readonly key = randomBytes(18).toString("base64url");
  private server: Server | undefined;
  private qr: string | undefined;
  private shown = "";

  constructor(parts: PageParts) {
    this.parts = parts;
  }

  get url(): string | undefined {
    const address = this.server?.address() as AddressInfo | null | undefined;
    return address ? `http://127.0.0.1:${address.port}/${this.key}` : undefined;
  }

  /** @throws PlusoneError where the port is taken */
  async open(): Promise<void> {
    const server = createServer((request, response) => {
      if (!this.isKey(request.url ?? "")) {
        response.writeHead(404, { "content-type": "text/plain" }).end("There is nothing here.");
        return;
      }
      this.html().then(
        (html) => response.writeHead(200, HEADERS).end(html),
        () => response.writeHead(500).end(),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause) => reject(portTaken(this.parts.port, cause)));
      server.listen(this.parts.port, "127.0.0.1", resolve);
    });
    server.unref();
    this.server = server;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** A QR code to log in with; undefined: none is wanted any more. */
  async showCode(text: string | undefined): Promise<void> {
    if (text === this.qr) return;
    this.qr = text;
    if (text === undefined) return;
    const { toString: draw } = await import("qrcode");
    const drawn = await draw(text, { type: "terminal", small: true });
    this.parts.show(`\nScan this with WeChat to log in, or open ${this.url}\n\n${drawn}`);
  }

  /** The codes that count now, where they have changed. */
  showCodes(): void {
    const lines = this.lines().map(({ what, code }) => `  ${what}: ${code}`);
    const text = `\nWeChat: codes to write in a room (also at ${this.url})\n${lines.join("\n")}\n`;
    if (text === this.shown) return;
    this.shown = text;
    this.parts.show(text);
  }

  private lines(): readonly { readonly what: string; readonly code: string }[] {
    const { codes, missing } = this.parts;
    return [
      { what: "to lead a room", code: codes.toClaim },
      ...missing().map((room) => ({ what: `this is the room “${room.binding.name}”`, code: codes.toFind(room.id) })),
    ];
  }

  private isKey(path: string): boolean {
    const [given, wanted] = [Buffer.from(path), Buffer.from(`/${this.key}`)];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  private async html(): Promise<string> {
    const { qr } = this;
    const picture = qr && (await import("qrcode").then(({ toDataURL }) => toDataURL(qr, { width: 320 })));
    const state = picture
      ? `<p>Scan this with WeChat:</p><img alt="QR code" src="${picture}">`
      : `<p>${this.parts.isOn() ? "Logged in." : "Not logged in."}</p>`;
    const rows = this.lines().map(({ what, code }) => `<tr><td>${escaped(what)}</td><td><b>${code}</b></td></tr>`);
    return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Plusone and WeChat</title>
<style>body{font:16px sans-serif;margin:2em}td{padding:.3em 1em}</style>
<h1>WeChat</h1>${state}<p>Write a code in a WeChat room:</p><table>${rows.join("")}</table>`;
  }
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function portTaken(port: number, cause: Error): PlusoneError {
  return new PlusoneError({
    code: "port-taken",
    message: `Port ${port} of 127.0.0.1 is used by another program, so the WeChat page cannot be shown there.`,
    advice: "Stop that program, or choose another port in WECHAT_PAGE.",
    cause,
  });
}
