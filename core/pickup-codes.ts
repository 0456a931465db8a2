/** How many codes of four digits there are. */
const CODES = 10_000;

/**
 * Four digits for each person who has none, unique in the buy.
 *
 * @param taken  codes that are in use
 * @param draw   a random integer, from 0
 * @throws RangeError when there are more people than codes
 */
export function codesFor(
  people: readonly string[],
  taken: Iterable<string>,
  draw: () => number,
): ReadonlyMap<string, string> {
  const used = new Set(taken);
  if (used.size + people.length > CODES) throw new RangeError(`A buy has no more than ${CODES} pickup codes.`);
  return new Map(
    people.map((person) => {
      let code = draw() % CODES;
      while (used.has(digits(code))) code = (code + 1) % CODES;
      used.add(digits(code));
      return [person, digits(code)];
    }),
  );
}

function digits(code: number): string {
  return String(code).padStart(4, "0");
}
