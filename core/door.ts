import { fold } from "./text/fold.ts";

/** Where somebody lives, as far as their words tell. Parts are upper case and without what they are called ("3", "B", "501"). */
export interface Door {
  /** House, block or estate's tower: "3栋", "Blk 123", "B座". */
  readonly building?: string;
  /** Staircase within it: "2单元". */
  readonly entrance?: string;
  readonly floor?: number;
  /** Flat: "501", "A". */
  readonly room?: string;
}

const B = "(?:栋|幢|号楼|座|苑|期)";
const PART = "[a-z]?\\d{1,4}[a-z]?|[a-z]";
const BEGIN = String.raw`(?<![\p{L}\p{N}.#$-]|\d )`;
const END = String.raw`(?![\p{L}\d.])`;
const HAN_END = String.raw`(?![\da-z.])`;

/**
 * How people write their doors, the fullest form first; folded text (simplified, lower case).
 *
 * @source the field's habits: mainland 3栋2单元501, Hong Kong 13樓B座, Taiwan 4樓之2 and 4F-2, Singapore Blk 123 #04-56
 */
const FORMS: readonly RegExp[] = [
  new RegExp(
    `${BEGIN}(?<building>${PART})${B}(?:(?<entrance>${PART})(?:单元|门|梯))?(?:(?<floor>\\d{1,2})(?:楼|层))?(?<room>${PART})?(?:室|户|房|号)?${HAN_END}`,
    "u",
  ),
  new RegExp(
    `${BEGIN}(?:(?:blk|block|bldg|building|tower)\\.?\\s?(?<building>${PART})[\\s,]*)?#(?<floor>\\d{1,2})-(?<room>\\d{1,4}[a-z]?)${END}`,
    "u",
  ),
  new RegExp(
    `${BEGIN}(?:blk|block|bldg|building|tower)\\.?\\s?(?<building>${PART})(?:[\\s,]+(?:unit|apt|flat|room|rm)\\.?\\s?(?<room>${PART}))?${END}`,
    "u",
  ),
  new RegExp(`${BEGIN}(?<floor>\\d{1,2})(?:楼|层)(?:之)?(?<room>${PART})?(?:座|室|户|房|号)?${HAN_END}`, "u"),
  new RegExp(`${BEGIN}(?<floor>\\d{1,2})f-(?<room>\\d{1,2}|[a-z])${END}`, "u"),
  new RegExp(`${BEGIN}(?<building>\\d{1,2})-(?:(?<entrance>\\d{1,2})-)?(?<room>\\d{3,4}[a-z]?)${HAN_END}`, "u"),
  new RegExp(`${BEGIN}(?:unit|apt|flat|room|rm|no)\\.?\\s?(?<room>${PART})${END}`, "u"),
  new RegExp(`${BEGIN}(?<room>\\d{3,4}|\\d{1,2}[a-z])(?:室|户|房|号)?${HAN_END}(?![ -]\\d{3})`, "u"),
];

/** The first door that is named in the words; undefined where there is none. */
export function parseDoor(words: string): Door | undefined {
  const { text } = fold(words);
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    if (!parts) continue;
    const { building, entrance, room } = parts;
    const floor = parts["floor"] === undefined ? floorOf(room) : Number(parts["floor"]);
    return {
      ...(building && { building: plain(building) }),
      ...(entrance && { entrance: plain(entrance) }),
      ...(floor !== undefined && { floor }),
      ...(room && { room: plain(room) }),
    };
  }
  return undefined;
}

/** "501" is on the fifth floor, "1203" on the twelfth, "12a" on the twelfth. */
function floorOf(room: string | undefined): number | undefined {
  const match = /^(?:(\d{1,2})\d{2}[a-z]?|(\d{1,2})[a-z])$/.exec(room ?? "");
  return match ? Number(match[1] ?? match[2]) : undefined;
}

function plain(part: string): string {
  return part.toUpperCase().replace(/^0+(?=\d)/, "");
}

/** The order in which somebody walks through the houses: building, staircase, floor, room; those without a door last. */
export function compareDoors(one: Door | undefined, other: Door | undefined): number {
  if (!one || !other) return Number(!one) - Number(!other);
  return (
    compareParts(one.building, other.building) ||
    compareParts(one.entrance, other.entrance) ||
    (one.floor ?? 0) - (other.floor ?? 0) ||
    compareParts(one.room, other.room)
  );
}

/** Numbers by size, then letters: 2, 10, 10A, B. What is not named comes first. */
function compareParts(one = "", other = ""): number {
  const [first, second] = [numberIn(one), numberIn(other)];
  if (first !== second) return first - second;
  return one < other ? -1 : one > other ? 1 : 0;
}

function numberIn(part: string): number {
  if (part === "") return -1;
  return Number(/\d+/.exec(part)?.[0] ?? Number.MAX_SAFE_INTEGER);
}
