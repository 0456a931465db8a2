import { expect } from "vitest";
import { announce } from "../../core/announce/announce.ts";
import { fault } from "./campaign.ts";

/** Zones whose clocks are turned, in both hemispheres, by an hour or by half of one. */
const ZONES = [
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "America/Santiago",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

fault("nights in which clocks are turned", ["nights"], async (campaign) => {
  let early = 0;
  let missed = 0;
  for (const zone of ZONES) {
    const turns = turnsOf(zone);
    expect(turns).toHaveLength(2);
    for (const turn of turns) {
      campaign.hit("nights");
      const eve = turn - 10 * 60 * MINUTE;
      const now = new Date(eve);
      const rows = [
        { words: "closes in 20 hours", at: eve + 20 * 60 * MINUTE },
        { words: "closes tomorrow at 9am", at: instantOf(zone, eve, "09:00") },
        { words: "closes tomorrow 21:30", at: instantOf(zone, eve, "21:30") },
      ];
      for (const { words, at } of rows) {
        const { closesAt } = announce(`Apples $5/kg, ${words}`, { now, zone });
        if (!closesAt || +closesAt > at) missed += 1;
        else if (+closesAt < at) early += 1;
      }
    }
  }
  return { missed, early };
});

/** When the clocks of a zone are turned within a year: where the wall clock does not go on by the quarter. */
function turnsOf(zone: string): number[] {
  const from = Date.parse("2026-12-01T00:00:00Z");
  const turns: number[] = [];
  for (let at = from; at < from + 365 * DAY; at += 30 * MINUTE) {
    if (offsetOf(zone, at) !== offsetOf(zone, at - 30 * MINUTE)) turns.push(at);
  }
  return turns;
}

/** The instant at which a zone's clock shows a time on the day after another instant, found by looking. */
function instantOf(zone: string, eve: number, time: string): number {
  const tomorrow = wall(zone, eve + DAY).slice(0, 10);
  for (let at = eve - (eve % (15 * MINUTE)); at < eve + 3 * DAY; at += 15 * MINUTE) {
    if (wall(zone, at) === `${tomorrow} ${time}`) return at;
  }
  throw new Error(`There is no ${time} in ${zone}.`);
}

function offsetOf(zone: string, at: number): number {
  return Date.parse(`${wall(zone, at).replace(" ", "T")}:00Z`) - at;
}

/** "2026-11-28 21:30" */
function wall(zone: string, at: number): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  formats.set(zone, format);
  return format.format(at);
}

const formats = new Map<string, Intl.DateTimeFormat>();
