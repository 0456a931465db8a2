import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../bot/package-root.ts";

/** The `plusone` command in a process of its own, beside a bot that runs. */
export async function plusone(url: string, folder: string, ...argv: readonly string[]) {
  const { PATH, HOME } = process.env;
  const env = { ...(PATH && { PATH }), ...(HOME && { HOME }), DATABASE_URL: url };
  try {
    const cli = [join(packageRoot, "dist/bot/cli.js"), ...argv];
    const running = promisify(execFile)(process.execPath, cli, { cwd: folder, env });
    running.child.stdin?.end();
    return { status: 0, ...(await running) };
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}
