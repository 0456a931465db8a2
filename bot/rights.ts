import type { Person } from "./store.ts";

/** Who may do something: commands, buttons and answers say it in their tables. Each includes those behind it. */
export type Who = "everybody" | "helper" | "leader";

const RANKS: Readonly<Record<Person["role"], number>> = { resident: 0, helper: 1, leader: 2, owner: 3 };
const NEEDED: Readonly<Record<Who, number>> = { everybody: RANKS.resident, helper: RANKS.helper, leader: RANKS.leader };

/** Whether a role is enough. */
export function isEnough(role: Person["role"], who: Who): boolean {
  return RANKS[role] >= NEEDED[who];
}
