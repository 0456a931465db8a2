// Plusone as `plusone start` runs it, made to die at a point of one's choice, or with a wrong clock. For tests alone.
//
// PLUSONE_DIE_AT="before|after <point> <n>": kill -9 before or after the n-th passing of a point.
// PLUSONE_SAY_POINTS=1: each passing of a point is a line "point <name>".
// PLUSONE_PACE=real: as fast as Telegram bears; none: as fast as it can; else in between.
// PLUSONE_CLOCK_SHIFT_MS: this much is added to what the clock says; SIGUSR2 turns that round.
import http from "node:http";
import pg from "pg";
import { capabilities } from "../../dist/adapters/telegram/limits.js";
import { OUTGOING } from "../../dist/bot/outgoing.js";

// A run has to wait for these.
if (process.env.PLUSONE_PACE !== "real") Object.assign(capabilities, { graceMs: 300, editEveryMs: 100 });
if (process.env.PLUSONE_PACE === "none") delete capabilities.rates;
Object.assign(OUTGOING, { leaseMs: 2_000 });

let shiftMs = Number(process.env.PLUSONE_CLOCK_SHIFT_MS ?? 0);
if (shiftMs !== 0) {
  process.on("SIGUSR2", () => {
    shiftMs = -shiftMs;
  });
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + shiftMs);
      else super(...given);
    }
    static now() {
      return RealDate.now() + shiftMs;
    }
  };
}

const [when, point, times] = (process.env.PLUSONE_DIE_AT ?? "never").split(" ");
const passed = new Map();

/** Counts the passing before a call; gives what is to be done after it. */
function pass(name) {
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  if (process.env.PLUSONE_SAY_POINTS) process.stdout.write(`point ${name}\n`);
  const isIt = name === point && count === Number(times);
  if (isIt && when === "before") die();
  return () => {
    if (isIt && when === "after") die();
  };
}

function die() {
  process.kill(process.pid, "SIGKILL");
}

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (...given) {
  const name = nameOf(given[0]);
  if (!name) return query.apply(this, given);
  const after = pass(name);
  const last = given.at(-1);
  if (typeof last === "function") {
    const done = (...result) => {
      after();
      last(...result);
    };
    return query.apply(this, [...given.slice(0, -1), done]);
  }
  const result = query.apply(this, given);
  result?.then?.(after, () => undefined);
  return result;
};

/** A statement's prepared name, else its verb and table; nothing for what BullMQ asks. */
function nameOf(statement) {
  const text = typeof statement === "string" ? statement : statement?.text;
  if (typeof text !== "string" || /bullmq/.test(text)) return undefined;
  if (statement.name) return `sql:${statement.name}`;
  const [, verb = "?"] = /^\s*(\w+)/.exec(text) ?? [];
  const [, table = ""] = /\b(?:from|into|update)\s+"?(?:public"?\."?)?(\w+)/i.exec(text) ?? [];
  return `sql:${verb.toLowerCase()}${table && `-${table.toLowerCase()}`}`;
}

const { request } = http;
http.request = (...given) => {
  const path = given[0]?.path ?? given[0]?.pathname ?? "";
  const [, method] = /^\/bot[^/]*\/(\w+)/.exec(path) ?? [];
  if (!method) return request(...given);
  const after = pass(`call:${method}`);
  return request(...given).once("response", after);
};

const { run } = await import("../../dist/bot/cli/start.js");
try {
  process.exitCode = await run([], { stdout: process.stdout, stderr: process.stderr, stdin: process.stdin });
} catch (fault) {
  process.stderr.write(`${fault.message}\n${fault.advice ?? ""}\n`);
  process.exitCode = 1;
}
