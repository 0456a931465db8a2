import { readFileSync } from "node:fs";
import { Readable, Writable } from "node:stream";

/** The cases of a file of JSON lines, and the file itself. */
export function casesOf<Case>(file: URL): { readonly source: string; readonly cases: readonly Case[] } {
  const source = readFileSync(file, "utf8");
  const lines = source.split("\n").filter((line) => line !== "");
  return { source, cases: lines.map((line) => JSON.parse(line) as Case) };
}

type Command = (
  argv: readonly string[],
  io: { readonly stdin: Readable; readonly stdout: Writable; readonly stderr: Writable },
) => Promise<number>;

/** What a command prints for JSON lines, by id. */
export async function printedFor<Printed>(run: Command, source: string): Promise<Map<string, Printed>> {
  const out: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      out.push(Buffer.from(chunk));
      done();
    },
  });
  await run([], { stdin: Readable.from([Buffer.from(source)]), stdout, stderr: process.stderr });
  const lines = Buffer.concat(out).toString("utf8").trim().split("\n");
  return new Map(lines.map((line) => JSON.parse(line) as Printed & { id: string }).map((read) => [read.id, read]));
}
