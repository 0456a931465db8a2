import { accessSync, chmodSync, chownSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PlusoneError } from "../../bot/fault.ts";

/** As whom PostgreSQL's programs run. They refuse to run as root, because whoever breaks into them would be root. */
export interface Account {
  /** Owner of the cluster's files, where that is not the user of our process. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Words before the program's path that change the user on the way. */
  readonly prefix: readonly string[];
  /** Options of `spawn` that do the same. */
  readonly spawn: { readonly uid?: number; readonly gid?: number };
}

/**
 * Chooses the account: our own user, or, as root, the one that owns the cluster already, or else `nobody`. A data folder
 * below a folder that only root may enter needs setpriv(1), which lets that user pass (reading, not writing) there.
 */
export function chooseAccount(folder: string, cluster: string, programs: readonly string[]): Account {
  if (process.getuid?.() !== 0) return { prefix: [], spawn: {} };

  const { uid, gid } = ownerOf(cluster) ?? nobody();
  const owner = { uid, gid };
  if (![folder, ...programs].every((path) => mayReach(path, owner))) {
    return { owner, prefix: setpriv(owner, folder), spawn: {} };
  }
  letPass(folder, owner);
  return { owner, prefix: [], spawn: owner };
}

type User = { readonly uid: number; readonly gid: number };

function ownerOf(cluster: string): User | undefined {
  if (!existsSync(cluster)) return undefined;
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? undefined : { uid, gid };
}

function nobody(): User {
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  if (line) return { uid: Number(line[1]), gid: Number(line[2]) };
  throw runsAsRoot("there is no user nobody to run it as");
}

/** The data folder is root's (0700): the account's group may pass through it (0710) and see no more than its own part. */
function letPass(folder: string, user: User): void {
  if (mayEnter(folder, user)) return;
  const { uid, mode } = statSync(folder);
  chownSync(folder, uid, user.gid);
  chmodSync(folder, (mode & 0o777) | 0o010);
}

function mayReach(path: string, user: User): boolean {
  const parent = dirname(resolve(path));
  if (parent === resolve(path)) return true;
  return mayEnter(parent, user) && mayReach(parent, user);
}

function mayEnter(folder: string, { uid, gid }: User): boolean {
  const { uid: folderUid, gid: folderGid, mode } = statSync(folder);
  const execute = folderUid === uid ? 0o100 : folderGid === gid ? 0o010 : 0o001;
  return (mode & execute) !== 0;
}

/** Rights to pass folders without permission: the bit in /proc/self/status and setpriv's word. The smaller one first. */
const passingRights = [
  { bit: 2n, word: "dac_read_search" },
  { bit: 1n, word: "dac_override" }, // all that a container's root has by default
];

function setpriv({ uid, gid }: User, folder: string): string[] {
  const program = ["/usr/bin/setpriv", "/bin/setpriv"].find((path) => existsSync(path));
  if (!program)
    throw runsAsRoot(`${folder} or Plusone lies below a folder that only root may enter, and there is no setpriv`);
  accessSync(program, constants.X_OK);

  const held = BigInt(`0x${/^CapPrm:\s*(\w+)/m.exec(readFileSync(join("/proc", "self", "status"), "utf8"))?.[1] ?? 0}`);
  const right = passingRights.find(({ bit }) => (held & (1n << bit)) !== 0n);
  if (!right)
    throw runsAsRoot(
      `${folder} or Plusone lies below a folder that only root may enter, and the right to pass it is missing here`,
    );

  const ids = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  // Without the bit, access(2) forgets the right, and PostgreSQL does not find its own program.
  return [
    program,
    ...ids,
    "--securebits=+no_setuid_fixup",
    `--inh-caps=+${right.word}`,
    `--ambient-caps=+${right.word}`,
    "--",
  ];
}

function runsAsRoot(why: string): PlusoneError {
  return new PlusoneError({
    code: "runs-as-root",
    message: `PostgreSQL does not run as root, and ${why}.`,
    advice:
      "Run Plusone as an ordinary user, put it and PLUSONE_DATA where everybody may pass (as /srv), or set DATABASE_URL.",
  });
}
