import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { PlusoneError } from "../../bot/fault.ts";
import { type Account, chooseAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { endLeftover } from "./leftover.ts";
import { folderFault, serverFault } from "./reasons.ts";
import { call, run } from "./run.ts";

/** PostgreSQL's files in a data folder, and all that it takes to run a server on them. */
export interface Cluster {
  /** The data folder, which holds more than this. */
  readonly folder: string;
  readonly path: string;
  readonly logPath: string;
  readonly password: string;
  readonly account: Account;
  readonly binaries: Binaries;
}

/** Name of the role that owns everything, and of the database. */
export const plusone = "plusone";

const majorVersion = "18";

/** Finds the cluster in the data folder, or makes one. The folder must be held. */
export async function openCluster(folder: string, binaries: Binaries): Promise<Cluster> {
  try {
    const path = join(folder, "postgres");
    const account = chooseAccount(folder, path, [binaries.postgres]);
    const parts = { folder, path, account, binaries, logPath: join(folder, "postgres.log") };
    removeRemains(folder);

    const passwordPath = join(folder, "postgres-password");
    if (!existsSync(join(path, "PG_VERSION"))) {
      const password = randomPassword();
      writePassword(passwordPath, password);
      await create({ ...parts, password });
    }
    checkVersion(parts);
    await endLeftover(path);
    if (existsSync(passwordPath)) return { ...parts, password: readFileSync(passwordPath, "utf8").trim() };
    return await withNewPassword(parts, passwordPath);
  } catch (error) {
    throw folderFault(folder, error);
  }
}

/** An unfinished cluster has another name until it is complete, so one that was killed half-way is simply begun again. */
async function create(cluster: Cluster): Promise<void> {
  if (existsSync(cluster.path) && readdirSync(cluster.path).length > 0) {
    throw new PlusoneError({
      code: "folder-foreign",
      message: `${cluster.path} holds files, but they are no database.`,
      advice: "Move them away, or set PLUSONE_DATA to another folder.",
    });
  }

  const workshop = mkdtempSync(join(cluster.folder, "postgres.new-"));
  try {
    const unfinished = { ...cluster, path: join(workshop, "postgres") };
    const passwordPath = join(workshop, "password");
    mkdirSync(unfinished.path, { mode: 0o700 });
    writeFileSync(passwordPath, cluster.password, { mode: 0o600 });
    give(cluster.account, workshop, unfinished.path, passwordPath);

    await initdb(unfinished, passwordPath);
    await singleUser(unfinished, `CREATE DATABASE ${plusone}`);
    renameSync(unfinished.path, cluster.path);
    syncFolder(cluster.folder);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Makes sure that the new name outlives a power cut. PostgreSQL has seen to everything under it. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return; // has no such call for folders
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}

async function initdb({ path, folder, binaries, account }: Cluster, passwordPath: string): Promise<void> {
  // PostgreSQL 18's own C.UTF-8 sorts and folds alike on every machine and needs no locale to be installed.
  const language = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = [`--username=${plusone}`, `--pwfile=${passwordPath}`, "--auth=scram-sha-256"];
  const args = ["-D", path, ...language, ...access, "--data-checksums", "--no-instructions"];
  const { code, printed } = await run(call(binaries.initdb, args, binaries, account), "");
  if (code !== 0) throw serverFault(printed, folder);
}

/** Runs one line of SQL without a server and without a password. */
async function singleUser({ path, folder, binaries, account }: Omit<Cluster, "password">, sql: string): Promise<void> {
  const args = ["--single", "-D", path, "-c", "log_min_messages=error", "postgres"];
  const { code, printed } = await run(call(binaries.postgres, args, binaries, account), `${sql}\n`);
  if (code !== 0 || /\b(ERROR|FATAL|PANIC):/.test(printed)) throw serverFault(printed, folder);
}

/** The password file was lost. Who owns the files owns the database, so a new one is no more than a new key to it. */
async function withNewPassword(parts: Omit<Cluster, "password">, passwordPath: string): Promise<Cluster> {
  const password = randomPassword();
  await singleUser(parts, `ALTER ROLE ${plusone} PASSWORD '${password}'`);
  writePassword(passwordPath, password);
  return { ...parts, password };
}

function randomPassword(): string {
  return randomBytes(24).toString("hex");
}

function writePassword(path: string, password: string): void {
  rmSync(path, { force: true }); // with whatever rights it had
  writeFileSync(path, `${password}\n`, { mode: 0o600 });
}

function checkVersion({ path, folder }: { path: string; folder: string }): void {
  const found = readFileSync(join(path, "PG_VERSION"), "utf8").trim();
  if (found === majorVersion) return;
  throw new PlusoneError({
    code: "other-version",
    message: `The data folder ${folder} was written by PostgreSQL ${found}, and this Plusone brings ${majorVersion}.`,
    advice: "Start the Plusone that wrote it, export, and import into a new folder here.",
  });
}

function removeRemains(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith("postgres.new-")) rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

function give({ owner }: Account, ...paths: string[]): void {
  if (owner) for (const path of paths) chownSync(path, owner.uid, owner.gid);
}
