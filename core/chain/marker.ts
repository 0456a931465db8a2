/** Characters that show nothing: joiners, marks of direction, the byte order mark. */
const INVISIBLE = "[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff]";

/** `#接龙` and `#Group Note` are what WeChat prints; 接龙 alone needs something that sets it off. */
const MARKER = new RegExp(
  `^(?:\\s|${INVISIBLE})*(?:[#＃]\\s?(?:接[龙龍]|group[ \\t\\u00a0]{0,3}note(?![a-z]))|接[龙龍](?=[:：\\s]))[ \\t\\u3000]*[:：]?`,
  "i",
);

/** Where the marker of a chain ends (`#接龙`, `#Group Note`, `接龙：`); undefined for a text that has none. */
export function endOfMarker(text: string): number | undefined {
  return MARKER.exec(text)?.[0].length;
}
