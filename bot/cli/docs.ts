import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { envExample, settingsTable } from "../config.ts";
import { packageRoot } from "../package-root.ts";

// `npm run docs`: writes what the table of settings says to where people look for it.
const readme = join(packageRoot, "README.md");
const text = readFileSync(readme, "utf8");
writeFileSync(readme, text.replace(/\| setting \|[\s\S]*?(?=\n\n)/, settingsTable()));
writeFileSync(join(packageRoot, ".env.example"), envExample());
