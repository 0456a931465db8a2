// Makes Prisma's client from the schema; prints only what goes wrong.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const config = fileURLToPath(new URL("config.ts", import.meta.url));
const cli = fileURLToPath(import.meta.resolve("prisma/build/index.js"));
const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "generate", "--config", config, "--no-hints"], {
  encoding: "utf8",
});
if (status !== 0) process.stderr.write(`${stdout}${stderr}`);
process.exitCode = status ?? 1;
