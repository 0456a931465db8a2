/**
 * Waits until `check` gives something true, and returns it: for what another process or a real clock brings about.
 * Not for what a test can hold in its own hand.
 *
 * @param what      ends the sentence "it never came true that …"
 * @param withinMs  a deadline far beyond what it takes, so that only a fault reaches it
 */
export async function eventually<T>(
  what: string,
  check: () => T | Promise<T>,
  withinMs = 120_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (let pause = 10; ; pause = Math.min(pause + 1, 50)) {
    const outcome = await check();
    if (outcome) return outcome;
    if (performance.now() > deadline) throw new Error(`it never came true that ${what} (${withinMs} ms)`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
