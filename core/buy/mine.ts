import type { Mine } from "../interpret/context.ts";
import type { Quantity } from "../quantity.ts";
import type { Counted } from "../tally.ts";

/** The lines of an order as reading wants them: all that was asked for, booked and waiting. */
export function mineOf(lines: Iterable<Counted>): Mine {
  const mine: Record<number, Quantity | Record<string, Quantity>> = {};
  for (const { item, option = "", quantity, waitlisted } of lines) {
    const asked = quantity + waitlisted;
    const held = mine[item];
    if (held === undefined) mine[item] = option === "" ? asked : { [option]: asked };
    else if (typeof held === "number") mine[item] = { "": held, [option]: asked };
    else held[option] = asked;
  }
  return mine;
}
