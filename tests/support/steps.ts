/** What reading does over and over, and how much of its argument each looks at. */
const LOOKS = [
  ...["some", "every", "find", "findIndex", "filter", "indexOf"].map((name) => [Array, name] as const),
  ...["has", "add"].map((name) => [Set, name] as const),
  ...["get"].map((name) => [Map, name] as const),
  ...["charCodeAt", "startsWith"].map((name) => [String, name] as const),
  ...["exec", "test"].map((name) => [RegExp, name] as const),
];

/**
 * How many things a reader looks at, at most: a count that no busy machine changes. A pattern that is tried once on a
 * whole text counts as long as the text where `searches` is given; a global or sticky one as one step for each match.
 */
export function countSteps(run: () => unknown, { searches = false } = {}): number {
  let steps = 0;
  const count =
    (look: unknown) =>
    (...given: unknown[]) => {
      steps++;
      return (look as (...given: unknown[]) => unknown)(...given);
    };
  const restore = LOOKS.map(([{ prototype }, name]) => {
    const own = Object.getOwnPropertyDescriptor(prototype, name)!;
    const plain = own.value as (...given: unknown[]) => unknown;
    const value = function (this: unknown, ...given: unknown[]): unknown {
      const [first] = given;
      if (searches && this instanceof RegExp && typeof first === "string" && !this.global && !this.sticky)
        steps += first.length;
      steps += Array.isArray(this) && typeof given[0] !== "function" ? this.length : 1;
      const counted = given.map((one) => (typeof one === "function" ? count(one) : one));
      return plain.apply(this, counted);
    };
    Object.defineProperty(prototype, name, { ...own, value });
    return () => Object.defineProperty(prototype, name, own);
  });
  try {
    run();
  } finally {
    for (const again of restore) again();
  }
  return steps;
}
