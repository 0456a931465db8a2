import { execFile } from "node:child_process";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packageRoot } from "../../bot/package-root.ts";
import { ModelFolder } from "./model-folder.ts";
import { SharedDatabase } from "./shared-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where test files ask for what a whole run shares. */
    supportUrl: string;
  }
}

/**
 * What a whole run shares lives in vitest's main process and begins when the first test file asks for it, so a run that
 * needs no database starts none.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = new SharedDatabase();
  const model = new ModelFolder();
  let built: Promise<void> | undefined;
  const answers: Readonly<Record<string, () => Promise<unknown>>> = {
    "/database": () => database.open(),
    "/model": () => model.path(),
    "/built": async () => {
      built ??= build();
      await built;
    },
  };

  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ""] ?? (async () => Promise.reject(new Error(`nothing at ${request.url}`)));
    answer().then(
      (value) => respond(response, 200, value ?? null),
      (error: Error) =>
        respond(response, 500, { message: error.message, advice: (error as { advice?: string }).advice }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  project.provide("supportUrl", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  return async () => {
    server.close();
    server.closeAllConnections();
    await Promise.all([database.close(), model.remove()]);
  };
}

function respond(response: ServerResponse, status: number, value: unknown): void {
  // A connection that is kept is closed after 5 s, which may be just when the next question is on its way.
  response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(value));
}

/** Compiles, for tests that start processes of their own: Node 20 runs no TypeScript. Faults in it are for `tsc` to tell. */
function build(): Promise<void> {
  return new Promise((resolve) => {
    const tsc = join(packageRoot, "node_modules", "typescript", "bin", "tsc");
    execFile(process.execPath, [tsc, "-b"], { cwd: packageRoot }, () => resolve());
  });
}
