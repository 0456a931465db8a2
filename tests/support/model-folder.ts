import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { startEmbedded } from "../../prisma/embedded/index.ts";

/** A data folder with a finished, empty database, for tests to copy: to make one anew takes a second each time. */
export class ModelFolder {
  #home: string | undefined;
  #path: Promise<string> | undefined;

  path(): Promise<string> {
    this.#path ??= this.#make();
    return this.#path;
  }

  async remove(): Promise<void> {
    if (this.#home) await rm(this.#home, { recursive: true, force: true });
  }

  async #make(): Promise<string> {
    this.#home = await mkdtemp(join(tmpdir(), "plusone-model-"));
    const folder = join(this.#home, "data");
    const database = await startEmbedded({ folder, log: pino({ level: "silent" }) });
    await database.stop();
    return folder;
  }
}
