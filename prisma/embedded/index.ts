import { realpathSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger as Log } from "pino";
import { PlusoneError } from "../../bot/fault.ts";
import { type Binaries, findBinaries, linkLibraries } from "./binaries.ts";
import { type Cluster, openCluster, plusone } from "./cluster.ts";
import { holdFolder } from "./data-folder.ts";
import { endLeftover } from "./leftover.ts";
import { isFree, portsFor } from "./port.ts";
import { serverFault } from "./reasons.ts";
import { type Server, startServer } from "./server.ts";
import { boundLog } from "./server-log.ts";
import { defaultSettings, type Settings } from "./settings.ts";

/** What Plusone's own PostgreSQL is started with. */
export interface EmbeddedOptions {
  /** The data folder, made if missing; the database is a folder in it. */
  readonly folder: string;
  readonly log: Log;
  /** Default: those that npm installed for this platform. */
  readonly binaries?: Binaries;
  /** Changes to {@link defaultSettings}. */
  readonly settings?: Settings;
}

/** Plusone's own PostgreSQL, running. */
export interface Embedded {
  /** With the password in it: for clients, never for a log. Stays the same when the server has to be started again. */
  readonly url: string;
  readonly port: number;
  /** Pid of the server that runs now. */
  readonly pid: number;
  /** Ends the server in order and gives the folder free. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a data folder and keeps it running until `stop`: a server that dies is started again, on the same
 * port. It ends with this process, however that ends. Throws {@link PlusoneError} with advice when it cannot be.
 */
export async function startEmbedded({ folder, log, settings, ...given }: EmbeddedOptions): Promise<Embedded> {
  const found = given.binaries ?? (await findBinaries());
  const held = holdFolder(folder);
  try {
    const home = realpathSync(folder);
    const cluster = await openCluster(home, linkLibraries(found, `${home}/lib`));
    const { server, port } = await startOnFreePort(cluster, { ...defaultSettings, ...settings });
    log.info({ port, server: server.pid }, "PostgreSQL runs");
    return new Supervisor(cluster, { ...defaultSettings, ...settings, port: String(port) }, server, held.release, log);
  } catch (error) {
    held.release();
    throw error;
  }
}

async function startOnFreePort(cluster: Cluster, settings: Settings): Promise<{ server: Server; port: number }> {
  for (const port of portsFor(cluster.folder)) {
    if (!(await isFree(port))) continue;
    try {
      return { server: await startServer(cluster, { ...settings, port: String(port) }), port };
    } catch (error) {
      if (!(error instanceof PlusoneError && error.code === "port-taken")) throw error;
    }
  }
  throw serverFault("could not bind", cluster.folder);
}

/** Has a server, and gets a new one when it dies. */
class Supervisor implements Embedded {
  readonly url: string;
  readonly port: number;
  readonly #cluster: Cluster;
  readonly #settings: Settings;
  readonly #release: () => void;
  readonly #log: Log;
  readonly #logKeeper: NodeJS.Timeout;
  readonly #pause = new AbortController();
  #server: Server;
  #stopped: Promise<void> | undefined;
  /** Ends when the server has ended for good. */
  readonly #over: Promise<void>;

  constructor(cluster: Cluster, settings: Settings, server: Server, release: () => void, log: Log) {
    this.port = Number(settings["port"]);
    this.url = `postgresql://${plusone}:${cluster.password}@127.0.0.1:${this.port}/${plusone}`;
    this.#cluster = cluster;
    this.#settings = settings;
    this.#server = server;
    this.#release = release;
    this.#log = log;
    this.#logKeeper = setInterval(() => boundLog(cluster.logPath), 60_000).unref();
    this.#over = this.#keepRunning();
  }

  get pid(): number {
    return this.#server.pid;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    clearInterval(this.#logKeeper);
    this.#pause.abort();
    await this.#server.stop();
    await this.#over;
    await endLeftover(this.#cluster.path); // its leash died just before
    this.#release();
    this.#log.info("PostgreSQL has stopped");
  }

  /** Waits longer from death to death, up to a second, until a server has lived for a minute. */
  async #keepRunning(): Promise<void> {
    await this.#server.ended;
    for (let pauseMs = 50; !this.#stopped; pauseMs = Math.min(pauseMs * 2, 1_000)) {
      this.#log.error({ server: this.#server.pid, pauseMs }, "PostgreSQL is dead, starting it again");
      await delay(pauseMs, undefined, { ref: false, signal: this.#pause.signal }).catch(unlessAborted);
      if (this.#stopped) return;
      const begun = performance.now();
      await this.#runAgain();
      if (performance.now() - begun > 60_000) pauseMs = 25;
    }
  }

  async #runAgain(): Promise<void> {
    try {
      await endLeftover(this.#cluster.path); // only its leash died
      this.#server = await startServer(this.#cluster, this.#settings);
    } catch (error) {
      this.#log.error({ err: error }, "PostgreSQL could not be started again");
      return;
    }
    this.#log.info({ port: this.port, server: this.#server.pid }, "PostgreSQL runs again");
    if (this.#stopped) await this.#server.stop();
    await this.#server.ended;
  }
}

function unlessAborted(error: Error): void {
  if (error.name !== "AbortError") throw error;
}
