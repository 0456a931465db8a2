import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import type { Logger } from "pino";
import type { Board } from "../../../bot/board/ports.ts";
import { packageRoot } from "../../../bot/package-root.ts";
import type { Clock } from "../../../bot/ports.ts";
import { secured } from "../guard.ts";
import { type Serving, serve } from "../server.ts";
import { boardRoutes, type PageFiles } from "./routes.ts";

/** What the board is made of. */
export interface BoardSettings {
  readonly board: Board;
  /** Where it is reached from outside. */
  readonly url: string | (() => string);
  /** On which it listens. */
  readonly port: () => number;
  readonly clock: Pick<Clock, "now">;
  readonly log: Logger;
}

/** Puts the board on a site. */
export function addBoard(site: Hono, settings: BoardSettings): void {
  let files: ReturnType<typeof readFiles> | undefined;
  const filesOf = () => {
    files ??= readFiles();
    return files;
  };
  site.route("/", boardRoutes({ ...settings, files: filesOf, newKey: randomUUID }));
}

/** The board on a site of its own: behind a proxy it is all that can be reached. */
export async function serveBoard(
  settings: Omit<BoardSettings, "url" | "port"> & {
    readonly url: string;
    readonly host: string;
    readonly port: number;
  },
): Promise<Serving> {
  const site = new Hono();
  let serving: Serving | undefined;
  site.use(secured);
  addBoard(site, { ...settings, port: () => serving?.port ?? settings.port });
  site.get("/", (c) => c.redirect("/board"));
  serving = await serve(site, settings.port, settings.host);
  return serving;
}

/** What the pages are made with beside their markup, read once. */
async function readFiles(): Promise<PageFiles> {
  const [fonts, style, script, icon] = await Promise.all([
    readFile(join(packageRoot, "adapters/web/fonts.css"), "utf8"),
    readFile(join(packageRoot, "adapters/web/board/style.css"), "utf8"),
    readFile(join(packageRoot, "dist/adapters/web/page/board.js"), "utf8"),
    readFile(join(packageRoot, "adapters/web/page/icon.svg"), "utf8"),
  ]);
  return { style: fonts + style, script, icon };
}
