import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { type DatabaseOffer, withClient, withDatabase } from "./shared-database.ts";

export { withClient } from "./shared-database.ts";

/** A database of its own for a test. */
export interface TestDatabase {
  readonly url: string;
  /** Removes it, cutting off whoever is still connected. */
  drop(): Promise<void>;
}

/** A fresh database, migrated and empty, on the server that the whole run shares. Takes about 50 ms after the first. */
export async function freshDatabase(): Promise<TestDatabase> {
  const offer = await ask<DatabaseOffer>("/database");
  return create(offer, `TEMPLATE ${offer.template}`);
}

/** A database with nothing in it, not even tables. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return create(await ask<DatabaseOffer>("/database"), "ENCODING 'UTF8' TEMPLATE template0");
}

async function create({ adminUrl, prefix }: DatabaseOffer, how: string): Promise<TestDatabase> {
  const name = `${prefix}_${randomBytes(6).toString("hex")}`;
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${name} ${how}`));
  return {
    url: withDatabase(adminUrl, name),
    drop: async () => {
      await withClient(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Copies a data folder with a finished, empty database to where a test wants one. Owners stay, which is why it is `cp`. */
export async function copyDataFolder(to: string): Promise<void> {
  execFileSync("cp", ["-a", await ask<string>("/model"), to]);
}

/** Sees to it that dist/ is what the sources say, for tests that start processes of their own. */
export async function built(): Promise<void> {
  await ask("/built");
}

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(inject("supportUrl") + path);
  const answer = (await response.json()) as T & { message: string; advice?: string };
  if (!response.ok) throw new Error([answer.message, answer.advice].filter(Boolean).join(" "));
  return answer;
}
