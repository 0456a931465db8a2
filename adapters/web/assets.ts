import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PlusoneError } from "../../bot/fault.ts";
import { packageRoot } from "../../bot/package-root.ts";

/** A file of the page, by the path under which it is asked for. */
export type Assets = ReadonlyMap<string, { readonly type: string; readonly body: string }>;

/**
 * Reads the page's files once. Only these paths exist, so no path of a request ever reaches the disk. Markup and style
 * lie beside the sources, scripts are built into `dist`.
 */
export async function loadAssets(root = packageRoot): Promise<Assets> {
  const sources = join(root, "adapters/web/page");
  const scripts = join(root, "dist/adapters/web/page");
  const names = (await listFiles(scripts))
    .filter((name) => name.endsWith(".js"))
    .map((name) => name.replaceAll("\\", "/"));
  if (!names.includes("main.js")) {
    throw new PlusoneError({
      code: "page-not-built",
      message: `The playground's page has not been built: there is no main.js in ${scripts}.`,
      advice: "Run `npm run build`.",
    });
  }

  const read = async (path: string, file: string, type: string, before = "") =>
    [path, { type, body: before + (await readFile(file, "utf8")) }] as const;
  const fonts = await readFile(join(root, "adapters/web/fonts.css"), "utf8");
  return new Map(
    await Promise.all([
      read("/", join(sources, "index.html"), "text/html; charset=utf-8"),
      read("/style.css", join(sources, "style.css"), "text/css; charset=utf-8", fonts),
      read("/icon.svg", join(sources, "icon.svg"), "image/svg+xml"),
      ...names.map((name) => read(`/page/${name}`, join(scripts, name), "text/javascript; charset=utf-8")),
    ]),
  );
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return [];
    throw fault;
  }
}
