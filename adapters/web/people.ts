import type { Person } from "./page/wire.ts";

/** Who is in the playground's chat: one leader and three residents, all played by the visitor. */
export const PEOPLE: readonly Person[] = [
  { id: "p1", name: "Lin", leader: true },
  { id: "p2", name: "王姐", leader: false },
  { id: "p3", name: "Alex", leader: false },
  { id: "p4", name: "陳太", leader: false },
];
