import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import { packageRoot } from "../bot/package-root.ts";

const schemaPath = join(packageRoot, "prisma", "schema.prisma");

/**
 * The SQL that leads from one schema to another, as `prisma migrate diff --script` writes it. Prisma's command needs a
 * native engine that is not in the npm registry; this is the same engine as WebAssembly, of the same commit as our
 * `prisma` (compare `@prisma/engines-version`). It needs no database.
 *
 * @param from  text of the schema to start from; nothing: an empty database
 * @param to    text of the schema to arrive at; default: prisma/schema.prisma
 */
export async function schemaSql({ from, to = readFileSync(schemaPath, "utf8") }: SchemaChange = {}): Promise<string> {
  const engine = await openSchemaEngine(pretendedPostgres);
  const { stdout } = await engine.diff({
    from: from === undefined ? { tag: "empty" } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  return stdout ?? "";
}

/** Texts of two schemas: see `schemaSql`. */
export interface SchemaChange {
  readonly from?: string;
  readonly to?: string;
}

function datamodel(content: string) {
  return { tag: "schemaDatamodel" as const, files: [{ path: "schema.prisma", content }] };
}

/**
 * Prisma's schema engine on a database.
 *
 * @param adapter  as `bindSqlAdapterFactory` of Prisma's driver-adapter-utils makes it of a driver's adapter
 */
export async function openSchemaEngine(adapter: object): Promise<SchemaEngine> {
  loaded ??= loadEngine();
  const engine = await loaded;
  return engine.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}

type Engine = typeof import("@prisma/schema-engine-wasm");

/** What is used of it; TypeScript knows it only together with the browser's names. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** Once for a process: the package keeps views of one engine's memory. */
let loaded: Promise<Engine> | undefined;

/** The package's own entry imports the .wasm file, which Node 20 cannot; so we do by hand what that entry does. */
async function loadEngine(): Promise<Engine> {
  const glue = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const engine: Engine & { __wbg_set_wasm(exports: object): void } = await import(glue);
  const bytes = readFileSync(glue.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engine });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  return engine;
}

const ok = <T>(value: T) => ({ ok: true, value });

/** The engine asks its database for the version before it compares two texts. That is all it asks. */
const pretendedPostgres = {
  provider: "postgres",
  adapterName: "none",
  errorRegistry: { consumeError: () => undefined },
  connect: async () => ok(pretendedConnection),
};

const pretendedConnection = {
  provider: "postgres",
  adapterName: "none",
  queryRaw: async () =>
    ok({
      columnNames: ["exists", "version", "numeric_version"],
      columnTypes: [5, 7, 0], // boolean, text, int32 in Prisma's counting
      rows: [[true, "PostgreSQL 18.0", 180000]],
    }),
  getConnectionInfo: () => ok({ schemaName: "public", supportsRelationJoins: true }),
  dispose: async () => ok(undefined),
};

/** `npm run schema-sql` prints the whole; `npm run schema-sql -- HEAD` what changed since that commit. */
if (process.argv[1] && import.meta.filename === process.argv[1]) {
  const since = process.argv[2];
  const from = since && execFileSync("git", ["show", `${since}:./schema.prisma`], { cwd: join(packageRoot, "prisma") });
  process.stdout.write(await schemaSql(from ? { from: from.toString() } : {}));
}
