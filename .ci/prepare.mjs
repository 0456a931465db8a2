// After an installation: builds. Where the compiler was left out (npm ci --omit=dev, or --omit=optional, since its program
// is an optional package), what was built before is used.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const compiler = spawnSync("npx", ["--no-install", "tsc", "--version"], { shell: process.platform === "win32" });
if (compiler.status === 0) {
  const { status } = spawnSync("npm", ["run", "--silent", "build"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exitCode = status ?? 1;
} else if (!existsSync("dist/bot/cli.js")) {
  console.error(
    "Not built: this installation has no compiler. Build with a plain npm ci, then: npm prune --omit=dev --omit=optional",
  );
}
