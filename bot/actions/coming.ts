import { quoted } from "../replies/replies.ts";
import type { Pickup } from "../store.ts";

/** Whether somebody has said that they come later than that. */
export function comesAfter(pickup: Pickup | undefined, at: Date): boolean {
  return pickup?.comes?.at !== undefined && pickup.comes.at > at;
}

/** What somebody has said of when they come, for leaders. */
export function comingText(pickup: Pickup | undefined): string {
  return pickup?.comes && !pickup.isCollected ? ` 🕓 “${quoted(pickup.comes.said)}”` : "";
}
