/** Words of buildings, stairs and doors; the same in the order in which they are written. */
const PLACE = "(?:号楼|號樓|栋|幢|棟|座|楼|樓|单元|單元|期|弄|区|區|号|號|室|房|层|層|户|戶|梯|门|門)";
const COUNT = "(?:\\d{1,4}|[A-Za-z]|[一二三四五六七八九十]{1,3})";
const ENGLISH =
  "(?:number|no|nr|blk|block|flat|unit|apt|apartment|room|rm|house|hse|lot|tower|level|lvl|floor|door|villa|stack)\\.?\\s?#?";
const UNITS =
  "(?:斤|份|个|個|只|隻|颗|顆|盒|箱|袋|瓶|包|条|條|件|套|克|两|兩|元|块|塊|蚊|杯|公斤|[gkl](?![a-z])|kg|ml|lb)";

/** What a door may be called: 18-602, #08-123, 3栋502, 10樓D座, 2号楼3单元501, A1203, Blk 9, Flat 3B, 904, 12A. */
const COMPONENT = [
  "\\d{1,3}#-?\\d{1,5}(?:-\\d{1,5})?[A-Za-z]?(?![A-Za-z\\d])",
  "#\\s?\\d{1,4}(?:-\\d{1,5}){0,3}[A-Za-z]?(?![A-Za-z\\d])",
  `[A-Za-z]?\\d{1,4}[A-Za-z]?(?:[-－–—]\\d{1,5}){1,3}(?:[-－–—]?[A-Za-z](?![A-Za-z]))?(?:[室房号號户戶])?(?![\\d-]|${UNITS})`,
  `${COUNT}\\s?${PLACE}`,
  `${ENGLISH}\\s?(?:[A-Za-z]?\\d{1,5}[A-Za-z]?(?:-\\d{1,5}){0,2}|[A-Za-z])(?![A-Za-z\\d])`,
  `[A-Za-z]\\d{2,5}(?!\\d|[A-Za-z])`,
  "\\d{1,4}[a-fhjmnp-wyz](?![a-z\\d])",
  `\\d{3,5}(?!\\d|[.,]\\d|${UNITS}|[A-Za-z])`,
];

/** Doors within a building follow with or without a blank. */
const INNER = `[-－–—\\s]?(?:${COMPONENT.slice(0, 5).join("|")}|\\d{3,5}[A-Za-z]?(?!\\d|${UNITS}))`;

const FLAT = new RegExp(`^(?:${COMPONENT.join("|")})(?:${INNER}){0,4}`, "i");

/** Where the flat that begins a text ends; 0 where it begins with none. @source message language, 1.3 and 1.6 */
export function endOfFlat(text: string): number {
  return FLAT.exec(narrow(text))?.[0].length ?? 0;
}

/** Half width for full width, one character for one. */
export function narrow(text: string): string {
  return text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/　/g, " ");
}
