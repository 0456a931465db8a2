import { execFile } from "node:child_process";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { packageRoot } from "../../bot/package-root.ts";
import { built } from "./database.ts";
import { ownFolder } from "./scenario.ts";

/** What a command has printed, and the code that it ended with. */
export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Settings = Readonly<Record<string, string>>;

/** `plusone` in a process of its own, as somebody runs it in a terminal beside a Plusone, with no more settings than these. */
export async function plusone(settings: Settings, ...argv: readonly string[]): Promise<Printed> {
  await built();
  const { PATH, HOME } = process.env;
  const env = { ...(PATH && { PATH }), ...(HOME && { HOME }), ...settings };
  try {
    const cli = [join(packageRoot, "dist/bot/cli.js"), ...argv];
    const running = promisify(execFile)(process.execPath, cli, { cwd: ownFolder(), env });
    running.child.stdin?.end();
    return { status: 0, ...(await running) };
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
    return { status: code, stdout, stderr };
  }
}

/** The same subcommand in this process, for tests in which it is one step of many: to start a process takes a second. */
export async function subcommand(
  run: (argv: readonly string[], io: never) => Promise<number>,
  settings: Settings,
  ...argv: readonly string[]
): Promise<Omit<Printed, "stderr">> {
  const [stdin, stdout, before] = [new PassThrough().end(), new PassThrough(), process.env];
  process.env = { ...settings };
  try {
    const status = await run(argv, { stdin, stdout, stderr: stdout } as never);
    stdout.end();
    return { status, stdout: await text(stdout) };
  } finally {
    process.env = before;
  }
}
