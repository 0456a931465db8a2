import { defineConfig } from "prisma/config";

// `generate`, `validate` and `format` only read the schema, yet the CLI first fetches a native engine that they never
// use. Naming any program as that engine keeps an install inside the npm registry. `migrate` does need the real one.
if (process.argv.some((word) => ["generate", "validate", "format"].includes(word))) {
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;
}

export default defineConfig({ schema: "schema.prisma", migrations: { path: "migrations" } });
