// npm run test:faults [-- --quick] [--seed=7] [--buys=16] [names of campaigns]: hands these to the campaigns, which vitest runs.
import { spawnSync } from "node:child_process";

const given = process.argv.slice(2);
const settingOf = (name) => given.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const [seed, buys] = [settingOf("seed"), settingOf("buys")];
const env = {
  ...process.env,
  PLUSONE_FAULTS: given.includes("--quick") ? "quick" : "full",
  ...(buys && { PLUSONE_SIMULATION_BUYS: buys }),
  PLUSONE_FAULTS_SEED: seed ?? String(Date.now() % 1_000_000),
};
console.log(
  `Faults: ${env.PLUSONE_FAULTS}, seed ${env.PLUSONE_FAULTS_SEED} (again: npm run test:faults -- --seed=${env.PLUSONE_FAULTS_SEED})`,
);
const names = given.filter((word) => !word.startsWith("--"));
const words = ["node_modules/vitest/vitest.mjs", "run", "--config", "tests/faults/vitest.config.ts", ...names];
const { status } = spawnSync(process.execPath, words, { stdio: "inherit", env });
process.exit(status ?? 1);
