import fc from "fast-check";

/** Any character at all, halves of them included. */
const anyCharacter = fc.integer({ min: 0, max: 0x10_ffff }).map(
  (code) => String.fromCodePoint(code),
  (text) => {
    const [sign] = typeof text === "string" ? text : [];
    if (sign === undefined || sign !== text) throw new Error("more than one character");
    return sign.codePointAt(0)!;
  },
);

/** Any text whatever. What `fc.string({ unit: "binary" })` makes, which takes a second to begin with each time. */
export function anyText(
  length: { readonly minLength?: number; readonly maxLength?: number } = {},
): fc.Arbitrary<string> {
  return fc.string({ unit: anyCharacter, ...length });
}
