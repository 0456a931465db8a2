import type { BoardDoor, BoardStore } from "./ports.ts";
import { digestOf, newSecret } from "./secrets.ts";

/** For how long a link to the board can be used. */
export const LINK_MS = 10 * 60_000;

/**
 * The way into the board.
 *
 * @param address  where the board is reached from outside, without a slash at its end; undefined while it is not
 */
export function createBoardDoor(store: BoardStore, address: () => string | undefined): BoardDoor {
  return {
    async link(place, person, language) {
      const base = address();
      if (base === undefined) return undefined;
      const secret = newSecret();
      await store.addLink({ digest: digestOf(secret), place, person: person.id, language, validMs: LINK_MS });
      return `${base}/board/enter/${secret}`;
    },
  };
}
